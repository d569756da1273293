"""The shell of the pages that stand beside a submission's files: one file each, nothing fetched, nothing sent.

The page's own policy allows its style and its script by their hashes, and nothing else
(https://www.w3.org/TR/CSP3/#strict-csp): it cannot reach a network even if a text on it tried.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from html import escape

from penholder.packaged import DATA


@cache
def _asset(name: str) -> str:
    return (DATA / "submission" / name).read_text(encoding="utf-8").strip()


def page(title: str, body: Iterable[str], *, heading: str = "", lead: str = "", footer: str = "", script: bool = True, wide: bool = False) -> bytes:
    """A whole page. ``body`` are pieces of HTML; all other texts are plain. ``heading`` is ``title`` unless given."""
    style, code = _asset("page.css"), _asset("page.js") if script else ""
    scripts = f" script-src '{_hash(code)}';" if script else ""
    policy = f"default-src 'none'; style-src '{_hash(style)}';{scripts} base-uri 'none'; form-action 'none'"
    lines = [
        "<!DOCTYPE html>",
        '<html lang="en-GB">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="referrer" content="no-referrer">',
        f"<title>{escape(title)}</title>",
        f"<style>{style}</style>",
        "</head>",
        '<body class="wide">' if wide else "<body>",
        '<a class="skip" href="#main">Skip to the text</a>',
        f"<header>\n<h1>{escape(heading or title)}</h1>",
        *([f'<p class="lead">{escape(lead)}</p>'] if lead else []),
        "</header>",
        '<main id="main">',
        *body,
        "</main>",
        *([f"<footer>\n<p>{escape(footer)}</p>\n</footer>"] if footer else []),
        *(['<p id="said" role="status"></p>', f"<script>{code}</script>"] if script else []),
        "</body>",
        "</html>",
    ]
    return ("\n".join(lines) + "\n").encode()


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


# pieces ---------------------------------------------------------------------------------


def section(title: str, pieces: Iterable[str]) -> Iterator[str]:
    """A heading of level 2 and what stands below it; nothing at all where nothing does."""
    inner = list(pieces)
    if inner:
        yield f"<section>\n<h2>{escape(title)}</h2>"
        yield from inner
        yield "</section>"


def paragraph(text: str, kind: str = "") -> str:
    return f"<p{f' class={chr(34)}{kind}{chr(34)}' if kind else ''}>{escape(text)}</p>"


def items(texts: Iterable[str], *, numbered: bool = False) -> str:
    """A list of plain texts."""
    tag = "ol" if numbered else "ul"
    return f"<{tag}>\n{''.join(f'<li>{escape(t)}</li>{chr(10)}' for t in texts)}</{tag}>"


def link(address: str, text: str = "") -> str:
    """A link, where the address is one of the web; else the words alone."""
    shown = escape(text or address)
    return f'<a href="{escape(address)}" rel="noreferrer">{shown}</a>' if address.startswith(("https://", "http://")) else shown


def copied(identifier: str, name: str, text: str, *, code: bool = False) -> str:
    """A text with a button that copies it. The button shows itself where scripts run."""
    tag = "pre" if code else "p"
    return (
        f'<div class="copied"><{tag} id="{escape(identifier)}">{escape(text)}</{tag}>'
        f"{button(identifier, name)}</div>"
    )


def button(identifier: str, name: str) -> str:
    return (
        f'<button type="button" hidden data-copy="{escape(identifier)}" data-name="{escape(name)}">'
        f'Copy<span class="skip"> {escape(name)}</span></button>'
    )


def facts(rows: Iterable[tuple[str, str]]) -> str:
    """Names and their values as a list of terms. The values are HTML."""
    inner = "\n".join(f"<div><dt>{escape(name)}</dt><dd>{value}</dd></div>" for name, value in rows)
    return f'<dl class="facts">\n{inner}\n</dl>' if inner else ""
