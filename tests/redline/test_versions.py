"""Two versions of a paper, each as a build at its revision would read it; what fails is said, the rest goes on."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest

from penholder.adapters.pandoc import tree
from penholder.errors import UsageError
from penholder.features.redline.versions import Version, open_versions


@pytest.fixture
def opened(repository, worker):
    """Open two versions and keep what was read of them."""

    def go(old: str, new: str | None = None, slug: str = "p") -> tuple[Version, Version]:
        with open_versions(repository.root, slug, old, new, worker) as pair:
            return pair

    return go


def text(version: Version) -> str:
    return " ".join(tree.text_of(s.blocks, notes=True).strip() for s in version.document.sections)


def codes(version: Version) -> list[str]:
    return [f.code.id for f in version.findings if f.code.id.startswith(("YAML", "SECT", "FILE", "IMG", "TMPL"))]


def test_each_version_is_what_was_built_then(repository, opened):
    repository.section("# A\n\nFirst words {{ paper.title }} [@alpha2020].\n")
    repository.commit(tag="v1.0")
    before = json.loads((repository.bench.build().folder / "edition.json").read_text())
    repository.bench.file("README.md", "unrelated")
    repository.commit(tag="v1.1")
    repository.section("# A\n\nSecond words.\n")
    repository.commit(tag="v2.0")
    old, new = opened("v1.1", "v2.0")
    assert "First words A small paper" in text(old)
    assert "(Alpha, 2020)" in text(old) or "Alpha 2020" in text(old)
    assert "Second words" in text(new)
    assert (old.identity.commit, old.identity.epoch, old.identity.modified) == (before["commit"], before["epoch"], False)
    assert old.identity.commit == repository.git("rev-parse", "v1.0")
    assert (old.label, old.commit.hash) == ("v1.1", repository.git("rev-parse", "v1.1"))
    assert not old.workspace.root.exists()
    assert old.workspace.cache == repository.root / ".penholder" / "cache"


def test_the_working_tree_is_new_unless_another_is_named(repository, opened):
    repository.section("# A\n\nCommitted.\n")
    repository.commit()
    assert text(opened("HEAD")[1]) == text(opened("HEAD")[0])
    repository.section("# A\n\nNot yet.\n")
    old, new = opened("HEAD")
    assert ("Committed" in text(old), "Not yet" in text(new)) == (True, True)
    assert (new.commit, new.label, new.identity.modified) == (None, "working tree", True)


def test_equal_revisions_are_two_equal_versions(repository, opened):
    repository.section("# A\n\nWords.\n")
    repository.commit(tag="v1.0")
    old, new = opened("v1.0", "v1.0")
    assert old.document.sections[0].blocks == new.document.sections[0].blocks


def test_a_renamed_paper_is_followed(repository, opened):
    repository.section("# A\n\nWords.\n")
    repository.commit(tag="v1.0")
    repository.git("mv", "papers/p", "papers/q")
    repository.commit(tag="v2.0")
    old, new = opened("v1.0", "v2.0", "q")
    assert (old.slug, new.slug) == ("p", "q")
    assert opened("v1.0", None, "q")[0].slug == "p"


def test_a_paper_that_was_not_there_yet_or_is_no_longer(repository, opened):
    repository.commit(tag="v0.1")
    shutil.copytree(repository.root / "papers/p", repository.root / "papers/late")
    repository.commit(tag="v1.2")
    with pytest.raises(UsageError, match=r"no paper called 'late' in v0.1; it is first in v1.2$") as caught:
        opened("v0.1", "v1.2", "late")
    assert "p" in caught.value.remedy
    shutil.rmtree(repository.root / "papers/late")
    repository.commit(tag="v2.0")
    with pytest.raises(UsageError, match=r"in v2.0; it is first in v1.2 and last in v1.2$"):
        opened("v1.2", "v2.0", "late")
    with pytest.raises(UsageError, match=r"no paper called 'never' in the working tree$"):
        opened("v1.2", None, "never")


BROKEN = {
    "paper.yaml": ("papers/p/paper.yaml", "title: [\n", "YAML001"),
    "an older schema": ("papers/p/paper.yaml", "schema_version: 0\ntitle: Old\nsections: [10-a.md]\n", "YAML005"),
    "front matter": ("papers/p/sections/10-a.md", "---\ntitle: [\n---\n\nFirst words.\n", "YAML001"),
    "a template": ("papers/p/sections/10-a.md", "First words {{ nosuch }} {% if %}\n", "TMPL001"),
    "a listed section": ("papers/p/paper.yaml", "title: T\nsections: [10-a.md, 20-b.md]\n", "SECT001"),
    "penholder.toml": ("penholder.toml", "name = \n", "YAML001"),
    "a merge": ("papers/p/sections/10-a.md", "First words\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n", "SECT010"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_version_that_does_not_build_is_read_as_far_as_it_goes(repository, opened, what):
    path, content, code = BROKEN[what]
    repository.section("# A\n\nFirst words.\n")
    good = (repository.root / path).read_bytes()
    repository.bench.file(path, content)
    repository.commit(tag="v1.0")
    repository.bench.file(path, good)
    repository.commit()
    old, new = opened("v1.0")
    found = [f for f in old.findings if f.code.id == code]
    assert found, codes(old)
    assert found[0].span.path == f"v1.0:{path}"
    assert "First words" in text(old)
    assert codes(new) == []


def test_a_version_that_was_no_workspace_takes_the_settings_of_the_newer(repository, opened):
    repository.section("# A\n\nFirst words.\n")
    toml = (repository.root / "penholder.toml").read_text()
    (repository.root / "penholder.toml").unlink()
    repository.commit(tag="v1.0")
    repository.bench.file("penholder.toml", toml)
    old, _ = opened("v1.0")
    assert old.workspace.settings.name == "Test"
    assert [str(f.span) for f in old.findings if f.code.id == "FILE001"] == ["v1.0:penholder.toml"]


def test_a_link_that_leads_out_is_refused_as_in_a_build(repository, opened, tmp_path):
    (tmp_path / "secret.md").write_text("# Secret\n\nSecret words.\n")
    repository.section("# A\n\nWords.\n")
    repository.section("x", "20-b.md")
    (repository.root / "papers/p/sections/20-b.md").unlink()
    (repository.root / "papers/p/sections/20-b.md").symlink_to(tmp_path / "secret.md")
    repository.commit(tag="v1.0")
    old, new = opened("v1.0")
    for version in (old, new):
        assert "Secret words" not in text(version)
        assert "FILE003" in codes(version)


def test_a_workspace_below_the_root_of_its_repository(bench, worker, tmp_path):
    bench.section("10-a.md", "# A\n\nWords.\n")
    run = lambda *a: subprocess.run(["git", "-c", "user.name=T", "-c", "user.email=t@x", *a], cwd=tmp_path, check=True)  # noqa: E731
    run("init", "-q")
    run("add", "work")
    run("commit", "-q", "-m", "x")
    with open_versions(bench.root, "p", "HEAD", None, worker) as (old, new):
        assert text(old) == text(new)
        assert old.identity == new.identity


def test_pictures_of_a_version_are_those_of_its_time(repository, opened):
    from samples import PNG, SVG

    repository.bench.file("papers/p/figures/a.png", PNG)
    repository.section('# A\n\n![Caption](../figures/a.png){alt="x"}\n')
    repository.commit(tag="v1.0")
    repository.bench.file("papers/p/figures/a.png", SVG)
    old, new = opened("v1.0")
    assert [p.kind for p in old.document.pictures.values()] == ["png"]
    assert [p.kind for p in new.document.pictures.values()] == ["svg"]
