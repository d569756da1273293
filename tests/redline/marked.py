"""A small paper with each kind of mark in each kind of block, put together by hand.

In its Markdown, classes say where marks go: ``ins`` and ``del`` on spans and divs; ``whole-ins``, ``whole-del``,
``moved-from`` and ``moved-to`` on all words of a numbered paragraph or a heading stand for that block, ``row-ins`` and
``row-del`` on the first words of a table's row for the row.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from penholder.adapters.change import Change, Kind
from penholder.adapters.pandoc import tree
from penholder.adapters.pandoc.tree import Attr, Node
from penholder.adapters.pandoc.worker import Worker
from penholder.adapters.typst.compiler import Compiler
from penholder.stages.look import Look, look_of
from penholder.stages.render.front import Front, front_of
from penholder.stages.render.identity import Identity
from penholder.stages.render.legend import CoverChange, Legend, SectionChanges
from penholder.stages.render.outputs import Outputs, Tools, write
from penholder.stages.resolve import Document, resolve
from penholder.stages.resolve.changes import WAS_NUMBER, WAS_TO, change_of, mark_blocks, mark_inlines, mark_row
from workbench import Bench

AUTHOR, DATE = "Anna Author", "2030-01-31T12:00:00Z"
_WORDS: dict[str, Kind] = {"ins": "inserted", "del": "deleted"}
_WHOLE: dict[str, Kind] = {
    "whole-ins": "inserted", "whole-del": "deleted", "moved-from": "moved-from", "moved-to": "moved-to",
}  # fmt: skip
_ROW: dict[str, Kind] = {"row-ins": "inserted", "row-del": "deleted"}
WAS = {
    "para-renumbered": {WAS_NUMBER: "3"}, "rec-pay": {WAS_NUMBER: "4", WAS_TO: "The Treasury"}, "tbl-spend": {WAS_NUMBER: "3"},
    "sec-later": {WAS_NUMBER: "1.3"}, "fig-ring": {WAS_NUMBER: "2"}, "sec-annex": {WAS_NUMBER: "annex B"},
}  # fmt: skip

SUMMARY = """\
---
title: Summary
id: sec-brief
kind: summary
---

Public bodies spend [a good deal]{.del}[£385 billion]{.ins} each year on what they buy, and [should]{.del}[must]{.ins} publish what it was for.

- [A point that stays]{.ins}, with something new before it
- A point that loses [its end]{.del}
"""

TEXT = """\
---
title: What is bought
id: sec-first
---

