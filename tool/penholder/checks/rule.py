"""What a rule is: one code, its page, and a function that looks.

A rule is one module of ``penholder.checks.rules`` (or of another package, by the
entry point ``penholder.rules``) with a ``RULE``. Its documentation, its message and
its examples stand together, and the examples are its test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any

from penholder.checks.fixing import Fix, Safety
from penholder.findings import Code, Severity
from penholder.source import Span

if TYPE_CHECKING:
    from penholder.checks.prose import Passage
    from penholder.checks.views import SectionView


class Scope(Enum):
    """What a rule is handed: a section, a paper, or all papers that are checked together."""

    SECTION = "section"
    PAPER = "paper"
    WORKSPACE = "workspace"


@dataclass(frozen=True)
class Hit:
    """One thing a rule saw.

    ``message`` says what is wrong, for a list of findings; ``ask`` the same to the
    author of a letter, as a sentence or a question without codes or paths ("Which
    report is it from?"). ``quote`` are the words it is about, and ``language`` theirs
    where they are marked with one.
    """

    span: Span
    message: str
    ask: str = ""
    help: str = ""
    quote: str = ""
    severity: Severity | None = None
    fix: Fix | None = None
    section: SectionView | None = field(default=None, compare=False, repr=False)
    passage: Passage | None = field(default=None, compare=False, repr=False)
    language: str = field(default="", compare=False)


@dataclass(frozen=True)
class Example:
    """A text that shows a rule: ``files`` (path in the workspace: text) besides the section, where it needs some.

    ``section`` is the Markdown of a section (front matter allowed). Paths of ``files``
    are relative to the workspace; the paper is ``papers/paper``, its ``paper.yaml`` may
    be replaced, and ``mode`` is how it is checked.
    """

    section: str
    files: Mapping[str, str] = field(default_factory=dict)
    mode: str = "draft"


@dataclass(frozen=True)
class Rule:
    """A rule: its code (with what, why and how to mend), where it looks, and examples.

    ``languages`` are those a prose rule can read (none: all). ``house`` names the
    set of house rules it belongs to (``"govuk"``), which a workspace chooses.
    ``default`` is false for a rule that must be selected. ``final`` raises its
    findings to errors in a final paper. ``fix`` says whether it mends, and how safely.
    """

    code: Code
    scope: Scope
    look: Callable[[Any], Iterable[Hit]]
    bad: Example
    good: Example
    languages: tuple[str, ...] = ()
    house: str = ""
    default: bool = True
    final: bool = False
    fix: Safety | None = None
    network: bool = False

    @property
    def id(self) -> str:
        return self.code.id

    @property
    def family(self) -> str:
        return self.code.id.rstrip("0123456789")

    def reads(self, language: str) -> bool:
        """Whether the rule can read a text in ``language`` (BCP 47)."""
        return not self.languages or language.split("-", maxsplit=1)[0] in self.languages


__all__ = ["Example", "Fix", "Hit", "Rule", "Safety", "Scope"]
