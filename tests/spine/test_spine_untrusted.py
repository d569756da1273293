"""Text nobody here wrote: it reads no file outside the workspace, injects nothing, and holds nobody up."""

from __future__ import annotations

import struct
import zipfile
import zlib

import pytest

GOOD = "---\ntitle: Good\n---\n\nThe good text.\n"
SECRET = "root:x:0:0"


def seen(made):
    return [(f.code, f.line, f.column) for f in made.findings]


def whole(made):
    """Every byte of the DOCX's parts, and the PDF's text."""
    with zipfile.ZipFile(made.path("docx")) as package:
        parts = b"".join(package.read(n) for n in package.namelist())
    return parts.decode("utf-8", "replace") + made.pdf


# pictures ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "code"),
    [
        ("../../../../../../etc/passwd", "FILE003"),
        ("..%2f..%2f..%2f..%2f..%2fetc/passwd", "FILE003"),
        ("/etc/passwd", "FILE003"),
        ("%2Fetc/passwd", "FILE003"),
        ("C:\\\\Windows\\\\x.png", "FILE003"),
        ("\\\\\\\\server\\\\x.png", "FILE003"),
        ("https://example.org/x.png", "IMG004"),
        ("//example.org/x.png", "IMG004"),
        ("file:///etc/passwd", "IMG004"),
        ("data:image/png;base64,iVBORw0KGgo=", "IMG004"),
        ("DATA:image/svg+xml,x", "IMG004"),
        ("javascript:alert(1)", "IMG001"),
        ("nosuch.png", "IMG001"),
        ("link.png", "FILE003"),
        ("empty.png", "IMG003"),
        ("text.png", "IMG003"),
        ("folder.png", "IMG001"),
        ("a%00b.png", "FILE003"),
    ],
)
def test_a_picture_from_elsewhere(bench, resolved, tmp_path, target, code):
    from samples import PNG

    (tmp_path / "outside.png").write_bytes(PNG)
    bench.file("papers/p/figures/empty.png", b"")
    bench.file("papers/p/figures/text.png", b"just text")
    (bench.folder / "figures" / "folder.png").mkdir()
    (bench.folder / "figures" / "link.png").symlink_to(tmp_path / "outside.png")
    bench.section("10-bad.md", f"# Bad\n\nBefore ![What it shows]({target}) after.\n")
    made = resolved()
    assert [f.name for f in made.findings] == [(code, "10-bad.md", 3, 8 + len("![What it shows]("))], made.findings
    assert "[picture missing:" in made.text
    assert not made.document.pictures


def broken(kind):
    from samples import PNG, SVG

    return {
        "corrupt png": PNG[:40] + b"\0\0\0\0" + PNG[44:],
        "cut png": PNG[:30],
        "png bomb": _bomb(),
        "broken svg": SVG[:-20],
        "svg bomb": b'<svg xmlns="http://www.w3.org/2000/svg" width="999999" height="999999"><rect width="9" height="9"/></svg>',
        "svg laughs": b'<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">'
        b'<!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;">]><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>&e;</text></svg>',
        "svg entity": b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg" width="99" height="9"><text y="9">&x;</text></svg>',
        "svg href": b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="99" height="9"><image width="9" height="9" xlink:href="file:///etc/passwd"/><image width="9" height="9" href="http://127.0.0.1:9/x.png"/></svg>',
        "slim svg": b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="100000"/>',
        "svg script": b'<svg xmlns="http://www.w3.org/2000/svg" width="99" height="9" onload="x()"><script>fetch("http://127.0.0.1:9")</script><foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject></svg>',
        "no size svg": b'<svg xmlns="http://www.w3.org/2000/svg"/>',
        "fake jpg": b"\xff\xd8\xff\xe0 not a picture",
        "fake gif": b"GIF89a",
    }[kind]


