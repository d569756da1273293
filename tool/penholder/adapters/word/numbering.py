"""``word/numbering.xml`` of the reference document (ECMA-376 Part 1, 17.9).

pandoc keeps only definitions whose ``abstractNumId`` is below 990 and whose ``numId`` is
below 1000; above that it writes its own for the lists of the text.
"""

from __future__ import annotations

from penholder.adapters.word.layout import Layout
from penholder.adapters.word.xml import HEAD, ROOT

PARAGRAPHS = 1
HEADINGS = 2
SUMMARY_BULLETS = 3


def numbering_xml(page: Layout, *, heading_numbers: bool, accent: str) -> str:
    """The part: paragraph numbers in the gutter, heading numbers there too, summary bullets.

    ``accent`` is the colour of paragraph numbers, six hexadecimal digits.
    """
    hang = page.hang
    quiet = f'<w:rPr><w:b w:val="0"/><w:i w:val="0"/><w:color w:val="{accent}"/></w:rPr>'
    light = '<w:rPr><w:b w:val="0"/></w:rPr>'
    paragraphs = _level(0, "decimal", "%1", hang, style="NumberedParagraph", run=quiet)
    headings = "".join(
        _level(
            level,
            "decimal",
            ".".join(f"%{n + 1}" for n in range(level + 1)),
            hang,
            style=f"Heading{level + 1}" if heading_numbers else "",
            run=light,
        )
        for level in range(3)
    )
    bullet = _level(0, "bullet", "•", 0, style="SummaryBullet", indent=False)
    definitions = (
        (PARAGRAPHS, "singleLevel", "7E000001", paragraphs),
        (HEADINGS, "multilevel", "7E000002", headings),
        (SUMMARY_BULLETS, "singleLevel", "7E000003", bullet),
    )
    return "".join(
        (
            f"{HEAD}<w:numbering {ROOT}>",
            *(_abstract(*definition) for definition in definitions),
            *(f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>' for number, *_ in definitions),
            "</w:numbering>",
        )
    )


def _abstract(number: int, kind: str, nsid: str, levels: str) -> str:
    return (
        f'<w:abstractNum w:abstractNumId="{number}"><w:nsid w:val="{nsid}"/>'
        f'<w:multiLevelType w:val="{kind}"/>{levels}</w:abstractNum>'
    )


def _level(level: int, form: str, text: str, hang: int, *, style: str, run: str = "", indent: bool = True) -> str:
    """One ``w:lvl`` (17.9.6): the number starts ``hang`` left of the text, which stays at 0."""
    link = f'<w:pStyle w:val="{style}"/>' if style else ""
    place = (
        f'<w:pPr><w:tabs><w:tab w:val="num" w:pos="0"/></w:tabs><w:ind w:left="0" w:hanging="{hang}"/></w:pPr>'
        if indent
        else ""
    )
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{link}'
        f'<w:suff w:val="tab"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>{place}{run}</w:lvl>'
    )
