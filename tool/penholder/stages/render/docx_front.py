"""What stands around the text in Word: cover, contents, back matter."""

from __future__ import annotations

from collections.abc import Sequence

from penholder.adapters import word
from penholder.adapters.pandoc import tree
from penholder.adapters.pandoc.tree import Node
from penholder.model.theme import Logo, Theme
from penholder.stages.render.front import Front
from penholder.stages.resolve.parts import Document

_LONG = 24  # entries of contents that get a page of their own


def cover(front: Front, logo: Logo | None) -> list[Node]:
    """Logo, bodies, title, what a reader must know of the edition, abstract."""
    words = front.words
    out: list[Node] = []
    if logo:
        values = {"alt": logo.alt, "width": f"{logo.width}mm"}
        image = {"t": "Image", "c": [tree.attr(values=values), tree.words(logo.alt), [logo.path, ""]]}
        out.append(styled("Cover Logo", [tree.para([image])]))
    if front.organisations:
        out.append(styled("Cover Body", [tree.para(tree.words(name)) for name in front.organisations]))
    out.append(styled("Cover Title", [tree.para(tree.words(front.title))]))
    if front.subtitle:
        out.append(styled("Cover Subtitle", [tree.para(tree.words(front.subtitle))]))
    style = "Cover First Detail"
    for name, value in _details(front):
        inlines = [marked("Detail Label", name), inline(word.tab()), *value]
        out.append(styled(style, [tree.para(inlines)]))
        style = "Cover Detail"
    if front.identity:
        out.append(styled("Cover Identity", [tree.para(tree.words(front.identity))]))
    if front.cover:
        out.append(raw(word.page_break()))
    if front.abstract:
        out.append(styled("Abstract Title", [tree.para(tree.words(words["abstract"]))]))
        out.append(styled("Abstract", [tree.para(tree.words(" ".join(front.abstract.split())))]))
    return out


def _details(front: Front) -> list[tuple[str, list[Node]]]:
    words = front.words
    facts = [(words["addressee"], front.addressee), (words["date"], front.date), (words["version"], front.version)]
    found = [(name, tree.words(value)) for name, value in facts if value]
    if status := _status(front):
        found.append((words["status"], status))
    return found


def _status(front: Front) -> list[Node]:
    """The status and, on anything that is not final, the mark that it is a draft."""
    if not front.draft:
        return tree.words(front.status)
    mark = marked("Draft Mark", front.words["draft"].upper())
    same = front.status.casefold() in ("", front.words["draft"].casefold())
    return [mark] if same else [*tree.words(front.status), tree.SPACE, mark]


def opening(front: Front) -> list[Node]:
    """The head of a document that is a clerk's: mark, statement, title, facts."""
    evidence = front.evidence
    assert evidence is not None
    out: list[Node] = []
    if evidence.mark:
        out.append(styled("Cover Body", [tree.para([marked("Draft Mark", evidence.mark)])]))
    if evidence.statement:
        out.append(styled("Cover Body", [tree.para(tree.words(evidence.statement))]))
    out.append(styled("Cover Title", [tree.para(tree.words(front.title))]))
    if front.subtitle:
        out.append(styled("Cover Subtitle", [tree.para(tree.words(front.subtitle))]))
    style = "Cover First Detail"
    for name, value in evidence.facts:
        inlines = [marked("Detail Label", name), inline(word.tab()), *tree.words(value)]
        out.append(styled(style, [tree.para(inlines)]))
        style = "Cover Detail"
    return out


def cover_text(front: Front, theme: Theme, column: int) -> int:
    """About the height in twips of what stands on the cover, so that the rest can be shared out between."""
    sizes = theme.sizes
    points = sizes.title * 1.15 * word.lines_of(front.title, sizes.title, column) + 8
    points += sizes.heading2 * 1.25 * word.lines_of(front.subtitle, sizes.heading2, column)
    points += sum(sizes.heading3 * 1.2 * word.lines_of(o, sizes.heading3, column) + 3 for o in front.organisations)
    if theme.logo:
        points += theme.logo.width * 72 / 25.4 * 0.75 + 16
    rows = [front.addressee, front.date, front.version, front.status or "x"]
    points += sum((sizes.body * 1.3) * word.lines_of(r, sizes.body, column - 1900) + 4 for r in rows if r)
    points += sizes.small * 1.4 + 12 + 24
    return round(points * 20)


def entries_of(document: Document, front: Front) -> list[word.ContentsEntry]:
    """The lines of the contents."""
    entries = []
    for target in document.targets.values():
        if target.kind == "sec" and 0 < target.level <= front.contents_depth:
            number = target.number.replace("annex", front.words["annex"], 1)
            entries.append(word.ContentsEntry(target.level, number, target.title, word.bookmark_name(target.id)))
    if document.references:
        entries.append(word.ContentsEntry(1, "", document.references_title, word.bookmark_name("references")))
    return entries


def contents(document: Document, front: Front, entries: Sequence[word.ContentsEntry]) -> list[Node]:
    """The contents; long ones begin a page."""
    breaks = [raw(word.page_break())] if front.cover and len(entries) > _LONG else []
    above = not breaks and (bool(front.abstract) or any(s.kind == "summary" for s in document.sections))
    return [*breaks, raw(word.contents(entries, front.words["contents"], depth=front.contents_depth, below=above))]


def back(front: Front) -> list[Node]:
    """Contributors, how to cite, which edition this is."""
    words = front.words
    out: list[Node] = []
    if front.evidence:
        return out
    if front.contributors:
        out.append(styled("Back Heading", [tree.para(tree.words(words["contributors"]))]))
    for person in front.contributors:
        inlines: list[Node] = [marked("Label", person.name)]
        for line in (person.affiliation, person.roles, f"ORCID {person.orcid}" if person.orcid else ""):
            if line:
                inlines += [{"t": "LineBreak"}, *tree.words(line)]
        out.append(styled("Contributor", [tree.para(inlines)]))
    out.append(styled("Back Heading", [tree.para(tree.words(words["cite"]))]))
    out.append(styled("Body Text", [tree.para(tree.words(front.cite_as))]))
    out.append(styled("Back Heading", [tree.para(tree.words(words["identity"]))]))
    for name, value in ((words["version"], tree.words(front.version)), (words["date"], tree.words(front.date)), (words["status"], _status(front))):
        if value:
            out.append(styled("Edition Detail", [tree.para([marked("Detail Label", name), inline(word.tab()), *value])]))
    out.append(styled("Identity", [tree.para(tree.words(f"{front.paper_id}, {front.identity}"))]))
    return out


def styled(style: str, blocks: Sequence[Node]) -> Node:
    """Blocks in a paragraph style."""
    return tree.div(tree.attr(values={"custom-style": style}), blocks)


def marked(style: str, text: str) -> Node:
    """Words in a character style."""
    return tree.span(tree.attr(values={"custom-style": style}), tree.words(text))


def raw(text: str) -> Node:
    """A block of WordprocessingML."""
    return tree.raw_block("openxml", text)


def inline(text: str) -> Node:
    """An inline of WordprocessingML."""
    return tree.raw_inline("openxml", text)
