"""What the files of a submission are called: names that every system takes, and that say whose they are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from penholder.features.submission.opening import Submission

DRAFT = "DRAFT-"
"""Before the name of a file that must not be sent as it is. In the text it stands only where something is missing there."""
_NUMBERED = re.compile(r"[Qq]?0*(\d+)([a-z]?)")
_PART = 40
_SMALL = frozenset(["a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"])


def document_name(submission: Submission, fmt: str, *, draft: bool = False) -> str:
    """The name of the file that is sent: who submits it, and to what. ``Example-Body-VFM0012.docx``."""
    inquiry = submission.file.inquiry
    to_what = (inquiry.id or inquiry.name) if inquiry else ""
    submitter = re.sub(r"^(the|an?) ", "", submission.submitter, flags=re.I)
    parts = [plain_name(submitter), plain_name(to_what) or plain_name(submission.title)]
    return f"{DRAFT if draft else ''}{'-'.join(filter(None, parts)) or submission.id}.{fmt}"


def plain_name(text: str) -> str:
    """A text as a part of a file name: letters and digits of ASCII, hyphens between words, cut at a word."""
    ascii_ = unicodedata.normalize("NFKD", text.replace("ß", "ss")).encode("ascii", "ignore").decode()
    words = re.findall(r"[A-Za-z0-9]+", ascii_.replace("'", ""))
    kept: list[str] = []
    for word in words:
        if kept and len("-".join([*kept, word])) > _PART:
            while len(kept) > 1 and kept[-1].lower() in _SMALL:
                kept.pop()
            break
        kept.append(word[:_PART])
    return "-".join(kept)


def answer_names(questions: Sequence[str]) -> tuple[str, ...]:
    """The file of each answer, by its question's id: ``Q01.txt``; by its place in the list where ids are not so plain."""
    found = [_NUMBERED.fullmatch(q) for q in questions]
    names = [f"Q{int(m[1]):02}{m[2]}.txt" for m in found if m]
    if len(names) == len(questions) == len(set(names)):
        return tuple(names)
    return tuple(f"Q{i:02}{f'-{plain_name(q)}' if plain_name(q) else ''}.txt" for i, q in enumerate(questions, 1))
