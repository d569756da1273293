"""How ``build`` goes about its papers, and what it says of them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple

from penholder.adapters.files import begin_hashes
from penholder.adapters.system import UNLIMITED_HERE, WINDOWS
from penholder.cli.progress import StatusLine
from penholder.errors import EXIT_CLEAN, EXIT_FINDINGS, LimitError, UnusableError
from penholder.findings import Finding, Severity
from penholder.report.machine import to_json
from penholder.report.text import as_typed, say, show_findings, tally
from penholder.stages.render.edition import (
    FORBIDDEN,
    LOST,
    Edition,
    Inspector,
    Order,
    build,
    given_up,
    stored,
)
from penholder.stages.render.store import Store, tools_digest
from penholder.stages.texts import likely
from penholder.stages.where import choose, find_root, may_be_final, papers_of

if TYPE_CHECKING:
    from penholder.adapters.child import Child


class Run(NamedTuple):
    """One call of ``build``: where, which papers, and how."""

    folder: Path
    papers: tuple[str, ...]
    formats: tuple[str, ...]
    out: Path | None
    jobs: int
    strict: bool
    fresh: bool
    despite: tuple[tuple[str, ...], str, str] = ((), "", "")

    def build(self, early: Child | None, *, shape: str, verbose: bool, quiet: bool) -> int:
        """Build the papers, print what was found, and return the exit code."""
        root = find_root(self.folder)
        begin_hashes(root / "citations")
        slugs = choose(papers_of(root), self.papers)
        if WINDOWS and shape == "text":
            say(UNLIMITED_HERE, err=True)
        codes, reason, by = self.despite
        from penholder.cli.holding import held_back

        forbidden, escapes, notes = held_back(root, slugs, codes, reason, by)
        order = Order(self.formats, self.out, self.strict, alone=len(slugs) == 1, despite=escapes)
        store = Store(root)
        done: dict[str, Edition] = dict(forbidden)
        if not self.fresh:
            for slug in (s for s in slugs if s not in forbidden):
                edition = stored(root, slug, order, store, inspector_of(root, slug, order))
                if edition:
                    done[slug] = edition
        missing = [slug for slug in slugs if slug not in done]
        with StatusLine(enabled=shape == "text" and not quiet) as line:
            for edition in self._made(root, missing, order, early, line):
                done[edition.slug] = edition
        editions = [done[slug]._replace(findings=(*done[slug].findings, *notes.get(slug, ()))) for slug in slugs]
        if shape == "json":
            print_json(root, editions)
        else:
            print_text(root, editions, verbose=verbose, quiet=quiet)
        return exit_code(editions)

    def _made(
        self, root: Path, slugs: Sequence[str], order: Order, early: Child | None, line: StatusLine
    ) -> Iterable[Edition]:
        if not slugs:
            return
        jobs = min(self.jobs, len(slugs))
        if jobs == 1:
            with _Bench(root, order, early, likely(root, slugs[0])) as bench:
                for number, slug in enumerate(slugs, 1):
                    place = f"{number}/{len(slugs)} {slug}" if len(slugs) > 1 else slug
                    yield bench.make(slug, partial(line.doing, of=place), last=number == len(slugs))
            return
        if early is not None and early.stdin:
            early.stdin.close()  # each process wakes its own; this one goes by itself
        yield from _in_parallel(root, slugs, order, jobs, line)


def inspector_of(root: Path, slug: str, order: Order) -> Inspector | None:
    """The rules, for a paper that must not go out with errors: any with --strict, else one that is final."""
    if not order.strict and not may_be_final(root, slug):
        return None
    from penholder.features.checking import Rules

    return Rules(drafts=order.strict)


# What a build will need, imported while pandoc is working, in this order; in small pieces, as pandoc then waits for each.
_LATER = (
    "penholder.library.open",
    "penholder.stages.resolve.number",
    "penholder.stages.render.expected",
    "penholder.stages.render.front",
    "penholder.stages.render.outputs",
)
_FOR = {
    "docx": (
        "penholder.adapters.word.xml",
        "penholder.adapters.word.reference",
        "penholder.adapters.word.finishing",
        "penholder.adapters.word.read",
        "penholder.stages.render.docx_front",
        "penholder.stages.render.emit",
        "penholder.stages.render.docx",
    ),
    "pdf": ("penholder.stages.render.typst", "penholder.stages.render.typeset"),
}
_LAST = ("filelock",)


class _Bench:
    """A workspace and the resident tools to build its papers with."""

    def __init__(self, root: Path, order: Order, early: Child | None = None, texts: Iterable[str] = ()) -> None:
        """``early`` is a pandoc that is waking up already, ``texts`` what it will probably have to read first."""
        from penholder.adapters.pandoc.worker import Worker
        from penholder.adapters.typst.compiler import Compiler

        # beside a PDF, Typst is what takes longest
        self._worker = Worker(early, word_soon="docx" in order.formats and "pdf" not in order.formats)
        if early is not None:
            self._worker.expect(texts)
        self._compiler = Compiler()
        later = (*_LATER, *(name for fmt in order.formats for name in _FOR.get(fmt, ())), *_LAST)
        self._worker.errands.extend(partial(import_module, name) for name in later)
        if "pdf" in order.formats:
            self._worker.errands.append(self._compiler.start)
        self._worker.errands.append(tools_digest)  # kept; the store asks for it in the end
        from penholder.stages.discover import discover

        self._order = order
        self._store = Store(root)
        self._workspace, house = discover(root)
        self._house = house.sorted()

    def __enter__(self) -> _Bench:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._worker.close()
        self._compiler.close()

    def make(self, slug: str, step: Callable[[str], None] = lambda _: None, *, last: bool = False) -> Edition:
        from penholder.adapters.pandoc.worker import PandocFailure

        try:
            return build(
                self._workspace, slug, self._order, self._worker, self._compiler,
                step=step, house=self._house, store=self._store,
                inspector=inspector_of(self._workspace.root, slug, self._order), last=last,
            )  # fmt: skip
        except (LimitError, PandocFailure) as error:  # of this paper; the others are built
            return given_up(slug, error, self._house)


_bench: _Bench | None = None  # of a worker process: pandoc and Typst stay awake from paper to paper


def _open_bench(root: Path, order: Order) -> None:
    import signal

    global _bench  # noqa: PLW0603
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    _bench = _Bench(root, order)


def _make(slug: str) -> Edition:
    assert _bench is not None
    return _bench.make(slug)


def _in_parallel(root: Path, slugs: Sequence[str], order: Order, jobs: int, line: StatusLine) -> Iterable[Edition]:
    """Build papers in worker processes, each with its own tools."""
    from concurrent.futures import ProcessPoolExecutor, as_completed
    from concurrent.futures.process import BrokenProcessPool

    pool = ProcessPoolExecutor(jobs, initializer=_open_bench, initargs=(root, order))
    try:
        waiting = [pool.submit(_make, slug) for slug in slugs]
        for number, future in enumerate(as_completed(waiting), 1):
            line.show(f"{number} of {len(slugs)} papers")
            yield future.result()
    except BrokenProcessPool as error:
        raise UnusableError("a build process died", "Run again with --jobs 1 to see which paper it was.") from error
    finally:
        processes = list((pool._processes or {}).values())
        pool.shutdown(wait=False, cancel_futures=True)
        if sys.exc_info()[0] is not None:
            for process in processes:
                process.terminate()


def exit_code(editions: Sequence[Edition]) -> int:
    """1 where anything above a note was found or a paper was refused, else 0."""
    bad = any(e.refused or any(f.severity > Severity.NOTE for f in e.findings) for e in editions)
    return EXIT_FINDINGS if bad else EXIT_CLEAN


def print_json(root: Path, editions: Sequence[Edition]) -> None:
    """All findings in one list, and each paper's outcome in the summary."""
    findings: list[Finding] = list(dict.fromkeys(f for e in editions for f in e.findings))
    papers = [
        {
            "paper": e.slug,
            "files": [as_typed(root, p) for p in e.files.values()],
            "words": e.words,
            "commit": e.identity.commit or None,
            "modified": e.identity.modified,
            "refused": e.refused or None,
        }
        for e in editions
    ]
    say(to_json(findings, {"papers": papers}))


