"""``--to docx,pdf``: formats by name, as ``build`` and ``redline`` read them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import click

Reader = Callable[[click.Context, click.Parameter, str | None], tuple[str, ...] | None]


def formats_among(known: Sequence[str]) -> Reader:
    """A callback that makes of a list with commas the formats named, in the order of ``known``; ``None`` for none given."""

    def read(ctx: click.Context, parameter: click.Parameter, value: str | None) -> tuple[str, ...] | None:
        if value is None:
            return None
        wanted = list(dict.fromkeys(v.strip().lower() for v in value.split(",") if v.strip()))
        unknown = [v for v in wanted if v not in known]
        if unknown or not wanted:
            raise click.BadParameter(f"{', '.join(unknown) or 'nothing'} is not a format (choose from {', '.join(known)})")
        return tuple(f for f in known if f in wanted)

    return read
