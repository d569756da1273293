"""What holds of every redline, whatever was changed: both laws on the Word file, and the three formats in agreement."""

from __future__ import annotations

import io
import json
import re
import zipfile
from ast import literal_eval
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from lxml import etree, html
from wordform import differing, word_form

from penholder.adapters import word
from penholder.adapters.pandoc import tree
from penholder.features.redline.counting import word_count
from penholder.features.redline.making import Redline, make
from penholder.features.redline.versions import Version, open_versions
from penholder.findings import Severity
from penholder.stages.render.front import front_of
from penholder.stages.render.markdown import WRITER
from penholder.stages.render.markdown_text import code_read
from penholder.stages.render.outputs import Tools, write

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FORMATS = ("docx", "pdf", "html", "md")


def plain(version: Version, tools: Tools, formats: Sequence[str] = ("docx",)) -> Mapping[str, bytes]:
    """The files that a build of one version gives."""
    faulty = any(f.severity == Severity.ERROR for f in version.findings)
    front = front_of(version.paper, version.identity, version.look.theme, faulty=faulty)
    return write(version.document, front, version.look, formats, tools, lambda _: None).files


def as_said(form):
    """A form without what a redline has of the newer version alone: formatting, names of bookmarks, pages begun, room between items."""
    if isinstance(form, list) and form[:1] == ["paragraph"]:
        form = [*form[:-1], _unformatted(form[-1])]
    if isinstance(form, list | tuple):
        return [as_said(each) for each in form if each not in _LOOKS]
    return _ALIKE.get(form, form) if isinstance(form, str) else form


def _unformatted(runs):
    out = []
    for look, text in runs:
        around, kind = look if look and isinstance(look[0], tuple) else (look, "")
        said = repr(as_said(literal_eval(text))) if kind == "note" else text
        plain = [[mark for mark in around if not _UNSEEN.match(mark)], kind]
        if out and out[-1][0] == plain and not kind:
            out[-1][1] += said
        else:
            out.append([plain, said])
    return out


_UNSEEN = re.compile("<(i|iCs|b|bCs|u|strike|smallCaps|vertAlign) |link to [a-z0-9_]+$|<rStyle val=CrossReference>")
_LOOKS = ("<pageBreakBefore >", '<spacing before=480>')
_ALIKE = {"Compact": ""}


def words(version: Version) -> int:
    return word_count([b for s in version.document.sections for b in s.blocks])


def assert_laws(root, slug, old, new, worker, compiler, formats=("docx",)) -> Redline:
    """Both laws, and the count of words, for one pair of versions. Returns what was made."""
    tools = Tools(worker, compiler)
    with open_versions(root, slug, old, new, worker) as (before, after):
        made = make(before, after, formats, tools)
        for missing in set(formats) - made.files.keys() - {"md"}:  # of which a build gives nothing, a redline gives nothing
            assert not all(plain(version, tools, [missing]) for version in (before, after)), [f.message for f in made.findings][-8:]
        assert made.files.keys() >= {"docx", "md"} & set(formats), [f.message for f in made.findings][-8:]
        docx = made.files["docx"]
        wrong = differing(word_form(word.accepted(docx)), word_form(plain(after, tools)["docx"]))
        assert not wrong, f"accepted: {wrong}"
        wrong = differing(as_said(word_form(word.rejected(docx))), as_said(word_form(plain(before, tools)["docx"])))
        assert not wrong, f"rejected: {wrong}"
        counts = made.telling.counts
        assert counts.inserted - counts.deleted == words(after) - words(before)
    return made


# agreement --------------------------------------------------------------------------------------


class Shown(NamedTuple):
    """The words that a format shows as come and as gone."""

    inserted: Counter[str]
    deleted: Counter[str]


def assert_agreement(files: Mapping[str, bytes], worker: Any) -> None:
    """All formats show the same words as changed; figures apart, since numbers are counted by Word itself."""
    by_format = {"docx": in_word(files["docx"]), "html": in_html(files["html"]), "md": in_markdown(files["md"], worker)}
    for name, shown in by_format.items():
        for what, one, other in zip(("inserted", "deleted"), shown, by_format["html"], strict=True):
            assert not (one - other or other - one), f"{what}, more in {name}: {one - other}; more in html: {other - one}"


_WORD = re.compile(r"\w+")
_LABELS = frozenset(("annex", "to", "table", "figure", "recommendation", "references", "draft", "final"))
"""What stands beside numbers, and outside the sections: whether it is marked, too, is the format's affair."""


def _counted(texts: Iterable[str]) -> Counter[str]:
    """The words in texts, apart from numbers (1, A): Word itself counts paragraphs, and a commit's name is on the cover."""
    found = (word for text in texts for word in _WORD.findall(text.lower()))
    return Counter(word for word in found if len(word) > 1 and word not in _LABELS and not any(c.isdigit() for c in word))


_NEW, _OLD = frozenset((f"{W}ins", f"{W}moveTo")), frozenset((f"{W}del", f"{W}moveFrom"))
_TEXT = (f"{W}t", f"{W}delText")


def in_word(docx: bytes) -> Shown:
    """What a Word file's tracked changes hold, its contents apart."""
    with zipfile.ZipFile(io.BytesIO(docx)) as file:
        roots = [etree.fromstring(file.read(name)) for name in ("word/document.xml", "word/footnotes.xml") if name in file.namelist()]
    return Shown(*(_counted(_of_word(roots, tags)) for tags in (_NEW, _OLD)))


def _of_word(roots: Iterable[Any], tags: frozenset[str]) -> Iterator[str]:
    for root in roots:
        for contents in list(root.iter(f"{W}sdt")):
            contents.getparent().remove(contents)
        for change in root.iter(*tags):
            yield "".join(_text(run) for run in change.iter(f"{W}r"))


def _text(run: Any) -> str:
    return "".join(child.text or "" if child.tag in _TEXT else " " for child in run if child.tag not in (f"{W}rPr", f"{W}instrText", f"{W}delInstrText"))


def in_html(page: bytes) -> Shown:
    """What a page has in ``ins`` and ``del``, how to read it apart; what an author struck out has no word for those who listen."""
    root = html.fromstring(page.decode())
    marks = {tag: root.xpath(f'//{tag}[span[@class="said"]][not(ancestor::*[@class="redline"])]') for tag in ("ins", "del")}
    for gone in root.xpath('//*[@class="said"] | //math | //a[@role="doc-noteref"]'):
        gone.drop_tree()
    return Shown(*(_counted(each.text_content() for each in marks[tag]) for tag in ("ins", "del")))


_MARKS = (re.compile(r"(?<!\\)\{\+\+(.*?)\+\+\}", re.S), re.compile(r"(?<!\\)\{--(.*?)--\}", re.S))


def in_markdown(text: bytes, worker: Any) -> Shown:
    body = text.decode()
    return Shown(*(_counted([_read("\n\n".join(mark.findall(body)), worker)]) for mark in _MARKS))


def _read(markdown: str, worker: Any) -> str:
    blocks = json.loads(worker.ask("read", WRITER, markdown.encode(), seconds=60).payload)["blocks"]
    return tree.text_of(tree.rewrite(blocks, lambda node: [] if node["t"] == "Math" else code_read(node)), notes=True)
