"""The numbers that Word itself gives to paragraphs (ECMA-376 Part 1, 17.9): read from the file, counted as Word counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from lxml import etree

from penholder.adapters.word.package import read_parts
from penholder.adapters.word.xml import MC, parse, w

_NO_LIST = ("", "0")


class Numbered(NamedTuple):
    """A paragraph of the body in reading order, tables left out.

    ``value`` is the number that Word shows in front of it (``None``: none, or a bullet), ``list`` which list it belongs to,
    ``styled`` whether the number comes with the paragraph's style, as a document's paragraph numbers do.
    """

    text: str
    style: str
    value: int | None = None
    list: str = ""
    styled: bool = False
    bulleted: bool = False


class _Level(NamedTuple):
    start: int
    bullet: bool


class _List(NamedTuple):
    """One ``w:num``: whose definition it uses, its levels, and the starts it sets anew."""

    abstract: str
    levels: Mapping[int, _Level]
    restarts: Mapping[int, int]


def numbered_paragraphs(docx: bytes) -> list[Numbered]:
    """Every paragraph of the body with its number. Raises ``PenholderError`` for what is no readable DOCX."""
    parts = read_parts(docx)
    lists = _lists(parse(parts["word/numbering.xml"])) if "word/numbering.xml" in parts else {}
    styles = _styles(parse(parts["word/styles.xml"])) if "word/styles.xml" in parts else {}
    document = parse(parts.get("word/document.xml", b"<none/>"))
    return list(_paragraphs(document, lists, styles))


def _paragraphs(document: etree._Element, lists: Mapping[str, _List], styles: Mapping[str, tuple[str, int]]) -> Iterator[Numbered]:
    counts: dict[tuple[str, int], int] = {}
    begun: set[str] = set()
    for element in document.iter(w("p")):
        if any(a.tag in (w("tbl"), w("txbxContent"), f"{{{MC}}}Fallback") for a in element.iterancestors()):
            continue
        properties = element.find(w("pPr"))
        style = _value(None if properties is None else properties.find(w("pStyle")))
        own = None if properties is None else properties.find(w("numPr"))
        name, level = _list_of(own) if own is not None else styles.get(style, ("", 0))
        text = "".join(str(t) for t in element.itertext(w("t")))
        found = lists.get(name)
        if name in _NO_LIST or found is None:
            yield Numbered(text, style)
            continue
        kind = found.levels.get(level, _Level(1, bullet=False))
        if kind.bullet:
            yield Numbered(text, style, None, found.abstract, own is None, bulleted=True)
            continue
        if name not in begun:
            begun.add(name)
            for at, start in found.restarts.items():
                counts[found.abstract, at] = start - 1
        key = found.abstract, level
        counts[key] = counts.get(key, kind.start - 1) + 1
        for below in [k for k in counts if k[0] == found.abstract and k[1] > level]:
            del counts[below]  # a level begins anew below one that was counted on (17.9.10)
        yield Numbered(text, style, counts[key] if level == 0 else None, found.abstract, own is None)


def _value(element: etree._Element | None) -> str:
    return "" if element is None else element.get(w("val"), "")


def _list_of(properties: etree._Element) -> tuple[str, int]:
    level = _value(properties.find(w("ilvl")))
    return _value(properties.find(w("numId"))), int(level) if level.isdigit() else 0


def _lists(numbering: etree._Element) -> dict[str, _List]:
    abstracts = {a.get(w("abstractNumId"), ""): dict(_levels(a)) for a in numbering.iterfind(w("abstractNum"))}
    found = {}
    for each in numbering.iterfind(w("num")):
        abstract = _value(each.find(w("abstractNumId")))
        restarts = {
            int(o.get(w("ilvl"), "0")): int(_value(o.find(w("startOverride"))) or 1)
            for o in each.iterfind(w("lvlOverride"))
            if o.find(w("startOverride")) is not None
        }
        found[each.get(w("numId"), "")] = _List(abstract, abstracts.get(abstract, {}), restarts)
    return found


def _levels(abstract: etree._Element) -> Iterator[tuple[int, _Level]]:
    for level in abstract.iterfind(w("lvl")):
        start = _value(level.find(w("start")))
        kind = _value(level.find(w("numFmt")))
        yield int(level.get(w("ilvl"), "0")), _Level(int(start) if start.isdigit() else 1, kind in ("bullet", "none"))


def _styles(styles: etree._Element) -> dict[str, tuple[str, int]]:
    """The list that comes with each style, also by what it is based on."""
    own: dict[str, tuple[str, int]] = {}
    bases: dict[str, str] = {}
    for style in styles.iterfind(w("style")):
        name = style.get(w("styleId"), "")
        properties = style.find(f"{w('pPr')}/{w('numPr')}")
        bases[name] = _value(style.find(w("basedOn")))
        if properties is not None:
            own[name] = _list_of(properties)
    found = {}
    for name in bases:
        seen: set[str] = set()
        at = name
        while at and at not in own and at not in seen:
            seen.add(at)
            at = bases.get(at, "")
        if at in own:
            found[name] = own[at]
    return found
