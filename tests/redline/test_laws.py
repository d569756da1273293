"""The laws on files: what Word holds once every change is accepted is the newer paper, once rejected the older."""

from __future__ import annotations

import pytest
from laws import assert_laws
from releases import SLUG


@pytest.mark.slow
def test_the_laws_hold_for_every_release_of_a_real_standard(standard, worker, compiler):
    for old, new in standard.pairs:
        made = assert_laws(standard.root, SLUG, old, new, worker, compiler)
        print(f"{old} to {new}: {made.telling.counts}")  # noqa: T201


HEAD = "---\ntitle: Findings\n---\n"
BODY = (
    "Authorities must consider it [@alpha2020, p. 3]. See @tbl-reach, @para-duty and @rec-open.[^n]\n\n"
    "The duty is this. {#para-duty}\n\n"
    "## Reach {#sec-reach}\n\n"
    "| Nation | Duty |\n|:--|--:|\n| Wales | 1 |\n| England | 0 |\n\n: Who has a duty {#tbl-reach}\n\n"
    "- one thing\n- another thing\n\n    with a second paragraph\n\n1. first\n2. second\n\n"
    '::: {#rec-open .recommendation to="The Cabinet Office"}\nOpen the books.\n:::\n\n'
    "[^n]: A note with *words* and a source [@beta2021].\n"
)
SUMMARY = "---\ntitle: Summary\nkind: summary\n---\nIn short, it is so.\n\n- one\n- two\n"
ANNEX = "---\ntitle: Figures\nkind: annex\n---\nAs counted.\n\n## Sources\n\nTwo of them.\n"


def _with(text: str, *changes: tuple[str, str]) -> str:
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


TABLE = BODY[BODY.index("| Nation") : BODY.index("- one thing")]
RECOMMENDATION = '::: {.recommendation to="Councils"}\nAsk first.\n:::\n\n'
AWKWARD = {  # what the sections are in the older and in the newer version, by name
    "a table before the first": ({}, {"10-a.md": HEAD + _with(TABLE, ("{#tbl-reach}", "{#tbl-more}"), ("Wales", "Ireland")) + BODY}),
    "a recommendation before the first": ({}, {"10-a.md": HEAD + _with(BODY, ("::: {#rec", RECOMMENDATION + "::: {#rec"))}),
    "another addressee": ({}, {"10-a.md": HEAD + _with(BODY, ("The Cabinet Office", "HM Treasury"))}),
    "no addressee": ({}, {"10-a.md": HEAD + _with(BODY, (' to="The Cabinet Office"', ""))}),
    "a paragraph before the first": ({}, {"10-a.md": HEAD + "A new one begins, and says quite another thing.\n\n" + BODY}),
    "the first paragraph gone": ({}, {"10-a.md": HEAD + BODY[BODY.index("The duty is this") :].replace("[^n]: A note with *words* and a source [@beta2021].\n", "")}),
    "no table": ({}, {"10-a.md": HEAD + _with(BODY, (TABLE, ""), ("@tbl-reach, ", ""))}),
    "columns": ({}, {"10-a.md": HEAD + _with(BODY, ("| Nation | Duty |\n|:--|--:|\n| Wales | 1 |\n| England | 0 |", "| Nation |\n|:--|\n| Wales |"))}),
    "a heading of another level": ({}, {"10-a.md": HEAD + _with(BODY, ("## Reach {#sec-reach}", "### Reach {#sec-reach}"))}),
    "a list of another kind": ({}, {"10-a.md": HEAD + _with(BODY, ("1. first\n2. second", "- first\n- second"))}),
    "an item with more": ({}, {"10-a.md": HEAD + _with(BODY, ("2. second", "2. second\n\n    and a paragraph in it\n\n3. third"))}),
    "the last item gone": ({}, {"10-a.md": HEAD + _with(BODY, ("1. first\n2. second", "1. first"))}),
    "no note": ({}, {"10-a.md": HEAD + _with(BODY, ("[^n]\n\n", "\n\n"), ("[^n]: A note with *words* and a source [@beta2021].\n", ""))}),
    "another source": ({}, {"10-a.md": HEAD + _with(BODY, ("[@alpha2020, p. 3]", "[@beta2021]"))}),
    "the summary anew": ({}, {"05-s.md": _with(SUMMARY, ("In short, it is so.", "What follows was found by others."), ("- two\n", ""))}),
    "no summary": ({"05-s.md": SUMMARY}, {"05-s.md": None}),
    "an annex before the annex": ({}, {"80-b.md": "---\ntitle: Method\nkind: annex\n---\nWe counted.\n"}),
    "the annex as a section": ({}, {"90-x.md": _with(ANNEX, ("kind: annex\n", ""))}),
    "another first section": ({}, {"10-a.md": None, "11-b.md": "# Else\n\nNothing of what was said is said here, nor in these words.\n"}),
    "sections in another order": ({"20-b.md": "# Method\n\nWe asked those who live there twice.\n"}, {"20-b.md": None, "08-b.md": "# Method\n\nWe asked those who live there twice.\n"}),
    "an empty section": ({}, {"10-a.md": HEAD}),
    "everything": ({}, {"05-s.md": None, "10-a.md": "# A\n\nOne.\n", "90-x.md": None}),
}  # fmt: skip


def _lay(repository, sections):
    names = []
    for name, text in sorted(sections.items()):
        path = repository.bench.folder / "sections" / name
        if text is None:
            path.unlink(missing_ok=True)
        else:
            repository.bench.section(name, text, listed=False)
            names.append(name)
    repository.bench.paper("numbering: {paragraphs: true, headings: true}\n", sections=names)


@pytest.mark.parametrize("what", AWKWARD)
@pytest.mark.parametrize("turned", [False, True], ids=["", "backwards"])
def test_awkward_changes(repository, worker, compiler, what, turned):
    older, newer = AWKWARD[what]
    base = {"05-s.md": SUMMARY, "10-a.md": HEAD + BODY, "90-x.md": ANNEX}
    first, second = base | older, base | older | newer
    if turned:
        first, second = second, first | dict.fromkeys(second.keys() - first.keys())
    _lay(repository, first)
    repository.commit(tag="v1")
    _lay(repository, second)
    repository.commit(tag="v2")
    assert_laws(repository.root, "p", "v1", "v2", worker, compiler)


def test_another_cover(repository, worker, compiler):
    repository.section(HEAD + BODY)
    repository.commit(tag="v1")
    repository.bench.paper("title: Quite another name\nsubtitle: And a line below\nversion: '2'\ncontributors: [ada]\n")
    repository.commit(tag="v2")
    made = assert_laws(repository.root, "p", "v1", "v2", worker, compiler)
    assert {c.label for c in made.telling.cover} >= {"Title", "Subtitle", "Version"}
