"""``python -m penholder`` and the ``penholder`` command.

Pandoc takes longer to wake than Python, so for what reads a paper it is started first.
"""

from __future__ import annotations

import contextlib
import gc
import os
import sys


def main() -> None:
    """Run the command line and exit with its code."""
    try:
        code = _run()
        if "multiprocessing" not in sys.modules and sys.getprofile() is None:  # neither processes to end nor a profile to write
            with contextlib.suppress(OSError):
                sys.stdout.flush()
                sys.stderr.flush()
            os._exit(code)  # all is written, and to free a paper's trees takes Python another 50 ms
        sys.exit(code)
    except KeyboardInterrupt:  # while Python was still loading
        print("Stopped. What was built before is still there.", file=sys.stderr)  # noqa: T201
        sys.exit(130)


def _run() -> int:
    gc.set_threshold(100_000, 50, 50)  # trees are large and hold no cycles
    early = None
    if len(sys.argv) > 1 and sys.argv[1] in ("build", "check", "redline") and not {"--help", "-h"} & set(sys.argv):
        from penholder.adapters.pandoc import spawn

        try:
            early = spawn.spawn_awake()
        except OSError:
            early = None  # the build will say so, with the remedy
    from penholder.cli.main import run

    return run(sys.argv[1:], early)


if __name__ == "__main__":
    main()
