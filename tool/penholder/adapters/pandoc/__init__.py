"""Pandoc: one resident worker process that reads, cites and writes, and the tree it speaks."""
