"""Tables as the house sets them: full width, header rows repeated, no row split.

Sources: ECMA-376 Part 1, 17.4 (tables), 17.4.6 ``cantSplit``, 17.4.78 ``tblHeader``.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from penholder.adapters.word.xml import insert, w

_PROSE = frozenset({"Compact", "BodyText", "FirstParagraph", "Normal"})
_KEPT_TOGETHER = (8, 500)  # a table of so many rows and letters is not worth a page break inside it
_LONGEST_CELL = 60  # letters that count towards what a column wants
_ROW, _CELL, _P, _T, _VAL = w("tr"), w("tc"), w("p"), w("t"), w("val")
_PROPERTIES, _STYLE, _ROW_PROPERTIES = w("pPr"), w("pStyle"), w("trPr")
_BEFORE_SPACING = frozenset(
    w(name) for name in ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "widowControl", "numPr", "pBdr", "shd", "tabs", "bidi")
)
_SPAN = f"{w('tcPr')}/{w('gridSpan')}"
_LONGEST_WORD = 24  # letters that may claim the width of a column; a longer word is an address, and breaks
_LETTER = 125  # twips a bold letter of table text takes, on average
_CELL_MARGINS = 180


def finish_tables(body: etree._Element, column: int) -> None:
    """Set every table of ``body`` that is pandoc's; ``column`` is the text width in twips."""
    for table in body.iter(w("tbl")):
        rows = table.findall(_ROW)
        _set_width(table, rows, column)
        _set_rows(table, rows)
        _keep_together(table, rows)


def _set_width(table: etree._Element, rows: list[etree._Element], column: int) -> None:
    """100 % of the column (17.4.63), and a grid that suits the text unless the author gave one.

    Columns all of one width are what pandoc makes of ``|---|---|``, not an author's wish.
    """
    properties = table.find(w("tblPr"))
    grid = table.find(w("tblGrid"))
    if properties is None or grid is None:
        return
    width = properties.find(w("tblW"))
    if width is None:
        return
    width.set(w("type"), "pct")
    width.set(w("w"), "5000")
    columns = grid.findall(w("gridCol"))
    current = [int(cell.get(w("w"), "1")) for cell in columns]
    given = max(current, default=0) - min(current, default=0) > len(columns)  # else all alike
    fixed = properties.find(w("tblLayout"))
    if fixed is not None and not given:
        properties.remove(fixed)  # so that Word fits the columns to the words
    caption = properties.find(w("tblCaption"))
    if caption is not None:
        caption.set(_VAL, caption.get(_VAL, "").strip())
    widths = _measured(table, rows, current, column) if given else _fitting(table, rows, len(columns), column)
    for cell, size in zip(columns, widths, strict=True):
        cell.set(w("w"), str(size))
    _set_cells(rows, widths)


def _set_cells(rows: list[etree._Element], widths: list[int]) -> None:
    """Each cell's width (17.4.71): not every reader goes by the grid."""
    for row in rows:
        at = 0
        for cell in row.iterchildren(_CELL):
            properties = cell.find(w("tcPr"))
            if properties is None:
                properties = insert(cell, 0, "tcPr")
            span = properties.find(w("gridSpan"))
            covers = 1 if span is None else int(span.get(_VAL, "1"))
            if properties.find(w("tcW")) is None:
                width = insert(properties, 0, "tcW")
                width.set(w("w"), str(sum(widths[at : at + covers])))
                width.set(w("type"), "dxa")
            at += covers


def _measured(table: etree._Element, rows: list[etree._Element], given: list[int], column: int) -> list[int]:
    """The author's proportions, but no column narrower than its longest word."""
    least, _ = _needs(table, rows, len(given))
    if sum(least) >= column:
        return _in_proportion(least, column)
    widths, narrow = _in_proportion(given, column), set[int]()
    while short := {at for at, width in enumerate(widths) if at not in narrow and width < least[at]}:
        narrow |= short
        wide = {at: given[at] for at in range(len(given)) if at not in narrow}
        rest = _in_proportion(list(wide.values()), column - sum(least[at] for at in narrow))
        shares = dict(zip(wide, rest, strict=True))
        widths = [shares.get(at, least[at]) for at in range(len(given))]
    return widths


def _in_proportion(sizes: list[int], column: int) -> list[int]:
    total = sum(sizes) or 1
    return [round(column * size / total) for size in sizes]


def _fitting(table: etree._Element, rows: list[etree._Element], count: int, column: int) -> list[int]:
    """Widths in which every word stands whole; what is left goes to the longer cells."""
    least, wanted = _needs(table, rows, count)
    room = column - sum(least)
    if room <= 0:
        return _in_proportion(least, column)
    extra = _in_proportion([max(0, want - low) + 1 for want, low in zip(wanted, least, strict=True)], room)
    return [low + more for low, more in zip(least, extra, strict=True)]


