"""PLAI015: a number in letters, or a figure that begins a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from penholder.checks.prose import Passage
from penholder.checks.rule import Example, Hit, Rule, Safety, Scope
from penholder.checks.rules._plain import DIGITS, GOVUK, NUMBERS, starts_sentence, swept
from penholder.checks.views import SectionView
from penholder.findings import Code, Severity

CODE = Code(
    "PLAI015", Severity.NOTE, "A number in letters, or a figure first in a sentence",
    "Figures are found at a glance; at the beginning of a sentence they look like the number of a paragraph.",
    "Write 2 and above in figures, except first in a sentence; “one” stays a word.",
    GOVUK,
)  # fmt: skip

_NUMBER = "|".join(n for n in NUMBERS if n not in ("one", "a hundred"))
_THINGS = re.compile(
    rf"(?<![\w-])(?P<n>{_NUMBER})(?:-(?P<more>two|three|four|five|six|seven|eight|nine))? (?=(?P<noun>(?:[a-z][a-z-]+ )?[a-z-]{{3,}}s)\b|(?:million|billion|people|children)\b)"
)
_SIGNS = ("teen", *(n for n in NUMBERS if n not in ("one", "a hundred") and not n.endswith("teen")))
_SAID = re.compile(r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|an?|half|or|to|the other|between the|at|in|by) $|(?:, | and | or )(?:one|two|three) $")
_NOT_THINGS = re.compile(
    r"(?:(?:or|and|of|to|in|on|is|was|as|at|are|have|has|had|times|were|which|that|who|from|for|with|by|does|ways|minds|others|sides|words|letters|thirds|quarters|fifths|halves|tenths|hundreds|thousands|this|its|his|these|those|less|plus|years’)\b|\w+ (?:is|was|as|has|this|its|his|us|does|plus|less|across|various|perhaps|always|thus|towards|besides|yes))"
)
_FIRST = re.compile(r"(?:^|(?<=[.?!] ))(\d{1,2})(?= [a-z]{3})(?! (?:million|billion|per cent))")


def look(section: SectionView) -> Iterator[Hit]:
    """Number words before the plural they count; a small figure before a word at the beginning of a sentence."""
    for passage, found in swept(section, _THINGS, *_SIGNS):
        if found["noun"] and _NOT_THINGS.match(found["noun"]):
            continue
        if _SAID.search(passage.text[max(0, found.start() - 20) : found.start()]) or starts_sentence(passage, found.start()):
            continue
        value = str(NUMBERS[found["n"]] + (NUMBERS[found["more"]] if found["more"] else 0))
        end = found.end() - 1
        yield section.hit(
            passage, found.start(), end, f"“{found[0].strip()}” is written {value}.",
            ask=f"May we write “{value}” in place of “{found[0].strip()}”?", mend=value,
        )  # fmt: skip
    for passage, found in swept(section, _FIRST, *DIGITS):
        if passage.kind != "item" and _begins(passage, found.start()):
            yield section.hit(
                passage, found.start(1), found.end(1), f"This sentence begins with the figure {found[1]}.",
                ask=f"Could you write {found[1]} in letters here, or begin the sentence otherwise?",
            )  # fmt: skip


def _begins(passage: Passage, at: int) -> bool:
    return not at or any(s.start == at for s in [passage.sentence_at(at)])


RULE = Rule(
    CODE, Scope.SECTION, look, languages=("en",), house="govuk", fix=Safety.UNSAFE,
    bad=Example("Councils buy care from five firms. 3 firms are small."),
    good=Example("Five firms sell care to 3 councils. One or two of them are small, and two-thirds of the staff work part time."),
)  # fmt: skip
