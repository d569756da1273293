"""Every example of docs/authors.md, docs/evidence.md and of the README is built, as it stands, in the first paper of a new workspace."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from docs_pages import DOCS, ROOT, Block, blocks, rows

from penholder.cli.main import run
from penholder.features import scaffold
from penholder.features.locales import locale_of
from penholder.model.paper import SectionFront
from penholder.model.shapes import keys_of

EXAMPLES = tuple(b for page in (DOCS / "authors.md", DOCS / "evidence.md", ROOT / "README.md") for b in blocks(page, "markdown"))
SLUGS = tuple(f"{example.page.stem.lower()}-{example.line}" for example in EXAMPLES)


def paper_of(root: Path, slug: str, text: str) -> None:
    """A paper of one section, with the data and figures of the first paper."""
    first, folder = root / "papers/first-paper", root / "papers" / slug
    (folder / "sections").mkdir(parents=True)
    for name in ("data", "figures"):
        shutil.copytree(first / name, folder / name)
    (folder / "paper.yaml").write_text("schema_version: 1\ntitle: An example\nstatus: draft\n")
    (folder / "sections/10-example.md").write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, list[str]]]:
    """All examples built in one run: the workspace, and the codes found in each paper."""
    import contextlib
    import io

    root = tmp_path_factory.mktemp("docs") / "workspace"
    scaffold.make_workspace(root, locale_of())
    for slug, example in zip(SLUGS, EXAMPLES, strict=True):
        paper_of(root, slug, example.text)
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        run(["-C", str(root), "build", *SLUGS, "--to", "docx,pdf,html", "--format", "json"])
    found: dict[str, list[str]] = {slug: [] for slug in SLUGS}
    for finding in json.loads(out.getvalue())["findings"]:
        slug = finding["path"].split("/")[1] if finding["path"].startswith("papers/") else ""
        assert slug in found, finding
        found[slug].append(f"{finding['code']} at line {finding['line']}: {finding['message']}")
    return root, found


def test_there_are_examples() -> None:
    assert len(EXAMPLES) > 15


@pytest.mark.parametrize(("slug", "example"), list(zip(SLUGS, EXAMPLES, strict=True)), ids=[e.name for e in EXAMPLES])
def test_an_example_builds(built: tuple[Path, dict[str, list[str]]], slug: str, example: Block) -> None:
    root, found = built
    wanted = [code for code in example.value("finds").split(",") if code]
    assert sorted({f.split(" ")[0] for f in found[slug]}) == sorted(wanted), found[slug]
    made = {p.suffix for p in (root / "dist" / slug).iterdir()}
    assert made >= {".docx", ".pdf", ".html"}


def test_every_key_of_the_front_matter_is_named() -> None:
    table = {row[0].strip("`"): row[1] for row in rows(DOCS / "authors.md", "A section")}
    assert list(table) == list(SectionFront.key_names())
    for name, key in keys_of(SectionFront).items():
        if key.default not in (None, "", ()):
            assert table[name] == f"`{key.default}`", name


def test_every_name_a_template_knows_is_named(built: tuple[Path, dict[str, list[str]]]) -> None:
    from penholder.stages.assemble import template_values
    from penholder.stages.discover import discover
    from penholder.stages.load import load

    values = template_values(load(discover(built[0])[0], "first-paper")[0])
    said = (DOCS / "authors.md").read_text(encoding="utf-8")
    for name, value in values.items():
        assert f"`{name}`" in said, name
        if name in ("paper", "organisation"):
            assert [key for key in value if f"`{key}`" not in said] == [], name


def test_every_argument_of_table_is_named() -> None:
    import inspect

    from penholder.stages.assemble import _TableMaker

    arguments = list(inspect.signature(_TableMaker.table).parameters)[2:]
    assert sorted(arguments) == sorted(row[0].strip("`") for row in rows(DOCS / "authors.md", "Tables from data")[1:])


def test_every_argument_of_the_ledgers_functions_is_named() -> None:
    import inspect

    from penholder.stages.facts import COLUMNS, Facts, Said

    page = (DOCS / "evidence.md").read_text(encoding="utf-8")
    for function in (Facts.fact, Facts.facts_table):
        for name in list(inspect.signature(function).parameters)[2:]:
            assert f"{name}=" in page, name
    assert [name for name in COLUMNS if f"`{name}`" not in page] == []
    assert [name for name in Said.__slots__ if name != "printed" and f"`.{name}`" not in page and f'").{name}`' not in page] == []
