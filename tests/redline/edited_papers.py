"""Papers at random, and what becomes of them: sections in Markdown with all that a contributor may write, edited like a draft."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass, replace

from hypothesis import strategies as st

from workbench import Bench

WORDS = st.sampled_from((
    "the social value of a contract is not its price alone", "councils who buy services, say so again.", "well-being £3.5m 58% in 2024/25",
    "it’s “quoted” and 'single' words -- with dashes... and more", "a\u00a0b 10\u00a0% § 4", "مرحبا بالعالم", "שלום עולם", "漢字 かな 한국어", "naïve e\u0301tude ﬁne",
    "*stressed* words", "**strong *and* stressed**", "`code()` and `a -- b`", "$x^2$ is less than $y_1$", "H~2~O and m^2^", "~~struck~~ out", "[small]{.smallcaps} [caps]{.underline}",
    "[a link](https://example.org/a?b=c&d=e) here", "[another *link*](https://example.org/b)", "<https://example.org/auto>", "[bonjour le monde]{lang=fr} said",
    "[@alpha2020, p. 3]", "@beta2021 says", "[see @alpha2020; @beta2021]", "[-@beta2021]", "a note^[An inline note, *stressed* and [@alpha2020].] here",
    "see @para-one and @tbl-one", "in @fig-one", "@rec-one asks", "@sec-first", "[@nobody1999]", "TODO [gap]{.gap}",
    "{++not a mark++} {--nor this--}", "<!-- a comment --> beside", "x < y > z & w", "\\{curly\\} \\*stars\\*", "A.B.C. e.g. this", "(brackets) [square]", "one\\\ntwo", "/slash/ a|b",
))  # fmt: skip
PLAIN = st.sampled_from(("value", "price", "council", "duty", "says", "must", "may", "not", "of", "a", "the", "2024", "58%", "again.", "whole,", "漢字"))
TITLES = st.sampled_from(("Findings", "Method *here*", "What we “ask”", "Reach and rule", "漢字 title", "Notes: a title", "Results 2024"))


def text(most: int = 5) -> st.SearchStrategy[str]:
    """Words of a line."""
    return st.lists(st.one_of(PLAIN, WORDS), min_size=1, max_size=most).map(" ".join)


def _indented(block: str, by: str) -> str:
    return "\n".join(by + line if line else "" for line in block.split("\n"))


def _cells(most: int) -> st.SearchStrategy[list[list[str]]]:
    cell = text(2).map(lambda t: t.replace("|", "\\|").replace("\\\n", " "))
    return st.integers(1, 3).flatmap(lambda n: st.lists(st.lists(st.one_of(cell, PLAIN, st.just("")), min_size=n, max_size=n), min_size=2, max_size=most))


def _table(rows: list[list[str]]) -> str:
    lines = ["| " + " | ".join(cells) + " |" for cells in rows]
    return "\n".join([lines[0], "|" + "--|" * len(rows[0]), *lines[1:]])


def _list(marker: str, tight: bool):
    def made(items: list[str]) -> str:
        gap = "\n" if tight else "\n\n"
        return gap.join(f"{marker.format(n):<4}{_indented(item, '    ').lstrip(' ')}" for n, item in enumerate(items, 1))

    return made


@st.composite
def lists(draw: st.DrawFn, depth: int = 2) -> str:
    inner = [text()]
    if depth:
        inner.append(st.tuples(text(), lists(depth - 1)).map("\n\n".join))
        inner.append(st.tuples(text(), text()).map("\n\n".join))
        inner.append(st.tuples(text(3), lists(depth - 1)).map("\n".join))
    marker = draw(st.sampled_from(("-", "-", "{}.", "{}.", "({})", "a.", "- [ ]", "- [x]")))
    items = draw(st.lists(st.one_of(inner), min_size=1, max_size=4))
    if marker == "a.":
        return "\n".join(f"{'abcd'[n]}.  {_indented(item, '    ').lstrip(' ')}" for n, item in enumerate(items))
    if marker.startswith("- ["):
        return "\n".join(f"{marker} {draw(text(3))}" for _ in items)
    return _list(marker, draw(st.booleans()))(items)


def blocks(name: str) -> st.SearchStrategy[str]:
    """One block; ``name`` is what its ids and notes are called."""
    paragraph = text(8)
    return st.one_of(
        paragraph, paragraph, paragraph,
        paragraph.map(lambda t: f"{t} {{#para-{name}}}"),
        st.tuples(st.integers(2, 4), text(3)).map(lambda p: f"{'#' * p[0]} {_line(p[1])}"),
        text(3).map(lambda t: f"## {_line(t)} {{#sec-{name}}}"),
        text(3).map(lambda t: f"## {_line(t)} {{.unnumbered}}"),
        lists(), lists(),
        _cells(5).map(_table),
        st.tuples(_cells(5), text(3), st.booleans(), text(3)).map(
            lambda p: f"{_table(p[0])}\n\n: {_line(p[1])} {{#tbl-{name}}}" + (f"\n\n::: {{.table-source}}\n{p[3]}\n:::" if p[2] else "")),
        st.just("+-----+-----+\n| a   | b   |\n+=====+=====+\n| c         |\n+-----+-----+\n| d   | e   |\n+-----+-----+"),
        st.tuples(text(3), st.sampled_from(("one.svg", "two.svg"))).map(lambda p: f'![{_line(p[0])}]({p[1]}){{#fig-{name} alt="A box"}}'),
        st.tuples(text(3), text(2)).map(lambda p: f'![{_line(p[0])}](one.svg){{#fig-{name} alt="A box"}}\n\n::: {{.figure-source}}\n{p[1]}\n:::'),
        st.tuples(text(4), text(4), text(3), st.booleans()).map(
            lambda p: f"{p[0]}[^{name}]\n\n[^{name}]: {_noteless(p[1])}" + (f"\n\n    {_noteless(p[2])}\n\n    - an item in it" if p[3] else "")),
        st.tuples(text(4), text(3)).map(lambda p: f"> {_line(p[0])}\n>\n> {_line(p[1])}"),
        text(3).map(lambda t: f"```\n{t}\n  {{++ x ++}}\n```"),
        st.tuples(text(2), text(4), text(3)).map(lambda p: f"{_line(p[0])}\n:   {_line(p[1])}\n\n    {_line(p[2])}\n\nOther\n:   {_line(p[2])}"),
        st.tuples(text(3), text(3)).map(lambda p: f"| {_line(p[0])}\n|    {_line(p[1])}"),
        st.sampled_from(("$$\\frac{a}{b} = c$$", "$$e = m c^2$$", "::: {.equation alt=\"a is b\"}\n$$a = b$$\n:::")),
        st.tuples(text(5), st.sampled_from(("Office1", "Councils2", "")), st.booleans()).map(
            lambda p: f"::: {{.recommendation #rec-{name}" + (f' to="{p[1]}"' if p[1] else "") + f"}}\n{p[0]}\n" + ("\nA second paragraph.\n" if p[2] else "") + ":::"),
        text(3).map(lambda t: f"::: {{lang=ar dir=rtl}}\n{t}\n:::"),
        st.sampled_from(("---", "```{=openxml}\n<w:p/>\n```", "<div>raw</div>", "::: {.gap}\nTo be written.\n:::", "<?penholder-change start 0?>")),
    )  # fmt: skip


def _line(words: str) -> str:
    return words.replace("\\\n", " ")


def _noteless(words: str) -> str:
    """A line of a note, in which no other note may stand."""
    return _NOTE.sub("", _line(words)) or "so"


_NOTE = re.compile(r"\^\[(?:[^\[\]]|\[[^\]]*\])*\]")


@dataclass(frozen=True)
class Part:
    """A section: the name of its file, its title and kind, its blocks."""

    name: str
    title: str
    kind: str
    blocks: tuple[str, ...]

    @property
    def markdown(self) -> str:
        kind = f"kind: {self.kind}\n" if self.kind else ""
        title = self.title.replace('"', "'")
        return f'---\ntitle: "{title}"\n{kind}---\n\n' + "\n\n".join(self.blocks) + "\n"


TARGETS = (
    "What others refer to. {#para-one}\n\n| a | b |\n|--|--|\n| 1 | 2 |\n\n: Counted {#tbl-one}\n\n![A box](one.svg){#fig-one alt=\"A box\"}\n\n"
    '::: {.recommendation #rec-one to="All1"}\nDo it.\n:::'
)


@st.composite
def papers(draw: st.DrawFn) -> list[Part]:
    """A paper; its first section has what references lead to."""
    out = []
    for n in range(draw(st.integers(1, 3))):
        own = [draw(blocks(f"b{n}x{m}")) for m in range(draw(st.integers(1, 6)))]
        kind = draw(st.sampled_from(("", "", "", "annex", "summary"))) if n else ""
        out.append(Part(f"{n + 1}0-s.md", draw(TITLES), kind, tuple(own)))
    place = draw(st.integers(0, len(out[0].blocks)))
    out[0] = replace(out[0], blocks=(*out[0].blocks[:place], TARGETS, *out[0].blocks[place:]))
    return out


_WORD = re.compile(r"(?<![\w#@^{./:=\\-])[a-z]{2,}(?![\w}:(=-])")


@st.composite
def reworded(draw: st.DrawFn, block: str) -> str:
    """A block in which some plain words are others, are gone, or have another before them."""
    found = list(_WORD.finditer(block))
    if not found or "penholder-change" in block or "openxml" in block:
        return block
    out, at = [], 0
    for place in sorted(draw(st.sets(st.integers(0, len(found) - 1), min_size=1, max_size=3))):
        match = found[place]
        new = draw(st.sampled_from(("other", "", f"new {match[0]}", match[0].upper(), f"*{match[0]}*", f"{match[0]}^[A new note.]")))
        out += [block[at : match.start()], new]
        at = match.end()
    return "".join([*out, block[at:]])


# edits ------------------------------------------------------------------------------------------


class Editing:
    """A draft on somebody's desk: each method is an edit of the block ``m`` of the section ``n``; one that cannot be made is none."""

    def __init__(self, draw: st.DrawFn, paper: list[Part]) -> None:
        self._draw = draw
        self.parts = list(paper)

    def edit(self, step: int) -> None:
        """Make an edit; ``step`` is in the names of what is new."""
        n = self._draw(st.integers(0, len(self.parts) - 1))
        own = list(self.parts[n].blocks)
        m = self._draw(st.integers(0, len(own) - 1)) if own else 0
        what = self._draw(st.sampled_from(_OF_BLOCKS if own else _OF_SECTIONS))
        getattr(self, what)(n, m, own, step)

    def _put(self, n: int, own: list[str], **changes: str) -> None:
        self.parts[n] = replace(self.parts[n], blocks=tuple(own), **changes)

    def word(self, n: int, m: int, own: list[str], step: int) -> None:
        own[m] = self._draw(reworded(own[m]))
        self._put(n, own)

    def gone(self, n: int, m: int, own: list[str], step: int) -> None:
        if own[m] != TARGETS:
            del own[m]
        self._put(n, own)

    def new(self, n: int, m: int, own: list[str], step: int) -> None:
        own.insert(m, self._draw(blocks(f"n{step}")))
        self._put(n, own)

    def swap(self, n: int, m: int, own: list[str], step: int) -> None:
        own.insert(self._draw(st.integers(0, len(own) - 1)), own.pop(m))
        self._put(n, own)

    def away(self, n: int, m: int, own: list[str], step: int) -> None:
        other = (n + 1) % len(self.parts)
        if other != n:
            there = list(self.parts[other].blocks)
            there.insert(self._draw(st.integers(0, len(there))), own.pop(m))
            self._put(other, there)
        self._put(n, own)

    def join(self, n: int, m: int, own: list[str], step: int) -> None:
        if m + 1 < len(own) and TARGETS not in own[m : m + 2]:
            own[m : m + 2] = [f"{own[m]} {own[m + 1]}"]
        self._put(n, own)

    def part(self, n: int, m: int, own: list[str], step: int) -> None:
        half = own[m].count(" ") // 2
        if own[m][0].isalpha() and not re.search(r"[\[`*$^{:~_]", own[m]) and half:
            words = own[m].split(" ")
            own[m : m + 1] = [" ".join(words[:half]), " ".join(words[half:])]
        self._put(n, own)

    def copy(self, n: int, m: int, own: list[str], step: int) -> None:
        if "#" not in own[m] and "[^" not in own[m]:
            own.append(own[m])
        self._put(n, own)

    def named(self, n: int, m: int, own: list[str], step: int) -> None:
        if "{#" not in own[m] and own[m][0].isalpha():
            own[m] = f"{own[m]} {{#para-e{step}}}"
        self._put(n, own)

    def split(self, n: int, m: int, own: list[str], step: int) -> None:
        if m:
            name = f"{self._draw(st.integers(11, 99))}-u{step}.md"
            self.parts.append(Part(name, self._draw(TITLES), "", tuple(own[m:])))
        self._put(n, own[:m] if m else own)

    def title(self, n: int, m: int, own: list[str], step: int) -> None:
        self._put(n, own, title=self._draw(TITLES))

    def kind(self, n: int, m: int, own: list[str], step: int) -> None:
        self._put(n, own, kind=self._draw(st.sampled_from(("", "annex", "summary"))) if n else "")

    def file(self, n: int, m: int, own: list[str], step: int) -> None:
        self._put(n, own, name=f"{self._draw(st.integers(11, 99))}-t{step}.md")


