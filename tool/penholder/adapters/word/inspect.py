"""What a DOCX holds besides its text: macros, traces of editing, pictures, page numbers, colours, who made it.

Sources: ECMA-376 Part 1: 17.13.4 comments, 17.13.5 revisions, 17.16.5 fields, 15.2.12 core properties; [MS-OFFMACRO2].
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from penholder.adapters.word.package import read_parts
from penholder.adapters.word.read import read_text
from penholder.adapters.word.xml import A, R, parse, w

_STORY = re.compile(r"word/(document|footnotes|endnotes|header\d*|footer\d*)\.xml")
_FURNITURE = re.compile(r"word/(header|footer)\d*\.xml")
_REVISIONS = tuple(w(n) for n in ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "cellIns", "cellDel"))
_PAGE = re.compile(r"\b(PAGE|NUMPAGES|SECTIONPAGES)\b")
_PEOPLE = ("creator", "lastModifiedBy")
_COMPANY = re.compile(r"<(?:\w+:)?(Company|Manager)>([^<]+)<")
_GREY = re.compile(r"([0-9A-Fa-f]{2})\1\1")


@dataclass(frozen=True)
class WordInside:
    """``people`` are the names in the file's properties, by property; ``custom`` the names of custom properties.

    ``tracked`` counts tracked changes, ``comments`` comments; ``hidden`` are texts nobody sees. ``pictures`` counts those of
    the body, ``logos`` those in running headers and footers and before the first heading; ``colours`` are those that are not
    grey, as six hexadecimal digits.
    """

    macros: bool = False
    tracked: int = 0
    comments: int = 0
    hidden: tuple[str, ...] = ()
    people: Mapping[str, str] = field(default_factory=dict)
    custom: tuple[str, ...] = ()
    page_numbers: bool = False
    pictures: int = 0
    logos: int = 0
    colours: tuple[str, ...] = ()
    title: str = ""
    language: str = ""


def look_inside(docx: bytes) -> WordInside:
    """Raises ``PenholderError`` for what is no readable DOCX, ``LimitError`` for one too large to unpack."""
    parts = read_parts(docx)
    text = read_text(docx)
    roots = {name: parse(data) for name, data in parts.items() if _STORY.fullmatch(name)}
    comments = parse(parts["word/comments.xml"]) if "word/comments.xml" in parts else None
    pictures, before = _pictures(roots.get("word/document.xml"))
    furniture = [root for name, root in roots.items() if _FURNITURE.fullmatch(name)]
    return WordInside(
        macros=_macros(parts),
        tracked=sum(1 for root in roots.values() for _ in root.iter(*_REVISIONS)),
        comments=0 if comments is None else sum(1 for _ in comments.iterfind(w("comment"))),
        hidden=tuple(p.hidden for p in text.body if p.hidden.strip()),
        people=dict(_people(text.properties, parts.get("docProps/app.xml", b""))),
        custom=_custom(parts.get("docProps/custom.xml", b"")),
        page_numbers=any(_PAGE.search(_fields(root)) for root in furniture),
        pictures=pictures - before,
        logos=before + sum(_drawings(root) for root in furniture),
        colours=tuple(sorted(set(_colours(roots, parts.get("word/styles.xml", b""))))),
        title=text.properties.get("title", ""),
        language=_language(parts.get("word/styles.xml", b"")),
    )


def _macros(parts: Mapping[str, bytes]) -> bool:
    code = any(name.lower().endswith(("vbaproject.bin", "vbadata.xml")) or "/activex/" in name.lower() for name in parts)
    return code or b"macroenabled" in parts.get("[Content_Types].xml", b"").lower()


def _people(properties: Mapping[str, str], app: bytes) -> Iterator[tuple[str, str]]:
    for name in _PEOPLE:
        if properties.get(name, "").strip():
            yield name, properties[name].strip()
    for name, value in _COMPANY.findall(app.decode("utf-8", "replace")):
        if value.strip():
            yield name, value.strip()


def _custom(data: bytes) -> tuple[str, ...]:
    return tuple(p.get("name", "") for p in parse(data)) if data else ()


def _fields(root: etree._Element) -> str:
    """The instructions of all fields of a part: of complex ones, and of simple ones."""
    complex_ = [str(t) for t in root.itertext(w("instrText"))]
    return " ".join([*complex_, *(e.get(w("instr"), "") for e in root.iter(w("fldSimple")))])


def _drawings(root: etree._Element) -> int:
    """Pictures shown in a part: each reference to one, in whichever way Word writes it."""
    drawn = sum(1 for e in root.iter(f"{{{A}}}blip") if e.get(f"{{{R}}}embed") or e.get(f"{{{R}}}link"))
    return drawn + sum(1 for e in root.iter("{urn:schemas-microsoft-com:vml}imagedata") if not _doubled(e))


def _doubled(element: etree._Element) -> bool:
    return any(etree.QName(a).localname == "Fallback" for a in element.iterancestors())


def _pictures(document: etree._Element | None) -> tuple[int, int]:
    """The pictures of the body, and how many of them stand before its first heading."""
    if document is None:
        return 0, 0
    before = 0
    for element in document.iter(w("p")):
        style = element.find(f"{w('pPr')}/{w('pStyle')}")
        if style is not None and re.match(r"Heading\d|SummaryHeading", style.get(w("val"), "")):
            break
        before += _drawings(element)
    return _drawings(document), before


def _colours(roots: Mapping[str, etree._Element], styles: bytes) -> Iterator[str]:
    """Colours of words and grounds that are not grey: set in the text, or by a style that the text uses."""
    used = {e.get(w("val"), "") for root in roots.values() for e in root.iter(w("pStyle"), w("rStyle"), w("tblStyle"))}
    looked: list[etree._Element] = list(roots.values())
    if styles:
        looked += [s for s in parse(styles).iterfind(w("style")) if s.get(w("styleId")) in used or s.get(w("default")) == "1"]
    for root in looked:
        for element in root.iter(w("color"), w("shd"), w("highlight"), w("u")):
            values = (element.get(w("fill"), ""),) if element.tag == w("shd") else (element.get(w("val"), ""), element.get(w("color"), ""))
            if element.tag == w("highlight") and values[0] not in ("", "none", "black", "white", "lightGray", "darkGray"):
                yield values[0]
            yield from (v.upper() for v in values if re.fullmatch(r"[0-9A-Fa-f]{6}", v) and not _GREY.fullmatch(v))


def _language(styles: bytes) -> str:
    if not styles:
        return ""
    found = parse(styles).find(f"{w('docDefaults')}//{w('lang')}")
    return "" if found is None else found.get(w("val"), "")
