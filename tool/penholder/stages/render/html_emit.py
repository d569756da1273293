"""The document's tree as HTML wants it: what only HTML says is put in as raw tags, the rest is pandoc's.

Nothing an author wrote reaches the page as a tag or an attribute unless it stands in the lists below.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from html import escape
from typing import Any, NamedTuple

from penholder.adapters.pandoc import tree
from penholder.adapters.pandoc.tree import Attr, Node
from penholder.stages.render.emit import Emitter, Versioned, versioned
from penholder.stages.render.html_links import address_of, anchor, unlinked
from penholder.stages.render.html_table import with_headers
from penholder.stages.resolve.changes import WAS_NUMBER

_CLASSES = frozenset(("smallcaps", "underline", "ul", "mark", "kbd", "dfn", "labelled"))
_REFERENCE_CLASSES = frozenset(("csl-block", "csl-left-margin", "csl-right-inline", "csl-indent"))
_LENGTH = re.compile(r"(\d+(?:\.\d+)?)(px|%|cm|mm|in|pt|em)?")
_BOXES = ("☐", "☒")  # of a task list


class Entry(NamedTuple):
    """A heading as the contents list it: its depth from 1, its id, its number or "", its inlines."""

    level: int
    id: str
    number: str
    inlines: list[Node]


class HtmlEmitter(Emitter):
    """Rewrites a document's blocks for pandoc's HTML writer; ``entries`` gathers the headings.

    ``taken`` are ids that the page itself uses, ``targets`` those that something in the paper has.
    """

    def __init__(self, words: Mapping[str, str], targets: Collection[str], taken: Collection[str]) -> None:
        self._words = words
        self._targets = targets
        self._seen = set(taken)
        self._level = 0
        self._captions = 0
        self._classes = _CLASSES
        self.entries: list[Entry] = []

    def _node(self, node: Node) -> Node | list[Node]:
        if node["t"] in ("Code", "CodeBlock"):
            return {"t": node["t"], "c": [self._attr(node["c"][0]), node["c"][1]]}
        if node["t"] == "Str" and node["c"] in _BOXES:
            return [node, tree.string("")]  # else pandoc makes of it an input without a use
        made = super()._node(node)
        if node["t"] == "Figure" and isinstance(made, dict):
            made["c"][0] = self._attr(made["c"][0])
        return made

    def _table(self, content: list[Any]) -> list[Any]:
        return with_headers(super()._table(content))

    # headings and paragraphs ------------------------------------------------

    def header(self, level: int, attributes: Attr, inlines: list[Node]) -> Node:
        """A heading never more than one level below the one before it; the paper's title is the h1."""
        self._level = min(level, self._level + 1)
        number = versioned(attributes, "number", WAS_NUMBER).of_annex(self._words["annex"])
        identifier = self._id(attributes[0])
        if identifier:
            self.entries.append(Entry(self._level, identifier, number, unlinked(inlines, [], entry=True)))
        if number:
            inlines = [self._numbering(number), tree.SPACE, *inlines]
        return tree.header(min(self._level + 1, 6), tree.attr(identifier), inlines)

    def numbered(self, number: Versioned, identifier: str, blocks: list[Node]) -> list[Node]:
        if not identifier and f"p-{number}" not in self._targets:
            identifier = f"p-{number}"
        first = blocks[0] if blocks else tree.plain([])
        if first["t"] not in ("Para", "Plain"):
            return [_open("div", identifier), tree.para([self._numbering(number)]), *blocks, raw("</div>")]
        paragraph = tree.plain([self._numbering(number), tree.SPACE, *first["c"]])
        return [self._open("p", identifier, "numbered"), paragraph, raw("</p>"), *blocks[1:]]

    def recommendation(self, number: Versioned, identifier: str, to: Versioned, blocks: list[Node]) -> list[Node]:
        label = f"<strong>{escape(self._words['recommendation'])} {self._shown(number)}</strong>"
        addressee = f' <span class="to">{escape(self._words["to"])}: {self._addressee(to)}</span>' if to or to.was else ""
        return [self._open("div", identifier, "recommendation"), raw(f'<p class="label">{label}{addressee}</p>'), *blocks, raw("</div>")]

    # tables, figures, pictures ----------------------------------------------

    def table(self, number: Versioned, identifier: str, caption: list[Node], table: list[Node], source: list[Node]) -> list[Node]:
        label = f'aria-label="{escape(_capital(self._words["table"]))}"'
        inner = next((n for n in table if n["t"] == "Table"), None)
        if inner and (number or caption):
            name = self._caption_id()
            label = f'aria-labelledby="{escape(name)}"'
            first = [tree.span(tree.attr(name), self._labelled("table", number, caption))]
            inner["c"][1] = [None, [tree.plain(first), *caption[1:]]]
        columns = len(inner["c"][2]) if inner else 1
        scroll = _scroll(f'{label} style="--columns:{columns}"')
        return [self._open("div", identifier, "table-block"), scroll, *table, raw("</div>"), *_source(source), raw("</div>")]

    def figure(self, number: Versioned, identifier: str, shown: Sequence[Node], caption: list[Node], source: list[Node]) -> list[Node]:
        pictures = [tree.plain(n["c"]) if n["t"] == "Para" else n for n in self._list(shown)]
        name = self._caption_id()
        first = tree.span(tree.attr(name), self._labelled("figure", number, caption))
        described = [tree.plain([first]), *caption[1:]]
        if any(n["t"] == "RawInline" and "drawing" in n["c"][1] for n in tree.visit(pictures)):
            pictures = [_scroll(f'aria-labelledby="{escape(name)}"'), *pictures, raw("</div>")]
        return [
            self._open("figure", identifier),
            *pictures,
            raw("<figcaption>"),
            *described,
            *_source(source),
            raw("</figcaption></figure>"),
        ]

    def picture(self, attributes: Attr, name: str) -> Node:
        """The picture by its name, in whose place its data go when the page is written."""
        size = "".join(_length(key, tree.value_of(attributes, key)) for key in ("width", "height"))
        style = f' style="{size}"' if size else ""
        kind = "drawing" if name.endswith(".svg") else "photo"
        alt = "" if tree.has_class(attributes, "decorative") else tree.value_of(attributes, "alt")
        return tree.raw_inline("html", f'<img class="{kind}" src="{escape(name)}" alt="{escape(alt)}"{style}>')

    def _caption_id(self) -> str:
        self._captions += 1
        return self._id(f"caption-{self._captions}")

    def _labelled(self, kind: str, number: Versioned, caption: Sequence[Node]) -> list[Node]:
        """The first paragraph of a caption, ``Table 1`` before it."""
        inlines = list(caption[0]["c"]) if caption and caption[0]["t"] in ("Para", "Plain") else []
        if not number:
            return inlines
        strong: Node = {"t": "Strong", "c": [*tree.words(_capital(self._words[kind])), tree.SPACE, *self._versions(number)]}
        return [strong, tree.SPACE, *inlines] if inlines else [strong]

    # numbers and addressees --------------------------------------------------

    def _numbering(self, number: Versioned) -> Node:
        return tree.span(tree.attr(classes=["number"]), self._versions(number))

    def _versions(self, number: Versioned) -> list[Node]:
        return tree.words(number)

    def _shown(self, number: Versioned) -> str:
        return escape(number)

    def _addressee(self, to: Versioned) -> str:
        return escape(to)

    # inlines ----------------------------------------------------------------

    def reference(self, attributes: Attr, inlines: list[Node], target: str) -> Node | list[Node]:
        return self.link(tree.attr(), inlines, ["#" + target, ""])

    def link(self, attributes: Attr, inlines: list[Node], target: list[str]) -> Node | list[Node]:
        """A link with words and a harmless target; else its words alone. Notes in it stand behind it."""
        notes: list[Node] = []
        inner = unlinked(inlines, notes)
        address = address_of(target[0])
        if not address or not (tree.text_of(inner).strip() or any(n["t"] == "RawInline" for n in tree.visit(inner))):
            return inlines
        return [{"t": "Link", "c": [self._attr(attributes), inner, [address, ""]]}, *notes]

    def math(self, display: bool, source: str, words: str) -> Node:
        formula: Node = {"t": "Math", "c": [{"t": "DisplayMath" if display else "InlineMath"}, source]}
        if not display:
            return formula
        label = {"role": "group", "tabindex": "0", "aria-label": self._words.get("equation", "Equation")}
        return tree.span(tree.attr(classes=["equation"], values=label), [formula])

    def span(self, attributes: Attr, inlines: list[Node]) -> Node | list[Node]:
        for name, tag in (("insertion", "ins"), ("deletion", "del")):
            if name in attributes[1]:
                return [tree.raw_inline("html", f"<{tag}>"), *inlines, tree.raw_inline("html", f"</{tag}>")]
        own = self._attr(attributes)
        return tree.span(own, inlines) if any(own) else inlines

    def gap(self, inlines: list[Node]) -> Node:
        return tree.span(tree.attr(classes=["mark", "gap"]), inlines)

    # blocks -----------------------------------------------------------------

    def gap_block(self, blocks: list[Node]) -> Node:
        return tree.div(tree.attr(classes=["gap"]), blocks)

    def div(self, attributes: Attr, blocks: list[Node]) -> Node | list[Node]:
        if "table-source" in attributes[1] or "figure-source" in attributes[1]:
            return _source(blocks)
        own = self._attr(attributes)
        return tree.div(own, blocks) if any(own) else blocks

    def bibliography(self, references: Sequence[Node]) -> list[Node]:
        """The entries as a list; ``hanging`` where the style wants their first lines to stand out."""
        entries = [n for block in references for n in (block["c"][1] if block["t"] == "Div" else [block])]
        hanging = any(block["t"] == "Div" and "hanging-indent" in block["c"][0][1] for block in references)
        self._classes = _CLASSES | _REFERENCE_CLASSES
        out = [raw(f'<ul class="references{" hanging" if hanging else ""}">')]
        for entry in entries:
            blocks = entry["c"][1] if entry["t"] == "Div" else [entry]
            made = self._list(blocks)
            if len(made) == 1 and made[0]["t"] == "Para":
                made = [tree.plain(made[0]["c"])]
            out += [self._open("li", entry["c"][0][0] if entry["t"] == "Div" else ""), *made, raw("</li>")]
        self._classes = _CLASSES
        return [*out, raw("</ul>")] if entries else []

    # attributes -------------------------------------------------------------

    def _open(self, tag: str, identifier: str = "", name: str = "") -> Node:
        return _open(tag, self._id(identifier), name)

    def _attr(self, attributes: Attr) -> Attr:
        """The id, the classes the page knows, the language and direction; all else stays behind."""
        values = {}
        for key, value in attributes[2]:
            if (key == "lang" and re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", value)) or (key == "dir" and value in ("ltr", "rtl")):
                values[key] = value
        return tree.attr(self._id(attributes[0]), [c for c in attributes[1] if c in self._classes], values)

    def _id(self, identifier: str) -> str:
        """The id as the page uses it, each only once."""
        identifier = wanted = anchor(identifier)
        count = 1
        while identifier and identifier in self._seen:
            count += 1
            identifier = f"{wanted}-{count}"
        self._seen.add(identifier)
        return identifier


def raw(text: str) -> Node:
    return tree.raw_block("html", text)


def _open(tag: str, identifier: str = "", name: str = "") -> Node:
    """An opening tag."""
    of_class = f' class="{name}"' if name else ""
    of_id = f' id="{escape(identifier)}"' if identifier else ""
    return raw(f"<{tag}{of_class}{of_id}>")


def _scroll(attributes: str) -> Node:
    """What holds something wide: reached by keyboard, and moved by itself on a narrow screen."""
    return raw(f'<div class="scroll" role="group" tabindex="0" {attributes}>')


def _source(blocks: Sequence[Node]) -> list[Node]:
    return [raw('<div class="source">'), *blocks, raw("</div>")] if blocks else []


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


def _length(key: str, value: str) -> str:
    found = _LENGTH.fullmatch(value.strip())
    return f"{key}:{found[1]}{found[2] or 'px'};" if found else ""
