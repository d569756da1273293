"""The document a submission makes: the clerk's, of chosen sections, and nothing in it that is the body's own affair."""

from __future__ import annotations

import io
import os
import re
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from submission_desk import Desk

from penholder.adapters import pdf
from penholder.adapters.pandoc import tree
from penholder.features.submission.rendering import MADE

CHOSEN = "sections: [20-need.md, 30-deliver.md, 80-recommendations.md, 90-annex.md, 10-summary.md]\n"


def lines(data: bytes) -> list[tuple[str, str]]:
    """The paragraphs of a DOCX with their styles, as python-docx reads them."""
    return [(p.style.name, p.text) for p in docx.Document(io.BytesIO(data)).paragraphs if p.text.strip()]


def titles(document: Any) -> list[str]:
    return [s.title for s in document.sections]


def codes_of(findings: list[Any]) -> list[str]:
    return [f.code.id for f in findings if f.severity.label == "error"]


def test_it_opens_as_a_clerk_expects(desk: Desk) -> None:
    rendered, findings = desk.render("inquiry: {name: Value for money, id: VFM1}\nsubmitter: North Body\n" + CHOSEN, "docx")
    assert codes_of(findings) == []
    read = lines(rendered.files["docx"])
    assert [text for _, text in read[:6]] == [
        "Written evidence submitted by North Body", "A small paper", "To\tCommittee of Public Accounts",
        "In response to\tValue for money (VFM1)", "Date\t2 January 2026", "Summary",
    ]  # fmt: skip
    text = "\n".join(t for _, t in read)
    for word in ("Contents", "How to cite", "Contributors", "commit", "This edition", "Anna", "DRAFT"):
        assert word not in text


def test_summary_first_annex_last(desk: Desk) -> None:
    resolved, _ = desk.document(CHOSEN)
    assert titles(resolved.document) == ["Summary", "Need", "Delivery", "What we ask", "Method"]


def test_recommendations_last_where_the_recipient_wants_it(desk: Desk) -> None:
    text = "profile: {}\nsections: [10-summary.md, 80-recommendations.md, 20-need.md, 30-deliver.md, 90-annex.md]\n"
    assert titles(desk.document(text.format("ca-commons-brief"))[0].document) == ["Summary", "Need", "Delivery", "What we ask", "Method"]
    assert titles(desk.document(text.format("uk-commons-select"))[0].document) == ["Summary", "What we ask", "Need", "Delivery", "Method"]


def test_paragraphs_are_numbered_anew_in_word_itself(desk: Desk) -> None:
    rendered, findings = desk.render("sections: [30-deliver.md, 20-need.md]\n", "docx", "pdf", "odt", "rtf", "txt")
    assert codes_of(findings) == []
    numbers = [t.number for t in rendered.resolved.document.targets.values() if t.kind == "para"]
    assert numbers == ["2"]  # of the paragraph that has an id: the first one is in Delivery
    numbered = [(s, t) for s, t in lines(rendered.files["docx"]) if s == "Numbered Paragraph"]
    assert [t[:10] for _, t in numbered] == ["Keep promi", "The first ", "The second"]
    assert "see paragraph\u00a02" in numbered[2][1]
    assert "1.  Keep promises" in rendered.files["txt"].decode() and "3.  The second, see paragraph\u00a02." in rendered.files["txt"].decode()
    package = zipfile.ZipFile(io.BytesIO(rendered.files["odt"]))
    assert re.findall(r'text:start-value="(\d)"', package.read("content.xml").decode()) == ["1", "2", "3"]


def test_a_text_of_its_own_is_found_in_the_submission(desk: Desk) -> None:
    text = "sections:\n  - 20-need.md\n  - title: Introduction\n    text: |\n      We are a body.\n\n      We cite @nosuch2021 and @sec-nosuch.\n"
    resolved, findings = desk.document(text)
    assert titles(resolved.document) == ["Need", "Introduction"]
    found = {f.code.id: (f.span.path, f.span.line, f.span.column) for f in findings}
    path = "papers/p/submissions/s.yaml"
    assert found["CITE001"] == (path, 10, 15) and found["XREF001"] == (path, 10, 31)


