"""Which rules are on, and how severe they are, once house, paper and command line have spoken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from penholder.checks.rule import Rule
from penholder.findings import Severity
from penholder.model.check import CheckSettings
from penholder.model.paper import PaperFile, WorkspaceFile


@dataclass(frozen=True)
class Settings:
    """The settings of one paper. ``layers`` are the paper's own and those of the workspace: the first that names a rule decides."""

    layers: tuple[CheckSettings, CheckSettings]
    house: tuple[str, ...]
    allow_words: frozenset[str]
    acronyms: frozenset[str]
    sentence_words: int
    summary_words: int
    spelling: bool
    spelling_words: frozenset[str]

    def runs(self, rule: Rule, language: str, only: Sequence[str] = ()) -> bool:
        """Whether ``rule`` looks at a text in ``language``; ``only`` are the codes the command line asks for.

        A family asks for what is on by default in it (of any house); a rule that is off is asked for by its whole code.
        """
        asked = next((wish for layer in self.layers if (wish := _wish(rule.id, layer)) is not None), None)
        if not rule.reads(language) or asked is False:
            return False
        chosen = any(rule.id in layer.select for layer in self.layers)
        if only:
            return rule.id in only or (named(rule.id, only) and (rule.default or chosen))
        return chosen or (rule.default and (not rule.house or rule.house in self.house or asked is True))

    def of(self, code: str, path: str, severity: Severity) -> Severity | None:
        """The severity of a code in a file; ``None`` where the path's settings ignore it."""
        wanted = False  # by the paper, whatever the house leaves out
        for layer in self.layers:
            found = _most_exact(code, layer.severity)
            for each in layer.paths:
                if fnmatchcase(path, each.path):
                    if named(code, each.ignore) and not wanted:
                        return None
                    found = _most_exact(code, each.severity) or found
            if found:
                return Severity[found.upper()]
            wanted = wanted or named(code, layer.select)
        return severity


def named(code: str, among: Iterable[str]) -> bool:
    """Whether a code or its family is among those given."""
    family = code.rstrip("0123456789")
    return any(each in (code, family) for each in among)


def settings_of(house: WorkspaceFile, paper: PaperFile) -> Settings:
    """The settings of a paper of a workspace."""
    base, own = house.check, paper.check or CheckSettings()
    said = own.given
    return Settings(
        layers=(own, base),
        house=own.house if "house" in said else base.house,
        allow_words=frozenset(w.casefold() for w in base.allow_words + own.allow_words),
        acronyms=frozenset(base.acronyms + own.acronyms),
        sentence_words=own.sentence_words if "sentence_words" in said else base.sentence_words,
        summary_words=own.summary_words if "summary_words" in said else base.summary_words,
        spelling=own.spelling if "spelling" in said else base.spelling,
        spelling_words=frozenset(w.casefold() for w in base.spelling_words + own.spelling_words),
    )


def _wish(code: str, layer: CheckSettings) -> bool | None:
    """Whether a layer wants a rule on or off; ``None`` where it does not name it."""
    if named(code, layer.ignore):
        return False
    return True if named(code, layer.select) else None


def _most_exact(code: str, table: Mapping[str, str]) -> str:
    return table.get(code) or table.get(code.rstrip("0123456789"), "")
