"""The pages of rules: for a terminal, for a machine, and ``docs/rules.md``."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from penholder import codes
from penholder.checks.registry import all_rules, built_in
from penholder.checks.rule import Example, Rule
from penholder.checks.waivers import CODES as WAIVERS
from penholder.errors import UsageError
from penholder.findings import Code
from penholder.library import codes as library_codes
from penholder.model.rulebook import RULEBOOK
from penholder.stages.authored import nearest

# The families of rules, in the order of the page.
FAMILIES: Mapping[str, str] = {
    "EVID": "Evidence",
    "CREF": "Citations",
    "STRU": "Structure",
    "ACCE": "Accessibility",
    "PLAI": "Plain language",
    "SPEL": "Spelling",
    "LINK": "Links",
}
_LONGEST = 800  # characters of a line of an example that are shown whole
_OPENING = 160  # those of a longer one
_AGAIN = re.compile(r"(?:(?<=[.!?]\s)|^)(?=\S)([^\n]{20,400}?[.!?])(?: \1){2,}(?!\S)")  # a sentence or more, three times or oftener
_MADE = "<!-- Made by `python -m penholder.report.reference --write`: change the rules, not this page. -->"
_TOP = """\
# Rules

What `penholder check` looks for besides the [findings](findings.md) of reading a paper. Each rule reads the text as pandoc
does: citations, quotations, code and references are left out of rules of style. `penholder rule CODE` prints one of these
pages, and [settings and waivers](checking.md) say how to switch a rule off or answer it.

