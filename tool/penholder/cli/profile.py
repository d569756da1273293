"""``penholder profile``: what recipients ask of a submission, who says so, and how sure that is."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from penholder.errors import EXIT_CLEAN, EXIT_FINDINGS, UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from penholder.features.profile_rules import Profile
    from penholder.features.profiles import Profiles

Function = Callable[..., int]


def _shape(function: Function) -> Function:
    choice = click.Choice(["text", "json"])
    option: Function = click.option("--format", "shape", type=choice, default="text", help="How to print the result.")(function)
    return option


@click.group("profile")
def command() -> None:
    """Show whose rules there are for submissions, and what they ask.

    Profiles are built in, or the workspace's own in templates/profiles/. Overlays
    (accessible, govuk-style, statistics) go over any of them.

    \b
    Examples:
      penholder profile list
      penholder profile show uk-commons-select
      penholder profile diff uk-commons-select uk-lords-select
    """


@command.command("list")
@_shape
@click.pass_context
def list_(ctx: click.Context, shape: str) -> int:
    """List the profiles: built-in ones and the workspace's own.

    \b
    Examples:
      penholder profile list
      penholder profile list --format json

    Exit code: 0 all is well, 1 a profile of the workspace has faults, 2 wrong use.
    """
    from penholder.report.text import say

    profiles, root = _profiles(ctx)
    if shape == "json":
        data = [{"id": p.id, "title": p.file.title, "kind": p.file.kind, "own": p.own, "extends": list(p.chain[1:]), "rules": len(p.rules)} for p in profiles]
        return _json({"profiles": data}, profiles)
    width = max(len(name) for name in profiles.ids)
    for kind, title in (("house", "Recipients"), ("overlay", "Overlays, for any of them")):
        say(f"{title}:")
        for profile in profiles:
            if profile.file.kind == kind:
                say(f"  {profile.id:<{width}}  {profile.file.title}{' (of this workspace)' if profile.own else ''}")
    say("Next: penholder profile show ID")
    return _findings(profiles, root)


@command.command("show")
@click.argument("profile")
@click.option("--overlay", "overlays", multiple=True, metavar="ID", help="With this overlay over it (can be given again).")
@_shape
@click.pass_context
def show(ctx: click.Context, profile: str, overlays: tuple[str, ...], shape: str) -> int:
    """Show what PROFILE asks: each rule with its value, source, date and mark.

    V: read on an official page. V2: read on another body's page. M: from memory, so
    it is a warning at most. house: a rule of the house itself.

    \b
    Examples:
      penholder profile show uk-commons-select
      penholder profile show senedd --overlay accessible
      penholder profile show ni-assembly --format json

    Exit code: 0 shown, 1 a profile of the workspace has faults, 2 no such profile.
    """
    from penholder.features.profile_rules import combined

    profiles, root = _profiles(ctx)
    chosen = combined(_named(profiles, profile), [_named(profiles, name, "overlay") for name in overlays])
    if shape == "json":
        return _json({"profile": _data(chosen)}, profiles)
    _print(chosen)
    return _findings(profiles, root)


@command.command("diff")
@click.argument("a")
@click.argument("b")
@_shape
@click.pass_context
def diff(ctx: click.Context, a: str, b: str, shape: str) -> int:
    """Say what the profiles A and B ask differently.

    \b
    Examples:
      penholder profile diff uk-commons-select uk-lords-select

    Exit code: 0 compared, 1 a profile of the workspace has faults, 2 no such profile.
    """
    from penholder.features.profile_words import differences
    from penholder.report.text import say

    profiles, root = _profiles(ctx)
    rows = differences(_named(profiles, a), _named(profiles, b))
    if shape == "json":
        return _json({"differences": [{"what": r.what, a: r.left, b: r.right} for r in rows]}, profiles)
    if not rows:
        say(f"{a} and {b} ask the same.")
    for row in rows:
        say(f"{row.what}")
        say(f"  {a}: {row.left or 'nothing'}")
        say(f"  {b}: {row.right or 'nothing'}")
    return _findings(profiles, root)


def _profiles(ctx: click.Context) -> tuple[Profiles, Path | None]:
    """All profiles; outside a workspace, the built-in ones."""
    from penholder.features.profiles import profiles_of
    from penholder.stages.where import find_root

    try:
        root: Path | None = find_root(ctx.obj["folder"])
    except UsageError:
        root = None
    return profiles_of(root), root


def _named(profiles: Profiles, name: str, kind: str = "") -> Profile:
    from penholder.stages.authored import nearest

    known = [p.id for p in profiles if not kind or p.file.kind == kind]
    if name not in known:
        raise UsageError(f"there is no {kind or 'profile'} called {name!r}.{nearest(name, known)}", "`penholder profile list` shows them all.")
    return profiles.get(name)


def _print(profile: Profile) -> None:
    from penholder.features.profile_words import value_text
    from penholder.report.text import say

    file = profile.file
    say(f"{profile.id}: {file.title}")
    for label, value in (
        ("Where", file.jurisdiction),
        ("Made of", ", ".join((*profile.chain[1:], *profile.overlays))),
        ("Accepted", ", ".join(profile.accepts)),
        ("Built", ", ".join(file.makes)),
    ):
        if value:
            say(f"  {label}: {value}")
    say("Rules:")
    for rule in profile.rules.values():
        value = value_text(rule)
        say(f"  {rule.id}: {rule.kind.title} ({'' if value == 'yes' else f'{value}; '}{rule.severity.label})")
        say(f"    {rule.said}{f'. {rule.setting.note}' if rule.setting.note else ''}")
    for title, said in (("Publication", file.publication), ("Confidentiality", file.confidentiality)):
        if said.rule:
            say(f"{title}: {said.rule}")
            say(f"    {' '.join(filter(None, (said.source, f'({said.mark})')))}")
    if file.publication.forbidden:
        say(f"    Not to be published while the submission is: {', '.join(file.publication.forbidden)}.")
    for index, advice in enumerate(file.advice):
        if not index:
            say("To know:")
        say(f"  - {advice.text} {' '.join(filter(None, (advice.source, f'({advice.mark})')))}")


def _data(profile: Profile) -> dict[str, Any]:
    rules = {
        rule.id: {
            "title": rule.kind.title,
            "set_by": rule.profile,
            **rule.setting.json(without={"off", "severity"}),
            "severity": rule.severity.label,
        }
        for rule in profile.rules.values()
    }
    return {
        **profile.file.json(without={"rules", "extends", "schema_version"}),
        "made_of": [*profile.chain, *profile.overlays],
        "accepts": list(profile.accepts),
        "rules": rules,
    }


def _json(data: dict[str, Any], profiles: Profiles) -> int:
    from penholder.report.machine import finding_data

    found = [finding_data(f) for f in profiles.findings]
    click.echo(json.dumps({**data, "findings": found}, indent=2, ensure_ascii=False))
    return EXIT_FINDINGS if found else EXIT_CLEAN


def _findings(profiles: Profiles, root: Path | None) -> int:
    from penholder.report.text import show_findings

    if root is None or not profiles.findings:
        return EXIT_CLEAN
    show_findings(profiles.findings, root)
    return EXIT_FINDINGS
