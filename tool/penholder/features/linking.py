"""Ask for the links of papers, and keep what was learnt for a week."""

from __future__ import annotations

import ipaddress
import json
import os
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from penholder import __version__
from penholder.adapters import seals
from penholder.adapters.network import Answer, Hop, Manner, NoNetworkError, State, ask_all, closed
from penholder.errors import UsageError

if TYPE_CHECKING:
    from penholder.checks.views import PaperView, WorkspaceView

Told = Callable[[int, int], None]
"""Is told how many of how many links were asked."""

PERMIT = "PENHOLDER_PRIVATE_LINKS"
_HOUR = 3600
_DAY = 24 * _HOUR
# How long an answer is good for; what is dead may be mended tomorrow, what failed may succeed in an hour.
_LASTS: Mapping[State, int] = {
    State.ALIVE: 7 * _DAY, State.DEAD: _DAY, State.NO_HOST: _HOUR, State.PRIVATE: 0,
    State.UNSURE: _DAY, State.SILENT: 0, State.UNASKED: 0,
}  # fmt: skip
_MOST = 20_000  # answers kept


def ask_links(view: WorkspaceView, papers: Sequence[PaperView], *, fresh: bool = False, told: Told | None = None, manner: Manner | None = None) -> None:
    """Ask for every link of some papers of the view, each once, and hand the rules the answers.

    What is known from the last days is not asked again, unless ``fresh``. Ctrl-C keeps
    what was learnt until then. Raises ``UsageError`` where ``PENHOLDER_PRIVATE_LINKS`` is no
    list of networks.
    """
    wanted = _wanted(papers)
    manner = manner or manner_here()
    kept = _Answers(view.workspace.root, manner)
    answers = {} if fresh else {u: a for u, a in kept.good().items() if u in wanted}
    left = [u for u in wanted if u not in answers]
    learnt: dict[str, Answer] = {}
    try:
        for url, answer in ask_all(left, manner):
            learnt[url] = answer
            if told:
                told(len(learnt), len(left))
    except NoNetworkError:
        learnt = {u: a for u, a in learnt.items() if a.state is State.PRIVATE}
        view.offline = True
    finally:
        kept.put(learnt)
    view.answers = answers | learnt


def manner_here() -> Manner:
    """How links are asked on this machine. Raises ``UsageError``."""
    agent = f"Penholder/{__version__} (checks the links of a paper)"
    try:
        networks = [ipaddress.ip_network(n.strip(), strict=False) for n in os.environ.get(PERMIT, "").split(",") if n.strip()]
    except ValueError as error:
        raise UsageError(f"{PERMIT} is no list of networks ({error})", "Write for example 10.1.0.0/16,192.168.7.0/24.") from error
    return Manner(agent=agent, permitted=tuple(networks))


def _wanted(papers: Sequence[PaperView]) -> dict[str, None]:
    from penholder.checks.links import links_of

    return dict.fromkeys(link.asked for paper in papers for link in links_of(paper))


class _Answers:
    """What is known of links, in ``.penholder/cache/links/answers.json``; it holds for who may ask the same networks."""

    def __init__(self, root: Path, manner: Manner) -> None:
        self._root = root
        self._permitted = manner.permitted
        self._asker = [str(network) for network in manner.permitted]
        self._path = root / ".penholder" / "cache" / "links" / "answers.json"

    def good(self) -> dict[str, Answer]:
        """The answers that still hold."""
        now = time.time()
        found = {}
        for url, record in self._read().items():
            with suppress(KeyError, TypeError, ValueError):
                answer = _answer(record)
                if 0 <= now - record["when"] < _LASTS[answer.state] and record["permitted"] == self._asker and not closed(url, self._permitted):
                    found[url] = answer
        return found

    def put(self, learnt: Mapping[str, Answer]) -> None:
        """Keep answers beside the earlier ones; the oldest make room. A disk that is full is no fault."""
        lasting = {u: a for u, a in learnt.items() if _LASTS[a.state]}
        if not lasting:
            return
        now = time.time()
        records = self._read() | {u: {**_record(a, now), "permitted": self._asker} for u, a in lasting.items()}
        newest = sorted(records.items(), key=lambda r: _when(r[1]))[-_MOST:]
        seals.seal(self._root, self._path, json.dumps(dict(newest)).encode())

    def _read(self) -> dict[str, Any]:
        try:
            records = json.loads(seals.unseal(self._root, self._path) or b"{}")
        except (ValueError, RecursionError):
            return {}
        return records if isinstance(records, dict) else {}


def _when(record: Any) -> float:
    when = record.get("when") if isinstance(record, dict) else None
    return when if isinstance(when, int | float) else 0.0


def _record(answer: Answer, when: float) -> dict[str, Any]:
    hops = [[hop.status, hop.url] for hop in answer.hops]
    return {"state": answer.state.value, "status": answer.status, "reason": answer.reason, "hops": hops, "when": when}


def _answer(record: dict[str, Any]) -> Answer:
    """The answer of a record. Raises ``KeyError``, ``TypeError`` or ``ValueError`` for anything else."""
    hops: Iterable[Any] = record["hops"]
    way = tuple(Hop(int(status), str(url)) for status, url in hops)
    return Answer(State(record["state"]), int(record["status"]), str(record["reason"]), way)