**GOV.UK** marks the house set `govuk`, which a workspace chooses (`[check] house = ["govuk"]`); **off** a rule that looks
only when it is selected; **final** one whose findings are errors in a final paper; **fix** what `--fix` mends by itself
(*unsafe*: only with `--unsafe-fixes`).
"""


def stage_codes() -> dict[str, Code]:
    """The codes of findings that are made while a paper is read and built, and about waivers."""
    return {**codes.BY_ID, **library_codes.BY_ID, **{c.id: c for c in WAIVERS}}


def page(code: str) -> str:
    """The page of a rule or of another finding, for a terminal. Raises ``UsageError`` for a code nobody knows."""
    rule = {r.id: r for r in all_rules()}.get(code)
    known = rule.code if rule else stage_codes().get(code)
    if known is None and code in RULEBOOK:
        return recipients_page(code)
    if known is None:
        near = nearest(code, [*(r.id for r in all_rules()), *stage_codes(), *RULEBOOK])
        raise UsageError(f"there is no rule {code}.{near}".rstrip("."), "`penholder rule all` lists them.")
    parts = [f"{known.id}  {known.title} ({', '.join([known.severity.label, *(_marks(rule) if rule else ())])})"]
    parts += [_wrapped("Why it matters", known.why), _wrapped("What to do", known.help)]
    if rule:
        parts += [_example("Found", rule.bad), _example("Right", rule.good)]
    if known.url:
        parts.append(f"Authority: {known.url}")
    parts.append(f"Answer it in the text, with a reason:\n  <!-- penholder: allow {known.id} because ... -->")
    return "\n\n".join(parts)


def recipients_page(name: str) -> str:
    """The page of a rule that recipients of submissions have: what it asks, who asks it, and what looks for it."""
    from penholder.features.profile_words import value_text
    from penholder.features.profiles import profiles_of
    from penholder.features.submission.checking.registry import CHECKS, DELEGATED

    kind, check = RULEBOOK[name], CHECKS.get(name)
    parts = [f"{name}  {kind.title} ({kind.severity} unless a profile says otherwise)"]
    if check:
        parts += [_wrapped("Why it matters", check.why), _wrapped("What to do", check.help)]
    if name in DELEGATED:
        parts.append(f"Looked for with: {', '.join(DELEGATED[name])} (`penholder rule CODE` explains them)")
    asking = [(p.id, p.rules[name]) for p in profiles_of() if name in p.rules]
    lines = [f"  {profile}: {value_text(rule)}. {rule.said}" for profile, rule in asking]
    parts.append("\n".join(["Built-in profiles that ask for it:", *lines]) if lines else "No built-in profile asks for it; a profile of the workspace can.")
    return "\n\n".join([*parts, "Set it otherwise in a submission, with a reason:\n  overrides:\n    " + f"{name}: {{off: true, reason: ...}}"])


def _wrapped(title: str, text: str) -> str:
    return textwrap.fill(f"{title}: {text}", 88, subsequent_indent="  ")


def _example(title: str, example: Example) -> str:
    return f"{title}:\n{textwrap.indent(_shown(example), '  ')}"


def _shown(example: Example) -> str:
    """What an example looks like: its files where it has some, and its section."""
    text = shortened(example.section.strip())
    files = [f"{name}:\n{textwrap.indent(shortened(content.strip()), '  ')}" for name, content in example.files.items()]
    return "\n\n".join([*files, *([f"the section:\n{textwrap.indent(text, '  ')}" if files else text] if text else [])])


def shortened(text: str) -> str:
    """An example for reading: what goes on and on in a line is left out, and the line says how much it was."""
    return "\n".join(_short_line(line) for line in text.split("\n"))


def _short_line(line: str) -> str:
    if len(line) <= _LONGEST:
        return line
    told = _AGAIN.sub(lambda m: f"{m[1]} ... (the same {(len(m[0]) + 1) // (len(m[1]) + 1):,} times)", line)
    return told if len(told) <= _LONGEST else f"{line[:_OPENING].rstrip()} ... ({len(line):,} characters)"


def _marks(rule: Rule) -> Iterator[str]:
    if rule.house:
        yield "GOV.UK" if rule.house == "govuk" else rule.house
    if not rule.default:
        yield "off"
    if rule.network:
        yield "with --links"
    if rule.final:
        yield "final"
    if rule.fix:
        yield "fix" if rule.fix.value == "safe" else "unsafe fix"
    if rule.languages:
        yield "in " + ", ".join(rule.languages)


def is_family(word: str) -> bool:
    """Whether a word is the family of some rule."""
    return any(rule.family == word for rule in all_rules())


def table(only: str = "") -> str:
    """Every rule in a line, by family; or those of one family."""
    lines = []
    family = ""
    for rule in sorted((r for r in all_rules() if only in ("", r.family)), key=_place):
        if rule.family != family:
            family = rule.family
            lines += ["", FAMILIES.get(family, family)]
        marks = ", ".join([rule.code.severity.label, *_marks(rule)])
        lines.append(f"  {rule.id}  {rule.code.title} ({marks})")
    lines += ["", "Next: `penholder rule CODE` prints the page of one. The findings of reading a paper are in docs/findings.md."]
    return "\n".join(lines).strip()


def pages_json(code: str = "") -> str:
    """The rules (or one, or those of a family) as JSON. Raises ``UsageError`` for a rule nobody knows."""
    found = [r for r in all_rules() if code in ("", r.id, r.family)]
    if not found:
        raise UsageError(f"there is no rule {code}", "`penholder rule all` lists them.")
    return json.dumps([_data(rule) for rule in found], indent=2, ensure_ascii=False)


def _data(rule: Rule) -> dict[str, Any]:
    code = rule.code
    return {
        "code": code.id, "severity": code.severity.label, "title": code.title, "why": code.why, "help": code.help, "url": code.url,
        "scope": rule.scope.value, "languages": list(rule.languages), "house": rule.house or None, "default": rule.default,
        "final": rule.final, "network": rule.network, "fix": rule.fix.value if rule.fix else None,
        "bad": shortened(rule.bad.section), "good": shortened(rule.good.section),
    }  # fmt: skip


def _place(rule: Rule) -> tuple[int, str]:
    order = list(FAMILIES)
    return (order.index(rule.family) if rule.family in order else len(order), rule.id)


def rules_page() -> str:
    """The text of ``docs/rules.md``: our own rules only, whatever is installed."""
    rules = sorted(built_in(), key=_place)
    unknown = sorted({r.family for r in rules} - set(FAMILIES))
    if unknown:
        raise UsageError(f"no family is named for {', '.join(unknown)}", "Add its prefix to FAMILIES in report/rules.py.")
    rows = [f"| [{r.id}](#{r.id.lower()}) | {', '.join([r.code.severity.label, *_marks(r)])} | {plain(r.code.title)} |" for r in rules]
    parts = [_MADE, _TOP, "| rule | severity | what it is |\n|---|---|---|\n" + "\n".join(rows)]
    family = ""
    for rule in rules:
        if rule.family != family:
            family = rule.family
            parts.append(f"## {FAMILIES[family]}")
        parts.append(_entry(rule))
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def _entry(rule: Rule) -> str:
    code = rule.code
    lines = [
        f"### {code.id}",
        f"**{plain(code.title)}** ({', '.join([code.severity.label, *_marks(rule)])})",
        f"Why it matters: {plain(code.why)}",
        f"What to do: {plain(code.help)}",
        _fenced("Found", rule.bad),
        _fenced("Right", rule.good),
    ]
    if code.url:
        lines.append(f"Authority: <{code.url}>")
    return "\n\n".join(lines)


def _fenced(title: str, example: Example) -> str:
    text = _shown(example)
    ticks = "`" * max(4, 1 + max((len(run) for run in re.findall(r"`+", text)), default=0))
    return f"{title}:\n\n{ticks}text\n{text}\n{ticks}"


def plain(text: str) -> str:
    """Words that a terminal shows as they are, with what Markdown would take for markup escaped."""
    return re.sub(r"(`[^`]+`)|([*_|<>\[\]{}#]|:::)", lambda m: m[1] or "".join("\\" + c for c in m[2]), text)

