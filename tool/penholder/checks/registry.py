"""The rules there are: ours, one module each, and those of other packages by the entry point ``penholder.rules``."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from typing import Any

from penholder.checks import rules as own
from penholder.checks.rule import Rule
from penholder.errors import UnusableError

GROUP = "penholder.rules"


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, by code. Raises ``UnusableError`` where another package's rules cannot be used."""
    found = {rule.id: rule for rule in built_in()}
    for point in sorted(entry_points(group=GROUP), key=lambda p: p.name):
        for rule in _of_other(point.name, point.load):
            if rule.id in found:
                raise UnusableError(
                    f"the rules of {point.name!r} bring a rule {rule.id} that is there already",
                    "Uninstall that package, or ask its authors for another code.",
                )
            found[rule.id] = rule
    return tuple(found[code] for code in sorted(found))


def built_in() -> Iterator[Rule]:
    """The rules of this package."""
    for module in pkgutil.iter_modules(own.__path__):
        if not module.name.startswith("_"):
            yield import_module(f"{own.__name__}.{module.name}").RULE


def _of_other(name: str, load: Callable[[], object]) -> Iterable[Rule]:
    try:
        made: Any = load()
        rules = [made] if isinstance(made, Rule) else list(made)
    except Exception as error:
        raise UnusableError(f"the rules of {name!r} cannot be loaded ({error})", "Uninstall or mend that package.") from error
    if not all(isinstance(rule, Rule) for rule in rules):
        raise UnusableError(f"{name!r} does not give rules of Penholder", "An entry point of penholder.rules names a Rule or a list of them.")
    return rules
