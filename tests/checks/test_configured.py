"""Settings of ``check``: what has no effect is said, where it stands."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from rulekit import HOUSE, PAPER, check, make

from penholder.adapters.pandoc.worker import Worker
from penholder.checks.rule import Example
from penholder.findings import Severity
from penholder.source import SourceFile
from penholder.stages.tomlplace import toml_place

TOML = HOUSE + """\
select = ["EVID005", "EVD1"]  # the second is none
ignore = [
  "PLAI",  # a family
  "PLIA",
]
severity = { STRU004 = "error", STRU444 = "note" }

[[check.paths]]
path = "papers/*/sections/*annex*"
[[check.paths]]
path = "papers/paper/*"
ignore = ["STRU004", "NONE001"]
"""


def said(root: Path, worker: Worker, **files: str) -> list[tuple[int, int, str, Severity]]:
    make(root, Example("Text.", files))
    found = [c.finding for c in check(root, worker).open if c.finding.code.id == "YAML003"]
    return [(f.span.line, f.span.column, f.message.split("`")[1], f.severity) for f in found]


def test_codes_of_no_rule_and_patterns_of_no_file_are_found_where_they_stand(tmp_path: Path, pandoc: Worker) -> None:
    lines = TOML.split("\n")
    at = {word: (n, line.index(word) + 1) for word in ('"EVD1"', '"PLIA"', "STRU444", '"NONE001"') for n, line in enumerate(lines, 1) if word in line}
    annex = next(n for n, line in enumerate(lines, 1) if "annex" in line)
    assert said(tmp_path, pandoc, **{"penholder.toml": TOML}) == [
        (*at['"EVD1"'], "EVD1", Severity.WARNING),
        (*at['"PLIA"'], "PLIA", Severity.WARNING),
        (*at["STRU444"], "STRU444", Severity.WARNING),
        (annex, 1, "papers/*/sections/*annex*", Severity.NOTE),
        (*at['"NONE001"'], "NONE001", Severity.WARNING),
    ]


def test_a_papers_own_settings_are_looked_at_too(tmp_path: Path, pandoc: Worker) -> None:
    paper = PAPER + "check:\n  select: [STRU010, STRU999]\n  severity: {ACCE: note, ACCI: note}\n"
    assert said(tmp_path, pandoc, **{"papers/paper/paper.yaml": paper}) == [(6, 21, "STRU999", Severity.WARNING), (7, 26, "ACCI", Severity.WARNING)]


def test_what_is_not_right_in_the_settings_is_found_at_its_place(tmp_path: Path, pandoc: Worker) -> None:
    text = HOUSE + 'select = "PLAI"\nsentence_words = "long"\nseverity = { STRU004 = "loud" }\n'
    paper = PAPER.replace("2026-05-01", "May")
    make(tmp_path, Example("Text.", {"penholder.toml": text, "papers/paper/paper.yaml": paper}))
    found = [c.finding for c in check(tmp_path, pandoc).open if c.finding.code.id == "YAML003"]
    assert [(f.span.line, f.span.column, f.message) for f in found] == [
        (3, 1, "`date` should be a date like 2030-01-31 (it says 'May')."),
        (7, 1, "`check.select` should be a list (it says 'PLAI')."),
        (8, 1, "`check.sentence_words` should be a whole number (it says 'long')."),
        (9, 14, "`check.severity.STRU004` should be 'error', 'warning' or 'note' (it says 'loud')."),
    ]


KEYS = st.sampled_from(["a", "b", "c-d", "e_1"])
VALUES = st.recursive(
    st.sampled_from([1, True, "x", "a, b = [", "# no", 2.5]), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=12
)


def inline(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{k} = {inline(v)}" for k, v in value.items()) + " }"
    if isinstance(value, list):
        return "[" + "".join(f"\n  {inline(v)}, # of it\n" for v in value) + "]" if all(not isinstance(v, dict) for v in value) else "[" + ", ".join(map(inline, value)) + "]"
    return str(value).lower() if isinstance(value, bool) else repr(value) if not isinstance(value, str) else f'"{value}"'


def places(value: Any, above: tuple[str | int, ...] = ()) -> list[tuple[tuple[str | int, ...], Any]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place for k, v in inner for place in [((*above, k), v), *places(v, (*above, k))]]


@given(st.dictionaries(KEYS, VALUES, max_size=3), st.lists(st.dictionaries(KEYS, VALUES, max_size=2), max_size=2))
def test_every_key_and_item_of_a_toml_text_has_its_place(table: dict[str, Any], more: list[dict[str, Any]]) -> None:
    text = "# first\n[t]\n" + "".join(f"{k} = {inline(v)}\n" for k, v in table.items())
    text += "".join("[[t.list]]\n" + "".join(f"{k} = {inline(v)}\n" for k, v in each.items()) for each in more)
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:  # an inline table over several lines
        return
    source = SourceFile("a.toml", text)
    data = {"t": {**table, **({"list": more} if more else {})}}
    seen = set()
    for where, value in places(data):
        if where == ("t", "list"):
            continue
        span = toml_place(source, where)
        at = text[source.offset(span.line) + span.column - 1 :]
        if where[:2] == ("t", "list") and len(where) == 3:
            assert at.startswith("t.list")
        else:
            assert at.startswith(where[-1] if isinstance(where[-1], str) else inline(value)[:1])
        assert (span.line, span.column) not in seen
        seen.add((span.line, span.column))
