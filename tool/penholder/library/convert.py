"""Cited BibLaTeX entries to CSL items: by pandoc, once, and without one bad entry spoiling the rest."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from penholder.library.store import load_json, save_json
from penholder.library.titles import for_pandoc, is_english, language_of, restored

_VERSION = "3"
_ITEMS = "items.json"
_CHUNK = 200
_KEPT = 5000

Item = dict[str, Any]


class LibraryTextError(Exception):
    """pandoc rejects a bibliography text; the message is pandoc's."""


class ToCsl(Protocol):
    """Bibliography text to CSL-JSON items. Raises ``LibraryTextError``."""

    def __call__(self, text: str, format: str, /) -> list[Item]: ...


class Job(NamedTuple):
    """One cited entry ready for pandoc: the texts it needs, its language, its plain title."""

    key: str
    kind: str
    parts: tuple[str, ...]
    language: str
    title: str
    year: str
    digest: str


class Outcome(NamedTuple):
    """What became of one entry: the item, or None; and what is to be said about it."""

    item: Item | None
    message: str = ""


def job_of(key: str, text_of: Callable[[str], str | None], string_of: Callable[[str], str | None]) -> Job:
    """The job for an entry, its closure included. ``text_of`` and ``string_of`` give raw texts.

    The digest of an entry that refers to nothing is that of its own text, so
    that it is found in the cache without being read.
    """
    from penholder.adapters import bibtex

    raw: dict[str, tuple[str, dict[str, str]]] = {}

    def values_of(name: str) -> dict[str, str] | None:
        text = text_of(name)
        found = bibtex.scan(text).entries if text else []
        if not text or not found:
            return None
        values = bibtex.parse_fields(text[found[0].body : found[0].end - 1]).values
        raw[name] = (found[0].type, values)
        return values

    def string_values(name: str) -> dict[str, str] | None:
        text = string_of(name)
        found = bibtex.scan(text).strings if text else []
        return bibtex.parse_fields(text[found[0].body : found[0].end - 1]).values if text and found else None

    keys, strings = bibtex.closure([key], values_of, string_values)
    values = raw[key][1]
    language = language_of(values) or next(
        (tongue for other in keys[1:] if (tongue := language_of(raw[other][1])) and _inherits(values, other)), ""
    )
    parts = [text + "\n" for name in strings if (text := string_of(name))]
    parts += [for_pandoc(raw[k][0], k, raw[k][1], language_of(raw[k][1]) or language) for k in keys]
    alone = not any(bibtex.references(values))
    digest = _digest(text_of(key) or "") if alone else _digest(*parts)
    plain = bibtex.plain_text
    year = plain(values.get("date", "") or values.get("year", ""))
    return Job(key, raw[key][0], tuple(parts), language, plain(values.get("title", "")), year, digest)


def _digest(*parts: str) -> str:
    joined = "\0".join([_VERSION, *parts])
    return hashlib.blake2b(joined.encode("utf-8", "surrogatepass"), digest_size=20).hexdigest()


def _inherits(values: dict[str, str], other: str) -> bool:
    return any(other in values.get(name, "") for name in ("crossref", "xdata"))


def convert(
    texts: Mapping[str, str], job: Callable[[str], Job], to_csl: ToCsl, cache_dir: Path | None
) -> dict[str, Outcome]:
    """The outcome for every key of ``texts`` (raw entries); pandoc is asked only for what the cache does not hold."""
    loaded = load_json(cache_dir, _ITEMS) if cache_dir else None
    cache: dict[str, list[Any]] = loaded if isinstance(loaded, dict) else {}
    done: dict[str, Outcome] = {}
    waiting: list[Job] = []
    for key, text in texts.items():
        known = _known(cache, _digest(text))
        if known is None:
            made = job(key)
            known = _known(cache, made.digest)
            if known is None:
                waiting.append(made)
                continue
        done[key] = known
    for start in range(0, len(waiting), _CHUNK):
        for asked, outcome in _ask(waiting[start : start + _CHUNK], to_csl):
            done[asked.key] = outcome
            if outcome.item is not None:
                cache[asked.digest] = [outcome.item, outcome.message]
    if cache_dir and waiting:
        save_json(cache_dir, _ITEMS, dict(list(cache.items())[-max(_KEPT, 2 * len(texts)) :]))
    return done


def _known(cache: Mapping[str, list[Any]], digest: str) -> Outcome | None:
    held = cache.get(digest)
    if isinstance(held, list) and len(held) == 2 and isinstance(held[0], dict):
        return Outcome(held[0], str(held[1]))
    return None


def _ask(jobs: Sequence[Job], to_csl: ToCsl) -> Iterator[tuple[Job, Outcome]]:
    """Convert together; where pandoc rejects the text, halve until the bad entries are found."""
    text = "\n".join(dict.fromkeys(part for job in jobs for part in job.parts))
    try:
        items = {str(item.get("id")): item for item in to_csl(text, "biblatex")}
    except LibraryTextError as error:
        if len(jobs) == 1:
            yield jobs[0], Outcome(None, _first_reason(str(error)))
            return
        middle = len(jobs) // 2
        yield from _ask(jobs[:middle], to_csl)
        yield from _ask(jobs[middle:], to_csl)
        return
    for job in jobs:
        yield job, _outcome(job, items.get(job.key))


def _outcome(job: Job, item: Item | None) -> Outcome:
    if item is None:
        return Outcome(None, "pandoc left the entry out")
    found = restored(item, job.language)
    found.pop("other-ids", None)
    found["type"] = found.get("type") or "document"
    if not _has_date(found.get("issued", True)):
        del found["issued"]
        if job.year:
            found["issued"] = {"literal": job.year}
    if job.title and not found.get("title"):
        return Outcome({**found, "title": job.title}, "its title cannot be read as LaTeX; printed without its markup")
    return Outcome(found)


def _has_date(issued: Any) -> bool:
    return not isinstance(issued, dict) or bool(issued.get("date-parts") or issued.get("literal") or issued.get("raw"))


def _first_reason(message: str) -> str:
    lines = [line.strip() for line in message.splitlines() if line.strip()]
    said = [line for line in lines if re.match(r"unexpected|expecting", line)] or lines[-1:] or ["no reason given"]
    return "; ".join(said)[:200]


__all__ = ["Item", "Job", "LibraryTextError", "Outcome", "ToCsl", "convert", "is_english", "job_of"]
