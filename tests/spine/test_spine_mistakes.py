"""A paper with many different mistakes: one run finds them all, each in its place, and still writes a draft."""

from __future__ import annotations

import pytest

PAPER = """\
schema_version: 1
title: A faulty paper
date: 2026-01-02
sections:
  - 10-intro.md
  - 20-missing.md
  - 10-intro.md
  - 30-tables.md
  - 40-broken.md
  - 50-raw.md
contributors: [anna, nobody]
addresee: The Minister
"""
INTRO = """\
---
title: Introduction
word_budget: lots
---

A claim [@nosuch2021, p. 4] and another [@alpha2020].

See @sec-nowhere, {{ papr.title }} and @fig-none.

A note[^none] and a [link](#nothing).

![](missing.png)

![A picture](https://example.org/x.png)
"""
TABLES = """\
---
title: Tables
contributors: anna
kind: chapter
---

{% for x in [1, 2] %}
Row {{ x }} of [@alhpa2020].

{% endfor %}

{{ table("nosuch.csv") }}
"""
BROKEN = """\
---
title: Broken
owner: shy
---

## First {#sec-same}

::: {.box}

Text <b>bold</b>.

## Second {#sec-same}

```
never closed
"""
RAW = """\
---
title: Raw
---

```{=typst}
#read("/etc/passwd")
```

Inline \\input{x} here.

---
bibliography: x.bib
---

Last words.
"""


def expected():
    def column(text, line, word):
        return text.split("\n")[line - 1].index(word) + 1

    return sorted(
        [
            ("CONT001", "paper.yaml", 11, column(PAPER, 11, "nobody")),
            ("YAML002", "paper.yaml", 12, 1),
            ("SECT001", "paper.yaml", 6, 5),
            ("SECT007", "paper.yaml", 7, 5),
            ("YAML003", "10-intro.md", 3, 1),
            ("CITE001", "10-intro.md", 6, column(INTRO, 6, "@nosuch")),
            ("XREF001", "10-intro.md", 8, column(INTRO, 8, "@sec")),
            ("TMPL002", "10-intro.md", 8, column(INTRO, 8, "papr")),
            ("XREF001", "10-intro.md", 8, column(INTRO, 8, "@fig")),
            ("NOTE001", "10-intro.md", 10, column(INTRO, 10, "[^none]")),
            ("XREF003", "10-intro.md", 10, column(INTRO, 10, "#nothing")),
            ("IMG001", "10-intro.md", 12, column(INTRO, 12, "missing.png")),
            ("IMG004", "10-intro.md", 14, column(INTRO, 14, "https")),
            ("YAML003", "30-tables.md", 4, 1),
            ("CITE001", "30-tables.md", 8, column(TABLES, 8, "@alhpa")),
            ("TMPL005", "30-tables.md", 12, 1),
            ("CONT003", "40-broken.md", 3, column(BROKEN, 3, "shy")),
            ("XREF002", "40-broken.md", 12, column(BROKEN, 12, "#sec-same")),
            ("SECT005", "40-broken.md", 8, 1),
            ("RAW002", "40-broken.md", 10, column(BROKEN, 10, "<b>")),
            ("SECT005", "40-broken.md", 14, 1),
            ("RAW001", "50-raw.md", 6, 1),
            ("RAW001", "50-raw.md", 9, column(RAW, 9, "\\input")),
            ("SECT004", "50-raw.md", 11, 1),
            ("SECT002", "99-extra.md", 1, 1),
            ("SECT002", "20-missin.md", 1, 1),
        ]
    )


def faulty(bench):
    bench.section("10-intro.md", INTRO)
    bench.section("30-tables.md", TABLES)
    bench.section("40-broken.md", BROKEN)
    bench.section("50-raw.md", RAW)
    bench.section("99-extra.md", "# Extra\n", listed=False)
    bench.section("20-missin.md", "# Misspelt\n", listed=False)
    bench.file("papers/p/paper.yaml", PAPER)
    return bench


def test_every_mistake_is_found_in_its_place(bench):
    made = faulty(bench).build(git=True)
    assert made.code == 1
    assert sorted(f.name for f in made.findings) == expected()
    assert len({f.code for f in made.findings}) >= 17
    assert len(made.findings) >= 20


def test_the_faulty_paper_is_written_with_visible_marks(bench):
    made = faulty(bench).build()
    made.holds(
        "[Section awaited: Missing]", "[missing source: nosuch2021]", "[missing reference: sec-nowhere]", "[missing value: papr]", "[left out: table nosuch.csv]",
        "[picture missing: missing.png]", "[block left out: raw Typst]", "[text left out: raw LaTeX]", "Last words.", "bold",
        "(Alpha, 2020)",
    )  # fmt: skip
    made.lacks("Extra", "Misspelt")


def test_each_finding_shows_its_line_and_what_to_do(bench):
    made = faulty(bench).run()
    assert made.code == 1
    assert "papers/p/sections/10-intro.md:6:10: error CITE001" in made.out
    assert "    6 | A claim [@nosuch2021, p. 4] and another [@alpha2020].\n                 ^^^^^^^^^^^" in made.out
    assert made.out.count("What to do:") >= 20


def test_strict_refuses_and_writes_nothing(bench):
    made = faulty(bench).build("--strict")
    assert made.code == 1
    assert not made.path("docx").exists()
    assert not made.path("pdf").exists()
    assert len(made.findings) == len(expected())


@pytest.mark.parametrize(("language", "marks"), [
    ("cy-GB", ["[Adran i ddod: Missing]", "[ffynhonnell ar goll: nosuch2021]", "[cyfeiriad ar goll: sec-nowhere]", "[gwerth ar goll: papr]",
               "[wedi’i hepgor: table nosuch.csv]", "[llun ar goll: missing.png]", "[bloc Typst crai wedi’i hepgor]", "[testun LaTeX crai wedi’i hepgor]"]),
    ("fr-CA", ["[Section attendue : Missing]", "[source manquante : nosuch2021]", "[valeur manquante : papr]"]),
])  # fmt: skip
def test_the_marks_are_in_the_language_of_the_paper(bench, language, marks):
    made = faulty(bench)
    paper = bench.folder / "paper.yaml"
    paper.write_text(paper.read_text() + f"language: {language}\n")
    made = bench.build()
    made.holds(*marks)
    made.lacks("missing source", "awaited:", "left out")


@pytest.mark.parametrize(
    "text",
    [
        "Term\n\n: ```\n  code\n  ```\n", "Term\n\n:   ```\n    code\n    ```\n", "Term\n~ ~~~\n  code\n  ~~~\n", "- ```\n  code\n  ```\n",
        "1. ````\n   ```\n   ````\n", "10. ```\n    code\n    ```\n\nText\n\n```\ncode\n```\n", "- a\n\n    ```\n    code\n    ```\n",
    ],
)  # fmt: skip
def test_a_code_block_that_opens_an_item_is_closed_in_it(bench, resolved, text):
    bench.section("10-a.md", f"# A\n\n{text}")
    made = resolved()
    assert made.nodes("CodeBlock")
    assert made.codes == []


@pytest.mark.parametrize("text", ["Term\n\n: ```\n  code\n", "- ```\n  code\n", "   ```\ncode\n    ```\n"])
def test_one_that_is_not_is_found(bench, resolved, text):
    bench.section("10-a.md", f"# A\n\n{text}")
    assert "SECT005" in resolved().codes
