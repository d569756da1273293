"""Which rules are on, and how severe they are, once house, paper and command line have spoken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from penholder.checks.rule import Rule
from penholder.findings import Severity
from penholder.model.check import CheckSettings, PathSettings
from penholder.model.paper import PaperFile, WorkspaceFile


@dataclass(frozen=True)
class Settings:
    """The settings of one paper: those of the workspace with the paper's own over them."""

    select: tuple[str, ...]
    ignore: tuple[str, ...]
    house: tuple[str, ...]
    severity: Mapping[str, str]
    paths: tuple[PathSettings, ...]
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
        if not rule.reads(language) or named(rule.id, self.ignore):
            return False
        if only:
            return rule.id in only or (named(rule.id, only) and (rule.default or rule.id in self.select))
        if rule.id in self.select:
            return True
        return rule.default and (not rule.house or rule.house in self.house or named(rule.id, self.select))

    def of(self, code: str, path: str, severity: Severity) -> Severity | None:
        """The severity of a code in a file; ``None`` where the path's settings ignore it."""
        found = _most_exact(code, self.severity)
        for each in self.paths:
            if fnmatchcase(path, each.path):
                if named(code, each.ignore):
                    return None
                found = _most_exact(code, each.severity) or found
        return Severity[found.upper()] if found else severity


def named(code: str, among: Iterable[str]) -> bool:
    """Whether a code or its family is among those given."""
    family = code.rstrip("0123456789")
    return any(each in (code, family) for each in among)


def settings_of(house: WorkspaceFile, paper: PaperFile) -> Settings:
    """The settings of a paper of a workspace."""
    base, own = house.check, paper.check or CheckSettings()
    said = own.model_fields_set
    return Settings(
        select=base.select + own.select,
        ignore=tuple(c for c in base.ignore if not named(c, own.select)) + own.ignore,
        house=own.house if "house" in said else base.house,
        severity={**base.severity, **own.severity},
        paths=base.paths + own.paths,
        allow_words=frozenset(w.casefold() for w in base.allow_words + own.allow_words),
        acronyms=frozenset(base.acronyms + own.acronyms),
        sentence_words=own.sentence_words if "sentence_words" in said else base.sentence_words,
        summary_words=own.summary_words if "summary_words" in said else base.summary_words,
        spelling=own.spelling if "spelling" in said else base.spelling,
        spelling_words=frozenset(w.casefold() for w in base.spelling_words + own.spelling_words),
    )


def _most_exact(code: str, table: Mapping[str, str]) -> str:
    return table.get(code) or table.get(code.rstrip("0123456789"), "")
