"""From the place of a word in a tree to whose change it is."""

from __future__ import annotations

from typing import Literal

from penholder.adapters.change import Change
from penholder.features.redline.atoms import Place
from penholder.features.redline.blame import Attribution, Author
from penholder.features.redline.versions import Version
from penholder.features.redline.words import first_words


class TextAuthors:
    """Whose changes those of the sections are, word by word."""

    def __init__(self, old: Version, new: Version) -> None:
        self._attribution = Attribution(old, new)
        self._old, self._new = _Index(old), _Index(new)

    def deleted(self, place: Place) -> Change:
        """Who took out the word at a place of the older version."""
        section, word = self._old.word(place)
        return _change("deleted", self._attribution.deleted(section, word) if section else self._attribution.of_library())

    def inserted(self, place: Place) -> Change:
        """Who put in the word at a place of the newer version."""
        section, word = self._new.word(place)
        return _change("inserted", self._attribution.inserted(section, word) if section else self._attribution.of_library())

    def of_library(self) -> Author:
        """Who last changed the sources."""
        return self._attribution.of_library()

    def of_cover(self) -> Author:
        """Who last changed what the paper says of itself."""
        return self._attribution.of_cover()


class OneAuthor:
    """All changes are one author's: those of the references, of the cover."""

    def __init__(self, author: Author) -> None:
        self._author = author

    def deleted(self, place: Place) -> Change:
        return _change("deleted", self._author)

    def inserted(self, place: Place) -> Change:
        return _change("inserted", self._author)


class _Index:
    """Where each text of a version's trees stands: its section, and the number of its first word there."""

    def __init__(self, version: Version) -> None:
        self._starts: dict[int, tuple[str, int]] = {}
        for section in version.document.sections:
            slug = section.text.section.slug
            self._starts.update((leaf, (slug, word)) for leaf, word in first_words(section.blocks).items())

    def word(self, place: Place) -> tuple[str, int]:
        """The section of a place and the index of its word there; ``""`` for what is no section's text."""
        slug, first = self._starts.get(place.leaf, ("", 0))
        return slug, first + place.word


def _change(kind: Literal["deleted", "inserted"], author: Author) -> Change:
    return Change(kind, author.name, author.date)
