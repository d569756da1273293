"""Try everything a build needs (``doctor``), and say what to do about what does not work.

Every check runs the real thing: Git answers, pandoc makes a Word file, Typst
lays out a page. A check is one function; none of them raises.
"""

from __future__ import annotations

import os
import shutil
import ssl
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from penholder import __version__
from penholder.adapters.pandoc import spawn
from penholder.adapters.programs import REINSTALL, SECONDS, Blocked, run
from penholder.errors import PenholderError, UsageError
from penholder.findings import Severity

OLDEST_PYTHON = (3, 11)
LEAST_MEGABYTES = 200
CERTIFICATES = (
    "REQUESTS_CA_BUNDLE",
    "SSL_CERT_FILE",
    "CURL_CA_BUNDLE",
    "PIP_CERT",
    "GIT_SSL_CAINFO",
    "NODE_EXTRA_CA_CERTS",
)


@dataclass(frozen=True)
class Check:
    """One thing that was tried: whether it works, what was seen, and what to do where it does not."""

    name: str
    ok: bool
    what: str
    remedy: str = ""


@dataclass(frozen=True)
class Surroundings:
    """What is tried. Tests put other programs and another environment in."""

    start: Path
    git: str = "git"
    pandoc: str = ""  # empty: the one a build takes
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))


def examine(around: Surroundings) -> list[Check]:
    """Try everything, in the order in which a build would meet it."""
    checks: list[Callable[[Surroundings], Check | list[Check]]] = [
        python,
        git,
        pandoc,
        fonts,
        typst,
        workspace,
        *_FOLDERS,
        certificates,
    ]
    results: list[Check] = []
    for check in checks:
        made = check(around)
        results += made if isinstance(made, list) else [made]
    return results


def python(_: Surroundings) -> Check:
    """This Python is new enough."""
    version = ".".join(map(str, sys.version_info[:3]))
    wanted = ".".join(map(str, OLDEST_PYTHON))
    if sys.version_info < OLDEST_PYTHON:
        return Check(
            "python",
            False,
            f"Python {version} is too old",
            f"Install Python {wanted} or newer from https://www.python.org",
        )
    return Check("python", True, f"Python {version}, Penholder {__version__}")


def git(around: Surroundings) -> Check:
    """Git answers, and trusts the workspace's repository."""
    program = shutil.which(around.git, path=around.environment.get("PATH", ""))
    if program is None:
        return Check("git", False, f"{around.git} is not on the PATH", _get_git())
    try:
        version = run([program, "--version"], environment=around.environment).decode("utf-8", "replace").strip()
    except Blocked as why:
        if "xcrun" in why.what or "xcode-select" in why.what:
            return Check("git", False, why.what, "Install Apple's command-line tools: xcode-select --install")
        return Check("git", False, why.what, _get_git() if why.remedy == REINSTALL else why.remedy)
    return _distrust(program, around) or Check("git", True, version)


def _distrust(program: str, around: Surroundings) -> Check | None:
    """What Git says against the workspace's repository, if it says anything."""
    root = _root(around)
    if root is None or not (root / ".git").exists():
        return None
    try:
        run([program, "-C", str(root), "rev-parse", "--git-dir"], environment=around.environment)
    except Blocked as why:
        if "dubious ownership" in why.what:
            trust = f"If you trust it: git config --global --add safe.directory {root}"
            return Check("git", False, "Git does not trust this folder: it belongs to somebody else", trust)
        return Check("git", False, why.what, "Run `git status` in the workspace and mend what it says.")
    return None


def _get_git() -> str:
    if sys.platform == "darwin":
        return "Install it: xcode-select --install"
    if sys.platform == "win32":
        return (
            "Install it from https://git-scm.com, then open a new window. Papers build without it, but carry no commit."
        )
    return "Install it with your system's packages (apt install git). Papers build without it, but carry no commit."


def pandoc(around: Surroundings) -> Check:
    """Pandoc turns a line into a Word file, and the resident worker answers."""
    from penholder.adapters.pandoc.worker import Worker

    try:
        program = around.pandoc or spawn.pandoc_path()
        version = run([program, "--version"]).decode("utf-8", "replace").split("\n", 1)[0].strip()
        made = run([program, "--sandbox", "-f", "markdown", "-t", "docx", "-o", "-"], b"One line.\n")
    except OSError:
        return Check("pandoc", False, "pandoc was not found", REINSTALL)
    except Blocked as why:
        return Check("pandoc", False, why.what, why.remedy)
    if not made.startswith(b"PK"):
        return Check("pandoc", False, f"{program} answers, but made no Word file", REINSTALL)
    if not around.pandoc:
        try:
            with Worker() as worker:
                worker.read("One line.", seconds=SECONDS)
        except PenholderError as error:
            return Check("pandoc", False, f"{version} runs, but not as a worker: {error.message}", REINSTALL)
    return Check("pandoc", True, f"{version} made a Word file")


