"""One question to one server, and the way through its redirects.

urllib3 speaks HTTP: no cookies, no ``.netrc``, no redirects but those we follow. Certificates
are judged by the system's own store (truststore), where a company puts its authority.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urljoin, urlsplit
from urllib.request import getproxies, proxy_bypass

import truststore
import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    NewConnectionError,
    ProtocolError,
    ProxyError,
    ReadTimeoutError,
    SSLError,
)
from urllib3.util import Retry, Timeout, make_headers

from penholder.adapters.network.address import (
    AddressError,
    NoHostError,
    UnresolvedError,
    WithheldError,
    addresses,
    normal,
)
from penholder.adapters.network.answer import GONE, REDIRECTS, Answer, Hop, Manner, State, in_words, site
from penholder.adapters.network.turns import Turns

_BUSY = frozenset({429, 503})
_DOI = frozenset({"doi.org", "dx.doi.org"})
_HEAD_IS_FINAL = frozenset({410, 429})  # what a server says of HEAD and would not take back for GET
_PLAIN: dict[str, Any] = {"redirect": False, "retries": False, "preload_content": False, "decode_content": False}
_here = threading.local()


@dataclass(frozen=True)
class Reply:
    """What one request brought: the status, where it sends us, and for how long it wants to be left alone."""

    status: int
    location: str = ""
    rest: float | None = None


class SlowError(Exception):
    """The time for the whole of a question is over."""


class _Cut:
    """Mixed into a connection: it can be ended from another thread, whatever it is waiting for."""

    def connect(self) -> None:
        _here.line.append(self)
        super().connect()  # type: ignore[misc]


class _Http(_Cut, HTTPConnection):
    pass


class _Https(_Cut, HTTPSConnection):
    pass


class _HttpPool(urllib3.HTTPConnectionPool):
    ConnectionCls = _Http


class _HttpsPool(urllib3.HTTPSConnectionPool):
    ConnectionCls = _Https


class Asker:
    """Asks for addresses, one at a time for each thread that uses it."""

    def __init__(self, manner: Manner, turns: Turns) -> None:
        self._manner = manner
        self._turns = turns
        self._headers = {"User-Agent": manner.agent, "Accept": "*/*", "Accept-Encoding": "identity"}
        self._proxies = {k: v for k, v in getproxies().items() if k in ("http", "https", "all")}

    def ask(self, url: str) -> Answer:
        """What is at ``url``. Raises ``Stopped`` where the round was ended."""
        hops: list[Hop] = []
        try:
            at = normal(url)
            seen = {at}
            while True:
                reply = self._patient(at)
                if reply.status not in REDIRECTS or not reply.location:
                    return _judged(reply.status, hops)
                by = site(at)
                at = _target(at, reply.location)
                hops.append(Hop(reply.status, at))
                if by in _DOI:  # what the register of DOIs forwards is there; publishers turn programs away
                    return Answer(State.ALIVE, reply.status, "", ())
                if at in seen or len(hops) > self._manner.hops:
                    return Answer(State.UNSURE, reply.status, "sends us round in a circle", tuple(hops))
                seen.add(at)
        except (AddressError, SlowError, HTTPError, OSError) as error:
            return _failed(error, hops)

    def _patient(self, url: str) -> Reply:
        """A reply; where the server asks for a short pause, it gets it, once."""
        reply = self._either(url)
        if reply.status not in _BUSY:
            return reply
        rest = reply.rest if reply.rest is not None else self._manner.wait + 1
        self._turns.rest(site(url), rest)
        return self._either(url) if rest <= self._manner.wait else reply

    def _either(self, url: str) -> Reply:
        """HEAD, and GET where a server does not want to answer that: many know no HEAD, or answer it wrongly."""
        try:
            reply = self._request("HEAD", url)
            if reply.status < 400 or reply.status in _HEAD_IS_FINAL:
                return reply
        except (ProtocolError, ReadTimeoutError):
            pass
        return self._request("GET", url)

    def _request(self, method: str, url: str) -> Reply:
        with self._turns.turn(site(url)), self._deadline():
            response = self._send(method, url)
            try:
                rest = Retry().get_retry_after(response) if "Retry-After" in response.headers else None
            except HTTPError:  # a date nobody can read
                rest = None
            finally:
                response.close()  # the body is never read: its size is no matter
            return Reply(response.status, response.headers.get("Location", ""), rest)

    def _send(self, method: str, url: str) -> urllib3.BaseHTTPResponse:
        parts = urlsplit(url)
        host = parts.hostname or ""
        port = parts.port or (443 if parts.scheme == "https" else 80)
        proxy = self._proxies.get(parts.scheme) or self._proxies.get("all")
        if proxy and not proxy_bypass(host):
            with suppress(NoHostError, UnresolvedError):  # names behind a proxy are the proxy's to look up
                addresses(host, port, self._manner.permitted)
            return self._through(proxy).urlopen(method, url, headers=self._headers, **_PLAIN)
        failed: Exception | None = None
        for address in addresses(host, port, self._manner.permitted):
            pool = self._pool(parts.scheme, address, port, host)
            target = parts.path + (f"?{parts.query}" if parts.query else "")
            try:
                return pool.urlopen(method, target, headers={**self._headers, "Host": parts.netloc}, **_PLAIN)
            except (NewConnectionError, ConnectTimeoutError) as error:
                failed = error
        raise failed or NoHostError(f"names a site that does not exist ({host})")

    def _pool(self, scheme: str, address: str, port: int, host: str) -> urllib3.HTTPConnectionPool:
        """Connections to the very address that was looked at; the certificate must be the host's."""
        if scheme == "http":
            return _HttpPool(address, port, timeout=self._timeout, maxsize=1)
        return _HttpsPool(address, port, timeout=self._timeout, maxsize=1, ssl_context=self._trust, server_hostname=host)

    def _through(self, proxy: str) -> urllib3.ProxyManager:
        parts = urlsplit(proxy if "://" in proxy else f"http://{proxy}")
        own = make_headers(proxy_basic_auth=f"{parts.username}:{parts.password or ''}") if parts.username else None
        plain = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
        manager = urllib3.ProxyManager(plain, proxy_headers=own, timeout=self._timeout, ssl_context=self._trust)
        manager.pool_classes_by_scheme = {"http": _HttpPool, "https": _HttpsPool}
        return manager

    @cached_property
    def _trust(self) -> truststore.SSLContext:
        import ssl

        return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)

    @cached_property
    def _timeout(self) -> Timeout:
        return Timeout(connect=self._manner.timeout, read=self._manner.timeout)

    @contextmanager
    def _deadline(self) -> Iterator[None]:
        """End the connection when the time for the whole of a question is over: a server can drip its answer for ever."""
        line: list[HTTPConnection] = []
        _here.line = line
        ended = threading.Event()
        over = threading.Timer(self._manner.total, _end, (line, ended))
        over.daemon = True
        over.start()
        try:
            yield
        except (HTTPError, OSError):
            if not ended.is_set():
                raise
        finally:
            over.cancel()
        if ended.is_set():  # what was read of a reply that was cut off is no reply
            raise SlowError


