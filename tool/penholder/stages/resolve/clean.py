"""Read each section alone and take out what may not pass: raw code, HTML, remote or foreign pictures."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from penholder import codes
from penholder.adapters.pandoc import tree
from penholder.adapters.pandoc.joining import join_words
from penholder.adapters.pandoc.tree import Node
from penholder.adapters.pandoc.worker import Read, Worker
from penholder.errors import LimitError, PenholderError
from penholder.findings import Finding, Findings
from penholder.patterns import later
from penholder.stages.assemble import Manuscript, Text
from penholder.stages.resolve.gaps import gap, gap_block, said, template_gap
from penholder.stages.resolve.ids import PREFIX
from penholder.stages.resolve.locate import Finder
from penholder.stages.resolve.notes import behind, in_brackets, note_in_note, notes_in
from penholder.stages.resolve.parts import Part, Picture, Shown
from penholder.stages.resolve.pictures import Pictures
from penholder.stages.resolve.plain import make_plain
from penholder.stages.resolve.shallow import DEEPEST, closed_up
from penholder.stages.resolve.slips import in_text, run_in

_PLACE = later(r"(?:at )?line (\d+) column (\d+)")
_LONGEST_LINK = 2000  # what Word and browsers open; Typst refuses some 8,000
_LINKED = later(r"(?:https?|mailto|tel|doi|urn):.|(?![a-z][a-z0-9+.-]*:)[^\s]", re.I)
_NOTE = later(r"\[\^[^\s\]]+\]")
_BOXES = (tree.string("☐"), tree.string("☒"))
_LONGEST = 10_000_000  # characters; the complete works of Shakespeare have 5.5 million
_SAME_ID = later(r"Duplicate identifier '(.+?)'")


class Cleaned(NamedTuple):
    """The sections as pandoc reads them, and the pictures they show."""

    parts: list[Part]
    pictures: dict[str, Picture]


def clean(
    manuscript: Manuscript, worker: Worker, words: Mapping[str, str], seen: Callable[[Part], None] | None = None
) -> tuple[Cleaned, Findings]:
    """Every section as a tree of its own. ``words`` are the house labels; ``seen`` is shown each section."""
    findings = Findings()
    pictures = Pictures(manuscript.paper)
    cleaned = Cleaned([], pictures.checked)
    seconds = manuscript.paper.workspace.settings.limits.pandoc_seconds
    reads = _reads(manuscript.texts, worker, seconds)
    for text in manuscript.texts:
        finder = Finder(text)
        blocks, found = _taken(text, reads, finder, words)
        findings.extend(found)
        part = Part(text, blocks)
        make_plain(part.blocks, finder, findings)
        sweep = _Sweep(part, finder, pictures, words, manuscript.paper.workspace.settings.allow_raw, findings)
        tree.rewrite(part.blocks, sweep.change)
        if not text.filled:
            part.blocks.insert(0, gap_block(words, "gap_template"))
        cleaned.parts.append(part)
        if seen:
            seen(part)
    return cleaned, findings


def _reads(texts: Sequence[Text], worker: Worker, seconds: float) -> Iterator[Read | PenholderError]:
    """What pandoc reads in each text that can be read; a very long section may take longer."""
    readable = [t.markdown for t in texts if t.section.source is not None and t.markdown.strip() and len(t.markdown) <= _LONGEST]
    return worker.read_all(readable, lambda text: seconds * max(1.0, len(text) / 100_000))


def read_alone(text: Text, worker: Worker, finder: Finder, words: Mapping[str, str], seconds: float) -> tuple[list[Node], list[Finding]]:
    """The blocks of one section; a place-holder where there is nothing to read."""
    return _taken(text, _reads([text], worker, seconds), finder, words)


def _taken(text: Text, reads: Iterator[Read | PenholderError], finder: Finder, words: Mapping[str, str]) -> tuple[list[Node], list[Finding]]:
    section = text.section
    if section.source is None:
        return [gap_block(words, "gap_section", section.label)], []
    if not text.markdown.strip():
        return [gap_block(words, "gap_section", section.label)], [codes.SECTION_EMPTY.at(finder.start, f"{section.path} holds no text yet.")]
    if len(text.markdown) > _LONGEST:
        message = f"{section.path} holds more than {_LONGEST:,} characters."
        return [gap_block(words, "gap_unread", section.label)], [codes.SECTION_LIMIT.at(finder.start, message)]
    read = next(reads)
    if isinstance(read, PenholderError):
        code, stop = (codes.SECTION_LIMIT, ".") if isinstance(read, LimitError) else (codes.PANDOC_SAYS, "")
        stopped = code.at(finder.start, f"{section.path} could not be read: {read.message}{stop}")
        return [gap_block(words, "gap_unread", section.label)], [stopped]
    blocks, messages = read
    findings = [found for m in messages if (found := _message(m, finder))]
    if deep := closed_up(blocks):
        findings.append(codes.SECTION_DEEP.at(finder.words(deep), f"More than {DEEPEST} things are nested here, one inside the other."))
    findings += run_in(blocks, finder)
    join_words(blocks)
    findings += in_text(text)
    return blocks, findings


def _tasks(node: Node) -> None:
    """Hide the box of ``- [ ] task`` from pandoc's Word writer, which makes a bullet of it that no reader finds as text."""
    for item in node["c"]:
        if item and item[0]["t"] in ("Plain", "Para") and item[0]["c"] and item[0]["c"][0] in _BOXES:
            item[0]["c"][0] = tree.span(tree.attr(), [item[0]["c"][0]])


