"""The parts of the HTML page that say what the paper is: metadata, look, cover, contributors, identity."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from html import escape

from penholder.model.theme import Theme
from penholder.stages.render.front import Front, Person

TYPES = {"png": "image/png", "jpg": "image/jpeg", "gif": "image/gif", "svg": "image/svg+xml"}


def data_uri(data: bytes, kind: str) -> str:
    """Bytes as an address that holds them."""
    return f"data:{TYPES[kind]};base64,{base64.b64encode(data).decode('ascii')}"


def metadata(front: Front) -> str:
    """The ``meta`` elements about the paper; search engines are asked to leave drafts alone."""
    given = {
        "description": " ".join(front.abstract.split()) or front.subtitle,
        "author": front.body,
        "date": front.date_iso,
        "keywords": ", ".join(front.keywords),
        "robots": "noindex" if front.draft else "",
    }
    return "\n".join(f'<meta name="{name}" content="{escape(value)}">' for name, value in given.items() if value)


def variables(theme: Theme) -> str:
    """The theme as CSS custom properties; sizes count from the body size, which the reader's browser sets."""
    body = theme.sizes.body
    sizes = {name: f"{size / body:.4g}rem" for name, size in theme.sizes.data().items() if name != "body"}
    fonts = theme.fonts
    values = {
        **{f"colour-{name}": value for name, value in theme.colours.data(without={"inserted", "deleted"}).items()},
        **{f"size-{name}": value for name, value in sizes.items()},
        "font-body": f'"{fonts.body}", {fonts.web_fallback}',
        "font-heading": f'"{fonts.heading}", {fonts.web_fallback}',
        "font-mono": f'"{fonts.mono}", ui-monospace, Menlo, Consolas, monospace',
        "line": f"{theme.spacing.line_height:g}",
        "gap": f"{theme.spacing.paragraph / body:.4g}rem",
        "page-margins": " ".join(f"{getattr(theme.page, f'margin_{side}'):g}mm" for side in ("top", "right", "bottom", "left")),
    }
    return "\n".join(f"  --{name}: {value};" for name, value in values.items())


def draft_banner(front: Front) -> str:
    """What says, in words, that this is no final edition, and which one it is."""
    if not front.draft:
        return ""
    identity = f" <span>{escape(front.identity)}</span>" if front.identity else ""
    return f'<p class="draft-banner"><strong>{escape(front.words["draft"].upper())}</strong>{identity}</p>'


def logo_picture(theme: Theme, data: bytes) -> str:
    """The body's mark; nothing where its file is of no kind that a browser shows."""
    kind = theme.logo.path.rsplit(".", 1)[-1].lower().replace("jpeg", "jpg") if theme.logo else ""
    if theme.logo is None or not data or kind not in TYPES:
        return ""
    return f'<img class="logo" src="{data_uri(data, kind)}" alt="{escape(theme.logo.alt)}" style="width:{theme.logo.width:g}mm">'


def cover(front: Front) -> str:
    """Bodies, title, subtitle, and what a reader must know of the edition."""
    issued = front.organisations if front.evidence is None else [t for t in (front.evidence.mark, front.evidence.statement) if t]
    bodies = [f'<p class="organisation">{escape(name)}</p>' for name in issued]
    titles = [f"<h1>{escape(front.title)}</h1>", f'<p class="subtitle">{escape(front.subtitle)}</p>' if front.subtitle else ""]
    words = front.words
    told = [(words["addressee"], front.addressee), (words["date"], front.date), (words["version"], front.version)]
    if front.evidence is not None:
        told = list(front.evidence.facts)
    return "\n".join(filter(None, [*bodies, *titles, facts([*told, (words["status"], status(front))])]))


def status(front: Front) -> str:
    """The paper's status, DRAFT beside it where the edition is one."""
    draft = front.words["draft"].upper()
    if not front.draft:
        return front.status
    return draft if front.status.lower() in ("", draft.lower()) else f"{front.status}, {draft}"


def facts(pairs: Iterable[tuple[str, str]]) -> str:
    """Labels and values; empty ones are left out."""
    rows = [f"<div><dt>{escape(name)}</dt> <dd>{escape(value)}</dd></div>" for name, value in pairs if value]
    return "\n".join(['<dl class="facts">', *rows, "</dl>"]) if rows else ""


def abstract(front: Front) -> str:
    if not front.abstract:
        return ""
    return f'<div class="abstract">\n<p class="label">{escape(front.words["abstract"])}</p>\n{paragraphs(front.abstract)}\n</div>'


def contributors(people: Sequence[Person]) -> str:
    return "\n".join(['<ul class="people">', *map(_person, people), "</ul>"]) if people else ""


def _person(person: Person) -> str:
    lines = [f"<strong>{escape(person.name)}</strong>", *(f"<span>{escape(t)}</span>" for t in (person.affiliation, person.roles) if t)]
    if person.orcid:
        address = escape(person.orcid)
        lines.append(f'<span>ORCID <a href="https://orcid.org/{address}">{address}</a></span>')
    return f"<li>{' '.join(lines)}</li>"


def identity(front: Front) -> str:
    """Which edition this is."""
    words = front.words
    told = facts([(words["version"], front.version), (words["date"], front.date), (words["status"], status(front))])
    last = ", ".join(filter(None, (front.paper_id, front.identity)))
    return f"{told}\n<p>{escape(last)}</p>" if last else told


def paragraphs(text: str) -> str:
    """A text of authors' metadata, a paragraph for each stretch between empty lines."""
    stretches = (" ".join(stretch.split()) for stretch in text.split("\n\n"))
    return "\n".join(f"<p>{escape(stretch)}</p>" for stretch in stretches if stretch)


def section(kind: str, identifier: str, title: str, inner: str) -> str:
    """A part of the page under a heading; nothing where there is nothing to show."""
    if not inner:
        return ""
    return f'<section class="{kind}">\n<h2 id="{identifier}">{escape(title)}</h2>\n{inner}\n</section>'