def print_text(root: Path, editions: Sequence[Edition], *, verbose: bool, quiet: bool) -> None:
    """Findings, then a few lines on each paper, then the next step."""
    findings = list(dict.fromkeys(f for e in editions for f in e.findings))
    show_findings(findings, root, verbose=verbose)
    if findings and not quiet:
        say()
    for edition in editions:
        if edition.refused:
            say(f"{edition.slug}: not written: {edition.refused} ({tally(edition.findings)}).")
        elif not quiet:
            state = "up to date" if edition.cached else "built"
            say(f"{edition.slug}: {state}, {edition.words:,} words, {tally(edition.findings)}.")
            for path in edition.files.values():
                say(f"  {as_typed(root, path)}")
    if not quiet:
        say(_next(editions))


def _next(editions: Sequence[Edition]) -> str:
    if any(e.refused == LOST for e in editions):
        return "Next: nothing was written, so that nobody sends a paper with text missing; please report it to us with the section named."
    if any(e.refused == FORBIDDEN for e in editions):
        return "Next: wait for the recipient's permission and record it, or set the rule aside with --despite; nothing new was written."
    if any(e.refused for e in editions):
        return "Next: mend the errors above and build again; nothing new was written, and what lies in dist/ is older."
    if any(e.errors for e in editions):
        return "Next: mend the errors above and build again; until then these are drafts with gaps."
    if any(e.identity.modified for e in editions):
        return "Next: open the files; commit and build again for an edition that names its commit."
    if any(not e.identity.commit for e in editions):
        return "Next: open the files; they say DRAFT and “commit unknown”, because this folder is no Git repository with commits."
    return "Next: open the files."
