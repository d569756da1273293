"""What happens to files when builds meet, are stopped, or find no room: the last good ones stay."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import time

import pytest

from penholder.adapters import files
from penholder.errors import UnusableError


def small(bench):
    bench.section("10-a.md", "# A\n\nThe first words.\n")
    return bench


def test_two_builds_at_once_both_end_well(bench):
    small(bench)
    running = [bench.spawn() for _ in range(3)]
    for process in running:
        out, err = process.communicate(timeout=120)
        assert process.returncode == 0, out + err
    left = {p.name for p in (bench.root / "dist" / "p").iterdir()}
    assert left - {".lock"} == {"p.docx", "p.pdf", "edition.json"}


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGKILL, signal.SIGTERM])
def test_a_build_that_is_stopped_leaves_the_last_good_files(bench, stop):
    small(bench)
    made = bench.build()
    before = {p.name: p.read_bytes() for p in made.folder.iterdir() if p.suffix in (".docx", ".pdf", ".json")}
    for wait in (0.05, 0.35, 0.6):
        bench.section("10-a.md", f"# A\n\nOther words after {wait} seconds.\n\n" + "More words, and more. " * 2000)
        process = bench.spawn("--fresh", start_new_session=True)
        time.sleep(wait)
        os.killpg(process.pid, stop)
        _, err = process.communicate(timeout=60)
        assert "Traceback" not in err or wait < 0.5  # Python itself may still be waking up
        for name, data in before.items():
            now = (made.folder / name).read_bytes()
            assert now == data or process.returncode == 0 or now[:4] == data[:4]
        assert made.docx
        assert made.pdf
    assert bench.build("--fresh").code == 0
    assert not list((bench.root / "dist" / "p").glob(".penholder-*"))


def test_ctrl_c_says_so_in_one_line(bench):
    small(bench)
    bench.section("20-slow.md", "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}\n")
    bench.file("penholder.toml", "[limits]\ntemplate_seconds = 30\n")
    process = bench.spawn(start_new_session=True)
    time.sleep(1.2)
    os.kill(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert err.strip() == "Stopped. What was built before is still there."
    time.sleep(0.2)
    assert not _group(process.pid)


def _group(pid):
    """Processes still in the group of ``pid``."""
    found = subprocess.run(["ps", "-o", "pid=,args=", "-g", str(pid)], capture_output=True, text=True, check=False)
    return [line for line in found.stdout.splitlines() if "ps -o" not in line and "defunct" not in line]


def test_leftovers_of_a_killed_build_are_swept(bench):
    small(bench)
    bench.file("dist/p/.penholder-abcd_123.part", b"half")
    assert bench.build().code == 0
    assert not list((bench.root / "dist" / "p").glob(".penholder-*"))


@pytest.mark.parametrize("room", [8_000, 20_000])
def test_no_room_for_a_file(bench, room):
    """A child that may write only ``room`` bytes to a file: as on a full disk, the write fails in the middle."""
    small(bench)
    made = bench.build()
    before = made.path("docx").read_bytes()
    assert len(before) > room or made.path("pdf").stat().st_size > room
    bench.section("10-a.md", "# A\n\nOther words.\n")

    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    again = bench.run("--to", "pdf", preexec_fn=limit)
    assert again.code == 2, again.out + again.err
    assert "Traceback" not in again.err
    assert again.err.startswith("penholder: ")
    assert len(again.err.strip().splitlines()) <= 2
    assert made.path("docx").read_bytes() == before
    assert made.pdf


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount")
def test_a_full_disk(bench):
    small(bench)
    dist = bench.root / "dist"
    dist.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", dist], capture_output=True, check=False).returncode:
        pytest.skip("this machine does not let us mount")
    try:
        first = bench.build()
        (dist / "filler").write_bytes(b"x" * 1000)
        with pytest.raises(OSError, match="space"), (dist / "filler").open("ab") as filler:
            filler.write(b"x" * 500_000)
        held = {p.name: p.read_bytes() for p in (dist / "p").glob("p.*")}
        bench.section("10-a.md", "# A\n\nOther words.\n")
        made = bench.build()
        assert made.code == 2, (made.out, first.err)
        assert "the disk is full" in made.err
        assert len(made.err.strip().splitlines()) == 2
        assert {p.name: p.read_bytes() for p in (dist / "p").glob("p.*")} == held
        assert not list((dist / "p").glob(".penholder-*"))
    finally:
        subprocess.run(["umount", dist], check=True)


def test_files_that_belong_together_change_together(bench):
    """Room for the Word file but not for the PDF: neither changes, and the record still tells of both."""
    small(bench)
    made = bench.build()
    held = {p.name: p.read_bytes() for p in made.folder.iterdir()}
    room = (len(held["p.docx"]) + len(held["p.pdf"])) // 2
    assert len(held["p.docx"]) + 1000 < room < len(held["p.pdf"]) - 1000
    bench.section("10-a.md", "# A\n\nOther words.\n")

    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    again = bench.run(preexec_fn=limit)
    assert again.code == 2, again.out + again.err
    assert {p.name: p.read_bytes() for p in made.folder.iterdir()} == held


def test_dist_is_a_file(bench):
    small(bench)
    bench.file("dist", b"not a folder")
    made = bench.build()
    assert made.code == 2
    assert "dist" in made.err
    assert len(made.err.strip().splitlines()) == 2
    assert (bench.root / "dist").read_bytes() == b"not a folder"


def test_out_is_a_file(bench):
    small(bench)
    target = bench.file("there", b"x")
    made = bench.build("--out", str(target))
    assert made.code == 2
    assert target.read_bytes() == b"x"


def test_out_is_a_folder_that_is_not_there_yet(bench, tmp_path):
    small(bench)
    assert bench.build("--out", str(tmp_path / "a" / "b")).code == 0
    assert (tmp_path / "a" / "b" / "p.pdf").exists()


def test_dist_that_may_not_be_written(bench):
    small(bench)
    dist = bench.root / "dist"
    dist.mkdir()
    root = os.geteuid() == 0  # root may write anywhere but on a file system that is read-only
    if not root:
        dist.chmod(0o555)
    elif subprocess.run(["mount", "-t", "tmpfs", "-o", "ro", "tmpfs", dist], capture_output=True, check=False).returncode:
        pytest.skip("this machine does not let us mount")
    try:
        made = bench.build()
    finally:
        if root:
            subprocess.run(["umount", dist], check=True)
    assert made.code == 2, made.out + made.err
    assert "dist" in made.err
    assert len(made.err.strip().splitlines()) == 2


def test_not_a_workspace(tmp_path):
    from penholder.cli.main import run

    assert run(["-C", str(tmp_path), "build"]) == 2


def test_the_environment_is_unusable(bench):
    """No folder for temporary files: one line, and no traceback."""
    small(bench)
    made = bench.run(env=bench.environment(TMPDIR="/nonexistent"))
    assert "Traceback" not in made.err
    assert made.code in (0, 2)


# the helpers themselves -----------------------------------------------------------


def test_write_whole_never_leaves_half(tmp_path):
    path = tmp_path / "x" / "file"
    files.write_whole(path, b"one")
    files.write_whole(path, b"two")
    assert path.read_bytes() == b"two"
    assert [p.name for p in path.parent.iterdir()] == ["file"]
    with pytest.raises(UnusableError):
        files.write_whole(path / "below", b"three")


@pytest.mark.parametrize("name", ["../x", "/etc/passwd", "a/../../x", "link/passwd", "loop", "a\0b"])
def test_inside_follows_links(tmp_path, name):
    root = tmp_path / "root"
    root.mkdir()
    (root / "link").symlink_to("/etc")
    (root / "loop").symlink_to("loop")
    with pytest.raises(files.OutsideError):
        files.inside(root, root / name)
    assert files.inside(root, root / "a" / ".." / "b") == root.resolve() / "b"
