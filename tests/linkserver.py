"""A real web server on this machine whose pages do what pages of the web do."""

from __future__ import annotations

import ssl
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network

from penholder.adapters.network import Manner

HERE = (ip_network("127.0.0.0/8"),)


@dataclass(frozen=True)
class Request:
    """A request as it came."""

    method: str
    path: str
    when: float
    headers: dict[str, str]


@dataclass
class Site:
    """The server: what was asked of it, and the pages a test adds."""

    port: int = 0
    requests: list[Request] = field(default_factory=list)
    pages: dict[str, Callable[[BaseHTTPRequestHandler, int], None]] = field(default_factory=dict)
    at_once: int = 0
    most_at_once: int = 0
    guard: threading.Lock = field(default_factory=threading.Lock)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def asked(self, path: str) -> list[str]:
        """The methods by which a path was asked, in order."""
        return [r.method for r in self.requests if r.path == path]

    def page(self, path: str, status: int, **headers: str) -> str:
        """A page that always answers so; returns its address."""
        self.pages[path] = lambda handler, _: reply(handler, status, **headers)
        return self.url(path)


def reply(handler: BaseHTTPRequestHandler, status: int, **headers: str) -> None:
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.send_header("Content-Length", "0")
    handler.end_headers()


def start(tls: ssl.SSLContext | None = None) -> tuple[Site, ThreadingHTTPServer]:
    """A server on a free port, in a thread; with ``tls`` it speaks HTTPS."""
    site = Site()
    counts: dict[str, int] = defaultdict(int)

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            with site.guard:
                site.requests.append(Request(self.command, self.path, time.monotonic(), dict(self.headers)))
                site.at_once += 1
                site.most_at_once = max(site.most_at_once, site.at_once)
                counts[self.path] += 1
            try:
                page = site.pages.get(self.path)
                if page is None:
                    reply(self, 404)
                else:
                    page(self, counts[self.path])
            finally:
                with site.guard:
                    site.at_once -= 1

        do_GET = do_HEAD = do_CONNECT = _answer

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # a client that hangs up is what is tested
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    site.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    return site, server


def manner(**more: object) -> Manner:
    """Quick, and allowed to ask this machine."""
    return Manner(**{"pause": 0.0, "timeout": 2.0, "total": 4.0, "wait": 2.0, "permitted": HERE, **more})  # type: ignore[arg-type]
