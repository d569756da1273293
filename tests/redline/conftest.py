"""What the tests of redlines share."""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Callable, Iterator

import pytest
from releases import Releases, releases
from repository import Repository
from trees import Hands

from penholder.adapters.typst.compiler import Compiler
from penholder.features.redline.merging import Merger
from workbench import Bench, Said


@pytest.fixture
def repository(bench: Bench) -> Repository:
    """An empty repository around the bench's workspace."""
    return Repository(bench)


@pytest.fixture(scope="session")
def standard(tmp_path_factory: pytest.TempPathFactory) -> Releases:
    """The Standard for Public Code, release by release; only where its history is at hand."""
    return releases(tmp_path_factory.mktemp("releases"))


@pytest.fixture(scope="session")
def compiler() -> Iterator[Compiler]:
    """A Typst that stays for the session."""
    made = Compiler()
    yield made
    made.close()


@pytest.fixture
def redline(repository: Repository) -> Callable[..., Said]:
    """``penholder redline p ...`` in the repository, in this process."""

    def run(*arguments: str, paper: str = "p") -> Said:
        from penholder.cli.main import run

        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = run(["-C", str(repository.root), "redline", paper, *arguments])
        return Said(code, out.getvalue(), err.getvalue())

    return run


@pytest.fixture
def merge(worker):
    """Two texts in Markdown as one row of blocks, and the merger that made it."""

    def parsed(text):
        return json.loads(worker.ask("read", "markdown", text.encode()).payload)["blocks"]

    def merged(old, new):
        merger = Merger(Hands())
        return merger.blocks(parsed(old), parsed(new)), merger

    return merged