@pytest.mark.parametrize("value", ["text: Cites @nosuch2021 here.", "text: >-\n      Cites\n      @nosuch2021 here.", 'text: "Cites @nosuch2021 here."'])
def test_a_text_in_another_notation_is_found_near_its_line(desk: Desk, value: str) -> None:
    _, findings = desk.document(f"sections:\n  - title: Introduction\n    {value}\n")
    found = [f for f in findings if f.code.id == "CITE001"]
    assert [f.span.path for f in found] == ["papers/p/submissions/s.yaml"] and 6 <= found[0].span.line <= 8


def test_a_text_has_the_templates_a_section_has(desk: Desk) -> None:
    resolved, findings = desk.document("title: Other title\nsections:\n  - title: Introduction\n    text: |\n      This is {{ paper.title }}.\n")
    assert codes_of(findings) == []
    assert "This is Other title." in tree.text_of(resolved.document.sections[0].blocks)


def test_another_title_takes_the_place_of_a_heading(desk: Desk) -> None:
    resolved, findings = desk.document("sections:\n  - {section: 20-need.md, title: Why it matters}\n  - 30-deliver.md\n")
    assert codes_of(findings) == [] and titles(resolved.document) == ["Why it matters", "Delivery"]
    text = tree.text_of(resolved.document.sections[1].blocks)
    assert "‘Why it matters’" in text  # @sec-need leads to it still, and headings have no numbers here


# what is left out ------------------------------------------------------------------------------


def test_a_reference_to_what_is_left_out_is_found(desk: Desk) -> None:
    resolved, findings = desk.document("sections: [80-recommendations.md]\n")
    assert [(f.code.id, f.span.path.rsplit("/", 1)[-1], f.span.line) for f in findings] == [("SUBM012", "80-recommendations.md", 4)]
    assert "“Delivery”" in findings[0].message
    assert "[missing reference: tbl-spend]" in tree.text_of(resolved.document.sections[0].blocks)
    assert resolved.front.draft


def test_a_reference_to_what_is_left_out_in_words(desk: Desk) -> None:
    resolved, findings = desk.document("left_out: words\nsections: [80-recommendations.md]\n")
    assert [(f.code.id, f.severity.label) for f in findings] == [("SUBM012", "note")]
    assert "Publish what was done (‘Delivery’ in ‘A small paper’)." in tree.text_of(resolved.document.sections[0].blocks)
    assert not resolved.front.draft


def test_a_reference_to_nothing_stays_what_it_is(desk: Desk) -> None:
    desk.bench.section("20-need.md", "# Need\n\nSee @sec-nowhere.\n")
    assert [f.code.id for f in desk.document("left_out: words\nsections: [20-need.md]\n")[1]] == ["XREF001"]


# answers ------------------------------------------------------------------------------------------

FORM = "profile: uk-survey\nquestions:\n  - {id: Q1, text: What is the need?}\n  - {id: Q2, text: What else?}\nanswers:\n"


def test_a_forms_document_holds_what_answers_its_questions(desk: Desk) -> None:
    text = FORM + "  - question: Q2\n    text: |\n      Nothing else.\n  - question: Q1\n    sections: [30-deliver.md, 20-need.md]\n    passages: [para-first]\n"
    resolved, findings = desk.document(text)
    assert codes_of(findings) == []
    assert [s.text.section.slug for s in resolved.document.sections] == ["30-deliver", "20-need", "answer-Q2"]
    assert resolved.document.targets["para-first"].kind == "para"


def test_a_passage_that_is_gone(desk: Desk) -> None:
    text = FORM + "  - question: Q1\n    sections: [20-need.md]\n    passages: [para-frist]\n"
    found = [f for f in desk.document(text)[1] if f.code.id == "SUBM002"]
    assert [(f.span.line, f.span.column) for f in found] == [(8, 16)] and "para-first" in found[0].message


