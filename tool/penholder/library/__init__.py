"""The citation library as the stages use it: open, look up, find, convert the cited entries.

    library = open_library([("citations/law.bib", data)], cache_dir)
    items, findings = library.items(["pa2023"], to_csl)
    items = prepare(items, "oscola")

The names are loaded when they are first used: a command that only lists keys
needs neither the legal rules nor the search.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from penholder.library.convert import LibraryTextError, ToCsl
    from penholder.library.legal import prepare
    from penholder.library.locators import Locator, cite_suffix, parse_locator
    from penholder.library.open import Library, missing, open_library
    from penholder.library.search import Entry

_HOMES = {
    "Entry": "search",
    "Library": "open",
    "LibraryTextError": "convert",
    "Locator": "locators",
    "ToCsl": "convert",
    "cite_suffix": "locators",
    "missing": "open",
    "open_library": "open",
    "parse_locator": "locators",
    "prepare": "legal",
}

__all__ = [
    "Entry",
    "Library",
    "LibraryTextError",
    "Locator",
    "ToCsl",
    "cite_suffix",
    "missing",
    "open_library",
    "parse_locator",
    "prepare",
]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{home}"), name)
