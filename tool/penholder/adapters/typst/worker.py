"""The Typst process: reads jobs on standard input, writes PDFs or PNGs on standard output.

Run as a script, with as little of Python as will do: it knows nothing of Penholder.
A job is a line of JSON: ``root``, the folder with ``main.typ`` and all it reads, which
is all of the disk that Typst sees, fonts apart; and options. The answer is
``ok|fail LENGTH``, then the bytes of the file or the diagnostics.
"""

from __future__ import annotations

import json
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any  # whose import would take as long as Typst's


def main() -> None:
    """Answer jobs until standard input ends."""
    import typst  # its folder is the first argument's

    fonts = {tuple(sys.argv[2:]): fonts_in(typst, sys.argv[2:])}  # while nobody waits for it yet
    source, out = sys.stdin.buffer, sys.stdout.buffer
    while line := source.readline():
        job = json.loads(line)
        root, folders = job["root"], tuple(job["fonts"])
        try:
            if folders not in fonts:
                fonts[folders] = fonts_in(typst, job["fonts"])
            made = typst.compile(
                f"{root}/main.typ",
                root=root,
                font_paths=fonts[folders],
                format=job["format"],
                ppi=job["ppi"],
                timestamp=job["timestamp"],
                pdf_standards=job["standards"],
                package_path=root,
                package_cache_path=root,
            )
            head, body = "ok", made if isinstance(made, bytes) else b"".join(made)
        except Exception as error:  # noqa: BLE001 (whatever Typst says goes back to Python)
            head, body = "fail", (getattr(error, "diagnostic", "") or str(error)).encode()
        out.write(f"{head} {len(body)}\n".encode() + body)
        out.flush()
    os._exit(0)  # nothing is open, and to give back what was laid out takes a while


def fonts_in(typst: Any, folders: list[str]) -> Any:
    """The fonts in some folders and Typst's own; those of the machine are none of ours."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=folders)


if __name__ == "__main__":
    sys.path.insert(0, sys.argv[1])  # then the folders of the fonts that most jobs name
    main()