def _message(message: str, finder: Finder) -> Finding | None:
    """The finding for something pandoc said, where it is not found in another way."""
    if same := _SAME_ID.search(message):
        if PREFIX.match(same[1]):
            return None
        first = finder.pattern(rf"#{re.escape(same[1])}(?![\w-])", message)
        second = finder.pattern(rf"#{re.escape(same[1])}(?![\w-])", message)
        return codes.XREF_DUPLICATE.at(second, f"The id `{same[1]}` is used more than once here, first in line {first.line}.")
    place = _PLACE.search(message)
    span = finder.at(int(place[1]), int(place[2])) if place else finder.start
    if "unclosed" in message:
        return codes.SECTION_UNCLOSED.at(span, "A block opened here (:::) is never closed.")
    said = _PLACE.sub("", message).strip().rstrip(".")
    return codes.PANDOC_SAYS.at(span, f"Pandoc says: {said}.")


class _Sweep:
    """The change that ``tree.rewrite`` makes to each node of a section."""

    def __init__(
        self, part: Part, finder: Finder, pictures: Pictures, words: Mapping[str, str], allow: Sequence[str], findings: Findings
    ) -> None:
        self.part = part
        self.finder = finder
        self.pictures = pictures
        self.words = words
        self.allow = allow
        self.findings = findings
        self._kinds: dict[str, Callable[[Node], Node | list[Node] | None]] = {
            "RawBlock": self._raw, "RawInline": self._raw, "Figure": self._figure, "Image": self._image, "BulletList": _tasks,
            "Link": self._link, "Str": self._str, "Cite": behind, "Note": self._note, "Math": self._math, "Span": self._span,
        }  # fmt: skip

    def change(self, node: Node) -> Node | list[Node] | None:
        looked_at = self._kinds.get(node["t"])
        return looked_at(node) if looked_at else None

    def _str(self, node: Node) -> None:
        if "[^" in node["c"]:
            self._orphan_note(node)

    def _note(self, node: Node) -> None:
        if notes_in(node["c"]):
            in_brackets(node["c"], lambda text: self.findings.add(note_in_note(self.finder, text)))

    def _math(self, node: Node) -> None:
        self.findings.add(codes.MATH_ALT.at(self.finder.find(node["c"][1]), "This equation has no words of its own."))

    def _span(self, node: Node) -> Node | None:
        if tree.has_class(node["c"][0], "gap"):
            return template_gap(node, self.words)
        return self._equation(node) if tree.value_of(node["c"][0], "alt") else None

    def _equation(self, node: Node) -> Node | None:
        """``[$...$]{alt="in words"}``: the words are kept with the equation, and its note is taken back."""
        inner = [n for n in node["c"][1] if n["t"] not in ("Space", "SoftBreak")]
        if [n["t"] for n in inner] != ["Math"]:
            return None
        said = next(i for i in reversed(range(len(self.findings.items))) if self.findings.items[i].code is codes.MATH_ALT)
        del self.findings.items[said]
        return tree.span(tree.attr(node["c"][0][0], ["equation"], {"alt": tree.value_of(node["c"][0], "alt")}), inner)

    def _raw(self, node: Node) -> Node | list[Node] | None:
        fmt, text = node["c"]
        if fmt in self.allow:
            return None
        if fmt.startswith("html"):
            return self._html(text)
        span = self.finder.find(text.split("\n")[0])
        name = {"tex": "LaTeX", "typst": "Typst", "openxml": "Word XML"}.get(fmt, fmt)
        self.findings.add(codes.RAW_BLOCK.at(span, f"Raw {name} was left out: {text.strip().splitlines()[0][:60] if text.strip() else ''}"))
        return gap_block(self.words, "gap_block", name) if node["t"] == "RawBlock" else gap(self.words, "gap_text", name)

    def _html(self, text: str) -> list[Node]:
        if text.lstrip().startswith("<!--"):
            self.part.comments.append(text)
            return []
        if re.fullmatch(r"\s*<br\s*/?>\s*", text, re.I):
            return [{"t": "LineBreak"}]
        first = text.strip().split("\n")[0]
        span = self.finder.find(first)
        if not first.startswith("</"):
            self.findings.add(codes.RAW_HTML.at(span, f"The tag {first[:60]} was left out."))
        return []

    def _link(self, node: Node) -> list[Node] | None:
        """A link that a page cannot follow, or should not, keeps its words."""
        target = node["c"][2][0]
        if _LINKED.match(target) and len(target) <= _LONGEST_LINK:
            return None
        span = self.finder.target(target) if target else self.finder.find("](")
        long = f" It has {len(target):,} characters, and programs open {_LONGEST_LINK:,} at most." if len(target) > _LONGEST_LINK else ""
        self.findings.add(codes.LINK_UNSAFE.at(span, f"The link to {target[:60]!r} was left out.{long}" if target else "This link leads nowhere."))
        words: list[Node] = node["c"][1]
        return words

    def _orphan_note(self, node: Node) -> None:
        for label in _NOTE.findall(node["c"]):
            place = self.finder.pattern(re.escape(label), label, outside_code=True)
            there = re.search(rf"(?m)^ {{0,3}}{re.escape(label)}:", self.part.text.markdown)
            why = "stands within its own text" if there else "has no text"
            self.findings.add(codes.NOTE_MISSING.at(place, f"The footnote {label} {why}."))

    def _figure(self, node: Node) -> Node | None:
        """A figure of one picture becomes a ``figure`` div: picture and caption."""
        attributes, caption, blocks = node["c"]
        if len(blocks) != 1 or blocks[0]["t"] not in ("Plain", "Para"):
            return None
        self._captioned(blocks[0]["c"], tree.text_of(caption[1]).strip(), attributes[0])
        return tree.div(
            [attributes[0], ["figure", *attributes[1]], attributes[2]],
            [blocks[0], tree.div(tree.attr(classes=["caption"]), caption[1])],
        )

    def _captioned(self, inlines: list[Node], caption: str, identifier: str) -> None:
        """Say of the picture in a figure, which was seen last, what stands below it."""
        if self.part.shown and any(n["t"] == "Image" and n["c"][2][0] == self.part.shown[-1].picture.name for n in inlines):
            self.part.shown[-1] = self.part.shown[-1]._replace(caption=caption, identifier=identifier)

    def _image(self, node: Node) -> list[Node] | Node | None:
        attributes, alt, (target, _) = node["c"]
        span = self.finder.target(target)
        picture, finding = self.pictures.check(target, self.part.text.section, span)
        if finding:
            self.findings.add(finding)
        if picture is None:
            return gap(self.words, "gap_picture", target)
        described = tree.value_of(attributes, "alt") or tree.text_of(alt).strip()
        decorative = tree.has_class(attributes, "decorative")
        width = tree.value_of(attributes, "width")
        self.part.shown.append(Shown(picture, target, span, width, described, decorative, identifier=attributes[0]))
        if not described and not decorative:
            self.findings.add(codes.IMAGE_ALT.at(span, f"{target} has no text alternative."))
            described = said(self.words, "gap_alt", target.rsplit("/", 1)[-1])
        values = {k: v for k, v in attributes[2] if k in ("width", "height")}
        values["alt"] = "" if decorative else described
        classes = ["picture", *(["decorative"] if decorative else [])]
        return {"t": "Image", "c": [tree.attr(attributes[0], classes, values), [] if decorative else tree.words(described), [picture.name, ""]]}
