"""The profiles there are: the built-in ones and the workspace's, each over what it extends.

``profiles_of(root)`` reads them all; ``Profiles.get(id)`` gives one with all its rules.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from penholder.adapters import files
from penholder.features.profile_rules import Profile, Rule, merged
from penholder.features.submission import codes
from penholder.findings import Finding
from penholder.model.profile import ProfileFile, RuleFile
from penholder.model.rulebook import RULEBOOK
from penholder.packaged import DATA
from penholder.source import SourceFile, Span
from penholder.stages.authored import authored, nearest
from penholder.stages.discover import read_toml
from penholder.stages.tomlplace import toml_place


class _Known(NamedTuple):
    """A profile's file: where, what it says (already checked), and whether it is the workspace's own."""

    source: SourceFile
    file: ProfileFile
    data: Mapping[str, Any]
    own: bool


class Profiles:
    """All profiles by id. ``findings`` are about the workspace's own files."""

    def __init__(self, known: Mapping[str, _Known], findings: Sequence[Finding]) -> None:
        self._known = known
        self._made: dict[str, Profile] = {}
        self.findings = tuple(findings)

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(self._known)

    def __iter__(self) -> Iterator[Profile]:
        return iter(self.get(name) for name in self._known)

    def __contains__(self, name: object) -> bool:
        return name in self._known

    def get(self, name: str) -> Profile:
        """The profile of that id, over all it extends. Raises ``KeyError`` where there is none."""
        if name not in self._made:
            self._made[name] = self._over(name)
        return self._made[name]

    def chain(self, name: str) -> tuple[str, ...]:
        """The ids a profile is made of, itself first; it ends where a circle would begin."""
        chain = [name]
        while (base := self._known[chain[-1]].file.extends) and base in self._known and base not in chain:
            chain.append(base)
        return tuple(chain)

    def _over(self, name: str) -> Profile:
        chain = self.chain(name)
        data: dict[str, Any] = {}
        setters: dict[str, str] = {}
        for each in reversed(chain):
            known = self._known[each].data
            data = merged(data, known)
            setters |= dict.fromkeys(known.get("rules", {}), each)
        made = ProfileFile.of(data | {"extends": ""})
        rules = {i: Rule(RULEBOOK[i], made.rules[i], setters[i]) for i in RULEBOOK if i in made.rules and not made.rules[i].off}
        return Profile(made, rules, chain, own=self._known[name].own)


def profiles_of(root: Path | None = None) -> Profiles:
    """The built-in profiles and, where ``root`` is a workspace, those of its ``templates/profiles/``."""
    known = dict(_built_in())
    findings: list[Finding] = []
    sources: dict[str, SourceFile] = {}
    for path in sorted((root / "templates" / "profiles").glob("*.toml")) if root else []:
        assert root is not None
        source, found = files.read_text(root, path)
        findings += found
        made, found = _read(source, own=True)
        findings += found
        if made is None:
            continue
        if path.stem in known:
            place = toml_place(source, ("id",))
            findings.append(codes.PROFILE_TWICE.at(place, f"There is a built-in profile {path.stem} already."))
            continue
        known[path.stem] = made
        sources[path.stem] = source
    profiles = Profiles(known, ())
    return Profiles(known, [*findings, *(f for name, source in sources.items() for f in _bases(profiles, known, name, source))])


@cache
def _built_in() -> Mapping[str, _Known]:
    made: dict[str, _Known] = {}
    folder = DATA / "profiles"
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.name.endswith(".toml"):
            known, findings = _read(SourceFile(entry.name, entry.read_text(encoding="utf-8")), own=False)
            assert known is not None and not findings, findings  # a fault of the package; a test reads them all
            made[known.file.id] = known
    return made


