"""Paragraphs with links are left to Typst's second attempt: less work, and the very same PDF."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from penholder.adapters.pandoc.worker import Worker
from penholder.adapters.typst.compiler import Compiler
from penholder.stages.render.typst_links import entry, waiting

Workspace = Callable[..., Any]
TEXT = """\
# First

Alpha [@alpha2020, p. 3] and Beta [@beta2021] agree; see @sec-last and @par-known.

Words with a note and a link.[^n] [@alpha2020]

[^n]: A note on [@beta2021].

::: {#par-known}
Known, and [@alpha2020] again.
:::

- In a list [@beta2021].
- No link.

# Last {#sec-last}

Nothing here leads anywhere.
"""


@pytest.mark.parametrize(
    ("markdown", "waits"),
    [
        ("A [b](#c) d.", True),
        ("A *[b](#c)* d.", True),
        ("A [b](https://example.org) d.", False),
        ("Nothing.", False),
        ("A [b](#c) d.[^n]\n\n[^n]: Note.", False),
        ("A [b](#c) [d]{#e}.", False),
        ("A [b](#c) `d`{#e}.", False),
        ("::: {.numbered}\nA [b](#c).\n:::", True),
        ("::: {.numbered #p}\nA [b](#c).\n:::", False),
        ("::: {.other}\nA [b](#c).\n:::", False),
        ("- A [b](#c).", False),
    ],
)
def test_a_paragraph_waits_if_it_leads_away_and_nothing_leads_to_it(worker: Worker, markdown: str, waits: bool) -> None:
    blocks, _ = worker.read(markdown)
    made = waiting(blocks[0], [blocks[0]])
    assert [b["t"] == "RawBlock" for b in made] == ([True, False, True] if waits else [False])


def test_an_entry_has_a_place_to_lead_to() -> None:
    opening, closing = entry('ref-a"b', [])
    assert opening["c"] == ["typst", '#block[\n#entry("ref-a\\"b")']
    assert closing["c"] == ["typst", "]"]


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[Mapping[str, bytes]]:
    """The files of each job that Typst is given."""
    jobs: list[Mapping[str, bytes]] = []
    send = Compiler.send

    def noted(self: Compiler, files: Mapping[str, bytes], **options: Any) -> None:
        jobs.append(files)
        send(self, files, **options)

    monkeypatch.setattr(Compiler, "send", noted)
    return jobs


def test_the_pdf_is_the_one_of_a_text_that_does_not_wait(workspace: Workspace, sent: list[Mapping[str, bytes]]) -> None:
    assert workspace({"10-a.md": TEXT}).build(to="pdf").path("pdf").exists()
    files = dict(sent[0])
    assert files["main.typ"].count(b"#waiting[") == 1
    patient = files["attempts.typ"].replace(b"context if query(<attempt>).len() > 0 { body }", b"body")
    assert patient != files["attempts.typ"]
    compiler = Compiler()
    try:
        made = []
        for attempts in (files["attempts.typ"], patient):
            compiler.send({**files, "attempts.typ": attempts}, timestamp=0)
            made.append(compiler.receive())
    finally:
        compiler.close()
    assert made[0] == made[1]


def test_a_link_to_a_reference_says_which_it_is(workspace: Workspace) -> None:
    import pdfplumber

    built = workspace({"10-a.md": TEXT}).build(to="pdf")
    with pdfplumber.open(io.BytesIO(built.path("pdf").read_bytes())) as document:
        said = [annotation["contents"] for page in document.pages for annotation in page.annots]
    assert [words for words in said if words.startswith("Reference")] == [
        "Reference 1", "Reference 2", "Reference 1", "Reference 1", "Reference 2", "Reference 2",
    ]  # fmt: skip
