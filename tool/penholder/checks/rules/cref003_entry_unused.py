"""CREF003: an entry of the paper's own library that the paper does not cite."""

from __future__ import annotations

import re
from collections.abc import Iterator

from penholder.checks.rule import Example, Hit, Rule, Scope
from penholder.checks.views import PaperView
from penholder.findings import Code, Severity

CODE = Code(
    "CREF003", Severity.NOTE, "A source of the paper's own library that it does not cite",
    "It may be left over from a sentence that was cut, or a citation may be missing.",
    "Cite it, move it to the shared library, or delete it.",
)  # fmt: skip

_POINTS = re.compile(r"\b(?:crossref|xdata|xref|entryset|related)\s*=\s*[{\"]([^}\"]*)", re.I)


def look(paper: PaperView) -> Iterator[Hit]:
    """Only the library in the paper's own folder: the shared one serves other papers too."""
    library = paper.library
    holder = paper.source.path.rsplit("/", 1)[0] + "/"
    own = {key for file in library.files if file.path.startswith(holder) for key in file.keys}
    if not own:
        return
    used = _used(paper)
    for key in library.keys():  # noqa: SIM118
        if key in own and key not in used and library.place(key).path.startswith(holder):
            entry = library.entry(key)
            if entry.type.casefold() != "xdata":
                shown = f" (“{entry.title[:80]}”)" if entry.title else ""
                yield Hit(entry.place, f"`{key}`{shown} is not cited.", ask="Is this source still wanted?")


def _used(paper: PaperView) -> set[str]:
    """What is cited, what those entries are made of, and what the ledger rests on."""
    library = paper.library
    used = set(paper.cited) | {fact.source.key for fact in paper.ledger.facts.values() if fact.source is not None}
    bib = {key for file in library.files if file.kind == "bib" for key in file.keys}
    todo = [key for key in used if key in bib]
    while todo:
        for names in _POINTS.findall(library.text(todo.pop())):
            for name in (n.strip() for n in names.split(",")):
                found = library.resolve(name)
                if found is not None and found in bib and found not in used:
                    used.add(found)
                    todo.append(found)
    return used


_BIB = "@book{own, author = {Own, Olga}, title = {Ours}, date = {2020}, publisher = {Press}}\n"
RULE = Rule(
    CODE, Scope.PAPER, look,
    bad=Example("Nothing is cited here.", {"papers/paper/citations/own.bib": _BIB}),
    good=Example("We cite what we keep [@own].", {"papers/paper/citations/own.bib": _BIB}),
)  # fmt: skip
