"""STRU007: two sections, or two headings of one level, with the same title."""

from __future__ import annotations

from collections.abc import Iterator

from penholder.checks.library_sources import folded
from penholder.checks.rule import Example, Hit, Rule, Scope
from penholder.checks.views import PaperView, SectionView
from penholder.findings import Code, Severity

CODE = Code(
    "STRU007", Severity.WARNING, "Two headings with the same title",
    "The table of contents shows it twice, and a reference to it can mean either.",
    "Give one of them a title of its own.",
    "https://www.w3.org/TR/WCAG22/#headings-and-labels",
)  # fmt: skip


def look(paper: PaperView) -> Iterator[Hit]:
    """Titles of sections among each other; headings under one heading. A pattern repeated under other headings is meant."""
    seen: dict[str, SectionView] = {}
    for section in paper.sections:
        if section.text.section.source is None:
            continue
        first = seen.setdefault(_plain(section.title), section)
        if first is not section:
            yield _section(section, first)
        yield from _headings(section)


def _plain(title: str) -> str:
    """A title as it is compared; one in a script without words of Latin letters as it stands."""
    return folded(title) or title.strip()


def _section(section: SectionView, first: SectionView) -> Hit:
    message = f"“{section.title}” is the title of {first.path.rsplit('/', 1)[-1]}, too."
    ask = f"Another section is called “{section.title}”, too. What could yours be called?"
    if section.front.title:
        return section.at(section.front_span("title"), message, ask=ask, quote=section.title)
    heading = next(section.headings, None)
    if heading is None:
        return section.at(section.start, message, ask=ask, quote=section.title)
    return section.hit(heading, 0, len(heading.text), message, ask=ask)


def _headings(section: SectionView) -> Iterator[Hit]:
    """Headings of one level under the same heading."""
    above: list[tuple[int, dict[str, int]]] = [(0, {})]
    for n, heading in enumerate(section.headings):
        while above[-1][0] >= heading.level:
            above.pop()
        title = _plain(heading.text)
        siblings = above[-1][1]
        if title and siblings.setdefault(f"{heading.level} {title}", n) != n:
            shown = heading.text.strip()
            yield section.hit(
                heading, 0, len(heading.text), f"There is a heading “{shown}” before this one.",
                ask=f"You have two headings “{shown}”. What sets the second one apart?",
            )  # fmt: skip
        above.append((heading.level, {}))


RULE = Rule(
    CODE, Scope.PAPER, look,
    bad=Example("## Costs\n\nCare costs money.\n\n## Costs\n\nCare costs more."),
    good=Example("## Wales\n\n### Costs\n\nCare costs money.\n\n## England\n\n### Costs\n\nCare costs more."),
)  # fmt: skip
