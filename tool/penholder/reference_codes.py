"""The kinds of finding about what refers to something: cross-references, footnotes, citations. The text is what a person reads."""

from __future__ import annotations

from penholder.findings import Code, Severity

W, E = Severity.WARNING, Severity.ERROR
_PANDOC = "https://pandoc.org/MANUAL.html"
_QUARTO = "https://quarto.org/docs/authoring/cross-references.html"

XREF_UNRESOLVED = Code(
    "XREF001", E, "A cross-reference to nothing",
    "The reader is sent to a place that is not there.",
    "Correct the name, or give the place the id.",
    _QUARTO,
)
XREF_DUPLICATE = Code(
    "XREF002", E, "Two places with the same id",
    "A cross-reference to it could mean either; the first one is taken.",
    "Give one of them another id.",
    _QUARTO,
)
XREF_LINK = Code(
    "XREF003", W, "A link to a place that is not there",
    "The link goes nowhere.",
    "Correct the id after #, or give a heading that id.",
)
XREF_UNNUMBERED = Code(
    "XREF004", W, "A cross-reference to a paragraph without a number",
    "The reader is sent to “paragraph” and cannot tell which.",
    "Refer to its section instead, or number the paragraphs of that section (`numbered: true`).",
)
ID_STRAY = Code(
    "XREF005", W, "An id that names nothing",
    "It is printed as it stands, and nothing can refer to it.",
    "Put {#para-...} at the very end of a numbered paragraph, outside lists and tables.",
)
STYLE_UNKNOWN = Code(
    "STYL001", E, "A citation style nobody knows",
    "The default style is used instead.",
    "Use the name of a CSL style, or a .csl file of the workspace.",
    "https://citationstyles.org/",
)
NOTE_MISSING = Code(
    "NOTE001", W, "A footnote without text",
    "The reader sees the bare label where the note should be.",
    "Add a line `[^label]: text` to the section, or take the label out.",
    _PANDOC + "#footnotes",
)
NOTE_INSIDE = Code(
    "NOTE002", W, "A footnote within a footnote",
    "Word and web pages have no such notes; its text is printed in brackets in the outer note.",
    "Say it in the outer note, or in a note of its own in the text.",
    _PANDOC + "#footnotes",
)
CITE_INSIDE = Code(
    "CITE007", W, "A citation within a citation",
    "No style prints a source within another one; it is printed behind it in the same brackets, a semicolon between them.",
    "Write it so yourself, with the words before it in front of its key: `[@a, p. 3; citing @b, p. 5]`.",
    _PANDOC + "#citation-syntax",
)
CITE_LOST = Code(
    "CITE008", E, "A citation that was not printed",
    "The reader does not learn where a statement comes from; the place is marked.",
    "Give the source what the style prints (author, title, date), cite it without the minus sign, or choose another style.",
    _PANDOC + "#citation-syntax",
)
