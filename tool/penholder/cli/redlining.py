"""How ``redline`` goes about its two versions, and what it says of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from penholder.cli.holding import held_back
from penholder.cli.progress import StatusLine
from penholder.errors import EXIT_CLEAN, EXIT_FINDINGS, UsageError
from penholder.features.redline.making import Redline, make, place
from penholder.features.redline.versions import open_versions
from penholder.report.redline import redline_json, summary_lines, version_line
from penholder.report.text import as_typed, say, show_findings, tally
from penholder.stages.where import choose, find_root, papers_of

if TYPE_CHECKING:
    from penholder.adapters.child import Child


class Run(NamedTuple):
    """One call of ``redline``: where, which paper and versions, what to write."""

    folder: Path
    paper: str
    old: str
    new: str | None
    formats: tuple[str, ...]
    out: Path | None

    def redline(self, early: Child | None, *, summary: bool, shape: str, verbose: bool, quiet: bool) -> int:
        """Make the redline, write it, print what is to be said, and return the exit code."""
        root = find_root(self.folder)
        slug = self._slug(root)
        forbidden, _, _ = held_back(root, [slug], (), "", "")
        if slug in forbidden:
            show_findings(forbidden[slug].findings, root, verbose=verbose)
            say(f"{slug}: not written: {forbidden[slug].refused}.")
            return EXIT_FINDINGS
        with StatusLine(enabled=shape == "text" and not quiet) as line:
            made = self._made(root, slug, early, line)
        paths = place(made, root, self.out) if made.files or made.refused else {}
        shown = {fmt: as_typed(root, path) for fmt, path in paths.items()}
        if shape == "json":
            say(redline_json(made, shown))
        else:
            _print(made, root, shown, summary=summary, verbose=verbose, quiet=quiet)
        return EXIT_FINDINGS if made.findings or made.refused else EXIT_CLEAN

    def _slug(self, root: Path) -> str:
        """The paper's name: of the working tree where it is there, else as it was typed (an older version may have it)."""
        if self.new is not None:
            return Path(self.paper.rstrip("/\\")).name
        try:
            (slug,) = choose(papers_of(root), (self.paper,))
        except UsageError as error:
            raise UsageError(error.message, "Name one of them.") from error
        except ValueError as error:
            raise UsageError(f"{self.paper} is more than one paper", "Name one of them.") from error
        return slug

    def _made(self, root: Path, slug: str, early: Child | None, line: StatusLine) -> Redline:
        from penholder.adapters.pandoc.worker import Worker
        from penholder.adapters.typst.compiler import Compiler
        from penholder.stages.render.outputs import Tools

        tools = Tools(Worker(early), Compiler(), last=True)
        try:
            with open_versions(root, slug, self.old, self.new, tools.worker, line.doing) as (old, new):
                return make(old, new, self.formats, tools, line.doing)
        finally:
            tools.close()


def _print(made: Redline, root: Path, files: Mapping[str, str], *, summary: bool, verbose: bool, quiet: bool) -> None:
    show_findings(made.findings, root, verbose=verbose)
    if quiet:
        return
    if made.findings:
        say()
    say(f"{made.new.slug}: {version_line(made.old)} to {version_line(made.new)}")
    lines = summary_lines(made, whole=verbose)
    for text in lines if summary else [next(lines)]:
        say(text)
    for fmt in made.refused:
        say(f"{fmt.upper()} was not written ({tally(made.findings)}).")
    for path in files.values():
        say(f"  {path}")
    say(_next(made, files, summary=summary))


def _next(made: Redline, files: Mapping[str, str], *, summary: bool) -> str:
    if made.refused:
        return "Next: mend the errors above; where they are those of a version that is past, leave that format out with --to."
    if made.telling.empty:
        return "Next: name an older revision, if you expected a change; `git log --oneline` lists them."
    if "docx" in files:
        return "Next: open the Word file; Review, Accept or Reject decides on each change."
    if files:
        return "Next: open the files."
    return f"Next: penholder redline {made.new.slug} {made.old.label}{'' if made.new.commit is None else f' {made.new.label}'} writes it as a Word file and a PDF."
