"""Penholder: position papers from Markdown in Git, to DOCX, PDF and HTML."""

__version__ = "0.1.0"
