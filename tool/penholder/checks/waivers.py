"""``<!-- penholder: allow EVID001 because ... -->``: what an author answers to a rule, with a reason.

A waiver counts for the paragraph, the list item or the table row it stands in, or, standing
alone, for the block that follows; ``allow-section`` counts for the whole section. Only what
a rule sees can be weighed: a fault of reading or building is mended, never answered.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from penholder.checks.reach import Reach
from penholder.checks.settings import named
from penholder.checks.typed import Typed
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

_ALL = 10**9  # the last line of a waiver for the whole section
_OPENING = re.compile(r"<!--\s*penholder\s*:", re.I)
_ALLOW = re.compile(r"\s*(allow(?:-section)?)\s+([A-Za-z]+\d*(?:\s*,\s*[A-Za-z]+\d*)*)\s*(?:(?:because|:|-|–)\s*(.*))?$", re.S | re.I)


@dataclass(frozen=True)
class Waiver:
    """A waiver: its codes, its reason, where it stands, and the lines of its file for which it counts."""

    codes: tuple[str, ...]
    reason: str
    span: Span
    first: int
    last: int


class _Answers:
    """Waivers by file and code, so that each finding asks a few of them and not all."""

    def __init__(self, waivers: Sequence[Waiver]) -> None:
        self._of: dict[tuple[str, str], tuple[list[int], list[Waiver]]] = {}
        self._of_section: dict[tuple[str, str], Waiver] = {}
        for waiver in sorted(waivers, key=lambda w: w.first):
            for code in waiver.codes:
                place = waiver.span.path, code
                if waiver.last >= _ALL:
                    self._of_section.setdefault(place, waiver)
                    continue
                firsts, farthest = self._of.setdefault(place, ([], []))  # of those up to here the one that reaches farthest
                firsts.append(waiver.first)
                farthest.append(max([*farthest[-1:], waiver], key=lambda w: w.last))

    def to(self, finding: Finding) -> Waiver | None:
        """The waiver that answers a finding: one for its place before one for the section."""
        path, line, code = finding.span.path, max(finding.span.line, 1), finding.code.id
        places = [(path, code), (path, code.rstrip("0123456789"))]
        for place in places:
            firsts, farthest = self._of.get(place, ([], []))
            i = bisect_right(firsts, line) - 1
            if i >= 0 and farthest[i].last >= line:
                return farthest[i]
        return next((self._of_section[p] for p in places if p in self._of_section), None)


def ask_of(finding: Finding) -> str:
    """What a letter asks about a waiver; nothing for other findings."""
    return _ASKS.get(finding.code.id, "")


def waivers_in(text: Text) -> tuple[list[Waiver], list[Finding]]:
    """The waivers of a section, and those that say nothing of use."""
    found: list[Waiver] = []
    findings: list[Finding] = []
    typed = Typed(text.markdown)
    reach = Reach(text.markdown, typed.comments)
    for start, end in typed.comments:
        opening = _OPENING.match(text.markdown, start, end)
        if opening is None:
            continue
        span = text.map.span(start, end)
        said = _ALLOW.match(text.markdown[opening.end() : end - 3].strip())
        if said is None:
            findings.append(REASON.at(span, "This cannot be read as a waiver.", help="Write `<!-- penholder: allow CODE because ... -->`."))
            continue
        codes = tuple(c.strip().upper() for c in said[2].split(","))
        reason = " ".join((said[3] or "").split())
        if len(reason) < 3:
            findings.append(REASON.at(span, f"The waiver of {', '.join(codes)} gives no reason."))
            continue
        first, last = (1, _ALL) if said[1].lower() != "allow" else _lines(text, reach, start, end)
        found.append(Waiver(codes, reason, span, first, last))
    return found, findings


def _lines(text: Text, reach: Reach, start: int, end: int) -> tuple[int, int]:
    """The lines, in the author's file, for which a comment counts."""
    low, high = reach.of(start, end)
    span = text.map.span(start, max(start + 1, high))
    above = text.map.span(low, low + 1)
    first = above.line if above.path == span.path else span.line
    return first, max(span.end_line, span.line)


def apply(
    findings: Iterable[Finding], waivers: Sequence[Waiver], known: frozenset[str], rules: frozenset[str], ran: frozenset[str]
) -> tuple[list[tuple[Finding, Waiver | None]], list[Finding]]:
    """Each finding with the waiver that answers it, and what is wrong with the waivers.

    ``known`` are all codes there are, ``rules`` those of rules (no other can be
    answered), ``ran`` those that looked: only of a rule that looked can be said that
    its waiver is not needed.
    """
    used: set[int] = set()
    answers = _Answers(waivers)
    answered: list[tuple[Finding, Waiver | None]] = []
    for finding in findings:
        waiver = answers.to(finding) if finding.code.id in rules else None
        if waiver is not None:
            used.add(id(waiver))
        answered.append((finding, waiver))
    return answered, list(_idle(waivers, used, known, rules, ran))


def _idle(waivers: Sequence[Waiver], used: set[int], known: frozenset[str], rules: frozenset[str], ran: frozenset[str]) -> Iterator[Finding]:
    known, rules = _with_families(known), _with_families(rules)
    for waiver in waivers:
        unknown = [c for c in waiver.codes if c not in rules]
        for code in unknown:
            yield UNKNOWN.at(waiver.span, f"{code} is no rule; it cannot be answered, only mended." if code in known else f"There is no rule {code}.")
        if id(waiver) not in used and not unknown and all(any(named(r, [c]) for r in ran) for c in waiver.codes):
            yield UNUSED.at(waiver.span, f"Nothing here needs the waiver of {', '.join(waiver.codes)}.")


def _with_families(codes: frozenset[str]) -> frozenset[str]:
    return codes | {code.rstrip("0123456789") for code in codes}
