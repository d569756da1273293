"""The template engine: what templates may use, and rendering one section with every fault a finding."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import BaseLoader, Environment, TemplateNotFound, TemplateSyntaxError
from jinja2.exceptions import SecurityError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from penholder.adapters.jinja.gaps import RAW_HINT, call_of, gap_text, gap_type, looks_like_latex, report_fault
from penholder.adapters.jinja.marks import Marks, shifted, unmark, without_marks
from penholder.adapters.jinja.parts import AuthorFault, Fault, Noted, Rendered, Run
from penholder.source import LineMap, SourceFile

LONGEST = 8_000_000  # characters of one rendered section
_UNTOUCHED = frozenset(("safe", "string", "indent", "trim", "default", "d", "attr", "tojson"))


class _Environment(ImmutableSandboxedEnvironment):
    now_reading: tuple[int, SourceFile]
    run: Run


class _Partials(BaseLoader):
    """Partials by name, through the reader it is given (which checks where they lie)."""

    def __init__(self, read: Callable[[str], SourceFile | None]) -> None:
        self._read = read

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, None]:
        source = self._read(template)
        if source is None:
            raise TemplateNotFound(template)
        if isinstance(environment, _Environment):
            files = environment.run.files
            if source not in files:
                files.append(source)
            environment.now_reading = (files.index(source), source)
        return source.text, source.path, None


def environment(read_partial: Callable[[str], SourceFile | None]) -> _Environment:
    """An environment in which pandoc's ``{#id}`` is text: comments are ``{## ... ##}``."""
    made = _Environment(
        loader=_Partials(read_partial),
        comment_start_string="{##",
        comment_end_string="##}",
        keep_trailing_newline=True,
        autoescape=False,
        auto_reload=False,
        extensions=[Marks],
    )
    made.run = Run()
    made.undefined = gap_type(lambda: made.run)
    made.globals.pop("lipsum", None)
    made.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": True}
    made.filters = {name: each if name in _UNTOUCHED else _on_plain_text(each) for name, each in made.filters.items()}
    return made


def forgiving(env: _Environment, function: Callable[..., Any], name: str, gap: Callable[[str], Any] | None = None) -> Callable[..., Any]:
    """A template function whose faults are found and leave a gap, while the rest is filled in.

    ``gap`` makes what stands for its value of the gap's text (by default a block of its own).
    """

    def called(*arguments: Any, **named: Any) -> Any:
        try:
            return function(*map(without_marks, arguments), **{key: without_marks(value) for key, value in named.items()})
        except AuthorFault as fault:
            code, message = fault.code, fault.message
        except TypeError as error:
            code, message = "TMPL003", f"`{name}()` cannot be called so: {str(error).replace(function.__qualname__ + '()', 'it')}"
        said = without_marks(" ".join(a for a in arguments[:1] if isinstance(a, str)))
        report_fault(env.run, code, message, name, said)
        text = gap_text(f"left out: {name} {said}".strip())
        return gap(text) if gap else f"\n\n{text}\n\n"

    return called


class Reporter:
    """How a template function of a name tells what it met, at the call that is being rendered."""

    def __init__(self, env: _Environment, name: str) -> None:
        self._env = env
        self._name = name

    def fault(self, code: str, message: str, word: str = "") -> None:
        """Find a fault at the call with ``word``; the call goes on."""
        report_fault(self._env.run, code, message, self._name, word)

    def note(self, word: str) -> None:
        """Note a word of the call."""
        noted = Noted(word, *call_of(self._env.run, self._name, word))
        if noted not in self._env.run.noted:
            self._env.run.noted.append(noted)


def _on_plain_text(change: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that does not see our marks: ``x|length`` counts what is printed."""

    @functools.wraps(change)
    def plain(*arguments: Any, **named: Any) -> Any:
        return change(*map(without_marks, arguments), **named)

    return plain


def render(env: _Environment, source: SourceFile, start: int, values: Mapping[str, Any]) -> Rendered:
    """Render the text of ``source`` from offset ``start``; never raises for an author's mistake."""
    # the front matter is blanked, so that lines and offsets stay those of the file
    blank = re.sub(r"[^\n]", " ", source.text[:start])
    body = SourceFile(source.path, blank + source.text[start:])
    env.run = run = Run([source])
    env.now_reading = (0, body)
    if env.cache is not None:
        env.cache.clear()
    try:
        code = env.compile(body.text, name=source.path, filename=source.path)
        template = env.template_class.from_code(env, code, env.make_globals(dict(values)))
        marked = template.render()
    except TemplateSyntaxError as error:
        path = error.filename or error.name or source.path
        run.faults.append(_unreadable(run, path, error.lineno, error.message or "unreadable"))
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 (whatever a template manages to raise is its author's to mend)
        run.faults.append(_failure(run, error))
    else:
        if len(marked) <= LONGEST:
            return _rendered(marked, run, start)
        run.faults.append(_fault_at(run, source.path, 1, "TMPL004", f"The templates make more than {LONGEST:,} characters of this section"))
    return Rendered(source.text[start:], LineMap.identity(source, start), tuple(run.faults), False, tuple(run.files))


def _rendered(marked: str, run: Run, start: int) -> Rendered:
    """What a template printed, less the front matter's blanks before it."""
    text, line_map = unmark(marked, run.files)
    cut = len(text) - len(text.lstrip(" \n")) if start else 0
    skip = min(cut, start)
    if skip:
        text, line_map = text[skip:], shifted(line_map, skip)
    return Rendered(text, line_map, tuple(run.faults), True, tuple(run.files), tuple(run.noted))


def _unreadable(run: Run, path: str, line: int, message: str) -> Fault:
    source = run.file(path)
    if source and looks_like_latex(source.line_text(line)):
        message += RAW_HINT
    return _fault_at(run, path, line, "TMPL001", message)


def _fault_at(run: Run, path: str, line: int, code: str, message: str) -> Fault:
    source = run.file(path) or run.files[0]
    begin = source.offset(line)
    shown = source.line_text(line)
    indent = len(shown) - len(shown.lstrip())
    mark = re.search(r"\{[{%#]", shown)
    at = mark.start() if mark else indent
    return Fault(code, source.path, begin + at, message.rstrip(".") + ".", max(0, len(shown.rstrip()) - at))


def _failure(run: Run, error: Exception) -> Fault:
    """The fault for an exception that ended a rendering, at the template line that raised it."""
    path, line = run.files[0].path, 1
    trace = error.__traceback__
    while trace is not None:
        template = trace.tb_frame.f_globals.get("__jinja_template__")
        known = run.file(trace.tb_frame.f_code.co_filename)
        if known is not None:
            path, line = known.path, trace.tb_lineno if template is None else template.get_corresponding_lineno(trace.tb_lineno)
        trace = trace.tb_next
    code, message = _said(error)
    return _fault_at(run, path, line, code, message)


def _said(error: Exception) -> tuple[str, str]:
    """The code and the words for an exception."""
    match error:
        case AuthorFault():
            return error.code, error.message
        case TemplateNotFound():
            return "TMPL005", f"There is no partial called {error.name!r}"
        case RecursionError():
            return "TMPL006", "A partial includes itself, directly or through another"
        case UndefinedError():
            return "TMPL002", str(error)
        case SecurityError():
            return "TMPL003", f"The template failed here: the sandbox forbids this ({error})"
    return "TMPL003", f"The template failed here: {error}"
