"""Jinja2 for untrusted text: sandboxed, strict, limited, and with the way back to the source.

Every stretch of plain text of a template is put between private-use marks that
carry its place. After rendering, the marks become a ``LineMap`` and disappear.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateNotFound, TemplateSyntaxError
from jinja2.exceptions import SecurityError, TemplateError, UndefinedError
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.sandbox import ImmutableSandboxedEnvironment

from penholder.source import LineMap, SourceFile

OPEN, SHUT = "\uf8f0", "\uf8f1"  # private use; taken out of authors' text before this
_MARK = re.compile(f"{OPEN}([0-9]+)([:;])([0-9]+){SHUT}")


@dataclass(frozen=True)
class Fault:
    """Something wrong met while rendering: a code of ``penholder.codes`` at an offset of a file."""

    code: str
    path: str
    offset: int
    message: str
    length: int = 0


class AuthorFault(Exception):  # noqa: N818
    """Raised by a template function to say what the author got wrong."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass
class _Run:
    """What one section's rendering gathers."""

    files: list[SourceFile] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


class _Marks(Extension):
    """Puts marks around the plain text of a template."""

    def filter_stream(self, stream: TokenStream) -> TokenStream | Iterable[Token]:
        environment: Any = self.environment
        index, source = environment.now_reading
        return self._marked(stream, index, source)

    @staticmethod
    def _marked(stream: TokenStream, index: int, source: SourceFile) -> Iterator[Token]:
        at = 0
        for token in stream:
            if token.type != "data":
                yield token
                continue
            found = source.text.find(token.value, at)
            begin = found if found >= 0 else at
            at = begin + len(token.value)
            # ":" opens verbatim text that came from offset, ";" shuts it: a value follows
            value = f"{OPEN}{index}:{begin}{SHUT}{token.value}{OPEN}{index};{at}{SHUT}"
            yield Token(token.lineno, token.type, value)


class _Environment(ImmutableSandboxedEnvironment):
    now_reading: tuple[int, SourceFile]
    run: _Run


class _Partials(BaseLoader):
    """Partials by name, through the reader it is given (which checks where they lie)."""

    def __init__(self, read: Callable[[str], SourceFile | None]) -> None:
        self._read = read

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, None]:
        source = self._read(template)
        if source is None:
            raise TemplateNotFound(template)
        assert isinstance(environment, _Environment)
        environment.run.files.append(source)
        environment.now_reading = (len(environment.run.files) - 1, source)
        return source.text, source.path, None


def _where(environment: _Environment) -> tuple[str, int]:
    """The template and line that is being rendered now, from the running frames."""
    frame = sys._getframe(1)
    while frame is not None:
        template = frame.f_globals.get("__jinja_template__")
        if template is not None:
            return template.filename or template.name or "", template.get_corresponding_lineno(frame.f_lineno)
        frame = frame.f_back  # type: ignore[assignment]
    return environment.run.files[0].path, 1


def _gap(environment: _Environment) -> type[StrictUndefined]:
    """An undefined value that reports itself and prints a visible gap, so that all are found in one run."""

    class Gap(StrictUndefined):
        def _report(self) -> str:
            name = self._undefined_name or "value"
            path, line = _where(environment)
            _report_name(environment, path, line, str(name), self._undefined_message)
            return f"[missing value: {name}]{{.gap}}"

        def __str__(self) -> str:
            return self._report()

        def __iter__(self) -> Iterator[Any]:
            self._report()
            return iter(())

        def __bool__(self) -> bool:
            self._report()
            return False

        def __getattr__(self, name: str) -> Any:
            if name.startswith("__"):
                raise AttributeError(name)
            return self

        def __getitem__(self, name: Any) -> Any:
            return self

    return Gap


