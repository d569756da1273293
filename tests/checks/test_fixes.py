"""Changes to files: only what a rule names, byte for byte, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rulekit import check, make

from penholder.adapters.pandoc.worker import Worker
from penholder.checks.engine import Choice
from penholder.checks.fixes import apply_fixes
from penholder.checks.fixing import Fix
from penholder.checks.rule import Example


@pytest.mark.parametrize(
    ("before", "fixes", "after"),
    [
        (b"one two three", [(4, 7, "2")], b"one 2 three"),
        (b"one two three", [(8, 13, "3"), (0, 3, "1")], b"1 two 3"),
        (b"one\r\ntwo\r\nthree\r\n", [(4, 7, "2"), (8, 13, "3")], b"one\r\n2\r\n3\r\n"),
        (b"one\r\ntwo", [(3, 4, "\n\n")], b"one\r\n\r\ntwo"),
        (b"\xef\xbb\xbfone two", [(0, 3, "1")], b"\xef\xbb\xbf1 two"),
        ("£5 für 10".encode(), [(7, 9, "20")], "£5 für 20".encode()),
        (b"one two three", [(0, 7, "12"), (4, 13, "23")], b"12 three"),
        (b"one two", [(3, 3, ","), (3, 3, ",")], b"one, two"),
        (b"caf\xe9 one", [(0, 1, "x")], b"caf\xe9 one"),
    ],
)
def test_changes(tmp_path: Path, before: bytes, fixes: list[tuple[int, int, str]], after: bytes) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(before)
    apply_fixes(tmp_path, [Fix("a.md", *fix) for fix in fixes])
    assert path.read_bytes() == after


def test_what_has_changed_meanwhile_is_left(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"one\r\ntwo three")
    fixes = [Fix("a.md", 2, 5, "E T", "e\nt"), Fix("a.md", 8, 13, "3", "third")]
    assert apply_fixes(tmp_path, fixes) == {"a.md": 1}
    assert path.read_bytes() == b"onE Two three"


@pytest.mark.parametrize(
    ("section", "after"),
    [
        ('<span title="Homes e.g. big">Homes e.g. big</span> stand.', '<span title="Homes e.g. big">Homes for example big</span> stand.'),
        ("`Homes e.g. big` and Homes e.g. big.", "`Homes e.g. big` and Homes for example big."),
        ("<!-- Homes e.g. big --> Homes e.g. big.", "<!-- Homes e.g. big --> Homes for example big."),
        ("See <https://example.org/e.g.> for homes e.g. big.", "See <https://example.org/e.g.> for homes for example big."),
    ],
)
def test_only_what_is_printed_is_mended(tmp_path: Path, section: str, after: str) -> None:
    make(tmp_path, Example(section + "\n"))
    with Worker() as worker:
        report = check(tmp_path, worker, choice=Choice(select=("PLAI006",)))
    apply_fixes(tmp_path, [c.fix for c in report.items if c.fix is not None])
    written = (tmp_path / "papers/paper/sections/10-section.md").read_text().split("---\n\n")[1].rstrip("\n")
    assert written in (after, section) and written.replace("for example", "e.g.") == section
    assert (written == after) or section.startswith("`")


def test_nothing_outside_the_workspace_is_changed(tmp_path: Path) -> None:
    outside = tmp_path / "outside.md"
    outside.write_text("one")
    inside = tmp_path / "work"
    inside.mkdir()
    (inside / "link.md").symlink_to(outside)
    assert apply_fixes(inside, [Fix("link.md", 0, 3, "x"), Fix("../outside.md", 0, 3, "x"), Fix("gone.md", 0, 1, "x")]) == {}
    assert outside.read_text() == "one"
    assert not (inside / "gone.md").exists()


@given(st.text(alphabet="ab£\n é", max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 6), st.text(alphabet="xy", max_size=3)), max_size=5))
def test_what_no_change_touches_stays_in_order(tmp_path_factory: pytest.TempPathFactory, text: str, wanted: list[tuple[int, int, str]]) -> None:
    folder = tmp_path_factory.mktemp("f")
    fixes = [Fix("a.md", min(a, len(text)), min(a + n, len(text)), t) for a, n, t in wanted]
    for ends in ("\n", "\r\n"):
        (folder / "a.md").write_bytes(text.replace("\n", ends).encode())
        apply_fixes(folder, fixes)
        result = (folder / "a.md").read_bytes().decode()
        if ends == "\n":
            plain = result
        else:
            assert result.replace("\r\n", "\n") == plain
            assert "\n" not in result.replace("\r\n", "")
    kept = [c for i, c in enumerate(text) if not any(f.start <= i < f.end for f in fixes)]
    letters = iter(c for c in plain if c not in "xy")
    assert all(any(c == other for other in letters) for c in kept if c not in "xy")
