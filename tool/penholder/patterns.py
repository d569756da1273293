"""Regular expressions that few papers need, compiled when they are first used: each takes up to 2 ms."""

from __future__ import annotations

import re
from typing import Any


class _Later:
    def __init__(self, pattern: str, flags: int) -> None:
        self._given = (pattern, flags)

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(*self._given)
        for each in ("search", "match", "fullmatch", "finditer", "findall", "split", "sub", "subn"):
            setattr(self, each, getattr(compiled, each))
        return getattr(compiled, name)


def later(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """What ``re.compile`` gives, once it is asked for anything. Raises ``re.error`` only then."""
    found: Any = _Later(pattern, flags)
    return found  # type: ignore[no-any-return]
