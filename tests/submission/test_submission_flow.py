"""ODT, RTF and plain text: everything is in them, whatever it is, and what they are made of is sound."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from submission_desk import Desk

from penholder.adapters import odt, rtf
from penholder.adapters.pandoc import tree
from penholder.errors import PenholderError
from penholder.features.submission.rendering import MADE

EVERYTHING = r"""# One *two* £ “q” {#sec-one}

A paragraph with `code {x} \y`, **bold**, $x^2 + \alpha$, a dash – and — … e=mc^2^, H~2~O, ~~struck~~, [link](https://example.org/a?b=c&d=e), nbsp here.[^n]

Line one\
line two

$$\int_0^1 f(x)\,dx = 3$$

- a

  second para

- b
    1. one
    2. two

Term
:   Definition one
:   Definition two

> A quotation with ‘quotes’.

```python
def f(x): return {"a": "\\"}
```

| a | b |
|---|--:|
| one `x` | 2[^m] |
| **x** y | |

: Caption here {#tbl-x}

| c | d |
|---|---|
| uncaptioned | cell |

![A caption.](figures/c.svg){#fig-c alt="A circle"}

::: {.recommendation #rec-a to="You"}
Do it. See @tbl-x, @fig-c and @sec-one.
:::

* * *

[^n]: A note with *emphasis* and {braces}.
[^m]: In a table.
"""
CIRCLE = '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="40"><circle cx="40" cy="20" r="15"/></svg>'


@pytest.fixture
def everything(desk: Desk) -> Desk:
    desk.bench.section("20-need.md", EVERYTHING)
    desk.bench.file("papers/p/figures/c.svg", CIRCLE)
    desk.bench.paper("title: 'Torture £ {x} \\ $y$'\norganisations:\n  - name: 'Ærø & Söhne {ltd} $1'\n")
    return desk


def test_every_format_holds_every_construct(everything: Desk) -> None:
    rendered, findings = everything.render("sections: [20-need.md]\n", *MADE)
    assert [f.message for f in findings if f.severity.label == "error"] == []
    assert set(rendered.files) == set(MADE)
    plain = rendered.files["txt"].decode()
    for line in ("Written evidence submitted by Ærø & Söhne {ltd} $1", "Torture £ {x} ", "one x | 2[2]", "[A circle]", "Table 1 Caption here", "[2] In a table.", "To: You"):
        assert line in plain, line


def test_pictures_are_embedded(everything: Desk) -> None:
    rendered, _ = everything.render("sections: [20-need.md]\n", "odt", "rtf")
    package = zipfile.ZipFile(io.BytesIO(rendered.files["odt"]))
    assert [n for n in package.namelist() if n.startswith("Pictures/") and n.endswith(".png")]
    assert b"\\pngblip" in rendered.files["rtf"]


def test_an_odt_is_a_sound_package_that_names_no_person(everything: Desk) -> None:
    rendered, _ = everything.render("sections: [20-need.md]\n", "odt")
    package = zipfile.ZipFile(io.BytesIO(rendered.files["odt"]))
    first = package.infolist()[0]
    assert (first.filename, first.compress_type, package.read("mimetype")) == ("mimetype", zipfile.ZIP_STORED, b"application/vnd.oasis.opendocument.text")
    listed = {e.get("{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}full-path") for e in etree.fromstring(package.read("META-INF/manifest.xml"))}
    assert set(package.namelist()) - {"mimetype", "META-INF/manifest.xml"} <= listed
    meta = package.read("meta.xml").decode()
    assert meta.count("Ærø &amp; Söhne {ltd} $1") == 2 and "2026" in meta and "Penholder" in meta
    assert "Times New Roman" not in package.read("styles.xml").decode() and "210mm" in package.read("styles.xml").decode()


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"not a zip"])
def test_what_is_no_odt_is_refused(data: bytes) -> None:
    spec = odt.OdtSpec("T", "B", 0, "Calibri", 12, (15, 13, 12), "", (210, 297), (25, 25, 25, 25))
    with pytest.raises(PenholderError):
        odt.finish(data, spec)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=8), min_size=1, max_size=6))
def test_an_rtf_gives_back_the_words_that_went_in(worker: Any, words: list[str]) -> None:
    inlines = [node for word in words for node in (tree.string(word), tree.SPACE)]
    document = json.dumps(tree.document([tree.para(inlines)])).encode()
    made = worker.ask("write", "rtf", document, {"template": "{\\rtf1\\ansi {\\info{\\title no}}\n$body$\n}"}).payload
    assert rtf.read_text(made).split() == " ".join(words).split()


@given(st.binary(max_size=200))
def test_any_bytes_can_be_read_as_rtf(data: bytes) -> None:
    assert isinstance(rtf.read_text(b"{\\rtf1 " + data), str)


def test_an_odt_that_would_fill_the_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from penholder.adapters import odt, zipped
    from penholder.errors import LimitError, PenholderError

    large = zipped.write_parts({"mimetype": b"x", "content.xml": b" " * 2000, "meta.xml": b"<a/>"}, first=("mimetype",))
    monkeypatch.setattr("penholder.adapters.zipped.MAX_UNPACKED", 1000)
    with pytest.raises(LimitError):
        odt.look_inside(large)
    with pytest.raises(PenholderError):
        odt.look_inside(b"no zip")
