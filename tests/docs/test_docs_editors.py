"""docs/editors.md and docs/theme.md say what the models and the code say."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from importlib.resources import files as package_files
from typing import Any

import pytest
from docs_pages import DOCS, Block, blocks, rows
from msgspec import NODEFAULT

from penholder.adapters import yaml
from penholder.cli.build import command as build
from penholder.model.base import Authored
from penholder.model.check import CheckSettings
from penholder.model.evidence import EvidenceFile, Fact
from penholder.model.paper import Contributor, ContributorsFile, Limits, PaperFile, WorkspaceFile
from penholder.model.shapes import keys_of
from penholder.model.theme import Theme
from penholder.report.machine import finding_data
from penholder.source import SourceFile, Span
from penholder.stages.authored import authored
from penholder.stages.look import default_theme

EDITORS, THEME, CHECKING, EVIDENCE = DOCS / "editors.md", DOCS / "theme.md", DOCS / "checking.md", DOCS / "evidence.md"
EXAMPLES = [b for page in (EDITORS, THEME, CHECKING, EVIDENCE) for b in blocks(page) if b.language in ("yaml", "toml")]


def shown(default: Any) -> str:
    """A default as the tables write it; ``""`` for one they describe in words."""
    if default in (None, "", ()) or default is NODEFAULT or isinstance(default, Authored | Mapping):
        return ""
    return f"`{str(default).lower() if isinstance(default, bool) else default}`"


@pytest.mark.parametrize(
    ("heading", "model"),
    [("paper.yaml", PaperFile), ("contributors.yaml", Contributor), ("penholder.toml", WorkspaceFile)],
)
def test_every_key_stands_there_with_its_default(heading: str, model: type[Authored]) -> None:
    _same(rows(EDITORS, heading), model)


def test_every_limit_stands_there_with_its_default() -> None:
    text = EDITORS.read_text(encoding="utf-8")
    table = [line.split("|")[1:-1] for line in text.split("| limit | default |")[1].split("\n\n")[0].split("\n")[2:]]
    _same([[cell.strip() for cell in row] for row in table], Limits)


def test_every_setting_of_checks_stands_there_with_its_default() -> None:
    _same(rows(CHECKING, "Settings"), CheckSettings)


def test_every_key_of_a_fact_stands_there_with_its_default() -> None:
    _same(rows(EVIDENCE, "A fact"), Fact)


def _same(table: list[list[str]], model: type[Authored]) -> None:
    keys = keys_of(model)
    assert [row[0].strip("`") for row in table] == list(keys)
    for row in table:
        key = keys[row[0].strip("`")]
        assert (row[1] == "must be there") == key.required, row
        if wanted := shown(key.default):
            assert row[1] == wanted, row


@pytest.mark.parametrize("block", EXAMPLES, ids=[b.name for b in EXAMPLES])
def test_an_example_of_a_file_is_right(block: Block) -> None:
    (name,) = block.words
    model = {
        "paper.yaml": PaperFile, "contributors.yaml": ContributorsFile, "evidence.yaml": EvidenceFile, "penholder.toml": WorkspaceFile, "theme.toml": Theme,
    }[name]  # fmt: skip
    data: Any
    if block.language == "yaml":
        document, found = yaml.load(SourceFile(name, block.text))
        assert not found
        data = document.data
    else:
        data = tomllib.loads(block.text)
    if model is Theme:
        data = _over(_default_theme(), data)
    made, findings = authored(model, data, lambda where: Span(name))
    assert made is not None
    assert findings == []


def _over(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    return {**below, **{k: _over(below[k], v) if isinstance(below.get(k), dict) else v for k, v in above.items()}}


def _default_theme() -> dict[str, Any]:
    return default_theme("en-GB")[0]


def test_every_key_of_a_theme_stands_there_with_its_default() -> None:
    groups = ("fonts", "sizes", "spacing", "colours", "page", "furniture")
    default = _default_theme()
    wanted = {f"{group}.{key}": f"`{value}`" for group in groups for key, value in default[group].items()}
    assert {row[0].strip("`"): row[1] for row in rows(THEME, "The keys")} == wanted
    assert set(default) - set(groups) == {"schema_version", "name", "labels"}


def test_every_name_of_the_web_page_stands_there() -> None:
    import re

    page = (package_files("penholder") / "data/themes/default/page.html").read_text(encoding="utf-8")
    said = THEME.read_text(encoding="utf-8")
    assert [name for name in sorted(set(re.findall(r"\$([a-z_]+)", page))) if f"`${name}`" not in said] == []


def test_every_option_of_build_stands_there() -> None:
    known = {next(o for o in p.opts if o.startswith("--")) for p in build.params if p.param_type_name == "option"}
    assert {row[0].strip("`") for row in rows(EDITORS, "Building")} == known


def test_the_shape_of_the_findings() -> None:
    from penholder.library import codes

    (block,) = blocks(EDITORS, "json")
    example = json.loads(block.text)
    place = Span(example["findings"][0]["path"], 12, 5, 12, 16)
    assert example["findings"][0] == finding_data(codes.MISSING.at(place, "no source has the key @nosuch2021"))
