"""One accessible HTML file of a document: no network, no scripts, pictures and styles inside.

The page is ``page.html`` of the theme, a ``string.Template`` whose ``$names`` are the
``parts`` below; pandoc writes the text of the paper, all of it at once.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from html import escape
from string import Template
from typing import NamedTuple

from penholder.adapters.pandoc import tree
from penholder.adapters.pandoc.tree import Node
from penholder.adapters.pandoc.worker import Worker
from penholder.model.theme import Theme
from penholder.packaged import DEFAULT_THEME
from penholder.stages.render import html_front as made
from penholder.stages.render.front import Front
from penholder.stages.render.html_emit import Entry, HtmlEmitter, raw
from penholder.stages.resolve.parts import Document, Picture

WRITER = "html5"
SETTINGS = {"html_math_method": "mathml", "highlight_method": "none", "wrap_text": "wrap-none"}
_CUT = "<!-- penholder: the next part -->"
_OWN_IDS = ("main", "contents-title", "references", "notes-title", "contributors", "how-to-cite", "this-edition")
_PICTURE = re.compile(r'(<img class="(?:drawing|photo)" src=")([^"]+)(?=")')
_NOTES = re.compile(r'<section id="footnotes"[^>]*>\s*<hr>\s*(.*?)\s*</section>\s*', re.S)
_BACK = re.compile(r'<a href="#fnref(\d+)" class="footnote-back" role="doc-backlink"')
_CLOSED = re.compile(r"(<(?:br|col|hr|img|input|wbr)\b[^>]*?) ?/>")
_EMPTY_HEAD = re.compile(r"<th((?:\s[^>]*)?)></th>")


class _Written(NamedTuple):
    """What pandoc wrote, cut into its parts."""

    summary: str
    contents: str
    body: str
    references: str
    notes: str


def html_page(
    document: Document, front: Front, theme: Theme, worker: Worker, *, template: bytes | None = None, logo: bytes = b""
) -> bytes:
    """The whole page. ``template`` is the theme's own page.html, ``logo`` the data of the theme's logo."""
    if template is None:
        template = (DEFAULT_THEME / "page.html").read_bytes()
    words = front.words
    ids = {name: name if name not in document.targets else f"page-{name}" for name in _OWN_IDS}
    if front.legend:
        from penholder.stages.render import html_marks
        from penholder.stages.render.levels import stepped
        from penholder.stages.render.marks import moves, spread

        emitter: HtmlEmitter = html_marks.RedlineHtml(words, document.targets, ids.values(), front.language, moves(document))
        document = stepped(spread(document))
    else:
        emitter = HtmlEmitter(words, document.targets, ids.values())
    text = _written(document, front, worker, ids, emitter)
    parts = {
        "language": escape(front.language),
        "direction": escape(front.direction),
        "title": escape(f"{words['draft']}: {front.title}" if front.draft else front.title),
        "metadata": made.metadata(front),
        "variables": made.variables(theme),
        "paper": escape(front.paper),
        "layout": "with-contents" if text.contents else "without-contents",
        "cover_kind": "cover" if front.cover else "masthead",
        "skip": escape(words.get("skip", "Skip to the text")),
        "main": ids["main"],
        "draft": made.draft_banner(front),
        "logo": made.logo_picture(theme, logo),
        "cover": made.cover(front),
        "abstract": made.abstract(front),
        "summary": text.summary,
        "contents": _contents(text.contents, ids["contents-title"], words["contents"]),
        "body": text.body,
        "references": made.section("bibliography", ids["references"], document.references_title, text.references),
        "notes": _notes(text.notes, ids["notes-title"], words),
        "contributors": made.section("contributors", ids["contributors"], words["contributors"], made.contributors(front.contributors)),
        "cite": made.section("cite", ids["how-to-cite"], words["cite"], made.paragraphs(front.cite_as)),
        "identity": made.section("identity", ids["this-edition"], words["identity"], made.identity(front)),
    }
    if front.legend:
        parts["title"] = f"{escape(words['redline'])}: {parts['title']}"
        parts["metadata"] += html_marks.style(theme)
        parts["abstract"] = html_marks.legend(front.legend, words) + parts["abstract"]
    return Template(template.decode("utf-8")).safe_substitute(parts).encode("utf-8")


def _written(document: Document, front: Front, worker: Worker, ids: Mapping[str, str], emitter: HtmlEmitter) -> _Written:
    """The text of the paper, written by pandoc in one go so that its footnotes run through."""
    summary, body = _sections(document, emitter, summary=True), _sections(document, emitter, summary=False)
    bibliography = emitter.bibliography(document.references)
    entries = list(emitter.entries)
    if bibliography:
        entries.append(Entry(1, ids["references"], "", tree.words(document.references_title)))
    if any(node["t"] == "Note" for node in tree.visit([*summary, *body, *bibliography])):
        entries.append(Entry(1, ids["notes-title"], "", tree.words(front.words["notes"])))
    contents = _listing([e for e in entries if e.level <= front.contents_depth]) if front.contents else []
    cut = [raw(_CUT)]
    blocks = [*summary, *cut, *contents, *cut, *body, *cut, *bibliography, *cut]
    answer = worker.ask("write", WRITER, json.dumps(tree.document(blocks)).encode(), {"settings": SETTINGS}, seconds=120)
    html = _CLOSED.sub(r"\1>", answer.payload.decode("utf-8"))
    html = _with_pictures(_EMPTY_HEAD.sub(r"<td\1></td>", html), document.pictures)
    return _Written(*(part.strip() for part in html.split(_CUT, 4)))


def _sections(document: Document, emitter: HtmlEmitter, *, summary: bool) -> list[Node]:
    blocks: list[Node] = []
    for section in document.sections:
        if (section.kind == "summary") == summary:
            blocks += [raw(f'<section class="part {escape(section.kind)}">'), *emitter.blocks(section.blocks), raw("</section>")]
    return blocks


def _listing(entries: Sequence[Entry]) -> list[Node]:
    """The headings as nested lists of links."""
    blocks: list[Node] = []
    depth = 0
    for entry in entries:
        if entry.level > depth:
            blocks.append(raw("<ol>"))
            depth += 1
        else:
            blocks.append(raw("</li>" + "</ol></li>" * (depth - entry.level)))
            depth = entry.level
        label = [tree.span(tree.attr(classes=["number"]), tree.words(entry.number)), tree.SPACE] if entry.number else []
        title = tree.span(tree.attr(classes=["title"]), entry.inlines)
        blocks += [raw("<li>"), tree.plain([tree.link([*label, title], "#" + entry.id)])]
    return [*blocks, raw("</li>" + "</ol></li>" * (depth - 1) + "</ol>")] if blocks else []


def _contents(listing: str, identifier: str, title: str) -> str:
    if not listing:
        return ""
    return f'<nav class="contents" aria-labelledby="{identifier}">\n<h2 id="{identifier}">{escape(title)}</h2>\n{listing}\n</nav>'


def _notes(written: str, identifier: str, words: Mapping[str, str]) -> str:
    """Pandoc's footnotes under a heading; the way back says where it leads."""
    found = _NOTES.fullmatch(written)
    if not found:
        return written
    back = escape(words.get("back_to_note", "Back to where note {number} stands"))
    listing = _BACK.sub(lambda m: f'{m[0]} aria-label="{back.replace("{number}", m[1])}"', found[1])
    return f'<section class="notes" role="doc-endnotes" aria-labelledby="{identifier}">\n<h2 id="{identifier}">{escape(words["notes"])}</h2>\n{listing}\n</section>'


def _with_pictures(html: str, pictures: Mapping[str, Picture]) -> str:
    """The data of each picture in the place of its name."""

    def placed(match: re.Match[str]) -> str:
        picture = pictures.get(match[2])
        return match[1] + (made.data_uri(picture.data, picture.kind) if picture else match[2])

    return _PICTURE.sub(placed, html)
