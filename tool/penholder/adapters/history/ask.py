"""Running Git to ask about history: nothing a repository says is obeyed, nothing is fetched, every failure has a line."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, NamedTuple

from penholder.adapters import git
from penholder.adapters.system import roomy
from penholder.errors import UnusableError

_OFFLINE = {
    "GIT_NO_LAZY_FETCH": "1",  # a partial clone would fetch what it lacks
    "GIT_ALLOW_PROTOCOL": "none",  # the same for a Git that does not know the first
}
_SECONDS = 120
_INSTALL = "Install Git (https://git-scm.com/downloads) and run the command again."


class Answer(NamedTuple):
    """What Git wrote and what it complained of; ``failed`` where it gave up."""

    out: bytes
    said: str
    failed: bool

    @property
    def text(self) -> str:
        return self.out.decode("utf-8", "replace").strip()

    @property
    def why(self) -> str:
        """Its first complaint, in one line."""
        return (self.said.strip().splitlines() or ["Git failed"])[0].removeprefix("fatal: ").removeprefix("error: ")


def ask(root: Path, *arguments: str, given: bytes = b"") -> Answer:
    """Run Git in ``root`` to its end; ``given`` is what it reads.

    Raises ``UnusableError`` where Git is not installed or does not answer in time.
    """
    command = ["git", "--no-pager", *arguments]
    try:
        done = subprocess.run(command, cwd=root, env=_environment(), input=given, capture_output=True, timeout=_SECONDS, check=False)
    except FileNotFoundError as error:
        raise UnusableError("Git is not installed", _INSTALL) from error
    except subprocess.TimeoutExpired as error:
        raise UnusableError(f"Git took longer than {_SECONDS} seconds over this history", "Name two revisions that lie closer together.") from error
    except OSError as error:
        raise UnusableError(f"Git cannot be run: {error.strerror or error}") from error
    return Answer(done.stdout, done.stderr.decode("utf-8", "replace"), done.returncode != 0)


def need(root: Path, *arguments: str, given: bytes = b"") -> bytes:
    """What Git writes to an answer that there must be; raises ``UnusableError`` with Git's own reason."""
    answer = ask(root, *arguments, given=given)
    if answer.failed:
        raise UnusableError(f"Git cannot read this history: {answer.why}", "Run `git fsck` to see whether the repository is whole.")
    return answer.out


@contextmanager
def stream(root: Path, arguments: Sequence[str], given: Iterable[bytes]) -> Iterator[IO[bytes]]:
    """What Git writes, read as it is written; the process is gone at the end, read to its end or not.

    Raises ``UnusableError`` where Git is not installed.
    """
    with TemporaryFile() as questions:  # a pipe could fill up on both sides
        questions.writelines(given)
        questions.seek(0)
        try:
            process = subprocess.Popen(
                ["git", "--no-pager", *arguments], cwd=root, env=_environment(),
                stdin=questions, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            )  # fmt: skip
        except FileNotFoundError as error:
            raise UnusableError("Git is not installed", _INSTALL) from error
        with process:
            assert process.stdout is not None
            roomy(process.stdout, 1 << 20)
            try:
                yield process.stdout
            finally:
                process.kill()


def names(answer: bytes) -> list[bytes]:
    """The items of an answer that Git ends with NUL."""
    return answer.split(b"\0")[:-1]


def _environment() -> dict[str, str]:
    return {**git.environment(), **_OFFLINE}
