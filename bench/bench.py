"""How long Penholder takes, beside bare pandoc, measured in one run on one machine.

    python bench/bench.py [--runs 5] [--only short,long,library,many,memory,cached,check,recheck,redline] [--corpus DIR]

Every figure is of whole processes, their children included. The two sides of a
ratio take turns (A B A B), so that a machine that slows down slows both. It
says which targets were reached and fails for none of them: a clock is no test.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from statistics import median

HERE = Path(__file__).resolve().parent
if find_spec("penholder") is None:
    sys.path.insert(0, str(HERE.parent / "tool"))

import texts  # noqa: E402
from measure import Run, adopt_orphans, run  # noqa: E402
from spent import where_time_goes  # noqa: E402

from penholder.adapters.csl import style_path  # noqa: E402
from penholder.adapters.pandoc.spawn import pandoc_path  # noqa: E402

STYLE = "harvard-cite-them-right"
PARTS = ("short", "cached", "long", "library", "many", "memory", "check", "recheck", "redline")
BARE_THEN = 0.24  # seconds that bare pandoc took for the short paper on the machine for which seconds were set as a target
Make = Callable[[], Run]


class Row:
    """One line of the table: a target, an aim, and what each pair of runs reached."""

    def __init__(self, name: str, target: float, aim: float | None, unit: str = "x") -> None:
        self.name, self.target, self.aim, self.unit = name, target, aim, unit
        self.values: list[float] = []
        self.notes: list[str] = []

    @property
    def reached(self) -> float:
        return median(self.values)

    @property
    def ok(self) -> bool:
        return self.reached <= self.target

    def line(self) -> str:
        aim = f"(aim {self.aim:g})" if self.aim else ""
        spread = f"{min(self.values):.2f}-{max(self.values):.2f}" if self.unit != " MiB" else f"{min(self.values):.0f}-{max(self.values):.0f}"
        reached = f"{self.reached:.2f}{self.unit}" if self.unit != " MiB" else f"{self.reached:.0f}{self.unit}"
        said = "ok" if self.ok else "MISSED"
        return f"{self.name:<44} {f'<={self.target:g}{self.unit}':>11} {aim:<11} {reached:>9}  {spread:<13} {said:<7} {'; '.join(self.notes)}"


class Bench:
    """A temporary folder full of workspaces, and the commands that build them."""

    def __init__(self, folder: Path, runs: int, corpus: Path | None) -> None:
        self.folder, self.runs, self.corpus = folder, runs, corpus
        # an installed package comes with its bytecode: keep ours (after the warm-up) where it leaves no trace
        unwanted = ("SOURCE_DATE_EPOCH", "PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED")
        self.environment = {k: v for k, v in os.environ.items() if k not in unwanted}
        self.environment["PYTHONPYCACHEPREFIX"] = str(folder / "bytecode")
        self.environment["PYTHONPATH"] = os.pathsep.join(p for p in sys.path if p and Path(p) != HERE)
        self.missed: list[tuple[Row, Path, Sequence[str], Sequence[str]]] = []
        self.rows: list[Row] = []
        self._papers: dict[str, texts.Paper] = {}

    # the texts ----------------------------------------------------------------

    def paper(self, name: str) -> texts.Paper:
        """The short or the long paper: made up, or cut from what others wrote."""
        if name not in self._papers:
            if self.corpus:
                self._papers[name] = _from_corpus(self.corpus / {"short": "review-small", "long": "review-medium"}[name])
            elif name == "short":
                self._papers[name] = texts.paper(1, 3_000, texts.references(31, 1), 45)
            else:
                self._papers[name] = texts.paper(2, 36_000, texts.references(600, 2), 850, sections=9)
        return self._papers[name]

    def workspace(self, name: str, papers: dict[str, texts.Paper], library: dict[str, str]) -> Path:
        """A committed workspace with ``papers`` by slug and the files of its ``citations/``."""
        root = self.folder / name
        if root.exists():
            return root
        _write(root / "penholder.toml", f'schema_version = 1\nname = "Bench"\nlanguage = "en-GB"\ncitation_style = "{STYLE}"\n')
        for file, text in library.items():
            _write(root / "citations" / file, text)
        for slug, paper in papers.items():
            holder = root / "papers" / slug
            _write(holder / "paper.yaml", f"schema_version: 1\ntitle: {json.dumps(paper.title)}\ndate: 2026-11-02\nversion: '1.0'\n")
            for file, text in paper.sections.items():
                _write(holder / "sections" / file, text)
        _commit(root)
        return root

    def one_paper(self, name: str) -> Path:
        paper = self.paper(name)
        return self.workspace(name, {"paper": paper}, {"references.json": json.dumps(paper.references, indent=1)})

    # the commands ---------------------------------------------------------------

    def bare(self, name: str) -> Make:
        """Pandoc alone on the very same files."""
        paper = self.paper(name)
        folder = self.folder / f"{name}-bare"
        for file, text in paper.sections.items():
            _write(folder / "sections" / file, text)
        _write(folder / "references.json", json.dumps(paper.references, indent=1))
        meta = f"---\ntitle: {json.dumps(paper.title)}\nlang: en-GB\nbibliography: references.json\nlink-citations: true\n---\n"
        _write(folder / "metadata.yaml", meta)
        sections = [f"sections/{file}" for file in sorted(paper.sections)]
        style = ["--citeproc", "--csl", str(style_path(STYLE))]
        return lambda: run([pandoc_path(), "metadata.yaml", *sections, *style, "-o", "x.docx"], folder, self.environment)

    def build(self, root: Path, *options: str, keep: Sequence[str] = ()) -> Make:
        """``penholder build``, after what earlier runs left was taken away (except ``keep``)."""

        return self.penholder(root, "build", *options, keep=keep)

    def penholder(self, root: Path, command: str, *options: str, keep: Sequence[str] = ()) -> Make:
        """A command of Penholder, after what earlier runs left was taken away (except ``keep``)."""

        def once() -> Run:
            _reset(root, keep)
            return run(self.command(command, *options), root, self.environment)

        return once

    def parsed_twice(self, name: str) -> Make:
        """Bare pandoc reading the very same files, two times one after the other."""
        self.bare(name)
        sections = [f"sections/{file}" for file in sorted(self.paper(name).sections)]
        parse = [pandoc_path(), "-f", "markdown", "-t", "json", *sections, "-o", os.devnull]

        def twice() -> Run:
            one, two = (run(parse, self.folder / f"{name}-bare", self.environment) for _ in range(2))
            return Run(one.wall + two.wall, one.cpu + two.cpu, max(one.peak, two.peak))

        return twice

    @staticmethod
    def command(command: str, *options: str) -> list[str]:
        return [sys.executable, "-m", "penholder", command, "-q", *options]

    # the rows -------------------------------------------------------------------

    def ratio(
        self, row: Row, ours: Make, other: Make, root: Path, options: Sequence[str], kept: Sequence[str] = (), command: str = "build"
    ) -> None:
        """Measure ``ours`` against ``other`` in turns, after one of each to warm up."""
        print(f"  {row.name} ...", file=sys.stderr, flush=True)
        ours(), other()
        pairs = [(other(), ours()) for _ in range(self.runs)]
        row.values = [b.wall / a.wall for a, b in pairs]
        a, b = median(p[0].wall for p in pairs), median(p[1].wall for p in pairs)
        cpu = median(p[1].cpu / p[0].cpu for p in pairs)
        row.notes.append(f"{b * 1000:.0f} ms against {a * 1000:.0f}, CPU {cpu:.2f}x")
        self.add(row, root, [command, *options], kept)

    def add(self, row: Row, root: Path, command: Sequence[str], kept: Sequence[str] = ()) -> None:
        self.rows.append(row)
        if not row.ok:
            self.missed.append((row, root, command, kept))

    def short(self) -> None:
        root, bare = self.one_paper("short"), self.bare("short")
        self.ratio(Row("short paper, DOCX, cold", 1.5, 1.3), self.build(root, "--to", "docx"), bare, root, ["--to", "docx"])
        self.ratio(Row("short paper, DOCX + PDF, cold", 2.0, 1.7), self.build(root), bare, root, [])

    def cached(self) -> None:
        root = self.one_paper("short")
        self.build(root)()
        again = self.build(root, keep=(".penholder", "dist"))
        self.ratio(Row("short paper, nothing changed", 0.8, None), again, self.bare("short"), root, [], (".penholder", "dist"))

    def long(self) -> None:
        root = self.one_paper("long")
        self.ratio(Row("long paper, DOCX + PDF, cold", 2.6, 2.3), self.build(root), self.bare("long"), root, [])

    def library(self) -> None:
        """The same paper from a library of 10,000 entries; both libraries indexed, both editions built afresh."""
        paper, small = self.paper("short"), self.one_paper("short")
        large_bib = {"library.bib": texts.bib(paper.references, 10_000 - len(paper.references), 3)}
        large = self.workspace("library", {"paper": paper}, large_bib)
        ours = self.build(large, "--fresh", keep=(".penholder",))
        other = self.build(small, "--fresh", keep=(".penholder",))
        self.ratio(Row("library of 10,000 instead of the paper's own", 1.15, None), ours, other, large, ["--fresh"], [".penholder"])

    def many(self, count: int = 100) -> None:
        shelf = texts.references(400, 4)
        papers = {
            f"paper-{n:03d}": texts.paper(100 + n, 3_000, [shelf[(n * 37 + 11 * k) % len(shelf)] for k in range(31)], 45)
            for n in range(count)
        }
        root = self.workspace("many", papers, {"references.json": json.dumps(shelf, indent=1)})
        row = Row(f"{count} short papers, --jobs 2, CPU a paper", 0.40, 0.25, " s")
        print(f"  {row.name} ...", file=sys.stderr, flush=True)
        bare = self.bare("short")
        pairs = [(bare(), self.build(root, "--jobs", "2")(), bare()) for _ in range(min(self.runs, 3))]
        done = [pair[1] for pair in pairs]
        row.values = [each.cpu / count for each in done]
        row.notes.append(f"{median(each.wall for each in done):.1f} s in all, largest process {max(each.peak for each in done):.0f} MiB")
        alone = median(each.cpu for pair in pairs for each in (pair[0], pair[2]))
        row.notes.append(f"bare pandoc to DOCX alone {alone:.2f} s here, {BARE_THEN:.2f} s where the target was set")
        self.add(row, root, ["build", "paper-000"])  # where its time goes: of one of them, in one process

    def memory(self) -> None:
        root = self.one_paper("short")
        row = Row("short paper, DOCX + PDF, largest process", 300, None, " MiB")
        print(f"  {row.name} ...", file=sys.stderr, flush=True)
        row.values = [self.build(root)().peak for _ in range(min(self.runs, 3))]
        self.add(row, root, ["build"])

    def check(self) -> None:
        """All rules over the long paper, beside what reading it twice costs."""
        root = self.one_paper("long")
        row = Row("long paper, checked, to parsing it twice", 1.5, None)
        self.ratio(row, self.penholder(root, "check", "--fresh"), self.parsed_twice("long"), root, ["--fresh"], command="check")

    def redline(self) -> None:
        """The long paper rewritten by half, beside building both versions of it."""
        paper, other = self.paper("long"), texts.paper(3, 36_000, self.paper("long").references, 850, sections=9)
        shelf = {"references.json": json.dumps(paper.references, indent=1)}
        root = self.workspace("redline", {"paper": paper}, shelf)
        later = texts.Paper(paper.title, texts.half_rewritten(paper.sections, other.sections), paper.references)
        newer = self.workspace("redline-newer", {"paper": later}, shelf)
        for file, text in later.sections.items():
            _write(root / "papers/paper/sections" / file, text)
        _commit(root)
        apart = (self.build(newer), self.build(self.one_paper("long")))

        def both() -> Run:
            one, two = (build() for build in apart)
            return Run(one.wall + two.wall, one.cpu + two.cpu, max(one.peak, two.peak))

        command = ("redline", "paper", "HEAD~1", "HEAD", "--to", "docx,pdf")
        row = Row("long paper half rewritten, redline to builds of both", 3.0, None)
        self.ratio(row, self.penholder(root, *command), both, root, command[1:], command="redline")
        row.notes.append(f"largest process {self.penholder(root, *command)().peak:.0f} MiB against {both().peak:.0f}")

    def recheck(self) -> None:
        """The long paper checked again with nothing changed."""
        root = self.one_paper("long")
        self.penholder(root, "check")()
        row = Row("long paper, checked again, nothing changed", 0.4, None, " s")
        print(f"  {row.name} ...", file=sys.stderr, flush=True)
        again = self.penholder(root, "check", keep=(".penholder", "dist"))
        row.values = [again().wall for _ in range(self.runs)]
        self.add(row, root, ["check"], (".penholder",))


def _reset(root: Path, keep: Sequence[str]) -> None:
    for leftover in {".penholder", "dist"} - set(keep):
        shutil.rmtree(root / leftover, ignore_errors=True)


def _from_corpus(folder: Path) -> texts.Paper:
    """A manuscript of the corpus (sections/*.md, references.json), its pictures left out: bare pandoc would look for them."""
    sections = {p.name: p.read_text(encoding="utf-8").replace("![", "[") for p in sorted((folder / "sections").glob("*.md"))}
    return texts.Paper(folder.name, sections, json.loads((folder / "references.json").read_text(encoding="utf-8")))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _commit(root: Path) -> None:
    """Workspaces live in Git, and asking it is part of a build."""
    _write(root / ".gitignore", "dist/\n.penholder/\n")
    person = ["-c", "user.name=Bench", "-c", "user.email=bench@localhost", "-c", "commit.gpgsign=false"]
    try:
        for command in (["init", "-q"], ["add", "-A"], [*person, "commit", "-q", "-m", "Texts"]):
            subprocess.run(["git", *command], cwd=root, check=True, stdout=subprocess.DEVNULL)
    except (OSError, subprocess.CalledProcessError):
        print("  (without Git: the texts are not committed)", file=sys.stderr)


def main() -> None:
    parser = argparse.ArgumentParser(description="Penholder beside bare pandoc, measured side by side.")
    parser.add_argument("--runs", type=int, default=5, help="pairs of runs for each row (default: 5)")
    parser.add_argument("--only", default=",".join(PARTS), help=f"rows to measure, of {','.join(PARTS)}")
    parser.add_argument("--corpus", type=Path, help="a folder with review-small and review-medium, instead of made-up texts")
    arguments = parser.parse_args()
    wanted = arguments.only.split(",")
    if unknown := set(wanted) - set(PARTS):
        parser.error(f"--only knows {', '.join(PARTS)}, not {', '.join(sorted(unknown))}")
    adopt_orphans()
    with tempfile.TemporaryDirectory(prefix="penholder-bench-") as name:
        bench = Bench(Path(name), max(1, arguments.runs), arguments.corpus)
        for part in (p for p in PARTS if p in wanted):
            getattr(bench, part)()
        show(bench)


def show(bench: Bench) -> None:
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    print(f"\n{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, {bench.runs} runs or pairs a row{load}")
    print(f"{'':<44} {'target':>11} {'':<11} {'reached':>9}  {'min-max':<13}")
    for row in bench.rows:
        print(row.line())
    for row, root, command, kept in bench.missed:
        print(f"\nWhere the time goes: {row.name}")
        for line in where_time_goes(bench.command(*command), root, bench.environment, partial(_reset, root, kept)):
            print(f"  {line}")


if __name__ == "__main__":
    main()