def _bomb():
    """A PNG of 30,000 x 30,000 pixels in a few bytes."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    squeeze = zlib.compressobj(9)
    data = b"".join(squeeze.compress(b"\0" * 3751) for _ in range(30000)) + squeeze.flush()
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 30000, 30000, 1, 0, 0, 0, 0)) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    "kind",
    ["corrupt png", "cut png", "png bomb", "slim svg", "broken svg", "svg bomb", "svg laughs", "svg entity", "svg href", "svg script", "no size svg", "fake jpg", "fake gif"],
)
def test_a_picture_that_is_broken_or_a_trap(bench, kind):
    """The draft is written all the same, without the picture if need be."""
    ending = {"fake jpg": "jpg", "fake gif": "gif"}.get(kind, "png" if "png" in kind else "svg")
    bench.file(f"papers/p/figures/x.{ending}", broken(kind))
    bench.section("10-good.md", GOOD)
    bench.section("20-bad.md", f"# Bad\n\nText before.\n\n![A caption](x.{ending}){{#fig-x}}\n\nText after @fig-x.\n")
    made = bench.build()
    assert made.code in (0, 1), made.err
    made.holds("The good text.", "Text before.", "Text after")
    assert SECRET not in whole(made)
    assert {f.path for f in made.findings} <= {"papers/p/sections/20-bad.md"}


# raw code, metadata, includes -----------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found", "mark"),
    [
        ('```{=typst}\n#read("/etc/passwd")\n```\n', [("RAW001", 6, 1)], "[block left out: raw Typst]"),
        ('Text `#read("/etc/passwd")`{=typst} more.\n', [("RAW001", 5, 7)], "[text left out: raw Typst]"),
        ("```{=openxml}\n<w:p/>\n```\n", [("RAW001", 6, 1)], "[block left out: raw Word XML]"),
        ("\\input{/etc/passwd}\n", [("RAW001", 5, 1)], "[block left out: raw LaTeX]"),
        ("Text \\input{/etc/passwd} more.\n", [("RAW001", 5, 6)], "[text left out: raw LaTeX]"),
        ("\\begin{foo}\nx\n\\end{foo}\n", [("RAW001", 5, 1)], "[block left out: raw LaTeX]"),
        ("```{=html}\n<script>x</script>\n```\n", [("RAW002", 6, 1)], ""),
        ('<iframe src="file:///etc/passwd"></iframe>\n', [("RAW002", 5, 1)], ""),
        ("Text <b onclick=x>bold</b> more.\n", [("RAW002", 5, 6)], "Text bold more."),
        ("```{=nosuch}\nx\n```\n", [("RAW001", 6, 1)], "[block left out: raw nosuch]"),
        ("---\nbibliography: /etc/passwd\n---\n", [("SECT004", 5, 1)], ""),
        ("Words.\n\n---\nbibliography: /etc/passwd\ncsl: /etc/passwd\n...\n", [("SECT004", 7, 1)], ""),
        ("{{< include /etc/passwd >}}\n", [("TMPL001", 5, 1)], ""),
        ("```{include} /etc/passwd\n```\n", [], ""),
        ("!include /etc/passwd\n", [], ""),
        ("$$\\input{/etc/passwd}$$\n", [("MATH001", 5, 3)], ""),
        ("[x](javascript:alert(1))\n", [("LINK001", 5, 5)], ""),
        ("[x](file:///etc/passwd)\n", [("LINK001", 5, 5)], ""),
        ("[x](vbscript:y) <data:text/html,x>\n", [("LINK001", 5, 5), ("LINK001", 5, 18)], ""),
        ("[x]()\n", [("LINK001", 5, 3)], ""),
    ],
)
def test_raw_code_is_left_out(bench, text, found, mark):
    bench.section("10-good.md", GOOD)
    bench.section("20-bad.md", "---\ntitle: Bad\n---\n\n" + text + "\nThe rest of the text.\n")
    made = bench.build()
    assert made.code in (0, 1), made.err
    if found is not None:
        assert seen(made) == found, made.findings
    made.holds("The good text.", "The rest of the text.", *([mark] if mark else []))
    assert SECRET not in whole(made)
    assert "javascript:" not in whole(made)


BREAKERS = [
    '"); #read("/etc/passwd") //',
    "]) #panic() [",
    '\\"); #sys.version',
    "#import \"@preview/x:1.0.0\"",
    "*/ #let x = 1 /*",
    "$#panic()$",
    "`#panic()`",
    "@nosuch <label> #link",
    "\\u{41} \\n \\",
    "<w:t>&amp; <b>x</b>",
    "{title} {page} {0} {}",
]


@pytest.mark.parametrize("text", BREAKERS)
def test_nothing_that_an_author_says_is_code(bench, text):
    """Titles, addressees, captions, alternatives, ids: all of it is printed as it was written."""
    import json

    from samples import PNG, squeezed

    quoted = json.dumps(text)
    bench.file("papers/p/figures/x.png", PNG)
    bench.paper(
        f"title: {quoted}\nsubtitle: {quoted}\nshort_title: {quoted}\naddressee: {quoted}\nabstract: {quoted}\nversion: {quoted}\n"
        f"keywords: [{quoted}]\norganisations: [{{name: {quoted}}}]\ncontributors: [anna]\n"
    )
    bench.file("contributors.yaml", f"contributors: [{{id: anna, name: {quoted}, affiliation: {quoted}, consent_to_be_named: true}}]\n")
    alt = text.replace("\\", "\\\\").replace('"', '\\"')
    bench.section(
        "10-a.md",
        f"---\ntitle: {quoted}\n---\n\n```\n{text}\n```\n\n![Cap]({'x.png'}){{#fig-x alt=\"{alt}\" width=\"1cm}}\"}}\n\n"
        f'::: {{.recommendation to="{alt}"}}\nDo it.\n:::\n\n[q]{{#weird"id}} <div id="x{chr(34)}">\n',
    )
    made = bench.build()
    assert made.code in (0, 1), made.err
    assert {"docx", "pdf"} == {p.rsplit(".", 1)[1] for p in made.summary["papers"][0]["files"]}, made.findings
    assert SECRET not in whole(made)
    assert squeezed(text) in squeezed(made.docx)
    assert squeezed(text).replace(" ", "") in made.pdf.replace(" ", "")


@pytest.mark.parametrize("name", ['x"y', "x>y", "x)y", "x]y", "x#y", "ünïcode", "1", "a b", "refs", "references", "x" * 300, "_Toc1", "sec-", "a:b.c", "-", "\\"])
def test_weird_ids(bench, name):
    bench.section("10-a.md", f"# A {{#{name}}}\n\n[span]{{#{name}x}} and [link](<#{name}>) and\n\n::: {{#{name}y}}\ntext here\n:::\n")
    bench.section("20-b.md", f'---\ntitle: B\n---\n\n<div id="{name}">inside</div>\n\nLast words.\n')
    made = bench.build()
    assert made.code in (0, 1), made.err
    assert len(made.summary["papers"][0]["files"]) == 2, made.findings
    made.holds("text here", "Last words.")


@pytest.mark.parametrize("target", ['x"y', "x\\y", "https://example.org/a)b", "<https://example.org/a b>", "https://example.org/%22);#panic()", "mailto:a@b", "#nosuch", "file:///etc/passwd", ""])
def test_weird_links(bench, target):
    bench.section("10-a.md", f"# A\n\nSee [the words]({target}) and on.\n")
    made = bench.build()
    assert made.code in (0, 1), made.err
    assert len(made.summary["papers"][0]["files"]) == 2, made.findings
    made.holds("the words")


# limits ------------------------------------------------------------------------------------


def test_three_thousand_brackets_cost_their_own_section_only(bench):
    bench.file("penholder.toml", "[limits]\npandoc_seconds = 1\n")
    bench.section("10-good.md", GOOD)
    bench.section("20-bad.md", "---\ntitle: Brackets\n---\n\n" + "[" * 3000 + "\n")
    bench.section("30-last.md", GOOD.replace("Good", "Last").replace("good", "last"))
    made = bench.build()
    assert made.code == 1
    assert [f.name for f in made.findings] == [("SECT006", "20-bad.md", 5, 1)]
    made.holds("The good text.", "The last text.", "Brackets", "this section could not be read")


def nest(kind, depth):
    return {
        "list": "".join("  " * i + "- level\n" for i in range(depth)),
        "quote": "> " * depth + "deep words\n",
        "div": "".join("::: {.x}\n\n" for _ in range(depth)) + "deep words\n\n" + "\n:::\n" * depth,
        "emphasis": "*a **b " * depth + "deep" + "** *" * depth + "\n",
        "span": "[" * depth + "deep words" + "]{.x}" * depth + "\n",
        "link": "[" * 30 + "deep words" + "](https://example.org)" * 30 + "\n",
        "quotes": "\"a 'b " * depth + "deep" + "' \"" * depth + "\n",
        "note": "deep words" + "^[n" * depth + "]" * depth + "\n",
        "table": "\n\n".join(["a | b\n--|--\nc | d\n"] * depth),
        "super": "x" + "^a~b" * min(depth, 12) + "~^" * min(depth, 12) + "\n",
        "headings": "\n\n".join("#" * (i % 7 + 1) + f" H{i}" for i in range(depth)) + "\n\ndeep words\n",
        "math": "$" + "{" * depth + "x" + "}" * depth + "$ deep words\n",
        "definition": "".join("    " * i + "Term\n\n" + "    " * i + ":   definition\n\n" for i in range(min(depth, 60))),
    }[kind]


KINDS = ["list", "quote", "div", "emphasis", "span", "link", "quotes", "note", "table", "super", "headings", "math", "definition"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("depth", [30, 500])
def test_deep_nesting_costs_at_most_its_own_section(bench, kind, depth):
    bench.file("penholder.toml", "[limits]\npandoc_seconds = 1\ntypst_seconds = 20\n")
    bench.section("10-good.md", GOOD)
    bench.section("20-deep.md", "---\ntitle: Deep\n---\n\n" + nest(kind, depth))
    made = bench.build()
    assert made.code in (0, 1), made.err
    assert len(made.summary["papers"][0]["files"]) == 2, made.findings
    assert {f.path for f in made.findings} <= {"papers/p/sections/20-deep.md"}
    made.holds("The good text.", "Deep")


def test_a_build_reads_nothing_outside_and_asks_no_network(bench, tmp_path):
    """Watch the system calls where the machine can: no socket to anywhere, no author's path opened."""
    import shutil
    import subprocess

    if not shutil.which("strace"):
        pytest.skip("strace is not installed")
    bench.section("10-a.md", "# A\n\n![x](/etc/shadow) ![y](https://example.org/x.png)\n\n```{=typst}\n#read(\"/etc/shadow\")\n```\n\n{% include '/etc/shadow' %}\n")
    log = tmp_path / "trace"
    subprocess.run(["strace", "-f", "-e", "trace=open,openat,connect", "-o", log, *bench.command()], env=bench.environment(), check=False, capture_output=True)
    text = log.read_text()
    assert "/etc/shadow" not in text
    assert "sin_port" not in text