Public bodies buy goods[,]{.ins} services and works from [many]{.del}[about 200,000]{.ins} firms [@alpha2020].[^kept] A [link to [their guidance](https://example.org/new)]{.ins} and [one to [older guidance](https://example.org/old)]{.del} stand side by side.

[This whole paragraph is new. It runs over more than one line, so that a reader sees how an inserted paragraph looks on the page, with *emphasis*, `code` and a note of its own.[^new]]{.whole-ins}

[This whole paragraph is gone. It too runs over more than one line, so that a reader sees how a deleted paragraph looks on the page, and it takes its note with it.[^old]]{.whole-del}

This paragraph had[ ]{.del}[\u00a0]{.ins}another number. {#para-renumbered}

[This paragraph stood here and was moved further down.]{.moved-from}

See @para-renumbered, @tbl-spend and @fig-ring.

## The [old]{.del}[new]{.ins} plan[^head] {#sec-plan}

Inline formulas: [$x^2 < y$]{.del} became [$x^2 \\le y$]{.ins}, and [`old_name`]{.del} became [`new_name`]{.ins}.

::: ins
$$\\frac{a}{b} = \\sum_{i=1}^{n} c_i$$
:::

::: del
$$e = m c^2$$
:::

## [A heading that is gone]{.whole-del} {#sec-gone}

[What stood below the heading that is gone.]{.whole-del}

## [A heading that is new]{.whole-ins} {#sec-fresh}

[This paragraph stood further up and was moved here.]{.moved-to}

## Later things {#sec-later}

| Basis                 | Period      | £ billion          |
|-----------------------|-------------|--------------------|
| Gross                 | 2023        | [380]{.del}[385]{.ins} |
| [Net]{.row-ins}       | 2024        | 1,407.5            |
| [Estimate]{.row-del}  | 2022        | 377                |

: What is spent [in all]{.ins} {#tbl-spend}

::: {.table-source}
[Our compilation]{.ins}.
:::

::: del
| Old | Table |
|-----|-------|
| one | two   |
:::

![The ring [of stages]{.ins}.](ring.svg){#fig-ring alt="A ring of 5 boxes"}

![As it was](old.svg){#fig-was alt="A ring of 4 boxes"}

::: {.recommendation #rec-pay to="The Cabinet Office"}
Publish what was bought[, and from whom]{.ins}.
:::

::: del
::: {.recommendation #rec-gone to="The Minister"}
Wait and see.
:::
:::

1. One thing that stays
2. [Another thing]{.ins}

   ::: ins
   A new paragraph in a list.

   - an item in it
   :::

> A quotation [that was cut]{.del}.

::: ins
> A quotation that is new.

Term
:   What it [means]{.x}.

| a line
| another line
:::

::: del
```python
def gone(x):
    return "<" + x  # {++ not a mark ++}
```
:::

Words with {++ signs ++} of an author's own, and 3 − 2 + 1.

[^kept]: A note that [stays]{.del}[remains]{.ins}.
[^new]: A note that is new.
[^old]: A note that is gone.
[^head]: A note in a heading.
"""

ANNEX = """\
---
title: The figures
id: sec-annex
kind: annex
---

[An annex's paragraph]{.ins}, with more [@beta2021].
"""

_SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 60">{}</svg>'


def _boxes(count: int) -> str:
    boxes = (f'<rect x="{i * 80 + 4}" y="8" width="64" height="44" fill="#1d3f5e"/>' for i in range(count))
    return _SVG.format("".join(boxes))


class Marked(NamedTuple):
    """The merged document, and what it is shown with."""

    document: Document
    front: Front
    look: Look


LEGEND = Legend(
    title="Redline: what changed from v1.0 (commit 1a2b3c4d5e, 3 January 2030) to v1.1 (commit 6f7a8b9c0d, 31 January 2030)",
    facts=("Changes by Anna Author and Bob Beta, in 7 commits.",),
    rows=(SectionChanges("Summary", 7, 6), SectionChanges("1 What is bought", 96, 83), SectionChanges("Annex A The figures", 3, 0)),
    cover=(CoverChange("Title", "A small draft", "A small paper"), CoverChange("Version", "1.0", "1.1"), CoverChange("Addressed to", "", "The Minister")),
)
PAPER = """\
cover: true
subtitle: Of what public bodies buy
version: "1.1"
addressee: The Minister
abstract: What this paper says, in a sentence or two that a reader takes in at once.
organisations:
  - name: North Body
contributors: [anna]
numbering: {paragraphs: true, headings: true}
"""


def marked(folder: Path, worker: Worker, paper: str = PAPER, sections: Sequence[str] = (SUMMARY, TEXT, ANNEX), **front: Any) -> Marked:
    """The paper; ``paper`` are lines of paper.yaml, ``front`` what its front has otherwise."""
    bench = Bench(folder)
    bench.paper(paper)
    bench.file("papers/p/sections/ring.svg", _boxes(5))
    bench.file("papers/p/sections/old.svg", _boxes(4))
    for number, text in enumerate(sections, start=1):
        bench.section(f"{number}0-part.md", text)
    manuscript, _ = bench.assembled()
    look, _ = look_of(manuscript.paper)
    document, _ = resolve(manuscript, look.theme, worker)
    shown = front_of(manuscript.paper, Identity("6f7a8b9c0d" * 4, 1_890_000_000, False), look.theme, faulty=False)
    kept = tuple(s._replace(blocks=tuple(_both_pictures(_blocks(s.blocks)))) for s in document.sections)
    targets = {k: t for k, t in document.targets.items() if k not in ("sec-gone", "rec-gone", "fig-was")}
    return Marked(document._replace(sections=kept, targets=targets), shown._replace(**{"legend": LEGEND} | front), look)


def made(paper: Marked, formats: Sequence[str], worker: Worker) -> Outputs:
    """The paper in some formats, each read back."""
    tools = Tools(worker, Compiler())
    try:
        return write(paper.document, paper.front, paper.look, formats, tools, lambda _: None)
    finally:
        tools.compiler.close()


def version(document: Document, new: bool) -> Document:
    """The newer or the older of the two versions that a document stands for."""

    def kept(node: Node) -> Node | list[Node] | None:
        if node["t"] == "Table":
            for part in (node["c"][3][1], *(body[3] for body in node["c"][4])):
                part[:] = [row for row in part if _stays(row[0], new)]
        if node["t"] not in ("Span", "Div") or change_of(node["c"][0]) is None:
            return None
        return list(node["c"][1]) if _stays(node["c"][0], new) else []

    sections = (s._replace(blocks=tuple(tree.rewrite(copy.deepcopy(list(s.blocks)), kept))) for s in document.sections)
    return document._replace(sections=tuple(sections))


def _stays(attributes: Attr, new: bool) -> bool:
    found = change_of(attributes)
    return found is None or found.is_new == new


def change(kind: Kind) -> Change:
    return Change(kind, AUTHOR, DATE, "1" if kind.startswith("moved") else "")


def _blocks(blocks: Sequence[Node]) -> list[Node]:
    return tree.rewrite(copy.deepcopy(list(blocks)), _rewritten)


def _rewritten(node: Node) -> Node | list[Node] | None:
    kind, content = node["t"], node.get("c")
    if kind in ("Span", "Div"):
        if found := _kind_of(content[0], _WORDS):
            mark = mark_inlines if kind == "Span" else mark_blocks
            return mark(change(found), content[1])
        _was(content[0])
    if kind == "Div" and "numbered" in content[0][1]:
        return _whole(node, content[1][0]["c"])
    if kind == "Header":
        _was(content[1])
        return _whole(node, content[2])
    if kind == "Table":
        for part in (content[3][1], *(body[3] for body in content[4])):
            part[:] = [_row(row) for row in part]
    return None


def _whole(node: Node, inlines: list[Node]) -> Node | None:
    """The block in a mark, where all its words are in a span that says so."""
    found = _kind_of(inlines[0]["c"][0], _WHOLE) if len(inlines) == 1 and inlines[0]["t"] == "Span" else None
    if not found:
        return None
    inlines[:] = inlines[0]["c"][1]
    return mark_blocks(change(found), [node])


def _row(row: list[Any]) -> list[Any]:
    inlines = row[1][0][4][0]["c"]
    found = _kind_of(inlines[0]["c"][0], _ROW) if inlines and inlines[0]["t"] == "Span" else None
    if not found:
        return row
    inlines[:] = inlines[0]["c"][1]
    return mark_row(change(found), row)


def _kind_of(attributes: Attr, kinds: dict[str, Kind]) -> Kind | None:
    return next((kind for name, kind in kinds.items() if name in attributes[1]), None)


def _was(attributes: Attr) -> None:
    attributes[2] += [[key, value] for key, value in WAS.get(attributes[0], {}).items()]


def _both_pictures(blocks: list[Node]) -> list[Node]:
    """The figure with the old picture in it too, instead of in one of its own."""
    figures = {n["c"][0][0]: n for n in blocks if n["t"] == "Div" and "figure" in n["c"][0][1]}
    if not figures:
        return blocks
    was, now = figures["fig-was"]["c"][1], figures["fig-ring"]["c"][1]
    now[:1] = [mark_blocks(change("deleted"), was[:1]), mark_blocks(change("inserted"), now[:1])]
    return [n for n in blocks if n is not figures["fig-was"]]
