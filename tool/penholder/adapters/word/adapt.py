"""A body's own Word file as the reference document: its looks kept, what it lacks put in.

Its styles win; ours are added under names it does not have, numbering where its numbered
styles have none, the draft mark below its footers. Style ids (which differ between
languages of Word) become ours, for raw markup must name them.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

from lxml import etree

from penholder.adapters.word.furniture import draft_mark
from penholder.adapters.word.house_numbering import Numbering
from penholder.adapters.word.package import read_parts, write_parts
from penholder.adapters.word.reference import ReferenceSpec, reference_docx
from penholder.adapters.word.xml import CONTENT_TYPES, HEAD, PACKAGE_RELATIONSHIPS, ROOT, R, insert, parse, serialise, w
from penholder.errors import PenholderError

_STYLES, _DOCUMENT, _NUMBERING = "word/styles.xml", "word/document.xml", "word/numbering.xml"
_RELATIONS, _TYPES = "word/_rels/document.xml.rels", "[Content_Types].xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_NAMES = tuple(
    w(name) for name in ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link", "styleLink", "numStyleLink")
)
_VAL, _ID = w("val"), w("styleId")


def adapted(reference: bytes, spec: ReferenceSpec) -> bytes:
    """The body's Word file, made fit for our papers. The same input gives the same bytes.

    Raises ``PenholderError`` if it is no Word file or has no styles.
    """
    parts = read_parts(reference)
    if not {_STYLES, _DOCUMENT, _RELATIONS, _TYPES} <= parts.keys():
        raise PenholderError("The house's Word file (reference_docx) has no styles.", "Save it from Word as .docx.")
    own = read_parts(reference_docx(spec))
    roots = {name: parse(data) for name, data in parts.items() if name.startswith("word/") and name.endswith(".xml")}
    ours = parse(own[_STYLES])
    _use_our_ids(roots, ours)
    if _NUMBERING not in roots:
        roots[_NUMBERING] = parse(f"{HEAD}<w:numbering {ROOT}/>".encode())
        _join(parts, "numbering.xml", "numbering")
    numbering = Numbering(roots[_NUMBERING], parse(own[_NUMBERING]))
    numbering.make_low(roots[_STYLES])
    added = _add_styles(roots[_STYLES], ours)
    numbering.complete(roots[_STYLES], added, headings=spec.heading_numbers)
    if spec.draft:
        _mark_draft(parts, roots, spec.draft)
    return write_parts(parts | {name: serialise(root) for name, root in roots.items()})


def _styles(root: etree._Element) -> Iterator[tuple[str, str, etree._Element]]:
    """Kind, name in lower case and element of each style."""
    for style in root.iterfind(w("style")):
        name = style.find(w("name"))
        yield style.get(w("type"), ""), ("" if name is None else name.get(_VAL, "")).lower(), style


def _use_our_ids(roots: dict[str, etree._Element], ours: etree._Element) -> None:
    """Rename the ids of styles that we know by name, everywhere."""
    known = {(kind, name): style.get(_ID, "") for kind, name, style in _styles(ours)}
    wanted = set(known.values())
    changes: dict[str, str] = {}
    for kind, name, style in _styles(roots[_STYLES]):
        old = style.get(_ID, "")
        new = known.get((kind, name))
        if new is None and old in wanted:
            new = f"{old}House"
        if new and new != old:
            changes[old] = new
            style.set(_ID, new)
    if changes:
        for root in roots.values():
            for element in root.iter(*_NAMES):
                element.set(_VAL, changes.get(element.get(_VAL, ""), element.get(_VAL, "")))


def _add_styles(theirs: etree._Element, ours: etree._Element) -> set[str]:
    """Put in our styles of names that ``theirs`` does not have; give their ids."""
    present = {(kind, name) for kind, name, _ in _styles(theirs)}
    added = set()
    for kind, name, style in _styles(ours):
        if (kind, name) not in present:
            copy = deepcopy(style)
            copy.attrib.pop(w("default"), "")
            theirs.append(copy)
            added.add(style.get(_ID, ""))
    return added


def _mark_draft(parts: dict[str, bytes], roots: dict[str, etree._Element], draft: str) -> None:
    """A line below every footer; a footer where there is none."""
    line = f'<w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{draft_mark(draft)}</w:p>'
    footers = [root for root in roots.values() if root.tag == w("ftr")]
    for root in footers:
        marked = parse(f"<w:ftr {ROOT}>{line}</w:ftr>".encode())
        root.append(marked[0])
    sections = list(roots[_DOCUMENT].iter(w("sectPr")))
    if any(section.find(w("footerReference")) is not None for section in sections):
        return
    roots["word/footer99.xml"] = parse(f"{HEAD}<w:ftr {ROOT}>{line}</w:ftr>".encode())
    identifier = _join(parts, "footer99.xml", "footer")
    body = roots[_DOCUMENT].find(w("body"))
    if body is None:
        return
    section = sections[-1] if sections else insert(body, len(body), "sectPr")
    reference = insert(section, len(section.findall(w("headerReference"))), "footerReference")
    reference.set(w("type"), "default")
    reference.set(f"{{{R}}}id", identifier)


def _join(parts: dict[str, bytes], name: str, kind: str) -> str:
    """Make a new part of the main document known; its relationship's id."""
    relations, types = parse(parts[_RELATIONS]), parse(parts[_TYPES])
    identifier = f"rIdHouse{len(relations) + 1}"
    relation = etree.SubElement(relations, f"{{{PACKAGE_RELATIONSHIPS}}}Relationship")
    relation.set("Id", identifier)
    relation.set("Type", f"{_OFFICE}/{kind}")
    relation.set("Target", name)
    override = etree.SubElement(types, f"{{{CONTENT_TYPES}}}Override")
    override.set("PartName", f"/word/{name}")
    override.set("ContentType", f"{_MAIN}.{kind}+xml")
    parts[_RELATIONS], parts[_TYPES] = serialise(relations), serialise(types)
    return identifier
