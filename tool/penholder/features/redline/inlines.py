"""Two versions of a line of text as one, down to words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from penholder.adapters.change import Change
from penholder.adapters.pandoc.tree import Node
from penholder.adapters.sequences import matching
from penholder.features.redline.atoms import NOTE, Atom, Marked, Place, atoms_of, inlines_of

_ALIKE = 0.3  # of the words, below which a text was written anew
_SHORT = 3  # letters of a word that between two replacements tells a reader nothing

Who = Callable[[Place], Change]
Notes = Callable[[Node, Node], Node]


class Stretch(NamedTuple):
    """Atoms of the older text and of the newer one that stand at the same place; ``kept`` if they are the same."""

    kept: bool
    old: Sequence[Atom]
    new: Sequence[Atom]

    @property
    def replaced(self) -> bool:
        """Whether words went and others came."""
        return any(a.is_word for a in self.old) and any(a.is_word for a in self.new)


class Merged(NamedTuple):
    """A merged line: its inlines, and the words whose formatting alone has changed."""

    inlines: list[Node]
    reformatted: tuple[str, ...] = ()


def merge_inlines(old: Sequence[Node], new: Sequence[Node], deleted: Who, inserted: Who, note: Notes) -> Merged:
    """One row of inlines that stands for both.

    ``deleted`` and ``inserted`` say of a place in the older or newer text whose change it
    is; ``note`` merges two footnotes that stand at the same place.
    """
    before, after = atoms_of(old), atoms_of(new)
    marked: list[Marked] = []
    reformatted: list[str] = []
    for stretch in _readable(_stretches(before, after)):
        if stretch.kept:
            marked += [(_kept(a, b, note), None) for a, b in zip(stretch.old, stretch.new, strict=True)]
            reformatted += _reformatted(stretch)
        else:
            counted = _led_to(stretch.old) & _led_to(stretch.new)
            marked += _changed(stretch.old, deleted, counted)
            marked += _changed(stretch.new, inserted, counted)
    return Merged(inlines_of(marked), tuple(reformatted))


def _kept(old: Atom, new: Atom, note: Notes) -> Atom:
    if new.key.startswith(NOTE) and old.node is not None and new.node is not None:
        return new._replace(node=note(old.node, new.node))
    return new


def _changed(atoms: Sequence[Atom], who: Who, counted: set[str]) -> list[Marked]:
    """Atoms with whose change they are; what has no words is of the word before it, else of the one behind it.

    A reference to one of ``counted`` is nobody's: it leads where it led, only the number there is another.
    """
    worded = [atom for atom in atoms if atom.is_word and not _is_picture(atom)] or list(atoms[:1])
    out: list[Marked] = []
    change = who(worded[0].place) if worded else None
    for atom in atoms:
        if atom.is_word and not _is_picture(atom):
            change = who(atom.place)
            if _target(atom) in counted:
                change = change._replace(author="", date="")
        out.append((atom, change))
    return out


def _led_to(atoms: Sequence[Atom]) -> set[str]:
    """What the references among atoms lead to."""
    return {target for atom in atoms if (target := _target(atom))}


def _target(atom: Atom) -> str:
    """What a reference leads to; ``""`` for what is none."""
    return str(atom.node["c"][2][0]) if atom.node is not None and atom.node["t"] == "Link" else ""


def _is_picture(atom: Atom) -> bool:
    return atom.node is not None and atom.node["t"] == "Image"


def _stretches(old: Sequence[Atom], new: Sequence[Atom]) -> list[Stretch]:
    """What is the same and what is not, by turns; a space of another width is none of the same, but leads nobody astray."""
    out: list[Stretch] = []
    i = j = 0
    for start, at, size in [*matching([_alike(a) for a in old], [_alike(b) for b in new]), (len(old), len(new), 0)]:
        if start > i or at > j:
            out.append(Stretch(False, old[i:start], new[j:at]))
        out += _kept_stretches(old[start : start + size], new[at : at + size])
        i, j = start + size, at + size
    return out


def _alike(atom: Atom) -> str:
    """What is compared of an atom: of spaces not how wide they are."""
    return " " + atom.key[len(atom.text) :] if atom.node is None and atom.text.isspace() else atom.key


def _kept_stretches(old: Sequence[Atom], new: Sequence[Atom]) -> Iterator[Stretch]:
    """Atoms that were paired, those in a row that are quite the same together."""
    for same, pairs in groupby(zip(old, new, strict=True), key=lambda both: both[0].key == both[1].key):
        row = list(pairs)
        yield Stretch(same, [a for a, _ in row], [b for _, b in row])


def _readable(stretches: list[Stretch]) -> list[Stretch]:
    """The same with fewer seams: nobody reads two texts that share only spaces and small words letter by letter."""
    kept = sum(a.is_word for s in stretches if s.kept for a in s.new)
    whole = max(sum(a.is_word for s in stretches for a in s.old), sum(a.is_word for s in stretches for a in s.new))
    if whole and kept < _ALIKE * whole:
        return [_joined(stretches)] if any(not s.kept for s in stretches) else stretches
    out: list[Stretch] = []
    for at, stretch in enumerate(stretches):
        after = stretches[at + 1] if at + 1 < len(stretches) else None
        joins = bool(out) and (_idle(out[-1], stretch, after) if stretch.kept else not out[-1].kept)
        if joins:
            out[-1] = _joined([out[-1], stretch])
        else:
            out.append(stretch)
    return out


def _idle(before: Stretch, between: Stretch, after: Stretch | None) -> bool:
    """Whether what was kept between two replacements is better read as part of them."""
    if after is None or before.kept or not (before.replaced and after.replaced):
        return False
    words = [a for a in between.new if a.is_word]
    return not words or (len(words) == 1 and words[0].node is None and len(words[0].text) <= _SHORT)


def _joined(stretches: Sequence[Stretch]) -> Stretch:
    return Stretch(False, [a for s in stretches for a in s.old], [a for s in stretches for a in s.new])


def _reformatted(stretch: Stretch) -> list[str]:
    """The words of a kept stretch that look otherwise than before, those in a row together."""
    out: list[str] = []
    open_ = False
    for a, b in zip(stretch.old, stretch.new, strict=True):
        differs = a.look != b.look and (b.is_word or open_)
        if differs and open_:
            out[-1] += b.text
        elif differs:
            out.append(b.text)
        open_ = differs
    return [text.strip() for text in out]
