"""JSON Schema (draft 2020-12) of what authors write, for editors that complete and check as you type.

It says what the models say. Where a model takes more than one spelling (one
word for a list, a number for a text), the schema takes them, too.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from penholder.model import evidence, paper, profile, submission, theme
from penholder.model.base import Authored
from penholder.model.rulebook import RULEBOOK

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_TYPED: dict[Callable[..., Any], dict[str, Any]] = {
    paper._language: {
        "pattern": "^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$",
        "examples": ["en-GB", "cy", "fr-CA"],
    },
    paper._identifier: {"pattern": "^[A-Za-z0-9][A-Za-z0-9._-]*$"},
    paper._orcid: {
        "pattern": "^(https://orcid\\.org/)?([0-9]{4}-?){3}[0-9]{3}[0-9X]$",
        "examples": ["0000-0002-1825-0097"],
    },
    theme._colour: {"pattern": "^#[0-9a-fA-F]{6}$"},
    theme._font: {"minLength": 1},
}


@dataclass(frozen=True)
class Kind:
    """An authored file: its model, the name people know it by, and how to name its schema."""

    model: type[Authored]
    title: str
    description: str


KINDS: Mapping[str, Kind] = {
    "paper": Kind(paper.PaperFile, "paper.yaml", "What a paper is: its title, contributors and sections."),
    "section": Kind(paper.SectionFront, "Front matter of a section", "What a section is: its title, kind and author."),
    "contributors": Kind(paper.ContributorsFile, "contributors.yaml", "Everyone that papers may name."),
    "evidence": Kind(evidence.EvidenceFile, "evidence.yaml", "The ledger of facts: every figure once, with its source."),
    "workspace": Kind(paper.WorkspaceFile, "penholder.toml", "The house defaults of a workspace."),
    "theme": Kind(
        theme.Theme, "theme.toml", "A look for Word, PDF and the web page; what it leaves out, the default theme says."
    ),
    "submission": Kind(submission.SubmissionFile, "A submission (submissions/ID.yaml)", "What of a paper goes to whom, and by when."),
    "profile": Kind(profile.ProfileFile, "A profile (templates/profiles/ID.toml)", "What a recipient asks of a submission."),
}


def schema_of(name: str) -> dict[str, Any]:
    """The JSON Schema of one kind of file. Raises ``KeyError`` for a kind there is not."""
    kind = KINDS[name]
    made = kind.model.model_json_schema(schema_generator=_Generator)
    made = {
        "$schema": DIALECT,
        "$id": f"urn:penholder:schema:{paper.SCHEMA_VERSION}:{name}",
        **made,
        "title": kind.title,
        "description": kind.description,
    }
    if name == "section":  # Quarto and MyST front matter is left alone
        own = made["properties"]
        made["properties"] = own | {
            key: {"description": "Left alone: a key of Quarto or MyST."}
            for key in sorted(paper.FOREIGN_KEYS - own.keys())
        }
    for key in ("rules", "overrides"):
        if name in ("profile", "submission") and key in made["properties"]:
            made["properties"][key]["propertyNames"] = {"enum": list(RULEBOOK)}
    if name == "theme":  # it lies over the default theme, so it may leave anything out
        for part in (made, *made["$defs"].values()):
            if part.get("title") != "Logo":
                part.pop("required", None)
    return made


class _Generator(GenerateJsonSchema):
    """Takes what the validators take, and describes every key."""

    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> JsonSchemaValue:
        inner = super().function_before_schema(schema)
        function: Any = schema["function"]["function"]
        if function is paper._as_list:
            return {"anyOf": [inner, inner["items"]]}
        if function in (evidence._source, evidence._some):
            return {"anyOf": [inner, {"type": "string" if function is evidence._source else "null"}]}
        if function is paper._as_text:
            return {**inner, "type": ["string", "number"]}
        if function is submission._as_part:
            return {"anyOf": [{"type": "string"}, inner]}
        return inner

    def function_after_schema(self, schema: core_schema.AfterValidatorFunctionSchema) -> JsonSchemaValue:
        inner = super().function_after_schema(schema)
        function: Any = schema["function"]["function"]
        if function is paper._role:  # spellings differ, so the 14 names are offered, and others let through
            return {"anyOf": [{"enum": list(paper.CREDIT_ROLES)}, inner]}
        return {**inner, **_TYPED.get(function, {})}

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        made = super().model_schema(schema)
        model = schema["cls"].__name__
        made["title"] = model
        for key, value in made.get("properties", {}).items():
            value.pop("title", None)
            if "default" in value and value["default"] in (None, "", [], {}):
                del value["default"]
            made["properties"][key] = {"description": _meanings().get(model, {}).get(key, ""), **value}
        return made


@cache
def _meanings() -> Mapping[str, Mapping[str, str]]:
    """What each key means, by model."""
    return tomllib.loads((files("penholder") / "data" / "workspace" / "keys.toml").read_text(encoding="utf-8"))
