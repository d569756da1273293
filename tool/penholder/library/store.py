"""JSON files of the cache: sealed, written whole or not at all; what is damaged or a stranger's counts as absent."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from penholder.adapters.seals import seal, unseal


def load_json(cache_dir: Path, name: str) -> Any:
    """What the library's file ``name`` of a cache holds; None where it is not there or not ours."""
    data = unseal(_root(cache_dir), cache_dir / "library" / name)
    if data is None:
        return None
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None


def save_json(cache_dir: Path, name: str, value: Any) -> None:
    """Write a cache file; a disk that refuses is no fault, the work is only done again."""
    data = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    seal(_root(cache_dir), cache_dir / "library" / name, data)


def _root(cache_dir: Path) -> Path:
    """The workspace of a cache, which lies in its ``.penholder/cache``: neither folder may be a link."""
    return cache_dir.parent.parent
