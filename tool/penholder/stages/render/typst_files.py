"""The folder that Typst reads: the paper's text, the templates, what they are told, the pictures."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from penholder.model.theme import Theme
from penholder.stages.render.emit import has_front_pages
from penholder.stages.render.front import Front
from penholder.stages.render.legend import running_header
from penholder.stages.render.typst import RULES
from penholder.stages.resolve.parts import Document


def typst_files(document: Document, front: Front, theme: Theme, templates: Mapping[str, bytes], body: bytes) -> dict[str, bytes]:
    """The files Typst needs, by name: ``main.typ`` around ``body``, the templates, their data, the pictures."""
    rules = RULES
    if front.legend:
        from penholder.stages.render import typst_marks

        rules = f"{typst_marks.IMPORT}{RULES}{typst_marks.RULES}"
        templates = {**templates, **typst_marks.redline_files(front.legend, front.words)}
    head = f'#import "paper.typ": *\n#import "attempts.typ": *\n#let meta = json("meta.json")\n#let theme = json("theme.json")\n{rules}'.encode()
    return {
        "main.typ": head + body,
        **templates,
        "meta.json": json.dumps(
            _meta(front, theme) | {"front_pages": has_front_pages(document, front), "has": _things_in(body)}, ensure_ascii=False
        ).encode(),
        "theme.json": json.dumps(theme.json(), ensure_ascii=False).encode(),
        **{picture.name: picture.data for picture in document.pictures.values()},
    }


# What a text has, in Typst's words and pandoc's: what is not there need not be dressed.
_HAS = {
    "figures": re.compile(rb"\b(?:figure|table)\("),
    "definitions": re.compile(rb"^[ \t]*/ |\bterms(?:\.item)?\(", re.M),
    "quotations": re.compile(rb"\bquote\("),
    "code": re.compile(rb"`|\braw\("),
}


def _things_in(body: bytes) -> list[str]:
    return [name for name, pattern in _HAS.items() if pattern.search(body)]


def _meta(front: Front, theme: Theme) -> dict[str, object]:
    language, _, region = front.language.partition("-")
    return {
        "title": front.title,
        "subtitle": front.subtitle,
        "short_title": front.short_title,
        "organisations": list(front.organisations),
        "addressee": front.addressee,
        "date": front.date,
        "version": front.version,
        "status": front.status,
        "draft": front.draft,
        "identity": front.identity,
        "paper_id": front.paper_id,
        "lang": language,
        "region": region if len(region) == 2 else "",
        "dir": front.direction,
        "abstract": front.abstract,
        "contributors": [
            {"name": p.name, "affiliation": p.affiliation, "roles": p.roles, "orcid": p.orcid} for p in front.contributors
        ],
        "cite_as": front.cite_as,
        "labels": dict(front.words),
        "cover": front.cover,
        "contents": front.contents,
        "contents_depth": front.contents_depth,
        "paper": "us-letter" if front.paper == "letter" else front.paper,
        "logo": theme.logo.data() if theme.logo else None,
        "keywords": list(front.keywords),
        "evidence": _evidence(front),
        "furniture": furniture(front, theme),
    }


def furniture(front: Front, theme: Theme) -> dict[str, str]:
    """The running header and footers; that of a redline says so."""
    texts = {key: front.furniture(text) for key, text in theme.furniture.data().items()}
    return texts | {"header": running_header(texts["header"], front.words)} if front.legend else texts


def _evidence(front: Front) -> dict[str, object] | None:
    """The opening of a clerk's document as paper.typ reads it."""
    if front.evidence is None:
        return None
    return {"statement": front.evidence.statement, "facts": [list(f) for f in front.evidence.facts], "mark": front.evidence.mark}
