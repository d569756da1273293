"""``fact("id")`` and ``facts_table("id", ...)``: what templates print of the evidence ledger.

A template gets plain text only. A figure is rounded half up, as people round
(2.5 is 3), and never gains digits that its source did not give.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal, DecimalException
from typing import Any

from penholder.adapters.jinja import AuthorFault
from penholder.model.evidence import Fact
from penholder.stages.authored import nearest
from penholder.stages.ledger import Ledger, cited, said
from penholder.stages.tables import table_text

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~^$@&])")
_NUMBER = re.compile(r"[-−+]?(?:\d{1,3}(?:[, \u00a0\u202f]\d{3})+|\d+)(?:\.\d+)?")
_UP, _DOWN, _ANY = "up", "down", "any"
SAYINGS: Mapping[str, str] = {
    **dict.fromkeys(("more than", "over", "just over", "at least"), _DOWN),
    **dict.fromkeys(("less than", "fewer than", "under", "just under", "nearly", "almost", "up to", "at most"), _UP),
    **dict.fromkeys(("about", "around", "roughly", "approximately", "some"), _ANY),
}  # words before a figure, and which way it must be rounded to keep them true
_OR_EQUAL = ("at least", "up to", "at most")
COLUMNS: Mapping[str, str] = {
    "statement": "What is measured", "value": "Figure", "period": "Period", "geography": "Where", "population": "Of whom",
    "basis": "Basis", "measure": "Measure", "status": "Status", "note": "Note", "source": "Source",
}  # fmt: skip
_PLAIN = ("unit", "statement", "measure", "basis", "period", "geography", "population")
_NOTHING = "–"  # a cell that is empty is read as a fault of the table
_ALWAYS = ("statement", "value", "source")
_WHERE_SAID = ("period", "geography")


@dataclass(frozen=True, slots=True)
class Said:
    """A fact as a template sees it: plain texts, and with its citation where it is printed as it is."""

    id: str
    value: str
    number: str
    unit: str
    cite: str
    statement: str
    measure: str
    basis: str
    period: str
    geography: str
    population: str
    status: str
    printed: str

    def __str__(self) -> str:
        return self.printed


def gap(text: str) -> Said:
    """What stands for a fact that cannot be said: the gap, once, whatever is asked of it."""
    return Said("", text, text, "", "", text, "", "", text, text, "", "", text)


class Facts:
    """The template functions. ``opened`` reads the ledger when it is first asked for."""

    def __init__(self, opened: Callable[[], Ledger], fault: Callable[..., None], note: Callable[[str], None]) -> None:
        self._opened = opened
        self._fault = fault
        self._note = note

    def fact(self, id: str, *, cite: bool = True, round: int | None = None, nearest: Any = None, wording: str = "", say: str = "") -> Said:
        """What ``{{ fact("id", ...) }}`` prints. Raises ``AuthorFault``."""
        held = self._held(id)
        self._note(held.id)
        figure, shown = worded(held, wording) if wording else rounded(held, round, nearest, say)
        if wording and (round is not None or nearest is not None or say):
            raise AuthorFault("FACT005", f"`{held.id}` is to be said as “{wording}”, so it cannot be rounded or get other words before it")
        source = cited(held.source.key, held.source.locator) if held.source else ""
        value = escaped(figure)
        printed = f"{value} {source}" if cite and source else value
        plain = {name: escaped(getattr(held, name)) for name in _PLAIN}
        return Said(id=held.id, value=value, number=escaped(shown), cite=source, status=held.status, printed=printed, **plain)

    def facts_table(
        self, *ids: str, measure: str = "", caption: str = "", columns: Any = None, align: Any = "", id: str = "", source: str = ""
    ) -> str:
        """What ``{{ facts_table("id", "id", ...) }}`` prints: a row for each fact, or for each of a measure. Raises ``AuthorFault``."""
        ledger = self._opened()
        known: list[Fact] = []
        for name in ids:
            fact = ledger.facts.get(str(name))
            if fact is None:
                self._fault("FACT003", unknown(ledger, str(name)), str(name))
            else:
                known.append(fact)
        if measure:
            found = ledger.by_measure(str(measure))
            if not found:
                measures = sorted({f.measure for f in ledger.facts.values() if f.measure})
                raise AuthorFault("FACT003", f"No fact of the ledger measures “{measure}”.{nearest(str(measure), measures)}")
            known += [f for f in found if f not in known]
        if not known:
            raise AuthorFault("FACT003", "`facts_table()` names no fact of the ledger: give ids, or measure=")
        for fact in known:
            self._note(fact.id)
        chosen = _columns(columns, known)
        rows = [{name: _cell(fact, name) or _NOTHING for name in chosen} for fact in known]
        return table_text(rows, caption=str(caption), columns=chosen, align=align, id=str(id), source=str(source))

    def _held(self, id: Any) -> Fact:
        ledger = self._opened()
        if not isinstance(id, str):
            raise AuthorFault("FACT003", f"`fact()` wants the id of a fact in quotation marks, not {str(id)[:40]!r}")
        fact = ledger.facts.get(id)
        if fact is None:
            raise AuthorFault("FACT003", unknown(ledger, id))
        return fact


def unknown(ledger: Ledger, id: str) -> str:
    """What is said of an id that is not in the ledger."""
    if not ledger.facts:
        return f"There is no fact `{id}`: the ledger (citations/evidence.yaml) holds none"
    return f"There is no fact `{id}` in the ledger.{ledger.hint(id)}"


def escaped(text: str) -> str:
    """Plain text as Markdown that prints it so."""
    return _SPECIAL.sub(r"\\\1", re.sub(r"\s*\n\s*", " ", text))


def worded(fact: Fact, wording: str) -> tuple[str, str]:
    """The fact in one of its own wordings. Raises ``AuthorFault`` for any other."""
    own = next((w for w in fact.wordings if w.casefold() == wording.strip().casefold()), None)
    if own is None:
        known = f" It may be said as {' or '.join(f'“{w}”' for w in fact.wordings)}." if fact.wordings else " It has no `wordings` in the ledger."
        raise AuthorFault("FACT005", f"“{wording}” is not a wording of `{fact.id}`.{known}")
    return wording.strip()[:1] + own[1:], fact.value  # a sentence may begin with it


def rounded(fact: Fact, places: Any, step: Any, words: str) -> tuple[str, str]:
    """The figure as said, and its bare number, rounded to decimal places or to a step. Raises ``AuthorFault``."""
    way = SAYINGS.get(words.strip().lower()) if words else _ANY
    if way is None:
        raise AuthorFault("FACT005", f"“{words}” cannot be said before a figure.{nearest(words, list(SAYINGS))} Known are {', '.join(SAYINGS)}.")
    number = fact.value
    if places is not None or step is not None or way != _ANY:
        exact = _decimal(fact)
        by = _step(fact, places, step)
        shown = exact if by is None else _to_step(exact, by, way)
        _keep_true(fact, exact, shown, words)
        number = _like(fact.value, shown) if shown != exact else fact.value
    figure = said(number, fact.unit)
    return (f"{words} {figure}" if words else figure), number


def _decimal(fact: Fact) -> Decimal:
    if not _NUMBER.fullmatch(fact.value.strip()):
        raise AuthorFault("FACT005", f"The value of `{fact.id}`, “{fact.value}”, is no single number, so it cannot be rounded")
    return Decimal(re.sub(r"[, \u00a0\u202f]", "", fact.value.strip()).replace("−", "-"))


def _step(fact: Fact, places: Any, step: Any) -> Decimal | None:
    """The step to round to; ``None`` for none, or where the figure has no more places than are wanted."""
    if step is not None:
        if places is not None:
            raise AuthorFault("FACT005", f"`{fact.id}` is to be rounded both to decimal places and to a step: give one of them")
        try:
            by = Decimal(str(step).replace(",", ""))
        except DecimalException:
            by = Decimal(0)
        if isinstance(step, bool) or not by.is_finite() or by <= 0:
            raise AuthorFault("FACT005", f"`nearest={step!r}` is no step to round to, such as 1, 0.5 or 1000")
        return by
    if places is None:
        return None
    if isinstance(places, bool) or not isinstance(places, int) or not -15 <= places <= 15:
        raise AuthorFault("FACT005", f"`round={places!r}` is no number of decimal places, such as 0 or 1")
    return Decimal(1).scaleb(-places) if places < len(fact.value.partition(".")[2]) or places < 0 else None


def _to_step(exact: Decimal, by: Decimal, way: str) -> Decimal:
    mode = {_UP: ROUND_CEILING, _DOWN: ROUND_FLOOR, _ANY: ROUND_HALF_UP}[way]
    return (exact / by).to_integral_value(rounding=mode) * by


def _keep_true(fact: Fact, exact: Decimal, shown: Decimal, words: str) -> None:
    """Refuse words that the figure does not bear out: "more than 14" of 14."""
    plain = words.strip().lower()
    way = SAYINGS.get(plain, _ANY)
    if way == _ANY or plain in _OR_EQUAL or shown != exact:
        return
    raise AuthorFault("FACT005", f"`{fact.id}` is {said(fact.value, fact.unit)}, so “{words} {said(fact.value, fact.unit)}” is not true")


def _like(pattern: str, number: Decimal) -> str:
    """A number written as the ledger writes its own: with or without a comma at thousands, its minus sign."""
    plain = format(number.normalize(), "f")
    gap = next((c for c in ", \u00a0\u202f" if c in pattern.strip()), "," if abs(number) >= 1000 and "," in pattern else "")
    if gap:
        plain = f"{Decimal(plain):,f}".replace(",", gap)
    return plain.replace("-", "−") if "−" in pattern else plain


def _columns(given: Any, facts: Sequence[Fact]) -> dict[str, str]:
    """The columns of a table and their headings. Raises ``AuthorFault`` for one that there is not."""
    if given is None:
        names = [n for n in COLUMNS if n in _ALWAYS or (n in _WHERE_SAID and any(getattr(f, n) for f in facts))]
        return {name: COLUMNS[name] for name in names}
    if not isinstance(given, Mapping | list | tuple):
        raise AuthorFault("TMPL003", f"`columns` says {given!r}; it should be a list of names, or names and headings")
    for name in given:
        if name not in COLUMNS:
            raise AuthorFault("TMPL003", f"`facts_table()` has no column {name!r} (its columns: {', '.join(COLUMNS)})")
    return {str(name): str(given[name]) if isinstance(given, Mapping) else COLUMNS[name] for name in given}


def _cell(fact: Fact, name: str) -> str:
    if name == "value":
        return escaped(said(fact.value, fact.unit))
    if name == "source":
        return cited(fact.source.key, fact.source.locator) if fact.source else ""
    return escaped(str(getattr(fact, name)).rstrip(".") if name == "statement" else str(getattr(fact, name)))
