"""Asking web servers, with a real one."""

from __future__ import annotations

import email.utils
import itertools
import socket
import ssl
import threading
import time
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
import trustme
from hypothesis import given
from hypothesis import strategies as st

from linkserver import HERE, Site, manner, reply, start
from penholder.adapters.network import Answer, Hop, Manner, NoNetworkError, State, ask_all
from penholder.adapters.network.address import AddressError, NoHostError, PrivateError, addresses, normal, public


def ask(*urls: str, **more: object) -> dict[str, Answer]:
    return dict(ask_all(urls, manner(**more)))


def one(url: str, **more: object) -> Answer:
    return ask(url, **more)[url]


@pytest.mark.parametrize(
    ("status", "state"),
    [(200, State.ALIVE), (204, State.ALIVE), (404, State.DEAD), (410, State.DEAD), (401, State.UNSURE), (403, State.UNSURE),
     (418, State.UNSURE), (500, State.UNSURE), (999, State.UNSURE)],
)  # fmt: skip
def test_what_a_status_tells(site: Site, status: int, state: State) -> None:
    answer = one(site.page("/page", status))
    assert (answer.state, answer.status) == (state, status)
    assert state is State.ALIVE or str(status) in answer.reason


def test_a_living_page_is_asked_once_by_head_and_a_gone_one_twice(site: Site) -> None:
    ask(site.url("/alive"), site.url("/gone"))
    assert site.asked("/alive") == ["HEAD"] and site.asked("/gone") == ["HEAD", "GET"]


@pytest.mark.parametrize("refusal", [400, 403, 404, 405, 501])
def test_where_head_is_refused_get_decides(site: Site, refusal: int) -> None:
    site.pages["/shy"] = lambda handler, _: reply(handler, refusal if handler.command == "HEAD" else 200)
    assert one(site.url("/shy")).state is State.ALIVE


def test_a_server_that_hangs_up_on_head_is_asked_by_get(site: Site) -> None:
    def page(handler: BaseHTTPRequestHandler, _: int) -> None:
        if handler.command == "HEAD":
            handler.connection.shutdown(socket.SHUT_RDWR)
        else:
            reply(handler, 200)

    site.pages["/rude"] = page
    assert one(site.url("/rude")).state is State.ALIVE


def test_who_asks_is_named_and_nothing_else_is_sent(site: Site, tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login me password secret\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    site.page("/cookie", 302, Location="/after", Set_Cookie="a=b")
    site.page("/after", 200)
    ask(site.url("/cookie"))
    for request in site.requests:
        assert request.headers["User-Agent"].startswith("Penholder")
        assert not {"authorization", "cookie", "referer"} & {name.lower() for name in request.headers}
        assert request.headers["Host"] == f"127.0.0.1:{site.port}"


def test_a_link_with_a_password_is_not_asked(site: Site) -> None:
    answer = one(f"http://me:secret@127.0.0.1:{site.port}/alive")
    assert answer.state is State.UNSURE and "never sent" in answer.reason and "secret" not in answer.reason
    assert site.requests == []


def test_redirects_are_recorded_and_permanent_ones_told_apart(site: Site) -> None:
    site.page("/old", 301, Location="/newer")
    site.page("/newer", 308, Location=site.url("/login"))
    site.page("/login", 302, Location="/alive#top")
    answer = one(site.url("/old"))
    assert answer.state is State.ALIVE
    assert answer.hops == (Hop(301, site.url("/newer")), Hop(308, site.url("/login")), Hop(302, site.url("/alive")))
    assert answer.moved == site.url("/login") and answer.end == site.url("/alive")
    site.page("/now", 302, Location="/newer")
    assert one(site.url("/now")).moved == ""


@pytest.mark.parametrize("way", [["/a", "/a"], ["/a", "/b", "/a"]])
def test_a_circle_ends(site: Site, way: list[str]) -> None:
    for here, there in itertools.pairwise(way):
        site.page(here, 301, Location=there)
    answer = one(site.url("/a"))
    assert answer.state is State.UNSURE and "circle" in answer.reason


def test_a_way_without_end_ends(site: Site) -> None:
    for n in range(40):
        site.page(f"/{n}", 302, Location=f"/{n + 1}")
    assert one(site.url("/0"), hops=5).state is State.UNSURE
    assert len(site.requests) <= 6


@pytest.mark.parametrize("target", ["javascript:alert(1)", "mailto:a@example.org", "ftp://example.org/x", "http://[bad", "//", "http://:0/"])
def test_a_redirect_to_no_web_page_tells_nothing(site: Site, target: str) -> None:
    assert one(site.page("/odd", 301, Location=target)).state is State.UNSURE


def test_a_redirect_into_a_private_network_is_not_followed(site: Site) -> None:
    other = "http://127.0.0.2:1234/secret"
    url = site.page("/trap", 302, Location=other)
    permitted = (HERE[0].__class__("127.0.0.1/32"),)
    answer = dict(ask_all([url], manner(permitted=permitted)))[url]
    assert answer.state is State.PRIVATE and len(site.requests) == 1


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1/", "http://localhost:8000/", "http://2130706433/", "http://0x7f.1/", "http://[::1]/", "http://0.0.0.0/",
     "http://10.1.2.3/", "http://169.254.169.254/latest/meta-data/", "http://192.168.0.1/", "http://[::ffff:10.0.0.1]/",
     "http://[64:ff9b::a00:1]/", "http://[2002:a00:1::]/", "http://[fe80::1]/", "http://[fd00::1]/", "http://100.64.0.1/", "http://224.0.0.1/"],
)  # fmt: skip
def test_private_addresses_are_refused(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket.socket, "connect", lambda *a: pytest.fail("it was asked"))
    assert dict(ask_all([url], Manner(pause=0)))[url].state is State.PRIVATE


