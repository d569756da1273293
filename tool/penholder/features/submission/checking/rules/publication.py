"""PUB-PRIOR, PUB-EMBARGO: what was public before, and what is public too early."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from penholder.features.profile_rules import Rule
from penholder.features.submission.checking.measure import runs_of
from penholder.features.submission.checking.rule import Check, Hit, Seen, Silent
from penholder.features.submission.checking.subject import Released, Subject

_LEAST = 20  # words in a row that are no chance: longer than titles, definitions and most quotations
_SHARE = 0.05  # of the text: a quotation is less


def prior(subject: Subject, rule: Rule) -> Seen:
    """What the author says was published, and what stands word for word in a text that was made public."""
    if not subject.pieces:
        return Silent("there is no text to compare", blind=True)
    return [*_said(subject), *_found(subject)]


def _said(subject: Subject) -> Iterator[Hit]:
    for index, each in enumerate(subject.submission.file.published_before):
        when = f" on {each.date.isoformat()}" if each.date else ""
        yield Hit(subject.place("published_before", index), f"The submission says that it was published before: {each.where}{when}.", "Say so in the covering letter, and ask whether it is taken all the same.")


def _found(subject: Subject) -> Iterator[Hit]:
    own = [p.text for p in subject.pieces if not p.parts & {"cover", "references", "headings"}]
    words = [w for text in own for w in text.split()]
    plain = _plain(words)
    for released in subject.released:
        runs = list(runs_of(plain, _plain(released.text.split()), _LEAST))
        copied = sum(length for _, length in runs)
        if not words or copied < _SHARE * len(words):
            continue
        yield _hit(subject, released, words, runs, copied)


def _hit(subject: Subject, released: Released, words: Sequence[str], runs: Sequence[tuple[int, int]], copied: int) -> Hit:
    at, length = max(runs, key=lambda r: r[1])
    share = f"{copied / len(words):.0%}"
    return Hit(
        subject.of_words(" ".join(words[at : at + 8])),
        f"{share} of the text ({copied:,} words) stands word for word in {released.name} ({released.where}); "
        f"the longest passage has {length:,} words: “{' '.join(words[at : at + 8])} ...”.",
        "Write it anew for this recipient, and cite what was published.",
    )  # fmt: skip


def _plain(words: Sequence[str]) -> list[str]:
    return [re.sub(r"[\W_]+", "", w).casefold() for w in words]


def embargo(subject: Subject, rule: Rule) -> Seen:
    """The workspace is not open to everybody while the recipient forbids publication."""
    return [Hit(f.span, f.message, f.help) for f in subject.embargoed]


CHECKS = (
    Check("PUB-PRIOR", prior, "The recipient takes original work, and may refuse what was published elsewhere.", "Write it anew for this recipient."),
    Check("PUB-EMBARGO", embargo, "A recipient may turn away what was published elsewhere, and what is public cannot be called back.", "Wait for its permission and record it."),
)
