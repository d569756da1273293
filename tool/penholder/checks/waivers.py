"""``<!-- penholder: allow EVID001 because ... -->``: what an author answers to a rule, with a reason.

A waiver counts for the paragraph it stands in, or, standing alone, for the block that
follows; ``allow-section`` counts for the whole section.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from penholder.checks.settings import named
from penholder.findings import Code, Finding, Severity
from penholder.source import Span
from penholder.stages.assemble import Text

REASON = Code(
    "WAIV001", Severity.ERROR, "A waiver without a reason",
    "Nobody who reads the paper later can tell whether the rule was weighed or merely silenced.",
    "Write why: `<!-- penholder: allow CODE because ... -->`.",
)  # fmt: skip
UNKNOWN = Code(
    "WAIV002", Severity.WARNING, "A waiver for a rule that does not exist",
    "It has no effect, and the rule that was meant still speaks.",
    "Correct the code; `penholder rule all` lists them.",
)  # fmt: skip
UNUSED = Code(
    "WAIV003", Severity.WARNING, "A waiver that nothing needs",
    "The fault was mended, or the waiver stands in the wrong place and the next reader trusts it.",
    "Take the waiver out, or move it directly before the paragraph it is for.",
)  # fmt: skip
CODES = (REASON, UNKNOWN, UNUSED)
_ASKS = {
    REASON.id: "You let a remark of ours stand here, and no reason is given that we can read. Why should it stand?",
    UNKNOWN.id: "You let a remark stand here that we never make. Which one did you mean?",
    UNUSED.id: "You let a remark stand here, and we no longer make it. Can your note to us go?",
}

_COMMENT = re.compile(r"<!--\s*penholder\s*:(.*?)-->", re.S | re.I)
_ALLOW = re.compile(r"\s*(allow(?:-section)?)\s+([A-Za-z]+\d*(?:\s*,\s*[A-Za-z]+\d*)*)\s*(?:(?:because|:|-|–)\s*(.*))?$", re.S | re.I)
_CODE_FENCE = re.compile(r"^ {0,3}(?P<fence>`{3,}|~{3,})[^\n]*\n.*?^ {0,3}(?P=fence)[`~]*[ \t]*$|(?<!`)(?P<tick>`+)(?!`)[^\n]+?(?<!`)(?P=tick)(?!`)", re.S | re.M)


@dataclass(frozen=True)
class Waiver:
    """A waiver: its codes, its reason, where it stands, and the lines of its file for which it counts."""

    codes: tuple[str, ...]
    reason: str
    span: Span
    first: int
    last: int

    def covers(self, finding: Finding) -> bool:
        """Whether it answers a finding."""
        place = finding.span
        return place.path == self.span.path and self.first <= max(place.line, 1) <= self.last and named(finding.code.id, self.codes)


def ask_of(finding: Finding) -> str:
    """What a letter asks about a waiver; nothing for other findings."""
    return _ASKS.get(finding.code.id, "")


def waivers_in(text: Text) -> tuple[list[Waiver], list[Finding]]:
    """The waivers of a section, and those that say nothing of use."""
    found: list[Waiver] = []
    findings: list[Finding] = []
    markdown = _CODE_FENCE.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), text.markdown)
    for comment in _COMMENT.finditer(markdown):
        span = text.map.span(comment.start(), comment.end())
        said = _ALLOW.match(comment[1].strip())
        if said is None:
            findings.append(REASON.at(span, "This cannot be read as a waiver.", help="Write `<!-- penholder: allow CODE because ... -->`."))
            continue
        codes = tuple(c.strip().upper() for c in said[2].split(","))
        reason = " ".join((said[3] or "").split())
        if len(reason) < 3:
            findings.append(REASON.at(span, f"The waiver of {', '.join(codes)} gives no reason."))
            continue
        first, last = (1, 10**9) if said[1].lower() != "allow" else _lines(text, markdown, comment.start(), comment.end())
        found.append(Waiver(codes, reason, span, first, last))
    return found, findings


def _lines(text: Text, markdown: str, start: int, end: int) -> tuple[int, int]:
    """The lines, in the author's file, of the block a comment stands in, or of the next one where it stands alone."""
    low = markdown.rfind("\n\n", 0, start) + 1
    high = _block_end(markdown, end)
    alone = not _COMMENT.sub("", markdown[low:high]).strip()
    while alone and high < len(markdown):
        following = len(markdown) - len(markdown[high:].lstrip())
        high = _block_end(markdown, max(following, high + 1))
        alone = not _COMMENT.sub("", markdown[low:high]).strip()
    span = text.map.span(start, max(start + 1, min(high, len(markdown))))
    above = text.map.span(low, low + 1)
    first = above.line if above.path == span.path else span.line
    return first, max(span.end_line, span.line)


def _block_end(markdown: str, start: int) -> int:
    gap = re.compile(r"\n[ \t]*\n").search(markdown, start)
    return gap.start() if gap else len(markdown)


def apply(
    findings: Iterable[Finding], waivers: Sequence[Waiver], known: frozenset[str], ran: frozenset[str]
) -> tuple[list[tuple[Finding, Waiver | None]], list[Finding]]:
    """Each finding with the waiver that answers it, and what is wrong with the waivers.

    ``known`` are all codes there are, ``ran`` those that looked: only of a rule that
    looked can be said that its waiver is not needed.
    """
    used: set[int] = set()
    answered: list[tuple[Finding, Waiver | None]] = []
    for finding in findings:
        waiver = next((w for w in waivers if w.covers(finding) and finding.code not in CODES), None)
        if waiver is not None:
            used.add(id(waiver))
        answered.append((finding, waiver))
    return answered, list(_idle(waivers, used, known, ran))


def _idle(waivers: Sequence[Waiver], used: set[int], known: frozenset[str], ran: frozenset[str]) -> Iterator[Finding]:
    families = {code.rstrip("0123456789") for code in known}
    for waiver in waivers:
        unknown = [c for c in waiver.codes if c not in known and c not in families]
        for code in unknown:
            yield UNKNOWN.at(waiver.span, f"There is no rule {code}.")
        if id(waiver) not in used and not unknown and all(any(named(r, [c]) for r in ran) for c in waiver.codes):
            yield UNUSED.at(waiver.span, f"Nothing here needs the waiver of {', '.join(waiver.codes)}.")
