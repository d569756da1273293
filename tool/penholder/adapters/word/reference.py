"""The reference document: an empty DOCX that carries a theme's look to pandoc.

pandoc takes its styles, numbering, page, header and footer from here, and writes the
text. All of it is made from the theme, nothing is copied from pandoc's own reference.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from penholder.adapters.word.furniture import first_header_xml, footer_xml, header_xml
from penholder.adapters.word.layout import PageSize, page_layout
from penholder.adapters.word.numbering import numbering_xml
from penholder.adapters.word.package import write_parts
from penholder.adapters.word.parts import (
    app_xml,
    core_xml,
    custom_xml,
    font_table_xml,
    footnotes_xml,
    section_xml,
    settings_xml,
    theme_xml,
)
from penholder.adapters.word.styles import styles_xml
from penholder.adapters.word.xml import CONTENT_TYPES, HEAD, PACKAGE_RELATIONSHIPS, ROOT
from penholder.model.theme import Furniture, Theme

_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STYLES = "word/styles.xml"
_WORD_PARTS = ("styles", "numbering", "settings", "fontTable", "footnotes", "header", "footer")


class ReferenceSpec(NamedTuple):
    """What a paper asks of its reference document.

    ``furniture``: header and footer with every placeholder filled except ``{page}`` and
    ``{pages}`` (``{page_of}`` is filled from the theme's labels here). ``language``: a BCP 47
    tag. ``cover``: the first page is bare but for its band. ``draft``: stands in the footer,
    "" when final. ``cover_text``: the height in twips of what stands on the cover.
    """

    theme: Theme
    furniture: Furniture
    language: str = "en-GB"
    paper: PageSize = "a4"
    cover: bool = True
    draft: str = ""
    heading_numbers: bool = False
    cover_text: int = 4000


class Reference(NamedTuple):
    """A reference document: the DOCX for pandoc's ``reference_doc``, and the styles it was not shown, for ``finish``.

    Where they are missing pandoc writes stand-ins of the same names and ids; to read and write all of ours would be a
    third of what a short paper's Word file costs it.
    """

    docx: bytes
    styles: bytes = b""


def reference_docx(spec: ReferenceSpec) -> bytes:
    """The reference document, whole. The same spec gives the same bytes."""
    return write_parts(_parts(spec))


def bare_reference(spec: ReferenceSpec) -> Reference:
    """The reference document without its styles, and these."""
    parts = _parts(spec)
    styles = parts[_STYLES]
    parts[_STYLES] = f"{HEAD}<w:styles {ROOT}/>".encode()
    return Reference(write_parts(parts), styles)


def _parts(spec: ReferenceSpec) -> dict[str, bytes]:
    theme, page = spec.theme, page_layout(spec.theme, spec.paper)
    furniture = _with_page_of(spec.furniture, theme.words(spec.language)["page_of"])
    accent = theme.colours.accent.removeprefix("#").upper()
    small = theme.sizes.small
    section = section_xml(page, header="rId6", footer="rId7", first="rId8", cover=spec.cover)
    spare = max(1200, page.height - page.top - page.bottom - spec.cover_text)
    gaps = (round(spare * 0.4), round(spare * 0.52)) if spec.cover else (240, 480)
    texts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _package_relationships(),
        "word/document.xml": f"{HEAD}<w:document {ROOT}><w:body><w:p/>{section}</w:body></w:document>",
        "word/_rels/document.xml.rels": _document_relationships(),
        _STYLES: styles_xml(theme, page, language=spec.language, heading_numbers=spec.heading_numbers, cover=gaps),
        "word/numbering.xml": numbering_xml(page, heading_numbers=spec.heading_numbers, accent=accent),
        "word/settings.xml": settings_xml(spec.language),
        "word/fontTable.xml": font_table_xml(theme),
        "word/footnotes.xml": footnotes_xml(),
        "word/header1.xml": header_xml(furniture),
        "word/header2.xml": first_header_xml(page),
        "word/footer1.xml": footer_xml(furniture, page, size=small, draft=spec.draft),
        "word/theme/theme1.xml": theme_xml(theme),
        "docProps/core.xml": core_xml(title="", creator="", language=spec.language, epoch=0),
        "docProps/app.xml": app_xml(""),
        "docProps/custom.xml": custom_xml({}),
    }
    return {name: text.encode() for name, text in texts.items()}


def _with_page_of(furniture: Furniture, page_of: str) -> Furniture:
    filled = {
        name: getattr(furniture, name).replace("{page_of}", page_of)
        for name in ("header", "footer_left", "footer_centre", "footer_right")
    }
    return Furniture(**filled)


def _target(part: str) -> str:
    return f"{part}1.xml" if part in ("header", "footer") else f"{part}.xml"


def _content_types() -> str:
    overrides = {"word/document.xml": f"{_MAIN}.document.main+xml"}
    overrides |= {f"word/{_target(part)}": f"{_MAIN}.{part}+xml" for part in _WORD_PARTS}
    overrides |= {"word/header2.xml": f"{_MAIN}.header+xml"}
    office = "application/vnd.openxmlformats-officedocument"
    overrides |= {
        "word/theme/theme1.xml": f"{office}.theme+xml",
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "docProps/app.xml": f"{office}.extended-properties+xml",
        "docProps/custom.xml": f"{office}.custom-properties+xml",
    }
    listed = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in overrides.items())
    return (
        f'{HEAD}<Types xmlns="{CONTENT_TYPES}"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{listed}</Types>'
    )


def _document_relationships() -> str:
    listed = [(part, _target(part)) for part in _WORD_PARTS]
    listed += [("header", "header2.xml"), ("theme", "theme/theme1.xml")]
    return _relationships((f"{_RELATION}/{kind}", target) for kind, target in listed)


def _package_relationships() -> str:
    core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    return _relationships(
        (
            (f"{_RELATION}/officeDocument", "word/document.xml"),
            (core, "docProps/core.xml"),
            (f"{_RELATION}/extended-properties", "docProps/app.xml"),
            (f"{_RELATION}/custom-properties", "docProps/custom.xml"),
        )
    )


def _relationships(pairs: Iterable[tuple[str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(pairs, start=1)
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE_RELATIONSHIPS}">{listed}</Relationships>'