def test_an_answer_outside_the_chosen_sections(desk: Desk) -> None:
    text = CHOSEN.replace("20-need.md, ", "") + "questions: [{id: Q1, text: Need?}]\nanswers:\n  - {question: Q1, sections: [20-need.md]}\n"
    assert "SUBM002" in codes_of(desk.document(text)[1])


def test_nothing_chosen_is_everything_and_an_empty_list_is_nothing(desk: Desk) -> None:
    assert len(desk.document("title: T\n")[0].document.sections) == 5
    assert codes_of(desk.document("sections: []\n")[1]) == ["SUBM015"]


# what is in the files ------------------------------------------------------------------------------


def test_every_format_holds_everything_and_nothing_of_the_workspace(desk: Desk) -> None:
    desk.write("submitter: North Body\n" + CHOSEN)
    desk.bench.commit()
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=desk.root, check=True, capture_output=True, text=True).stdout[:8]
    rendered, findings = desk.render("submitter: North Body\n" + CHOSEN, *MADE)
    assert codes_of(findings) == [] and set(rendered.files) == set(MADE)
    assert rendered.resolved.identity.commit.startswith(head)  # for the manifest
    for name, data in rendered.files.items():
        parts = [data]
        if name in ("docx", "odt"):
            package = zipfile.ZipFile(io.BytesIO(data))
            parts = [package.read(n) for n in package.namelist()]
        for part in parts:
            assert head.encode() not in part and b"Anna" not in part and str(desk.root).encode() not in part, name
    said = docx.Document(io.BytesIO(rendered.files["docx"])).core_properties
    assert (said.author, said.title, said.last_modified_by) == ("North Body", "A small paper", "")


def test_the_same_submission_gives_the_same_bytes(desk: Desk) -> None:
    desk.bench.commit()
    first, _ = desk.render(CHOSEN, *MADE)
    again, _ = desk.render(CHOSEN, *MADE)
    assert first.files == again.files


def test_no_page_numbers_where_none_are_wanted(desk: Desk) -> None:
    text = "profile: {}\nsections: [20-need.md]\n"
    with_numbers, _ = desk.render(text.format("uk-commons-select"), "docx", "pdf", "odt", "rtf")
    without, _ = desk.render(text.format("ni-assembly"), "docx", "pdf", "odt", "rtf")
    assert b"NUMPAGES" in _footer(with_numbers) and b"PAGE" not in _footer(without)
    assert "Page 1 of 1" in "".join(pdf.read_text(with_numbers.files["pdf"]).pages)
    assert "Page" not in "".join(pdf.read_text(without.files["pdf"]).pages)
    assert b"NUMPAGES" in with_numbers.files["rtf"] and b"NUMPAGES" not in without.files["rtf"]
    odt = [zipfile.ZipFile(io.BytesIO(r.files["odt"])).read("styles.xml") for r in (with_numbers, without)]
    assert b"text:page-number" in odt[0] and b"text:page-number" not in odt[1]


def _footer(rendered: Any) -> bytes:
    return zipfile.ZipFile(io.BytesIO(rendered.files["docx"])).read("word/footer1.xml")


def test_no_colour_and_letters_as_large_as_the_overlay_wants(desk: Desk) -> None:
    desk.bench.file("templates/profiles/large.toml", 'title = "L"\nkind = "overlay"\n[document]\nfont_size = 15\n')
    rendered, _ = desk.render("overlays: large\nsections: [20-need.md]\n", "docx")
    read = docx.Document(io.BytesIO(rendered.files["docx"]))
    used = {p.style.name for p in read.paragraphs} | {r.style.name for p in read.paragraphs for r in p.runs}
    colours = {str(read.styles[name].font.color.rgb) for name in used if read.styles[name].font.color.rgb is not None}
    assert colours <= {"000000", "404040"}
    assert 'w:sz w:val="30"' in zipfile.ZipFile(io.BytesIO(rendered.files["docx"])).read("word/styles.xml").decode()


def test_a_publication_for_members_keeps_its_cover(desk: Desk) -> None:
    rendered, findings = desk.render("profile: members-publication\n", "docx", "html")
    assert codes_of(findings) == []
    page = rendered.files["html"].decode()
    assert all(words in page for words in (">Contents<", "How to cite", "Anna Author"))
    assert "How to cite this paper" in [t for _, t in lines(rendered.files["docx"])]


