"""Every rule a profile can hold, by id: what it asks, and which values it takes.

A profile says *that* a rule holds for a recipient, how strictly, and who says so; this page says what the rule is. The
values of a rule (``RuleFile`` in ``profile.py``) are ``max``, ``min``, ``over`` (it holds only above so many pages) and
``values`` (words, a few of them known).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

Value = Literal["max", "min", "over", "values"]


class RuleKind(NamedTuple):
    """A rule: its id, what it asks in one line, the ``takes`` it understands, their ``unit``, and its usual severity.

    ``words`` are the words that may stand in ``values`` (none: any).
    ``needs`` are the values without which it says nothing.
    """

    id: str
    title: str
    takes: tuple[Value, ...] = ()
    unit: str = ""
    severity: Literal["error", "warning", "note"] = "error"
    words: tuple[str, ...] = ()
    needs: tuple[Value, ...] = ()


FORMATS = ("docx", "doc", "odt", "rtf", "txt", "pdf", "html", "form")

_ALL = (
    RuleKind("LEN-WORDS", "Not more words than the recipient takes", ("max",), "words", needs=("max",)),
    RuleKind("LEN-PAGES", "Not more pages than the recipient takes", ("max",), "pages", needs=("max",)),
    RuleKind("LEN-ANSWER", "Each answer fits into its box", ("max",), "characters", needs=("max",)),
    RuleKind("STR-SUMMARY", "A summary, of the shape and in the place the recipient wants", ("max", "over", "values"), "pages", words=("first", "bullets")),
    RuleKind("STR-PARANUM", "Paragraphs are numbered, none left out and none twice"),
    RuleKind("STR-NOPAGENUM", "No page numbers"),
    RuleKind("STR-SUBMITTER", "The document says who submits it"),
    RuleKind("STR-DATE", "The document is dated"),
    RuleKind("STR-INTRO", "A short introduction of the body and its reason to write", severity="warning"),
    RuleKind("STR-QUESTIONS", "Every question answered, none twice", ("values",), words=("order",)),
    RuleKind("STR-RECS", "Recommendations where the recipient wants them", ("values",), words=("last", "summarised")),
    RuleKind("FILE-TYPE", "A type of file the recipient accepts", ("values",), words=FORMATS, needs=("values",)),
    RuleKind("FILE-SIZE", "A file not larger than the recipient takes", ("max",), "MB", needs=("max",)),
    RuleKind("FILE-SINGLE", "One file, annexes inside; or not more than so many", ("max",), "files"),
    RuleKind("FILE-MACRO", "No macros in the file"),
    RuleKind("FILE-RESIDUE", "No tracked changes, comments, hidden text or personal metadata"),
    RuleKind("FILE-NAME", "A file name that any system can take, and that says whose it is", severity="warning"),
    RuleKind("IMG-LOGO", "As few logos and pictures as possible", ("max",), "pictures", "warning"),
    RuleKind("COLOUR", "Nothing in colour", severity="warning"),
    RuleKind("PRIV-CONTACT", "No contact details in the body"),
    RuleKind("PUB-PRIOR", "Not published before"),
    RuleKind("PUB-EMBARGO", "Not published while the recipient holds it"),
    RuleKind("LANG-PAIR", "In the languages the recipient wants", ("values", "min"), "languages", "warning"),
    RuleKind("CONF-REASON", "Each request for confidentiality has its reason"),
    RuleKind("REG-ID", "The number under which the recipient knows the body or the docket", ("values",), severity="warning"),
    RuleKind("DEADLINE", "Sent before the deadline", ("min",), "days", "warning"),
    RuleKind("A11Y-TITLE", "The document has a title"),
    RuleKind("A11Y-LANG", "The document says its language"),
    RuleKind("A11Y-HEAD", "Headings in order"),
    RuleKind("A11Y-ALT", "Pictures have an alternative text"),
    RuleKind("A11Y-TABLE", "Tables have header rows"),
    RuleKind("A11Y-LINK", "Links say where they lead", severity="warning"),
    RuleKind("A11Y-CAPS", "No words in capitals, and none underlined", severity="warning"),
    RuleKind("A11Y-CONTRAST", "Text stands out from its ground", ("min",), "to 1", needs=("min",)),
    RuleKind("A11Y-PDFUA", "A PDF that keeps PDF/UA-1, with an accessible companion"),
    RuleKind("EVID-UNSOURCED", "Every figure has a source", severity="warning"),
    RuleKind("EVID-FIELDS", "Every figure says where, when and of whom", severity="warning"),
    RuleKind("EVID-STALE", "No figure that is due for review", severity="warning"),
    RuleKind("EVID-SUPERSEDED", "No figure that was replaced by a later one", severity="warning"),
    RuleKind("EVID-CONFLICT", "No figure with two values", severity="warning"),
    RuleKind("EVID-PERCENT", "Percentages and percentage points kept apart", severity="warning"),
    RuleKind("CITE-MISSING", "Every source cited is in the library"),
    RuleKind("CITE-DUPLICATE", "No source under two keys", severity="warning"),
    RuleKind("CITE-FIELDS", "Every source can be found by what is printed of it", severity="warning"),
    RuleKind("CITE-UNUSED", "No source listed that is not cited", severity="note"),
    RuleKind("CITE-LEGAL", "Acts and regulations cited as lawyers do", severity="warning"),
    RuleKind("LINK-DEAD", "Links lead somewhere", severity="warning"),
    RuleKind("STYLE-LATIN", "No eg, ie or etc", severity="warning"),
    RuleKind("STYLE-SENTENCE", "Sentences not longer than the style allows", ("max",), "words", "warning", needs=("max",)),
    RuleKind("STYLE-ACRONYM", "Acronyms explained where they first stand", severity="warning"),
    RuleKind("STYLE-NUMBER", "Numbers written as the style wants them", severity="warning"),
    RuleKind("STYLE-DATE", "Dates written as the style wants them", severity="warning"),
    RuleKind("STYLE-WORDS", "Words the style avoids", ("values",), severity="warning"),
)

RULEBOOK: Mapping[str, RuleKind] = {kind.id: kind for kind in _ALL}
"""Every rule by its id, in the order in which reports name them."""
