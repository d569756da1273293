"""Whose change it is: the author and the date of any word that was put in or taken out between two versions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from penholder.adapters import history
from penholder.adapters.history import Commit, Node, Step
from penholder.adapters.sequences import matching
from penholder.features.redline.neighbours import Neighbours
from penholder.features.redline.tracing import Traced, origin_of, trace
from penholder.features.redline.versions import Version
from penholder.features.redline.words import tokens_by_word, tokens_of, words_of
from penholder.stages.load import Section
from penholder.stages.where import MARKER

NOT_COMMITTED = "Not committed"
_LISTED = re.compile(rb"^sections:.*\n?(?:[ \t-].*\n?|\r?\n)*", re.M)  # in a paper.yaml


class Author(NamedTuple):
    """Who made a change, as Git names them, and when (ISO 8601 in UTC)."""

    name: str
    date: str


class Attribution:
    """Who put in each word of the newer version of a paper, and who took out each word of the older.

    A section is looked into when the first of its words is asked for. Words are named by their index in
    ``words_of(blocks)``, ``blocks`` being those of the section in the version's document. Where nobody can be told
    from the history of the section's own file (a citation rendered anew, the text of a partial), the answer is who
    touched last what sections are filled with, on the way from the one version to the other; else who touched the file,
    else the rest of the paper, else who made the newer version.

    A change that is not committed is made by who would commit it (Git's ``user.name``), at the time of the last commit:
    a redline of the same files has the same dates.
    """

    def __init__(self, old: Version, new: Version) -> None:
        """The two versions of one ``open_versions``, which may be closed by now.

        Raises ``UnusableError`` where the history between them cannot be read.
        """
        assert old.commit is not None
        self._old, self._new = old, new
        self._root = new.root
        self._from: Commit = old.commit
        self._to: Commit = new.commit or history.commit_of(self._root, "HEAD")
        self._lineage = history.lineage(self._root, self._from.hash, self._to.hash)
        self._told: dict[tuple[bool, str], tuple[Step | None, ...]] = {}
        self._traces: dict[str, Traced] = {}

    def inserted(self, section: str, word: int) -> Author:
        """Who put in a word of a section (its slug) of the newer version."""
        return self._answer(self._new, section, word)

    def deleted(self, section: str, word: int) -> Author:
        """Who took out a word of a section (its slug) of the older version."""
        return self._answer(self._old, section, word)

    def of_paper(self) -> Author:
        """Who last changed what the paper says outside its sections: its metadata, the house's settings and people."""
        return self._of_paper

    def of_cover(self) -> Author:
        """Who last changed what the cover and the last pages say; which sections the paper has they do not."""
        return self._of_cover

    def of_library(self) -> Author:
        """Who last changed what sections are filled with: sources, the ledger, data, partials, templates and figures."""
        return self._of_library

    # who answers ---------------------------------------------------------------------------

    def _answer(self, version: Version, section: str, word: int) -> Author:
        key = (version is self._new, section)
        if key not in self._told:
            self._told[key] = self._steps_of(version, section)
        steps = self._told[key]
        step = steps[word] if word < len(steps) else None
        if step is not None:
            return Author(step.author, step.date)
        filled = self._of_fillings if word < len(steps) else None
        return filled or self._of_section(_section(version, section))

    def _of_section(self, section: Section) -> Author:
        """Who last touched the file of a section on the way."""
        if self._is_modified(section.path):
            return self._uncommitted
        steps = [node.step for node in self._nodes_of(section.path) if node.step]
        if steps:
            return Author(steps[-1].author, steps[-1].date)
        both = all(section.path in (s.path for s in version.paper.sections) for version in (self._old, self._new))
        return self.of_library() if both else self.of_paper()

    @cached_property
    def _of_paper(self) -> Author:
        folders = {f"papers/{version.slug}/paper.yaml" for version in (self._old, self._new)}
        return self._last_of((*folders, MARKER, "contributors.yaml"))

    @cached_property
    def _of_cover(self) -> Author:
        paper = f"papers/{self._new.slug}/paper.yaml"
        others = (MARKER, "contributors.yaml")
        if any(self._is_modified(path) for path in (paper, *others)):
            return self._uncommitted
        found = [a for a in (self._of_front(paper), self._touched(others)) if a is not None]
        return max(found, key=lambda author: author.date) if found else self._of_paper

    def _of_front(self, path: str) -> Author | None:
        """Who last changed a ``paper.yaml`` but for its list of sections; None where nobody did."""
        nodes = self._nodes_of(path)
        texts = history.blobs(self._root, [node.blob for node in nodes if node.blob])
        said = [_LISTED.sub(b"", next(texts)).split() if node.blob else [] for node in nodes]
        changed = [n for n, node in enumerate(nodes) if node.step and all(said[n] != said[p] for p in node.parents)]
        step = nodes[changed[-1]].step if changed else None
        return Author(step.author, step.date) if step else None

    @cached_property
    def _of_library(self) -> Author:
        return self._of_fillings or Author(self._to.author, self._to.date)

    @cached_property
    def _of_fillings(self) -> Author | None:
        """Who last touched what sections are filled with; None where nobody did."""
        inner = ("data", "partials", "figures", "citations", "evidence.yaml")
        own = {f"papers/{version.slug}/{name}" for version in (self._old, self._new) for name in inner}
        return self._touched((*sorted(own), "citations", "templates"))

    def _last_of(self, paths: tuple[str, ...]) -> Author:
        """Who last touched one of some files, else who made the newer version."""
        return self._touched(paths) or Author(self._to.author, self._to.date)

    def _touched(self, paths: tuple[str, ...]) -> Author | None:
        """Who last touched one of some files; None where nobody did."""
        if any(self._is_modified(path) for path in paths):
            return self._uncommitted
        found = history.last_commit(self._root, self._from.hash, self._to.hash, paths)
        return Author(found.author, found.date) if found else None

    def _is_modified(self, path: str) -> bool:
        return any(changed == path or changed.startswith(f"{path}/") for changed in self._modified)

    @cached_property
    def _modified(self) -> tuple[str, ...]:
        return history.modified(self._root) if self._new.commit is None else ()

    @cached_property
    def _uncommitted(self) -> Author:
        return Author(history.configured_name(self._root) or NOT_COMMITTED, self._to.date)

    # word by word ---------------------------------------------------------------------------

    def _steps_of(self, version: Version, slug: str) -> tuple[Step | None, ...]:
        """The step of each word of a section's tree, found by way of the words of its source."""
        section = _section(version, slug)
        traced = self._traced(version, section)
        is_new = version is self._new
        if not is_new and traced.old_path != section.path:  # another file has taken its name
            return ()
        own, other = (traced.inserted, traced.deleted) if is_new else (traced.deleted, traced.inserted)
        blocks = next((s.blocks for s in version.document.sections if s.text.section.slug == slug), ())
        words = words_of(blocks)
        tokens, owners = tokens_by_word(words)
        places = _placed(_tokens(section), tokens)
        told: list[int | None] = [None] * len(words)
        for (place, exact), owner in zip(places, owners, strict=True):
            step = own[place] if exact else None
            if step is not None:
                told[owner] = max(step, told[owner] or 0)  # of several that changed a word, the last is seen
        neighbours = Neighbours(own, other, traced.to_old if is_new else traced.to_new)
        for (place, _), owner in zip(places, owners, strict=True):
            if told[owner] is None:
                told[owner] = neighbours.step(place)
        return tuple(None if n is None else traced.steps[n] for n in told)

    def _traced(self, version: Version, section: Section) -> Traced:
        """The history of a section's file, from the older version's text to the newer's."""
        path = section.path
        if version is self._old:
            path = self._later_paths.get(path, path)
        if path not in self._traces:
            nodes = self._nodes_of(path)
            texts = history.blobs(self._root, [node.blob for node in nodes if node.blob])
            new = next((_tokens(s) for s in self._new.paper.sections if s.path == path), [])
            old = {s.path: _tokens(s) for s in self._old.paper.sections}
            self._traces[path] = trace(nodes, texts, old, new, self._made_last(path, nodes[-1].blob))
        return self._traces[path]

    def _made_last(self, path: str, blob: str) -> Step:
        """Who did what the commits on the way do not tell of: left the file as it is, or took it out of the paper."""
        if self._is_modified(path):
            return Step("", (), *self._uncommitted)
        if blob and path not in (s.path for s in self._new.paper.sections):
            return Step("", (), *self.of_paper())
        return Step(self._to.hash, (), self._to.author, self._to.date)

    @cached_property
    def _nodes(self) -> dict[str, list[Node]]:
        """The versions of the files of the newer version's sections, by path."""
        return {s.path: self._lineage.versions(s.path) for s in self._new.paper.sections if s.source is not None}

    def _nodes_of(self, path: str) -> list[Node]:
        if path not in self._nodes:
            self._nodes[path] = self._lineage.versions(path)
        return self._nodes[path]

    @cached_property
    def _later_paths(self) -> dict[str, str]:
        """What became of the files of the older version's sections: path by path, those that are still there."""
        found: dict[str, str] = {}
        for path, nodes in self._nodes.items():
            found.setdefault(origin_of(nodes), path)
        return found


def _section(version: Version, slug: str) -> Section:
    return next(s for s in version.paper.sections if s.slug == slug)


def _tokens(section: Section) -> list[str]:
    return tokens_of(section.source.text[section.body_start :]) if section.source else []


def _placed(source: Sequence[str], tokens: Sequence[str]) -> list[tuple[int, bool]]:
    """For each token of a tree, its place in the source; where it has none, that of the nearest before it (``False``)."""
    found: list[int | None] = [None] * len(tokens)
    for a, b, size in matching(source, tokens):
        found[b : b + size] = range(a, a + size)
    before, places = -1, []
    for place in found:
        before = before if place is None else place
        places.append((before, place is not None))
    return places
