"""Texts and libraries for the bench: made up, plausible, and the same for the same seed everywhere."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Item = dict[str, Any]

_WHO = (
    "Contracting authorities", "Small suppliers", "Central departments", "Local councils", "Commissioners", "Voluntary bodies",
    "Contract managers", "Framework owners", "Combined authorities", "Evaluation panels", "Community groups", "Auditors",
)  # fmt: skip
_DOES = (
    "publish", "overlook", "record", "weigh", "describe", "question", "compare", "share", "report", "revisit", "understate", "explain",
)  # fmt: skip
_WHAT = (
    "the social value commitments in a contract", "the cost of preparing a bid", "what residents asked for at the outset",
    "the evidence behind an award", "the share of spend that stays in the area", "the difference between outputs and outcomes",
    "the burden that reporting puts on a small charity", "the notices that the Act requires", "the results of earlier contracts",
    "the skills that a contract leaves behind", "the carbon that a supply chain emits", "the weight given to quality",
)  # fmt: skip
_HOW = (
    "before the market is approached", "in a form that others can use", "only when an auditor asks", "at every stage of the cycle",
    "with too little regard to proportion", "once a year and in public", "without saying how the figure was reached",
    "in the language of the people affected", "long after the decision has been taken", "together with their partners",
)  # fmt: skip
_WHY = (
    "because a promise that nobody checks is soon forgotten", "although the guidance has asked for it since 2020",
    "and the difference shows in the second year", "so that the next tender can start from what was learned",
    "while the law leaves the choice to them", "even where the contract says otherwise",
    "which is cheaper than it sounds", "as the evidence from three regions suggests",
)  # fmt: skip
_HEADS = ("What we found", "Where it works", "The present rules", "What it costs", "Who is left out", "A way forward", "Limits", "In practice")
_TITLES = ("Introduction", "Analyse", "Plan", "Procure", "Deliver", "Review", "Law", "Evidence", "Recommendations", "Outlook")
_FAMILIES = [
    first + last
    for first in ("Ash", "Brad", "Cal", "Dun", "El", "Fen", "Gar", "Hol", "Kes", "Lang", "Mar", "Nor", "Pem", "Red", "Stan", "Wel")
    for last in ("bury", "combe", "dale", "field", "ford", "ham", "ley", "man", "more", "shaw", "ton", "wick", "worth", "well")
]
_GIVEN = ("Amina", "Ben", "Carys", "Daniel", "Eleri", "Farah", "Gwen", "Hamza", "Isla", "Jack", "Kezia", "Liam", "Mair", "Nadia", "Owen")
_BODIES = ("National Audit Office", "Cabinet Office", "Local Government Association", "Institute for Government", "Audit Wales")
_JOURNALS = ("Public Money & Management", "Journal of Public Procurement", "Social Policy and Society", "Policy & Politics")
_TOPICS = ("social value", "procurement reform", "local wealth", "contract management", "supplier diversity", "public benefit")
_ANGLES = ("Evidence on", "The promise of", "Measuring", "A review of", "Governing", "Rethinking", "The cost of", "Lessons from")
_PLACES = ("in English councils", "in Wales", "after the Act", "in health commissioning", "for small firms", "across four nations")


@dataclass(frozen=True)
class Paper:
    """A paper: its sections' Markdown by file name, and the library of exactly what it cites."""

    title: str
    sections: dict[str, str]
    references: list[Item]

    @property
    def words(self) -> int:
        return sum(len(text.split()) for text in self.sections.values())


def references(count: int, seed: int) -> list[Item]:
    """``count`` CSL items: articles, reports, books, chapters and web pages."""
    rng = random.Random(seed)
    return [_reference(rng, n) for n in range(count)]


