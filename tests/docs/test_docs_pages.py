"""Pages made from the code are what the code says; links lead somewhere; notices name every dependency."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from docs_pages import DOCS, PAGES, ROOT, prose, rows

from penholder import __version__
from penholder.findings import Code, Severity
from penholder.report import reference

_LINK = re.compile(r"\]\(([^)\s]+)\)")
_PRIVATE = re.compile(r"/(?:work|root|home|Users)/|/tmp/(?!send)")


@pytest.mark.parametrize("name", ["findings.md", "rules.md", "cli.md"])
def test_a_page_is_what_the_code_says(name: str) -> None:
    made = {"findings.md": reference.findings_page, "rules.md": reference.rules_page, "cli.md": reference.cli_page}[name]()
    stands = (DOCS / name).read_text(encoding="utf-8")
    assert stands == made, "run: PYTHONPATH=tool python -m penholder.report.reference --write"


def test_every_code_has_its_own_number_and_words() -> None:
    known = reference.all_codes()
    assert len({c.id for c in known}) == len(known)
    for code in known:
        assert re.fullmatch(r"[A-Z]{3,4}\d{3}", code.id), code.id
        for words in (code.title, code.why, code.help):
            assert words[:1].isupper() or words[:1] in "`@<", (code.id, words)
        assert not code.title.endswith("."), code.id
        assert code.why.endswith("."), code.id


def test_words_of_a_code_are_not_taken_for_markup() -> None:
    page = reference.findings_page([Code("FILE009", Severity.NOTE, "A <b> | *x*", "Use `a|b` and #.", "[text](x)")])
    assert r"A \<b\> \| \*x\*" in page
    assert r"`a|b` and \#" in page


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub and GitLab make them."""
    found = re.findall(r"^#+ (.+)$", prose(page), re.M)
    return {re.sub(r"[^\w\- ]", "", h.replace("`", "").lower()).replace(" ", "-") for h in found}


@pytest.mark.parametrize("page", PAGES, ids=[str(p.relative_to(ROOT)) for p in PAGES])
def test_links_lead_somewhere(page: Path) -> None:
    text = re.sub(r"`[^`]*`", "", prose(page))
    for link in _LINK.findall(text):
        if link.startswith(("https://", "mailto:")):
            continue
        name, _, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        assert target.exists(), f"{page.name}: {link}"
        if anchor:
            assert anchor in anchors(target), f"{page.name}: {link}"


@pytest.mark.parametrize("page", PAGES, ids=[str(p.relative_to(ROOT)) for p in PAGES])
def test_a_page_names_no_machine(page: Path) -> None:
    assert not _PRIVATE.search(page.read_text(encoding="utf-8"))


def test_every_dependency_is_in_the_notices() -> None:
    data = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = {re.split(r"[^\w.-]", d)[0].lower() for d in data["project"]["dependencies"]}
    named = {re.sub(r"^\[([^\]]+)\].*", r"\1", row[0]).lower() for row in rows(ROOT / "NOTICES.md", "Packages Penholder asks for")}
    assert named == wanted


def test_a_notice_names_the_licence_that_the_package_names() -> None:
    from importlib.metadata import PackageNotFoundError, metadata

    for package, licence, _ in rows(ROOT / "NOTICES.md", "Packages Penholder asks for"):
        name = re.sub(r"^\[([^\]]+)\].*", r"\1", package)
        try:
            says = metadata(name)
        except PackageNotFoundError:
            continue
        stated = says.get("License-Expression") or says.get("License") or " ".join(says.get_all("Classifier") or ())
        family = re.match(r"[A-Za-z]+", licence)
        assert family and family[0] in stated, (name, licence, stated[:80])


def test_every_decision_has_its_three_parts() -> None:
    pages = sorted((DOCS / "decisions").glob("*.md"))
    assert [p.name[:4] for p in pages] == [f"{n:04}" for n in range(1, len(pages) + 1)]
    for page in pages:
        headings = re.findall(r"^#+ (.+)$", prose(page), re.M)
        assert headings[0].startswith(page.name[:4] + ": ")
        assert headings[1:] == ["Context", "Choice", "Consequence"], page.name


def test_the_changelog_has_this_version() -> None:
    assert f"## [{__version__}] - " in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_files_that_the_pages_name_are_there() -> None:
    package = ROOT / "tool/penholder"
    for page in PAGES:
        if page.parent.name != "decisions" and page.name != "CONTRIBUTING.md":
            continue
        for name in re.findall(r"`((?:adapters|stages|resolve|library|features|report|cli|data|model)/[\w/.-]*)`", prose(page)):
            assert (package / name).exists() or (package / "stages" / name).exists(), f"{page.name}: {name}"
