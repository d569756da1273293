"""``schema``: what it prints is what the models take."""

from __future__ import annotations

import datetime as dt
import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from newcomer_helpers import TOOL, Command

from penholder.adapters import yaml
from penholder.features.locales import locale_of
from penholder.features.profiles import profiles_of
from penholder.features.scaffold import paper_files, workspace_files
from penholder.features.submission.scaffolding import submission_text
from penholder.model.paper import FOREIGN_KEYS
from penholder.model.schema import KINDS, schema_of
from penholder.source import SourceFile
from penholder.stages.look import default_theme
from penholder.stages.texts import FRONT

HERE = TOOL.parent


def plain(value: Any) -> Any:
    """As a JSON Schema validator of YAML sees it: dates are text."""
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, list):
        return [plain(v) for v in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def of_yaml(text: str) -> Any:
    document, findings = yaml.load(SourceFile("x", text))
    assert not findings
    return plain(yaml.plain(document.data))


def real_files() -> Iterator[tuple[str, str, Any]]:
    """The authored files of this repository and of a new workspace: kind, name, data."""
    names = {
        p.relative_to(HERE).as_posix(): p.read_text(encoding="utf-8")
        for p in HERE.glob("papers/*/**/*")
        if p.suffix in (".md", ".yaml")
    }
    names |= {n: (HERE / n).read_text(encoding="utf-8") for n in ("penholder.toml", "contributors.yaml", "citations/evidence.yaml")}
    names |= {f"new/{n}": d.decode() for n, d in workspace_files(locale_of()).items()}
    names |= {f"paper/{n}": d.decode() for n, d in paper_files("T").items()}
    names |= {f"built-in/profiles/{p.name}": p.read_text(encoding="utf-8") for p in (TOOL / "penholder/data/profiles").glob("*.toml")}
    names |= {
        f"new/submissions/{p.id}.yaml": submission_text(p, ["10-summary.md"], schema=True) for p in profiles_of() if p.file.kind == "house"
    }
    names["theme.toml"] = ""  # the default theme, with the words that lie beside it
    for name, text in sorted(names.items()):
        if name.endswith("penholder.toml"):
            yield "workspace", name, plain(tomllib.loads(text))
        elif "/profiles/" in name:
            yield "profile", name, plain(tomllib.loads(text))
        elif "/submissions/" in name and name.count("/") == name[: name.index("/submissions/")].count("/") + 2:
            yield "submission", name, of_yaml(text)
        elif name.endswith("theme.toml"):
            yield "theme", name, default_theme("cy")[0]
        elif name.endswith("evidence.yaml"):
            yield "evidence", name, of_yaml(text)
        elif name.endswith("contributors.yaml"):
            yield "contributors", name, of_yaml(text)
        elif name.endswith("paper.yaml"):
            yield "paper", name, of_yaml(text)
        elif "/sections/" in name and (front := FRONT.match(text)):
            yield "section", name, of_yaml(front[1])


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_a_schema(kind: str, command: Command) -> None:
    said = command("schema", kind)
    assert said.code == 0
    schema = json.loads(said.out)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"urn:penholder:schema:1:{kind}"
    assert schema["title"] and schema["description"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_has_a_description(kind: str) -> None:
    schema = schema_of(kind)
    for part in (schema, *schema.get("$defs", {}).values()):
        for key, value in part.get("properties", {}).items():
            assert value.get("description"), f"{part['title']}.{key} lacks a line in data/workspace/keys.toml"


@pytest.mark.parametrize(("kind", "name", "data"), list(real_files()), ids=lambda v: v if isinstance(v, str) else "")
def test_real_files_are_valid(kind: str, name: str, data: Any) -> None:
    jsonschema.validate(data, schema_of(kind))


def test_all_kinds_are_among_the_real_files() -> None:
    assert {kind for kind, _, _ in real_files()} == set(KINDS)


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("paper", {}),
        ("paper", {"title": ""}),
        ("paper", {"title": "T", "titel": "T"}),
        ("paper", {"title": "T", "status": "done"}),
        ("paper", {"title": "T", "language": "English"}),
        ("paper", {"title": "T", "contents_depth": 9}),
        ("paper", {"title": "T", "contributors": ["a b"]}),
        ("section", {"kind": "chapter"}),
        ("section", {"word_budget": 0}),
        ("contributors", {"contributors": [{"id": "a"}]}),
        ("contributors", {"contributors": [{"id": "a", "name": "A", "email": "a@example.org"}]}),
        ("contributors", {"contributors": [{"id": "a", "name": "A", "orcid": "1"}]}),
        ("evidence", {"facts": [{"id": "a b", "value": "1", "statement": "S."}]}),
        ("evidence", {"facts": [{"id": "a", "value": "1", "statement": ""}]}),
        ("evidence", {"facts": [{"id": "a", "value": "1", "statement": "S.", "status": "true"}]}),
        ("evidence", {"facts": [{"id": "a", "value": "1", "statement": "S.", "source": {"locator": "p. 1"}}]}),
        ("evidence", {"decisions": [{"measure": "m", "use": "a", "by": "anna", "date": "2030-01-31"}]}),
        ("workspace", {"country": "uk"}),
        ("workspace", {"paper_size": "a3"}),
        ("theme", {"colours": {"text": "red"}}),
        ("submission", {"profile": "a", "questions": [{"id": "Q 1", "text": "T"}]}),
        ("submission", {"profile": "a", "sections": [{"section": "a.md", "titel": "T"}]}),
        ("submission", {"profile": "a", "consent": {"publish": "yes"}}),
        ("submission", {}),
        ("profile", {"id": "a", "title": "A", "rules": {"LEN-WORDS": {"max": 0}}}),
        ("profile", {"id": "a", "title": "A", "rules": {"LEN-WORDS": {"status": "X"}}}),
        ("profile", {"id": "a", "title": "A", "publication": {"forbidden": ["sent"]}}),
        ("profile", {"id": "a", "title": "A", "kind": "base"}),
    ],
)
def test_what_the_model_refuses_the_schema_refuses(kind: str, data: Any) -> None:
    with pytest.raises(ValueError):
        KINDS[kind].model.of(data)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, schema_of(kind))


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("paper", {"title": "T", "version": 1.0, "contributors": "a", "keywords": ["x", 2]}),
        ("section", dict.fromkeys(FOREIGN_KEYS, "anything")),
        ("section", {"author": [{"name": "A"}], "title": "T"}),
        (
            "contributors",
            {"contributors": [{"id": "a", "name": "A", "affiliation": "B", "roles": ["Writing – original draft"]}]},
        ),
        ("theme", {"colours": {"accent": "#123456"}}),
        ("submission", {"profile": "a", "sections": ["10-summary.md", {"title": "T", "text": "x"}], "overlays": "accessible"}),
        ("submission", {"profile": "a", "overrides": {"LEN-WORDS": {"max": 2000, "reason": "The call says so."}}}),
        ("profile", {"id": "a", "title": "A", "makes": "docx", "rules": {"REG-ID": {"values": "docket", "status": "V2"}}}),
    ],
)
def test_what_may_be_spelt_in_more_ways_is_taken(kind: str, data: Any) -> None:
    jsonschema.validate(data, schema_of(kind))


