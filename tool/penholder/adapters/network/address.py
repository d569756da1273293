"""Which addresses may be asked at all.

A contributor's text could name the router, a cloud's metadata service or a database
beside the build server, and Penholder would ask it from inside. So each host is
resolved by us, every one of its addresses must be public (the IANA registries of
special-purpose addresses, RFC 6890, as ``ipaddress`` knows them), and the connection
goes to the very address that was looked at: a name cannot resolve otherwise the second
time. The same holds for every redirect.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterator, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from urllib.parse import urlsplit, urlunsplit

from penholder.adapters.network.answer import State

_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address
_PORTS = frozenset({80, 443})
_HIGH = 1024  # from here on, servers of everyday programs: web servers may be among them
_TRIES = 2


class AddressError(Exception):
    """An address that is not asked; the message says why, to end a sentence that begins with the address."""

    state = State.DEAD


class WithheldError(AddressError):
    """It may be alive, but we do not ask for it."""

    state = State.UNSURE


class PrivateError(AddressError):
    """It leads into a private network, or to the machine itself."""

    state = State.PRIVATE


class NoHostError(AddressError):
    """There is no host of this name."""

    state = State.NO_HOST


class UnresolvedError(AddressError):
    """The name cannot be looked up just now."""

    state = State.SILENT


def normal(url: str) -> str:
    """An address as it is asked: host in ASCII, path percent-encoded, no fragment. Raises ``AddressError``."""
    from urllib3.exceptions import LocationParseError
    from urllib3.util import parse_url

    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname, parts.port
        named = host if not host or host.isascii() else host.encode("idna").decode()
    except ValueError as error:  # UnicodeError is one
        raise AddressError("cannot be read as a web address") from error
    if parts.scheme not in ("http", "https") or not named:
        raise AddressError("cannot be read as a web address")
    if parts.username is not None or parts.password is not None:
        raise WithheldError("holds a user name or a password, which is never sent")
    if port is not None and port not in _PORTS and port < _HIGH:
        raise WithheldError(f"names port {port}, where no web server is")
    shown = f"[{named}]" if ":" in named else named
    try:
        return parse_url(urlunsplit((parts.scheme, f"{shown}:{port}" if port else shown, parts.path or "/", parts.query, ""))).url
    except LocationParseError as error:
        raise AddressError("cannot be read as a web address") from error


def addresses(host: str, port: int, permitted: Sequence[IPv4Network | IPv6Network] = ()) -> list[str]:
    """The addresses of a host, the best first. Raises ``PrivateError`` where one of them is not public, ``NoHostError``, ``UnresolvedError``."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        if error.errno in (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)):
            raise NoHostError(f"names a site that does not exist ({host})") from error
        raise UnresolvedError(f"names a site that cannot be looked up just now ({host})") from error
    except (OSError, UnicodeError) as error:
        raise NoHostError(f"names a site that does not exist ({host[:80]})") from error
    numbers = list(dict.fromkeys(str(place[0]) for *_, place in found))
    for number in numbers:
        if not public(number, permitted):
            raise PrivateError(f"leads into a private network ({host})")
    return numbers[:_TRIES]


def public(number: str, permitted: Sequence[IPv4Network | IPv6Network] = ()) -> bool:
    """Whether an IP address, and every one that is wrapped in it, belongs to the public Internet or is permitted."""
    address = ipaddress.ip_address(number.split("%", maxsplit=1)[0])
    if any(address in network for network in permitted):
        return True
    return all(a.is_global and not a.is_multicast and not a.is_reserved for a in _wrapped(address))


def closed(url: str, permitted: Sequence[IPv4Network | IPv6Network] = ()) -> bool:
    """Whether an address names its host by a number that is not public. Nothing is looked up."""
    try:
        return not public(urlsplit(url).hostname or "", permitted)
    except ValueError:  # a name
        return False


def _wrapped(address: IPv4Address | IPv6Address) -> Iterator[IPv4Address | IPv6Address]:
    if isinstance(address, IPv6Address):
        inner = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
        if address in _NAT64:
            inner.append(IPv4Address(int(address) & 0xFFFFFFFF))
        yield from (a for a in inner if a is not None)
        if address.ipv4_mapped is not None or address in _NAT64:
            return
    yield address
