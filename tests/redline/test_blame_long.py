"""Attribution over histories that nobody made for it, and over very long ones."""

from __future__ import annotations

import os
import random
import subprocess
import time

import pytest
from releases import SLUG

from penholder.features.redline.blame import Attribution
from penholder.features.redline.versions import open_versions
from penholder.features.redline.words import words_of

COMMITS = 10_000
SECONDS = 90  # on a busy machine; a tenth of it on one that has nothing else to do


@pytest.mark.slow
def test_ten_thousand_commits_on_one_section(tmp_path, worker):
    root = tmp_path / "long"
    first = long_history(root)
    started = time.monotonic()
    with open_versions(root, "p", first, "HEAD", worker) as (old, new):
        attribution = Attribution(old, new)
        words = words_of(new.document.sections[0].blocks)
        for index, word in enumerate(words):
            if word.startswith("new"):
                number = int(word.strip(".")[3:])
                assert attribution.inserted("10-a", index).name == f"Author {number % 24}"
        assert sum(word.startswith("new") for word in words) > 1000
    assert time.monotonic() - started < SECONDS


def long_history(root) -> str:
    """A repository in which each of 10,000 commits puts one word in or takes one out; the first commit's hash."""
    chance = random.Random(1)
    lines = [[f"word{chance.randrange(800)}" for _ in range(12)] for _ in range(250)]
    stream = [commit(0, {"penholder.toml": "schema_version = 1\n", "papers/p/paper.yaml": "title: T\n", "papers/p/sections/10-a.md": text(lines)})]
    for number in range(1, COMMITS):
        line = lines[chance.randrange(len(lines))]
        if chance.random() < 0.5 and len(line) > 4:
            line.pop(chance.randrange(len(line)))
        else:
            line.insert(chance.randrange(len(line) + 1), f"new{number}")
        stream.append(commit(number, {"papers/p/sections/10-a.md": text(lines)}))
    root.mkdir()
    git = lambda *a, **more: subprocess.run(["git", *a], cwd=root, check=True, capture_output=True, **more).stdout  # noqa: E731
    git("init", "-q", "-b", "main")
    git("fast-import", "--quiet", input=b"".join(stream))
    git("reset", "-q", "--hard")
    return git("rev-list", "--max-parents=0", "HEAD").decode().strip()


def text(lines) -> str:
    return "# A\n\n" + "".join(f"{' '.join(line)}.\n" for line in lines)


def commit(number: int, files: dict[str, str]) -> bytes:
    who = f"Author {number % 24} <a@example.org> {1_700_000_000 + number * 60} +0000"
    parent = f"from :{number}\n" if number else ""
    head = f"commit refs/heads/main\nmark :{number + 1}\nauthor {who}\ncommitter {who}\ndata 1\nx\n{parent}"
    return head.encode() + b"".join(f"M 644 inline {name}\ndata {len(data)}\n{data}\n".encode() for name, data in files.items())


@pytest.mark.slow
def test_every_word_of_every_release_has_an_author_between_the_two(standard, worker):
    dates = {tag: log(standard.root, tag) for tag in standard.tags}
    assert len(standard.pairs) == len(standard.tags) - 1 > 10
    print(f"{len(standard.tags)} releases, {len(standard.pairs)} pairs")  # noqa: T201
    for old_tag, new_tag in standard.pairs:
        with open_versions(standard.root, SLUG, old_tag, new_tag, worker) as (old, new):
            attribution = Attribution(old, new)
            for version, ask in ((old, attribution.deleted), (new, attribution.inserted)):
                for section in version.document.sections:
                    for index in range(len(words_of(section.blocks))):
                        assert ask(section.text.section.slug, index) == dates[new_tag]


def log(root, tag: str) -> tuple[str, str]:
    form = ("--date=format-local:%Y-%m-%dT%H:%M:%SZ", "--format=%aN%n%ad")
    environment = {**os.environ, "TZ": "UTC"}
    said = subprocess.run(["git", "log", "-1", *form, tag], cwd=root, check=True, capture_output=True, text=True, env=environment).stdout
    return tuple(said.strip().split("\n"))
