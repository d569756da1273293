"""What is read back from a cache is what this user wrote: nothing that was committed, forged or led elsewhere."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from penholder.adapters import seals
from workbench import Bench

CITING = "---\ntitle: A\n---\n\nIt was said [@alpha2020].\n"
ROOT = pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A user's cache folder, in which there is no key yet."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "user"))
    seals._key_at.cache_clear()
    yield tmp_path / "user"
    seals._key_at.cache_clear()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "workspace").mkdir()
    return tmp_path / "workspace"


def held(root: Path, name: str = "a.json") -> Path:
    return root / ".penholder" / "cache" / name


def test_what_was_kept_comes_back_and_the_key_is_the_users_own(home: Path, root: Path) -> None:
    assert seals.seal(root, held(root), b"words")
    assert seals.unseal(root, held(root)) == b"words"
    key = home / "penholder" / "key"
    assert len(key.read_bytes()) == 32 and stat.S_IMODE(key.stat().st_mode) == 0o600
    assert [p.name for p in key.parent.iterdir()] == ["key"]


@given(data=st.binary(max_size=200), at=st.integers(0), bit=st.integers(0, 7), cut=st.booleans())
def test_no_changed_byte_passes(tmp_path_factory: pytest.TempPathFactory, data: bytes, at: int, bit: int, cut: bool) -> None:
    root = tmp_path_factory.mktemp("w")
    assert seals.seal(root, held(root), data) and seals.unseal(root, held(root)) == data
    whole = bytearray(held(root).read_bytes())
    at %= len(whole)
    if cut:
        del whole[at:]
    else:
        whole[at] ^= 1 << bit
    held(root).write_bytes(whole)
    assert seals.unseal(root, held(root)) is None


def test_a_plain_file_and_another_files_seal_are_misses(home: Path, root: Path) -> None:
    assert seals.seal(root, held(root), b"{}")
    held(root, "b.json").write_bytes(held(root).read_bytes())
    held(root, "c.json").write_bytes(b"{}")
    assert [seals.unseal(root, held(root, name)) for name in ("b.json", "c.json", "none.json")] == [None] * 3


def test_what_another_user_sealed_is_a_miss(home: Path, root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert seals.seal(root, held(root), b"mine")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "other"))
    assert seals.unseal(root, held(root)) is None
    assert seals.seal(root, held(root), b"theirs")
    monkeypatch.setenv("XDG_CACHE_HOME", str(home))
    assert seals.unseal(root, held(root)) is None


@pytest.mark.parametrize("level", [".penholder", ".penholder/cache", ".penholder/cache/a.json"])
def test_nothing_is_written_or_read_through_a_link(home: Path, root: Path, tmp_path: Path, level: str) -> None:
    assert seals.seal(root, held(root), b"mine")
    (root / level).rename(tmp_path / "elsewhere")
    (root / level).symlink_to(tmp_path / "elsewhere")
    assert held(root).exists() and seals.unseal(root, held(root)) is None
    before = held(root).read_bytes()
    assert not seals.usable(root, held(root)) and not seals.seal(root, held(root), b"more")
    assert held(root).read_bytes() == before


@pytest.mark.parametrize("spoilt", [b"", b"short", b"x" * 33])
def test_a_broken_key_is_made_anew(home: Path, root: Path, spoilt: bytes) -> None:
    key = home / "penholder" / "key"
    key.parent.mkdir(parents=True)
    key.write_bytes(spoilt)
    key.chmod(0o600)
    assert seals.seal(root, held(root), b"words") and seals.unseal(root, held(root)) == b"words"
    assert len(key.read_bytes()) == 32


def test_a_key_that_others_may_read_is_not_used(home: Path, root: Path) -> None:
    key = home / "penholder" / "key"
    key.parent.mkdir(parents=True)
    key.write_bytes(b"k" * 32)
    key.chmod(0o644)
    assert seals.seal(root, held(root), b"words")
    assert key.read_bytes() != b"k" * 32 and stat.S_IMODE(key.stat().st_mode) == 0o600


def test_a_key_in_the_workspace_is_no_key(home: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some build servers put the user's caches into the checkout, where anybody could have committed one."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(root / ".cache"))
    assert not seals.seal(root, held(root), b"words")
    assert not (root / ".cache").exists()


@pytest.mark.parametrize("place", ["a file", "a link", "a folder"])
def test_where_no_key_can_be_had_nothing_is_kept(home: Path, root: Path, place: str) -> None:
    if place == "a file":
        home.write_text("no folder")
    else:
        (home / "penholder").mkdir(parents=True)
        at = home / "penholder" / "key"
        at.mkdir(mode=0o700) if place == "a folder" else at.symlink_to("/dev/zero")
    assert not seals.seal(root, held(root), b"words") and seals.unseal(root, held(root)) is None


def test_many_at_once_agree_on_one_key(home: Path, root: Path) -> None:
    place = home / "penholder" / "key"

    def key(_: int) -> bytes | None:
        return seals._key_at.__wrapped__(place)

    with ThreadPoolExecutor(16) as pool:
        keys = set(pool.map(key, range(64)))
    assert keys == {place.read_bytes()}


# what it is for


def test_a_forged_library_prints_nothing(bench: Bench) -> None:
    bench.section("10-a.md", CITING)
    assert "Alpha" in bench.build().docx
    library = bench.root / ".penholder/cache/library"
    changed = 0
    for kept in library.iterdir():  # what sed does, and what somebody commits who left the seal away
        data = kept.read_bytes()
        changed += b"Alpha" in data
        kept.write_bytes(data.replace(b"Alpha", b"Forge"))
    assert changed
    made = bench.build("--fresh")
    assert "Alpha" in made.docx and "Forge" not in made.docx
    for kept in library.iterdir():
        kept.write_bytes(kept.read_bytes()[32:].replace(b"Alpha", b"Forge"))
    made = bench.build("--fresh")
    assert "Alpha" in made.docx and "Forge" not in made.docx


def test_a_forged_edition_is_built_again(bench: Bench) -> None:
    bench.section("10-a.md", CITING)
    made = bench.build()
    (record,) = bench.root.glob(".penholder/cache/editions/p/*/record.json")
    kept = json.loads(record.read_bytes()[32:])
    (record.parent / "paper.docx").write_bytes(b"forged")
    from penholder.adapters.files import sha256

    kept["sha256"]["docx"] = sha256(b"forged")
    record.write_text(json.dumps(kept))
    assert bench.build().docx == made.docx


def test_a_workspace_whose_cache_is_a_link_is_never_written_through(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "victim").mkdir()
    (bench.root / ".penholder").symlink_to(tmp_path / "victim")
    bench.section("10-a.md", CITING)
    made = bench.build()
    assert made.code == 2 and "leads out of the workspace" in made.err
    assert list((tmp_path / "victim").iterdir()) == []


@pytest.mark.parametrize("home", ["none", "a file", pytest.param("read-only", marks=ROOT)])
def test_without_a_home_to_write_in_papers_are_built_all_the_same(bench: Bench, tmp_path: Path, home: str) -> None:
    place = tmp_path / "home"
    if home == "a file":
        place.write_text("")
    elif home == "read-only":
        place.mkdir(mode=0o500)
    bench.section("10-a.md", CITING)
    where = "/proc/none" if home == "none" else str(place)
    for _ in range(2):
        process = bench.spawn(env=bench.environment(HOME=where, XDG_CACHE_HOME=""))
        _, err = process.communicate(timeout=120)
        assert process.returncode == 0 and "Traceback" not in err, err
    assert not (bench.root / ".penholder/cache/library").exists()
