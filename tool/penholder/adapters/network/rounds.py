"""A round through many sites, a few at once."""

from __future__ import annotations

import queue
import socket
import threading
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import urlsplit
from urllib.request import getproxies

from penholder.adapters.network.answer import Answer, Manner, State, site

_TELLING = 3  # sites that do not answer before we ask whether anything does
_MUTE = frozenset({State.NO_HOST, State.SILENT})


class NoNetworkError(Exception):
    """Nothing answers at all: this machine has no way to the network."""


def ask_all(urls: Iterable[str], manner: Manner) -> Iterator[tuple[str, Answer]]:
    """Ask for each address once; answers come as they arrive, and ending the iteration ends the round.

    Raises ``NoNetworkError`` where no site answers and the network is not there; what was
    answered before by that round is not to be kept.
    """
    by_site: dict[str, list[str]] = {}
    for url in dict.fromkeys(urls):
        by_site.setdefault(site(url), []).append(url)
    waiting = sum(map(len, by_site.values()))
    stop = threading.Event()
    answers = _start(by_site, manner, stop)
    mute: set[str] = set()
    heard = False
    try:
        while waiting:
            try:
                url, answer = answers.get(timeout=0.2)  # a wait without end would not hear Ctrl-C everywhere
            except queue.Empty:
                continue
            waiting -= 1
            if answer.state in _MUTE:
                mute.add(site(url))
            heard = heard or answer.status > 0
            if not heard and (len(mute) == _TELLING or (mute and not waiting)) and not _online(manner):
                raise NoNetworkError
            yield url, answer
    finally:
        stop.set()


def _start(by_site: dict[str, list[str]], manner: Manner, stop: threading.Event) -> queue.Queue[tuple[str, Answer]]:
    from penholder.adapters.network.question import Asker
    from penholder.adapters.network.turns import Turns

    todo: queue.SimpleQueue[Sequence[str]] = queue.SimpleQueue()
    answers: queue.Queue[tuple[str, Answer]] = queue.Queue()
    for name in sorted(by_site, key=lambda n: -len(by_site[n])):  # the longest first: the round ends sooner
        todo.put(by_site[name])
    asker = Asker(manner, Turns(manner, stop))
    for _ in range(min(manner.at_once, len(by_site))):
        # Daemons: a lookup or a handshake that hangs must not keep the command from ending.
        threading.Thread(target=_work, args=(todo, answers, asker.ask, manner.per_host, stop), daemon=True).start()
    return answers


def _work(todo: queue.SimpleQueue[Sequence[str]], answers: queue.Queue[tuple[str, Answer]], ask, most: int, stop: threading.Event) -> None:  # type: ignore[no-untyped-def]
    from penholder.adapters.network.turns import RestingError, Stopped

    while not stop.is_set():
        try:
            urls = todo.get_nowait()
        except queue.Empty:
            return
        for n, url in enumerate(urls):
            try:
                answer = ask(url) if n < most else Answer(State.UNASKED, 0, f"{site(url)} has had its {most} questions for now")
            except RestingError:
                answer = Answer(State.UNASKED, 0, f"{site(url)} wants to be left alone for a while")
            except Stopped:
                return
            except Exception as error:  # noqa: BLE001 - a fault at one address must not leave the round waiting
                answer = Answer(State.UNSURE, 0, f"could not be asked ({type(error).__name__})")
            answers.put((url, answer))


def _online(manner: Manner) -> bool:
    """Whether there is a network at all: the proxy answers, or names can be looked up."""
    proxy = next((v for k, v in getproxies().items() if k in ("http", "https", "all")), "")
    try:
        if proxy:
            parts = urlsplit(proxy if "://" in proxy else f"http://{proxy}")
            socket.create_connection((parts.hostname or "", parts.port or 80), manner.timeout).close()
        else:
            socket.getaddrinfo(manner.probe, 443)
    except (OSError, ValueError):
        return False
    return True
