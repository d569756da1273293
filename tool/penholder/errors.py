"""What can stop a command.

An author's mistake is never an exception: it is a finding (see ``findings``).
An exception means that the command cannot go on, and carries the line that a
person reads and what to do about it::

    PenholderError
    ├── UsageError         the command was called wrongly            exit 2
    ├── UnusableError      the environment cannot do this            exit 2
    └── LimitError         a section held a program beyond its limit  exit 1

Everything else that escapes is a bug in Penholder (exit 3).
"""

from __future__ import annotations

EXIT_CLEAN = 0
EXIT_FINDINGS = 1
EXIT_UNUSABLE = 2
EXIT_BUG = 3


class PenholderError(Exception):
    """A command cannot go on.

    ``message`` says what is wrong in one line, ``remedy`` what to do about it.
    """

    exit_code = EXIT_UNUSABLE

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy


class UsageError(PenholderError):
    """The command was called in a way it cannot follow (no such paper, no workspace here)."""


class UnusableError(PenholderError):
    """The machine or its disk cannot do this now (program blocked, disk full, no permission)."""


class LimitError(PenholderError):
    """A program was stopped because it ran too long or took too much memory."""

    exit_code = EXIT_FINDINGS
