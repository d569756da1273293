"""Submissions made from a profile's own rules: one that keeps them all, and one that breaks every one of them.

``passing`` reads a profile and writes what it asks for. ``breaking`` takes that apart, rule by rule: ``BREAKS`` says how
each rule of the rulebook is broken, whatever value a profile gives it.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from penholder.checks.registry import all_rules
from penholder.features.profile_rules import Profile, Rule
from penholder.features.submission.checking.registry import DELEGATED
from samples import SVG

LIBRARY = """\
@book{alpha2020,
  author = {Alpha, Anna}, title = {{First Things}}, date = {2020}, publisher = {North Press}, location = {Leeds},
}
@report{beta2021,
  author = {Beta, Bob}, title = {{Second Thoughts}}, date = {2021}, institution = {South Body}, type = {report},
}
"""
NOW = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)
DEADLINE = "2026-12-11 17:00 Europe/London"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PUBLISHED = (
    "Whoever buys for the public should say before the tender what the money is for, should ask those who live with the need, "
    "should keep the promise in the contract, and should tell everybody in the end what came of it and what did not."
)
Tamper = Callable[[dict[str, str]], None]


@dataclass
class Case:
    """A workspace with one paper and one submission of it, still to be written; ``tampers`` change the Word file that is sent."""

    profile: str
    sections: dict[str, str]
    submission: dict[str, Any]
    paper: dict[str, Any]
    files: dict[str, str | bytes] = field(default_factory=dict)
    tampers: list[Tamper] = field(default_factory=list)
    sent: dict[str, bytes] = field(default_factory=dict)
    name: str = ""
    pad: int = 0
    now: dt.datetime = NOW

    def write(self, root: Path) -> Path:
        texts: dict[str, str | bytes] = {
            "penholder.toml": 'schema_version = 1\nname = "Test"\ncitation_style = "apa"\n',
            "citations/library.bib": LIBRARY,
            "papers/paper/paper.yaml": json.dumps({**self.paper, "sections": list(self.sections)}, ensure_ascii=False),
            "papers/paper/submissions/s.yaml": json.dumps(self.submission, ensure_ascii=False, indent=1),
            **{f"papers/paper/sections/{name}": text for name, text in self.sections.items()},
            **self.files,
        }
        for name, content in texts.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return root

    @property
    def by_hand(self) -> bool:
        """Whether what is sent is not what Penholder makes."""
        return bool(self.tampers or self.sent or self.name or self.pad)


def section(title: str, body: str, **front: object) -> str:
    said = "".join(f"{k}: {json.dumps(v)}\n" for k, v in {"title": title, **front}.items())
    return f"---\n{said}---\n\n{body}\n"


# one that keeps every rule -------------------------------------------------------------------------


def passing(profile: Profile, overlays: tuple[str, ...] = ()) -> Case:
    """What the profile asks for: a form is answered, a document has its parts in their places."""
    asked = profile.rules
    points = "- Say what the money is for.\n- Ask those who live with the need.\n"
    sections = {
        "10-summary.md": section("Summary", points, kind="summary"),
        "20-introduction.md": section("Introduction", "North Body speaks for small towns. We write because rules for buying change."),
        "30-need.md": section("What is needed", "Councils buy services [@alpha2020]. They learn from those who use them."),
        "80-recommendations.md": section("Recommendations", '::: {.recommendation to="The Cabinet Office"}\nPublish what was done.\n:::'),
        "90-annex.md": section("Method", "We read what was published.", kind="annex"),
    }
    submission: dict[str, Any] = {
        "schema_version": 1, "profile": profile.id, "overlays": list(overlays), "addressee": "The recipient", "deadline": DEADLINE,
        "inquiry": {"name": "What money is for", "id": "ABC-2026-0001"}, "consent": {"publish": "with-name", "names": True},
        "questions": [
            {"id": "Q1", "text": "What is needed?"},
            {"id": "Q2", "text": "Do you agree?", "kind": "choice", "choices": ["Agree", "Disagree"]},
        ],
        "answers": [{"question": "Q1", "sections": ["30-need.md"]}, {"question": "Q2", "choice": "Agree"}],
    }  # fmt: skip
    if profile.file.makes != ("form",):
        submission["sections"] = list(sections)
    if "REG-ID" in asked:
        wanted = [v for v in asked["REG-ID"].setting.values if v != "docket"]
        submission["cover"] = {"registrations": [{"register": v, "number": "0123"} for v in wanted]}
    if "LANG-PAIR" in asked:
        setting = asked["LANG-PAIR"].setting
        submission["languages"] = list(setting.values[: int(setting.min or len(setting.values))])
    paper = {
        "schema_version": 1, "title": "What money is for", "date": "2026-11-20", "language": "en-GB", "status": "final",
        "organisations": [{"name": "North Body"}],
    }  # fmt: skip
    return Case(profile.id, sections, submission, paper)


# one that breaks every rule ----------------------------------------------------------------------------


def breaking(profile: Profile, overlays: tuple[str, ...] = ()) -> Case:
    """The passing one with every rule broken, in the order of the rulebook."""
    case = passing(profile, overlays)
    for rule in profile.rules.values():
        BREAKS[rule.id](case, rule)
    return case


BREAKS: dict[str, Callable[[Case, Rule], None]] = {}


def breaks(*rules: str) -> Callable[[Callable[[Case, Rule], None]], Callable[[Case, Rule], None]]:
    def note(made: Callable[[Case, Rule], None]) -> Callable[[Case, Rule], None]:
        BREAKS.update(dict.fromkeys(rules, made))
        return made

    return note


def own_section(case: Case, name: str, text: str) -> None:
    """One more section of the paper that goes out, before the annexes."""
    case.sections[name] = text
    if "sections" in case.submission:
        case.submission["sections"].append(name)
    else:
        case.submission["answers"][0]["sections"].append(name)


@breaks("LEN-WORDS")
def _(case: Case, rule: Rule) -> None:
    own_section(case, "31-long.md", section("Long", "word " * (int(rule.setting.max or 0) + 1)))


@breaks("LEN-PAGES")
def _(case: Case, rule: Rule) -> None:
    own_section(case, "32-pages.md", section("Pages", "\n\n".join(["Some words."] * 45 * (int(rule.setting.max or 0) + 1))))


@breaks("LEN-ANSWER")
def _(case: Case, rule: Rule) -> None:
    case.submission["answers"][0]["text"] = "a " * (int(rule.setting.max or 0) // 2 + 2)


@breaks("STR-SUMMARY")
def _(case: Case, rule: Rule) -> None:
    """A summary that is too long where its length matters, else none. Where it is asked of long documents, one that is long."""
    if rule.setting.max:
        text = "\n\n".join(["A point that is made at some length and at last ends."] * 40 * (int(rule.setting.max) + 1))
        case.sections["10-summary.md"] = section("Summary", text, kind="summary")
    else:
        del case.sections["10-summary.md"]
        case.submission["sections"].remove("10-summary.md")
    if rule.setting.over:
        own_section(case, "33-over.md", section("More", "\n\n".join(["Some words."] * 45 * int(rule.setting.over))))


@breaks("STR-PARANUM")
def _(case: Case, rule: Rule) -> None:
    own_section(case, "34-plain.md", section("Without numbers", "This stands without a number.", numbered=False))


@breaks("STR-NOPAGENUM")
def _(case: Case, rule: Rule) -> None:
    def tamper(parts: dict[str, str]) -> None:
        name = next(n for n in parts if n.startswith("word/footer"))
        parts[name] = parts[name].replace("</w:p>", '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p>', 1)

    case.tampers.append(tamper)


@breaks("STR-SUBMITTER")
def _(case: Case, rule: Rule) -> None:
    case.paper["organisations"] = []


@breaks("STR-DATE")
def _(case: Case, rule: Rule) -> None:
    case.paper["date"] = None


@breaks("STR-INTRO")
def _(case: Case, rule: Rule) -> None:
    del case.sections["20-introduction.md"]
    case.submission["sections"].remove("20-introduction.md")


@breaks("STR-QUESTIONS")
def _(case: Case, rule: Rule) -> None:
    case.submission["questions"].append({"id": "Q9", "text": "What else?"})


@breaks("STR-RECS")
def _(case: Case, rule: Rule) -> None:
    del case.sections["80-recommendations.md"]
    case.submission["sections"].remove("80-recommendations.md")


@breaks("FILE-TYPE")
def _(case: Case, rule: Rule) -> None:
    case.sent["North-Body.pages"] = b"pages"


@breaks("FILE-SIZE")
def _(case: Case, rule: Rule) -> None:
    case.pad = int((rule.setting.max or 0) * 1_000_000)


@breaks("FILE-SINGLE")
def _(case: Case, rule: Rule) -> None:
    case.sent |= {f"North-Body-annex-{i}.txt": b"An annex." for i in range(int(rule.setting.max or 1))}


@breaks("FILE-MACRO")
def _(case: Case, rule: Rule) -> None:
    case.tampers.append(lambda parts: parts.update({"word/vbaProject.bin": "code"}))


@breaks("FILE-RESIDUE")
def _(case: Case, rule: Rule) -> None:
    def tamper(parts: dict[str, str]) -> None:
        change = f'<w:ins xmlns:w="{W}" w:id="9999" w:author="Anna"><w:r><w:t>added</w:t></w:r></w:ins>'
        parts["word/document.xml"] = parts["word/document.xml"].replace("</w:p>", f"{change}</w:p>", 1)
        parts["docProps/core.xml"] = parts["docProps/core.xml"].replace("</cp:coreProperties>", "<cp:lastModifiedBy>Anna</cp:lastModifiedBy></cp:coreProperties>")

    case.tampers.append(tamper)


@breaks("FILE-NAME")
def _(case: Case, rule: Rule) -> None:
    case.name = "Antwort für später (final).docx"


@breaks("IMG-LOGO")
def _(case: Case, rule: Rule) -> None:
    a, r = "http://schemas.openxmlformats.org/drawingml/2006/main", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    drawing = f'<w:r><w:drawing><a:blip xmlns:a="{a}" xmlns:r="{r}" r:embed="rId900"/></w:drawing></w:r>'

    def tamper(parts: dict[str, str]) -> None:
        parts["word/document.xml"] = parts["word/document.xml"].replace("</w:p>", f"{drawing}</w:p>", 1)

    case.tampers.append(tamper)


@breaks("COLOUR")
def _(case: Case, rule: Rule) -> None:
    def tamper(parts: dict[str, str]) -> None:
        parts["word/document.xml"] = parts["word/document.xml"].replace("<w:r>", '<w:r><w:rPr><w:color w:val="C00000"/></w:rPr>', 1)

    case.tampers.append(tamper)


@breaks("PRIV-CONTACT")
def _(case: Case, rule: Rule) -> None:
    case.files["private/contact.yaml"] = 'name: Carl Clerk\nemail: carl@north.example\nphone: "020 7946 0018"\n'
    case.submission["contact"] = "private/contact.yaml"
    own_section(case, "35-contact.md", section("Contact", "Call +44 (0)20 7946 0018."))


@breaks("PUB-PRIOR")
def _(case: Case, rule: Rule) -> None:
    case.files["papers/other/paper.yaml"] = "schema_version: 1\ntitle: Other\nsections: [10-text.md]\n"
    case.files["papers/other/sections/10-text.md"] = section("Text", f"{PUBLISHED}\n" * 12)
    case.files["papers/other/submissions/old.yaml"] = "schema_version: 1\nprofile: submission\n"
    case.files["papers/other/submissions/old/record.yaml"] = (
        "schema_version: 1\nsteps:\n  - {state: submitted, date: 2026-01-02}\n  - {state: public, date: 2026-03-04}\n"
    )
    own_section(case, "36-published.md", section("Published", f"{PUBLISHED}\n" * 12))


@breaks("PUB-EMBARGO")
def _(case: Case, rule: Rule) -> None:
    case.files["penholder.toml"] = 'schema_version = 1\nname = "Test"\ncitation_style = "apa"\nvisibility = "public"\n'
    case.files["papers/paper/submissions/s/record.yaml"] = "schema_version: 1\nsteps:\n  - {state: submitted, date: 2026-11-24}\n"


@breaks("LANG-PAIR")
def _(case: Case, rule: Rule) -> None:
    setting = rule.setting
    one_is_enough = (setting.min or len(setting.values)) <= 1
    case.submission |= {"languages": []} | ({"language": "is"} if one_is_enough else {})


@breaks("CONF-REASON")
def _(case: Case, rule: Rule) -> None:
    case.submission["confidential"] = [{"part": "all"}]


@breaks("REG-ID")
def _(case: Case, rule: Rule) -> None:
    case.submission.pop("cover", None)
    case.submission["inquiry"] = {"name": "What money is for"}


@breaks("DEADLINE")
def _(case: Case, rule: Rule) -> None:
    case.now = dt.datetime(2026, 12, 11, 17, 0, 1, tzinfo=dt.UTC)


@breaks("A11Y-TITLE")
def _(case: Case, rule: Rule) -> None:
    case.submission["title"] = "Position paper"


@breaks("A11Y-CONTRAST")
def _(case: Case, rule: Rule) -> None:
    """Colours are taken out of most submissions: only one that keeps them can have one that is hard to read."""
    case.files |= dict(_example("ACCE019").files)


@breaks("A11Y-PDFUA")
def _(case: Case, rule: Rule) -> None:
    case.sent["North-Body.pdf"] = b"%PDF-1.4\nno tags"


@breaks("CITE-MISSING")
def _(case: Case, rule: Rule) -> None:
    own_section(case, "37-cited.md", section("Cited", "So they say [@nosuch2021]."))


@breaks("LINK-DEAD")
def _(case: Case, rule: Rule) -> None:
    """Only with the network: see the test of it."""


_BY_EXAMPLE = {
    "A11Y-LANG": "ACCE022", "A11Y-HEAD": "ACCE005", "A11Y-ALT": "ACCE001", "A11Y-TABLE": "ACCE006", "A11Y-LINK": "ACCE011",
    "A11Y-CAPS": "ACCE014", "EVID-UNSOURCED": "EVID001", "EVID-FIELDS": "EVID004", "EVID-STALE": "EVID006", "EVID-SUPERSEDED": "EVID011",
    "EVID-CONFLICT": "EVID002", "EVID-PERCENT": "EVID003", "CITE-DUPLICATE": "CREF001", "CITE-FIELDS": "CREF002", "CITE-UNUSED": "CREF003",
    "CITE-LEGAL": "CREF006", "STYLE-LATIN": "PLAI006", "STYLE-SENTENCE": "PLAI001", "STYLE-ACRONYM": "PLAI002", "STYLE-NUMBER": "PLAI012",
    "STYLE-DATE": "PLAI009", "STYLE-WORDS": "PLAI008",
}  # fmt: skip


def _example(code: str) -> Any:
    return next(r for r in all_rules() if r.id == code).bad


def by_example(case: Case, rule: Rule) -> None:
    """With the example of the rule of ``penholder check`` that answers for it."""
    code = _BY_EXAMPLE[rule.id]
    assert code in DELEGATED[rule.id]
    example = _example(code)
    text = example.section if example.section.startswith("---\n") else section(f"On {rule.id.lower()}", example.section)
    own_section(case, f"40-{rule.id.lower()}.md", text)
    case.files |= {name: content for name, content in example.files.items() if not name.endswith("paper.yaml")}


BREAKS.update(dict.fromkeys(_BY_EXAMPLE, by_example))


# what is sent in place of what Penholder makes ---------------------------------------------------------


def tampered(docx: bytes, tampers: list[Tamper], pad: int = 0) -> bytes:
    """A Word file with its parts changed, and made as large as ``pad``."""
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        raw = {n: package.read(n) for n in package.namelist()}
    texts = {n: d.decode() for n, d in raw.items() if n.endswith((".xml", ".rels"))}
    for tamper in tampers:
        tamper(texts)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in {**raw, **{n: t.encode() for n, t in texts.items()}}.items():
            package.writestr(name, data)
        if pad:
            package.writestr("word/media/pad.bin", bytes(pad))
    return out.getvalue()


def examples_of(rules: Mapping[str, Rule]) -> list[str]:
    """The rules that can be broken without the network."""
    return [name for name in rules if name != "LINK-DEAD"]


__all__ = ["BREAKS", "SVG", "Case", "breaking", "examples_of", "passing", "section", "tampered"]
