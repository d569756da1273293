"""ACCE011: a link whose words do not say where it leads."""

from __future__ import annotations

import re
from collections.abc import Iterator

from penholder.checks.rule import Example, Hit, Rule, Scope
from penholder.checks.rules._links import is_own, links
from penholder.checks.views import SectionView
from penholder.findings import Code, Severity

CODE = Code(
    "ACCE011", Severity.WARNING, "A link that does not say where it leads",
    "Screen readers list the links of a page by themselves, and in print the words are all there is.",
    "Link the words that name the page: “the guidance on social value”, not “here”.",
    "https://www.gov.uk/guidance/content-design/links",
)  # fmt: skip

_NOTHING = re.compile(
    r"""(?:(?:please|just|or)\s)?(?:(?:click|press|tap|go|look|see|read|find(?:\sit)?|available|download(?:\sit)?|view(?:\sit)?|access(?:\sit)?|found|follow)\s)?
    (?:(?:on|at|to)\s)?(?:here|this|there|(?:the|this|that)\s(?:links?|pages?|website|site|web\s?page|url|address|document|article|one)|links?|(?:web\s?)?pages?|(?:web\s?)?site)(?:\s(?:here|below|above))?
    |(?:click|read|learn|find\sout|see|more|continue(?:\sreading)?|details?|info(?:rmation)?|download(?:\snow)?|view|go|open|source|ref)
    |(?:(?:read|learn|see|find\sout|click\sfor|for|get|view|show)\s)?(?:more|further|full|all|the)\s?(?:info(?:rmation)?|details?|here|about\sthis|text|article)?(?:\shere)?
    |\d{1,3}|[^\w\ufffc]+
    |(?:cliciwch\s)?yma|(?:darllen(?:wch)?\s)?mwy|rhagor|(?:y\s)?ddolen(?:\shon)?
    |(?:cliquez\s)?ici|en\ssavoir\splus|lire\s(?:la\s)?(?:suite|plus)|ce\slien
    |(?:klicken\ssie\s)?hier(?:\sklicken)?|mehr(?:\s(?:lesen|erfahren|dazu))?|weiter(?:lesen)?
    |(?:haga\sclic\s|pulse\s)?aquí|leer\smás|más\s(?:información)?
    |(?:clicca\s)?qui|(?:klik\s)?hier|(?:kliknij\s)?tutaj|(?:اضغط\s|انقر\s)?هنا|(?:اقرأ\s)?المزيد""",
    re.I | re.X,
)
_LONGEST = 40


def look(section: SectionView) -> Iterator[Hit]:
    """All links but those of quotations."""
    for passage in section.passages:
        if not passage.marks or not is_own(passage):
            continue
        for mark, words in links(passage):
            shown = words.strip(" .,:;!…()[]“”‘’'\"→»>")
            if len(shown) <= _LONGEST and _NOTHING.fullmatch(shown or words) and not mark.value.startswith("#"):
                yield section.hit(
                    passage, mark.start, mark.end, f"“{words}” does not say where the link leads.",
                    ask=f"The link “{words}” does not say where it leads. What is there?",
                )  # fmt: skip


RULE = Rule(
    CODE, Scope.SECTION, look,
    bad=Example("The guidelines are [here](https://www.w3.org/TR/WCAG22/)."),
    good=Example("The [guidelines of the W3C](https://www.w3.org/TR/WCAG22/) say so."),
)  # fmt: skip