_VALUES = st.sampled_from(
    [
        "x",
        "en-GB",
        "draft",
        "agreed",
        "annex",
        "2030-01-31",
        1,
        5,
        0,
        True,
        None,
        ["a"],
        ["a b"],
        {},
        {"title": "x"},
        "a4",
    ]
)
_SCHEMAS = {kind: schema_of(kind) for kind in KINDS}
_KEYS = {kind: sorted(set(_SCHEMAS[kind]["properties"]) - FOREIGN_KEYS) for kind in ("paper", "section", "workspace")}


@settings(deadline=None)
@given(
    st.sampled_from(sorted(_KEYS)).flatmap(
        lambda k: st.tuples(st.just(k), st.dictionaries(st.sampled_from(_KEYS[k]), _VALUES, max_size=4))
    )
)
def test_no_editor_underlines_what_penholder_takes(case: tuple[str, dict[str, Any]]) -> None:
    kind, data = case
    data = {"title": "T", **data} if kind == "paper" else data
    try:
        KINDS[kind].model.of(data)
    except ValueError:
        return
    jsonschema.validate(data, _SCHEMAS[kind])


def test_write(command: Command, tmp_path: Path) -> None:
    said = command("schema", "--write", "schemas")
    assert said.code == 0
    assert sorted(p.name for p in (tmp_path / "schemas").iterdir()) == sorted(f"{k}.schema.json" for k in KINDS)
    assert json.loads((tmp_path / "schemas/paper.schema.json").read_text()) == schema_of("paper")
    assert command("schema", "theme", "--write", "one").code == 0
    assert [p.name for p in (tmp_path / "one").iterdir()] == ["theme.schema.json"]
    (tmp_path / "file").write_text("")
    assert command("schema", "--write", "file/x").code == 2


def test_without_a_name_it_says_what_there_is(command: Command) -> None:
    said = command("schema")
    assert said.code == 0
    assert all(kind in said.out for kind in KINDS)
    wrong = command("schema", "nope")
    assert (wrong.code, "'paper'" in wrong.err) == (2, True)
