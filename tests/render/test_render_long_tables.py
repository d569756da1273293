"""A table over several pages: its header is repeated, whatever it holds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from penholder.adapters.pdf import read_text

Workspace = Callable[..., Any]

HEADERS = {
    "words": ("Who", True),
    "a link": ("[Who](https://example.org)", True),
    "a citation": ("Who [@alpha2020]", True),
    "a reference": ("Who, see @sec-one", True),
    "a note": ("Who^[All of them.]", False),
}


@pytest.mark.parametrize("captioned", [True, False], ids=["captioned", "bare"])
@pytest.mark.parametrize("what", HEADERS)
def test_the_header_is_on_each_page(workspace: Workspace, what: str, *, captioned: bool) -> None:
    header, again = HEADERS[what]
    rows = "\n".join(f"| Body {n} | Publish |" for n in range(90))
    caption = "\n\n: All of them {#tbl-a}" if captioned else ""
    bench = workspace({"10-a.md": f"# One {{#sec-one}}\n\nText.\n\n| {header} | Duty |\n|---|---|\n{rows}{caption}\n"})
    built = bench.build(to="docx,pdf")
    assert (built.code, built.findings) == (0, [])
    pages = [page for page in read_text(built.path("pdf").read_bytes()).pages if "Body " in page]
    assert len(pages) > 2
    assert ["Duty" in page for page in pages] == [True] + [again] * (len(pages) - 1)


def test_a_short_table_keeps_the_links_of_its_header(workspace: Workspace) -> None:
    import pypdfium2

    built = workspace({"10-a.md": "# One\n\n| [Who](https://example.org) | What |\n|---|---|\n| All | Publish |\n"}).build(to="pdf")
    assert (built.code, built.findings) == (0, [])
    document = pypdfium2.PdfDocument(built.path("pdf"))
    raw = pypdfium2.raw
    assert sum(raw.FPDFPage_GetAnnotCount(page) for page in document) > 0
    document.close()
