"""STRU003: a heading with nothing under it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from penholder.checks.prose import Passage
from penholder.checks.rule import Example, Hit, Rule, Scope
from penholder.checks.views import SectionView
from penholder.findings import Code, Severity

CODE = Code(
    "STRU003", Severity.WARNING, "A heading with nothing under it",
    "The reader finds a promise and no text.",
    "Write what belongs there, or take the heading out.",
    "https://www.w3.org/TR/WCAG22/#info-and-relationships",
)  # fmt: skip

# What may stand between two headings and still be nothing: rest of a heading's line, underlines, the next one's marks.
_NOTHING = re.compile(r"\{[^{}\n]*\}|[\s#=_*:-]+")


def look(section: SectionView) -> Iterator[Hit]:
    """A heading followed by one of its own level or a higher one, or by the end of the section."""
    found = list(section.passages)
    for n, passage in enumerate(found):
        if passage.kind != "heading" or passage.notes:
            continue
        after = found[n + 1] if n + 1 < len(found) else None
        if after is not None and (after.kind != "heading" or after.level > passage.level):
            continue
        if _between(section, passage, after):
            continue
        title = passage.text.strip()
        yield section.hit(
            passage, 0, len(passage.text), f"Nothing stands under the heading “{title}”.",
            ask=f"Nothing stands under “{title}”. What belongs there?",
        )  # fmt: skip


def _between(section: SectionView, heading: Passage, after: Passage | None) -> bool:
    """Whether anything that is no passage (code, a picture, an equation) stands between the two."""
    text = section.text.markdown
    start = heading.offset(len(heading.text), end=True)
    stop = after.offset(0) if after is not None else len(text)
    return bool(_NOTHING.sub("", _uncommented(text[start:stop])))


def _uncommented(text: str) -> str:
    """The text without HTML comments; a pattern would take its time over many that never end."""
    first, *rest = text.split("<!--")
    return first + "".join(piece.partition("-->")[2] if "-->" in piece else "<!" for piece in rest)


RULE = Rule(
    CODE, Scope.SECTION, look,
    bad=Example("Care costs money.\n\n## Who pays\n\n## Who decides\n\nCouncils decide."),
    good=Example("Care costs money.\n\n## Who pays\n\n### Councils\n\nThey pay.\n\n## Who decides\n\nCouncils decide."),
)  # fmt: skip
