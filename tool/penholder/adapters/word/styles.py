"""``word/styles.xml``: every look of a paper as a named style (ECMA-376 Part 1, 17.7).

Names are those that pandoc's DOCX writer asks for, then our own. Line heights are least
heights, not multiples: a multiple follows each font's own height, and the fallback font
would set the page differently. ``Normal`` is empty and the document's defaults carry the
body look, so that a table style can still size what stands in it (17.7.2).
"""

from __future__ import annotations

from collections.abc import Iterator

from penholder.adapters.word.layout import Layout
from penholder.adapters.word.numbering import HEADINGS, PARAGRAPHS, SUMMARY_BULLETS
from penholder.adapters.word.style import CharacterLook, ParagraphLook, run_properties, spacing
from penholder.adapters.word.xml import HEAD, ROOT, escape
from penholder.model.theme import Theme

P, C = ParagraphLook, CharacterLook

_LATENT = (
    '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1" '
    'w:defUnhideWhenUsed="1" w:defQFormat="0" w:count="376"/>'
)
_FIXED = (
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
    '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
    '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    '</w:style><w:style w:type="numbering" w:default="1" w:styleId="NoList">'
    '<w:name w:val="No List"/><w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
)


def styles_xml(theme: Theme, page: Layout, *, language: str, heading_numbers: bool, cover: tuple[int, int] = (2600, 1200)) -> str:
    """The whole part for a theme. ``heading_numbers`` links Headings 1-3 to their numbers;
    ``cover`` is the space over the title and between subtitle and details, in twips."""
    make = _Styles(theme, page, heading_numbers, cover)
    looks = (*make.text(), *make.headings(), *make.apparatus(), *make.front(), *make.boxes())
    return "".join(
        (
            f"{HEAD}<w:styles {ROOT}>",
            _defaults(theme, language),
            _LATENT,
            *(look.xml() for look in looks),
            _FIXED,
            *(look.xml() for look in make.characters()),
            _table_style(theme),
            "</w:styles>",
        )
    )


def border(side: str, colour: str, *, eighths: int, space: int = 0) -> str:
    """One ``w:top``/``w:left``/... of a border: width in eighths of a point, distance in points."""
    return f'<w:{side} w:val="single" w:sz="{eighths}" w:space="{space}" w:color="{colour}"/>'


def _rgb(colour: str) -> str:
    return colour.removeprefix("#").upper()


def _defaults(theme: Theme, language: str) -> str:
    body = theme.sizes.body
    fonts = ' w:asciiTheme="minorHAnsi" w:hAnsiTheme="minorHAnsi" w:eastAsiaTheme="minorEastAsia" w:cstheme="minorBidi"'
    run = run_properties(font="", size=body, bold=None, italic=None, colour=_rgb(theme.colours.text))
    tag = escape(language)
    gap = spacing(None, round(theme.spacing.paragraph * 20), _line(theme, body))
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts{fonts}/>{run}"
        f'<w:lang w:val="{tag}" w:eastAsia="{tag}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        f"<w:pPrDefault><w:pPr>{gap}</w:pPr></w:pPrDefault></w:docDefaults>"
    )


def _line(theme: Theme, size: float) -> int:
    """Body and small text get the theme's line height, headings 1.2 (twips)."""
    factor = theme.spacing.line_height if size <= theme.sizes.body else 1.2
    return round(size * factor * 20)


def _table_style(theme: Theme) -> str:
    """``Table``: thin horizontal rules, a bold first row (conditional format, 17.7.6)."""
    rule, accent = _rgb(theme.colours.rule), _rgb(theme.colours.accent)
    margins = "".join(
        f'<w:{side} w:w="{width}" w:type="dxa"/>'
        for side, width in (("top", 50), ("left", 90), ("bottom", 50), ("right", 90))
    )
    return (
        '<w:style w:type="table" w:customStyle="1" w:styleId="Table"><w:name w:val="Table"/>'
        '<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="9"/><w:qFormat/>'
        '<w:tblPr><w:tblStyleRowBandSize w:val="1"/><w:tblBorders>'
        f"{border('top', accent, eighths=12)}{border('bottom', accent, eighths=8)}"
        f"{border('insideH', rule, eighths=4)}</w:tblBorders>"
        f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>"
        '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:bCs/></w:rPr><w:tcPr><w:tcBorders>'
        f"{border('bottom', accent, eighths=8)}</w:tcBorders>"
        '<w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr></w:style>'
    )


