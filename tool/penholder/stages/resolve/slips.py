"""Slips of the pen that pandoc reads in silence: the text would come out wrong, or not at all."""

from __future__ import annotations

import re

from penholder import codes
from penholder.adapters.pandoc import tree
from penholder.adapters.pandoc.tree import Node
from penholder.findings import Finding
from penholder.patterns import later
from penholder.stages.assemble import Text
from penholder.stages.resolve.locate import Finder

_METADATA = re.compile(r"^---[ \t]*\n(?:[A-Za-z_][\w-]*:.*\n(?:[ \t-].*\n)*)+(?:---|\.\.\.)[ \t]*$", re.M)
_FENCE = re.compile(r"^(?P<indent>[ \t]*)(?P<item>(?:[:~*+-]|\d+[.)])[ \t]+)?(?P<marks>`{3,}|~{3,})", re.M)
_CONFLICT = re.compile(r"^(<{7} .*|={7}|>{7} .*)$", re.M)
_RULE = later(r"^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_ITEM = later(r"[-*+•◦]|#{1,6}|\d{1,2}[.)]")


def in_text(text: Text) -> list[Finding]:
    """What can be seen in a section's text: metadata, open fences, open merges, cells too many."""
    return _metadata(text) + _fences(text) + _conflicts(text) + _cells(text)


def _conflicts(text: Text) -> list[Finding]:
    """The marks of a merge that was not finished, where all its kinds are there."""
    found = list(_CONFLICT.finditer(text.markdown))
    if {m[0][0] for m in found} != {"<", "=", ">"}:
        return []
    return [codes.CONFLICT.at(text.map.span(found[0].start(), found[0].end()), "A merge conflict begins here.")]


def _cells(text: Text) -> list[Finding]:
    """Rows of pipe tables with more cells than their header: pandoc drops the rest without a word."""
    findings: list[Finding] = []
    lines = text.markdown.split("\n")
    at = [0]
    for line in lines:
        at.append(at[-1] + len(line) + 1)
    row = 1
    while row < len(lines):
        if not (_RULE.match(lines[row]) and "|" in lines[row] and "|" in lines[row - 1]):
            row += 1
            continue
        width = _width(lines[row - 1])
        row += 1
        while row < len(lines) and "|" in lines[row] and lines[row].strip():
            if _width(lines[row]) > width:
                span = text.map.span(at[row], at[row] + len(lines[row]))
                findings.append(codes.TABLE_CELLS.at(span, f"This row has {_width(lines[row])} cells, the table {width}."))
            row += 1
    return findings


def _width(line: str) -> int:
    """The number of cells in a row of a pipe table; bars in code, links and after a backslash do not count."""
    plain = re.sub(r"\\\\.|`[^`]*`|\[\[[^\]]*\]\]", "", line.replace("\\|", "")).strip()
    return plain.removeprefix("|").removesuffix("|").count("|") + 1


def run_in(blocks: list[Node], finder: Finder) -> list[Finding]:
    """Lists and headings that were run into a paragraph for want of an empty line."""
    findings: list[Finding] = []
    for node in tree.visit(blocks):
        if node["t"] != "Para":
            continue
        inlines = node["c"]
        if not any(n["t"] == "SoftBreak" for n in inlines):
            continue
        for before, mark, after in zip(inlines, inlines[1:], inlines[2:], strict=False):
            if before["t"] == "SoftBreak" and mark["t"] == "Str" and after["t"] == "Space" and _ITEM.fullmatch(mark["c"]):
                span = finder.pattern(rf"(?m)(?<=^){re.escape(mark['c'])}(?=\s)", "run-in " + mark["c"])
                findings.append(codes.BLANK_LINE.at(span, f"The line that begins with {mark['c']} is run into the paragraph above."))
                break
    return findings


def _metadata(text: Text) -> list[Finding]:
    return [
        codes.SECTION_METADATA.at(text.map.span(m.start(), m.start() + 3), "A metadata block stands inside the text.")
        for m in _METADATA.finditer(text.markdown)
    ]


def _fences(text: Text) -> list[Finding]:
    """An opening ``` without a closing one: pandoc then reads it as plain text."""
    opened: re.Match[str] | None = None
    for fence in _FENCE.finditer(text.markdown):
        shallow = len(fence["indent"].expandtabs(4)) <= 3
        if opened is None:
            opened = fence if shallow else None
        elif _closes(fence, opened) and (shallow or opened["item"]):  # within an item, all lines are indented
            opened = None
    if opened is None:
        return []
    return [codes.SECTION_UNCLOSED.at(text.map.span(*opened.span("marks")), "A code block opened here is never closed.")]


def _closes(fence: re.Match[str], opened: re.Match[str]) -> bool:
    return not fence["item"] and fence["marks"][0] == opened["marks"][0] and len(fence["marks"]) >= len(opened["marks"])
