"""``doctor``: runs the real tools, and says what to do about each way they can fail."""

from __future__ import annotations

import errno
import json
import os
import shutil
import ssl
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from newcomer_helpers import TOOL, Command

from penholder.adapters import programs
from penholder.adapters.pandoc import spawn
from penholder.adapters.typst import compiler
from penholder.cli.doctor import command as doctor
from penholder.features import health
from penholder.features.health import Check, Surroundings, examine


def around(folder: Path, **more: str) -> Surroundings:
    return Surroundings(folder, environment={"PATH": os.environ["PATH"], **more})


def program(folder: Path, text: str, mode: int = 0o755) -> str:
    path = folder / "program"
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(mode)
    return str(path)


def test_all_is_well(command: Command, tmp_path: Path) -> None:
    assert command("init", ".").code == 0
    said = command("doctor")
    assert said.code == 0, said.out
    assert said.out.splitlines()[-1] == "All is well. Next: penholder build"
    for words in ("git version", "made a Word file", "a page of PDF/UA", "1 paper", "font files"):
        assert words in said.out
    assert not (tmp_path / "dist").exists(), "doctor leaves nothing behind"


def test_json(command: Command) -> None:
    said = command("doctor", "--format", "json")
    report = json.loads(said.out)
    assert report["ok"] is True
    assert [c["name"] for c in report["checks"]] == [
        "python", "git", "pandoc", "fonts", "typst", "workspace", "dist", "cache", "certificates",
    ]  # fmt: skip
    assert all(c.keys() == {"name", "ok", "what", "remedy"} for c in report["checks"])


def test_git_is_missing_and_a_certificate_too(tmp_path: Path) -> None:
    """The whole command, in an environment that is broken in two ways: both are told, exit code 2."""
    (tmp_path / "empty").mkdir()
    environment = {"PATH": str(tmp_path / "empty"), "PYTHONPATH": str(TOOL), "REQUESTS_CA_BUNDLE": "/no/such.pem"}
    done = subprocess.run(
        [sys.executable, "-m", "penholder", "-C", str(tmp_path), "doctor"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2, done.stderr
    assert "problem  git           git is not on the PATH" in done.stdout
    assert "REQUESTS_CA_BUNDLE names /no/such.pem, which is not there" in done.stdout
    assert done.stdout.count("-> ") == 2
    assert "\x1b" not in done.stdout


@pytest.mark.parametrize(
    ("text", "what", "remedy"),
    [
        ("exit 126", "may not be run (exit code 126)", "Ask your IT service"),
        ("exit 127", "lacks something it needs", "Install it again"),
        ("kill -9 $$", "was stopped by the system (signal 9)", "short of memory"),
        ("kill -11 $$", "was stopped by the system (signal 11)", "Ask your IT service"),
        ("exit 137", "was stopped by the system (signal 9)", "short of memory"),
        ("echo bad luck >&2; exit 3", "failed (exit code 3): bad luck", "Install it again"),
        ("echo pandoc 3.9", "made no Word file", "Install it again"),
    ],
)
def test_pandoc_is_blocked(tmp_path: Path, text: str, what: str, remedy: str) -> None:
    check = health.pandoc(Surroundings(tmp_path, pandoc=program(tmp_path, text)))
    assert not check.ok
    assert what in check.what
    assert remedy in check.remedy


def test_pandoc_is_no_program(tmp_path: Path) -> None:
    path = program(tmp_path, "exit 0", 0o644)
    check = health.pandoc(Surroundings(tmp_path, pandoc=path))
    assert (check.ok, check.remedy) == (False, f"Make it a program again: chmod +x {path}")
    Path(path).write_bytes(b"\x7fELF of another processor")
    Path(path).chmod(0o755)
    check = health.pandoc(Surroundings(tmp_path, pandoc=path))
    assert "not a program for this computer's processor" in check.what
    check = health.pandoc(Surroundings(tmp_path, pandoc=str(tmp_path / "nowhere")))
    assert "was not found" in check.what and "force-reinstall" in check.remedy


def test_pandoc_does_not_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programs, "SECONDS", 0.2)
    check = health.pandoc(Surroundings(tmp_path, pandoc=program(tmp_path, "exec sleep 20")))
    assert "did not answer" in check.what and "virus scanner" in check.remedy


def test_the_real_pandoc_path_is_used_by_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spawn, "pandoc_path", lambda: program(tmp_path, "exit 126"))
    assert "exit code 126" in health.pandoc(around(tmp_path)).what

    def missing() -> str:
        raise OSError("No pandoc was found")

    monkeypatch.setattr(spawn, "pandoc_path", missing)
    assert health.pandoc(around(tmp_path)) == Check("pandoc", False, "pandoc was not found", health.REINSTALL)


@pytest.mark.parametrize(
    ("number", "what"),
    [
        (1260, "blocked by this computer's policy (error 1260)"),
        (4551, "policy"),
        (225, "virus scanner"),
        (None, "may not be run"),
    ],
)
def test_windows_says_why(number: int | None, what: str) -> None:
    error = PermissionError(errno.EACCES, "Permission denied")
    error.winerror = number  # type: ignore[attr-defined]
    assert what in programs._did_not_start("pandoc.exe", error).what


