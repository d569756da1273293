"""What an entry needs besides itself: the entries and the @strings it names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

_REFERRING = ("crossref", "xref", "xdata", "entryset", "related")
_BARE = re.compile(r'(?:^|#)\s*([A-Za-z][^\s,#{}"=%()]*)\s*(?=#|$)')
_MONTHS = frozenset(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"])


def references(values: Mapping[str, str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The keys and the ``@string`` names (in lower case) that the raw field values refer to.

    Source: BibLaTeX manual, section 2.2.3 (``crossref``, ``xref``, ``xdata``,
    ``entryset`` and ``related`` hold one key or a comma-separated list).
    """
    keys: dict[str, None] = {}
    strings: dict[str, None] = {}
    for name, value in values.items():
        if name in _REFERRING:
            keys.update(dict.fromkeys(k for k in re.split(r"[\s,]+", value.strip('{}" \n\t')) if k))
        if value[:1] not in '{"' or "#" in value:
            outside = _outside(value)
            strings.update(dict.fromkeys(w.lower() for w in _BARE.findall(outside) if w.lower() not in _MONTHS))
    return tuple(keys), tuple(strings)


def _outside(value: str) -> str:
    """The value without its braced and quoted parts."""
    kept, depth, quoted = [], 0, False
    for char in value:
        if char == '"' and not depth:
            quoted = not quoted
        elif not quoted:
            depth += {"{": 1, "}": -1}.get(char, 0)
            if not depth and char != "}":
                kept.append(char)
    return "".join(kept)


def closure(
    keys: Iterable[str],
    values_of: Callable[[str], Mapping[str, str] | None],
    string_of: Callable[[str], Mapping[str, str] | None],
) -> tuple[list[str], list[str]]:
    """All keys needed to convert ``keys``, themselves first, and the ``@string`` names.

    ``values_of`` gives the raw fields of an entry, ``string_of`` those of a
    ``@string`` (its name and value); None for what is not there, which is left out.
    A string that uses another string comes after it. Circles are harmless.
    """
    found: dict[str, None] = {}
    strings: dict[str, None] = {}
    waiting = list(dict.fromkeys(keys))
    for key in waiting:  # grows while it is read
        if key in found or (values := values_of(key)) is None:
            continue
        found[key] = None
        more, named = references(values)
        waiting += more
        for name in named:
            _add_string(name, string_of, strings, ())
    return list(found), list(strings)


def _add_string(
    name: str,
    string_of: Callable[[str], Mapping[str, str] | None],
    strings: dict[str, None],
    inside: tuple[str, ...],
) -> None:
    if name in strings or name in inside or (values := string_of(name)) is None:
        return
    _, inner = references(values)
    for other in inner:
        _add_string(other, string_of, strings, (*inside, name))
    strings[name] = None
