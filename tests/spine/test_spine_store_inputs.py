"""What an edition is made of: files that settings name outside the folders that are looked through anyway."""

from __future__ import annotations

import pytest

from penholder.stages.render.store import Store


def test_a_style_counts_for_the_paper_that_names_it(bench):
    bench.paper("citation_style: styles/own.csl\n")
    bench.file("styles/own.csl", "<style/>")
    bench.file("papers/other/paper.yaml", "schema_version: 1\ntitle: Other\n")
    before = Store(bench.root)
    mine, others = before.inputs("p"), before.inputs("other")
    bench.file("styles/own.csl", "<style >")
    after = Store(bench.root)
    assert after.inputs("p") != mine
    assert after.inputs("other") == others


@pytest.mark.parametrize("line", ['citation_style = "styles/house.csl"', 'reference_docx = "styles/house.docx"'])
def test_what_the_house_names_counts_for_all(bench, line):
    name = line.split('"')[1]
    bench.file("penholder.toml", f"{line}\n")
    bench.file(name, "one")
    before = Store(bench.root).inputs("p")
    bench.file(name, "another")
    assert Store(bench.root).inputs("p") != before
