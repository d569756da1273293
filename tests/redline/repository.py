"""A workspace in a repository whose commits have authors and dates of a test's choosing."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from workbench import Bench

DAY = 86_400
START = 1_893_456_000  # 2030-01-01


class Repository:
    """The bench's workspace in Git; ``commit`` returns the hash of what it made."""

    def __init__(self, bench: Bench) -> None:
        self.bench, self.root = bench, bench.root
        self._day = 0
        self.git("init", "-q", "-b", "main")
        self.git("config", "user.name", "Editor Here")
        self.git("config", "user.email", "editor@example.org")

    def git(self, *arguments: str, given: bytes | None = None, **more: str) -> str:
        done = subprocess.run(["git", *arguments], cwd=self.root, check=True, capture_output=True, input=given, env={**os.environ, **more})
        return done.stdout.decode().strip()

    def section(self, text: str, name: str = "10-a.md") -> Path:
        return self.bench.section(name, text)

    def commit(self, author: str = "Anna", *, tag: str = "", merge: str = "") -> str:
        """Commit everything as ``author``, a day after the commit before."""
        self._day += 1
        moment = f"{START + self._day * DAY} +0000"
        names = {f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER") for what, value in (
            ("NAME", author), ("EMAIL", f"{author.lower()}@example.org"), ("DATE", moment))}  # fmt: skip
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", f"Work of {author}", **names)
        if tag:
            self.git("tag", tag)
        return self.git("rev-parse", "HEAD")

    def date(self, day: int) -> str:
        """The date of the commit of a day."""
        from datetime import UTC, datetime

        return datetime.fromtimestamp(START + day * DAY, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
