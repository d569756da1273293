"""Whether a language tag names a language that programs know (Babel's data, from Unicode's CLDR)."""

from __future__ import annotations

_USUAL = frozenset(("en-GB", "cy-GB", "en", "cy", "en-US", "en-IE", "ga-IE", "gd-GB", "fr-FR", "de-DE", "es-ES", "ar", "fr", "de", "es"))


def fault_of(tag: str) -> str:
    """What is wrong with a well-formed BCP 47 tag, as a clause; empty for a good one.

    A screen reader chooses its voice by the tag, and takes none for one it does not know
    (https://www.rfc-editor.org/info/bcp47).
    """
    if tag in _USUAL:
        return ""
    from babel.core import Locale, get_global

    known = Locale("en")
    language, *rest = tag.split("-")
    shorter = get_global("language_aliases").get(language)
    if shorter and shorter != language:
        return f"the language {language!r} is written {shorter.replace('_', '-')!r}"
    if language not in known.languages:
        return f"there is no language {language!r}"
    for part in rest:
        if len(part) == 4:
            if part not in known.scripts:
                return f"there is no script {part!r}"
            continue
        other = get_global("territory_aliases").get(part)
        if other:
            return f"the country {part!r} is written {' or '.join(repr(o) for o in other)}"
        if part not in known.territories:
            return f"there is no country {part!r}"
    return ""


def name_of(language: str) -> str:
    """The English name of a language (``cy``: Welsh); the tag itself where it has none."""
    from babel.core import Locale

    return str(Locale("en").languages.get(language.split("-", maxsplit=1)[0], language))
