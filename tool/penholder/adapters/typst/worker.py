"""The Typst process: reads jobs on standard input, writes PDFs or PNGs on standard output.

Run as a script, with as little of Python as will do: it knows nothing of Penholder.
A job is a line of JSON (``sizes`` by file name, options), then the files, end to end.
The answer is ``ok|fail LENGTH``, then the bytes of the file or the diagnostics.
They are laid in a folder of their own, which is all of the disk that Typst sees, fonts apart.
"""

import json
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any


def main() -> None:
    """Answer jobs until standard input ends."""
    import typst  # its folder is the first argument's

    fonts_in(typst, tuple(sys.argv[2:]))  # while nobody waits for it yet
    source, out = sys.stdin.buffer, sys.stdout.buffer
    while line := source.readline():
        job = json.loads(line)
        files = {name: source.read(size) for name, size in job["sizes"].items()}
        head, body = compiled(typst, job, files)
        out.write(f"{head} {len(body)}\n".encode() + body)
        out.flush()


@cache
def fonts_in(typst: Any, folders: tuple[str, ...]) -> Any:
    """The fonts in some folders and Typst's own, looked through once; those of the machine are none of ours."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=list(folders))


def compiled(typst: Any, job: dict[str, Any], files: dict[str, bytes]) -> tuple[str, bytes]:
    """The answer to one job."""
    with tempfile.TemporaryDirectory(prefix="penholder-typst-") as root:
        for name, data in files.items():
            path = Path(root, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        try:
            made = typst.compile(
                str(Path(root, "main.typ")),
                root=root,
                font_paths=fonts_in(typst, tuple(job["fonts"])),
                format=job["format"],
                ppi=job.get("ppi"),
                timestamp=job.get("timestamp"),
                pdf_standards=job.get("standards", []),
                package_path=root,
                package_cache_path=root,
            )
        except Exception as error:  # noqa: BLE001 (whatever Typst says goes back to Python)
            said = getattr(error, "diagnostic", "") or str(error)
            return "fail", said.encode()
    return "ok", made if isinstance(made, bytes) else b"".join(made)


if __name__ == "__main__":
    sys.path.insert(0, sys.argv[1])  # then the folders of the fonts that most jobs name
    main()
