"""Jinja2 for untrusted text: sandboxed, strict, limited, and with the way back to the source."""

from penholder.adapters.jinja.engine import Reporter, environment, forgiving, render
from penholder.adapters.jinja.marks import without_marks
from penholder.adapters.jinja.parts import AuthorFault, Fault, Noted, Rendered, from_line, to_line

__all__ = ["AuthorFault", "Fault", "Noted", "Rendered", "Reporter", "environment", "forgiving", "from_line", "render", "to_line", "without_marks"]