def _bases(profiles: Profiles, known: Mapping[str, _Known], name: str, source: SourceFile) -> list[Finding]:
    """What is wrong with what a profile extends."""
    base = known[name].file.extends
    place = toml_place(source, ("extends",))
    if base and base not in known:
        return [codes.PROFILE_UNKNOWN.at(place, f"There is no profile {base!r} to extend.{nearest(base, profiles.ids)}")]
    chain = profiles.chain(name)
    back = known[chain[-1]].file.extends
    if back in chain:
        return [codes.PROFILE_CIRCLE.at(place, f"{' extends '.join((*chain, back))}.")]
    if base and known[base].file.kind != known[name].file.kind:
        return [codes.PROFILE_KIND.at(place, f"{name} is {_a(known[name].file.kind)}, and {base} is {_a(known[base].file.kind)}.")]
    return []


def _a(kind: str) -> str:
    return {"house": "a recipient's profile", "overlay": "an overlay"}[kind]


def stale(profile: Profile, today: dt.date, place: Span) -> list[Finding]:
    """A finding at ``place`` for each source that was not read for twelve months, with the rules that rest on it."""
    by_source: dict[tuple[str, dt.date | None], list[str]] = {}
    for rule in profile.stale(today):
        by_source.setdefault((rule.setting.source, rule.setting.checked), []).append(rule.id)
    return [
        codes.RULE_STALE.at(place, f"{source or 'A source'} was last read {f'on {read.isoformat()}' if read else 'nobody knows when'}: {', '.join(rules)}.")
        for (source, read), rules in by_source.items()
    ]


# one file ------------------------------------------------------------------------


def _read(source: SourceFile, *, own: bool) -> tuple[_Known | None, list[Finding]]:
    data, findings = read_toml(source)
    if findings:
        return None, findings
    stem = Path(source.path).stem
    named = data.get("id", stem)
    if named != stem:
        message = f"`id` is {named!r}, and the file is called {stem}."
        findings.append(codes.RULE_VALUE.at(toml_place(source, ("id",)), message, help="Give both the same name; the file's is used."))
    made, found = authored(ProfileFile, {**data, "id": stem}, lambda where: place_of(source, where))
    findings += found
    if made is None:
        return None, findings
    rules = {}
    for name, setting in made.rules.items():
        wrong = fault_of(name, setting, extending=bool(made.extends))
        if wrong:
            code, message = wrong
            findings.append(code.at(place_of(source, ("rules", name)), message))
        else:
            rules[name] = setting
    made = made.changed(rules=rules)
    return _Known(source, made, {"rules": {}, **made.data("given")}, own), findings


def place_of(source: SourceFile, where: Sequence[str | int]) -> Span:
    """The place of a TOML key, or of the nearest thing around it."""
    for depth in range(len(where), 0, -1):
        span = toml_place(source, where[:depth])
        if (span.line, span.end_column) != (1, 1):
            return span
    return Span(source.path, 1, 1, 1, 1)


def fault_of(name: str, setting: RuleFile, *, extending: bool = False) -> tuple[Any, str] | None:
    """The code and the message for a rule that cannot be used; ``extending`` ones may leave out what lies below them."""
    kind = RULEBOOK.get(name)
    if kind is None:
        return codes.RULE_UNKNOWN, f"There is no rule {name}.{nearest(name.upper(), list(RULEBOOK))}"
    given = [key for key in ("max", "min", "over", "values") if getattr(setting, key) not in (None, ())]
    for key in given:
        if key not in kind.takes:
            takes = f"It takes {', '.join(kind.takes)}." if kind.takes else "It takes none."
            return codes.RULE_VALUE, f"{name} has no use for `{key}`. {takes}"
    for word in setting.values:
        if kind.words and word not in kind.words:
            hint = nearest(word, kind.words) or f" It knows {', '.join(kind.words)}."
            return codes.RULE_VALUE, f"{name} does not know the value {word!r}.{hint}"
    missing = [key for key in kind.needs if key not in given]
    if missing and not extending and not setting.off:
        return codes.RULE_VALUE, f"{name} needs `{missing[0]}`{f' (in {kind.unit})' if kind.unit else ''}."
    return None
