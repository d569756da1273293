"""Rules at their edges: what is found, where, and what is no fault; what a report says of rules, marks and overrides."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from profile_fixtures import BREAKS, NOW, Case, passing, section, tampered
from test_check_profiles import BUILT_IN, looked_at

from linkserver import Site
from penholder.adapters import pdf, word
from penholder.checks.engine import known_codes
from penholder.features.profile_rules import Profile
from penholder.features.profiles import profiles_of
from penholder.features.submission.checking import measure
from penholder.features.submission.checking.engine import Examined
from penholder.features.submission.checking.registry import CHECKS, DELEGATED
from penholder.findings import Severity
from penholder.model.profile import Counting
from penholder.model.rulebook import RULEBOOK


@pytest.fixture
def look(tmp_path: Path, worker: Any, compiler: Any) -> Any:
    def go(case: Case) -> Examined:
        return looked_at(case, tmp_path, worker, compiler)

    return go


def commons(**more: Any) -> Case:
    case = passing(BUILT_IN.get("uk-commons-select"))
    case.submission |= more
    return case


def messages(outcome: Examined, code: str) -> list[str]:
    return [f.message for f in outcome.findings if f.code.id == code]


# the whole rulebook ---------------------------------------------------------------------------

VALUES = {
    "LEN-WORDS": "max = 3000", "LEN-PAGES": "max = 9", "LEN-ANSWER": "max = 2000", "STR-SUMMARY": 'values = ["first", "bullets"]',
    "STR-RECS": 'values = ["last"]', "FILE-TYPE": 'values = ["docx"]', "FILE-SIZE": "max = 1", "FILE-SINGLE": "max = 1",
    "LANG-PAIR": 'values = ["cy", "en"]', "REG-ID": 'values = ["docket"]', "DEADLINE": "min = 3", "A11Y-CONTRAST": "min = 4.5",
    "STYLE-SENTENCE": "max = 25", "STYLE-WORDS": 'values = ["synergy"]',
}  # fmt: skip


def everything() -> str:
    """A profile that holds every rule there is."""
    rules = "".join(f'[rules.{name}]\n{VALUES.get(name, "")}\nstatus = "house"\n' for name in RULEBOOK)
    forbidden = '[publication]\nforbidden = ["draft", "submitted"]\n'
    return f'schema_version = 1\nid = "everything"\ntitle = "Everything"\nmakes = ["docx"]\n{rules}{forbidden}[document]\npage_numbers = false\n'


def test_every_rule_of_the_rulebook_is_kept_by_one_submission_and_broken_by_another(tmp_path: Path, worker: Any, compiler: Any) -> None:
    """Those that ``penholder check`` answers for are broken one by one below: their examples would disturb each other."""
    profile = _known(tmp_path, everything())
    kept = passing(profile)
    kept.files["templates/profiles/everything.toml"] = everything()
    assert [(f.code.id, f.message) for f in looked_at(kept, tmp_path / "kept", worker, compiler).findings] == []
    broken = passing(profile)
    broken.files["templates/profiles/everything.toml"] = everything()
    for name in CHECKS:
        BREAKS[name](broken, profile.rules[name])
    judged = looked_at(broken, tmp_path / "broken", worker, compiler).judged
    assert {j.rule.id: (j.verdict, j.why) for j in judged if j.rule.id in CHECKS and j.verdict != "found"} == {}


def _known(folder: Path, text: str) -> Profile:
    path = folder / "known" / "templates" / "profiles" / "everything.toml"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    profiles = profiles_of(folder / "known")
    assert not profiles.findings
    return profiles.get("everything")


@pytest.mark.parametrize("name", [name for name in DELEGATED if name != "LINK-DEAD"])
def test_what_penholder_check_knows_is_found_under_the_recipients_rule(name: str, tmp_path: Path, worker: Any, compiler: Any) -> None:
    """As strictly as the profile says, whatever the workspace ignores."""
    rule = f'[rules.{name}]\n{VALUES.get(name, "")}\nstatus = "V2"\nseverity = "error"\nsource = "https://a.example/rules"\nchecked = 2026-11-22\n'
    text = f'schema_version = 1\nid = "everything"\ntitle = "T"\nmakes = ["docx"]\n{rule}[document]\ncolour = true\n'
    profile = _known(tmp_path, text)
    case = passing(profile)
    case.files["templates/profiles/everything.toml"] = text
    case.files["penholder.toml"] = 'schema_version = 1\nname = "T"\ncitation_style = "apa"\n[check]\nignore = ["ACCE", "CREF", "EVID", "PLAI"]\n'
    BREAKS[name](case, profile.rules[name])
    outcome = looked_at(case, tmp_path / "work", worker, compiler)
    found = [f for f in outcome.findings if f.code.id == name]
    assert found and {f.severity for f in found} == {Severity.ERROR}
    assert all("https://a.example/rules (read on another body's page, checked 2026-11-22)" in f.code.why for f in found)
    assert any(f"({code})" in f.message for f in found for code in DELEGATED[name])


def test_a_waiver_with_its_reason_answers_for_the_recipients_rule_too(look: Any) -> None:
    case = passing(BUILT_IN.get("uk-lords-select"))
    text = "The VCSE sector gives care, and VCSE bodies are small."
    case.sections["30-need.md"] = section("What is needed", text)
    assert "STYLE-ACRONYM" in {f.code.id for f in look(case).findings}
    case.sections["30-need.md"] = section("What is needed", f"<!-- penholder: allow PLAI002 because every reader of it knows it -->\n\n{text}")
    assert not look(case).findings


def test_the_codes_that_answer_for_rules_exist() -> None:
    assert {c for codes in DELEGATED.values() for c in codes} <= known_codes()


@pytest.mark.parametrize(("status", "verdict"), [(404, "found"), (200, "nothing found")])
def test_links_are_asked_where_that_is_wanted(
    status: int, verdict: str, tmp_path: Path, worker: Any, compiler: Any, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PENHOLDER_PRIVATE_LINKS", "127.0.0.0/8")
    monkeypatch.setenv("no_proxy", "127.0.0.1,localhost")
    text = 'schema_version = 1\nid = "everything"\ntitle = "T"\nmakes = ["docx"]\n[rules.LINK-DEAD]\nstatus = "house"\n'
    case = passing(_known(tmp_path, text))
    case.files["templates/profiles/everything.toml"] = text
    case.sections["30-need.md"] = section("What is needed", f"See [what was spent]({site.page('/spent', status)}).")
    unasked = looked_at(case, tmp_path / "a", worker, compiler)
    assert [(j.verdict, j.why) for j in unasked.judged] == [("cannot be checked", "links are asked only with --links")]
    assert not site.requests
    asked = looked_at(case, tmp_path / "b", worker, compiler, links=True)
    assert [j.verdict for j in asked.judged] == [verdict]


def test_the_page_of_a_recipients_rule_says_who_asks_for_it(capsys: pytest.CaptureFixture[str]) -> None:
    from penholder.cli.main import run

    assert run(["rule", "LEN-WORDS"]) == 0
    out = capsys.readouterr().out
    assert "uk-commons-select: at most 3,000 words." in out and "uk-public-bill: at most 3,000 words. uk-public-bill (from memory" in out
    assert run(["rule", "A11Y-TABLE"]) == 0 and "ACCE006" in capsys.readouterr().out
    assert run(["rule", "CITE-UNUSED"]) == 0 and "No built-in profile asks for it" in capsys.readouterr().out
    assert run(["rule", "LEN-WORD"]) == 2 and "Did you mean LEN-WORDS" in capsys.readouterr().err


# what a finding says of its rule --------------------------------------------------------------


def test_a_finding_names_the_rule_its_source_and_how_sure_it_is(look: Any) -> None:
    case = commons()
    BREAKS["LEN-WORDS"](case, BUILT_IN.get("uk-commons-select").rules["LEN-WORDS"])
    [finding] = [f for f in look(case).findings if f.code.id == "LEN-WORDS"]
    assert finding.severity is Severity.ERROR and finding.code.url == "https://publications.parliament.uk/pa/cm/written-evidence-guidance.htm"
    assert "read on an official page, checked 2026-11-22" in finding.code.why
    assert (finding.span.path, finding.span.line) == ("papers/paper/submissions/s.yaml", case.submission and _line(case, "sections"))
    assert re.fullmatch(r"3,\d{3} words of 3,000 with everything counted: \d+ too many. The longest parts: Long 3,002, What is needed 15, Summary 14.", finding.message)


def _line(case: Case, key: str) -> int:
    lines = json.dumps(case.submission, ensure_ascii=False, indent=1).split("\n")
    return next(i for i, text in enumerate(lines, 1) if text.startswith(f' "{key}"'))


def test_what_rests_on_memory_warns_and_never_more(look: Any) -> None:
    case = passing(BUILT_IN.get("uk-public-bill"))
    BREAKS["LEN-WORDS"](case, BUILT_IN.get("uk-public-bill").rules["LEN-WORDS"])
    [finding] = [f for f in look(case).findings if f.code.id == "LEN-WORDS"]
    assert finding.severity is Severity.WARNING and "from memory, not verified" in finding.code.why


def test_a_rule_not_read_for_a_year_is_told(look: Any) -> None:
    case = commons(deadline="2028-01-01 12:00 Europe/London")
    case.now = dt.datetime(2027, 11, 22, 12, tzinfo=dt.UTC)
    outcome = look(case)
    assert {f.code.id for f in outcome.findings} == {"PROF007"} and any("LEN-WORDS" in f.message for f in outcome.findings)


def test_what_is_overridden_is_listed_with_its_reason(look: Any) -> None:
    case = commons(overrides={"LEN-WORDS": {"max": 20, "reason": "The call says 20."}, "STR-SUMMARY": {"off": True, "reason": "It wants none."}})
    outcome = look(case)
    assert [(o.id, o.now, o.before, o.reason) for o in outcome.overruled] == [
        ("LEN-WORDS", "at most 20 words", "at most 3,000 words", "The call says 20."),
        ("STR-SUMMARY", "", "first, bullets", "It wants none."),
    ]
    [finding] = [f for f in outcome.findings if f.code.id == "LEN-WORDS"]
    assert "overridden in this submission: The call says 20" in finding.code.why
    assert "STR-SUMMARY" not in {j.rule.id for j in outcome.judged}


# words ------------------------------------------------------------------------------------------


def test_words_by_what_a_rule_counts(look: Any) -> None:
    case = commons()
    case.sections["30-need.md"] = section("What is needed", "One two [@alpha2020].[^1]\n\n[^1]: A note.\n\n| Year | Spend |\n|---|---|\n| 2024 | 10 |\n\n: Money {#tbl-m}")
    outcome = look(case)
    pieces = outcome.subject.pieces
    whole = measure.count(pieces, Counting()).counted
    assert whole == measure.count(pieces, Counting()).all
    for part, words in {"footnotes": 2, "tables": 4, "captions": 3, "references": 8, "annexes": 8}.items():
        assert whole - measure.count(pieces, Counting(**{part: False})).counted == words, part
    assert whole - measure.count(pieces, Counting(cover=False)).counted == 25
    assert measure.count(pieces, Counting(references=False, annexes=False)).left_out == ("references", "annexes")


@given(st.lists(st.sampled_from(["a", "b", "c"]), max_size=14), st.lists(st.sampled_from(["a", "b", "c"]), max_size=14), st.integers(1, 4))
def test_runs_stand_in_both_texts_word_for_word(own: list[str], other: list[str], least: int) -> None:
    joined = " ".join(other)
    taken = 0
    for at, length in measure.runs_of(own, other, least):
        assert length >= least and at >= taken
        assert " ".join(own[at : at + length]) in joined
        taken = at + length


@pytest.mark.needs("soffice")
def test_the_count_agrees_with_libreoffice(look: Any, tmp_path: Path) -> None:
    """LibreOffice parts words at dashes, and counts numbers, bullets, running headers and footers besides: all else is the same."""
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice is not here")
    case = commons()
    text = (
        "Words – with a dash, and 2019–20, well-known; non\u00a0breaking [@alpha2020].[^1]\n\n[^1]: A note — of five words.\n\n"
        "- one item\n- another\n\n| Year | Spend |\n|---|---|\n| 2024 | 10 |\n\n: Money spent {#tbl-m}\n\nSee @tbl-m, *em*ph**asis** (e.g. 5 %)."
    )
    case.sections["30-need.md"] = section("What is needed", text)
    outcome = look(case)
    docx = tmp_path / "s.docx"
    docx.write_bytes(outcome.subject.docx)
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", "odt", "--outdir", str(tmp_path), str(docx)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    with zipfile.ZipFile(tmp_path / "s.odt") as package:
        meta = package.read("meta.xml").decode()
    theirs = int(meta.split('meta:word-count="')[1].split('"')[0])
    read = word.read_text(outcome.subject.docx)
    labels = sum(p.value is not None or p.bulleted for p in word.numbered_paragraphs(outcome.subject.docx))
    furniture = sum(measure.words(t) for t in (*read.headers, *read.footers))
    assert labels and furniture
    assert theirs == sum(measure.words_at_dashes(p.text) for p in outcome.subject.pieces) + labels + furniture
    assert outcome.words.counted == sum(measure.words(p.text) for p in outcome.subject.pieces) != theirs


# numbers ----------------------------------------------------------------------------------------


def _restart(parts: dict[str, str]) -> None:
    """The third numbered paragraph begins a list of its own, at seven."""
    numbering = parts["word/numbering.xml"]
    extra = '<w:num w:numId="77"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>'
    parts["word/numbering.xml"] = numbering.replace("</w:numbering>", f"{extra}</w:numbering>")
    pieces = parts["word/document.xml"].split('<w:pStyle w:val="NumberedParagraph"/>')
    own = '<w:pStyle w:val="NumberedParagraph"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="77"/></w:numPr>'
    parts["word/document.xml"] = '<w:pStyle w:val="NumberedParagraph"/>'.join(pieces[:-1]) + own + pieces[-1]


def test_a_gap_in_words_own_numbers_is_found_at_its_paragraph(look: Any) -> None:
    case = commons()
    case.sections["30-need.md"] = section("What is needed", "First of all.\n\nThen this follows.")
    case.tampers.append(_restart)
    outcome = look(case)
    [finding] = [f for f in outcome.findings if f.code.id == "STR-PARANUM"]
    assert finding.message == "Paragraph number 7 stands there and no 3 to 6: “Then this follows.”."
    assert (finding.span.path, finding.span.line) == ("papers/paper/sections/30-need.md", 7)


def test_a_number_that_was_typed_is_none(look: Any) -> None:
    case = commons()
    case.sections["30-need.md"] = section("What is needed", "7\\.  Typed by hand.", numbered=False)
    [message] = messages(look(case), "STR-PARANUM")
    assert message.startswith("This paragraph has no number: “7. Typed by hand.”. The number that was typed is none of Word's own.")


def test_ordered_lists_in_the_text_are_no_paragraph_numbers(look: Any) -> None:
    case = commons()
    case.sections["30-need.md"] = section("What is needed", "So:\n\n1. one\n2. two\n\nThen:\n\n1. three\n\nEnd.")
    assert not messages(look(case), "STR-PARANUM")


# contact details ----------------------------------------------------------------------------------

CONTACT = 'name: Carl Clerk\nemail: carl@north.example\nphone: "+44 20 7946 0018"\naddress: [12 North Street, Leeds]\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Write to CARL@North.example today.", "The e-mail address of the contact is in the text: CAR...le."),
        ("Ring (020) 7946-0018 today.", "The telephone number of the contact is in the text: (02...18."),
        ("Ring 0044 20 79460018.", "The telephone number of the contact is in the text: 004...18."),
        ("We meet at 12 North Street each week.", "A line of the address of the contact is in the text: 12 ...et."),
        ("Write to anna@south.example.", "What looks like an e-mail address is in the text: anna@south.example."),
        ("Ring 01632 960 983 or not.", "What looks like a telephone number is in the text: 01632 960 983."),
        ("Ring +49 30 1234567.", "What looks like a telephone number is in the text: +49 30 1234567."),
        ("She lives at LS1 4AP.", "What looks like a postcode is in the text: LS1 4AP."),
    ],
)
def test_contact_details_in_the_text_are_found(look: Any, text: str, message: str) -> None:
    case = commons(contact="private/contact.yaml")
    case.files["private/contact.yaml"] = CONTACT
    case.sections["30-need.md"] = section("What is needed", text)
    outcome = look(case)
    found = [f for f in outcome.findings if f.code.id == "PRIV-CONTACT"]
    assert [f.message for f in found] == [message]
    assert found[0].span.path == "papers/paper/sections/30-need.md" and found[0].span.line == 5


def test_numbers_that_are_nobodys_are_no_contact_details(look: Any) -> None:
    case = commons()
    text = (
        "Of 1,234,567,890 pounds 0.123456789 came in 2019–2020. See 10.1000/0123456789, ISBN 978-0-306-40615-7, SI 2015/102, C 0123456789/22, "
        "and [the notes](https://a.example/@user/01632960983). By 2024-05-31 17:00 the NHS had 020 of them: M1 and B2 are roads."
    )
    case.sections["30-need.md"] = section("What is needed", text)
    assert not messages(look(case), "PRIV-CONTACT")


# names ------------------------------------------------------------------------------------------

PEOPLE = "schema_version: 1\ncontributors:\n  - {id: anna, name: Anna Author, consent_to_be_named: true}\n  - {id: shy, name: Shy Person}\n  - {id: body, name: North Body}\n"


@pytest.mark.parametrize(
    ("consent", "text", "found"),
    [
        ({"names": False}, "Anna Author told us so.", ["`anna` is named in the text, and the consent says `names: false`."]),
        ({"publish": "not"}, "Anna  Author told us so.", ["`anna` is named in the text, and the consent says `publish: not`."]),
        ({"names": True}, "Anna Author told us so.", []),
        ({"names": True}, "Shy Person told us so.", ["`shy` is named in the text, and has not agreed to be named."]),
        ({"names": False}, "Others told us so.", []),
        ({"names": False}, "North Body told us so, and so did North.", []),
    ],
)
def test_nobody_is_named_whom_the_consent_does_not_name(look: Any, consent: dict[str, Any], text: str, found: list[str]) -> None:
    case = commons(consent=consent)
    case.files["contributors.yaml"] = PEOPLE
    case.sections["30-need.md"] = section("What is needed", text)
    outcome = look(case)
    assert messages(outcome, "SUBM010") == found
    assert all(f.span.path.endswith("30-need.md") for f in outcome.findings if f.code.id == "SUBM010")


# deadlines ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "severity", "words"),
    [
        ("2026-12-11T17:00:00", Severity.WARNING, "The deadline, 2026-12-11 17:00 Europe/London, is past."),
        ("2026-12-11T16:59:59", Severity.NOTE, "is near"),
        ("2026-12-08T17:00:01", Severity.NOTE, "is near"),
        ("2026-12-08T17:00:00", None, ""),
        ("2030-01-01T00:00:00", Severity.WARNING, "is past"),
    ],
)
def test_a_deadline_that_is_past_or_near(look: Any, now: str, severity: Severity | None, words: str) -> None:
    case = commons()
    case.now = dt.datetime.fromisoformat(now).replace(tzinfo=dt.UTC)
    found = [f for f in look(case).findings if f.code.id == "DEADLINE"]
    assert [f.severity for f in found] == ([severity] if severity is not None else [])
    assert all(words in f.message for f in found)
    if severity is Severity.WARNING:
        assert "Contact the committee's staff" in found[0].help


# files that somebody made by hand --------------------------------------------------------------


def _hide(parts: dict[str, str]) -> None:
    parts["word/document.xml"] = parts["word/document.xml"].replace("</w:p>", "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r></w:p>", 1)


def _comment(parts: dict[str, str]) -> None:
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    parts["word/comments.xml"] = f'<w:comments xmlns:w="{w}"><w:comment w:id="1"/><w:comment w:id="2"/></w:comments>'


def _custom(parts: dict[str, str]) -> None:
    ns = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
    parts["docProps/custom.xml"] = f'<Properties xmlns="{ns}"><property name="commit"/></Properties>'


@pytest.mark.parametrize(
    ("tamper", "message"),
    [
        (_hide, "North-Body.docx holds hidden text (“secret”)."),
        (_comment, "North-Body.docx holds 2 comments."),
        (_custom, "North-Body.docx has properties of the workspace: commit."),
        (lambda p: p.update({"docProps/app.xml": "<Properties><Company>Anna Ltd</Company></Properties>"}), "North-Body.docx names in its properties: Anna Ltd (Company)."),
    ],
)
def test_what_is_left_in_a_file_is_found(look: Any, tamper: Any, message: str) -> None:
    case = commons()
    case.tampers.append(tamper)
    assert messages(look(case), "FILE-RESIDUE") == [message]


def test_a_file_that_is_none_is_found_and_nothing_breaks(look: Any) -> None:
    case = commons()
    case.sent["North-Body.odt"] = b"no odt"
    outcome = look(case)
    assert any("North-Body.odt cannot be read" in m for m in messages(outcome, "FILE-MACRO"))


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("North-Body-evidence.docx", ""),
        ("evidence.docx", "it does not say that it is from North Body"),
        ("north body.docx", "letters without accents, digits, hyphens and full stops are what every system takes"),
        ("North-Body.pdf.docx", "two endings look like a disguise to a mail filter"),
        ("North-Body-" + "x" * 100 + ".docx", "116 characters are more than some systems take (100)"),
    ],
)
def test_names_of_files(look: Any, name: str, fault: str) -> None:
    case = commons()
    case.name = name
    assert messages(look(case), "FILE-NAME") == ([f"{name}: {fault}."] if fault else [])


def test_a_coloured_picture_is_seen_on_its_page(look: Any) -> None:
    case = passing(BUILT_IN.get("ni-assembly"))
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="40"><rect width="90" height="40" fill="{}"/></svg>'
    case.sections["30-need.md"] = section("What is needed", '![A block](block.svg){alt="A block of one shade."}')
    case.files["papers/paper/figures/block.svg"] = svg.format("#c00000")
    [finding] = [f for f in look(case).findings if f.code.id == "COLOUR"]
    assert finding.message == "Something on page 1 is in colour."
    case.files["papers/paper/figures/block.svg"] = svg.format("#777777")
    assert not messages(look(case), "COLOUR")


def test_a_picture_in_the_text_is_a_note_and_too_many_are_more(look: Any) -> None:
    case = commons()
    case.sections["30-need.md"] = section("What is needed", '![A block](block.svg){alt="A block of one shade."}')
    case.files["papers/paper/figures/block.svg"] = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="4"><rect width="9" height="4"/></svg>'
    assert [(f.severity, f.message) for f in look(case).findings if f.code.id == "IMG-LOGO"] == [(Severity.NOTE, "1 picture in the text.")]
    case.submission["overrides"] = {"IMG-LOGO": {"max": 0.5, "reason": "The call says so."}}
    assert [f.severity for f in look(case).findings if f.code.id == "IMG-LOGO"] == [Severity.WARNING]


# the summary ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- One.\n- Two.", ""),
        ("We say:\n\n- One thing that matters.\n- Two things that matter.", ""),
        ("One paragraph that says it all.", "The summary is not a list of bullets."),
        ("A long paragraph that says most of it at length.\n\n- One.", "The summary is not a list of bullets."),
    ],
)
def test_the_commons_want_bullets(look: Any, text: str, message: str) -> None:
    case = commons()
    case.sections["10-summary.md"] = section("Summary", text, kind="summary")
    assert messages(look(case), "STR-SUMMARY") == ([message] if message else [])


def test_a_part_of_the_submissions_own_is_a_summary_too(look: Any) -> None:
    case = commons()
    case.submission["sections"][0] = {"title": "Summary", "kind": "summary", "text": "- One.\n- Two."}
    outcome = look(case)
    assert not messages(outcome, "STR-SUMMARY")


@given(st.integers(1, 4), st.integers(1, 60))
def test_pages_of_a_summary_by_its_passages(before: int, lines: int) -> None:
    from types import SimpleNamespace

    told = [f"passage number {i} of the summary stands here" for i in range(lines)]
    per_page = 20
    pages = ["cover page"] * (before - 1) + ["\n".join(told[i : i + per_page]) + f"\nPage {i}" for i in range(0, lines, per_page)] + ["the rest"]
    part = SimpleNamespace(kind="summary", blocks=[{"t": "Para", "c": [{"t": "Str", "c": t}]} for t in told])
    resolved = SimpleNamespace(document=SimpleNamespace(sections=[part], references=()))
    assert measure.summary_pages(pages, resolved) == (lines + per_page - 1) // per_page  # type: ignore[arg-type]


# what a file says of itself ----------------------------------------------------------------------


def test_the_files_that_penholder_makes_hold_nothing_they_should_not(look: Any) -> None:
    outcome = look(commons())
    inside = word.look_inside(outcome.subject.docx)
    assert (inside.macros, inside.tracked, inside.comments, inside.hidden, inside.custom) == (False, 0, 0, (), ())
    assert set(inside.people.values()) == {"North Body"} and inside.colours == () and inside.page_numbers
    seen = pdf.look_inside(outcome.subject.pdf)
    assert seen.accessible and not seen.active and seen.pages == outcome.pages and seen.properties["Title"] == "What money is for"
    assert [p.value for p in word.numbered_paragraphs(outcome.subject.docx) if p.value] == [1, 2]
    assert tampered(outcome.subject.docx, []) != outcome.subject.docx  # packed anew, the same inside
    assert NOW.tzinfo is dt.UTC
