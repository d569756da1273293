"""CREF005: what stands behind a citation's key is not a place in the source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from penholder.adapters.sequences import alike
from penholder.checks.prose import Citation
from penholder.checks.rule import Example, Hit, Rule, Scope
from penholder.checks.views import SectionView
from penholder.findings import Code, Severity
from penholder.library import parse_locator

CODE = Code(
    "CREF005", Severity.WARNING, "A place in a source that cannot be read as one",
    "It is printed as it stands, and the reader looks for the passage in vain.",
    "Write the place as `p. 12`, `pp. 12-14`, `para 4`, `s 12(3)` or `ch 2`; put remarks into the sentence.",
    "https://pandoc.org/MANUAL.html#citation-syntax",
)  # fmt: skip

# Places that are printed as typed, and words that may follow a citation.
_KNOWN = re.compile(
    r"""\W*(?:(?:tab|tbl|fig|figs|vol|vols|no|nos|n|nn|fn|col|cols|eq|app|appx|ann|rec|recs|q|v|vv|ll?|f|ff|slide|min|ep)\b\.?
    |tables?|figures?|box(?:es)?|annex(?:es)?|append\w+|charts?|maps?|columns?|lines?|notes?|footnotes?|endnotes?|volumes?|issues?|numbers?|titles?
    |recommendations?|principles?|headings?|questions?|preamble|recitals?|summary|executive|foreword|preface|introduction|conclusions?|abstract
    |passim|throughout|cited|quoted|citing|quoting|as\ (?:amended|cited|quoted|in)|emphasis|our|my|author|translat\w+|tr\b|and|or|also|see|cf|among|amongst|inter|but|though
    |for|in|with|who|which|where|although|on|at|from|et\ seq|ibid|forthcoming|in\ press|item|entry|clip|equations?|timestamps?|folios?|books?|verses?|stages?|steps?|criteri\w+|part|slides?|sheets?|tabs?|data)\b""",
    re.I | re.X,
)  # fmt: skip
_PAGE = re.compile(r"\W*(?:pages?|pag|pge?s?|pg)\b\W*(?:no\.?\s*|number\s*)?(\d[\d–-]*)?", re.I)
_LABEL_ONLY = re.compile(r"\W*(?:pp?|ss?|paras?|ch|sch|arts?|regs?)\b\.?\s*[-–]?\s*$", re.I)
_LABELS = ("section", "sections", "schedule", "regulation", "article", "paragraph", "paragraphs", "page", "pages", "chapter", "clause", "part")
_NEARLY = 75  # of 100: "sectoin" and "paragrpah" are near enough
_OPEN_END = re.compile(r"\s*(?:--?|–)\s*(?:$|[,;.])")
_NUMBERS = re.compile(r"^(\d+)–(\d+)$")


def look(section: SectionView) -> Iterator[Hit]:
    """What is said behind each key, and in front of it."""
    for passage in section.passages:
        for citation in passage.cites:
            for n, key in enumerate(citation.keys):
                fault = _fault(citation, n)
                if fault:
                    message, ask = fault
                    yield section.hit(passage, citation.start, citation.end, f"{message} (behind `@{key}`).", ask=ask)


def _fault(citation: Citation, n: int) -> tuple[str, str] | None:
    suffix = " ".join(citation.suffixes[n].split()) if n < len(citation.suffixes) else ""
    prefix = " ".join(citation.prefixes[n].split()) if n < len(citation.prefixes) else ""
    if prefix and (before := parse_locator(prefix)) and not before.rest.strip(" ,") and not prefix[0].isdigit():
        return f"“{prefix}” stands in front of the key, where it is no place in the source", f"Is “{prefix}” the page of the source that you mean?"
    return _suffix_fault(suffix) if suffix else None


def _suffix_fault(suffix: str) -> tuple[str, str] | None:
    ask = f"The citation says “{suffix[:60]}”. Which page or paragraph do you mean?"
    found = parse_locator(suffix)
    if found is not None:
        if _OPEN_END.match(found.rest):
            return f"“{suffix[:60]}” begins a range and does not end it", ask
        return _backward(found.parts[-1][1], suffix, ask)
    if _LABEL_ONLY.match(suffix):
        return f"“{suffix}” names no page or paragraph", ask
    page = _PAGE.match(suffix)
    if page and page[1]:
        return f"“{suffix[:60]}” is not read as a page: write “p. {page[1]}”", ask
    if meant := _misspelt(suffix):
        return f"“{suffix[:60]}” is not read as a place: “{meant}” may be meant", ask
    if suffix[0] in "[{(&\ufffc" or _KNOWN.match(suffix) or any(c.isdigit() for c in suffix):
        return None
    return f"“{suffix[:60]}” is not a place in the source", ask


def _misspelt(suffix: str) -> str:
    """The label that the first word before a number nearly is."""
    word = re.match(r"\W*([a-z]{4,})\.?\s+\(?\d", suffix, re.I)
    if word is None or _KNOWN.match(suffix):
        return ""
    near = max(_LABELS, key=lambda label: alike(word[1].lower(), label))
    return near if alike(word[1].lower(), near) >= _NEARLY else ""


def _backward(value: str, suffix: str, ask: str) -> tuple[str, str] | None:
    """A range that ends before it begins; ``123–5`` is 123 to 125."""
    numbers = _NUMBERS.match(value)
    if numbers and len(numbers[1]) <= len(numbers[2]) and int(numbers[2]) < int(numbers[1]):
        return f"“{suffix[:60]}” ends before it begins", ask
    return None


RULE = Rule(
    CODE, Scope.SECTION, look,
    bad=Example("Councils buy for good [@beta2021, very interesting]."),
    good=Example("Councils buy for good [@beta2021, pp. 12-14], and say so [@alpha2020, table 3]."),
)  # fmt: skip
