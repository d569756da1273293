"""The fixed parts of a DOCX that are ours: theme, fonts, settings, notes, properties.

Sources: ECMA-376 Part 1 (17.8 fonts, 17.11 notes, 17.15 settings, 20.1.6 theme), Part 2
(11 core properties), and for ``compatSetting`` Microsoft's [MS-DOCX] 2.3.1.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from penholder.adapters.word.layout import Layout
from penholder.adapters.word.xml import HEAD, ROOT, A, M, escape
from penholder.model.theme import Theme

_VT = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


def settings_xml(language: str, *, keep_names: bool = False) -> str:
    """Settings: nothing is updated or asked on opening; Word 2013 layout; no identities kept.

    ``keep_names``: those of the authors of changes, which Word would else take out when it saves.
    """
    tag = escape(language)
    compatibility = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" w:val="{value}"/>'
        for name, value in (
            ("compatibilityMode", 15),
            ("overrideTableStyleFontSizeAndJustification", 1),
            ("enableOpenTypeFeatures", 1),
            ("doNotFlipMirrorIndents", 1),
            ("differentiateMultirowTableHeaders", 1),
        )
    )
    colours = " ".join(
        f'w:{name}="{value}"'
        for name, value in (
            ("bg1", "light1"), ("t1", "dark1"), ("bg2", "light2"), ("t2", "dark2"),
            *((f"accent{n}", f"accent{n}") for n in range(1, 7)),
            ("hyperlink", "hyperlink"), ("followedHyperlink", "followedHyperlink"),
        )
    )  # fmt: skip
    return (
        f'{HEAD}<w:settings {ROOT} xmlns:m="{M}"><w:zoom w:percent="100"/>'
        f'{"" if keep_names else "<w:removePersonalInformation/>"}<w:defaultTabStop w:val="720"/>'
        '<w:autoHyphenation w:val="0"/><w:characterSpacingControl w:val="doNotCompress"/>'
        '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
        f"<w:compat>{compatibility}</w:compat>"
        '<m:mathPr><m:mathFont m:val="Cambria Math"/></m:mathPr>'
        f'<w:themeFontLang w:val="{tag}"/><w:clrSchemeMapping {colours}/>'
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def font_table_xml(theme: Theme) -> str:
    """The fonts by name; ``altName`` is what Word takes where the first is not installed
    (17.8.3.1)."""
    fonts = theme.fonts
    named = {fonts.body: fonts.word_fallback, fonts.heading: fonts.word_fallback}
    named |= {fonts.mono: "Consolas"}
    entries = "".join(
        f'<w:font w:name="{escape(name)}"><w:altName w:val="{escape(fallback)}"/>'
        f'<w:charset w:val="00"/><w:family w:val="{"modern" if name == fonts.mono else "swiss"}"/>'
        f'<w:pitch w:val="{"fixed" if name == fonts.mono else "variable"}"/></w:font>'
        for name, fallback in named.items()
    )
    return f"{HEAD}<w:fonts {ROOT}>{entries}</w:fonts>"


def theme_xml(theme: Theme) -> str:
    """The DrawingML theme: our fonts as heading and body font, our colours as the palette."""
    colours = theme.colours
    palette = (
        ("dk1", colours.text), ("lt1", "#ffffff"), ("dk2", colours.accent), ("lt2", colours.tint),
        ("accent1", colours.accent), ("accent2", colours.muted), ("accent3", colours.rule),
        ("accent4", colours.draft), ("accent5", colours.text), ("accent6", colours.tint),
        ("hlink", colours.accent), ("folHlink", colours.accent),
    )  # fmt: skip
    scheme = "".join(
        f'<a:{name}><a:srgbClr val="{value.removeprefix("#").upper()}"/></a:{name}>' for name, value in palette
    )
    fonts = "".join(
        f'<a:{kind}Font><a:latin typeface="{escape(name)}"/><a:ea typeface=""/><a:cs typeface=""/></a:{kind}Font>'
        for kind, name in (("major", theme.fonts.heading), ("minor", theme.fonts.body))
    )
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="6350">{fill}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'{HEAD}<a:theme xmlns:a="{A}" name="{escape(theme.name)}"><a:themeElements>'
        f'<a:clrScheme name="{escape(theme.name)}">{scheme}</a:clrScheme>'
        f'<a:fontScheme name="{escape(theme.name)}">{fonts}</a:fontScheme>'
        f'<a:fmtScheme name="{escape(theme.name)}"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{line * 3}</a:lnStyleLst><a:effectStyleLst>{effect * 3}"
        f"</a:effectStyleLst><a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme>"
        "</a:themeElements></a:theme>"
    )


def footnotes_xml() -> str:
    """An empty set of notes with the two separators that Word and pandoc want (17.11.18)."""
    notes = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:pPr><w:spacing w:before="0" '
        f'w:after="0"/></w:pPr><w:r><w:{kind}/></w:r></w:p></w:footnote>'
        for kind, number in (("separator", -1), ("continuationSeparator", 0))
    )
    return f"{HEAD}<w:footnotes {ROOT}>{notes}</w:footnotes>"


def section_xml(page: Layout, *, header: str, footer: str, first: str, cover: bool) -> str:
    """``w:sectPr`` (17.6.17). With ``titlePg`` the cover has a header of its own and no footer (17.10.6)."""
    band = f'<w:headerReference w:type="first" r:id="{first}"/>' if cover else ""
    return (
        f'<w:sectPr><w:headerReference w:type="default" r:id="{header}"/>{band}'
        f'<w:footerReference w:type="default" r:id="{footer}"/>'
        f'<w:pgSz w:w="{page.width}" w:h="{page.height}"/>'
        f'<w:pgMar w:top="{page.top}" w:right="{page.right}" w:bottom="{page.bottom}" '
        f'w:left="{page.left}" w:header="{page.top * 2 // 5}" w:footer="{page.bottom * 2 // 5}" '
        f'w:gutter="0"/><w:cols w:space="720"/>{"<w:titlePg/>" if cover else ""}</w:sectPr>'
    )


def core_xml(*, title: str, creator: str, language: str, epoch: int) -> str:
    """Core properties: no person in them, and both dates are ``epoch`` (seconds, UTC)."""
    moment = datetime.fromtimestamp(epoch, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    dates = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{moment}</dcterms:{name}>' for name in ("created", "modified")
    )
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="{_CORE}" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>{escape(creator)}</dc:creator>"
        f"<dc:language>{escape(language)}</dc:language>{dates}</cp:coreProperties>"
    )


def app_xml(company: str) -> str:
    """Extended properties: the program and the body; no counts that could be stale."""
    return (
        f'{HEAD}<Properties xmlns="{_OFFICE}/extended-properties" xmlns:vt="{_VT}">'
        f"<Application>Penholder</Application><Company>{escape(company)}</Company></Properties>"
    )


def custom_xml(properties: Mapping[str, str]) -> str:
    """Custom properties as strings, sorted by name; ids count from 2 (Part 1, 22.3.2.2)."""
    entries = "".join(
        f'<property fmtid="{_FORMAT_ID}" pid="{number}" name="{escape(name)}">'
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(sorted(properties.items()), start=2)
    )
    return f'{HEAD}<Properties xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_VT}">{entries}</Properties>'
