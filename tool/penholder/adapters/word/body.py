"""What pandoc wrote, set right: headings, page breaks, pictures, ids.

Works on the parsed ``w:document``; every function changes it in place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from itertools import count

from lxml import etree

from penholder.adapters.word.xml import ADEC, PIC, WP, A, insert, w

_DECORATIVE = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"  # [MS-ODRAWXML] 2.38, adec:decorative
_START, _END, _ID = w("bookmarkStart"), w("bookmarkEnd"), w("id")
_CHANGES = frozenset(w(name) for name in ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "sectPrChange"))
_RANGES = {  # the start of each end (17.13.5.24, .28)
    _END: _START,
    w("moveFromRangeEnd"): w("moveFromRangeStart"),
    w("moveToRangeEnd"): w("moveToRangeStart"),
}


def finish_headings(body: etree._Element, unnumbered: AbstractSet[str]) -> None:
    """Let each heading's bookmark hold the heading alone, and take numbers from ``unnumbered``.

    pandoc puts the start before the heading and the end behind the whole section, so that
    a REF to it would repeat the section. ``numId`` 0 removes a style's numbering (17.9.18).
    """
    ends = {
        end.get(w("id"), ""): end for end in body.iterchildren(w("bookmarkEnd"))
    }  # direct children only: the sections' ends
    for start in list(body.iterchildren(w("bookmarkStart"))):
        heading = _heading_after(start)
        end = ends.get(start.get(w("id"), ""))
        if heading is None or end is None:
            continue
        properties = heading.find(w("pPr"))
        if properties is None:
            continue
        properties.addnext(start)
        heading.append(end)
        if start.get(w("name")) in unnumbered and properties.find(w("numPr")) is None:
            _remove_number(properties)


def finish_summary(body: etree._Element, boxed: AbstractSet[str], hanging: Mapping[str, int]) -> None:
    """Headings at bookmarks ``boxed`` stand in the summary's box, those of ``hanging`` carry a typed number in the margin."""
    for start in body.iter(_START):
        name, properties = start.get(w("name"), ""), start.getprevious()
        if properties is None or properties.tag != w("pPr"):
            continue
        style = properties.find(w("pStyle"))
        if name in boxed and style is not None:
            style.set(w("val"), "SummaryHeading")
        if name in hanging:
            indent = etree.SubElement(properties, w("ind"))
            indent.set(w("left"), "0")
            indent.set(w("hanging"), str(hanging[name]))


def finish_links(root: etree._Element, document: etree._Element | None = None) -> None:
    """Links inside the paper look like text (citations) or like cross-references; only what leaves it is underlined."""
    references = {
        start.get(w("name"))
        for paragraph in (root if document is None else document).iter(w("p"))
        if (style := paragraph.find(f"{w('pPr')}/{w('pStyle')}")) is not None and style.get(w("val")) == "Bibliography"
        for start in _starts_at(paragraph)
    }
    for link in root.iter(w("hyperlink")):
        anchor = link.get(w("anchor"))
        if anchor is None:
            continue
        for style in link.iter(w("rStyle")):
            if style.get(w("val")) == "Hyperlink":
                style.set(w("val"), "Citation" if anchor in references else "CrossReference")


def _starts_at(paragraph: etree._Element) -> Iterator[etree._Element]:
    """Bookmarks that begin in a paragraph or right before it."""
    yield from paragraph.iter(_START)
    before = paragraph.getprevious()
    while before is not None and before.tag in (_START, _END):
        if before.tag == _START:
            yield before
        before = before.getprevious()


def _heading_after(start: etree._Element) -> etree._Element | None:
    after = start.getnext()
    while after is not None and after.tag == w("bookmarkStart"):
        after = after.getnext()
    if after is None or after.tag != w("p"):
        return None
    style = after.find(f"{w('pPr')}/{w('pStyle')}")
    is_heading = style is not None and style.get(w("val"), "").startswith("Heading")
    return after if is_heading else None


