"""The laws on files: what Word holds once every change is accepted is the newer paper, once rejected the older."""

from __future__ import annotations

import pytest
from releases import SLUG
from wordform import word_form

from penholder.adapters import word
from penholder.adapters.typst.compiler import Compiler
from penholder.features.redline.counting import word_count
from penholder.features.redline.making import make
from penholder.features.redline.versions import open_versions
from penholder.findings import Severity
from penholder.stages.render.front import front_of
from penholder.stages.render.outputs import Tools, write


@pytest.fixture(scope="module")
def compiler():
    made = Compiler()
    yield made
    made.close()


def plain(version, tools) -> bytes:
    """The Word file that a build of one version gives."""
    faulty = any(f.severity == Severity.ERROR for f in version.findings)
    front = front_of(version.paper, version.identity, version.look.theme, faulty=faulty)
    return write(version.document, front, version.look, ["docx"], tools, lambda _: None).files["docx"]


def words(version) -> int:
    return word_count([b for s in version.document.sections for b in s.blocks])


def assert_laws(root, slug, old, new, worker, compiler):
    """Both laws, and the count of words, for one pair of versions. Returns what was made."""
    tools = Tools(worker, compiler)
    with open_versions(root, slug, old, new, worker) as (before, after):
        made = make(before, after, ("docx",), tools)
        assert "docx" in made.files, [f.message for f in made.findings][:5]
        assert word_form(word.accepted(made.files["docx"])) == word_form(plain(after, tools))
        assert word_form(word.rejected(made.files["docx"])) == word_form(plain(before, tools))
        counts = made.telling.counts
        assert counts.inserted - counts.deleted == words(after) - words(before)
    return made


@pytest.mark.slow
def test_the_laws_hold_for_every_release_of_a_real_standard(standard, worker, compiler):
    for old, new in standard.pairs:
        made = assert_laws(standard.root, SLUG, old, new, worker, compiler)
        print(f"{old} to {new}: {made.telling.counts}")  # noqa: T201
