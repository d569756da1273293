"""``init``: a workspace that builds at once, wherever it is at home, and that overwrites nothing."""

from __future__ import annotations

import itertools
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from newcomer_helpers import TOOL, Command, bytes_of

from penholder.adapters import files, yaml
from penholder.adapters.pandoc import tree
from penholder.errors import PenholderError, UnusableError, UsageError
from penholder.features import scaffold
from penholder.features.locales import locale_of
from penholder.features.scaffold import make_workspace, workspace_files
from penholder.model.paper import WorkspaceFile
from penholder.source import SourceFile
from penholder.stages.assemble import assemble
from penholder.stages.discover import discover
from penholder.stages.load import load
from penholder.stages.look import label_languages, look_of
from penholder.stages.resolve import resolve

COUNTRIES = ("GB", "IE", "US", "CA", "MX", "FR", "DE", "ES", "CH", "IN", "NZ", "PH")
COUNTRY_CODES = tuple(
    tomllib.loads((TOOL / "penholder/data/workspace/regions.toml").read_text(encoding="utf-8"))["countries"]
)


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(["git", "-C", str(folder), *arguments], check=True, capture_output=True, text=True).stdout


def test_a_new_workspace_builds_at_once(command: Command, tmp_path: Path) -> None:
    made = command("init", "my papers", "--organisation", 'The "Group" \\ é')
    assert made.code == 0, made.err
    assert made.out.splitlines()[-1] == "Next: cd 'my papers' && penholder build"
    root = tmp_path / "my papers"
    built = command("build", "--strict", folder=root)
    assert (built.code, built.err) == (0, "")
    assert "nothing found" in built.out
    assert {p.suffix for p in (root / "dist/first-paper").iterdir()} >= {".docx", ".pdf"}
    assert git(root, "status", "--porcelain") == ""  # what is built is not tracked
    assert git(root, "log", "--oneline").count("\n") == 1


def test_init_here(command: Command, tmp_path: Path) -> None:
    made = command("init", ".")
    assert made.code == 0
    assert made.out.endswith("Next: penholder build\n")
    assert (tmp_path / "penholder.toml").is_file()


def test_two_inits_give_the_same_bytes(command: Command, tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert command("init", name).code == 0
    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "two")


def test_every_file_is_plain(tmp_path: Path) -> None:
    for name, data in workspace_files(locale_of()).items():
        text = data.decode()
        assert "@@" not in text, name
        assert "\r" not in text, name
        assert text.endswith("\n") and not text.endswith("\n\n"), name
        assert not re.search(r"[ \t]$", text, re.M), name


@pytest.mark.parametrize("country", COUNTRIES)
def test_the_style_of_gov_uk_is_chosen_where_it_is_at_home(country: str) -> None:
    text = workspace_files(locale_of(country))["penholder.toml"].decode()
    house = WorkspaceFile.of(tomllib.loads(text)).check.house
    assert house == (("govuk",) if country == "GB" else ())
    assert ("[check]" in text) is (country == "GB")


def test_what_init_writes_keeps_the_rules_it_chooses(command: Command, tmp_path: Path) -> None:
    assert command("init", "w", "--country", "GB").code == 0
    checked = command("check", folder=tmp_path / "w")
    assert (checked.code, checked.err) == (0, "")
    assert "nothing found" in checked.out


@pytest.mark.parametrize("language", ["cy", "fr-CA"])
def test_a_sample_in_another_language_says_so(command: Command, tmp_path: Path, language: str) -> None:
    assert "take its `language` out" in command("init", "w", "--lang", language).out
    checked = command("check", folder=tmp_path / "w")
    assert (checked.code, checked.err) == (0, "") and "ACCE021" not in checked.out


@pytest.mark.parametrize(("language", "country"), list(itertools.product(label_languages(), COUNTRIES)))
def test_every_combination_is_without_findings(language: str, country: str, tmp_path: Path, worker: Any) -> None:
    make_workspace(tmp_path / "w", locale_of(country, language))
    workspace, findings = discover(tmp_path / "w")
    paper, found = load(workspace, "first-paper")
    manuscript, more = assemble(paper)
    look, looks = look_of(paper)
    document, rest = resolve(manuscript, look.theme, worker)
    assert [*findings, *found, *more, *looks, *rest] == []
    assert workspace.settings.language == f"{language}-{country}"
    assert paper.language == (f"{language}-{country}" if language == "en" else "en-GB")  # the sample's own
    assert paper.paper_size == ("letter" if country in ("US", "CA", "MX", "PH") else "a4")
    words = look.theme.words(paper.language)["figure"]
    text = " ".join(tree.text_of(s.blocks) for s in document.sections).replace("\u00a0", " ")
    assert f"{words} 1" in text