def _report_name(environment: _Environment, path: str, line: int, name: str, message: str) -> None:
    source = next((f for f in environment.run.files if f.path == path), environment.run.files[0])
    begin = source.offset(line)
    at = source.text.find(name, begin)
    stop = source.text.find("\n", begin)
    if at < 0 or (0 <= stop < at):
        at, name_length = begin, 0
    else:
        name_length = len(name)
    fault = Fault("TMPL002", source.path, at, f"{message}.", name_length)
    if fault not in environment.run.faults:
        environment.run.faults.append(fault)


def environment(read_partial: Callable[[str], SourceFile | None]) -> _Environment:
    """An environment in which pandoc's ``{#id}`` is text: comments are ``{## ... ##}``."""
    made = _Environment(
        loader=_Partials(read_partial),
        comment_start_string="{##",
        comment_end_string="##}",
        keep_trailing_newline=True,
        autoescape=False,
        cache_size=0,
        extensions=[_Marks],
    )
    made.run = _Run()
    made.undefined = _gap(made)
    made.globals.pop("lipsum", None)
    made.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": True}
    return made


@dataclass(frozen=True)
class Rendered:
    """A rendered section: its text, the way back, and what was wrong.

    ``filled`` is false where the template failed as a whole and the text is the
    author's own, marks and all. ``files`` are all the files the text was made of.
    """

    text: str
    map: LineMap
    faults: tuple[Fault, ...]
    filled: bool
    files: tuple[SourceFile, ...] = ()


def render(env: _Environment, source: SourceFile, start: int, values: Mapping[str, Any]) -> Rendered:
    """Render the text of ``source`` from offset ``start``; never raises for an author's mistake."""
    body = source
    env.run = run = _Run([body])
    env.now_reading = (0, body)
    try:
        # the front matter is blanked, so that lines and offsets stay those of the file
        blank = re.sub(r"[^\n]", " ", body.text[:start])
        code = env.compile(blank + body.text[start:], name=body.path, filename=body.path)
        template = env.template_class.from_code(env, code, env.make_globals(dict(values)))
        marked = template.render()
    except TemplateSyntaxError as error:
        path = error.filename or error.name or body.path
        run.faults.append(_fault_at(run, path, error.lineno, "TMPL001", _hint(error.message or "unreadable", run, path, error.lineno)))
    except (TemplateError, AuthorFault, RecursionError, ArithmeticError, TypeError, ValueError, LookupError, AttributeError) as error:
        run.faults.append(_failure(env, run, error))
    else:
        text, line_map = _unmark(marked, run.files)
        cut = len(text) - len(text.lstrip(" \n")) if start else 0
        skip = min(cut, start)
        if skip:
            text, line_map = text[skip:], _shifted(line_map, skip)
        return Rendered(text, line_map, tuple(run.faults), True, tuple(run.files))
    return Rendered(body.text[start:], LineMap.identity(body, start), tuple(run.faults), False, tuple(run.files))


def _hint(message: str, run: _Run, path: str, line: int) -> str:
    source = next((f for f in run.files if f.path == path), None)
    shown = source.line_text(line) if source else ""
    if re.search(r"\\[a-zA-Z]+\{|\}\{|\{\{<", shown):
        return f"{message} (braces that are not template marks go between {{% raw %}} and {{% endraw %}})"
    return message


def _fault_at(run: _Run, path: str, line: int, code: str, message: str) -> Fault:
    source = next((f for f in run.files if f.path == path), run.files[0])
    begin = source.offset(line)
    shown = source.line_text(line)
    indent = len(shown) - len(shown.lstrip())
    mark = re.search(r"\{[{%#]", shown)
    at = mark.start() if mark else indent
    return Fault(code, source.path, begin + at, message.rstrip(".") + ".", max(0, len(shown.rstrip()) - at))


