"""JSON files of the cache: written whole or not at all; a damaged one counts as absent."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from penholder.adapters.files import write_whole
from penholder.errors import UnusableError


def load_json(path: Path) -> Any:
    """What a cache file holds; None where it is not there or not sound."""
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None


def save_json(path: Path, value: Any) -> None:
    """Write a cache file; a disk that refuses is no fault, the work is only done again."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass"))
    except (OSError, UnusableError):
        return