def test_the_sample_shows_every_feature(tmp_path: Path, worker: Any) -> None:
    make_workspace(tmp_path / "w", locale_of())
    workspace, _ = discover(tmp_path / "w")
    paper, _ = load(workspace, "first-paper")
    manuscript, _ = assemble(paper)
    document, _ = resolve(manuscript, look_of(paper)[0].theme, worker)
    nodes = [n for s in document.sections for n in tree.visit(s.blocks)]
    classes = [c for n in nodes if n["t"] == "Div" for c in n["c"][0][1]]
    assert {"numbered", "table-block", "figure", "recommendation", "caption", "table-source"} <= set(classes)
    assert classes.count("recommendation") == 2
    assert {"Note", "Cite", "Image", "Table"} <= {n["t"] for n in nodes}
    assert document.references, "something is cited"
    texts = {t.section.slug: t for t in manuscript.texts}
    partial = texts["30-made-together"]
    assert any(f.path.endswith("about-us.md") for f in partial.files)
    assert paper.sections[0].front.kind == "summary"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("country", "language"),
    [
        ("GB", "cy"),
        ("CA", "fr"),
        ("DE", "de"),
        ("MX", "es"),
        ("US", "en"),
        ("PL", "pl"),
        ("TW", "zh-Hant"),
        ("KE", "sw"),
        ("PH", "fil"),
    ],
)
def test_it_builds_there(command: Command, tmp_path: Path, country: str, language: str) -> None:
    assert command("init", "w", "--country", country, "--lang", language).code == 0
    built = command("build", "--to", "docx,pdf", folder=tmp_path / "w")
    assert built.code == 0, built.out + built.err


@pytest.mark.parametrize(
    ("language", "has"),
    [
        ("en", True),
        ("el", True),
        ("ru", True),
        ("he", False),
        ("zh-Hant", False),
        ("uz-Cyrl", True),
        ("ks-Arab", False),
    ],
)
def test_whether_the_font_has_the_letters(command: Command, language: str, has: bool) -> None:
    assert locale_of("GB", language).has_letters is has
    assert ("letters: put one" in command("init", "w", "--lang", language).out) is not has


@pytest.mark.parametrize("country", COUNTRY_CODES)
def test_every_country_is_a_valid_workspace(country: str) -> None:
    locale = locale_of(country)
    data = tomllib.loads(workspace_files(locale)["penholder.toml"].decode())
    settings = WorkspaceFile.of(data)
    assert (settings.country, settings.language, settings.paper_size) == (country, f"en-{country}", locale.paper_size)


@pytest.mark.parametrize(
    ("country", "language", "expected"),
    [
        (None, None, ("GB", "en-GB", "a4")),
        ("gb", "cy", ("GB", "cy-GB", "a4")),
        (None, "fr-CA", ("CA", "fr-CA", "letter")),
        (None, "fr_ca", ("CA", "fr-CA", "letter")),
        ("US", None, ("US", "en-US", "letter")),
        ("US", "es-419", ("US", "es-419", "letter")),
        ("GB", "fr-FR", ("GB", "fr-FR", "a4")),
        ("TW", "ZH-hant", ("TW", "zh-Hant-TW", "a4")),
        ("PH", "fil", ("PH", "fil-PH", "letter")),
        *((c, None, (c, f"en-{c}", "letter")) for c in ("CA", "MX", "CO", "CL", "PH", "VE")),
    ],
)
def test_locales(country: str | None, language: str | None, expected: tuple[str, str, str]) -> None:
    locale = locale_of(country, language)
    assert (locale.country, locale.language, locale.paper_size) == expected


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--country", "UK"], "there is no country with the code 'UK'; did you mean GB (United Kingdom)?"),
        (["--country", "Frence"], "did you mean FR (France)?"),
        (["--country", "ZZ"], "there is no country with the code 'ZZ'"),
        (["--country", ""], "there is no country with the code ''"),
        (["--lang", "xx"], "there is no language with the tag 'xx'"),
        (["--lang", "Welsh"], "did you mean cy (Welsh)?"),
        (["--lang", "en-ZZ"], "names no country we know"),
        (["--lang", "en-Qqqq"], "names no script we know"),
        (["--lang", "en-GB-oed-x"], "there is no language with the tag"),
        (["--organisation", "a\x07b"], "control characters"),
        (["--organisation", "   "], "cannot be empty"),
    ],
)
def test_a_wrong_code_is_a_usage_error(command: Command, tmp_path: Path, arguments: list[str], message: str) -> None:
    said = command("init", "w", *arguments)
    assert said.code == 2
    assert message in said.err
    assert not (tmp_path / "w").exists()


