"""What a check of a recipient's rule is: an id of the rulebook, and a function that looks at a subject."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple

from penholder.findings import Severity
from penholder.source import Span

if TYPE_CHECKING:
    from penholder.features.profile_rules import Rule
    from penholder.features.submission.checking.subject import Subject


class Hit(NamedTuple):
    """One breach of a rule. ``help`` replaces the rule's own advice, ``severity`` lowers the rule's."""

    span: Span
    message: str
    help: str = ""
    severity: Severity | None = None


class Silent(NamedTuple):
    """Why a rule says nothing: it does not apply here, or (``blind``) a machine cannot tell."""

    why: str
    blind: bool = False


Seen = Iterable[Hit] | Silent
Look = Callable[["Subject", "Rule"], Seen]


class Check(NamedTuple):
    """How one rule is checked: ``why`` it matters and what ``help`` there is, in words for the author."""

    id: str
    look: Look
    why: str
    help: str
