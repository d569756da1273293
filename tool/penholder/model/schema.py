"""JSON Schema (draft 2020-12) of what authors write, for editors that complete and check as you type.

It says what the models say. Where a model takes more than one spelling (one
word for a list, a number for a text), the schema takes them, too.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from inspect import cleandoc
from typing import Any

from msgspec.json import schema_components

from penholder.model import evidence, paper, profile, submission, theme
from penholder.model.base import Authored
from penholder.model.rulebook import RULEBOOK
from penholder.model.shapes import GIVEN
from penholder.packaged import DATA

DIALECT = "https://json-schema.org/draft/2020-12/schema"


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
    _, parts = schema_components([kind.model])
    parts = {part: _part(part, made) for part, made in parts.items()}
    made = {
        "$schema": DIALECT,
        "$id": f"urn:penholder:schema:{paper.SCHEMA_VERSION}:{name}",
        **parts.pop(kind.model.__name__),
        "title": kind.title,
        "description": kind.description,
        **({"$defs": parts} if parts else {}),
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


def _part(model: str, made: dict[str, Any]) -> dict[str, Any]:
    """The schema of one model, every key described, and no word of what is kept for us alone."""
    keys = {name: _open(value) for name, value in made["properties"].items() if name != GIVEN}
    for name, value in keys.items():
        if "default" in value:
            value["default"] = _told(value["default"])
            if value["default"] in (None, "", [], {}):
                del value["default"]
        keys[name] = {"description": _meanings().get(model, {}).get(name, ""), **value}
    said = {"description": cleandoc(made["description"])} if "description" in made else {}
    return {key: value for key, value in made.items() if key != "required" or value} | said | {"properties": keys}


def _open(node: Any) -> Any:
    """A node of a schema that takes, besides what it says, what ``spelt`` takes."""
    if isinstance(node, list):
        return [_open(each) for each in node]
    if not isinstance(node, dict):
        return node
    node = {key: _open(value) for key, value in node.items()}
    if "anyOf" in node:  # msgspec names the type, too, of what we describe otherwise
        node.pop("type", None)
    also = node.pop("also", None)
    if also is None:
        return node
    default = {"default": node.pop("default")} if "default" in node else {}
    taken = node["anyOf"] if node.keys() == {"anyOf"} else [node]
    return {"anyOf": [*taken, node["items"] if also == "items" else also], **default}


def _told(default: Any) -> Any:
    """A default as a file would say it."""
    if isinstance(default, dict):
        return {key: _told(value) for key, value in default.items() if key != GIVEN}
    return [*default] if isinstance(default, tuple) else default


@cache
def _meanings() -> Mapping[str, Mapping[str, str]]:
    """What each key means, by model."""
    return tomllib.loads((DATA / "workspace" / "keys.toml").read_text(encoding="utf-8"))