def _reference(rng: random.Random, n: int) -> Item:
    kind = rng.choice(("article-journal", "article-journal", "report", "report", "book", "chapter", "webpage"))
    year = rng.randint(1998, 2026)
    topic = f"{rng.choice(_ANGLES)} {rng.choice(_TOPICS)} {rng.choice(_PLACES)}"
    item: Item = {"id": f"ref{n:05d}", "type": kind, "title": topic, "issued": {"date-parts": [[year, rng.randint(1, 12)]]}}
    if kind in ("report", "webpage") and rng.random() < 0.6:
        item["author"] = [{"literal": rng.choice(_BODIES)}]
    else:
        item["author"] = [{"family": rng.choice(_FAMILIES), "given": rng.choice(_GIVEN)} for _ in range(rng.randint(1, 5))]
    if kind == "article-journal":
        first = rng.randint(1, 400)
        item |= {"container-title": rng.choice(_JOURNALS), "volume": str(rng.randint(5, 60)), "issue": str(rng.randint(1, 6))}
        item |= {"page": f"{first}-{first + rng.randint(6, 24)}", "DOI": f"10.5555/{year}.{n:05d}"}
    elif kind == "chapter":
        editors = [{"family": rng.choice(_FAMILIES), "given": rng.choice(_GIVEN)}]
        item |= {"container-title": f"The handbook of {rng.choice(_TOPICS)}", "editor": editors, "page": "41-67"}
        item |= {"publisher": "Northern University Press", "publisher-place": "Leeds"}
    elif kind == "webpage":
        item |= {"URL": f"https://example.org/{year}/{n}", "accessed": {"date-parts": [[2026, 11, 2]]}}
    else:
        item |= {"publisher": rng.choice(_BODIES), "publisher-place": "London"}
    return item


