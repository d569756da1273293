"""What comes with the package: themes, profiles, lists of words, what ``init`` writes.

They are files beside the code, as pandoc's and Typst's are; ``importlib.resources``, which also
knows packages inside of zip files, takes 4 ms to import.
"""

from __future__ import annotations

from pathlib import Path

DATA = Path(__file__).parent / "data"
DEFAULT_THEME = DATA / "themes" / "default"
