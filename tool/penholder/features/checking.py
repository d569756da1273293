"""Check papers: read them, run the rules, remember what was found while nothing changes."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING

from penholder.adapters import files, seals
from penholder.errors import LimitError, PenholderError, UsageError
from penholder.stages.render.store import Store, tools_digest
from penholder.stages.where import choose, find_root, papers_of

if TYPE_CHECKING:
    from penholder.adapters.child import Child
    from penholder.checks.engine import Choice, Report
    from penholder.checks.views import PaperView
    from penholder.features.linking import Told
    from penholder.findings import Finding
    from penholder.stages.load import Paper
    from penholder.stages.look import Look
    from penholder.stages.resolve.parts import Part

_RULES = "penholder.rules"  # the entry point of other packages' rules
_KEEP = 12  # results kept in the cache


@dataclass(frozen=True)
class Wish:
    """What is to be checked, and how. ``final`` of ``None`` goes by each paper's status."""

    folder: Path
    papers: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    final: bool | None = None
    links: bool = False
    fresh: bool = False
    today: dt.date | None = None


@dataclass(frozen=True)
class Outcome:
    """What a check found: the workspace's root, the papers, and the report."""

    root: Path
    slugs: tuple[str, ...]
    report: Report
    cached: bool = False


def check(wish: Wish, early: Child | None = None, told: Told | None = None) -> Outcome:
    """Check papers. ``early`` is a pandoc that is waking up; ``told`` hears how far the asking for links is.

    Raises ``UsageError`` where there is no workspace or no such paper or rule,
    ``UnusableError`` where pandoc cannot be run.
    """
    root = find_root(wish.folder)
    slugs = choose(papers_of(root), wish.papers)
    today = wish.today or dt.date.today()
    kept = _Kept(root, _key(root, slugs, wish, today))
    if not wish.fresh and not wish.links:
        report = kept.get()
        if report is not None:
            return Outcome(root, slugs, report, cached=True)
    report, lasting = _checked(root, slugs, wish, today, early, told)
    if lasting and not wish.links:
        kept.put(report)
    return Outcome(root, slugs, report)


class Rules:
    """The rules as a build asks them: it shows them each section, and takes the errors they see (in ``drafts``, too, or not)."""

    def __init__(self, *, drafts: bool) -> None:
        self._drafts = drafts
        self._today = dt.date.today()
        self.until = f"checked {self._today.isoformat()} {_foreign()}"

    def begin(self, paper: Paper) -> Callable[[Part], None]:
        """A paper is about to be read."""
        from penholder.checks.reading import Sections

        self._seen = Sections(paper.language)
        return self._seen

    def errors(self, paper: Paper, look: Look, findings: Sequence[Finding]) -> list[Finding]:
        """The errors that rules see in the paper, checked as its status says."""
        if not self._drafts and paper.meta.status != "final":
            return []
        from penholder.checks.engine import run
        from penholder.checks.reading import view_of
        from penholder.checks.views import WorkspaceView
        from penholder.findings import Severity

        view, found = view_of(paper, self._seen, look, final=None, today=self._today)
        made = {f.code.id for f in findings}
        report = run(WorkspaceView(paper.workspace, [view]), [[*findings, *found]])
        return [f for f in report.findings if f.severity is Severity.ERROR and f.code.id not in made]


def _choice(wish: Wish) -> Choice:
    from penholder.checks.engine import Choice, known_codes
    from penholder.checks.registry import all_rules

    known = known_codes()
    families = {code.rstrip("0123456789") for code in known}
    for code in (*wish.select, *wish.ignore):
        if code not in known and code not in families:
            from penholder.stages.authored import nearest

            raise UsageError(f"there is no rule {code}.{nearest(code, sorted(known))}".rstrip("."), "`penholder rule all` lists them.")
    asking = {rule.id for rule in all_rules() if rule.network}
    if not wish.links and (waiting := [code for code in wish.select if code in asking]):
        raise UsageError(f"{waiting[0]} looks only where the network may be asked", "Give --links, too.")
    return Choice(wish.select, wish.ignore, wish.links)


def _checked(
    root: Path, slugs: Sequence[str], wish: Wish, today: dt.date, early: Child | None, told: Told | None
) -> tuple[Report, bool]:
    """The report, and whether it holds as long as the files do."""
    from penholder.adapters.pandoc.worker import PandocFailure, Worker
    from penholder.stages.texts import likely

    views: list[PaperView] = []
    stages: list[list[Finding]] = []
    lost: list[Finding] = []
    lasting = True
    with Worker(early) as worker:
        if early is not None and slugs:
            worker.expect(likely(root, slugs[0]))  # pandoc reads while the rules are imported
        from penholder.checks.engine import run, runs
        from penholder.checks.reading import read_paper
        from penholder.checks.registry import all_rules
        from penholder.checks.rules.spel001_unknown_word import is_unchecked
        from penholder.checks.views import WorkspaceView
        from penholder.stages.discover import discover
        from penholder.stages.render.edition import given_up

        choice = _choice(wish)
        workspace, house = discover(root)
        for slug in slugs:
            try:
                view, found = read_paper(workspace, slug, worker, final=wish.final, today=today)
            except (LimitError, PandocFailure) as error:
                lost += given_up(slug, error).findings
                lasting = False
                continue
            views.append(view)
            stages.append([*(house if len(views) == 1 else ()), *found])
            lasting = lasting and not any(f.code.id.startswith("IMG") for f in found)
    whole = WorkspaceView(workspace, views)
    if wish.links:
        from penholder.features.linking import ask_links

        asking = [p for p in views if any(rule.network and runs(rule, p, choice) for rule in all_rules())]
        ask_links(whole, asking, fresh=wish.fresh, told=told)
    report = run(whole, stages, choice)
    return with_findings(report, lost), lasting and not any(is_unchecked(f) for f in report.findings)  # a dictionary may come


