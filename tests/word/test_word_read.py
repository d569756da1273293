"""Reading a DOCX back: what a reader sees, all of it, once."""

from __future__ import annotations

import pytest

from penholder.adapters import word
from penholder.adapters.word.package import read_parts, write_parts
from penholder.adapters.word.xml import MC, W
from penholder.errors import LimitError


def document(body: str, **parts: str) -> bytes:
    text = f'<w:document xmlns:w="{W}" xmlns:mc="{MC}"><w:body>{body}</w:body></w:document>'
    return write_parts({"word/document.xml": text.encode(), **{k: v.encode() for k, v in parts.items()}})


def texts(body: str) -> list[str]:
    return [paragraph.text for paragraph in word.read_text(document(body)).body]


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def test_fields_give_their_result_not_their_instruction() -> None:
    assert texts(f"<w:p>{word.seq_field('Table', 7)}{word.ref_field('x', 'paragraph 3')}</w:p>") == ["7paragraph 3"]


def test_insertions_count_and_deletions_do_not() -> None:
    body = (
        f"<w:p><w:ins>{run('new')}</w:ins><w:del><w:r><w:delText>old</w:delText></w:r></w:del>"
        f"<w:moveFrom>{run('from')}</w:moveFrom><w:moveTo>{run('to')}</w:moveTo></w:p>"
    )
    assert texts(body) == ["newto"]


def test_hidden_text_is_flagged() -> None:
    styles = (
        f'<w:styles xmlns:w="{W}"><w:style w:styleId="Secret"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:styleId="Heir"><w:basedOn w:val="Secret"/></w:style></w:styles>'
    )
    heir, shown = '<w:rStyle w:val="Heir"/>', '<w:vanish w:val="0"/>'
    body = f"<w:p>{run('seen')}{run('gone', '<w:vanish/>')}{run('also', heir)}{run('shown', shown)}</w:p>"
    (paragraph,) = word.read_text(document(body, **{"word/styles.xml": styles})).body
    assert (paragraph.text, paragraph.hidden) == ("seenshown", "gonealso")


def test_a_text_box_counts_once() -> None:
    box = f"<w:txbxContent><w:p>{run('box')}</w:p></w:txbxContent>"
    body = (
        f"<w:p>{run('before')}<w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert texts(body) == ["before", "box"]


def test_characters_that_are_elements() -> None:
    body = "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t></w:r></w:p>"
    assert texts(body) == ["a\tb\nc\u2011d"]


def test_kinds(finished: bytes) -> None:
    body = word.read_text(finished).body
    kinds = {p.text: (p.kind, p.level) for p in body}
    assert kinds["Analyse & plan"] == ("heading", 1)
    assert kinds["A <duty>"] == ("heading", 2)
    assert kinds["Table 1 Spend by stage"] == ("caption", 0)
    assert kinds["Figure 1 The cycle"] == ("caption", 0)
    assert kinds["Stage 2"] == kinds["74"] == ("cell", 0)
    assert kinds["Account for it."] == ("paragraph", 0)
    assert next(p.style for p in body if p.text.startswith("Alpha")) == "NumberedParagraph"


def test_pictures_speak(finished: bytes) -> None:
    assert word.read_text(finished).alternatives == ("Five stages in a ring", "")


def test_a_zip_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("penholder.adapters.zipped.MAX_UNPACKED", 1000)
    with pytest.raises(LimitError):
        word.read_text(write_parts({"word/document.xml": b" " * 2000}))


def test_entities_are_not_expanded() -> None:
    evil = (
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
        f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>x&a;</w:t></w:r></w:p></w:body></w:document>'
    )
    (paragraph,) = word.read_text(write_parts({"word/document.xml": evil.encode()})).body
    assert "root:" not in paragraph.text


def test_parts_round_trip() -> None:
    parts = {"b.xml": b"2", "[Content_Types].xml": b"1", "word/media/a.png": b"3"}
    assert read_parts(write_parts(parts)) == parts
