"""Version specifiers (PEP 440, by packaging)."""

from __future__ import annotations

from packaging.specifiers import InvalidSpecifier, SpecifierSet


def satisfies(version: str, wanted: str) -> bool:
    """Whether ``version`` meets a specifier like ``>=0.1,<1``; an unreadable one is not met."""
    try:
        return SpecifierSet(wanted).contains(version, prereleases=True)
    except InvalidSpecifier:
        return False
