"""Matching two sequences: one seam for the library that does it."""

from __future__ import annotations

from collections.abc import Hashable, Sequence


def matching(a: Sequence[Hashable], b: Sequence[Hashable]) -> list[tuple[int, int, int]]:
    """The longest common subsequence as stretches (start in ``a``, start in ``b``, length), in order."""
    from rapidfuzz.distance import LCSseq

    out = []
    for op in LCSseq.opcodes(a, b):
        if op.tag == "equal":
            out.append((op.src_start, op.dest_start, op.src_end - op.src_start))
    return out
