"""From the manuscript to the document: pandoc's tree, cleaned, numbered, cross-referenced and cited."""

from penholder.stages.resolve.document import resolve
from penholder.stages.resolve.parts import Document, ResolvedSection, Target

__all__ = ["Document", "ResolvedSection", "Target", "resolve"]
