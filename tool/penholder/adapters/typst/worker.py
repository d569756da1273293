"""The Typst process: reads jobs on standard input, writes PDFs or PNGs on standard output.

Run as a script, with as little of Python as will do: it knows nothing of Penholder.
A job is a line of JSON (``sizes`` by file name, options), then the files, end to end.
The answer is ``ok|fail LENGTH``, then the bytes of the file or the diagnostics.
Nothing is read from the disk but fonts: the files of a job are all there is.
"""

import json
import sys
import tempfile


def main() -> None:
    """Answer jobs until standard input ends."""
    import typst  # its folder is the first argument's

    source, out = sys.stdin.buffer, sys.stdout.buffer
    empty = tempfile.mkdtemp(prefix="penholder-typst-")
    while line := source.readline():
        job = json.loads(line)
        files = {name: source.read(size) for name, size in job["sizes"].items()}
        try:
            made = typst.compile(
                files,
                root=empty,
                font_paths=job["fonts"],
                ignore_system_fonts=True,
                format=job["format"],
                ppi=job.get("ppi"),
                timestamp=job.get("timestamp"),
                pdf_standards=job.get("standards", []),
                package_path=empty,
                package_cache_path=empty,
            )
            head, body = "ok", made if isinstance(made, bytes) else b"".join(made)
        except Exception as error:  # noqa: BLE001 (whatever Typst says goes back to Python)
            said = getattr(error, "diagnostic", "") or str(error)
            head, body = "fail", said.encode()
        out.write(f"{head} {len(body)}\n".encode() + body)
        out.flush()


if __name__ == "__main__":
    sys.path.insert(0, sys.argv[1])
    main()
