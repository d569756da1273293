"""Run commands as a person does."""

from newcomer_helpers import command

__all__ = ["command"]
