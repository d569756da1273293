"""Asking web servers whether a page is there: the one place of Penholder that uses the network.

    for url, answer in ask_all(["https://example.org/a"], Manner()):
        ...

Addresses come from what contributors wrote, so that nothing about them is trusted: see ``address``.
"""

from __future__ import annotations

from penholder.adapters.network.address import closed
from penholder.adapters.network.answer import Answer, Hop, Manner, State
from penholder.adapters.network.rounds import NoNetworkError, ask_all

__all__ = ["Answer", "Hop", "Manner", "NoNetworkError", "State", "ask_all", "closed"]