def test_one_private_address_among_public_ones_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, 80)) for a in ("93.184.216.34", "10.0.0.7")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: found)
    with pytest.raises(PrivateError):
        addresses("two.example", 80)


def test_the_connection_goes_to_the_address_that_was_looked_at(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that resolves to a public address first and to a private one later must not win."""
    real, looked = socket.getaddrinfo, []

    def lookup(host: str, *rest: object, **more: object) -> object:
        if host == "rebound.example":
            looked.append(host)
            return real("127.0.0.1", *rest, **more)  # type: ignore[arg-type]
        return real(host, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    url = site.url("/alive", "rebound.example")
    assert one(url).state is State.ALIVE
    assert looked == ["rebound.example"] and site.requests[0].headers["Host"] == f"rebound.example:{site.port}"


@given(st.integers(0, 2**32 - 1))
def test_no_wrapping_makes_a_private_address_public(number: int) -> None:
    import ipaddress

    plain = ipaddress.IPv4Address(number)
    wrapped = [
        f"::ffff:{plain}",
        str(ipaddress.IPv6Address(int(ipaddress.IPv6Address("64:ff9b::")) + number)),
        str(ipaddress.IPv6Address((0x2002 << 112) + (number << 80))),
    ]
    if not public(str(plain)):
        assert not any(public(w) for w in wrapped)


@given(st.text(max_size=40), st.sampled_from(["", "http://", "https://", "http://[", "https://a@b"]))
def test_any_text_is_normal_or_refused(text: str, head: str) -> None:
    try:
        made = normal(head + text)
    except AddressError:
        return
    assert made.isascii() and made.startswith(("http://", "https://")) and "#" not in made and "@" not in made.split("/")[2]


def test_letters_of_all_languages_are_asked_as_the_web_writes_them() -> None:
    assert normal("https://llywodraeth.cymru/gofal–cymdeithasol?q=tŷ#top") == "https://llywodraeth.cymru/gofal%E2%80%93cymdeithasol?q=t%C5%B7"
    assert normal("http://bücher.example/a b") == "http://xn--bcher-kva.example/a%20b"
    with pytest.raises(AddressError, match="port 22"):
        normal("https://example.org:22/")


def test_a_name_that_does_not_exist(site: Site) -> None:
    made = ask(site.url("/alive"), "http://no-such-site.invalid/page")
    assert made["http://no-such-site.invalid/page"].state is State.NO_HOST
    with pytest.raises(NoHostError):
        addresses("no-such-site.invalid", 80)


def test_a_closed_door(site: Site) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/"
    made = ask(url, site.url("/alive"))
    assert (made[url].state, made[url].reason) == (State.SILENT, "does not answer")


def test_a_server_that_speaks_no_tls(site: Site) -> None:
    url = site.url("/alive").replace("http:", "https:")
    assert ask(url, site.url("/alive"))[url].state is State.UNSURE


def test_a_certificate_must_be_trusted_and_be_the_sites_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Though the connection goes to a number, the certificate is held against the name."""
    authority = trustme.CA()
    served = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("shop.example").configure_cert(served)
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    real = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *r, **k: real("127.0.0.1" if host.endswith(".example") else host, *r, **k))
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    site, server = start(served)
    site.page("/alive", 200)
    right, wrong = (f"https://{host}:{site.port}/alive" for host in ("shop.example", "other.example"))
    try:
        assert one(right).state is State.UNSURE  # nobody on this machine knows the authority
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))  # as a company would
        made = ask(right, wrong)
    finally:
        server.shutdown()
        server.server_close()
    assert made[right].state is State.ALIVE
    assert made[wrong].state is State.UNSURE and "certificate" in made[wrong].reason
    assert {r.headers["Host"] for r in site.requests} == {f"shop.example:{site.port}"}


