"""Version specifiers (PEP 440, by packaging), and where a package came from (PEP 610)."""

from __future__ import annotations

import json
from importlib.metadata import PackageNotFoundError, distribution

from packaging.specifiers import InvalidSpecifier, SpecifierSet


def satisfies(version: str, wanted: str) -> bool:
    """Whether ``version`` meets a specifier like ``>=0.1,<1``; an unreadable one is not met."""
    try:
        return SpecifierSet(wanted).contains(version, prereleases=True)
    except InvalidSpecifier:
        return False


def installed_from(package: str) -> str:
    """What pip was given for a package that came from a repository or an address, so that others can install the same.

    ``""`` where it came from an index, or from a folder that only this machine has.
    Source: https://packaging.python.org/en/latest/specifications/direct-url/
    """
    try:
        said = json.loads(distribution(package).read_text("direct_url.json") or "{}")
        url = str(said.get("url", ""))
        if url.startswith("file:") or not url:
            return ""
        if control := said.get("vcs_info"):
            url = f"{control['vcs']}+{url}@{control['commit_id']}"
    except (PackageNotFoundError, OSError, ValueError, KeyError, TypeError):
        return ""
    return f"{url}#subdirectory={said['subdirectory']}" if said.get("subdirectory") else url
