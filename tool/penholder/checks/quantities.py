"""Quantities in a sentence: shares, money, counts, changes and records.

What only looks like one is left out: dates and years, numbers of sections, laws and
papers, ordinals, times, and small numbers that count the text's own parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

HOLE = "\ufffc"

_SCALES = {
    "hundred": 1e2, "thousand": 1e3, "k": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6, "millions": 1e6,
    "bn": 1e9, "billion": 1e9, "billions": 1e9, "tn": 1e12, "trillion": 1e12,
}  # fmt: skip
_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90, "hundred": 100,
}  # fmt: skip
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10}
_CURRENCY = {"£": "GBP", "€": "EUR", "$": "USD"}
_TIMES = {
    "doubled": 2.0, "doubling": 2.0, "twofold": 2.0, "twice": 2.0, "tripled": 3.0, "trebled": 3.0, "threefold": 3.0,
    "quadrupled": 4.0, "fourfold": 4.0, "fivefold": 5.0, "tenfold": 10.0, "halved": 0.5, "halving": 0.5,
}  # fmt: skip

_NUMBER = r"(?<![\d,.])\d{1,3}(?:[,\u00a0\u202f ]\d{3}){1,6}(?:\.\d{1,12})?(?!\d)|(?<!\d)\d{1,20}(?:\.\d{1,12})?(?!\d)"
_WORD_NUMBER = "|".join(sorted(_WORDS, key=len, reverse=True))
_SCALE = r"hundred|thousand|millions?|billions?|trillion|mn|bn|tn|m|k"
_GAP = r"[ \u00a0\u202f-]?"
_ABOUT = r"(?P<about>about|around|approximately|roughly|some|nearly|almost|more than|over|at least|fewer than|less than|under|up to|at most|just over|just under|an estimated|c\.)\s+"

_PERCENT = re.compile(rf"(?P<low>{_NUMBER})(?:\s?(?:to|–|-|and)\s?(?P<n>{_NUMBER}))?\s?(?P<unit>%|per cent\b|percent\b|pc\b|percentage points?\b|pp\b)(?:[- ](?P<points>points?)\b)?")
_WORD_PERCENT = re.compile(rf"\b(?P<n>{_WORD_NUMBER})(?:-(?P<more>{_WORD_NUMBER}))? (?P<unit>per cent|percent|percentage points?)\b", re.I)
_MONEY = re.compile(rf"(?P<sign>[£€$])\s?(?P<n>{_NUMBER})(?:{_GAP}(?P<scale>{_SCALE})\b)?", re.I)
_SCALED = re.compile(rf"(?<![\w.,£€$/-])(?:(?P<low>{_NUMBER})\s?(?:to|–|-)\s?)?(?P<n>{_NUMBER}){_GAP}(?:(?P<scale>hundred|thousand|millions?|billions?|trillion|bn|mn)\b|(?P<m>m|k)\b(?= (?!by\b|wide|high|long|deep|tall|from|of|away)[a-z]))", re.I)
_COUNT = re.compile(r"(?<![\w.,£€$/:#@-])(?P<n>\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?![\w%,.:/-]\w|[%\w])")
_IN = re.compile(rf"\b(?P<a>{_WORD_NUMBER}|\d{{1,3}}) (?:in|out of)(?: every)? (?P<b>{_WORD_NUMBER}|\d{{1,3}})\b(?! (?:years?|months?|weeks?|days?|minutes?|hours?))", re.I)
_PAIR = re.compile(rf" (?:in|out of)(?: every)? (?:{_WORD_NUMBER}|\d)", re.I)
_PART = re.compile(rf"\b(?:(?P<a>{_WORD_NUMBER}|a|an)[- ])?(?P<part>{'|'.join(_PARTS)})(?P<s>s?)\b(?=\s+(?:of|the|all|as)\b|\s+(?:more|less|fewer)\b)", re.I)
# A part without "of": two thirds of what was named before, or a change by a third.
_BARE_PART = re.compile(
    rf"\b(?P<a>two|three|four|five|six|seven|eight|nine)[- ](?P<part>third|quarter|fifth|sixth|seventh|eighth|ninth|tenth)s\b(?! (?:majorit|vote|rule|full|running|in a row))"
    rf"|\bby (?:about |around |nearly |almost |over |more than |some |roughly |at least )?(?:a|an|one)[- ](?P<one>half|third|quarter|fifth|sixth|eighth|tenth)\b(?=\s*(?:[.,;:)!?{HOLE}–—]|$)|\s+(?:since|in|between|over|from|after|to|and|or|but|on|at|by|within|during|under|for|compared|this|last|each|every|while|when|as|because|until|across)\b)",
    re.I,
)
_POINTS = re.compile(rf"(?:\bby|\b(?:rise|fall|gap|increase|decrease|drop|lead|swing|change|gain|reduction|difference) of) (?:{_ABOUT.replace('?P<about>', '?:')})?(?P<n>{_NUMBER}) points?\b(?! (?:scale|plan|system))", re.I)
# Small numbers of people and things of the world, which something happened to.
_WORLD = (
    "people", "deaths", "children", "adults", "women", "men", "patients", "workers", "residents", "families", "households", "pupils", "prisoners", "babies",
    "injuries", "suicides", "murders", "attacks", "libraries", "councils", "schools", "hospitals", "homes", "jobs", "pubs", "shops", "banks", "branches", "stations", "centres",
    "surgeries", "charities", "firms", "companies", "businesses", "authorities", "colleges", "universities", "nurseries", "clubs", "countries", "prisons", "courts", "posts", "fires", "accidents", "outbreaks",
)  # fmt: skip
_THING = rf"(?P<noun>(?:[a-z][a-z-]+ ){{0,2}}?(?:{'|'.join(_WORLD)}))"
_HAPPENED = (
    r"(?:have |has |had )?(?:also |already |now |since )?(?:died|drowned|perished|closed|opened|shut|folded|failed|collapsed|merged|left|quit|lost|gained|vanished|disappeared|declared|issued|went (?:bust|bankrupt)|burnt? down|happened|occurred|took place)"
    r"|(?:were|are|was|have been|had been|has been) (?:\w+ly )?(?:killed|injured|hurt|closed|lost|made|cut|shut|sold|evicted|arrested|merged|opened|built|left|homeless|unemployed|dead|missing|taken|bankrupt|demolished|destroyed|recorded|reported|affected)"
)
_NUMERAL = rf"(?P<n>(?:{_WORD_NUMBER})(?:-(?P<more>{_WORD_NUMBER}))?|\d{{1,2}})"
_FEW = re.compile(
    rf"(?<![\w.,£€$/:#@-]){_NUMERAL} {_THING}(?= (?:in (?:the )?[A-Z]\w+ |at work |there |who \w+ )?(?:{_HAPPENED})\b)"
    rf"|\bthere (?:were|are|was|have been|had been) (?:{_ABOUT.replace('?P<about>', '?:')}|only )?{_NUMERAL.replace('?P<n>', '?P<n2>').replace('?P<more>', '?P<more2>')} {_THING.replace('?P<noun>', '?P<noun2>')}\b",
    re.I,
)
_WORD_COUNT = re.compile(rf"\b(?P<n>{_WORD_NUMBER}|a|several|many) (?P<scale>hundred|thousand|million|billion)s?(?: (?P<more>thousand|million|billion))?\b(?! and)", re.I)
_FACTOR = re.compile(rf"\b(?:(?P<fold>{'|'.join(_TIMES)})\b|(?P<n>{_WORD_NUMBER}|{_NUMBER})(?: times\b|-fold\b))", re.I)
_RECORD = re.compile(
    r"\b(?:record(?:[- ](?:high|low|level|number|rate|breaking)s?|\s+(?=\w+\s+(?:deaths|admissions|levels?|numbers?|figures|profits|spending|debt)))|(?:highest|lowest|worst|best|largest|biggest)(?: \w+){0,3} (?:ever|on record|since records began|in history)|all[- ]time (?:high|low)|unprecedented (?:rise|fall|increase|level|number)s?)\b",
    re.I,
)

_MONTH = r"Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?"
_NOT = re.compile(
    rf"""(?x)
    \b\d{{1,2}}(?:st|nd|rd|th)?\ (?:{_MONTH})\b(?:,?\ \d{{4}})?              # a day
    | \b(?:{_MONTH})\ \d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\ \d{{4}})?
    | \b(?:{_MONTH})\.?,?\ \d{{4}}\b
    | \b(?:1[5-9]|20|21)\d{{2}}(?:\s?[/–-]\s?\d{{2,4}})?s?\b(?!\ (?:people|households|deaths|children|councils|contracts|cases|jobs|homes|staff)) # a year
    | \b\d{{1,2}}[:.]\d{{2}}\ ?(?:am|pm)\b | \b\d{{1,2}}\ ?(?:am|pm)\b | \b\d{{1,2}}:\d{{2}}\b
    | \b(?<![’'])(?:[Ss]ections?|ss?|[Ss]chedules?|[Ss]ch|[Rr]egulations?|regs?|[Aa]rticles?|arts?|[Pp]aragraphs?|paras?|[Cc]lauses?|cl|[Pp]arts?|[Cc]hapters?|chap|[Aa]nnex(?:es)?|[Aa]ppendix|[Tt]ables?|[Ff]igures?|[Ff]ig|[Bb]oxe?s?|[Pp]ages?|pp?|[Vv]ol(?:ume)?|[Nn]o|[Nn]umber|[Ii]ssue|[Vv]ersion|v|[Pp]hase|[Ss]tep|[Ss]tage|[Pp]rinciples?|[Rr]ecommendations?|[Qq]uestions?|[Qq]|[Ll]evels?|[Gg]oals?|[Oo]bjectives?|[Oo]ption|[Tt]ier|[Ee]dition|[Ss]teps?|[Ii]tems?|[Rr]ow|[Cc]olumn|[Rr]oom|[Ww]ave|[Rr]ound|[Rr]ule|[Ll]ot|[Cc]ategory|[Bb]and|[Pp]riority|[Mm]ission|[Pp]illar|[Cc]ommencement\ No)s?\.?[\ \u00a0]\(?[\dA-Za-z]{{0,3}}\d[\d.]*(?:\(\w+\))*(?:(?:\ ?[,–-]\ ?|\ (?:to|and|or)\ )\d[\d.]*(?:\(\w+\))*)*
    | \b(?:SI|WSI|SSI|CP|Cm|Cmd|Cmnd|HC|HL|HCWS|PPN|CBP|ISO|EN|BS|RFC|COVID|SARS|PAS|ISBN|ISSN|ORCID|DOI|CO|PM|NUTS|SDG|G|F|A|M|B|No)[\ \u00a0-]?\d[\d/.-]*
    | \b(?:c|asp|asc|anaw|nia)\.?\ \d+\b
    | \bper\ \d[\d,]*\b                                                       # of a rate
    | \b\d+(?:st|nd|rd|th)\b
    | \b\d{{4}}/\d{{1,4}}\b | \b\d+/\d+(?:/\d+)?\b
    | \b\d+(?:\.\d+){{2,}}\b
    | \b[A-Za-z]+-?\d+\w*\b | \b\d+[A-Za-z]{{1,3}}\b(?<![kmb])(?<!bn)(?<!mn)(?<!tn)(?<!pc)(?<!pp)
    """,
)
_AGE = re.compile(r"\b(?:aged?|ages|years?|months?|weeks?|days?|hours?|minutes?|year-olds?)\b", re.I)


@dataclass(frozen=True)
class Quantity:
    """A quantity at ``text[start:end]``: its value (a percentage as 58, one in five as 20, £259bn as 259e9) and kind.

    ``kind`` is ``percent points money count factor record``; ``unit`` is a currency code, or the word
    behind a count. ``low`` is the lower end of a range. ``hedge`` is the word before it ("over").
    ``digits`` is the step of the last digit said: 14.4 million has 100,000.
    """

    start: int
    end: int
    kind: str
    value: float
    unit: str = ""
    low: float | None = None
    hedge: str = ""
    step: float = 0.0

    @property
    def is_change(self) -> bool:
        return self.kind == "factor"


def quantities(text: str) -> list[Quantity]:
    """The quantities of a text, in order; none overlaps another."""
    digits, low = _DIGIT.search(text) is not None, text.lower()
    if not digits and not any(sign in low for sign in _SIGNS):
        return []
    closed: list[tuple[int, int]] | None = None
    found: list[Quantity] = []
    taken: list[tuple[int, int]] = []
    for each in _all(text, low):
        if any(a < each.end and each.start < b for a, b in taken):
            continue
        if each.kind in ("count", "factor"):
            if closed is None:  # only now: it is a long pattern
                closed = [(m.start(), m.end()) for m in _NOT.finditer(text)] if digits else []
            if any(a <= each.start and each.end <= b for a, b in closed):
                continue
        found.append(each)
        taken.append((each.start, each.end))
    return sorted(found, key=lambda q: q.start)


# Words without which a pattern finds nothing, looked for first: most sentences hold none of them.
_DIGIT = re.compile(r"\d")
_IN_WORDS = (" in ", " out of ")
_CENT = ("per cent", "percent")
_LARGE = ("hundred", "thousand", "million", "billion")
_FACTORS = (*_TIMES, " times", "-fold")
_RECORDS = ("record", "highest", "lowest", "worst", "best", "largest", "biggest", "all-time", "all time", "unprecedented")
_SIGNS = (*_PARTS, *_WORLD, *_CENT, *_LARGE, *_FACTORS, *_RECORDS, *(f" {way} {word}" for way in ("in", "of", "every") for word in _WORDS))


def _all(text: str, low: str) -> Iterator[Quantity]:
    """What each pattern finds, the surest first; ``low`` is the text in small letters."""

    def has(signs: tuple[str, ...]) -> bool:
        return any(sign in low for sign in signs)

    yield from _percentages(text, words=has(_CENT))
    yield from _amounts(text, words=has(_LARGE))
    yield from _shares(text, pairs=has(_IN_WORDS), parts=has(tuple(_PARTS)))
    if has(_FACTORS):
        yield from _factors(text)
    if has(_RECORDS):
        yield from (_made(text, m, "record", 0.0) for m in _RECORD.finditer(text))
    yield from _counts(text)
    if has(_WORLD):
        yield from _few(text)


def _percentages(text: str, *, words: bool) -> Iterator[Quantity]:
    for m in _PERCENT.finditer(text):
        points = m["unit"].startswith(("percentage", "pp")) or bool(m["points"])
        high = m["n"] or m["low"]
        low = _value(m["low"]) if m["n"] else None
        yield _made(text, m, "points" if points else "percent", _value(high), low=low, step=min(1.0, _step(high)))
    for m in _POINTS.finditer(text) if " point" in text else ():
        yield _at(text, m, "n", "points", _value(m["n"]), step=min(1.0, _step(m["n"])))
    for m in _WORD_PERCENT.finditer(text) if words else ():
        value = _word(m["n"]) + (_word(m["more"]) if m["more"] else 0)
        yield _made(text, m, "points" if "point" in m["unit"] else "percent", value, step=1)


def _amounts(text: str, *, words: bool) -> Iterator[Quantity]:
    for m in _MONEY.finditer(text):
        scale = _scale(m["scale"])
        yield _made(text, m, "money", _value(m["n"]) * scale, _CURRENCY[m["sign"]], step=_step(m["n"]) * scale)
    for m in _SCALED.finditer(text):
        scale = _scale(m["scale"] or m["m"])
        low = _value(m["low"]) * scale if m["low"] else None
        yield _made(text, m, "count", _value(m["n"]) * scale, _noun(text, m.end()), low=low, step=_step(m["n"]) * scale)
    for m in _WORD_COUNT.finditer(text) if words else ():
        if m["n"].lower() in ("many", "several") and m[0].endswith("s"):  # "many thousands of" is no figure
            continue
        scale = _scale(m["scale"]) * _scale(m["more"])
        yield _made(text, m, "count", (_word(m["n"]) or 1) * scale, _noun(text, m.end()), step=scale)


def _shares(text: str, *, pairs: bool, parts: bool) -> Iterator[Quantity]:
    for m in _IN.finditer(text) if pairs and _PAIR.search(text) else ():
        a, b = _word(m["a"]), _word(m["b"])
        if a and b and a < b:
            yield _made(text, m, "percent", 100 * a / b, step=50 / b)
    for m in _PART.finditer(text) if parts else ():
        a = 1 if not m["a"] or m["a"].lower() in ("a", "an") else _word(m["a"])
        part = _PARTS[m["part"].lower()]
        if (m["a"] or part == 2) and a < part:
            yield _made(text, m, "percent", 100 * a / part, step=5)
    for m in _BARE_PART.finditer(text) if parts else ():
        if m["one"]:
            yield _at(text, m, "one", "percent", 100 / _PARTS[m["one"].lower()], step=5)
        elif _word(m["a"]) < _PARTS[m["part"].lower()]:
            yield _made(text, m, "percent", 100 * _word(m["a"]) / _PARTS[m["part"].lower()], step=5)


def _factors(text: str) -> Iterator[Quantity]:
    for m in _FACTOR.finditer(text):
        behind = text[m.end() : m.end() + 12]
        if m["fold"]:
            if m["fold"].lower() != "twice" or re.match(r"\s+(?:as|the|what|more)\b", behind):
                yield _made(text, m, "factor", _TIMES[m["fold"].lower()], step=0.5)
        elif re.match(r"\s+(?:as|more|higher|lower|the|what|greater|less)\b", behind) or "fold" in m[0]:
            yield _made(text, m, "factor", _word(m["n"]), step=0.5)


def _counts(text: str) -> Iterator[Quantity]:
    """Plain numbers that count something in the world: large ones, or with a hedge."""
    for m in _COUNT.finditer(text):
        value = _value(m["n"])
        made = _made(text, m, "count", value, _noun(text, m.end()), step=_step(m["n"]))
        large = value >= 100 or "," in m["n"]
        if (large or (made.hedge and value > 20)) and not _AGE.match(made.unit) and (made.unit or made.hedge):
            yield made


def _few(text: str) -> Iterator[Quantity]:
    """Small numbers of people and things that something happened to; one is no statistic."""
    for m in _FEW.finditer(text):
        name, more, noun = ("n", "more", "noun") if m["n"] else ("n2", "more2", "noun2")
        value = _word(m[name].split("-")[0]) + (_word(m[more]) if m[more] else 0)
        if value > 1:
            yield _at(text, m, name, "count", value, m[noun].split()[-1].lower(), step=1.0)


def _at(text: str, m: re.Match[str], group: str, kind: str, value: float, unit: str = "", *, step: float) -> Quantity:
    """A quantity where one group of a match stands."""
    made = _made(text, m, kind, value, unit, step=step)
    hedge = _HEDGE.search(text[max(0, m.start(group) - 24) : m.start(group)])
    return replace(made, start=m.start(group), end=m.end(group), hedge=hedge["about"].lower() if hedge else "")


def _made(text: str, m: re.Match[str], kind: str, value: float, unit: str = "", *, low: float | None = None, step: float = 0.0) -> Quantity:
    hedge = _HEDGE.search(text[max(0, m.start() - 24) : m.start()])
    return Quantity(m.start(), m.end(), kind, value, unit.lower() if kind == "count" else unit, low, hedge["about"].lower() if hedge else "", step)


_HEDGE = re.compile(rf"\b{_ABOUT}(?:a |the )?$", re.I)
_NOUN = re.compile(r"[ \u00a0]+((?:[a-z][a-z'’-]+ ){0,2}?[a-z][a-z'’-]+)")


def _noun(text: str, at: int) -> str:
    """The next word or two: what a count counts."""
    found = _NOUN.match(text, at)
    return found[1].split()[0] if found else ""


def _value(text: str) -> float:
    return float(re.sub(r"[,\u00a0\u202f ]", "", text))


def _word(text: str) -> float:
    plain = text.lower()
    return float(_WORDS[plain]) if plain in _WORDS else _value(text) if text[:1].isdigit() else 0.0


def _scale(text: str | None) -> float:
    return _SCALES[text.lower()] if text else 1.0


def _step(text: str) -> float:
    """The worth of the last digit said; trailing zeros of whole numbers may be rounded."""
    plain = re.sub(r"[,\u00a0\u202f ]", "", text)
    if "." in plain:
        return 10.0 ** -len(plain.split(".")[1])
    zeros = len(plain) - len(plain.rstrip("0")) if plain.strip("0") else 0
    return 10.0**zeros
