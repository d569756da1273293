"""The citation library as the stages use it: open, look up, find, convert the cited entries.

    library = open_library([("citations/law.bib", data)], cache_dir)
    items, findings = library.items(["pa2023"], to_csl)
    items = prepare(items, "oscola")

The names are loaded when they are first used: a command that only lists keys
needs neither the legal rules nor the search.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from penholder.lazily import names_of

if TYPE_CHECKING:
    from penholder.library.convert import LibraryTextError, ToCsl
    from penholder.library.legal import prepare
    from penholder.library.locators import Locator, cite_suffix, parse_locator
    from penholder.library.open import Library, missing, open_library
    from penholder.library.search import Entry

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

__getattr__ = names_of(
    __name__,
    {
        "convert": "LibraryTextError ToCsl",
        "legal": "prepare",
        "locators": "Locator cite_suffix parse_locator",
        "open": "Library missing open_library",
        "search": "Entry",
    },
)