_OF_SECTIONS = ("new", "title", "kind", "file")
_OF_BLOCKS = ("word", "word", "word", "gone", "new", "swap", "away", "join", "part", "copy", "named", "split", *_OF_SECTIONS)


@st.composite
def edited(draw: st.DrawFn, paper: list[Part]) -> list[Part]:
    """The paper after some edits, its sections in the order of their files."""
    editing = Editing(draw, paper)
    for step in range(draw(st.integers(1, 6))):
        editing.edit(step)
    return sorted(editing.parts, key=lambda part: part.name)


@st.composite
def pairs(draw: st.DrawFn) -> tuple[list[Part], list[Part], str, str]:
    """Two versions of a paper, and the lines of its ``paper.yaml`` in each."""
    old = draw(papers())
    new = draw(edited(old))
    settings = st.sampled_from((
        "numbering: {paragraphs: true, headings: true}\n", "numbering: {paragraphs: false, headings: true}\n",
        "numbering: {paragraphs: true, headings: false}\ncover: true\n", "numbering: {paragraphs: true, headings: true}\ncover: true\ncontents: true\n",
        "numbering: {paragraphs: true, headings: true}\ncitation_style: apa\n",
    ))  # fmt: skip
    one = draw(settings)
    two = draw(settings) if draw(st.integers(0, 5)) == 0 else one
    return old, new, one, two


PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 60"><rect x="{}" y="8" width="6" height="44"/></svg>'


def lay(bench: Bench, parts: list[Part], settings: str) -> None:
    """Put a version of a paper into a workspace in place of the one that is there."""
    shutil.rmtree(bench.folder / "sections", ignore_errors=True)
    for at, name in enumerate(("one.svg", "two.svg")):
        bench.file(f"papers/p/sections/{name}", PICTURE.format(at))
    for part in parts:
        bench.section(part.name, part.markdown, listed=False)
    bench.paper(settings, sections=[part.name for part in parts])
