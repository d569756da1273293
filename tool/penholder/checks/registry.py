"""The rules there are: ours, one module each, and those of other packages by the entry point ``penholder.rules``."""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from penholder import codes
from penholder.checks import rules as own
from penholder.checks.rule import Hit, Rule
from penholder.errors import UnusableError
from penholder.library import codes as library_codes

GROUP = "penholder.rules"
_CODE = re.compile(r"[A-Z]{3,8}\d{3}")


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, by code. Raises ``UnusableError`` where another package's rules cannot be used."""
    found = {rule.id: rule for rule in built_in()}
    for point in sorted(entry_points(group=GROUP), key=lambda p: p.name):
        for rule in _of_other(point):
            if rule.id in found or rule.id in codes.BY_ID or rule.id in library_codes.BY_ID:
                raise UnusableError(
                    f"the rules of {_named(point)} bring a rule {rule.id} that is there already",
                    "Uninstall that package, or ask its authors for another code.",
                )
            found[rule.id] = rule
    return tuple(found[code] for code in sorted(found))


def built_in() -> Iterator[Rule]:
    """The rules of this package."""
    for module in pkgutil.iter_modules(own.__path__):
        if not module.name.startswith("_"):
            yield import_module(f"{own.__name__}.{module.name}").RULE


def _of_other(point: EntryPoint) -> Iterator[Rule]:
    """The rules of another package, each so that a fault of it is named as its own."""
    try:
        made: Any = point.load()
        rules = [made] if isinstance(made, Rule) else list(made)
    except Exception as error:
        said = f"{type(error).__name__}: {error}".splitlines()[0]
        raise UnusableError(f"the rules of {_named(point)} cannot be loaded ({said})", "Uninstall or mend that package.") from error
    for rule in rules:
        if not isinstance(rule, Rule):
            raise UnusableError(
                f"{point.value} of {_named(point)} gives no rules of Penholder", f"An entry point of {GROUP} names a Rule or a list of them."
            )
        if not _CODE.fullmatch(rule.id):
            raise UnusableError(
                f"the rules of {_named(point)} bring a rule {rule.id!r}", "A code is three to eight capital letters and three digits: HOUSE001."
            )
        yield replace(rule, look=_guarded(rule, _named(point)))


def _guarded(rule: Rule, package: str) -> Callable[[Any], Iterable[Hit]]:
    """The rule's function, whose faults end the command in one line that says whose they are."""

    def look(view: Any) -> Iterator[Hit]:
        try:
            for hit in rule.look(view):
                if not isinstance(hit, Hit):
                    raise TypeError(f"it gives {type(hit).__name__}, not Hit")
                yield hit
        except Exception as error:
            said = f"{type(error).__name__}: {error}".splitlines()[0]
            raise UnusableError(
                f"the rule {rule.id} of {package} failed ({said})", f"Mend it, or leave it out: penholder check --ignore {rule.id}."
            ) from error

    return look


def _named(point: EntryPoint) -> str:
    """The package that an entry point comes from."""
    return f"{point.dist.name} {point.dist.version}" if point.dist else repr(point.name)
