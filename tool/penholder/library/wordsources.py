"""Word's list of sources (``Sources.xml``, or the bibliography part of a document) to BibLaTeX.

Source: ECMA-376 part 1, 22.6 (bibliography): elements of the namespace
``.../officeDocument/2006/bibliography``. The XML is untrusted: a document type
or an entity is refused before a parser sees it.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET  # a DOCTYPE is refused before parsing

_SPACE = "{http://schemas.openxmlformats.org/officeDocument/2006/bibliography}"
_LIMIT = 20_000_000
_TYPES = {
    "Book": "book", "BookSection": "incollection", "JournalArticle": "article", "ArticleInAPeriodical": "article",
    "ConferenceProceedings": "inproceedings", "Report": "report", "InternetSite": "online",
    "DocumentFromInternetSite": "online", "ElectronicSource": "online", "Case": "jurisdiction", "Patent": "patent",
    "Film": "video", "SoundRecording": "audio", "Performance": "performance", "Interview": "misc", "Art": "artwork",
}  # fmt: skip
_FIELDS = {
    "Title": "title", "ShortTitle": "shorttitle", "BookTitle": "booktitle", "JournalName": "journaltitle",
    "PeriodicalTitle": "journaltitle", "ConferenceName": "eventtitle", "InternetSiteTitle": "organization",
    "Publisher": "publisher", "Institution": "institution", "City": "location", "Edition": "edition",
    "Volume": "volume", "Issue": "number", "Pages": "pages", "URL": "url", "DOI": "doi", "Comments": "note",
    "ReportNumber": "number", "CaseNumber": "number", "PatentNumber": "number", "Department": "institution",
    "ThesisType": "type", "StandardNumber": "isbn", "Version": "version",
}  # fmt: skip
_MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"]
_SPECIAL = re.compile(r"([&%$#_])")
_UNSAFE = re.compile(r"[^\w:./+-]+")


class WordSourcesError(Exception):
    """The file is no list of sources, or holds what a list of sources must not."""


def to_biblatex(data: bytes) -> str:
    """The sources as BibLaTeX entries. Raises ``WordSourcesError``."""
    if len(data) > _LIMIT:
        raise WordSourcesError("larger than a list of sources can be (20 MB)")
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise WordSourcesError("neither UTF-8 nor UTF-16") from error
    if "<!DOCTYPE" in text.upper() or "<!ENTITY" in text.upper():
        raise WordSourcesError("it declares a document type or an entity, which a list of sources never does")
    try:
        root = ET.fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))  # noqa: S314 - a DOCTYPE was refused above
    except (ET.ParseError, ValueError, RecursionError) as error:
        raise WordSourcesError(f"not XML: {error}") from error
    if root.tag != f"{_SPACE}Sources":
        raise WordSourcesError("not a list of sources of Word (no Sources element)")
    return "\n".join(_entry(source, n) for n, source in enumerate(root.findall(f"{_SPACE}Source"), 1))


def _entry(source: ET.Element, n: int) -> str:
    kind = _TYPES.get(_text(source, "SourceType"), "misc")
    key = _UNSAFE.sub("-", _text(source, "Tag")).strip("-") or f"source{n}"
    fields: dict[str, str] = {}
    for role, name in (("Author", "author"), ("Editor", "editor"), ("Translator", "translator")):
        if people := _people(source, role):
            fields[name] = people
    for element, name in _FIELDS.items():
        if value := _text(source, element):
            fields.setdefault(name, value if name in ("url", "doi") else _escaped(value))
    for prefix, name in (("", "date"), ("Accessed", "urldate")):
        date = _date(*(_text(source, part + prefix) for part in ("Year", "Month", "Day")))
        if date:
            fields[name] = date
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@{kind}{{{key},\n{lines}}}\n"


def _text(source: ET.Element, name: str) -> str:
    return " ".join((source.findtext(f"{_SPACE}{name}") or "").split())


def _people(source: ET.Element, role: str) -> str:
    holder = source.find(f"{_SPACE}Author/{_SPACE}{role}")
    if holder is None:
        return ""
    if body := holder.findtext(f"{_SPACE}Corporate"):
        return "{" + _escaped(" ".join(body.split())) + "}"
    names = []
    for person in holder.iter(f"{_SPACE}Person"):
        last, given = _text(person, "Last"), " ".join(t for t in (_text(person, "First"), _text(person, "Middle")) if t)
        if last or given:
            names.append(_escaped(f"{last}, {given}" if last and given else last or given))
    return " and ".join(names)


def _date(year: str, month: str, day: str) -> str:
    if not re.fullmatch(r"\d{4}", year):
        return ""
    start = month.lower()[:3]
    number = next((i for i, name in enumerate(_MONTHS, 1) if start and name.startswith(start)), 0)
    number = int(month) if month.isdecimal() and 1 <= int(month) <= 12 else number
    if not number:
        return year
    return f"{year}-{number:02d}-{int(day):02d}" if day.isdecimal() and 1 <= int(day) <= 31 else f"{year}-{number:02d}"


def _escaped(value: str) -> str:
    """Text as LaTeX: Word's sources hold plain characters."""
    plain = value.replace("\\", r"\textbackslash ").replace("{", r"\{").replace("}", r"\}")
    return _SPECIAL.sub(r"\\\1", plain)