def paper(seed: int, words: int, cited: Sequence[Item], citations: int, sections: int = 5) -> Paper:
    """A paper of about ``words`` words that cites every item of ``cited``, ``citations`` times in all."""
    rng = random.Random(seed)
    keys = [item["id"] for item in cited]
    order = [*keys, *(rng.choice(keys) for _ in range(citations - len(keys)))]
    rng.shuffle(order)
    made: dict[str, str] = {}
    for n in range(sections):
        share = order[n * len(order) // sections : (n + 1) * len(order) // sections]
        made[f"{n + 1:02d}-{_TITLES[n % len(_TITLES)].lower()}.md"] = _section(rng, n, words // sections, share)
    return Paper(f"Buying well: what contracts leave behind ({seed})", made, list(cited))


def half_rewritten(sections: Mapping[str, str], others: Mapping[str, str]) -> dict[str, str]:
    """Sections in which every other paragraph is one of ``others``; what has a form of its own stays (headings, tables, notes)."""
    made = {}
    for (name, text), other in zip(sections.items(), others.values(), strict=True):
        fresh = iter([p for p in other.split("\n\n") if _is_prose(p)])
        paragraphs = text.split("\n\n")
        for at in [n for n, p in enumerate(paragraphs) if _is_prose(p)][::2]:
            paragraphs[at] = next(fresh, paragraphs[at])
        made[name] = "\n\n".join(paragraphs)
    return made


def _is_prose(paragraph: str) -> bool:
    return paragraph[:1].isalpha() and "[^" not in paragraph


def _section(rng: random.Random, n: int, words: int, keys: list[str]) -> str:
    """Headings of two levels, paragraphs, a list, a footnote or two; a table in the second section of five."""
    out = [f"# {_TITLES[n % len(_TITLES)]}\n"]
    paragraphs = max(3, round(words / 99))
    waiting = list(keys)
    notes: list[str] = []
    for p in range(paragraphs):
        if p % 4 == 0:
            out.append(f"## {rng.choice(_HEADS)}: {rng.choice(_TOPICS)}\n")
        left = paragraphs - p
        take = [waiting.pop() for _ in range(min(len(waiting), -(-len(waiting) // left)))]
        out.append(_paragraph(rng, take, notes, f"n{n}-{p}" if p % 6 == 2 else "") + "\n")
        if p % 7 == 5:
            out.append("\n".join(f"- {_clause(rng)}" for _ in range(3)) + "\n")
        if p == 2 and n % 5 == 1:
            out.append(_table(rng))
    return "\n".join([*out, *notes])


def _sentence(rng: random.Random) -> str:
    said = f"{rng.choice(_WHO)} {rng.choice(_DOES)} {rng.choice(_WHAT)} {rng.choice(_HOW)}"
    return f"{said}, {rng.choice(_WHY)}" if rng.random() < 0.5 else said


def _clause(rng: random.Random) -> str:
    return f"{rng.choice(_DOES)} {rng.choice(_WHAT)} {rng.choice(_HOW)}"


def _paragraph(rng: random.Random, keys: list[str], notes: list[str], note: str) -> str:
    """Five or six sentences; some end with a citation, one may be *in a quotation* or carry a footnote."""
    sentences = [_sentence(rng) for _ in range(rng.randint(4, 5))]
    for i, key in enumerate(keys):
        at = i % len(sentences)
        page = f", p. {rng.randint(2, 90)}" if rng.random() < 0.3 else ""
        if rng.random() < 0.2 and not sentences[at].startswith("As @"):
            sentences[at] = f"As @{key} put it, {sentences[at][0].lower()}{sentences[at][1:]}"
        else:
            sentences[at] += f" [@{key}{page}]"
    if rng.random() < 0.4:
        sentences[-1] += f"; the aim is *{rng.choice(_TOPICS)}*, not \"{rng.choice(_TOPICS)}\" as a slogan"
    if note:
        sentences[0] += f"[^{note}]"
        notes.append(f"[^{note}]: {_sentence(rng)}.\n")
        return ". ".join(sentences).replace(f"[^{note}]. ", f".[^{note}] ") + "."
    return ". ".join(sentences) + "."


def _table(rng: random.Random) -> str:
    rows = [f"| {who} | {rng.randint(10, 99)} | {rng.randint(100, 999)} | {rng.choice(_HOW)} |" for who in _WHO[:6]]
    head = "| Body | Share, % | Contracts | When it reports |\n|------------------|---:|---:|------------------------------|"
    return "\n".join([head, *rows, "", ": What bodies report, and when", ""])


def bib(items: Sequence[Item], extra: int, seed: int) -> str:
    """A BibLaTeX library of ``items`` and ``extra`` more entries, all with abstracts, the wanted ones spread among them."""
    rng = random.Random(seed)
    entries = [_entry(item, rng) for item in items]
    for n in range(extra):
        entries.append(_entry(_reference(rng, n) | {"id": f"other{n:05d}"}, rng))
    rng.shuffle(entries)
    return "\n".join(entries)


_ENTRY = {"article-journal": "article", "report": "report", "book": "book", "chapter": "incollection", "webpage": "online"}
_FIELDS = {
    "title": "title", "container-title": "journaltitle", "volume": "volume", "issue": "number", "page": "pages", "DOI": "doi",
    "URL": "url", "publisher": "publisher", "publisher-place": "location",
}  # fmt: skip


def _entry(item: Item, rng: random.Random) -> str:
    fields = {_FIELDS[name]: str(value).replace("&", r"\&") for name, value in item.items() if name in _FIELDS}
    kind = _ENTRY[item["type"]]
    if kind == "incollection":
        fields["booktitle"] = fields.pop("journaltitle")
        fields["editor"] = _names(item["editor"])
    if kind == "report":
        fields["institution"] = fields.pop("publisher")
    fields["pages"] = fields.get("pages", "").replace("-", "--")
    fields["author"] = _names(item["author"])
    fields["date"] = "-".join(f"{part:02d}" for part in item["issued"]["date-parts"][0])
    fields["abstract"] = ". ".join(_sentence(rng) for _ in range(6)) + "."
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@{kind}{{{item['id']},\n{lines}}}\n"


def _names(people: Sequence[dict[str, str]]) -> str:
    return " and ".join(f"{{{p['literal']}}}" if "literal" in p else f"{p['family']}, {p['given']}" for p in people)
