"""One named style as XML (``w:style``, ECMA-376 Part 1, 17.7.4.17)."""

from __future__ import annotations

from typing import NamedTuple

from penholder.adapters.word.xml import escape, style_id

BUILT_IN = frozenset(
    {
        "Normal",
        "Body Text",
        "Title",
        "Subtitle",
        "Date",
        "Bibliography",
        "Block Text",
        "footnote text",
        "footnote reference",
        "Hyperlink",
        "caption",
        "TOC Heading",
        "header",
        "footer",
        "List Paragraph",
        "annotation text",
        "annotation reference",
        *(f"heading {level}" for level in range(1, 7)),
        *(f"toc {level}" for level in range(1, 4)),
    }
)
"""Styles Word knows by itself; all others are marked as custom."""
_IDS = {"annotation text": "CommentText", "annotation reference": "CommentReference"}


def identifier(name: str) -> str:
    """The id Word gives a style: ``toc 1`` is ``TOC1``, ``heading 1`` is ``Heading1``."""
    if name.startswith("toc "):
        return "TOC" + name[4:]
    words = name.split() if name in BUILT_IN else []
    return _IDS.get(name) or "".join(word[:1].upper() + word[1:] for word in words) or style_id(name)


class ParagraphLook(NamedTuple):
    """One paragraph style. Lengths are twips, sizes points, colours six hexadecimal digits."""

    name: str
    based: str = "Normal"
    then: str = ""  # the style of the paragraph after it
    font: str = ""
    size: float = 0
    bold: bool | None = None
    italic: bool | None = None
    colour: str = ""
    before: int | None = None
    after: int | None = None
    line: int | None = None
    exact: bool = False  # of the line: for plain text only, for what is taller is cut off
    left: int | None = None
    right: int | None = None
    hanging: int | None = None
    keep_next: bool | None = None
    keep_lines: bool = False
    contextual: bool = False
    borders: str = ""
    fill: str = ""
    tabs: str = ""
    align: str = ""
    outline: int | None = None
    numbering: tuple[int, int] | None = None  # numId, level
    quick: bool = True  # shown in Word's style gallery

    def xml(self) -> str:
        """The ``w:style`` element, its children in the order of the schema."""
        then = f'<w:next w:val="{identifier(self.then)}"/>' if self.then else ""
        based = f'<w:basedOn w:val="{identifier(self.based)}"/>' if self.based else ""
        return (
            _opening("paragraph", self.name, default=self.name == "Normal")
            + based
            + then
            + _priority(self.quick)
            + _wrap("w:pPr", self._paragraph())
            + _wrap("w:rPr", self._run())
            + "</w:style>"
        )

    def _paragraph(self) -> str:
        outline = "" if self.outline is None else f'<w:outlineLvl w:val="{self.outline}"/>'
        return "".join(
            (
                _switch("keepNext", self.keep_next),
                "<w:keepLines/>" if self.keep_lines else "",
                _numbering(self.numbering),
                _wrap("w:pBdr", self.borders),
                f'<w:shd w:val="clear" w:color="auto" w:fill="{self.fill}"/>' if self.fill else "",
                _wrap("w:tabs", self.tabs),
                spacing(self.before, self.after, self.line, exact=self.exact),
                _attributes("ind", left=self.left, right=self.right, hanging=self.hanging),
                "<w:contextualSpacing/>" if self.contextual else "",
                f'<w:jc w:val="{self.align}"/>' if self.align else "",
                outline,
            )
        )

    def _run(self) -> str:
        return run_properties(font=self.font, size=self.size, bold=self.bold, italic=self.italic, colour=self.colour)


class CharacterLook(NamedTuple):
    """One character style."""

    name: str
    font: str = ""
    size: float = 0
    bold: bool | None = None
    italic: bool | None = None
    colour: str = ""
    underline: bool = False
    superscript: bool = False
    quick: bool = True

    def xml(self) -> str:
        """The ``w:style`` element."""
        properties = run_properties(
            font=self.font, size=self.size, bold=self.bold, italic=self.italic, colour=self.colour
        )
        if self.underline:
            properties += '<w:u w:val="single"/>'
        if self.superscript:
            properties += '<w:vertAlign w:val="superscript"/>'
        return (
            _opening("character", self.name)
            + '<w:basedOn w:val="DefaultParagraphFont"/>'
            + _priority(self.quick)
            + _wrap("w:rPr", properties)
            + "</w:style>"
        )


def run_properties(*, font: str, size: float, bold: bool | None, italic: bool | None, colour: str) -> str:
    """Children of ``w:rPr`` in the order of the schema (17.3.2)."""
    name = escape(font)
    half_points = round(size * 2)
    return "".join(
        (
            f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:cs="{name}"/>' if font else "",
            _switch("b", bold) + _switch("bCs", bold),
            _switch("i", italic) + _switch("iCs", italic),
            f'<w:color w:val="{colour}"/>' if colour else "",
            f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>' if size else "",
        )
    )


def spacing(before: int | None, after: int | None, line: int | None, *, exact: bool = False) -> str:
    """``w:spacing`` (17.3.1.33); the line height is a least height, so pictures still fit, unless ``exact``."""
    rule = None if line is None else "exact" if exact else "atLeast"
    return _attributes("spacing", before=before, after=after, line=line, lineRule=rule)


def _opening(kind: str, name: str, *, default: bool = False) -> str:
    flags = ' w:default="1"' if default else ""
    flags += "" if name in BUILT_IN else ' w:customStyle="1"'
    return f'<w:style w:type="{kind}"{flags} w:styleId="{identifier(name)}"><w:name w:val="{escape(name)}"/>'


def _priority(quick: bool) -> str:
    return '<w:uiPriority w:val="9"/><w:qFormat/>' if quick else '<w:uiPriority w:val="39"/>'


def _wrap(tag: str, inner: str) -> str:
    return f"<{tag}>{inner}</{tag}>" if inner else ""


def _switch(tag: str, on: bool | None) -> str:
    if on is None:
        return ""
    return f"<w:{tag}/>" if on else f'<w:{tag} w:val="0"/>'


def _numbering(numbering: tuple[int, int] | None) -> str:
    if numbering is None:
        return ""
    number, level = numbering
    at = f'<w:ilvl w:val="{level}"/>' if level else ""
    return f'<w:numPr>{at}<w:numId w:val="{number}"/></w:numPr>'


def _attributes(tag: str, **values: int | str | None) -> str:
    given = "".join(f' w:{k}="{v}"' for k, v in values.items() if v is not None)
    return f"<w:{tag}{given}/>" if given else ""