def _end(line: list[HTTPConnection], ended: threading.Event) -> None:
    ended.set()
    for connection in line:
        if connection.sock is not None:
            with suppress(OSError):
                connection.sock.shutdown(socket.SHUT_RDWR)


def _target(url: str, location: str) -> str:
    """Where a redirect leads. Raises ``WithheldError``."""
    try:
        return normal(urljoin(url, location))
    except (AddressError, ValueError) as error:
        raise WithheldError("sends us to an address that cannot be read") from error


def _judged(status: int, hops: list[Hop]) -> Answer:
    if status < 400:
        return Answer(State.ALIVE, status, "", tuple(hops))
    state = State.DEAD if status in GONE else State.UNSURE
    return Answer(state, status, f"answers {in_words(status)}", tuple(hops))


def _failed(error: Exception, hops: list[Hop]) -> Answer:
    """The answer that an error is; ``reason`` goes behind the address or the name of the site."""
    way = tuple(hops)
    match error:
        case AddressError():
            return Answer(State.UNSURE if hops and error.state is State.DEAD else error.state, 0, str(error), way)
        case ProxyError():
            return Answer(State.SILENT, 0, "cannot be reached through the proxy", way)
        case NewConnectionError() | ConnectTimeoutError():
            return Answer(State.SILENT, 0, "does not answer", way)
        case SSLError():
            return Answer(State.UNSURE, 0, "shows a certificate that this machine does not trust", way)
        case SlowError() | ReadTimeoutError():
            return Answer(State.UNSURE, 0, "takes too long to answer", way)
    return Answer(State.UNSURE, 0, "breaks the connection off", way)
