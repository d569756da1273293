"""What a build holds back: papers of a public workspace that a recipient of one of their submissions forbids to publish."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from penholder.findings import Finding, Severity
from penholder.stages.render.edition import FORBIDDEN, Edition, refused
from penholder.stages.where import visibility_is_public


def held_back(
    root: Path, slugs: Sequence[str], codes: tuple[str, ...], reason: str, by: str
) -> tuple[dict[str, Edition], tuple[dict[str, str], ...], dict[str, list[Finding]]]:
    """The papers of a workspace that everybody can read which a recipient does not let be published now, as refused editions;
    the rules that were set aside, for the record; and what else is to be said of a paper.
    """
    if not codes and not reason and not by and not visibility_is_public(root):
        return {}, (), {}
    from penholder.cli.submitting import escape_of
    from penholder.features.submission.codes import SET_ASIDE
    from penholder.features.submission.standing import public_findings
    from penholder.stages.discover import discover

    workspace, _ = discover(root)
    escapes = escape_of(codes, reason, by, workspace, "build")
    aside = {e.code for e in escapes}
    forbidden, notes = {}, {}
    for slug in slugs:
        found = public_findings(root, [slug])
        binding = [f for f in found if f.severity == Severity.ERROR and f.code.id not in aside]
        if binding:
            forbidden[slug] = refused(slug, binding, FORBIDDEN)
        told = [SET_ASIDE.at(f.span, f"{e.code} was set aside by {e.by}: {e.reason}") for f in found[:1] for e in escapes]
        notes[slug] = [*(f for f in found if f.severity < Severity.ERROR), *told]
    return forbidden, tuple(e.json(without={"date"}) for e in escapes), notes
