"""What changed between two versions of a paper, for a person at a terminal and for machines."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import click

from penholder.adapters.dates import long_date
from penholder.features.redline.counting import Counts
from penholder.features.redline.listing import Told
from penholder.features.redline.making import Redline
from penholder.features.redline.telling import SectionTold
from penholder.features.redline.versions import Version
from penholder.report.machine import finding_data
from penholder.report.text import on_one_line

_LONG = 76  # characters of a change that are printed of it
_SHORT = 5  # words of a change that is not found by its own words alone
_SIGNS = {"deleted": ("-", "red"), "inserted": ("+", "green"), "replaced": ("~", "yellow"), "moved": (">", "cyan")}


def summary_lines(redline: Redline, *, whole: bool) -> Iterator[str]:
    """The summary as lines; long changes are cut unless ``whole``."""
    telling = redline.telling
    if telling.empty:
        yield "Nothing has changed."
        return
    yield in_words(telling.counts)
    if telling.cover:
        yield from ("", click.style("Cover", bold=True))
        for change in telling.cover:
            yield f"  {change.label}: {_quoted(change.was, whole)} is now {_quoted(change.now, whole)}"
    for section in (*telling.sections, *([telling.references] if telling.references else [])):
        if section.changes or section.became:
            yield from ("", _head(section))
            yield from (_line(told, whole) for told in section.changes)
    if telling.reformatted:
        yield from ("", click.style("Formatting only", bold=True))
        yield from (f"  {_quoted(words, whole)}" for words in telling.reformatted)
    if telling.respaced:
        places = "one place" if telling.respaced == 1 else f"{telling.respaced} places"
        yield from ("", f"{click.style('Spacing only', bold=True)}: {places}")


def in_words(counts: Counts) -> str:
    """``12 words inserted, 3 words deleted, 40 words moved``."""
    said = [f"{_words(n)} {what}" for n, what in ((counts.inserted, "inserted"), (counts.deleted, "deleted"), (counts.moved, "moved")) if n]
    return ", ".join(said) or "no words inserted or deleted"


def version_line(version: Version) -> str:
    """``v1.0 (commit 1a2b3c4d5e)``, the name as it was typed."""
    commit, modified = _state(version)
    told = [f"commit {commit[:10]}" if commit else "no commit", *(["modified"] if modified else [])]
    return on_one_line(f"{version.label} ({', '.join(told)})")


def redline_json(redline: Redline, files: Mapping[str, str]) -> str:
    """Everything as JSON: both versions, the sections with their changes, the findings as every command prints them."""
    telling = redline.telling
    record = {
        "paper": redline.new.slug,
        "old": _version(redline.old),
        "new": _version(redline.new),
        "words": _counts(telling.counts),
        "cover": [change._asdict() for change in telling.cover],
        "sections": [_section(s) for s in telling.sections],
        "references": _section(telling.references) if telling.references else None,
        "formatting": list(telling.reformatted),
        "spacing": telling.respaced,
        "files": dict(files),
        "findings": [finding_data(finding) for finding in redline.findings],
    }
    return json.dumps(record, indent=2, ensure_ascii=False)


def _version(version: Version) -> dict[str, Any]:
    commit, modified = _state(version)
    return {"revision": version.label, "commit": commit or None, "modified": modified, "paper": version.slug}


def _state(version: Version) -> tuple[str, bool]:
    """The commit of a version (for what lies in the folder the paper's last), and whether it is more than that."""
    if version.commit:
        return version.commit.hash, False
    return version.identity.commit, version.identity.modified


def _counts(counts: Counts) -> dict[str, int]:
    return {"inserted": counts.inserted, "deleted": counts.deleted, "moved": counts.moved}


def _section(section: SectionTold) -> dict[str, Any]:
    changes = [
        {
            **{"deleted": t.deleted, "inserted": t.inserted, "moved": t.moved, "author": t.change.author, "date": t.change.date},
            **{"paragraph": t.paragraph, "after": t.after, "before": t.before},
        }
        for t in section.changes
    ]
    return {"title": section.title, "became": section.became, "words": _counts(section.counts), "changes": changes}


def _head(section: SectionTold) -> str:
    became = f" ({on_one_line(section.became)})" if section.became else ""
    return f"{click.style(on_one_line(section.title), bold=True)}{became}: {in_words(section.counts)}"


def _line(told: Told, whole: bool) -> str:
    kind = "moved" if told.moved else "replaced" if told.deleted and told.inserted else "deleted" if told.deleted else "inserted"
    sign, colour = _SIGNS[kind]
    words = _replaced(told, whole) if kind == "replaced" else _quoted(told.inserted or told.deleted, whole)
    if kind == "moved":
        words = f"{words} moved {'here' if told.change.is_new else 'away'}"
    return f"  {click.style(sign, fg=colour, bold=True)} {words}{_beside(told)}{_by(told)}"


def _replaced(told: Told, whole: bool) -> str:
    """What was there and what is now, cut so that the difference can be seen."""
    if told.deleted == told.inserted:
        how = "is another picture, with the same words" if "[picture: " in told.inserted else "is set otherwise, with the same words"
        return f"{_quoted(told.inserted, whole)} {how}"
    was, now = (told.deleted, told.inserted) if whole else _from_difference(on_one_line(told.deleted), on_one_line(told.inserted))
    return f"{_quoted(was, whole)} is now {_quoted(now, whole)}"


def _from_difference(was: str, now: str) -> tuple[str, str]:
    """Two texts without their beginning, where so much of it is alike that the difference would be cut off."""
    alike = next((n for n, (a, b) in enumerate(zip(was, now, strict=False)) if a != b), min(len(was), len(now)))
    if alike < _LONG // 2 or max(len(was), len(now)) <= _LONG:
        return was, now
    first = was[:alike].split(" ")[-_SHORT:]  # the last of them may end otherwise
    start = alike - len(" ".join(first))
    return f"…{was[start:]}", f"…{now[start:]}"


def _beside(told: Told) -> str:
    """The words beside a change that is too short to be found by its own."""
    if told.moved or len((told.inserted or told.deleted).split()) > _SHORT:
        return ""
    near = f"after {_quoted(told.after, True)}" if told.after else f"before {_quoted(told.before, True)}" if told.before else ""
    return f", {near}" if near else ""


def _by(told: Told) -> str:
    """Where it stands, who made it, and when."""
    is_gone = not told.change.is_new and not (told.after or told.before)  # as a whole, with the number it had
    place = f"{'old ' if is_gone else ''}paragraph {told.paragraph}" if told.paragraph else ""
    told_of = [place, told.change.author, long_date(date.fromisoformat(told.change.date[:10]), "en") if told.change.date else ""]
    return f"  [{on_one_line(', '.join(filter(None, told_of)))}]" if any(told_of) else ""


def _quoted(text: str, whole: bool) -> str:
    text = on_one_line(text)
    if not text:
        return "nothing"
    return f"“{text}”" if whole or len(text) <= _LONG else f"“{text[: _LONG - 1].rstrip()}…”"


def _words(number: int) -> str:
    return f"{number:,} word{'' if number == 1 else 's'}"