def test_without_a_network_there_is_one_answer(site: Site) -> None:
    urls = [f"http://site{n}.invalid/" for n in range(30)]
    with pytest.raises(NoNetworkError):
        ask(*urls, probe="nothing-at-all.invalid")
    with pytest.raises(NoNetworkError):
        ask(urls[0], probe="nothing-at-all.invalid")
    assert len(ask(urls[0], probe="localhost")) == 1  # there is a network: the site is not


def test_a_slow_server_is_given_up(site: Site) -> None:
    site.pages["/slow"] = lambda handler, _: time.sleep(3)
    start = time.monotonic()
    answer = one(site.url("/slow"), timeout=0.3)
    assert answer.state is State.UNSURE and "too long" in answer.reason and time.monotonic() - start < 2


def test_a_server_that_drips_is_given_up(site: Site) -> None:
    def drip(handler: BaseHTTPRequestHandler, _: int) -> None:
        handler.wfile.write(b"HTTP/1.0 200 OK\r\nX-Long: ")
        for _n in range(60):
            time.sleep(0.1)
            handler.wfile.write(b"a")

    def quiet(handler: BaseHTTPRequestHandler, n: int) -> None:
        try:
            drip(handler, n)
        except OSError:
            handler.close_connection = True

    site.pages["/drip"] = quiet
    start = time.monotonic()
    answer = one(site.url("/drip"), timeout=1, total=0.8)
    assert answer.state is State.UNSURE and "too long" in answer.reason and time.monotonic() - start < 3


def test_a_body_without_end_is_not_read(site: Site) -> None:
    def flood(handler: BaseHTTPRequestHandler, _: int) -> None:
        if handler.command == "HEAD":
            return reply(handler, 405)
        handler.send_response(200)
        handler.send_header("Content-Length", str(10**12))
        handler.end_headers()
        try:
            while True:
                handler.wfile.write(b"x" * 65536)
        except OSError:
            handler.close_connection = True
        return None

    site.pages["/flood"] = flood
    start = time.monotonic()
    assert one(site.url("/flood")).state is State.ALIVE
    assert time.monotonic() - start < 2


@pytest.mark.parametrize("status", [429, 503])
def test_a_short_pause_is_given(site: Site, status: int) -> None:
    def busy(handler: BaseHTTPRequestHandler, n: int) -> None:
        reply(handler, status, Retry_After="1") if n <= (1 if status == 429 else 2) else reply(handler, 200)

    site.pages["/busy"] = busy
    assert one(site.url("/busy")).state is State.ALIVE
    times = [r.when for r in site.requests]
    assert times[-1] - times[-2] >= 0.95


def test_a_pause_until_a_date_is_understood(site: Site) -> None:
    site.pages["/busy"] = lambda handler, n: (
        reply(handler, 429, Retry_After=email.utils.formatdate(time.time() + 2, usegmt=True)) if n == 1 else reply(handler, 200)
    )
    assert one(site.url("/busy"), wait=5.0).state is State.ALIVE
    assert site.requests[1].when - site.requests[0].when >= 0.9


