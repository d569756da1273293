"""What rules of marked text share."""

from __future__ import annotations

from penholder.checks.prose import HOLE, Passage


def covers(passage: Passage, kind: str) -> bool:
    """Whether all the words of a passage are marked so (citations and marks at its ends may stand outside)."""
    spans = [(m.start, m.end) for m in passage.marks if m.kind == kind]
    if not spans:
        return False
    low, text = 0, passage.text
    for start, end in sorted(spans):
        if any(c.isalnum() for c in text[low:start].replace(HOLE, "")):
            return False
        low = max(low, end)
    return not any(c.isalnum() for c in text[low:].replace(HOLE, ""))
