"""Profiles: every built-in one is whole; a workspace's own lies over one; mistakes are found where they stand."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from penholder.features.profile_rules import combined, overridden, rule_over
from penholder.features.profile_words import differences, value_text
from penholder.features.profiles import Profiles, profiles_of, stale
from penholder.findings import Severity
from penholder.model.profile import RuleFile
from penholder.model.rulebook import RULEBOOK
from penholder.printable import printable
from penholder.source import Span

BUILT_IN = profiles_of()
HOUSES = [p.id for p in BUILT_IN if p.file.kind == "house"]
OVERLAYS = [p.id for p in BUILT_IN if p.file.kind == "overlay"]
DATA = files("penholder") / "data" / "profiles"
TODAY = dt.date(2026, 11, 25)


def own(make: Callable[..., Any], **texts: str) -> Profiles:
    """The profiles of a workspace with some of its own."""
    bench = make()
    for name, text in texts.items():
        bench.file(f"templates/profiles/{name.replace('_', '-')}.toml", text)
    return profiles_of(bench.root)


def seen(profiles: Profiles) -> list[tuple[str, str, int, int]]:
    return [(f.code.id, f.span.path.rsplit("/", 1)[-1], f.span.line, f.span.column) for f in profiles.findings]


def test_all_recipients_and_overlays_are_there() -> None:
    assert set(HOUSES) == {
        "submission", "uk-commons-select", "uk-lords-select", "uk-public-bill", "uk-gov-consultation", "uk-survey", "citizen-space",
        "scot-gov", "senedd", "ni-assembly", "eu-have-your-say", "us-regulations-gov", "ca-commons-brief", "au-parliament",
        "nz-select", "members-publication",
    }  # fmt: skip
    assert set(OVERLAYS) == {"accessible", "govuk-style", "statistics"}


@pytest.mark.parametrize("name", [*HOUSES, *OVERLAYS])
def test_every_rule_says_who_when_and_how_sure(name: str) -> None:
    data = tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))
    for rule, setting in data.get("rules", {}).items():
        assert rule in RULEBOOK
        marks = setting["status"] if isinstance(setting["status"], list) else [setting["status"]]
        assert marks and ("house" in marks) == ("checked" not in setting), rule
        if "V" in marks and "M" not in marks:
            assert setting["source"], f"{rule} was read somewhere"


@pytest.mark.parametrize("name", [*HOUSES, *OVERLAYS])
def test_what_rests_on_memory_is_never_an_error(name: str) -> None:
    for rule in BUILT_IN.get(name).rules.values():
        assert not (rule.setting.from_memory and rule.severity > Severity.WARNING)


def test_what_the_commons_ask() -> None:
    commons = BUILT_IN.get("uk-commons-select")
    assert commons.accepts == ("docx", "doc", "rtf", "txt", "odt") and "pdf" not in commons.accepts
    assert commons.rules["LEN-WORDS"].setting.max == 3000
    assert commons.rules["STR-SUMMARY"].setting.values == ("first", "bullets")
    assert "submitted" in commons.file.publication.forbidden and "permission-granted" not in commons.file.publication.forbidden
    assert "erskinemay" in commons.file.publication.source
    assert "publications.parliament.uk" in commons.rules["FILE-SIZE"].said and "2026-11-22" in commons.rules["FILE-SIZE"].said
    assert value_text(commons.rules["FILE-SINGLE"]) == "at most 1 file"


def test_the_houses_differ() -> None:
    rows = {d.what: (d.left, d.right) for d in differences(BUILT_IN.get("uk-commons-select"), BUILT_IN.get("ni-assembly"))}
    assert rows["document.page_numbers"] == ("yes", "no")
    assert rows["COLOUR"] == ("", "yes")
    assert rows["LEN-WORDS"] == ("at most 3,000 words", "")
    assert differences(BUILT_IN.get("senedd"), BUILT_IN.get("senedd")) == []


@pytest.mark.parametrize("house", HOUSES)
@pytest.mark.parametrize("overlay", OVERLAYS)
def test_an_overlay_goes_over_any_profile_and_outranks_none(house: str, overlay: str) -> None:
    below, over = BUILT_IN.get(house), BUILT_IN.get(overlay)
    made = combined(below, [over])
    assert set(made.rules) == set(below.rules) | set(over.rules)
    assert all(made.rules[name] == rule for name, rule in below.rules.items())
    assert list(made.rules) == [name for name in RULEBOOK if name in made.rules]
    assert made.overlays == (overlay,)


def test_a_rule_not_read_for_a_year_is_found() -> None:
    commons, place = BUILT_IN.get("uk-commons-select"), Span("x", 1, 1, 1, 1)
    assert stale(commons, dt.date(2027, 11, 21), place) == []
    found = stale(commons, dt.date(2027, 11, 22), place)
    assert [f.code.id for f in found] == ["PROF007", "PROF007"]  # two sources
    assert any("LEN-WORDS" in f.message and "2026-11-22" in f.message for f in found)
    assert all("DEADLINE" not in f.message for f in found)  # what the house says of itself does not grow old


def test_a_leap_day_is_a_year_old_in_march() -> None:
    setting = RuleFile(status=("V",), checked=dt.date(2024, 2, 29))
    assert not setting.stale(dt.date(2025, 2, 28)) and setting.stale(dt.date(2025, 3, 1))


# a workspace's own ---------------------------------------------------------------------

COUNCIL = 'schema_version = 1\nid = "council"\ntitle = "Our council"\nextends = "uk-commons-select"\n'


def test_a_profile_of_the_workspace_extends_a_built_in_one(workspace: Callable[..., Any]) -> None:
    profiles = own(workspace, council=COUNCIL + "[rules.LEN-WORDS]\nmax = 1500\n[rules.STR-INTRO]\noff = true\n[document]\ncolour = true\n")
    assert not profiles.findings
    council = profiles.get("council")
    assert council.chain == ("council", "uk-commons-select", "submission") and council.own
    words = council.rules["LEN-WORDS"]
    assert (words.setting.max, words.profile, words.setting.status, words.setting.source) == (1500, "council", ("house",), "")
    assert "STR-INTRO" not in council.rules
    assert council.rules["FILE-SIZE"].profile == "uk-commons-select" and council.rules["FILE-SIZE"].setting.source
    assert council.file.document.colour and council.file.document.page_numbers


def test_a_rule_that_was_read_again_keeps_its_source(workspace: Callable[..., Any]) -> None:
    words = own(workspace, council=COUNCIL + "[rules.LEN-WORDS]\nchecked = 2027-06-01\n").get("council").rules["LEN-WORDS"].setting
    assert words.max == 3000 and words.status == ("V",) and "parliament.uk" in words.source and words.checked == dt.date(2027, 6, 1)


def test_a_limit_says_what_it_counts(workspace: Callable[..., Any]) -> None:
    council = own(workspace, council=COUNCIL + "[rules.LEN-WORDS.counting]\nreferences = false\nsaid = true\n").get("council")
    counting = council.rules["LEN-WORDS"].setting.counting
    assert not counting.references and counting.footnotes and counting.said
    assert value_text(council.rules["LEN-WORDS"]) == "at most 3,000 words; without references"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('title = "T"\nextends = "a"\n', ("PROF002", "a.toml", 2, 1)),
        ('title = "T"\nextends = "nosuch"\n', ("PROF001", "a.toml", 2, 1)),
        ('title = "T"\nextends = "accessible"\n', ("PROF006", "a.toml", 2, 1)),
        ('title = "T"\n[rules.LEN-WORD]\nmax = 3\n', ("PROF003", "a.toml", 2, 2)),
        ('title = "T"\n[rules.LEN-WORDS]\nseverity = "note"\n', ("PROF004", "a.toml", 2, 2)),
        ('title = "T"\n[rules.STR-DATE]\nmax = 3\n', ("PROF004", "a.toml", 2, 2)),
        ('title = "T"\n[rules.FILE-TYPE]\nvalues = ["docs"]\n', ("PROF004", "a.toml", 2, 2)),
        ('title = "T"\n[rules.LEN-WORDS]\nmax = 3\nmaxx = 4\n', ("YAML002", "a.toml", 4, 1)),
        ('title = "T"\n[rules.LEN-WORDS]\nmax = "many"\n', ("YAML003", "a.toml", 3, 1)),
        ('title = "T"\n[rules.LEN-WORDS]\nmax = 3\nstatus = "sure"\n', ("YAML003", "a.toml", 4, 1)),
        ('title = "T"\nkindd = "house"\n', ("YAML002", "a.toml", 2, 1)),
        ('title = "T"\n[document]\ncover = "no"\n', ("YAML003", "a.toml", 3, 1)),
        ('extends = "submission"\n', ("YAML004", "a.toml", 1, 1)),
        ('title = "T\n', ("YAML001", "a.toml", 1, 11)),
        ('id = "b"\ntitle = "T"\n', ("PROF004", "a.toml", 1, 1)),
    ],
)
def test_a_mistake_is_found_at_its_place(workspace: Callable[..., Any], text: str, wanted: tuple[str, str, int, int]) -> None:
    assert wanted in seen(own(workspace, a=text))


def test_hints_name_the_nearest(workspace: Callable[..., Any]) -> None:
    said = "\n".join(f.message for f in own(workspace, a='title = "T"\nextends = "uk-comons-select"\n[rules.LEN-WORD]\nmax = 1\n[rules.LEN-PAGES]\nmax = 2\nmaxx = 1\n').findings)
    assert "Did you mean uk-commons-select" in said and "Did you mean LEN-WORDS" in said and "Did you mean `max`?" in said


def test_circles_of_any_length_end(workspace: Callable[..., Any]) -> None:
    texts = {n: f'title = "T"\nextends = "{b}"\n' for n, b in (("a", "b"), ("b", "c"), ("c", "a"))}
    profiles = own(workspace, **texts)
    assert [f.code.id for f in profiles.findings] == ["PROF002"] * 3
    assert profiles.get("a").chain == ("a", "b", "c")


def test_a_built_in_profile_cannot_be_taken_over(workspace: Callable[..., Any]) -> None:
    profiles = own(workspace, uk_commons_select='title = "Ours"\n')
    assert [f.code.id for f in profiles.findings] == ["PROF005"]
    assert not profiles.get("uk-commons-select").own


def test_a_profile_outside_the_workspace_is_not_read(workspace: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "secret.toml").write_text('title = "Secret"\n', encoding="utf-8")
    bench = workspace()
    (bench.root / "templates/profiles").mkdir(parents=True)
    (bench.root / "templates/profiles/a.toml").symlink_to(tmp_path / "secret.toml")
    profiles = profiles_of(bench.root)
    assert "FILE003" in [f.code.id for f in profiles.findings] and "a" not in profiles


# laws -----------------------------------------------------------------------------------

_setting = st.fixed_dictionaries(
    {},
    optional={
        "max": st.floats(1, 9999),
        "note": st.text(max_size=5).map(printable),
        "source": st.just("https://example.org"),
        "status": st.sampled_from([("V",), ("M",), ("house",)]),
        "severity": st.sampled_from(["error", "note"]),
        "checked": st.dates(),
    },
)


@given(_setting, _setting)
def test_new_values_never_keep_the_mark_of_another_source(below: dict[str, object], own: dict[str, object]) -> None:
    made = rule_over(below, own)
    for key, value in own.items():
        assert made[key] == value
    if "max" in own and not {"status", "source"} & own.keys():
        assert "status" not in made and "source" not in made


@given(_setting)
def test_an_override_has_its_reason_printed(setting: dict[str, object]) -> None:
    made = overridden(BUILT_IN.get("uk-commons-select"), {"LEN-WORDS": (RuleFile.of(setting), "The call says so.")})
    rule = made.rules["LEN-WORDS"]
    assert "The call says so" in rule.said and rule.before is not None and rule.before.max == 3000
    assert list(made.rules) == [name for name in RULEBOOK if name in made.rules]
