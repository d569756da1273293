"""Read an HTML page of ours back as text, to prove that it holds all of the document's."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import NamedTuple

_INLINE = frozenset(
    ("a", "abbr", "annotation", "bdi", "bdo", "code", "del", "dfn", "em", "i", "img", "ins", "kbd", "mark", "math", "q", "s", "samp",
     "small", "span", "strong", "sub", "sup", "u", "wbr")
)  # fmt: skip
_MATHS = re.compile(r"m(?:i|n|o|s|row|sup|sub|subsup|over|under|underover|frac|root|text|space|table|tr|td|padded|phantom|style|enclose|error|action|multiscripts|prescripts)|msqrt|semantics|annotation")
_VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))
_UNREAD = frozenset(("head", "script", "style", "template", "nav"))
_SILENT = frozenset(("skip", "said", "moved"))  # classes of what the page itself says
_KINDS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    **dict.fromkeys(("caption", "figcaption"), "caption"),
    **dict.fromkeys(("th", "td"), "cell"),
}


class Stretch(NamedTuple):
    """Words that stand together: where (``cover``, ``body``, ``notes``, ``references``, ``back``), as what, and they."""

    place: str
    kind: str
    text: str


@dataclass(frozen=True)
class HtmlText:
    """What a page says, in reading order. Contents, note marks and the ways back from notes are left out.

    ``body`` holds the abstract and all sections: headings, paragraphs, cells and captions as
    they come; each note and each reference is one text. A formula reads as its TeX.
    """

    stretches: tuple[Stretch, ...]
    notes: tuple[str, ...]
    references: tuple[str, ...]

    @property
    def cover(self) -> tuple[str, ...]:
        return tuple(s.text for s in self.stretches if s.place == "cover")

    @property
    def body(self) -> tuple[str, ...]:
        return tuple(s.text for s in self.stretches if s.place == "body")

    @property
    def back(self) -> tuple[str, ...]:
        return tuple(s.text for s in self.stretches if s.place == "back")

    @property
    def paragraphs(self) -> tuple[str, ...]:
        return self._of("paragraph")

    @property
    def headings(self) -> tuple[str, ...]:
        return self._of("heading")

    @property
    def cells(self) -> tuple[str, ...]:
        return self._of("cell")

    @property
    def captions(self) -> tuple[str, ...]:
        return self._of("caption")

    def _of(self, kind: str) -> tuple[str, ...]:
        return tuple(s.text for s in self.stretches if s.place == "body" and s.kind == kind)


def html_text(page: bytes) -> HtmlText:
    """The text of a page that ``html_page`` made."""
    reader = _Reader()
    reader.feed(page.decode("utf-8"))
    reader.close()
    reader.flush()
    return HtmlText(tuple(reader.stretches), _joined(reader.notes), _joined(reader.references))


class _Element(NamedTuple):
    tag: str
    place: str
    kind: str
    silent: bool


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.stretches: list[Stretch] = []
        self.notes: list[list[str]] = []
        self.references: list[list[str]] = []
        self._open = [_Element("", "body", "paragraph", False)]
        self._words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self._words.append(" ")
        elif _is_block(tag):
            self.flush()
        if tag in _VOID:
            return
        given = {key: value or "" for key, value in attrs}
        outer = self._open[-1]
        place = _place(tag, given, outer.place)
        held = self._held(place)
        if tag == "li" and held is not None and not any(e.tag == "li" and e.place == place for e in self._open):
            held.append([])
        kind = _KINDS.get(tag, outer.kind)
        self._open.append(_Element(tag, place, kind, outer.silent or _silent(tag, given)))

    def _held(self, place: str) -> list[list[str]] | None:
        return {"notes": self.notes, "references": self.references}.get(place)

    def handle_endtag(self, tag: str) -> None:
        if _is_block(tag):
            self.flush()
        for at in range(len(self._open) - 1, 0, -1):
            if self._open[at].tag == tag:
                del self._open[at:]
                return

    def handle_data(self, data: str) -> None:
        if self._open[-1].tag == "annotation" or not self._open[-1].silent:
            self._words.append(data)

    def flush(self) -> None:
        """End the stretch that is being read."""
        text = " ".join("".join(self._words).split())
        self._words.clear()
        if not text:
            return
        _, place, kind, _ = self._open[-1]
        held = self._held(place)
        if held and kind != "heading":
            held[-1].append(text)
        self.stretches.append(Stretch(place, kind, text))


def _is_block(tag: str) -> bool:
    return tag not in _INLINE and not _MATHS.fullmatch(tag)


def _place(tag: str, given: dict[str, str], outer: str) -> str:
    if tag in ("header", "footer") and outer == "body":
        return "cover" if tag == "header" else "back"
    if tag == "section" and given.get("role") == "doc-endnotes":
        return "notes"
    return "references" if tag == "ul" and "references" in given.get("class", "").split() else outer


def _silent(tag: str, given: dict[str, str]) -> bool:
    """Elements whose text is no part of the paper's; of a formula only the annotation counts."""
    if tag in _UNREAD or tag == "math" or given.get("role") in ("doc-noteref", "doc-backlink"):
        return True
    name = given.get("class", "")
    return name in _SILENT or name.startswith("sign ")


def _joined(texts: Iterable[list[str]]) -> tuple[str, ...]:
    return tuple(" ".join(text) for text in texts)
