"""The pandoc worker as Python sees it: requests with a time limit, answers with messages."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from penholder.adapters.pandoc.spawn import end, spawn
from penholder.adapters.system import has_answer, roomy
from penholder.adapters.watchdog import Limit, limited
from penholder.errors import LimitError, PenholderError, UnusableError

if TYPE_CHECKING:
    from penholder.adapters.child import Child

Tree = dict[str, Any]
Read = tuple[list[Tree], tuple[str, ...]]

# Pandoc's Markdown, less what could carry metadata, macros or other files into the paper.
MARKDOWN = "markdown-yaml_metadata_block-pandoc_title_block-mmd_title_block-latex_macros+mark"

_AHEAD_BYTES = 48_000
_LONG_PAPER = 1 << 20  # bytes; what Linux lets any user have in a pipe
_REST = 17_000  # of a pipe: for what is in it already
_AHEAD_SECONDS = 10


class Answer(NamedTuple):
    """What the worker gave back: bytes, and pandoc's messages about them."""

    payload: bytes
    messages: tuple[str, ...]


class PandocFailure(PenholderError):
    """Pandoc answered that it could not do what was asked."""


class Worker:
    """A resident pandoc. Starts on first use; a stopped one is replaced by a new one.

    ``errands`` are things to be done some time soon; they are done while waiting for
    pandoc, which would else be idle time.
    """

    def __init__(self, process: Child | None = None, *, word_soon: bool = False) -> None:
        """``process`` is a worker from ``spawn.spawn_awake``, whose first answer is still to come.

        ``word_soon`` says that a Word file will be waited for: what writes one is then woken while the sections are
        being looked through.
        """
        self._process = process
        self._owed = 0 if process is None else 1
        self._half_awake = process is not None and word_soon
        self._buffer = bytearray()
        self.errands: deque[Callable[[], object]] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End the worker; a later request starts a new one."""
        process, self._process = self._process, None
        self._owed = 0
        self._half_awake = False
        self._buffer.clear()
        if process is None:
            return
        end(process)

    def dismiss(self) -> None:
        """Nothing more will be asked: pandoc ends by itself, while others work; ``close`` then has nothing to wait for."""
        if self._process and self._process.stdin:
            self._process.stdin.close()

    def ask(
        self, op: str, fmt: str = "-", payload: bytes = b"", options: Mapping[str, Any] | None = None, *, seconds: float = 60
    ) -> Answer:
        """Send one request and wait for its answer.

        Raises ``LimitError`` when it takes longer than ``seconds`` or more memory
        than the worker has, ``PandocFailure`` when pandoc refuses, and
        ``UnusableError`` when pandoc cannot be started.
        """
        self.send(op, fmt, payload, options)
        return self.receive(seconds=seconds)

    def send(self, op: str, fmt: str = "-", payload: bytes = b"", options: Mapping[str, Any] | None = None) -> None:
        """Send a request whose answer is fetched later with ``receive``."""
        self._settle()
        self._send(op, fmt, payload, options)

    def expect(self, texts: Iterable[str]) -> None:
        """Let pandoc read texts that will probably be asked for with ``read_all``; what it makes of them is kept by content.

        Only as many as a pipe holds, so that nothing waits for it here.
        """
        wanted: list[bytes] = []
        all_of_them = [text.encode() for text in texts]
        room = _AHEAD_BYTES
        if sum(map(len, all_of_them)) > room and self._process is not None:
            room = max(room, roomy(self._process.stdin, _LONG_PAPER) - _REST)
        for data in all_of_them:
            room -= len(data)
            if room < 0:
                break
            wanted.append(data)
        if wanted:
            self._send("ahead", MARKDOWN, b"".join(wanted), {"lengths": [len(data) for data in wanted]})
            self._owed += 1

    def _settle(self) -> None:
        """Take the answers nobody waits for; a worker that a guess was too much for is replaced, and the guess forgotten."""
        try:
            while self._owed:
                self._owed -= 1
                self.receive(seconds=_AHEAD_SECONDS)
        except PenholderError:
            self.close()

    def _send(self, op: str, fmt: str, payload: bytes, options: Mapping[str, Any] | None) -> None:
        extra = json.dumps(options).encode() if options else b""
        process = self._started()
        assert process.stdin is not None
        try:
            _write_all(process.stdin, f"{op} {fmt} {len(extra)} {len(payload)}\n".encode() + extra + payload)
        except (BrokenPipeError, OSError):
            code = self._reap()
            raise self._ended(code) from None

    def receive(self, *, seconds: float = 60) -> Answer:
        """The answer to the request that was sent last; the worker is ended after ``seconds``."""
        process = self._started()
        while self.errands and not has_answer(process.stdout):
            self.errands.popleft()()
        with limited(process, seconds) as limit:
            try:
                head = self._take_line(limit).split()
                payload = self._take(int(head[1]), limit)
                said = self._take(int(head[2]), limit)
            except PenholderError:
                if limit.expired:
                    raise LimitError(f"pandoc took longer than {seconds:g} seconds") from None
                raise
        messages = tuple(m["text"] for m in json.loads(said)) if said else ()
        if head[0] != b"ok":
            raise PandocFailure(_first_line(payload.decode("utf-8", "replace")))
        return Answer(payload, messages)

    def read(self, text: str, *, seconds: float = 20, fmt: str = MARKDOWN) -> Read:
        """The blocks of a text, and pandoc's messages; the text can reach no file."""
        return _blocks(self.ask("read", fmt, text.encode(), seconds=seconds))

    def read_all(self, texts: Sequence[str], seconds: Callable[[str], float]) -> Iterator[Read | PenholderError]:
        """What ``read`` gives for each text, or the error it ended with; meanwhile pandoc reads the next one."""
        ahead = False
        for i, text in enumerate(texts):
            try:
                if not ahead:
                    self.send("read", MARKDOWN, text.encode())
                ahead = False
                answer = self.receive(seconds=seconds(text))
                if i + 1 < len(texts):
                    self.send("read", MARKDOWN, texts[i + 1].encode())
                    ahead = True
                elif self._half_awake:  # all is read, and pandoc has time until something is cited or written
                    self._half_awake = False
                    self._send("warm_writers", "-", b"", None)
                    self._owed += 1
                read: Read | PenholderError = _blocks(answer)
            except (LimitError, PandocFailure) as error:
                read = error
            yield read

    def _started(self) -> Child:
        if self._process is None:
            try:
                self._process = spawn()
            except OSError as error:
                raise UnusableError(
                    f"pandoc cannot be started ({error.strerror or error})", "Run `penholder doctor` to see what is wrong."
                ) from error
        return self._process

    def _take_line(self, limit: Limit) -> bytes:
        while (end := self._buffer.find(b"\n")) < 0:
            self._fill(limit)
        line = bytes(self._buffer[:end])
        del self._buffer[: end + 1]
        return line

    def _take(self, size: int, limit: Limit) -> bytes:
        while len(self._buffer) < size:
            self._fill(limit)
        taken = bytes(self._buffer[:size])
        del self._buffer[:size]
        return taken

    def _fill(self, limit: Limit) -> None:
        process = self._process
        if process is None or process.stdout is None:
            raise UnusableError("pandoc is not running", "Run the command again.")
        limit.wait()
        chunk = process.stdout.read(1 << 20)
        if not chunk:
            raise self._ended(self._reap())
        self._buffer += chunk

    def _reap(self) -> int:
        process = self._process
        code = process.wait(5) if process else 0
        self.close()
        return code

    @staticmethod
    def _ended(code: int) -> PenholderError:
        if code in (251, 2, -9, 137):  # 251: GHC's heap overflow
            return LimitError("pandoc ran out of the memory it may use")
        return UnusableError(f"pandoc ended unexpectedly (code {code})", "Run `penholder doctor` to see what is wrong.")


def _blocks(answer: Answer) -> Read:
    try:
        blocks: list[Tree] = json.loads(answer.payload)["blocks"]
    except RecursionError:
        raise LimitError("it is nested too deeply") from None
    return blocks, answer.messages


def _write_all(pipe: Any, data: bytes) -> None:
    view = memoryview(data)
    while view:
        written = pipe.write(view)
        view = view[written:]


def _first_line(text: str) -> str:
    for line in text.splitlines():
        if line.strip():
            return line.strip()
    return "pandoc failed without saying why"