def _failure(env: _Environment, run: _Run, error: Exception) -> Fault:
    """The fault for an exception that ended a rendering, at the template line that raised it."""
    path, line = run.files[0].path, 1
    trace = error.__traceback__
    while trace is not None:
        template = trace.tb_frame.f_globals.get("__jinja_template__")
        name = trace.tb_frame.f_code.co_filename
        known = next((f for f in run.files if f.path == name), None)
        if known is not None:
            path, line = known.path, trace.tb_lineno if template is None else template.get_corresponding_lineno(trace.tb_lineno)
        trace = trace.tb_next
    if isinstance(error, AuthorFault):
        return _fault_at(run, path, line, error.code, error.message)
    if isinstance(error, TemplateNotFound):
        return _fault_at(run, path, line, "TMPL005", f"There is no partial called {error.name!r}")
    if isinstance(error, RecursionError):
        return _fault_at(run, path, line, "TMPL006", "A partial includes itself, directly or through another")
    if isinstance(error, UndefinedError):
        return _fault_at(run, path, line, "TMPL002", str(error))
    what = f"the sandbox forbids this ({error})" if isinstance(error, SecurityError) else str(error)
    return _fault_at(run, path, line, "TMPL003", f"The template failed here: {what}")


def _unmark(marked: str, files: list[SourceFile]) -> tuple[str, LineMap]:
    """Take the marks out of a rendered text and make its line map of them."""
    starts: list[int] = []
    owners: list[SourceFile] = []
    origins: list[int] = []
    verbatim: list[bool] = []
    pieces: list[str] = []
    at = made = 0
    for mark in _MARK.finditer(marked):
        piece = marked[at : mark.start()]
        pieces.append(piece)
        made += len(piece)
        at = mark.end()
        if starts and starts[-1] == made:
            for kept in (starts, owners, origins, verbatim):
                kept.pop()
        starts.append(made)
        owners.append(files[int(mark[1])])
        origins.append(int(mark[3]))
        verbatim.append(mark[2] == ":")
    pieces.append(marked[at:])
    text = "".join(pieces)
    if not starts or starts[0] != 0:
        starts.insert(0, 0)
        owners.insert(0, files[0])
        origins.insert(0, 0)
        verbatim.insert(0, False)
    return text, LineMap(tuple(starts), tuple(owners), tuple(origins), tuple(verbatim))


def _shifted(line_map: LineMap, skip: int) -> LineMap:
    """The map of a text whose first ``skip`` characters were cut off."""
    keep = [i for i, s in enumerate(line_map.starts) if i + 1 >= len(line_map.starts) or line_map.starts[i + 1] > skip]
    starts, origins = [], []
    for i in keep:
        cut = max(0, skip - line_map.starts[i])
        starts.append(max(0, line_map.starts[i] - skip))
        origins.append(line_map.origins[i] + (cut if line_map.verbatim[i] else 0))
    return LineMap(
        tuple(starts), tuple(line_map.files[i] for i in keep), tuple(origins), tuple(line_map.verbatim[i] for i in keep)
    )


def to_line(rendered: Rendered) -> bytes:
    """A rendering as one line of JSON, to send out of the child that made it."""
    numbers = {id(f): i for i, f in enumerate(rendered.files)}
    return json.dumps(
        {
            "text": rendered.text,
            "filled": rendered.filled,
            "faults": [[f.code, f.path, f.offset, f.message, f.length] for f in rendered.faults],
            "files": [[f.path, f.text] for f in rendered.files[1:]],
            "map": [
                rendered.map.starts,
                [numbers.get(id(f), 0) for f in rendered.map.files],
                rendered.map.origins,
                rendered.map.verbatim,
            ],
        }
    ).encode()


def from_line(line: bytes, source: SourceFile) -> Rendered:
    """The rendering of ``source`` that ``to_line`` wrote."""
    data = json.loads(line)
    files = [source, *(SourceFile(path, text) for path, text in data["files"])]
    starts, owners, origins, verbatim = data["map"]
    return Rendered(
        data["text"],
        LineMap(tuple(starts), tuple(files[i] for i in owners), tuple(origins), tuple(verbatim)),
        tuple(Fault(*f) for f in data["faults"]),
        data["filled"],
        tuple(files),
    )
