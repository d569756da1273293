"""Make the changes that rules propose: each file whole or not at all, and nothing else in it touched."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from penholder.adapters import files
from penholder.checks.rule import Fix


def apply_fixes(root: Path, fixes: Iterable[Fix]) -> dict[str, int]:
    """Change the files of a workspace; returns how many changes were made in each, by path.

    Of two changes that overlap the first is made and the other left for the next
    round; one whose place now holds something else than its rule saw is not made.
    Line ends, a byte-order mark and everything outside the changes stay as they are,
    byte for byte. A file that is not UTF-8 is left alone.
    """
    by_path: dict[str, set[Fix]] = defaultdict(set)
    for fix in fixes:
        by_path[fix.path].add(fix)
    done: dict[str, int] = {}
    for path, wanted in sorted(by_path.items()):
        _, faults = files.read_text(root, root / path)  # as rules read it: what is not plain UTF-8 is counted otherwise
        data, findings = files.read_bytes(root, root / path)
        if faults or findings:
            continue
        text = data.decode("utf-8")
        changed, count = _changed(text, sorted(wanted, key=lambda f: (f.start, f.end, f.text, f.was or "")))
        if changed != text:
            files.write_whole(files.inside(root, root / path), changed.encode())  # behind a link, not in its place
            done[path] = count
    return done


def _changed(text: str, fixes: list[Fix]) -> tuple[str, int]:
    """The text with the changes made, and how many of them; offsets count ``\\r\\n`` as one character."""
    mark = 1 if text.startswith("\ufeff") else 0
    out: list[str] = []
    read = seen = mark  # offsets: into the file, and as rules count (plus the mark)
    behind = count = 0
    for fix in fixes:
        if fix.start < behind or (count and fix.start == behind and fix.start == fix.end):
            continue
        start = _raw(text, read, seen, fix.start + mark)
        end = _raw(text, start, fix.start + mark, fix.end + mark)
        if fix.was is not None and text[start:end].replace("\r\n", "\n") != fix.was:
            continue
        ends = "\r\n" if "\r\n" in text else "\n"
        out += [text[read:start], fix.text.replace("\n", ends)]
        read, seen, behind = end, fix.end + mark, fix.end
        count += 1
    out.append(text[read:])
    return text[:mark] + "".join(out), count


def _raw(text: str, read: int, seen: int, wanted: int) -> int:
    """The offset in the file of what rules count as ``wanted``, walking on from a known pair."""
    while seen < wanted:
        line = text.find("\r\n", read, read + wanted - seen + 1)
        if line < 0 or line - read >= wanted - seen:
            return read + wanted - seen
        seen += line - read + 1
        read = line + 2
    return read