def test_other_languages_are_told_what_is_english(command: Command) -> None:
    welsh = command("init", "cy", "--lang", "cy").out
    assert "sample text is English" in welsh and "labels" not in welsh
    polish = command("init", "pl", "--lang", "pl", "--country", "PL").out
    assert "sample text is English" in polish and "no Polish labels" in polish
    assert "sample text" not in command("init", "en").out


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=60).filter(str.strip))
def test_any_name_of_an_organisation_arrives_unchanged(name: str) -> None:
    made = workspace_files(locale_of(), name)
    expected = " ".join(name.split())
    settings = tomllib.loads(made["penholder.toml"].decode())
    assert settings["name"] == settings["organisations"][0]["name"] == expected
    document, findings = yaml.load(SourceFile("contributors.yaml", made["contributors.yaml"].decode()))
    assert not findings
    assert document.data["contributors"][0]["affiliation"] == expected


# nothing is overwritten ----------------------------------------------------------


def test_other_peoples_files_stay_and_are_not_committed(command: Command, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("mine")
    made = command("init", ".")
    assert made.code == 0
    assert "nothing was committed" in made.out
    assert (tmp_path / "secret.txt").read_text() == "mine"
    assert not (tmp_path / ".git").exists()


@pytest.mark.parametrize("name", sorted(workspace_files(locale_of()).keys() - {"penholder.toml"}))
def test_every_file_in_the_way_is_named(command: Command, tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_bytes(b"mine")
    said = command("init", ".")
    assert said.code == 2
    assert f": {name}\n" in said.err
    assert bytes_of(tmp_path) | {name: (tmp_path / name).read_bytes()} == {name: b"mine"}


def test_a_file_or_link_in_place_of_a_folder_is_in_the_way(command: Command, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    there = tmp_path / "there"
    there.mkdir()
    (there / "papers").symlink_to(elsewhere)
    (there / "citations").write_text("a file")
    said = command("init", "there")
    assert said.code == 2
    assert "citations, papers\n" in said.err
    assert list(elsewhere.iterdir()) == []


def test_a_workspace_in_a_workspace_is_refused(command: Command, tmp_path: Path) -> None:
    assert command("init", ".").code == 0
    before = bytes_of(tmp_path)
    assert "is a workspace already" in command("init", ".").err
    said = command("init", "sub/sub")
    assert (said.code, "lies inside the workspace" in said.err) == (2, True)
    assert bytes_of(tmp_path) == before


def test_a_file_is_no_folder(command: Command, tmp_path: Path) -> None:
    (tmp_path / "w").write_text("")
    said = command("init", "w")
    assert (said.code, "is a file" in said.err) == (2, True)


@pytest.mark.parametrize("after", range(0, 16, 3))
def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    whole, count = files.write_whole, iter(range(100))

    def full(path: Path, data: bytes) -> None:
        if next(count) >= after:
            raise UnusableError("the disk is full")
        whole(path, data)

    monkeypatch.setattr(files, "write_whole", full)
    (tmp_path / "mine.txt").write_text("mine")
    for folder in (tmp_path / "new" / "deep", tmp_path):
        with pytest.raises(UnusableError):
            make_workspace(folder, locale_of())
    assert bytes_of(tmp_path) == {"mine.txt": b"mine"}
    assert not (tmp_path / "papers").exists() and not (tmp_path / "new" / "deep").exists()


# Git ---------------------------------------------------------------------------


def test_without_git_there_is_a_workspace_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    environment = {**os.environ, "PATH": str(tmp_path / "empty"), "PYTHONPATH": str(TOOL)}
    done = subprocess.run(
        [sys.executable, "-m", "penholder", "init", str(tmp_path / "w")],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Git did not answer" in done.stdout
    assert (tmp_path / "w" / "penholder.toml").is_file()


def test_inside_a_repository_nothing_is_committed(command: Command, tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    made = command("init", "w")
    assert "lies in a Git repository" in made.out
    assert not (tmp_path / "w" / ".git").exists()


def test_what_is_private_or_built_is_ignored(command: Command, tmp_path: Path) -> None:
    command("init", ".")
    for name in (
        "private/people.yaml",
        "dist/p/p.pdf",
        ".penholder/cache/x",
        "papers/first-paper/~$x.docx",
        ".DS_Store",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    assert git(tmp_path, "status", "--porcelain", "-uall") == ""


# labels ------------------------------------------------------------------------


def test_every_language_has_every_label() -> None:
    all_of_them = {p.stem: tomllib.loads(p.read_text(encoding="utf-8")) for p in (TOOL / "penholder/data/themes/default/labels").glob("*.toml")}
    english = all_of_them["en"]
    for language, labels in all_of_them.items():
        assert labels.keys() == english.keys(), language
        for key, words in labels.items():
            assert words.strip() == words != "", (language, key)
            assert set(re.findall(r"\{\w+\}", words)) == set(re.findall(r"\{\w+\}", english[key])), (language, key)
    assert set(label_languages()) == all_of_them.keys() >= {"en", "cy", "fr", "de", "es"}


# new ---------------------------------------------------------------------------


def test_new_builds_at_once(command: Command, tmp_path: Path) -> None:
    command("init", ".")
    title = 'Fair: "work" & #1 — {{ x }}'
    said = command("new", "fair-work", "--title", title, folder=tmp_path / "papers")
    assert said.code == 0
    assert said.out.endswith("then penholder build fair-work\n")
    workspace, _ = discover(tmp_path)
    paper, findings = load(workspace, "fair-work")
    assert paper.meta.title == title
    assert not [*findings, *assemble(paper)[1]]
    assert command("build", "fair-work").code == 0
    assert "yaml-language-server" not in (tmp_path / "papers/fair-work/paper.yaml").read_text()


def test_new_tells_editors_of_the_schema_where_there_is_one(command: Command, tmp_path: Path) -> None:
    command("init", ".")
    assert command("schema", "--write", "schemas").code == 0
    command("new", "p")
    first = (tmp_path / "papers/p/paper.yaml").read_text().splitlines()[0]
    path = first.removeprefix("# yaml-language-server: $schema=")
    assert (tmp_path / "papers/p" / path).resolve() == tmp_path.resolve() / "schemas/paper.schema.json"
    assert load(discover(tmp_path)[0], "p")[1].sorted() == []


@pytest.mark.parametrize(
    ("slug", "hint"),
    [
        ("Fair Work", "'fair-work'"),
        ("été", "'ete'"),
        ("../up", "'up'"),
        ("a/b", "'a-b'"),
        ("-x", ""),
        ("--", ""),
        ("con", ""),
        ("a--b", "'a-b'"),
        ("x" * 61, "'" + "x" * 60 + "'"),
        ("", ""),
    ],
)
def test_new_refuses_what_cannot_be_a_name(command: Command, tmp_path: Path, slug: str, hint: str) -> None:
    command("init", ".")
    said = command("new", "--", slug)
    assert said.code == 2
    assert hint in said.err
    assert [p.name for p in (tmp_path / "papers").iterdir()] == ["first-paper"]


def test_new_refuses_what_is_there(command: Command, tmp_path: Path) -> None:
    command("init", ".")
    (tmp_path / "papers" / "Taken").mkdir()
    for slug in ("first-paper", "taken"):
        said = command("new", slug)
        assert (said.code, "already" in said.err) == (2, True)
    assert command("new", "x", "--title", " ").code == 2


def test_new_wants_a_workspace(command: Command) -> None:
    said = command("new", "x")
    assert (said.code, "penholder init" in said.err) == (2, True)


@settings(deadline=None)
@given(st.text(max_size=80))
def test_a_slug_is_safe_or_refused(text: str) -> None:
    suggested = scaffold._slug_of(text)
    if suggested:
        scaffold.check_slug(suggested)
    try:
        scaffold.check_slug(text)
    except PenholderError as error:
        assert isinstance(error, UsageError)
    else:
        assert re.fullmatch(r"[a-z0-9][a-z0-9-]*", text) and len(text) <= 60


@pytest.mark.parametrize("name", ["init", "new", "doctor", "schema", "upgrade"])
def test_help_shows_examples(command: Command, name: str) -> None:
    said = command(name, "--help")
    assert said.code == 0
    assert re.search(rf"Examples:\n +penholder {name}", said.out), said.out
    assert max(map(len, said.out.splitlines())) <= 100


@pytest.mark.parametrize("drawing", sorted([*TOOL.glob("penholder/data/**/*.svg"), *(TOOL.parent / "papers").glob("**/*.svg")]), ids=lambda p: p.name)
def test_our_drawings_name_fonts_as_browsers_read_them(drawing: Path) -> None:
    """A family with a digit in front of a word must stand in quotation marks, or the whole list is ignored (CSS Fonts 4, 2.1)."""
    families = re.findall(r'font-family="([^"]*)"', drawing.read_text(encoding="utf-8"))
    assert families
    for family in (each.strip() for listed in families for each in listed.split(",")):
        assert re.fullmatch(r"'[^']+'|[A-Za-z_-][\w-]*( [A-Za-z_-][\w-]*)*", family), family
