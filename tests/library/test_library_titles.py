"""Titles keep their capitals, and style-made capitals still work."""

from __future__ import annotations

import pytest

from penholder.adapters.csl import style_path
from penholder.library import open_library, prepare
from penholder.library.titles import protected

NOCASE = '<span class="nocase">'


def converted(to_csl, title: str, extra: str = "", kind: str = "book") -> dict:
    text = f"@{kind}{{k, title = {title}, {extra}}}"
    library = open_library([("a.bib", text.encode())])
    items, findings = library.items(["k"], to_csl)
    assert not findings
    return items[0]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("{Procurement Act 2023}", "Procurement Act 2023"),
        ("{{Procurement Act 2023}}", f"{NOCASE}Procurement Act 2023</span>"),
        ('"Buying for Good"', "Buying for Good"),
        ("{Buying {for} Good: What Is Next}", f"Buying {NOCASE}for</span> Good: What Is Next"),
        (r"{The {{\'E}}tude and {\"U}ber Value}", f"The {NOCASE}É</span>tude and Über Value"),
        (r"{Growth in \emph{Escherichia Coli}}", "Growth in <i>Escherichia Coli</i>"),
        (r"{On $E = mc^{2}$ and CO\textsubscript{2} Prices}", "On $E = mc^{2}$ and CO<sub>2</sub> Prices"),
        (r"{Rules \& Regulations for 5\% of {SMEs}}", f"Rules &amp; Regulations for 5% of {NOCASE}SMEs</span>"),
        ("{National Institute {for} Health {{and}} Care}", f"National Institute {NOCASE}for</span> Health {NOCASE}and</span> Care"),
        ("{{{Deep} Thing}}", f"{NOCASE}Deep Thing</span>"),
    ],
)
@pytest.mark.parametrize("language", ["", "langid = {english}", "langid = {en-NZ}"])
def test_titles_stay_as_typed(to_csl, typed: str, kept: str, language: str) -> None:
    item = converted(to_csl, typed, language)
    assert item["title"].replace("&amp;", "&") == kept.replace("&amp;", "&")
    assert item.get("language", "") == {"": "", "langid = {english}": "en-US", "langid = {en-NZ}": "en-NZ"}[language]


def test_short_titles_made_at_a_colon_stay_balanced(to_csl) -> None:
    item = converted(to_csl, "{Growing {trade}: The Next Step}")
    assert item["title-short"] == f"Growing {NOCASE}trade</span>"
    assert converted(to_csl, "{{One: Two}}", "subtitle = {{Three}}")["title-short"] == f"{NOCASE}One: Two</span>"


def test_other_languages_and_inherited_titles(to_csl) -> None:
    assert converted(to_csl, "{Das Große Buch}", "langid = {ngerman}")["language"] == "de-DE"
    text = "@mvbook{m, title={The Main Work}, langid={german}}@inbook{i, title={A Part}, crossref={m}}"
    items, _ = open_library([("a.bib", text.encode())]).items(["i"], to_csl)
    assert items[0]["container-title"] == "The Main Work"
    assert items[0]["language"] == "de-DE"


def test_only_protecting_groups_are_marked() -> None:
    assert protected(r"{\textit{a {b}} {\'e} $x^{2}$ {c}}").count("\ue0c0") == 2
    assert protected("name # {x {y}}") == "name # {x {y}}"


def test_chicago_makes_its_own_capitals_but_not_of_acts_and_reports(to_csl, printed, policy) -> None:
    items, _ = open_library([policy]).items(["mueller2020", "pac2023", "seuk2024"], to_csl)
    shown = printed(prepare(items, "chicago-author-date"), "[@mueller2020; @pac2023; @seuk2024]", style_path("chicago-author-date"))
    shown = shown.replace("[", "").replace("]{.nocase}", "")
    assert "Buying for Good: What the UK Learnt from iTenders" in shown
    assert "Competition in public procurement" in shown
    assert "The State of Social Value in Public Sector Spending" in shown
