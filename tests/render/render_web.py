"""A web page read by the standard library."""

from __future__ import annotations

from html.parser import HTMLParser


class Web(HTMLParser):
    """A page's text by block, its ids and its links."""

    BLOCKS = frozenset(["p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "caption", "figcaption", "dt", "dd", "pre", "blockquote", "div", "section", "nav", "header", "footer", "main", "table", "tr", "ol", "ul", "dl", "figure", "aside", "body"])

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[str] = [""]
        self.ids: list[str] = []
        self.links: list[tuple[str, str]] = []
        self.styles = ""
        self._hidden = 0
        self._link: list[str] | None = None
        self._href = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if tag in ("style", "script", "title", "svg"):
            self._hidden += 1
        if tag in self.BLOCKS or tag == "br":
            self.blocks.append("")
        if tag == "a":
            self._link, self._href = [], given.get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag in ("style", "script", "title", "svg"):
            self._hidden -= 1
        if tag in self.BLOCKS:
            self.blocks.append("")
        if tag == "a" and self._link is not None:
            self.links.append((self._href, "".join(self._link)))
            self._link = None

    def handle_data(self, data: str) -> None:
        if self._hidden:
            self.styles += data
            return
        self.blocks[-1] += data
        if self._link is not None:
            self._link.append(data)