# citation styles ---------------------------------------------------------------------------------

_PARENT = (
    '<?xml version="1.0"?><style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><info><title>x</title>'
    "<id>x</id><updated>2020-01-01T00:00:00Z</updated>"
    '<link {}/></info></style>'
)


@pytest.mark.parametrize(
    ("csl", "code"),
    [
        ("", "STYL001"),
        ("<style", "STYL001"),
        ("hello", "STYL001"),
        ("<html/>", "STYL001"),
        ('<style xmlns="http://purl.org/net/xbiblio/csl"/>', "STYL001"),
        ('<style xmlns="http://purl.org/net/xbiblio/csl"><citation/></style>', "STYL001"),
        (_PARENT.format('rel="independent-parent" href="http://127.0.0.1:9/nosuch"'), "STYL001"),
        (_PARENT.format('href="http://www.zotero.org/styles/apa" rel="independent-parent"'), None),
        (_PARENT.format('rel="independent&#45;parent" href="http://www.zotero.org/styles/apa"'), None),
    ],
)
def test_a_style_file_that_is_broken_or_wants_the_network(bench, resolved, csl, code):
    """The default style is used meanwhile; a dependent style is found here or not at all."""
    bench.file("papers/p/x.csl", csl)
    bench.paper("citation_style: x.csl\n")
    bench.section("10-a.md", "# A\n\nText [@alpha2020].\n")
    made = resolved()
    assert made.codes == ([code] if code else [])
    assert "Alpha" in made.text


def test_a_style_file_outside(bench, resolved, tmp_path):
    (tmp_path / "x.csl").write_text("<style/>")
    bench.paper("citation_style: ../../../x.csl\n")
    bench.section("10-a.md", "# A\n\nText [@alpha2020].\n")
    made = resolved()
    assert made.codes == ["FILE003"]
    assert "Alpha" in made.text


def test_task_lists_come_through(bench):
    bench.section("10-a.md", "# A\n\n- [ ] still to do\n- [x] done already\n")
    made = bench.build()
    assert made.code == 0, made.findings
    made.holds("still to do", "done already")


@pytest.mark.slow
def test_a_section_that_is_far_too_long(bench, resolved):
    bench.section("10-good.md", GOOD)
    bench.section("20-long.md", "# Long\n\n" + "words and words\n\n" * 700_000)
    made = resolved()
    assert [f.name for f in made.findings] == [("SECT006", "20-long.md", 1, 1)]
    assert "The good text." in made.text
