"""``penholder check --links``: what is said of links, with a real web server and real papers."""

from __future__ import annotations

import json
import os
import pty
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from linkserver import Site
from penholder.adapters.seals import seal, unseal
from workbench import WORKSPACE, Bench


def check(bench: Bench, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    environment = bench.environment(**{"PENHOLDER_PRIVATE_LINKS": "127.0.0.0/8", "no_proxy": "127.0.0.1,localhost"} | more)
    command = [sys.executable, "-m", "penholder", "-C", str(bench.root), "check", "--links", "--select", "LINK", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=120, check=False)


def findings(bench: Bench, *arguments: str, **more: str) -> list[dict[str, Any]]:
    done = check(bench, "--format", "json", *arguments, **more)
    assert done.stdout.startswith("{"), done.stderr
    return json.loads(done.stdout)["findings"]


@pytest.fixture
def paper(bench: Bench, site: Site) -> Bench:
    """A paper with a living and a dead link in its text, and a cited source with a dead address."""
    bench.file("penholder.toml", WORKSPACE)
    bench.file(
        "citations/library.bib",
        f"@online{{live,\n  title = {{Alive}},\n  url = {{{site.url('/alive')}}},\n  urldate = {{2026-01-01}}\n}}\n"
        f"@online{{dead,\n  title = {{The Lost Page}},\n  url = {{{site.url('/lost_page')}}},\n  urldate = {{2026-01-01}}\n}}\n"
        f"@online{{unused,\n  title = {{Never Cited}},\n  url = {{{site.url('/unused')}}}\n}}\n",
    )
    bench.section(
        "10-need.md",
        f"# Need\n\nCouncils publish [what they spend]({site.url('/alive#table')}) and\n[what they earn]({site.url('/gone')} \"x\").\n\n"
        f"It was different then [@live; @dead].[^n]\n\n[^n]: See <{site.url('/gone')}>.\n",
    )
    return bench


def test_each_link_is_found_at_its_place_and_asked_once(paper: Bench, site: Site) -> None:
    made = findings(paper)
    assert [(f["code"], f["path"].rsplit("/", 1)[-1], f["line"], f["column"]) for f in made] == [
        ("LINK010", "library.bib", 8, 10),
        ("LINK010", "10-need.md", 4, 2),
        ("LINK010", "10-need.md", 8, 12),
    ]
    assert "the address of `dead`" in made[0]["message"] and "404 Not Found" in made[0]["message"]
    assert site.asked("/alive") == ["HEAD"] and site.asked("/gone") == ["HEAD", "GET"] and site.asked("/unused") == []


def test_without_the_option_nothing_is_asked(paper: Bench, site: Site) -> None:
    command = [sys.executable, "-m", "penholder", "-C", str(paper.root), "check"]
    subprocess.run(command, capture_output=True, env=paper.environment(), timeout=60, check=False)
    done = subprocess.run([*command, "--select", "LINK010"], capture_output=True, text=True, env=paper.environment(), timeout=60, check=False)
    assert done.returncode == 2 and "--links" in done.stderr
    assert site.requests == []


def test_a_workspace_that_wants_no_such_rules_asks_nothing(paper: Bench, site: Site) -> None:
    paper.file("penholder.toml", WORKSPACE + '\n[check]\nignore = ["LINK"]\n')
    assert findings(paper) == [] and site.requests == []


def test_two_papers_ask_once_and_each_is_told(paper: Bench, site: Site) -> None:
    paper.file("papers/q/paper.yaml", "schema_version: 1\ntitle: Another\nlanguage: en-GB\n")
    paper.file("papers/q/sections/10-a.md", f"# More\n\nSee [it]({site.url('/gone')}) [@dead].\n")
    made = findings(paper)
    assert len([f for f in made if f["path"].startswith("papers/q")]) == 1
    assert len([f for f in made if f["path"].startswith("citations")]) == 1
    assert len(site.asked("/gone")) == 2 and len(site.asked("/lost_page")) == 2


def test_answers_are_kept_and_asked_again_in_time(paper: Bench, site: Site) -> None:
    first = findings(paper)
    asked = len(site.requests)
    assert findings(paper) == first and len(site.requests) == asked
    kept = paper.root / ".penholder/cache/links/answers.json"
    _older(paper, kept, hours=25)
    assert findings(paper) == first
    assert site.asked("/alive") == ["HEAD"] and len(site.asked("/gone")) == 4  # the dead are looked at again sooner
    _older(paper, kept, hours=24 * 7)
    findings(paper)
    assert site.asked("/alive") == ["HEAD"] * 2
    findings(paper, "--fresh")
    assert site.asked("/alive") == ["HEAD"] * 3


def _older(paper: Bench, kept: Path, hours: float) -> None:
    records = json.loads(unseal(paper.root, kept) or b"")
    for record in records.values():
        record["when"] -= hours * 3600
    assert seal(paper.root, kept, json.dumps(records).encode())


@pytest.mark.parametrize("broken", ["", "[]", '{"x": 1}', "[" * 5000, '{"x": {"state": "alive", "when": "never"}}'])
def test_a_broken_cache_is_no_fault(paper: Bench, broken: str) -> None:
    kept = paper.root / ".penholder/cache/links/answers.json"
    paper.file(".penholder/cache/links/answers.json", broken)
    assert len(findings(paper)) == 3
    assert seal(paper.root, kept, broken.encode())
    assert len(findings(paper)) == 3


def test_a_cache_that_leads_elsewhere_is_not_used(paper: Bench, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.json"
    elsewhere.write_text("{}")
    folder = paper.root / ".penholder/cache/links"
    folder.mkdir(parents=True)
    (folder / "answers.json").symlink_to(elsewhere)
    assert len(findings(paper)) == 3
    assert elsewhere.read_text() == "{}"


@pytest.mark.parametrize(
    ("name", "entry"),
    [
        ("a.bib", "archiveurl = {https://web.archive.org/web/2024/x_y}"),
        ("a.bib", "note = {Kept at https://web.archive.org/web/2024/x_y.}"),
        ("a.json", '"archive_location": "https://web.archive.org/web/2024/x_y"'),
        ("a.yaml", "archive_location: https://web.archive.org/web/2024/x_y"),
    ],
)
def test_an_archived_copy_in_the_library_is_named(bench: Bench, site: Site, name: str, entry: str) -> None:
    gone = site.url("/gone_page")
    files = {
        "a.bib": f"@online{{gone,\n  title = {{Gone}}, {entry},\n  url = {{{gone}}}\n}}\n",
        "a.json": f'[{{"id": "gone", "type": "webpage", "title": "Gone", {entry},\n "URL": "{gone}"}}]',
        "a.yaml": f"- id: gone\n  type: webpage\n  title: Gone\n  URL: {gone}\n  {entry}\n",
    }
    bench.file(f"citations/{name}", files[name])
    bench.section("10-need.md", f"# Need\n\nIt was [there]({gone}).\n\nOnce [@gone].\n")
    made = findings(bench)
    assert [f["path"].rsplit("/", 1)[-1] for f in made] == [name, "10-need.md"]
    assert all("https://web.archive.org/web/2024/x_y" in f["help"] for f in made)
    assert made[0]["line"] == {"a.bib": 3, "a.json": 2, "a.yaml": 1}[name]
    letter = check(bench, "--format", "letter").stdout
    assert "an archived copy of it in our library" in " ".join(letter.split()) and "http" not in letter


def test_what_has_moved_and_what_cannot_be_told(bench: Bench, site: Site) -> None:
    site.page("/old", 301, Location="/alive")
    site.page("/deep/page", 302, Location="/")
    site.page("/", 200)
    site.page("/closed", 403)
    bench.section(
        "10-need.md",
        "# Need\n\n"
        + "\n\n".join(f"[Link]({u})" for u in (site.url("/old"), site.url("/deep/page"), site.url("/closed"), "http://10.0.0.1/x", "http://no.invalid/"))
        + "\n",
    )
    made = {f["line"]: f for f in findings(bench)}
    assert {line: (f["code"], f["severity"]) for line, f in made.items()} == {
        3: ("LINK011", "warning"), 5: ("LINK011", "warning"), 7: ("LINK012", "note"), 9: ("LINK013", "warning"), 11: ("LINK010", "warning"),
    }  # fmt: skip
    assert made[3]["message"].endswith("has moved for good to " + site.url("/alive"))
    assert "front page" in made[5]["message"] and "403 Forbidden" in made[7]["message"] and "does not exist" in made[11]["message"]


def test_a_waiver_answers_for_a_link(paper: Bench, site: Site) -> None:
    paper.section(
        "10-need.md",
        f"# Need\n\n<!-- penholder: allow LINK010 because the site is down until June -->\n\nIt is [here]({site.url('/gone')}).\n",
    )
    assert findings(paper) == []


def test_without_a_network_there_is_one_note(bench: Bench) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nowhere = f"http://127.0.0.1:{free.getsockname()[1]}"
    links = "\n\n".join(f"[Link](https://site{n}.example.org/{n})" for n in range(50))
    bench.section("10-need.md", f"# Need\n\n{links}\n")
    (finding,) = findings(bench, http_proxy=nowhere, https_proxy=nowhere)
    assert (finding["code"], finding["severity"]) == ("LINK012", "note") and "50 links were" in finding["message"]
    assert check(bench, http_proxy=nowhere, https_proxy=nowhere).returncode == 0


def test_the_letter_names_the_link_and_no_address(paper: Bench) -> None:
    letter = " ".join(check(paper, "--section", "need", "--format", "letter").stdout.split())
    assert "the link “what they earn” leads to a page that is gone. Do you know where it is now?" in letter
    assert "the address of “The Lost Page” leads to a page that is gone." in letter
    assert "the file" not in letter and letter.count("http") == 1  # where the author's own words are quoted


def test_a_wrong_list_of_networks_is_one_clear_line(paper: Bench) -> None:
    environment = paper.environment(PENHOLDER_PRIVATE_LINKS="intranet")
    command = [sys.executable, "-m", "penholder", "-C", str(paper.root), "check", "--links"]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60, check=False)
    assert done.returncode == 2 and "PENHOLDER_PRIVATE_LINKS" in done.stderr and "Traceback" not in done.stderr


def test_a_terminal_sees_how_far_it_is_and_ctrl_c_keeps_what_was_learnt(bench: Bench, site: Site) -> None:
    for n in range(12):
        site.page(f"/{n}", 200)
    bench.section("10-need.md", "# Need\n\n" + "\n\n".join(f"[Link]({site.url(f'/{n}')})" for n in range(12)) + "\n")
    ours, theirs = pty.openpty()
    environment = bench.environment(PENHOLDER_PRIVATE_LINKS="127.0.0.0/8", no_proxy="127.0.0.1")
    command = [sys.executable, "-m", "penholder", "-C", str(bench.root), "check", "--links"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs, env=environment)
    os.close(theirs)
    said = b""
    end = time.monotonic() + 60
    while b"asking for links: 2 of 12" not in said and time.monotonic() < end:
        said += os.read(ours, 4096)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=20)
    os.close(ours)
    assert process.returncode == 130, said
    kept = json.loads(unseal(bench.root, bench.root / ".penholder/cache/links/answers.json") or b"")
    assert 2 <= len(kept) < 12


