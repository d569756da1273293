"""A value that is not there: it reports itself and prints a visible gap, so that all are found in one run."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from typing import Any

from jinja2 import StrictUndefined
from jinja2.exceptions import SecurityError

from penholder.adapters.jinja.parts import Fault, Run
from penholder.source import SourceFile

RAW_HINT = " (braces that are not template marks go between {% raw %} and {% endraw %})"
_NEAR = 2_000  # characters within which a call stands
_LATEX = re.compile(r"\\[a-zA-Z]+\{|\}\{|\{\{<")


def looks_like_latex(line: str) -> bool:
    """Whether braces on this line may not be meant for the template engine."""
    return bool(_LATEX.search(line))


def gap_type(run_now: Callable[[], Run]) -> type[StrictUndefined]:
    """The undefined type of an environment; ``run_now()`` gives the run that reports go to."""

    def said(gap: Any) -> str:
        return report(run_now(), gap)

    def answer(value: Callable[[], Any]) -> Callable[..., Any]:
        def method(gap: Any, *_: Any, **__: Any) -> Any:
            said(gap)
            return value()

        return method

    def unequal(gap: Any, _: Any) -> bool:
        said(gap)
        return True

    def attribute(gap: Any, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return gap

    methods: dict[str, Any] = {
        "__str__": said,
        "__repr__": said,
        "__iter__": answer(lambda: iter(())),
        "__len__": answer(int),
        "__hash__": answer(int),
        "__ne__": unequal,
        "__getattr__": attribute,
        **{f"__{name}__": answer(bool) for name in ("bool", "eq", "contains", "lt", "le", "gt", "ge")},
        **{f"__{name}__": _itself for name in _CALCULATED},
    }
    return type("Gap", (StrictUndefined,), methods)


_CALCULATED = (
    "call", "getitem", "add", "radd", "sub", "rsub", "mul", "rmul", "truediv", "rtruediv", "floordiv", "rfloordiv",
    "mod", "rmod", "pow", "rpow", "neg", "pos",
)  # fmt: skip


def _itself(gap: Any, *_: Any, **__: Any) -> Any:
    return gap


def report(run: Run, gap: Any) -> str:
    """Find the name that is not there, once for each place, and return what to print for it."""
    name = str(gap._undefined_name or "value")
    forbidden = gap._undefined_exception is SecurityError
    path, line = _where(run)
    source = run.file(path) or run.files[0]
    begin = source.offset(line)
    message = str(gap._undefined_message).rstrip(".")
    code = "TMPL003" if forbidden else "TMPL002"
    if forbidden:
        message = f"The sandbox forbids this ({message})"
    elif looks_like_latex(source.line_text(line)):
        message += RAW_HINT
    at, length = _name_at(source, begin, name)
    known = {(f.code, f.path, f.offset) for f in run.faults}
    if (code, source.path, at) not in known:
        run.faults.append(Fault(code, source.path, at, f"{message}.", length))
    return gap_text(f"missing value: {name}")


def gap_text(said: str) -> str:
    """The Markdown of a visible gap."""
    plain = re.sub(r"[^\w .:/-]", "", said)
    return rf"[\[{plain}\]]{{.gap}}"


def report_fault(run: Run, code: str, message: str, name: str, word: str = "") -> None:
    """Find a fault that a template function met, at the call of ``name`` (with ``word``) that is being rendered."""
    path, at, length = call_of(run, name, word)
    fault = Fault(code, path, at, message if message.endswith("?") else message.rstrip(".") + ".", length)
    if fault not in run.faults:
        run.faults.append(fault)


def call_of(run: Run, name: str, word: str = "") -> tuple[str, int, int]:
    """The file, offset and length of the call of ``name`` that is being rendered, its opening braces included.

    Where several stand on a line, it is the one that says ``word`` in quotation marks.
    """
    path, line = _where(run)
    source = run.file(path) or run.files[0]
    begin = source.offset(line)
    at, length = _name_at(source, begin, name)
    if word:
        said = re.compile(rf"(?<!\w){re.escape(name)}(?=\s*\((?:[^()]|\([^()]*\))*?[\"']{re.escape(word)}[\"'])")
        at = found.start() if (found := said.search(source.text, begin, begin + _NEAR)) else at
    opening = source.text.rfind("{", 0, at)
    if opening >= begin:
        length += at - opening + 1
        at = opening - 1 if source.text[opening - 1 : opening] == "{" else opening
    return source.path, at, length


def _where(run: Run) -> tuple[str, int]:
    """The template and line that is being rendered now, from the running frames."""
    frame: Any = sys._getframe(1)
    while frame is not None:
        template = frame.f_globals.get("__jinja_template__")
        if template is not None:
            return template.filename or template.name or "", template.get_corresponding_lineno(frame.f_lineno)
        frame = frame.f_back
    return run.files[0].path, 1


def _name_at(source: SourceFile, begin: int, name: str) -> tuple[int, int]:
    """The offset and length of a name inside a template mark, from a line on."""
    stop = source.text.find("\n", begin)
    line = source.text[begin : stop if stop >= 0 else len(source.text)]
    pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    for tag in re.finditer(r"\{[{%](.*?)(?:[}%]\}|$)", line):
        if found := pattern.search(tag[1]):
            return begin + tag.start(1) + found.start(), len(name)
    found = pattern.search(source.text, begin)
    if found and source.text.count("\n", begin, found.start()) < 10:  # a tag that runs over several lines
        return found.start(), len(name)
    return begin, 0