def with_findings(report: Report, findings: Sequence[Finding]) -> Report:
    """The report with further findings that belong to no section."""
    from penholder.checks.engine import Checked, Report

    return Report([*report.items, *(Checked(f) for f in findings)]) if findings else report


def only_section(outcome: Outcome, wanted: str) -> Outcome:
    """What concerns one section, named by its file, its file's name without numbers, or its title. Raises ``UsageError``."""
    from penholder.checks.engine import Report

    items = [c for c in outcome.report.items if c.section and _is_section(c.section, c.title, wanted)]
    if not items and not _there(outcome, wanted):
        names = ", ".join(sorted(p.stem for p in _section_files(outcome))) or "none"
        raise UsageError(f"there is no section called {wanted!r} (sections: {names})", "Name one of them, or its title.")
    return replace(outcome, report=Report(items))


def _is_section(path: str, title: str, wanted: str) -> bool:
    plain = wanted.strip().removesuffix("/").casefold()
    stem = Path(path).stem.casefold()
    names = {path.casefold(), Path(path).name.casefold(), stem, stem.lstrip("0123456789-_ "), title.casefold()}
    return plain in names or path.casefold().endswith("/" + plain)


def _section_files(outcome: Outcome) -> Iterator[Path]:
    for slug in outcome.slugs:
        yield from sorted((outcome.root / "papers" / slug / "sections").glob("[!._]*.*"))


def _there(outcome: Outcome, wanted: str) -> bool:
    """Whether a section with nothing to say about exists: by its file's name or the title in its front matter."""
    for path in _section_files(outcome):
        source, _ = files.read_text(outcome.root, path)
        title = next((line.split(":", 1)[1].strip().strip("\"'") for line in source.text.split("\n")[:40] if line.startswith("title:")), "")
        if _is_section(files.relative(outcome.root, path), title, wanted):
            return True
    return False


def _key(root: Path, slugs: Sequence[str], wish: Wish, today: dt.date) -> str:
    """Everything a report is made of: the papers' files, the tools, the rules of others, the wish, and the day."""
    store = Store(root)
    said = json.dumps([list(slugs), list(wish.select), list(wish.ignore), wish.final, today.isoformat(), _foreign()])
    return files.digest(said.encode(), tools_digest(), *(store.inputs(slug).encode() for slug in slugs))[:40]


def _foreign() -> str:
    """The rules of other packages, with their versions."""
    return ", ".join(sorted(f"{p.name} {p.value} {p.dist.version if p.dist else ''}" for p in entry_points(group=_RULES)))


class _Kept:
    """The reports kept in ``.penholder/cache/checks``."""

    def __init__(self, root: Path, key: str) -> None:
        self._root = root
        self._path = root / ".penholder" / "cache" / "checks" / f"{key}.json"

    def get(self) -> Report | None:
        from penholder.checks.record import from_record

        sealed = seals.unseal(self._root, self._path)
        try:
            return None if sealed is None else from_record(json.loads(sealed))
        except (ValueError, KeyError, TypeError):
            return None

    def put(self, report: Report) -> None:
        """Keep a report; the oldest make room. The disk being full is no fault."""
        from penholder.checks.record import to_record

        if not seals.seal(self._root, self._path, json.dumps(to_record(report)).encode()):
            return
        with suppress(OSError):
            for old in sorted(self._path.parent.glob("*.json"), key=lambda p: p.lstat().st_mtime_ns)[:-_KEEP]:
                old.unlink(missing_ok=True)


def mend(wish: Wish, *, unsafe: bool = False, rounds: int = 8, told: Told | None = None) -> tuple[Outcome, dict[str, int]]:
    """Make the safe changes (with ``unsafe``, all) until none is left; returns what is left and the changes by file.

    Raises ``PenholderError`` as ``check`` does, or where a file cannot be written.
    """
    from penholder.checks.engine import safe
    from penholder.checks.fixes import apply_fixes

    total: dict[str, int] = {}
    outcome = check(wish, told=told)
    wish = replace(wish, fresh=False)  # once is enough: what is mended makes other reports, and links stay as they are
    for _ in range(rounds):
        fixes = [c.fix for c in outcome.report.open if c.fix is not None and (unsafe or safe(c))]
        done = apply_fixes(outcome.root, fixes)
        if not done:
            break
        for path, count in done.items():
            total[path] = total.get(path, 0) + count
        outcome = check(wish, told=told)
    return outcome, total


__all__ = ["Outcome", "PenholderError", "Wish", "check", "mend", "only_section"]