def fonts(_: Surroundings) -> Check:
    """The fonts that come as a package are there."""
    from penholder.adapters.typst.compiler import font_folders

    found = [p for folder in font_folders() for p in Path(folder).rglob("*") if p.suffix.lower() in (".ttf", ".otf")]
    if not found:
        return Check(
            "fonts",
            False,
            "the font package is missing",
            "Install it: python -m pip install --force-reinstall fontpkg-source-sans-3",
        )
    return Check("fonts", True, f"{len(found)} font files come with Penholder")


def typst(_: Surroundings) -> Check:
    """Typst lays out one page as PDF/UA, with the house's font."""
    from penholder.adapters.typst.compiler import Compiler

    page = '#set document(title: "Doctor")\n#set text(font: "Source Sans 3", lang: "en")\n= One page\nOne line.\n'
    compiler = Compiler()
    try:
        compiler.send({"main.typ": page.encode()}, timestamp=0)
        made = compiler.receive(seconds=SECONDS)
    except (PenholderError, OSError) as error:
        return Check("typst", False, f"Typst made no PDF: {error}", _not_doctor(getattr(error, "remedy", "")))
    finally:
        with suppress(OSError):
            compiler.close()
    if not made.startswith(b"%PDF"):
        return Check("typst", False, "Typst answers, but made no PDF", REINSTALL)
    return Check("typst", True, "Typst made a page of PDF/UA")


def _not_doctor(remedy: str) -> str:
    """A remedy that does not send the reader in a circle."""
    return REINSTALL if not remedy or "penholder doctor" in remedy else remedy


def _root(around: Surroundings) -> Path | None:
    from penholder.stages.where import find_root

    try:
        return find_root(around.start)
    except UsageError:
        return None


def workspace(around: Surroundings) -> Check:
    """The workspace's own files can be read."""
    from penholder.stages.discover import discover

    root = _root(around)
    if root is None:
        return Check("workspace", True, "none here (to make one: penholder init DIR)")
    found, findings = discover(root)
    bad = [f for f in findings if f.severity > Severity.NOTE]
    if bad:
        return Check("workspace", False, f"{bad[0].span}: {bad[0].message}", bad[0].help)
    papers = "1 paper" if len(found.papers) == 1 else f"{len(found.papers)} papers"
    return Check("workspace", True, f"{root}: {papers}")


def _folder(name: str, where: str) -> Callable[[Surroundings], Check]:
    def check(around: Surroundings) -> Check:
        """A folder that a build writes can be written, and has room."""
        return writable(name, (_root(around) or around.start.resolve()) / where)

    return check


_FOLDERS = (_folder("dist", "dist"), _folder("cache", ".penholder/cache"))


def writable(name: str, folder: Path) -> Check:
    """Whether ``folder``, or the nearest one above that exists, takes a file, and has room for it."""
    there = next(p for p in (folder, *folder.parents) if p.exists())
    try:
        if not there.is_dir():
            return Check(
                name, False, f"{there} is a file, and a folder is wanted", "Move that file away, or rename it."
            )
        with tempfile.TemporaryFile(dir=there) as probe:
            probe.write(b"x")
        free = shutil.disk_usage(there).free // 1_000_000
    except OSError as error:
        return Check(
            name,
            False,
            f"{there} cannot be written: {(error.strerror or str(error)).lower()}",
            "Check that you may write there, and that it is not open elsewhere.",
        )
    if free < LEAST_MEGABYTES:
        return Check(
            name, False, f"{there} has only {free:,} MB free", f"Make room: a build wants {LEAST_MEGABYTES} MB."
        )
    return Check(name, True, f"{folder} can be written, {free:,} MB free")


def certificates(around: Surroundings) -> list[Check]:
    """Certificate files that the environment names (as behind a company's proxy) can be used."""
    bad = list(_bad_certificates(around.environment))
    if bad:
        return bad
    named = [name for name in CERTIFICATES if around.environment.get(name)]
    proxy = next(
        (name for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy") if around.environment.get(name)), ""
    )
    said = f"{', '.join(named)} can be read" if named else "none set"
    return [
        Check(
            "certificates", True, said + (f"; a proxy is set ({proxy})" if proxy else "") + ". A build needs no network"
        )
    ]


def _bad_certificates(environment: Mapping[str, str]) -> Iterator[Check]:
    for name in CERTIFICATES:
        value = environment.get(name)
        if not value:
            continue
        path = Path(value)
        remedy = f"Ask your IT service for the proxy's certificate (a .pem file) and set {name} to it, or unset {name}."
        if not path.exists():
            yield Check("certificates", False, f"{name} names {value}, which is not there", remedy)
        elif path.is_file():
            try:
                ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cafile=value)
            except (ssl.SSLError, OSError) as error:
                reason = (
                    "it is no certificate in PEM form"
                    if isinstance(error, ssl.SSLError)
                    else (error.strerror or str(error)).lower()
                )
                yield Check("certificates", False, f"{name} names {value}, which cannot be used: {reason}", remedy)