def test_confidential_on_the_front_where_the_recipient_wants_it(desk: Desk) -> None:
    text = "profile: {}\nsections: [20-need.md]\nconfidential:\n  - {{part: all, reason: It names people.}}\n"
    marked, _ = desk.render(text.format("au-parliament"), "docx")
    assert lines(marked.files["docx"])[0][1] == "Confidential"
    assert lines(desk.render(text.format("uk-commons-select"), "docx")[0].files["docx"])[0][1].startswith("Written evidence")


def test_named_contributors_are_named(desk: Desk) -> None:
    rendered, _ = desk.render("contributors: [anna]\nsections: [20-need.md]\n", "docx")
    assert "Contributors\tAnna Author" in [t for _, t in lines(rendered.files["docx"])]


def test_a_welsh_document_speaks_welsh(desk: Desk) -> None:
    rendered, _ = desk.render("profile: senedd\nlanguage: cy\nsections: [20-need.md]\n", "docx")
    read = [t for _, t in lines(rendered.files["docx"])]
    assert "Dyddiad\t2 Ionawr 2026" in read


@pytest.mark.needs("soffice")
@pytest.mark.parametrize("name", ["docx", "odt", "rtf"])
def test_libreoffice_reads_the_same_text(desk: Desk, tmp_path: Path, name: str) -> None:
    import shutil

    if not shutil.which("soffice"):
        pytest.skip("LibreOffice is not here")
    rendered, _ = desk.render(CHOSEN, name, "txt")
    (tmp_path / f"s.{name}").write_bytes(rendered.files[name])
    profile = (tmp_path / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / f"s.{name}")]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    squeezed = "".join("".join(pdf.read_text((tmp_path / "s.pdf").read_bytes()).pages).split()).replace("\u00ad", "")
    for words in ("Written evidence submitted by North Body", "Keep promises", "The first paragraph of need", "Spend by year", "How it was counted"):
        assert "".join(words.split()) in squeezed
    assert re.search(r"1\.?Thefirstparagraph", squeezed) and re.search(r"2\.?Thesecond", squeezed)


# the paper it comes from -----------------------------------------------------------------------


def test_a_submission_leaves_its_paper_as_it_was(desk: Desk) -> None:
    """Neither its file nor what is recorded of it changes the paper's bytes, commit or cache."""
    before = desk.bench.build(git=True)
    first = {e: before.path(e).read_bytes() for e in ("docx", "pdf")}
    desk.write(CHOSEN)
    desk.bench.file("papers/p/submissions/s/record.yaml", "state: submitted\n")
    after = desk.bench.build("--fresh", git=True)
    assert {e: after.path(e).read_bytes() for e in ("docx", "pdf")} == first
    desk.bench.file("papers/p/submissions/s/record.yaml", "state: acknowledged\n")  # not committed
    again = desk.bench.build("--fresh")
    assert again.path("docx").read_bytes() == first["docx"]


def test_its_own_commit_is_the_later_one(desk: Desk) -> None:
    def head() -> str:
        return subprocess.run(["git", "rev-parse", "HEAD"], cwd=desk.root, check=True, capture_output=True, text=True).stdout.strip()

    desk.bench.commit()
    paper = head()
    desk.write("sections: [20-need.md]\n")
    assert desk.document("sections: [20-need.md]\n")[0].identity.modified
    subprocess.run(["git", "add", "-A"], cwd=desk.root, check=True, capture_output=True)
    env = {"GIT_COMMITTER_DATE": "2040-01-01T00:00:00Z", "GIT_AUTHOR_DATE": "2040-01-01T00:00:00Z", "PATH": os.environ["PATH"]}
    subprocess.run(["git", "-c", "user.name=T", "-c", "user.email=t@example.org", "commit", "-q", "-m", "s"], cwd=desk.root, check=True, env=env)
    identity = desk.document("sections: [20-need.md]\n")[0].identity
    assert identity.commit == head() != paper and not identity.modified
