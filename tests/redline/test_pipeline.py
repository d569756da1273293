"""Whole redlines, from the sections of two versions to all formats: the laws hold, and the formats agree."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path

import pytest
from edited_papers import Part, lay, pairs
from hypothesis import given, settings
from laws import FORMATS, assert_agreement, assert_laws
from repository import Repository

from workbench import Bench

BARE = "numbering: {paragraphs: false, headings: false}\n"
CASES = {
    "a heading that is gone": ("## Gone so\n\nText.", "Text."),
    "formulas in display": ("$$a$$\n\nOne $$a$$ two\n\nWords $$x$$ stay\n\n- $$d$$ x\n- $$e$$\n\n> $$z$$", "$$b$$\n\nOne $$b$$ two\n\nOther $$x$$ stay here\n\n- $$d$$ y\n- $$f$$\n- $$g$$ z\n\nA new one $$c$$ with words."),
    "an addressee that never was": ("::: {.recommendation #rec-a}\nDo it.\n:::", "Text."),
    "another style of citations": ("See @alpha2020 and @beta2021.\n---\ncitation_style: apa\n", "See @alpha2020 and @beta2021."),
    "a style with notes and no list": ("See @alpha2020 and @beta2021.", "See @alpha2020 and [@beta2021, p. 3].\n---\ncitation_style: chicago-notes\n"),
    "a list where there were notes only": ("See @alpha2020.\n---\ncitation_style: chicago-notes\n", "See @alpha2020 and @beta2021."),
    "a note in a citation": ("[see @alpha2020]", "[see^[New.] @alpha2020]"),
    "notes in notes": ("One^[outer ^[inner] more] and two[^a] x.\n\n[^a]: a note, [^b] so\n\n[^b]: as said", "One^[outer ^[inner, edited] more] and two[^a] x.^[New ^[within]]\n\n[^a]: a note, [^b] so\n\n[^b]: as *now* said"),
    "formulas in terms": ("Term $$x$$ so\n\n:   What it is.\n\nOther $$q$$\n\n:   More.", "Term $$y$$ so now\n\n:   What it $$z$$ is."),
    "a year at the beginning": ("x\n\n- [-@beta2021] A b c.", "x\n\n[-@beta2021] begins.\n\n- [-@beta2021] A b c d e f."),
    "signs that Typst takes for markup": ("- cost benefit of it\n- a\n- b\n- c", "- cost - and more so benefit of it\n- a = b\n- b 1. so\n- c / a: b\n- [= d](https://example.org/e)"),
    "headings inside of blocks": ('x', 'x\n\n::: {.recommendation #rec-a}\n## Head\n\nText so.\n:::\n\n::: {lang=fr}\n## Head\n\nText\n:::'),
}


@pytest.mark.parametrize("what", CASES)
def test_it_can_be_made(repository, worker, compiler, what):
    for tag, text in zip(("v1", "v2"), CASES[what], strict=True):
        body, _, settings = text.partition("\n---\n")
        lay(repository.bench, [Part("10-a.md", "Findings", "", (body,))], BARE + settings)
        repository.commit(tag=tag)
    made = assert_laws(repository.root, "p", "v1", "v2", worker, compiler, FORMATS)
    assert_agreement(made.files, worker)


def test_a_summary_may_become_an_annex(repository, worker, compiler):
    for tag, kind in (("v1", "summary"), ("v2", "annex"), ("v3", "summary")):
        lay(repository.bench, [Part("10-a.md", "Findings", "", ("Text.",)), Part("30-b.md", "Others", kind, ("More of it.",))], BARE)
        repository.commit(tag=tag)
    for old, new in (("v1", "v2"), ("v2", "v3")):
        assert_laws(repository.root, "p", old, new, worker, compiler, FORMATS)


def test_letters_that_no_font_has_are_shown_by_number_before_the_text_too(repository, worker, compiler):
    for tag, title in (("v1", "A paper"), ("v2", "漢字")):
        lay(repository.bench, [Part("10-a.md", title, "", ("Text.",))], f"{BARE}title: {title}\n")
        repository.commit(tag=tag)
    assert_laws(repository.root, "p", "v1", "v2", worker, compiler, ("docx", "pdf"))


@settings(max_examples=int(os.environ.get("PENHOLDER_EXAMPLES", "30")), deadline=None, derandomize="PENHOLDER_EXAMPLES" not in os.environ)
@given(pairs())
def test_whatever_was_edited(worker, compiler, pair):
    """The same thirty pairs each time; ``PENHOLDER_EXAMPLES=400`` looks for others."""
    _assert_all(worker, compiler, *pair)


_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff]")


def _assert_all(worker, compiler, old, new, *settings):
    """The laws, in all formats; a PDF of two directions is read back by guesswork, and not asked for."""
    turned = any(_RIGHT_TO_LEFT.search(part.markdown) for part in (*old, *new))
    formats = tuple(name for name in FORMATS if not (turned and name == "pdf"))
    with tempfile.TemporaryDirectory() as folder:
        repository = Repository(Bench(Path(folder) / "work"))
        for tag, parts, lines in zip(("v1", "v2"), (old, new), settings, strict=True):
            lay(repository.bench, parts, lines)
            repository.commit(tag=tag)
        made = assert_laws(repository.root, "p", "v1", "v2", worker, compiler, formats)
    assert_agreement(made.files, worker)