def _remove_number(properties: etree._Element) -> None:
    """Add ``w:numPr`` with number 0 after style and keeping (order of 17.3.1.26)."""
    before = {w("pStyle"), w("keepNext"), w("keepLines"), w("pageBreakBefore")}
    place = sum(1 for child in properties if child.tag in before)
    insert(insert(properties, place, "numPr"), 0, "numId").set(w("val"), "0")


def finish_page_breaks(body: etree._Element) -> None:
    """Turn a paragraph that only breaks the page into a property of the next one (17.3.1.23).

    Otherwise Word leaves an empty line at the top of the new page.
    """
    breaks = [style for style in body.iter(w("pStyle")) if style.get(w("val")) == "PageBreak"]
    for style in breaks:
        paragraph = next(style.iterancestors(w("p")))
        target = _next_paragraph(paragraph)
        if target is None or paragraph.getparent() is not body:
            continue
        properties = target.find(w("pPr"))
        if properties is None:
            properties = insert(target, 0, "pPr")
        if properties.find(w("pageBreakBefore")) is None:
            before = {w("pStyle"), w("keepNext"), w("keepLines")}
            place = sum(1 for child in properties if child.tag in before)
            insert(properties, place, "pageBreakBefore")
        body.remove(paragraph)


def _next_paragraph(paragraph: etree._Element) -> etree._Element | None:
    after = paragraph.getnext()
    while after is not None and after.tag in (w("bookmarkStart"), w("bookmarkEnd")):
        after = after.getnext()
    if after is not None and after.tag == w("sdt"):
        after = after.find(f"{w('sdtContent')}/{w('p')}")
    return after if after is not None and after.tag == w("p") else None


def finish_pictures(root: etree._Element, first: int) -> int:
    """Ids of drawings counted from ``first``, giving the next free; a picture without alternative text marked decorative.

    An empty ``descr`` alone is a picture somebody forgot; the ``decorative`` extension
    tells Word and screen readers that it was meant. Distances are written out, for readers
    differ in what they assume (20.4.2.8).
    """
    numbers = count(first)
    for properties in root.iter(f"{{{WP}}}docPr"):
        number = next(numbers)
        properties.set("id", str(number))
        properties.set("name", f"Picture {number}")
        if not properties.get("title"):
            properties.attrib.pop("title", "")
        if not (properties.get("descr") or "").strip():
            properties.set("descr", "")
            _mark_decorative(properties)
    for inline in root.iter(f"{{{WP}}}inline"):
        for side in ("distT", "distB", "distL", "distR"):
            inline.set(side, "0")
    for inner in root.iter(f"{{{PIC}}}cNvPr"):
        inner.set("id", str(next(numbers)))
        inner.attrib.pop("descr", "")
    return next(numbers)


def _mark_decorative(properties: etree._Element) -> None:
    extensions = etree.SubElement(properties, f"{{{A}}}extLst")
    extension = etree.SubElement(extensions, f"{{{A}}}ext")
    extension.set("uri", _DECORATIVE)
    mark = etree.SubElement(extension, f"{{{ADEC}}}decorative", nsmap={"adec": ADEC})
    mark.set("val", "1")


def finish_ids(root: etree._Element, first: int) -> int:
    """Number bookmarks and tracked changes from ``first``, each pair alike; give the next free.

    pandoc gives insertions and deletions the same id, and raw markup brings its own (all
    annotations share one space of ids, 17.13). Comments keep theirs: another part uses them.
    An end without a start is dropped.
    """
    numbers = count(first)
    open_marks: dict[tuple[str, str], list[str]] = {}
    orphans = []
    starts = frozenset(_RANGES.values())
    for element in root.iter(*starts, *_RANGES, *_CHANGES):
        old, tag = element.get(_ID, ""), str(element.tag)
        if tag in _RANGES:
            started = open_marks.get((_RANGES[tag], old))
            if started:
                element.set(_ID, started.pop())
            else:
                orphans.append(element)
            continue
        new = str(next(numbers))
        element.set(_ID, new)
        if tag in starts:
            open_marks.setdefault((tag, old), []).append(new)
    for element in orphans:
        element.getparent().remove(element)  # type: ignore[union-attr]
    return next(numbers)
