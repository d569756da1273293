"""Citations within citations, as in ``[@a, p. 3, citing @b, p. 5]``: each becomes the next source of the same brackets.

Citeproc prints the inner one in the place of the outer one, and the outer one nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from penholder import codes
from penholder.adapters.pandoc import tree
from penholder.adapters.pandoc.tree import Node
from penholder.findings import Finding, Findings
from penholder.library import Library, parse_locator
from penholder.stages.resolve.locate import Finder
from penholder.stages.resolve.parts import AFFIXES, BESIDE, Part

_PAUSE = (",", ";", ":")


def open_nested(parts: Sequence[Part], library: Library, findings: Findings) -> None:
    """Set the sources that stand in another one's prefix or suffix beside it, in place; a finding for each citation.

    A key that the library does not hold is left where it stands: its mark is words, not a citation.
    """
    for part in parts:
        found = [node for node in tree.outermost(part.blocks, "Cite") if _holds_one(node, library)]
        if not found:
            continue
        finder = Finder(part.text)
        for node in found:
            findings.add(_finding(node, [each for each in _within(node) if _known(each, library)], finder))
        tree.rewrite(part.blocks, lambda node: _opened(node, library))


def _within(cite: Node) -> Iterator[Node]:
    """The citations in the prefixes and suffixes of one."""
    for citation in cite["c"][0]:
        for affix in AFFIXES:
            yield from (node for node in tree.visit(citation[affix]) if node["t"] == "Cite")


def _known(cite: Node, library: Library) -> bool:
    return any(citation["citationId"] in library for citation in cite["c"][0])


def _holds_one(cite: Node, library: Library) -> bool:
    return any(_known(each, library) for each in _within(cite))


def _finding(cite: Node, within: Sequence[Node], finder: Finder) -> Finding:
    outer = cite["c"][0][0]["citationId"]
    keys = list(dict.fromkeys(citation["citationId"] for each in within for citation in each["c"][0]))
    names = " and ".join(f"@{key}" for key in keys)
    said = "is printed as the next source" if len(keys) == 1 else "are printed as the next sources"
    return codes.CITE_INSIDE.at(finder.citation_within(outer, keys[0]), f"{names} within the citation of @{outer} {said} of the same brackets.")


def _opened(node: Node, library: Library) -> Node | None:
    if node["t"] != "Cite" or not _holds_one(node, library):
        return None
    return {"t": "Cite", "c": [[made for citation in node["c"][0] for made in _in_a_row(citation, library)], node["c"][1]]}


def _in_a_row(citation: Node, library: Library) -> list[Node]:
    """A source and those in its prefix and suffix, in order, with the words between them shared out."""
    alone = citation | {affix: [] for affix in AFFIXES}
    row = [*_pieces(citation["citationPrefix"], library), [alone], *_pieces(citation["citationSuffix"], library)]
    (first, *between, last), sources = row[::2], row[1::2]
    shared = [_shared(words) for words in between]
    _without_brackets([prefix for _, prefix in shared], last)
    for group, (_, prefix) in zip(sources, [([], first), *shared], strict=True):
        apart = [tree.SPACE] if prefix and group[0]["citationPrefix"] else []
        group[0]["citationPrefix"] = [*prefix, *apart, *group[0]["citationPrefix"]]
    for group, (suffix, _) in zip(sources, [*shared, (last, [])], strict=True):
        group[-1]["citationSuffix"] = [*group[-1]["citationSuffix"], *suffix]
    return [each for group in sources for each in group]


def _pieces(inlines: Sequence[Node], library: Library) -> list[list[Node]]:
    """Words, the sources of a citation, words, and so on; with words (or none) at either end."""
    out: list[list[Node]] = [[]]
    for node in inlines:
        if node["t"] == "Cite" and _known(node, library):
            out += [[_as_source(each) for each in node["c"][0]], []]
        elif node["t"] in tree.HOLDERS and any(n["t"] == "Cite" and _known(n, library) for n in tree.visit([node])):
            (content,) = tree.children(node)
            words, *rest = _pieces(content, library)
            out[-1] += _like(node, words)
            for sources, words in zip(rest[::2], rest[1::2], strict=True):
                out += [sources, _like(node, words)]
        else:
            out[-1].append(node)
    return out


def _as_source(citation: Node) -> Node:
    """As it is printed in brackets: no author of its own in a sentence."""
    if citation["citationMode"]["t"] == "AuthorInText":
        return citation | {"citationMode": {"t": "NormalCitation"}}
    return dict(citation)


def _like(holder: Node, words: list[Node]) -> list[Node]:
    """Some of the words that an emphasis, a link or a span holds, within another such."""
    inner = _trimmed(words)
    if not inner:
        return words
    content = inner if holder["t"] in tree.LOOKS else [holder["c"][0], inner, *holder["c"][2:]]
    apart = [[tree.SPACE] if end["t"] in tree.SPACES else [] for end in (words[0], words[-1])]
    return [*apart[0], {"t": holder["t"], "c": content}, *apart[1]]


def _shared(words: list[Node]) -> tuple[list[Node], list[Node]]:
    """The words between two sources: the locator and all up to the last comma belong to the one before."""
    said = "".join(_leading(words))
    locator = parse_locator(said) if said.strip() else None
    before, after = _cut(words, len(said) - len(locator.rest) if locator else 0)
    at = next((i for i in reversed(range(len(after))) if _is_pause(after[i])), None)
    if at is not None:
        before += after[:at]
        after = after[at:]
    if at is not None and after[0]["t"] == "Str":
        before += tree.words(after[0]["c"][:-1])
        after = after[1:]
    return before, _trimmed(after)


def _is_pause(node: Node) -> bool:
    """Whether a comma ends here, or a reference into the paper begins, which a semicolon goes before."""
    if node["t"] == "Span":
        return tree.has_class(node["c"][0], BESIDE)
    return bool(node["t"] == "Str" and node["c"].endswith(_PAUSE))


def _leading(words: Sequence[Node]) -> Iterator[str]:
    """The text of the plain words at the start."""
    for node in words:
        if node["t"] != "Str" and node["t"] not in tree.SPACES:
            return
        yield node["c"] if node["t"] == "Str" else " "


def _cut(words: Sequence[Node], at: int) -> tuple[list[Node], list[Node]]:
    """Plain words cut after so many characters."""
    before: list[Node] = []
    for i, node in enumerate(words):
        if at <= 0:
            return before, list(words[i:])
        text = node["c"] if node["t"] == "Str" else " "
        if len(text) > at:
            return [*before, tree.string(text[:at])], [tree.string(text[at:]), *words[i + 1 :]]
        before.append(node)
        at -= len(text)
    return before, []


def _trimmed(words: list[Node]) -> list[Node]:
    while words and words[0]["t"] in tree.SPACES:
        words = words[1:]
    while words and words[-1]["t"] in tree.SPACES:
        words = words[:-1]
    return words


def _without_brackets(prefixes: Sequence[list[Node]], last: list[Node]) -> None:
    """Take out, in place, brackets around all from one of the sources to the last: they are in brackets already."""
    opening = next((p for p in prefixes if p and p[0]["t"] == "Str" and p[0]["c"].startswith("(")), None)
    if opening and last and last[-1]["t"] == "Str" and last[-1]["c"].endswith(")") and "(" not in tree.text_of(last):
        opening[0] = tree.string(opening[0]["c"][1:])
        last[-1] = tree.string(last[-1]["c"][:-1])
