"""Typst: PDF from Typst text, in a process of its own that can be stopped."""
