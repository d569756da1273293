"""Which edition this is: the last commit that touched what the paper is made of."""

from __future__ import annotations

import calendar
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from penholder.patterns import later

if TYPE_CHECKING:
    from penholder.stages.assemble import Manuscript
    from penholder.stages.load import Paper

_USED = later(r"data/(?!\.|~\$)[^/]+\.(csv|json|ya?ml)|templates/(.+/)?(?!\.|~\$)[^/]+\.(toml|typ|html|[ot]tf|svg|png|jpe?g)", re.I)
_EARLIEST, _LATEST = 315532800, 4354819198  # 1980-01-01 to 2107-12-31, what a ZIP file (and so a DOCX) can name


class Identity(NamedTuple):
    """``commit`` is the full hash or ``""`` where unknown; ``epoch`` seconds since 1970 UTC."""

    commit: str
    epoch: int
    modified: bool
    problem: str = ""


class Commit(NamedTuple):
    """A commit whose files a workspace holds elsewhere: the workspace it is of, and its full hash."""

    root: Path
    hash: str


def identify(manuscript: Manuscript, shared: Sequence[str], at: Commit | None = None) -> Identity:
    """The identity of a paper made of its folder, the house's files and those ``shared`` ones it uses (library, ledger, pictures).

    ``at`` is the commit the paper's files were taken from, where they do not lie in a working tree.

    An unrelated commit does not change it, nor one of its submissions, and the time is the commit's, never now
    (``SOURCE_DATE_EPOCH`` overrides it: https://reproducible-builds.org/specs/source-date-epoch/).
    """
    from penholder.adapters import git
    from penholder.stages.where import SUBMISSIONS

    paper = manuscript.paper
    house = ["penholder.toml", "contributors.yaml", "templates", paper.workspace.settings.reference_docx]
    inputs = [f"papers/{paper.slug}", *(name for name in house if name), *shared]
    printed = {paper.source.path, *inputs, *(source.path for text in manuscript.texts for source in text.files)}

    def used(path: str) -> bool:
        if path.endswith("/"):
            return any(name.startswith(path) for name in printed) or f"papers/{paper.slug}/data/".startswith(path)
        return path in printed or bool(_USED.fullmatch(path.removeprefix(f"papers/{paper.slug}/")))

    root, without = paper.workspace.root, [f"papers/{paper.slug}/{SUBMISSIONS}"]
    if at is None:
        state = git.last_change(root, inputs, used, without=without)
    else:
        state = git.last_change_at(at.root, at.hash, [p for p in inputs if (root / p).exists()], without=without)
    epoch = state.epoch or _by_date(paper)
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if given.isdigit():
        epoch = int(given)
    return Identity(state.commit, min(max(epoch, _EARLIEST), _LATEST), state.modified, state.problem)


def _by_date(paper: Paper) -> int:
    return calendar.timegm(paper.meta.date.timetuple()) if paper.meta.date else _EARLIEST
