"""A document's blocks as the plain text of a web form: what a form cannot take is told in sentences and lists, and counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from penholder.adapters.pandoc import tree
from penholder.adapters.pandoc.tree import Attr, Node
from penholder.stages.resolve.parts import Document

_RAISED = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2007": " ", "\u00ad": None, "\u200b": None, "\u2060": None})

_SAID = {
    "table": ("a table became a list, a row each", "{} tables became lists, a row each"),
    "picture": ("a picture is told in words", "{} pictures are told in words"),
    "note": ("a footnote stands at the end", "{} footnotes stand at the end"),
    "source": ("a source is named in full at the end", "{} sources are named in full at the end"),
    "link": ("an address stands in brackets after its words", "{} addresses stand in brackets after their words"),
    "equation": ("an equation is told in words or signs", "{} equations are told in words or signs"),
    "heading": ("a heading became a line of its own", "{} headings became lines of their own"),
    "quotation": ("a quotation stands in quotation marks", "{} quotations stand in quotation marks"),
}


class PlainText:
    """Turns blocks into paragraphs of plain text, and counts what it changed."""

    def __init__(self, document: Document, words: Mapping[str, str]) -> None:
        self._words = words
        self._document = document
        self._counts: Counter[str] = Counter()
        self._notes: list[str] = []
        self._cited: dict[str, None] = {}
        links = (n for s in self._document.sections for n in tree.visit(s.blocks) if n["t"] == "Link")
        self._paragraph_numbers = any(tree.value_of(n["c"][0], "kind") == "para" for n in links)

    @property
    def changes(self) -> tuple[str, ...]:
        return tuple((one if n == 1 else many.format(n)) for kind, (one, many) in _SAID.items() if (n := self._counts[kind]))

    def end(self) -> list[str]:
        """What stands after the text: the notes, and the sources that are cited."""
        out = []
        if self._notes:
            out.append("\n".join(f"[{i}] {text}" for i, text in enumerate(self._notes, 1)))
        entries = {e["c"][0][0]: e for b in self._document.references for e in tree.visit([b]) if e["t"] == "Div"}
        sources = [self._line(entries[key]) for key in self._cited if key in entries]
        if sources:
            self._counts["source"] += len(sources)
            out.append("\n".join([f"{self._document.references_title}:", *(f"- {s}" for s in sources)]))
        return out

    # blocks: a list of paragraphs, each of which may have lines -------------------------------------

    def blocks(self, nodes: Iterable[Node]) -> list[str]:
        out: list[str] = []
        for node in nodes:
            out += self._block(node)
        return out

    def _block(self, node: Node) -> list[str]:
        kind, content = node["t"], node.get("c")
        if kind in ("Para", "Plain"):
            return [self.inlines(content or [])]
        if content is None or kind == "RawBlock":
            return []
        if kind == "Header":
            self._counts["heading"] += 1
            return [self.inlines(content[2])]
        if kind == "CodeBlock":
            return [content[1]]
        if kind == "LineBlock":
            return ["\n".join(self.inlines(line) for line in content)]
        if kind == "BlockQuote":
            self._counts["quotation"] += 1
            said = [p for p in self.blocks(content) if p]
            return [f"“{said[0]}", *said[1:-1], f"{said[-1]}”"] if len(said) > 1 else [f"“{p}”" for p in said]
        return self._holder(kind, content)

    def _holder(self, kind: str, content: Any) -> list[str]:
        if kind == "BulletList":
            return ["\n".join(self._item("-", item) for item in content)]
        if kind == "OrderedList":
            first = content[0][0]
            return ["\n".join(self._item(f"{i}.", item) for i, item in enumerate(content[1], first))]
        if kind == "DefinitionList":
            return ["\n".join(f"{self.inlines(term)}: {' '.join(' '.join(self.blocks(d)) for d in said)}" for term, said in content)]
        if kind == "Table":
            self._counts["table"] += 1
            return ["\n".join(self._rows({"t": kind, "c": content}))]
        if kind == "Div":
            return self._div(*content)
        return self.blocks(content[2]) if kind == "Figure" else []

    def _item(self, mark: str, blocks: list[Node]) -> str:
        """A list's item, what is inside it set in by two."""
        lines = "\n".join(p for p in self.blocks(blocks) if p).split("\n")
        return "\n".join([f"{mark} {lines[0]}", *(f"  {line}" for line in lines[1:])])

    def _div(self, attributes: Attr, blocks: list[Node]) -> list[str]:
        classes, number = attributes[1], tree.value_of(attributes, "number")
        if "numbered" in classes:
            first, *rest = self.blocks(blocks) or [""]
            return [f"{number}. {first}" if self._paragraph_numbers else first, *rest]
        if "table-block" in classes or "figure" in classes:
            return self._float("table" if "table-block" in classes else "figure", number, blocks)
        if "recommendation" in classes:
            to = tree.value_of(attributes, "to")
            lead = f"{self._words['recommendation']} {number}" + (f" ({self._words['to']}: {to})" if to else "")
            first, *rest = self.blocks(blocks) or [""]
            return [f"{lead}: {first}", *rest]
        return self.blocks(blocks)

    def _float(self, kind: str, number: str, blocks: list[Node]) -> list[str]:
        """A table or figure: its caption first, then what it shows, then its source, close together."""
        inner = sorted(blocks, key=lambda b: not (b["t"] == "Div" and "caption" in b["c"][0][1]))
        lines = [p for p in self.blocks(inner) if p]
        label = f"{self._words[kind][:1].upper()}{self._words[kind][1:]} {number}: " if number else ""
        return ["\n".join([label + lines[0], *lines[1:]])] if lines else []

    def _rows(self, table: Node) -> Iterator[str]:
        """``- 2024: Spend: 10; Share: 5%``: the first cell leads, each other is told by its column's heading."""
        heads = [[self._line_of(cell[4]) for cell in row[1]] for row in table["c"][3][1]]
        names = heads[-1] if heads else []
        caption = self._line_of(table["c"][1][1])
        if caption:
            yield caption
        for row in list(tree.table_rows(table))[len(heads) :]:
            cells = [self._line_of(cell[4]) for cell in row[1]]
            named = [f"{names[i]}: {c}" if i < len(names) and names[i] else c for i, c in enumerate(cells) if i and c]
            lead = cells[0] if cells else ""
            yield f"- {lead}{': ' if lead and named else ''}{'; '.join(named)}"

    def _line_of(self, blocks: Iterable[Node]) -> str:
        return " ".join(" ".join(self.blocks(blocks)).split())

    def _line(self, entry: Node) -> str:
        return self._line_of([entry])

    # inlines ---------------------------------------------------------------------------------------

    def inlines(self, nodes: Iterable[Node]) -> str:
        return "".join(self._inline(n) for n in nodes).translate(_SPACES).strip(" ")

    def _inline(self, node: Node) -> str:
        kind, content = node["t"], node.get("c")
        if kind == "Str":
            return str(content)
        if kind in ("Space", "SoftBreak"):
            return " "
        if kind == "LineBreak":
            return "\n"
        if kind == "Code":
            return str(content[1])  # type: ignore[index]
        if content is None or kind == "RawInline":
            return ""
        made: str = getattr(self, f"_{kind.lower()}", self._inside)(content)
        return made

    def _inside(self, content: Any) -> str:
        return "".join(self._inline(n) for n in content)

    def _quoted(self, content: Any) -> str:
        opening, closing = ("‘", "’") if content[0]["t"] == "SingleQuote" else ("“", "”")
        return f"{opening}{self._inside(content[1])}{closing}"

    def _superscript(self, content: Any) -> str:
        return _shifted(self._inside(content), _RAISED, "^")

    def _subscript(self, content: Any) -> str:
        return _shifted(self._inside(content), _LOWERED, "_")

    def _math(self, content: Any) -> str:
        self._counts["equation"] += 1
        return str(content[1])

    def _note(self, content: Any) -> str:
        self._counts["note"] += 1
        self._notes.append("")
        number = len(self._notes)
        self._notes[number - 1] = self._line_of(content)
        return f" [{number}]"

    def _cite(self, content: Any) -> str:
        self._cited |= {f"ref-{c['citationId']}": None for c in content[0]}
        return self._inside(content[1])

    def _image(self, content: Any) -> str:
        self._counts["picture"] += 1
        attributes, inlines, _ = content
        alt = "" if tree.has_class(attributes, "decorative") else tree.value_of(attributes, "alt") or self._inside(inlines)
        return f"[{alt}]" if alt else ""

    def _link(self, content: Any) -> str:
        _, inlines, (target, _) = content
        text = self._inside(inlines)
        plain = target.removeprefix("mailto:")
        if target.startswith("#") or text in (target, plain) or target.endswith(text.strip()):
            return text
        self._counts["link"] += 1
        return f"{text} ({plain})"

    def _span(self, content: Any) -> str:
        attributes, inlines = content
        alt = tree.value_of(attributes, "alt")
        if "equation" in attributes[1] and alt:
            self._counts["equation"] += 1
            return alt
        return self._inside(inlines)


def _shifted(text: str, signs: Mapping[int, int], mark: str) -> str:
    """Raised or lowered letters, where there are such; else their mark before them."""
    if all(ord(letter) in signs for letter in text):
        return text.translate(signs)
    return f"{mark}{text}" if text.isalnum() else f"{mark}({text})"