def test_macos_quarantine_has_a_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert "xattr -d com.apple.quarantine /x/pandoc" in programs._ended_badly("/x/pandoc", -9, "").remedy


@pytest.mark.parametrize(
    ("text", "what", "remedy"),
    [
        ("exit 126", "exit code 126", "IT service"),
        ("echo 'xcrun: error: invalid active developer path' >&2; exit 1", "xcrun", "xcode-select --install"),
        ("exit 1", "it said nothing", "nstall it"),
        (
            'case "$*" in *rev-parse*) echo "fatal: detected dubious ownership" >&2; exit 128;; esac; echo git version 2',
            "does not trust this folder", "safe.directory",
        ),
        ('case "$*" in *rev-parse*) echo "fatal: bad" >&2; exit 128;; esac; echo git version 2', "fatal: bad", "git status"),
    ],
)  # fmt: skip
def test_git_fails(tmp_path: Path, text: str, what: str, remedy: str) -> None:
    (tmp_path / "penholder.toml").write_text("schema_version = 1\n")
    (tmp_path / ".git").mkdir()
    check = health.git(Surroundings(tmp_path, git=program(tmp_path, text)))
    assert not check.ok
    assert what in check.what
    assert remedy in check.remedy


def _ends_at_once() -> subprocess.Popen[bytes]:
    return subprocess.Popen(["sh", "-c", "read line; sleep 0.2; exit 1"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def test_typst_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def blocked() -> subprocess.Popen[bytes]:
        raise PermissionError(errno.EACCES, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(compiler, "spawn", blocked)
        check = health.typst(around(tmp_path))
        assert (check.ok, "Permission denied" in check.what) == (False, True)
        assert check.remedy == health.REINSTALL  # not "run penholder doctor"
    with monkeypatch.context() as patch:
        patch.setattr(compiler, "font_folders", list)
        assert "fontpkg-source-sans-3" in health.fonts(around(tmp_path)).remedy
    with monkeypatch.context() as patch:
        patch.setattr(compiler, "spawn", _ends_at_once)
        assert not health.typst(around(tmp_path)).ok


def test_certificates(tmp_path: Path) -> None:
    text = tmp_path / "text.pem"
    text.write_text("not a certificate")
    checks = health.certificates(around(tmp_path, SSL_CERT_FILE=str(text), PIP_CERT="/no/such", CURL_CA_BUNDLE=""))
    assert [c.ok for c in checks] == [False, False]
    assert "SSL_CERT_FILE" in checks[0].what and "PEM" in checks[0].what
    assert "unset PIP_CERT" in checks[1].remedy


def test_good_certificates_and_a_proxy(tmp_path: Path) -> None:
    bundle = ssl.get_default_verify_paths().cafile
    known = {"SSL_CERT_FILE": bundle} if bundle and Path(bundle).is_file() else {}
    (check,) = health.certificates(around(tmp_path, HTTPS_PROXY="http://proxy.example:3128", **known))
    assert check.ok and "a proxy is set (HTTPS_PROXY)" in check.what
    assert "proxy.example" not in check.what, "a proxy's address may hold a password"


def test_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "penholder.toml").write_text("schema_version = 1\n")
    (tmp_path / "dist").write_text("a file")
    by_name = {c.name: c for c in examine(around(tmp_path))}
    assert not by_name["dist"].ok and "is a file" in by_name["dist"].what
    assert by_name["cache"].ok

    def full(*_: object, **__: object) -> object:
        raise OSError(errno.EROFS, "Read-only file system")

    with monkeypatch.context() as patch:
        patch.setattr(tempfile, "TemporaryFile", full)
        assert "read-only" in health.writable("dist", tmp_path / "x").what
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "disk_usage", lambda _: type("Usage", (), {"free": 5_000_000}))
        assert "only 5 MB free" in health.writable("dist", tmp_path / "x").what


def test_a_broken_workspace_is_named_at_its_line(tmp_path: Path) -> None:
    (tmp_path / "penholder.toml").write_text("schema_version = 1\ncountry = \n")
    check = health.workspace(around(tmp_path))
    assert not check.ok and check.what.startswith("penholder.toml:2:")
    (tmp_path / "penholder.toml").write_text("schema_version = 9\n")
    assert "newer" in health.workspace(around(tmp_path)).remedy


def test_python_is_too_old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "OLDEST_PYTHON", (9, 0))
    check = health.python(around(tmp_path))
    assert not check.ok and "Python 9.0" in check.remedy


def test_colour_only_where_it_is_wanted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "examine", lambda _: [Check("a", True, "fine"), Check("b", False, "bad", "mend")])
    monkeypatch.delenv("NO_COLOR", raising=False)
    obj = {"folder": tmp_path}
    assert "\x1b[" in CliRunner().invoke(doctor, [], obj=obj, color=True).output
    monkeypatch.setenv("NO_COLOR", "1")
    plain = CliRunner().invoke(doctor, [], obj=obj, color=True).output
    assert plain.splitlines() == [
        "ok       a             fine",
        "problem  b             bad",
        "                       -> mend",
        "1 to mend: see the lines with ->.",
    ]
