"""Whole redlines, from the sections of two versions to all formats: the laws hold, and the formats agree."""

from __future__ import annotations

import pytest
from laws import FORMATS, assert_agreement, assert_laws
from papers import Part, lay

BARE = "numbering: {paragraphs: false, headings: false}\n"
CASES = {
    "a heading that is gone": ("## Gone so\n\nText.", "Text."),
    "formulas in display": ("$$a$$\n\nOne $$a$$ two\n\nWords $$x$$ stay\n\n- $$d$$ x\n- $$e$$\n\n> $$z$$", "$$b$$\n\nOne $$b$$ two\n\nOther $$x$$ stay here\n\n- $$d$$ y\n- $$f$$\n- $$g$$ z\n\nA new one $$c$$ with words."),
    "an addressee that never was": ("::: {.recommendation #rec-a}\nDo it.\n:::", "Text."),
    "another style of citations": ("See @alpha2020 and @beta2021.\n---\ncitation_style: apa\n", "See @alpha2020 and @beta2021."),
    "a note in a citation": ("[see @alpha2020]", "[see^[New.] @alpha2020]"),
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


def test_letters_that_no_font_has_are_shown_by_number_before_the_text_too(repository, worker, compiler):
    for tag, title in (("v1", "A paper"), ("v2", "漢字")):
        lay(repository.bench, [Part("10-a.md", title, "", ("Text.",))], f"{BARE}title: {title}\n")
        repository.commit(tag=tag)
    assert_laws(repository.root, "p", "v1", "v2", worker, compiler, ("docx", "pdf"))
