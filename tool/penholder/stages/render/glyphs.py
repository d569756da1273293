"""Characters that no font of the paper has: shown by number in the PDF, and found."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from penholder import codes
from penholder.findings import Finding
from penholder.patterns import later
from penholder.stages.resolve.locate import Finder
from penholder.stages.resolve.parts import Document

_SAID = later(r'the text [`"]+(.+?)[`"]+ could not be displayed', re.S)
_PLAIN_UP_TO = 0x24F  # Latin: every text font has it


def missing_in(diagnostic: str) -> str:
    """The characters that Typst says it cannot display; ``""`` where it complains of something else."""
    found = _SAID.search(diagnostic)
    return "".join(c for c in found[1] if ord(c) > 0x7E) if found else ""


def alike(missing: str, text: str) -> set[str]:
    """``missing`` and all characters of ``text`` of the same script or kind, to be spared one try each."""
    kinds = {_kind(c) for c in missing}
    return set(missing) | {c for c in set(text) if ord(c) > _PLAIN_UP_TO and _kind(c) in kinds}


def _kind(character: str) -> tuple[str, str]:
    name = unicodedata.name(character, "")
    category = unicodedata.category(character)
    if category == "So" and ord(character) > 0x1F000:
        return "SYMBOL", category
    return name.split(" ")[0], category[0]


def shown_as(character: str) -> str:
    """What stands for a character in the PDF: ``[U+1F389]``."""
    return f"[U+{ord(character):04X}]"


def substitute(text: str, characters: Iterable[str]) -> str:
    """``text`` with each of ``characters`` shown by its number."""
    return text.translate({ord(c): shown_as(c) for c in characters})


def findings_for(document: Document, characters: Iterable[str]) -> list[Finding]:
    """One finding for each section that uses such characters, at the first of them."""
    found = []
    wanted = "[" + re.escape("".join(sorted(characters))) + "]"
    for section in document.sections:
        match = re.search(wanted, section.text.markdown)
        if match:
            used = sorted(set(re.findall(wanted, section.text.markdown)))
            span = Finder(section.text).find(match[0])
            shown = ", ".join(f"{c} (U+{ord(c):04X})" for c in used[:6])
            more = f" and {len(used) - 6} more" if len(used) > 6 else ""
            found.append(codes.GLYPH_MISSING.at(span, f"The fonts of this paper do not have {shown}{more}."))
    return found
