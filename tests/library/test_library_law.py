"""Golden test: what each style prints for law, official papers and pinpoints (real pandoc).

The golden files were read against OSCOLA 4th ed., Cite Them Right 12th ed.,
the APA Manual 7th ed. and the Chicago Manual; write them anew with
``PENHOLDER_GOLDEN=write`` and read the difference.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from penholder.adapters.csl import style_path
from penholder.library import cite_suffix, open_library, parse_locator, prepare

GOLDEN = Path(__file__).parent / "golden"
STYLES = ["oscola", "harvard-cite-them-right", "apa", "chicago-author-date", "chicago-notes-bibliography"]
CITED = [
    ("sva2012", ", s 1(3)"),
    ("svacommence", ""),
    ("pra2014", " ss 12-13"),
    ("wfga2015", ", sch 2 para 3"),
    ("pac2023", ", para 91"),
    ("cp1349", ", paras 12 to 14"),
    ("seuk2024", ", pp. 3-7"),
    ("mueller2020", ", p. 12"),
    ("sva2012", ", section 2, on duties"),
    ("cp1349", ", ch 2"),
]


@pytest.mark.parametrize("style", STYLES)
def test_printed_as_the_guide_asks(style: str, policy, to_csl, printed) -> None:
    library = open_library([policy])
    items, findings = library.items([key for key, _ in CITED], to_csl)
    assert not findings
    types = {item["id"]: item["type"] for item in items}
    markdown = "\n\n".join(f"{key} [@{key}{_suffix(text, types[key], style)}]" for key, text in CITED)
    shown = _plain(printed(prepare(items, style), markdown, style_path(style)))
    golden = GOLDEN / f"{style}.txt"
    if os.environ.get("PENHOLDER_GOLDEN") == "write":
        golden.write_text(shown, encoding="utf-8")
    assert shown == golden.read_text(encoding="utf-8")


def _suffix(text: str, kind: str, style: str) -> str:
    locator = parse_locator(text)
    return cite_suffix(locator, kind, style) if locator else text


def _plain(markdown: str) -> str:
    text = re.sub(r"\[([^][]*)\]\{\.nocase\}", r"\1", markdown)
    text = re.sub(r"\[([^][]*)\]\(https?:[^)]*\)", r"\1", text)
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith(":::")]
    return "\n".join(lines) + "\n"


def test_items_are_not_changed_in_place(policy, to_csl) -> None:
    items, _ = open_library([policy]).items(["sva2012", "pac2023"], to_csl)
    before = [dict(item) for item in items]
    for style in STYLES:
        prepare(items, style)
    assert items == before


@pytest.mark.parametrize(
    ("fields", "number"),
    [
        ({"number": "3"}, "c. 3"),
        ({"number": "chapter 54"}, "c. 54"),
        ({"number": "2012 No. 3173"}, "SI 2012/3173"),
        ({"number": "SSI 2009/436"}, "SSI 2009/436"),
        ({"number": "ASP 12"}, "asp 12"),
        ({"number": "c. 6 (NI)"}, "c. 6 (NI)"),
        ({"URL": "https://www.legislation.gov.uk/asc/2023/1/contents"}, "asc 1"),
        ({"URL": "https://www.legislation.gov.uk/uksi/2024/692"}, "SI 2024/692"),
        ({"number": "Cap. 12"}, "Cap. 12"),
    ],
)
def test_numbers_in_a_series_are_written_one_way(fields: dict, number: str) -> None:
    item = {"id": "x", "type": "legislation", "title": "Some Act", "issued": {"date-parts": [[2012]]}, **fields}
    assert prepare([item], "chicago-author-date")[0]["container-title"] == number


def test_a_year_is_never_said_twice_nor_left_out() -> None:
    issued = {"date-parts": [[2012, 3, 8]]}
    for title in ("Some Act", "Some Act 2012", '<span class="nocase">Some Act 2012</span>'):
        item = {"id": "x", "type": "legislation", "title": title, "issued": issued}
        assert "Some Act 2012</span>" in prepare([item], "oscola")[0]["title"]
        assert prepare([item], "apa")[0]["title"].endswith("Some Act</span>")
