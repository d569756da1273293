"""The other version that a document with marks of change stands for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from penholder.adapters.pandoc.tree import Node
from penholder.stages.render.front import Front
from penholder.stages.resolve.parts import Document

Merge = Callable[[Sequence[Node], Sequence[Node]], list[Node]]


class Older(NamedTuple):
    """What an output of two versions needs to know of them besides the merged document.

    ``document`` and ``newer`` are the two as each was, ``front`` the older one's. ``merge``
    makes one row of blocks of an older and a newer one, with marks of change.
    """

    document: Document
    newer: Document
    front: Front
    merge: Merge