@pytest.mark.parametrize("header", [{"Retry_After": "3600"}, {}, {"Retry_After": "soon"}])
def test_a_site_that_wants_a_long_rest_gets_it(site: Site, header: dict[str, str]) -> None:
    site.page("/busy", 429, **header)
    for n in range(5):
        site.page(f"/{n}", 200)
    made = ask(site.url("/busy"), *(site.url(f"/{n}") for n in range(5)))
    assert made[site.url("/busy")].state is State.UNSURE
    assert {made[site.url(f"/{n}")].state for n in range(5)} == {State.UNASKED}
    assert len(site.requests) == 1


def test_one_question_at_a_time_and_a_pause_between(site: Site) -> None:
    for n in range(4):
        site.pages[f"/{n}"] = lambda handler, _: (time.sleep(0.05), reply(handler, 200))[0]
    ask(*(site.url(f"/{n}") for n in range(4)), pause=0.15)
    assert site.most_at_once == 1
    times = [r.when for r in site.requests]
    assert all(b - a >= 0.14 for a, b in itertools.pairwise(times))


def test_different_sites_are_asked_at_once(site: Site) -> None:
    site.pages["/slow"] = lambda handler, _: (time.sleep(0.4), reply(handler, 200))[0]
    start = time.monotonic()
    made = ask(*(site.url("/slow", f"127.0.0.{n}") for n in range(1, 2)), site.url("/slow", "localhost"))
    assert {a.state for a in made.values()} == {State.ALIVE}
    assert site.most_at_once == 2 and time.monotonic() - start < 0.8


def test_a_site_has_a_limit(site: Site) -> None:
    for n in range(6):
        site.page(f"/{n}", 200)
    made = ask(*(site.url(f"/{n}") for n in range(6)), per_host=4)
    assert [a.state for a in made.values()] == [State.ALIVE] * 4 + [State.UNASKED] * 2
    assert "4 questions" in made[site.url("/5")].reason and len(site.requests) == 4


def test_an_address_is_asked_once_however_often_it_is_named(site: Site) -> None:
    ask(site.url("/alive"), site.url("/alive"))
    assert len(site.requests) == 1


def test_a_doi_is_alive_when_its_register_forwards_it(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    real = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *r, **k: real("127.0.0.1" if host == "doi.org" else host, *r, **k))
    monkeypatch.setattr("penholder.adapters.network.question._DOI", frozenset({f"doi.org:{site.port}"}))
    site.page("/10.1234/there", 302, Location=site.url("/refuses"))
    made = ask(site.url("/10.1234/there", "doi.org"), site.url("/10.1234/nowhere", "doi.org"))
    assert [a.state for a in made.values()] == [State.ALIVE, State.DEAD]
    assert site.asked("/refuses") == [] and all(a.moved == "" for a in made.values())


def test_a_companys_proxy_is_used(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", f"http://staff:word@127.0.0.1:{site.port}")
    monkeypatch.setenv("https_proxy", site.url(""))
    monkeypatch.delenv("no_proxy", raising=False)
    site.pages["http://shop.invalid/page"] = lambda handler, _: reply(handler, 200)
    site.pages["shop.invalid:443"] = lambda handler, _: reply(handler, 502)
    made = ask("http://shop.invalid/page", "https://shop.invalid/")
    assert made["http://shop.invalid/page"].state is State.ALIVE
    assert made["https://shop.invalid/"].state is State.SILENT
    sent = {name.lower(): value for r in site.requests if r.method == "HEAD" for name, value in r.headers.items()}
    assert sent["proxy-authorization"].startswith("Basic ")
    assert dict(ask_all(["http://10.0.0.1/"], Manner(pause=0)))["http://10.0.0.1/"].state is State.PRIVATE


def test_ending_the_round_ends_its_threads(site: Site) -> None:
    for n in range(20):
        site.page(f"/{n}", 200)
    before = threading.active_count()
    answers = ask_all([site.url(f"/{n}") for n in range(20)], manner(pause=0.3))
    next(answers)
    answers.close()
    time.sleep(0.6)
    asked = len(site.requests)
    assert asked < 5
    time.sleep(0.5)
    assert len(site.requests) == asked and threading.active_count() <= before + 1