def test_a_forged_answer_saves_no_dead_link(paper: Bench, site: Site) -> None:
    alive = {"state": "alive", "status": 200, "reason": "", "hops": [], "when": time.time() - 60, "permitted": ["127.0.0.0/8"]}
    forged = json.dumps({site.url(path): alive for path in ("/gone", "/lost_page", "/alive")}).encode()
    paper.file(".penholder/cache/links/answers.json", forged.decode())
    assert len(findings(paper)) == 3 and site.asked("/gone")
    assert seal(paper.root, paper.root / ".penholder/cache/links/answers.json", forged)
    assert findings(paper) == []  # the very same, sealed: what was forged was right in all else


def test_an_answer_of_a_private_network_holds_only_for_who_may_ask_it(paper: Bench, site: Site) -> None:
    findings(paper)
    asked = len(site.requests)
    made = findings(paper, PENHOLDER_PRIVATE_LINKS="")
    assert {f["code"] for f in made} == {"LINK013"} and len(site.requests) == asked


def test_an_answer_that_names_a_private_address_is_not_believed(paper: Bench, site: Site) -> None:
    alive = {"state": "alive", "status": 200, "reason": "", "hops": [], "when": time.time() - 60, "permitted": []}
    records = json.dumps({site.url(path): alive for path in ("/gone", "/lost_page", "/alive")}).encode()
    assert seal(paper.root, paper.root / ".penholder/cache/links/answers.json", records)
    assert {f["code"] for f in findings(paper, PENHOLDER_PRIVATE_LINKS="")} == {"LINK013"}
