"""docs/submissions.md says what the models say, and its examples load."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from submission_desk import Desk

from penholder.adapters import yaml
from penholder.features.profiles import profiles_of
from penholder.model.base import Authored
from penholder.model.profile import MARKS, ProfileFile, RuleFile, Settings
from penholder.model.schema import schema_of
from penholder.model.shapes import keys_of
from penholder.model.submission import ContactFile, SubmissionFile
from penholder.source import SourceFile
from penholder.stages.authored import authored

PAGE = Path(__file__).parents[2] / "docs" / "submissions.md"
TEXT = PAGE.read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```(yaml|toml)\n(.*?)^```$", TEXT, re.M | re.S)


def tables() -> dict[str, list[list[str]]]:
    """The tables of keys, by the first key."""
    found = re.findall(r"\| key \| default \| meaning \|\n\|---\|---\|---\|\n((?:\|.*\n)+)", TEXT)
    made = [[[c.strip() for c in re.split(r"(?<!\\)\|", line)[1:-1]] for line in table.strip().split("\n")] for table in found]
    return {rows[0][0].strip("`") + str(len(rows)): rows for rows in made}


@pytest.mark.parametrize("model", [SubmissionFile, ProfileFile, RuleFile, Settings])
def test_every_key_stands_there_with_its_default_and_meaning(model: type[Authored]) -> None:
    from penholder.model.schema import _meanings

    names = list(model.key_names())
    rows = tables()[names[0] + str(len(names))]
    assert [row[0].strip("`") for row in rows] == names
    for (_, default, meaning), (name, key) in zip(rows, keys_of(model).items(), strict=True):
        assert (default == "must be there") == key.required, name
        if isinstance(key.default, bool | int | str) and key.default != "":
            assert default == f"`{str(key.default).lower() if isinstance(key.default, bool) else key.default}`", name
        assert meaning.replace("\\|", "|") == _meanings()[model.__name__][name]


def test_the_marks_are_those_of_the_model() -> None:
    for mark, words in MARKS.items():
        assert re.search(rf"^\| {mark} \| {re.escape(words)}", TEXT, re.M)


@pytest.mark.parametrize(("language", "text"), EXAMPLES)
def test_an_example_is_taken(desk: Desk, language: str, text: str) -> None:
    if language == "toml":
        name = tomllib.loads(text)["id"]
        desk.bench.file(f"templates/profiles/{name}.toml", text)
        profiles = profiles_of(desk.root)
        assert not profiles.findings and name in profiles
        return
    document, findings = yaml.load(SourceFile("example.yaml", text))
    model: Any = SubmissionFile if "profile:" in text else ContactFile
    _, more = authored(model, document.data, document.place)
    assert [*findings, *more] == []


def test_the_rules_are_offered_to_editors() -> None:
    from penholder.model.rulebook import RULEBOOK

    for kind, key in (("profile", "rules"), ("submission", "overrides")):
        assert schema_of(kind)["properties"][key]["propertyNames"] == {"enum": list(RULEBOOK)}
