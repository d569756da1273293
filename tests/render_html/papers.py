"""Documents made by the real stages from Markdown, and their pages taken apart."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from penholder.adapters.pandoc.worker import Worker
from penholder.model.theme import Theme
from penholder.stages.assemble import assemble
from penholder.stages.discover import discover
from penholder.stages.load import load
from penholder.stages.look import default_theme
from penholder.stages.render.front import Front, Person
from penholder.stages.render.html import html_page
from penholder.stages.resolve import Document, resolve

LIBRARY = """
@book{smith2020, author = {Smith, Ann}, title = {Buying well}, year = {2020}, publisher = {Press}, url = {https://example.org/a?b=1&c=2}}
@book{jones2021, author = {Jones, Bo}, title = {Selling <b>well</b>}, year = {2021}, publisher = {Press}}
"""
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><title>x</title><rect width="40" height="20" fill="#1d3f5e"/></svg>'
FULL = """
Opening words with a citation [@smith2020, p. 3] and a note.[^a] {#para-open}

See @tbl-spend, @fig-ring, @rec-first, @para-open, @sec-plan and [a site](https://example.org/).[^b]

## The plan {#sec-plan}

Inline $x^2 < y$ and

$$\\frac{a}{b} = \\sum_{i=1}^{n} c_i$$

#### Too deep a heading with *emphasis* and `code`[^c]

- one
- two

    a second paragraph

1. first
2. second

- [ ] open task
- [x] done task

| Basis | Period | £ billion |
|-------|--------|-----------|
| Gross | 2023   | 385       |
| Net   | 2024   | 1,407.5   |

: What is spent {#tbl-spend}

::: {.table-source}
Our compilation, after @jones2021.
:::

![The ring of stages.](ring.svg){#fig-ring alt="A ring of 5 boxes"}

::: {.figure-source}
Drawn by us.
:::

![](dot.png){.decorative} Text beside a dot.

::: {.recommendation #rec-first to="The Cabinet Office"}
Publish what was bought.
:::

> A quotation.

Term
:   What it means.

| a line
| another line

```python
def f(x): return "<" + x
```

[^a]: The first note, with [a link](https://example.org/n).
[^b]: The second note.

    Its second paragraph.
[^c]: A note in a heading.
"""


def png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 2, 2, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\0\0" * 2)) + chunk(b"IEND", b"")


@cache
def theme() -> Theme:
    return default_theme("en-GB")[1]


def document_of(folder: Path, sections: Mapping[str, str], worker: Worker, settings: str = "") -> Document:
    """A document of sections by file name; their text may begin with front matter."""
    paper = folder / "papers" / "p"
    (paper / "sections").mkdir(parents=True, exist_ok=True)
    (folder / "citations").mkdir(exist_ok=True)
    (folder / "citations" / "all.bib").write_text(LIBRARY, encoding="utf-8")
    (folder / "penholder.toml").write_text(f"schema_version = 1\n{settings}", encoding="utf-8")
    (paper / "paper.yaml").write_text("schema_version: 1\ntitle: T\n", encoding="utf-8")
    (paper / "sections" / "ring.svg").write_text(DRAWING, encoding="utf-8")
    (paper / "sections" / "dot.png").write_bytes(png())
    for name, text in sections.items():
        (paper / "sections" / name).write_text(text, encoding="utf-8")
    workspace, _ = discover(folder)
    loaded, _ = load(workspace, "p")
    manuscript, _ = assemble(loaded)
    document, _ = resolve(manuscript, theme(), worker)
    return document


def front(**changes: Any) -> Front:
    plain = Front(
        title="A paper on buying",
        subtitle="And on selling",
        short_title="Buying",
        organisations=("First Body", "Second Body"),
        addressee="The Minister",
        date="22 November 2026",
        date_iso="2026-11-22",
        version="1.0",
        status="final",
        draft=False,
        identity="commit 1a2b3c4d5e",
        paper_id="buying",
        language="en-GB",
        direction="ltr",
        abstract="What this paper says.",
        contributors=(Person("Ann Smith", "First Body", "Writing", "0000-0002-1825-0097"), Person("Bo Jones", "", "", "")),
        cite_as="First Body (2026) A paper on buying.",
        words=theme().words("en-GB"),
        cover=True,
        contents=True,
        contents_depth=2,
        keywords=("buying", "selling"),
        paper="a4",
        epoch=1_795_000_000,
    )
    return plain._replace(**changes)


def page_of(folder: Path, worker: Worker, text: str | Mapping[str, str], *, settings: str = "", **changes: Any) -> Page:
    sections = {"10-one.md": text} if isinstance(text, str) else text
    return Page(html_page(document_of(folder, sections, worker, settings), front(**changes), theme(), worker))


def full_sections() -> dict[str, str]:
    return {
        "10-summary.md": "---\ntitle: In brief\nid: sec-brief\nkind: summary\n---\n\nThe short of it (@rec-first).\n\n- a point\n",
        "20-one.md": "---\ntitle: First things\nid: sec-first\n---\n\n" + FULL,
        "30-missing.md": "---\ntitle: Deliver\n---\n",
        "40-annex.md": "---\ntitle: The figures\nid: sec-annex\nkind: annex\n---\n\nSee @nosuch2020 and [@jones2021].\n\n## Part of it\n\nMore.\n",
    }


class Page(HTMLParser):
    """A page as a list of its start tags with the ids, links and tags open at each."""

    VOID = frozenset(("meta", "br", "img", "hr", "col", "wbr", "input", "link"))

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.data = data
        self.text = data.decode("utf-8")
        self.tags: list[tuple[str, dict[str, str], tuple[str, ...]]] = []
        self._open: list[str] = []
        self._said: list[tuple[tuple[str, ...], str]] = []
        self.feed(self.text)
        self.close()
        assert self._open == [], f"left open: {self._open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {k: v or "" for k, v in attrs}, tuple(self._open)))
        if tag not in self.VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {k: v or "" for k, v in attrs}, tuple(self._open)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open, f"</{tag}> closes nothing"
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self._said.append((tuple(self._open), data))

    def all(self, tag: str, **wanted: str) -> list[dict[str, str]]:
        keys = {k.rstrip("_").replace("_", "-"): v for k, v in wanted.items()}
        return [a for t, a, _ in self.tags if t == tag and all(a.get(k) == v for k, v in keys.items())]

    def words(self, tag: str) -> list[str]:
        """The text inside each element of that name."""
        out: list[str] = []
        inside = False
        for path, data in self._said:
            now = tag in path
            if now and inside:
                out[-1] += data
            elif now:
                out.append(data)
            inside = now
        return [" ".join(t.split()) for t in out]

    @property
    def ids(self) -> list[str]:
        return [a["id"] for _, a, _ in self.tags if a.get("id")]

    @property
    def shown(self) -> str:
        hidden = ("style", "head", "title")
        return " ".join(" ".join(d for path, d in self._said if not any(h in path for h in hidden)).split())
