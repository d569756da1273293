"""The first file of a submission (``submission new``): loads without an error, and says in its comments what to add."""

from __future__ import annotations

import json
import re
from pathlib import Path

from penholder.adapters import files
from penholder.errors import UsageError
from penholder.features.profile_rules import Profile
from penholder.features.profile_words import value_text
from penholder.features.profiles import Profiles, profiles_of
from penholder.features.submission.opening import submissions_of
from penholder.stages.authored import nearest
from penholder.stages.discover import discover
from penholder.stages.load import load
from penholder.stages.where import SUBMISSIONS, choose, find_root, papers_of

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST = 60
_SCHEMA = "schemas/submission.schema.json"


def make_submission(start: Path, slug: str, name: str, profile: str) -> Path:
    """Write ``papers/<slug>/submissions/<name>.yaml``; returns its path, relative to the workspace.

    Raises ``UsageError`` for a paper or profile that is not there, a name that cannot be a file's, or one that is taken.
    """
    root = find_root(start)
    slug = choose(papers_of(root), [slug])[0]
    if not _ID.fullmatch(name) or len(name) > _LONGEST:
        raise UsageError(f"{name!r} cannot be the id of a submission", "Use small letters, digits and hyphens, like pac-2026.")
    known = profiles_of(root)
    chosen = _recipient(known, profile)
    there, _ = submissions_of(root, slug)
    path = root / "papers" / slug / SUBMISSIONS / f"{name}.yaml"
    if name in there or path.exists():
        raise UsageError(f"{slug} has a submission {name} already", f"Open {files.relative(root, there.get(name, path))}, or take another id.")
    paper, _ = load(discover(root)[0], slug)
    sections = [Path(s.path).name for s in paper.sections if s.source is not None]
    files.write_whole(files.inside(root, path), submission_text(chosen, sections, schema=(root / _SCHEMA).is_file()).encode())
    return path.relative_to(root)


def _recipient(known: Profiles, name: str) -> Profile:
    recipients = [p.id for p in known if p.file.kind == "house"]
    if name not in known:
        raise UsageError(f"there is no profile {name!r}.{nearest(name, recipients)}", "`penholder profile list` shows them all.")
    profile = known.get(name)
    if profile.file.kind == "overlay":
        raise UsageError(f"{name} is an overlay: it goes over a recipient's profile", "Name the recipient's profile here, and the overlay at `overlays` in the file.")
    return profile


def submission_text(profile: Profile, sections: list[str], *, schema: bool) -> str:
    """The file's text. ``schema`` says that there are schemas for editors in the workspace."""
    form = "form" in profile.file.makes
    lines = ["# yaml-language-server: $schema=../../../schemas/submission.schema.json"] if schema else []
    lines += [f"# {profile.file.title}. The recipient's rules: penholder profile show {profile.id}", "schema_version: 1", f"profile: {profile.id}"]
    lines += ["# overlays: [accessible]   # rules for any document, over the recipient's", f"addressee: {json.dumps(profile.file.addressee, ensure_ascii=False)}   # the committee or department, by its full name"]
    lines += [
        "# inquiry:",
        "#   name: The inquiry or consultation, as the recipient calls it",
        "#   id: its number, if it has one",
        "#   url: its page",
        "# deadline: 2030-01-31 17:00 Europe/London   # date, time and time zone",
    ]
    lines += _questions(profile, sections) if form else ["sections:   # in the order they are to stand in", *(f"  - {name}" for name in sections)]
    if not form:
        lines += ["  # - title: Introduction   # a text of this submission alone", "  #   text: |", "  #     Who we are, and why we write."]
    lines += [
        "cover:",
        f"  organisation: {json.dumps('')}   # who submits it, where it is not the body that issues the paper",
        f"  description: {json.dumps('')}   # who the body is, in a paragraph",
        "# contact: private/contact.yaml   # name, email, phone, address: never in this file",
        "# consent: {publish: with-name, names: true}",
        "# confidential:",
        "#   - {part: all, reason: Why it must not be published.}",
        "# authorised_by: The officer who agreed to it",
        "# authorised_on: 2030-01-30",
        "# overrides:   # where the terms of reference of this inquiry say otherwise",
        "#   LEN-WORDS: {max: 2000, reason: \"The call asks for 2,000 words.\"}",
    ]
    return "\n".join(lines) + "\n"


def _questions(profile: Profile, sections: list[str]) -> list[str]:
    rule = profile.rule("LEN-ANSWER")
    limit = f"   # each answer: {value_text(rule)}" if rule else ""
    return [
        f"# questions:{limit}",
        "#   - id: Q1",
        "#     text: The question, word for word",
        "#     limit: 2000   # characters, where this question has a limit of its own",
        "#     kind: free    # or choice, or scale; then with choices: [Agree, Disagree]",
        "# questions_from: questions.csv   # or all of them from a CSV: id, text, limit, kind, choices",
        "# answers:",
        "#   - question: Q1",
        f"#     sections: [{sections[0] if sections else '10-summary.md'}]",
    ]