class _Styles:
    """The lists of looks, each group by what it serves."""

    def __init__(self, theme: Theme, page: Layout, heading_numbers: bool, cover: tuple[int, int]) -> None:
        self.page = page
        self.cover = cover
        self.theme = theme
        self.size = theme.sizes
        self.gap = round(theme.spacing.paragraph * 20)
        self.small_line = _line(theme, theme.sizes.small)
        self.table_size = (theme.sizes.small + theme.sizes.body) / 2
        colours = theme.colours
        self.accent, self.muted, self.rule = map(_rgb, (colours.accent, colours.muted, colours.rule))
        self.tint, self.draft = _rgb(colours.tint), _rgb(colours.draft)
        self.heading_numbers = heading_numbers

    def text(self) -> Iterator[ParagraphLook]:
        """What prose is made of."""
        yield P("Normal", based="")
        yield P("Body Text", then="Body Text")
        yield P("First Paragraph", based="Body Text", then="Body Text")
        yield P("Numbered Paragraph", then="Numbered Paragraph", numbering=(PARAGRAPHS, 0))
        yield P("Compact", contextual=True)
        yield P("List Paragraph", left=360, contextual=True)
        yield P("Block Text", left=360, right=360, italic=False, colour=self.muted)
        yield P("Definition Term", then="Definition", bold=True, after=0, keep_next=True)
        yield P("Definition", left=360)
        yield P("Source Code", font=self.theme.fonts.mono, size=self.size.small,
                line=self.small_line, left=120, fill=self.tint, contextual=True)  # fmt: skip

    def headings(self) -> Iterator[ParagraphLook]:
        """Headings stay with what follows them (17.3.1.15)."""
        size, base = self.size, self.theme.sizes.body
        steps = (
            (size.heading1, 480, 200, None),
            (size.heading2, 360, 120, None),
            (size.heading3, 280, 80, None),
            (base, 240, 60, None),
            (base, 200, 40, True),
            (base, 200, 40, True),
        )
        for level, (points, before, after, italic) in enumerate(steps, start=1):
            numbered = self.heading_numbers and level <= 3
            yield P(
                f"heading {level}", then="Body Text", font=self._heading_font(), size=points,
                bold=level < 6, italic=italic, colour=self.accent, before=before, after=after,
                line=_line(self.theme, points), exact=True, keep_next=True, keep_lines=True,
                outline=level - 1, numbering=(HEADINGS, level - 1) if numbered else None,
            )  # fmt: skip
        yield P("Back Heading", based="heading 1", then="Body Text", size=size.heading2, numbering=(0, 0),
                line=_line(self.theme, size.heading2), before=480, after=160)  # fmt: skip
        yield P("TOC Heading", based="heading 1", then="Body Text", numbering=(0, 0), outline=9,
                before=0, after=120)  # fmt: skip
        for level, left, hanging, before in ((1, 454, 454, 90), (2, 1077, 623, 0), (3, 1871, 794, 0)):
            yield P(f"toc {level}", then=f"toc {level}", before=before, after=0, left=left,
                    hanging=hanging, bold=True if level == 1 else None, quick=False,
                    line=round(base * 1.22 * 20), exact=True, keep_next=True if level == 1 else None,
                    tabs=f'<w:tab w:val="left" w:pos="{left}"/>')  # fmt: skip

    def apparatus(self) -> Iterator[ParagraphLook]:
        """Notes, captions, figures, references, header and footer, the edition's identity."""
        small, line = self.size.small, self.small_line
        table_line = round(self.table_size * 1.3 * 20)
        yield P("footnote text", size=small, line=line, after=60)
        yield P("Footnote Block Text", based="footnote text", left=240)
        yield P("annotation text", size=small, line=line, quick=False)
        yield P("Bibliography", left=360, hanging=360, after=round(self.gap * 0.75), line=round(self.size.body * 1.3 * 20))
        yield P("caption", colour=self.accent, before=120, after=100, keep_lines=True,
                line=round(self.size.body * 1.3 * 20))  # fmt: skip
        yield P("Table Caption", based="caption", before=240, keep_next=True)
        yield P("Image Caption", based="caption", before=60, after=240)
        yield P("Table Text", size=self.table_size, line=table_line, after=0)
        yield P("Figure", before=240, keep_next=True)
        yield P("Captioned Figure", based="Figure", then="Image Caption")
        for name in ("Table Source", "Figure Source"):
            yield P(name, size=small, line=line, before=80, after=240, colour=self.muted)
        bottom, top = (border(side, self.rule, eighths=4, space=4) for side in ("bottom", "top"))
        middle = f'<w:tab w:val="center" w:pos="{self.page.column // 2}"/>'
        right = f'<w:tab w:val="right" w:pos="{self.page.column}"/>'
        furniture = P("header", size=small, line=line, after=0, colour=self.muted,
                      tabs=middle + right, quick=False)  # fmt: skip
        yield furniture._replace(borders=bottom, after=160)
        yield furniture._replace(name="footer", borders=top, before=160)
        yield P("Contributor", then="Contributor", after=160, line=round(self.size.body * 1.3 * 20), exact=True,
                keep_lines=True)  # fmt: skip
        yield P("Edition Detail", then="Edition Detail", after=40, left=1300, hanging=1300,
                tabs='<w:tab w:val="left" w:pos="1300"/>')  # fmt: skip
        yield P("Identity", before=120, after=40)
        yield P("Separator", size=6, line=120, before=160, after=320, left=self.page.column * 35 // 100,
                right=self.page.column * 35 // 100, borders=bottom, quick=False)  # fmt: skip
        yield P("Page Break", size=1, line=20, before=0, after=0, quick=False)

    def front(self) -> Iterator[ParagraphLook]:
        """The cover and the title block."""
        size = self.size
        over, between = self.cover
        yield P("Title", then="Subtitle", font=self._heading_font(), size=size.title, bold=True,
                colour=self.accent, line=round(size.title * 23), exact=True, after=160,
                keep_next=True)  # fmt: skip
        yield P("Subtitle", then="Body Text", size=size.heading2, line=round(size.heading2 * 25),
                exact=True, after=240)  # fmt: skip
        yield P("Author", after=40)
        yield P("Date", after=240)
        yield P("Abstract Title", then="Abstract", bold=True, colour=self.accent, after=40, keep_next=True)
        yield P("Abstract", line=round(size.body * 1.35 * 20), exact=True)
        yield P("Cover Band", size=1, line=20, before=0, after=0, fill=self.accent, quick=False)
        yield P("Cover Logo", after=320)
        yield P("Cover Body", size=size.heading3, bold=True, colour=self.accent, before=0, after=40,
                line=_line(self.theme, size.heading3), exact=True)  # fmt: skip
        yield P("Cover Title", based="Title", then="Cover Subtitle", before=over, outline=9)
        yield P("Cover Subtitle", based="Subtitle", then="Cover First Detail", after=0)
        detail = P("Cover Detail", after=60, line=round(size.body * 1.3 * 20), exact=True, left=1900, hanging=1900,
                   tabs='<w:tab w:val="left" w:pos="1900"/>')  # fmt: skip
        yield detail
        rule = border("top", self.accent, eighths=12, space=12)
        yield detail._replace(name="Cover First Detail", based="Cover Detail", then="Cover Detail",
                      before=between, borders=rule)  # fmt: skip
        yield P("Cover Identity", size=size.small, line=self.small_line, colour=self.muted, before=240, after=0)

    def boxes(self) -> Iterator[ParagraphLook]:
        """The summary's box and the recommendations' ruled edge. Paragraphs whose borders and
        outer edges agree are drawn as one box (17.3.1.24)."""
        box = "".join(
            border(side, self.accent if side == "top" else self.rule,
                   eighths=24 if side == "top" else 4, space=10)
            for side in ("top", "left", "bottom", "right")
        )  # fmt: skip
        summary = P("Summary Text", after=round(self.gap * 0.6), line=round(self.size.body * 1.28 * 20), exact=True,
                    borders=box)  # fmt: skip
        yield P("Summary Heading", based="heading 1", then="Summary Text", size=self.size.heading2,
                line=_line(self.theme, self.size.heading2), before=360, after=100, left=0, hanging=0,
                borders=box, numbering=(0, 0))  # fmt: skip
        yield summary
        yield summary._replace(name="Summary Display", exact=False)
        yield summary._replace(name="Summary Bullet", after=round(self.gap * 0.4), left=320, hanging=320,
                      numbering=(SUMMARY_BULLETS, 0))  # fmt: skip
        edge = border("left", self.accent, eighths=24, space=10)
        # The label's borders differ from the text's by a line nobody sees, so that one
        # recommendation does not run into the next.
        apart = border("top", "FFFFFF", eighths=4, space=1) + edge
        text = P("Recommendation Text", then="Numbered Paragraph", left=283, before=0, after=300,
                 keep_lines=True, borders=edge)  # fmt: skip
        yield text._replace(name="Recommendation Label", then="Recommendation Addressee", bold=True, size=self.size.heading3,
                      line=_line(self.theme, self.size.heading3), exact=True, colour=self.accent, before=300, after=0,
                      keep_next=True, borders=apart)  # fmt: skip
        yield text._replace(name="Recommendation Addressee", then="Recommendation Text",
                      colour=self.muted, after=120, keep_next=True)  # fmt: skip
        yield text

    def characters(self) -> Iterator[CharacterLook]:
        """What marks words inside a paragraph. Nothing is said by colour alone."""
        yield C("Verbatim Char", font=self.theme.fonts.mono, size=self.size.small)
        yield C("Section Number", bold=False)
        yield C("footnote reference", superscript=True)
        yield C("annotation reference", size=8, quick=False)
        yield C("Hyperlink", colour=self.accent, underline=True)
        yield C("Gap", bold=True, colour=self.draft)
        yield C("Draft Mark", bold=True, colour=self.draft)
        yield C("Label", bold=True)
        yield C("Detail Label", colour=self.muted)
        yield C("Citation")
        yield C("Cross Reference", colour=self.accent)
        yield C("Figure Value")

    def _heading_font(self) -> str:
        fonts = self.theme.fonts
        return "" if fonts.heading == fonts.body else fonts.heading
