"""``python -m penholder`` and the ``penholder`` command.

Pandoc takes longer to wake than Python, so for a build it is started first.
"""

from __future__ import annotations

import gc
import sys


def main() -> None:
    """Run the command line and exit with its code."""
    gc.set_threshold(100_000, 50, 50)  # trees are large and hold no cycles
    early = None
    if len(sys.argv) > 1 and sys.argv[1] == "build" and not {"--help", "-h"} & set(sys.argv):
        from penholder.adapters.pandoc import spawn

        try:
            early = spawn.spawn_awake()
        except OSError:
            early = None  # the build will say so, with the remedy
    from penholder.cli.main import run

    sys.exit(run(sys.argv[1:], early))


if __name__ == "__main__":
    main()
