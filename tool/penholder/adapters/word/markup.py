"""WordprocessingML as text, for raw ``openxml`` inlines and blocks of the pandoc tree.

Everything that comes in is escaped. Fields (ECMA-376 Part 1, 17.16) carry their result,
so that every reader shows it and nobody is asked to update anything.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from typing import NamedTuple

from penholder.adapters.word.markers import blocks_end, blocks_start
from penholder.adapters.word.style import identifier as style_identifier
from penholder.adapters.word.xml import escape

_PLAIN = re.compile(r"[a-z][a-z0-9-]*")
_HASHED = re.compile(r".*[_-][0-9a-f]{10}")
_LONGEST = 40  # of a bookmark's name; Word cuts what is longer
_LONGEST_NUMBER = 5  # that has room before the tab stop of the contents; "Annex A" has not


class ContentsEntry(NamedTuple):
    """One line of the contents: heading level from 1, its number or "", its text, its bookmark.

    ``revision``: the change by which the line came or went (``markers``). ``shown``: the markup of number and text
    where a part of them has changed.
    """

    level: int
    number: str
    text: str
    bookmark: str
    revision: int | None = None
    shown: str = ""


def bookmark_name(identifier: str) -> str:
    """A name for ``identifier`` that Word takes and pandoc leaves alone.

    A letter, then letters, digits and underscores, at most 40 (17.13.6.2). Word holds
    ``A`` and ``a`` for the same name, so whatever is not lower-case letters, digits and
    hyphens gets a hash: different identifiers have different names.
    """
    if _PLAIN.fullmatch(identifier) and len(identifier) <= _LONGEST and not _HASHED.fullmatch(identifier):
        return identifier.replace("-", "_")
    digest = hashlib.sha256(identifier.encode("utf-8", "surrogatepass")).hexdigest()[:10]
    stem = re.sub(r"[^a-z0-9]+", "_", identifier.lower()).strip("_")
    if not stem[:1].isalpha():
        stem = f"b_{stem}".rstrip("_")
    return f"{stem[: _LONGEST - 11].rstrip('_')}_{digest}"


def run(text: str, style: str = "") -> str:
    """A run of text, in the character style of that name if given."""
    return f'<w:r>{_look(style)}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def bookmark(name: str, number: int, inner: str = "") -> str:
    """``inner`` (markup) between the start and end of a bookmark (17.13.6).

    ``number`` pairs start with end; ``finish`` renumbers. Raw markup should count from
    100000, pandoc counts its own from 9.
    """
    return f'<w:bookmarkStart w:id="{number}" w:name="{escape(name)}"/>{inner}<w:bookmarkEnd w:id="{number}"/>'


def seq_field(kind: str, number: int | str, style: str = "") -> str:
    """The number of a caption: ``SEQ kind`` (17.16.5.56) showing ``number``."""
    series = re.sub(r"[^A-Za-z0-9]", "_", kind) or "Item"
    return _field(f"SEQ {series} \\* ARABIC", run(str(number), style), style)


def ref_field(bookmark: str, text: str, style: str = "Cross Reference", *, number: bool = False) -> str:
    """A cross-reference that can be followed: ``REF`` (17.16.5.51) showing ``text``.

    With ``number`` it repeats the number of the paragraph that holds the bookmark
    (``\\n``), else what the bookmark encloses.
    """
    switches = "\\n \\h" if number else "\\h"
    field = _field(f"REF {bookmark} {switches}", run(text, style), style)
    return f'<w:hyperlink w:anchor="{escape(bookmark)}" w:history="1">{field}</w:hyperlink>'


def tab() -> str:
    """A tab, for pandoc has none: between a label and its value in ``Cover Detail``."""
    return "<w:r><w:tab/></w:r>"


def page_break() -> str:
    """A block that ends the page; ``finish`` turns it into a property of what follows."""
    return '<w:p><w:pPr><w:pStyle w:val="PageBreak"/></w:pPr><w:r><w:br w:type="page"/></w:r></w:p>'


def separator() -> str:
    """A short rule between two passages."""
    return '<w:p><w:pPr><w:pStyle w:val="Separator"/></w:pPr></w:p>'


def contents(entries: Iterable[ContentsEntry], title: str, *, depth: int = 2, below: bool = False) -> str:
    """A table of contents (17.16.5.68), filled: a link a line, no page numbers, not dirty.

    ``depth`` is how many levels Word shows after an update, ``below`` that something stands above it on its page.

    Word can update it (right click, Update field); the content control makes it one thing
    to a screen reader and to Word's References tab (17.5.2.12).
    """
    lines = list(entries)
    space = '<w:spacing w:before="480"/>' if below else ""
    heading = f'<w:p><w:pPr><w:pStyle w:val="TOCHeading"/>{space}</w:pPr>{run(title)}</w:p>'
    body = []
    for index, entry in enumerate(lines):
        opening = _field_start(f'TOC \\o "1-{depth}" \\h \\n \\z \\u') if index == 0 else ""
        closing = _FIELD_END if index == len(lines) - 1 else ""
        changed, unchanged = ("", "") if entry.revision is None else (blocks_start(entry.revision), blocks_end(entry.revision))
        body.append(
            f'<w:p><w:pPr><w:pStyle w:val="TOC{min(max(entry.level, 1), 3)}"/></w:pPr>'
            f"{changed}{opening}{_contents_link(entry)}{closing}</w:p>{unchanged}"
        )
    return (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
        "<w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>"
        f"{heading}{''.join(body)}</w:sdtContent></w:sdt>"
    )


_FIELD_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def contents_number(number: str) -> str:
    """The number of a line of the contents, and what parts it from the text."""
    after = "<w:r><w:tab/></w:r>" if len(number) <= _LONGEST_NUMBER else run("\u2003")
    return f"{run(number)}{after}" if number else ""


def _contents_link(entry: ContentsEntry) -> str:
    shown = entry.shown or f"{contents_number(entry.number)}{run(entry.text)}"
    return f'<w:hyperlink w:anchor="{escape(entry.bookmark)}" w:history="1">{shown}</w:hyperlink>'


def _field(instruction: str, result: str, style: str) -> str:
    return _field_start(instruction, style) + result + _FIELD_END.replace("<w:r>", f"<w:r>{_look(style)}")


def _field_start(instruction: str, style: str = "") -> str:
    look = _look(style)
    return (
        f'<w:r>{look}<w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r>{look}<w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
        f'<w:r>{look}<w:fldChar w:fldCharType="separate"/></w:r>'
    )


def _look(style: str) -> str:
    return f'<w:rPr><w:rStyle w:val="{style_identifier(style)}"/></w:rPr>' if style else ""
