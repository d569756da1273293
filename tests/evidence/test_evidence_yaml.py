"""The quick reader reads as the careful one does; what is written into YAML leaves every other byte alone."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from evidence_helpers import LEDGER, ledger_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from penholder.adapters import longyaml, yaml
from penholder.adapters.yamltext import UnsafeEdit, appended, scalar, with_key
from penholder.source import SourceFile

PAD = "# " + "x" * 2000 + "\n"  # long enough for the quick reader
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)
KEYS = st.sampled_from(["id", "value", "unit", "note", "a-b", "statement"])
VALUES = st.one_of(
    TEXT, st.integers(-(10**9), 10**9), st.booleans(), st.none(), st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)),
    st.decimals("-99", "99", places=2).map(float), st.lists(TEXT, max_size=3),
    st.sampled_from(["309,000", "2021/22", "1e3", "0x1F", "007", "1_000", ".5", "5.", "yes", "No", "~", "NULL", "2026-01-02T10:00:00", "12:30", "+1", "=", "<<", ".inf", "1.50"]),
)  # fmt: skip


def read(text: str, loader: Any) -> tuple[Any, list[str], Any]:
    document, findings = loader.load(SourceFile("x", text))
    return yaml.plain(document.data), [f.code.id for f in findings], document


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.dictionaries(KEYS, VALUES, min_size=1, max_size=5), max_size=5))
def test_both_read_the_same(items: list[dict[str, Any]]) -> None:
    text = PAD + yaml.dump({"facts": items})
    quick, careful = read(text, longyaml), read(text, yaml)
    assert quick[:2] == careful[:2]
    for n, item in enumerate(items):
        for key in item:
            assert quick[2].place(("facts", n, key)) == careful[2].place(("facts", n, key))


SCALARS = ["309,000", "2021/22", "1e3", "0x1F", "0o7", "007", "1_000", ".5", "5.", "yes", "No", "~", "NULL", "+1", "-1", "1.50", ".inf", "2026-01-02", "2026-02-31", "2026-1-2", "12:30", "1e", "1.e5", "1.5e+3", "0.1.2", "x", "''", '"a"', "[a, b]", "{a: 1}", "", "|\n      a\n      b", ">\n      a\n      b", "a\n      b", "é", "مليون", "a # c", "a#c", "'#'", "0", "00", "-0", "1,5", "٣"]  # fmt: skip


@pytest.mark.parametrize("written", SCALARS)
def test_both_read_a_scalar_the_same(written: str) -> None:
    text = f"{PAD}facts:\n  - id: a\n    value: {written}\n    note: b\n"
    assert read(text, longyaml)[:2] == read(text, yaml)[:2]


@pytest.mark.parametrize("text", ["a: &x 1\nb: *x\n", "a: !!int '1'\n", "a: 1\na: 2\n", "[1, 2]: x\n", "a: {b: {c: [", "- a\n", "a\u2028b: 1\n", "\ta: 1\n"])
def test_what_is_unusual_is_left_to_the_careful_reader(text: str) -> None:
    quick, careful = read(PAD + text, longyaml), read(PAD + text, yaml)
    assert quick[:2] == careful[:2]
    assert isinstance(quick[2], yaml.Document) or quick[0] == careful[0]


def test_the_ledger_of_this_workspace_is_read_by_the_quick_one() -> None:
    text = (Path(__file__).parents[2] / "citations/evidence.yaml").read_text(encoding="utf-8")
    document, _ = longyaml.load(SourceFile("x", text))
    assert isinstance(document, longyaml.Document)
    assert yaml.plain(document.data) == read(text, yaml)[0]


# writing


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(TEXT, st.text(st.characters(exclude_categories=["Cs"]), max_size=20), st.sampled_from(["yes", "null", "12", "a: b", "- x", "#x", "%", "£bn", "p. 12", "é", "Off"])))
def test_a_scalar_reads_back(text: str) -> None:
    written = scalar(text)
    assert "\n" not in written and "\u2028" not in written
    for around, found in ((f"a: {written}\n", lambda d: d["a"]), (f"a: {{b: {written}, c: [{written}]}}\n", lambda d: d["a"]["b"])):
        data, findings, _ = read(around, yaml)
        assert findings == []
        assert found(data) == text


COMMENTS = st.sampled_from(["", "  # c", "   # 'quoted: {'", "\t# tab"])
FACTS = st.lists(st.tuples(st.sampled_from(["block", "flow"]), COMMENTS, st.sampled_from(["", "\n", "  # on its own\n", "    # set in\n"]), st.sampled_from(["x", "'a: b'", "|\n      one\n      two", ">-\n      one", "[a, b]", "{k: v}", ""])), max_size=4)  # fmt: skip
TAILS = st.sampled_from(["", "\n", "# the end\n", "decisions: []\n", "\n\n# about\ndecisions:\n  - {measure: m, use: f0, because: x, by: anna, date: 2026-01-01}\n"])


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(FACTS, TAILS, st.sampled_from(["\n", "\r\n"]), st.integers(0, 3), st.booleans())
def test_appending_keeps_every_other_byte(facts: Any, tail: str, line: str, indent: int, final: bool) -> None:
    pad = " " * indent
    text = "# head\nschema_version: 1\nfacts:\n" if facts else "# head\nschema_version: 1\nfacts: []  # none\n"
    for n, (style, comment, between, note) in enumerate(facts):
        if style == "flow":
            text += f"{pad}- {{id: f{n}, value: '1', statement: S.}}{comment}\n{between}"
        else:
            inner = note.replace("\n      ", f"\n{pad}      ")
            text += f"{pad}- id: f{n}{comment}\n{pad}  value: '1'\n{pad}  statement: S.\n{pad}  note: {inner}\n{between}"
    text += tail
    text = (text if final or not text.endswith("\n") else text[:-1]).replace("\n", line)
    plain = lambda t: read(t.replace("\r\n", "\n"), yaml)  # noqa: E731
    before, findings, _ = plain(text if text.endswith(line) else text + line)  # a block of lines gets the end it had not
    if findings:
        return
    item = {"id": "new", "value": "14.4", "statement": "A: b # c", "source": {"key": "a", "locator": "p. 1"}}
    try:
        edit = appended(text, "facts", item)
    except UnsafeEdit:
        return
    made = edit.made(text)
    kept = text.replace("[]  # none", "  # none") if not facts else text
    assert made.startswith(kept[: edit.start].rstrip(" ")) and made.endswith(text[edit.end :])
    if facts:
        assert made[: edit.start] + made[edit.start + len(edit.new) :] == text  # taken out again, the text is what it was
    after, findings, _ = plain(made)
    assert findings == []
    assert after == {**before, "facts": [*(before["facts"] or []), item]}
    assert ("\r\n" in edit.new) == (line == "\r\n" and line in text)


def test_a_key_at_the_end_of_an_item() -> None:
    edit = with_key(LEDGER, "facts", 0, "superseded_by", "poverty-other")
    made = edit.made(LEDGER)
    assert made[: edit.start] + made[edit.start + len(edit.new) :] == LEDGER
    assert "    wordings: [more than one in five people]\n    superseded_by: poverty-other\n\n  - id: poverty-other\n" in made
    flow = with_key(made, "facts", 3, "note", "a, b").made(made)
    assert 'source: alpha2020, note: "a, b"}' in flow


@pytest.mark.parametrize("text", ["- a\n", "words", "{facts: []}", "facts: {a: 1}\n", "facts: [\n"])
def test_what_cannot_be_changed_is_refused(text: str) -> None:
    with pytest.raises(UnsafeEdit):
        appended(text, "facts", {"id": "a"})


def test_a_new_ledger() -> None:
    assert appended("", "facts", {"id": "a"}, "# head\n").new == "# head\nfacts:\n  - id: a\n"
    assert read(ledger_of({"a": {}}), yaml)[1] == []
