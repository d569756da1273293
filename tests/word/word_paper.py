"""The Markdown of a paper with everything the house sets, for the tests of this folder."""

from __future__ import annotations

from collections.abc import Callable

from penholder.adapters import word

Pandoc = Callable[..., bytes]
SENTENCE = "Before procurement starts, an authority must consider how what is bought might improve the area."


def block(style: str, text: str) -> str:
    return f'::: {{custom-style="{style}"}}\n{text}\n:::\n'


def raw_block(markup: str) -> str:
    return f"```{{=openxml}}\n{markup}\n```\n"


def raw(markup: str) -> str:
    return f"`{markup}`{{=openxml}}"


def paper_markdown() -> str:
    numbered = "Numbered Paragraph"
    table_label = word.bookmark("tbl_spend", 100001, word.run("Table ") + word.seq_field("Table", 1))
    figure_label = word.bookmark("fig_cycle", 100002, word.run("Figure ") + word.seq_field("Figure", 1))
    to_paragraph = raw(word.ref_field("para_duty", "1", number=True))
    rows = "".join(f"| Stage {n} | {n * 37} |\n" for n in range(1, 4))
    entries = [
        word.ContentsEntry(1, "1", "Analyse & plan", "sec_analyse"),
        word.ContentsEntry(2, "1.1", "A <duty>", "sec_duty"),
        word.ContentsEntry(1, "", "References", "refs"),
    ]
    pieces = [
        block("Cover Body", "Social Value UK"),
        block("Cover Title", "Social value"),
        block("Cover Detail", f"[Date]{{custom-style=Label}}{raw(word.tab())}22 November 2026"),
        raw_block(word.page_break()),
        block("Summary Heading", "Summary"),
        block("Summary Bullet", "Account for social value."),
        raw_block(word.contents(entries, "Contents")),
        raw_block(word.page_break()),
        "# Analyse & plan {#sec_analyse}\n",
        "## A \\<duty\\> {#sec_duty}\n",
        block(numbered, f"[Alpha duty.]{{#para_duty}} {SENTENCE}[^1]"),
        block(numbered, f"Beta, see paragraph {to_paragraph}. [[missing]]{{custom-style=Gap}}"),
        "- one\n- two\n    - nested\n\n1. first\n2. second\n",
        f"| Stage | Spend |\n|:--|--:|\n{rows}\n: {raw(table_label)} Spend by stage\n",
        block("Table Source", "Source: Cabinet Office."),
        f'![{raw(figure_label)} The cycle](cycle.png){{alt="Five stages in a ring"}}\n',
        "# Review {#sec_review}\n",
        block(numbered, "Gamma after a list and a section.[^2]"),
        block("Recommendation Label", "Recommendation 1"),
        block("Recommendation Text", "Account for it."),
        "![](cycle.png)\n",
        "[put in]{.insertion author=A date=2020-01-01T00:00:00Z} [taken out]{.deletion author=A date=2020-01-01T00:00:00Z}\n",
        "# References {#refs .unnumbered}\n",
        block("Bibliography", "Cabinet Office (2025) <https://example.org/>"),
        "[^1]: The first note.\n[^2]: The second note.\n",
    ]
    return "\n".join(pieces)
