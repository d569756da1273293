"""Fixtures for all tests, and what a missing tool means."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from workbench import Bench, Resolved, Seen

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # started in the background: what tests start would not hear Ctrl-C
    signal.signal(signal.SIGINT, signal.default_int_handler)

@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The user's cache folder of these tests, where the key of the caches lies: none of theirs is left in the real one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """A small workspace, empty of sections."""
    return Bench(tmp_path / "work")


@pytest.fixture
def workspace(tmp_path: Path) -> Callable[..., Bench]:
    """Make small workspaces: ``workspace({"10-a.md": "text"})``."""
    count = iter(range(1000))

    def make(sections: Mapping[str, str | bytes] | None = None, **files: str) -> Bench:
        made = Bench(tmp_path / f"work{next(count)}")
        for name, text in (sections or {}).items():
            made.section(name, text)
        for path, text in files.items():
            made.file(path, text)
        return made

    return make


@pytest.fixture(scope="session")
def worker() -> Iterator[Any]:
    """A pandoc that stays for the session; one that was stopped starts again."""
    from penholder.adapters.pandoc.worker import Worker

    with Worker() as made:
        yield made


@pytest.fixture
def resolved(bench: Bench, worker: Any) -> Callable[[], Resolved]:
    """Take the bench's paper through all stages but rendering."""

    def go() -> Resolved:
        from penholder.stages.look import look_of
        from penholder.stages.resolve import resolve

        manuscript, findings = bench.assembled()
        look, found = look_of(manuscript.paper)
        document, more = resolve(manuscript, look.theme, worker)
        seen = [
            Seen(
                f.code.id, f.span.path, f.span.line, f.span.column, f.message, f.severity.label,
                f.span.end_line, f.span.end_column,
            )
            for f in [*findings, *found, *more]
        ]  # fmt: skip
        return Resolved(document, seen)

    return go

# second opinions ---------------------------------------------------------------------
# A test marked ``needs("soffice")`` skips where the tool is absent; where PENHOLDER_ALL_TOOLS
# is set, as in CI, such a skip is a failure.


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[Any]:
    report = yield
    wanted = item.get_closest_marker("needs")
    if wanted is not None and report.skipped and os.environ.get("PENHOLDER_ALL_TOOLS"):
        report.outcome = "failed"
        report.longrepr = f"{wanted.args[0]} must be there in CI: {report.longrepr}"
    return report


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A web server on this machine (``linkserver.Site``); no proxy stands between."""
    from linkserver import start

    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    made, server = start()
    made.page("/alive", 200)
    yield made
    server.shutdown()
    server.server_close()
