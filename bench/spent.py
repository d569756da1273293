"""Where a slow build's time goes: its own account of its stages, or the profiler's."""

from __future__ import annotations

import json
import pstats
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

LINES = 10
_PROFILED = """
import cProfile, os, sys
out, leave, profile = sys.argv.pop(1), os._exit, cProfile.Profile()
def end(code):
    profile.disable()
    profile.dump_stats(out)
    leave(code)
os._exit = end
sys.argv[0] = "penholder"
profile.enable()
try:
    from penholder.__main__ import main
    main()
finally:
    end(0)
"""


def where_time_goes(
    command: Sequence[str], folder: Path, environment: Mapping[str, str], reset: Callable[[], None]
) -> Iterator[str]:
    """A few lines: the stages as ``PENHOLDER_TRACE=1`` tells them, else the ten largest functions.

    ``reset`` takes away, before each run, what an earlier one left.
    """
    reset()
    told = subprocess.run(
        command, cwd=folder, env={**environment, "PENHOLDER_TRACE": "1"}, capture_output=True, text=True, check=False
    )
    lines = [line for line in told.stderr.splitlines() if line.startswith("{")]
    if lines:
        for line in lines:
            yield ", ".join(f"{key} {value}" for key, value in json.loads(line).items())
        return
    reset()
    yield from _profiled(command, folder, environment)


def _profiled(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Iterator[str]:
    python, _, _, *rest = command  # python -m penholder ...
    with tempfile.TemporaryDirectory() as holder:
        out = Path(holder, "profile")
        profiled = [python, "-c", _PROFILED, str(out), *rest]
        subprocess.run(profiled, cwd=folder, env=dict(environment), capture_output=True, check=False)
        if not out.exists():
            yield "(the profiler gave nothing)"
            return
        stats = pstats.Stats(str(out)).stats  # type: ignore[attr-defined]
    rows = sorted(((cumulative, place) for place, (_, _, _, cumulative, _) in stats.items() if _is_stage(place)), reverse=True)
    yield "(profiled, so all is slower; seconds with all that was called)"
    for cumulative, (file, line, function) in rows[:LINES]:
        short = file.split("penholder/")[-1]
        yield f"{cumulative:7.3f}  {short}:{line} {function}"


def _is_stage(place: tuple[str, int, str]) -> bool:
    file, _, function = place
    return "penholder/" in file and function != "<module>" and "/cli/" not in file and "__main__" not in file
