"""A paper's own data: what templates read of its ``data/`` folder."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from penholder.adapters import files, yaml
from penholder.stages.load import Paper

DATA_ENDINGS = (".csv", ".json", ".yaml", ".yml")


class DataFiles(Mapping[str, Any]):
    """The paper's data/ by file name without ending: ``data.spend`` or ``data["spend"]``."""

    def __init__(self, paper: Paper) -> None:
        self._root = paper.workspace.root
        self._folder = paper.folder / "data"

    def __getitem__(self, name: str) -> Any:
        if isinstance(name, str):
            for path in self._paths():
                if name in (path.name, path.stem):
                    return read_data(self._root, self._folder, path.name)
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return iter([p.stem for p in self._paths()])

    def __len__(self) -> int:
        return len(self._paths())

    def _paths(self) -> list[Path]:
        return sorted(p for p in self._folder.glob("*") if p.suffix in DATA_ENDINGS)


def read_data(root: Path, folder: Path, file: str) -> Any:
    """The data of a YAML, JSON or CSV file of ``folder``. Raises ``AuthorFault`` where it cannot be read."""
    from penholder.adapters.jinja import AuthorFault
    from penholder.stages.tables import rows_of

    path = folder / file
    try:
        files.inside(folder, path)
    except files.OutsideError:
        raise AuthorFault("FILE003", f"{file} is not a file of the paper's data/ folder") from None
    name = files.relative(root, path)
    if path.suffix not in DATA_ENDINGS:
        raise AuthorFault("TMPL005", f"{file} is not data that can be read ({', '.join(DATA_ENDINGS)})")
    if not path.is_file():
        raise AuthorFault("TMPL005", f"There is no data file {name}")
    source, findings = files.read_text(root, path)
    if findings:
        raise AuthorFault("TMPL005", findings[0].message)
    try:
        if path.suffix == ".csv":
            return rows_of(source.text, name)
        if path.suffix == ".json":
            return json.loads(source.text)
    except ValueError as error:
        raise AuthorFault("TMPL005", f"{name} cannot be read: {error}") from None
    except RecursionError:
        raise AuthorFault("TMPL005", f"{name} is nested too deeply") from None
    document, found = yaml.load(source)
    if found:
        raise AuthorFault("TMPL005", f"{found[0].span}: {found[0].message}")
    return _isodates(yaml.plain(document.data))


def _isodates(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _isodates(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_isodates(v) for v in value]
    return value.isoformat() if isinstance(value, dt.date) else value
