"""What a web server said about an address, and the manner in which it is asked."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from http import HTTPStatus
from ipaddress import IPv4Network, IPv6Network
from urllib.parse import urlsplit

PERMANENT = frozenset({301, 308})  # RFC 9110, 15.4: a client ought to use the new address from now on
REDIRECTS = frozenset({301, 302, 303, 307, 308})
GONE = frozenset({404, 410})


class State(Enum):
    """What is known of an address.

    ``ALIVE`` a page is there, ``DEAD`` the site says it is not, ``NO_HOST`` there is no
    such site, ``PRIVATE`` it lies in a private network, ``UNSURE`` the answer tells nothing
    (refused, too busy, too slow), ``SILENT`` no connection came about, ``UNASKED`` it was
    one too many for its site.
    """

    ALIVE = "alive"
    DEAD = "dead"
    NO_HOST = "no host"
    PRIVATE = "private"
    UNSURE = "unsure"
    SILENT = "silent"
    UNASKED = "unasked"


@dataclass(frozen=True)
class Hop:
    """A redirect: its status, and where it leads."""

    status: int
    url: str


@dataclass(frozen=True)
class Answer:
    """What came of asking: the state, the last status (0: none), what is to be said of it, the redirects in order."""

    state: State
    status: int = 0
    reason: str = ""
    hops: tuple[Hop, ...] = ()

    @property
    def moved(self) -> str:
        """Where the address has moved for good: the end of the permanent redirects it begins with; empty where there is none."""
        target = ""
        for hop in self.hops:
            if hop.status not in PERMANENT:
                break
            target = hop.url
        return target

    @property
    def end(self) -> str:
        """Where the redirects lead in the end; empty where there is none."""
        return self.hops[-1].url if self.hops else ""


@dataclass(frozen=True)
class Manner:
    """How politely and how patiently sites are asked; times are in seconds.

    ``at_once`` sites at a time, each one question at a time with a ``pause`` between,
    and at most ``per_host`` addresses of one site. ``timeout`` is for each step of a
    question, ``total`` for all of it; a ``Retry-After`` up to ``wait`` is waited for.
    ``permitted`` are private networks that may be asked all the same. ``probe`` is the
    name that is looked up where nothing at all answers.
    """

    agent: str = "Penholder (checks the links of a paper)"
    at_once: int = 6
    per_host: int = 60
    pause: float = 0.5
    timeout: float = 10.0
    total: float = 30.0
    wait: float = 20.0
    hops: int = 10
    permitted: tuple[IPv4Network | IPv6Network, ...] = ()
    probe: str = "example.org"


def in_words(status: int) -> str:
    """A status as a person reads it: ``404 Not Found``."""
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def site(url: str) -> str:
    """The site of an address: its host, and its port where it is an unusual one."""
    try:
        return urlsplit(url).netloc.rpartition("@")[2].casefold()
    except ValueError:
        return ""