def _needs(table: etree._Element, rows: list[etree._Element], count: int) -> tuple[list[int], list[int]]:
    """For each column: the width of its longest word, and the one at which its cells take a line."""
    least = [_LETTER * 2 + _CELL_MARGINS] * count
    wanted = [1] * count
    spans = next(table.iter(w("gridSpan")), None) is not None
    for row in rows:
        for at, text in _texts(row, spans=spans):
            if at < count:
                word = min(max(map(len, text.split(" "))), _LONGEST_WORD)
                least[at] = max(least[at], word * _LETTER + _CELL_MARGINS)
                wanted[at] = max(wanted[at], min(len(text), _LONGEST_CELL) * _LETTER + _CELL_MARGINS)
    return least, wanted


def _texts(row: etree._Element, *, spans: bool) -> Iterator[tuple[int, str]]:
    """The text of each cell that covers one column, with the column it stands in."""
    at = 0
    for cell in row.iterchildren(_CELL):
        span = cell.find(_SPAN) if spans else None
        covers = 1 if span is None else int(span.get(_VAL, "1"))
        if covers == 1:
            yield at, "".join(map(str, cell.itertext(_T, with_tail=False)))
        at += covers


def _set_rows(table: etree._Element, rows: list[etree._Element]) -> None:
    for row in rows:
        properties = row.find(_ROW_PROPERTIES)
        if properties is None:
            properties = insert(row, 0 if row.find(w("tblPrEx")) is None else 1, "trPr")
        if properties.find(w("cantSplit")) is None:
            insert(properties, 0, "cantSplit")
    for style in table.iter(_STYLE):
        if style.get(_VAL, "Compact") in _PROSE:
            style.set(_VAL, "TableText")


def _keep_together(table: etree._Element, rows: list[etree._Element]) -> None:
    """Header rows stay with the first row, short tables on one page, the source with the table."""
    after = table.getnext()
    while after is not None and after.tag in (w("bookmarkEnd"), w("bookmarkStart")):
        after = after.getnext()
    source = after is not None and after.tag == w("p") and _style_of(after) == "TableSource"
    if not source and after is not None and after.tag == w("p"):
        _space_before(after)
    letters = sum(len(str(text)) for text in table.itertext(_T, with_tail=False))
    short = len(rows) <= _KEPT_TOGETHER[0] and letters <= _KEPT_TOGETHER[1]
    for index, row in enumerate(rows):
        last = index == len(rows) - 1
        header = row.find(f"{w('trPr')}/{w('tblHeader')}") is not None
        if source if last else header or short or index == len(rows) - 2:
            for paragraph in _paragraphs(row):
                _keep_next(paragraph)


def _space_before(paragraph: etree._Element) -> None:
    """Some air between a table without a source and the text after it; headings have their own."""
    style = _style_of(paragraph)
    if style.startswith(("Heading", "TableCaption", "Recommendation")):
        return
    properties = paragraph.find(_PROPERTIES)
    if properties is None:
        properties = insert(paragraph, 0, "pPr")
    if properties.find(w("spacing")) is None:
        place = sum(1 for child in properties if child.tag in _BEFORE_SPACING)
        insert(properties, place, "spacing").set(w("before"), "240")


def _paragraphs(row: etree._Element) -> Iterator[etree._Element]:
    for cell in row.iterchildren(_CELL):
        yield from cell.iterchildren(_P)


def _style_of(paragraph: etree._Element) -> str:
    found = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
    return "" if found is None else found.get(_VAL, "")


def _style(paragraph: etree._Element) -> etree._Element:
    """The paragraph's ``w:pStyle``, made if missing: first in ``w:pPr`` (17.3.1.26)."""
    properties = paragraph.find(_PROPERTIES)
    if properties is None:
        properties = insert(paragraph, 0, "pPr")
    found = properties.find(_STYLE)
    if found is None:
        found = insert(properties, 0, "pStyle")
    if not found.get(_VAL):  # pandoc leaves the name out in cells that go on from the row above
        found.set(_VAL, "TableText")
    return found


def _keep_next(paragraph: etree._Element) -> None:
    """Add ``w:keepNext``, which stands right after ``w:pStyle`` (17.3.1.15)."""
    style = _style(paragraph)
    properties = style.getparent()
    if properties is not None and properties.find(w("keepNext")) is None:
        insert(properties, properties.index(style) + 1, "keepNext")
