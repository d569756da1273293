"""Which language a text is in, as far as rules need it: by its script, and by the small words that every sentence has."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Scripts by language, by the first word of their letters' names in Unicode; those not here are written in Latin letters.
_SCRIPTS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("ar", "fa", "ur", "ps", "ckb"), ("ARABIC",)),
    **dict.fromkeys(("ru", "uk", "bg", "be", "mk"), ("CYRILLIC",)),
    **dict.fromkeys(("hi", "mr", "ne"), ("DEVANAGARI",)),
    **dict.fromkeys(("he", "yi"), ("HEBREW",)),
    "el": ("GREEK",), "bn": ("BENGALI",), "pa": ("GURMUKHI",), "gu": ("GUJARATI",), "ta": ("TAMIL",), "te": ("TELUGU",), "th": ("THAI",),
    "ka": ("GEORGIAN",), "hy": ("ARMENIAN",), "am": ("ETHIOPIC",), "ti": ("ETHIOPIC",), "ko": ("HANGUL", "CJK"), "zh": ("CJK",),
    "ja": ("CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"),
}  # fmt: skip
_LATIN = _set("en cy ga gd fr de es it nl pl pt sv da nb nn fi et lv lt cs sk sl hr ro hu tr sq so vi id ms eu ca gl is mt")
# What a script is called, and the language most papers here would mean by it ("": more than one).
_WRITTEN = {
    "ARABIC": "Arabic", "CYRILLIC": "Cyrillic", "DEVANAGARI": "Devanagari", "HEBREW": "Hebrew", "GREEK": "Greek", "BENGALI": "Bengali",
    "GURMUKHI": "Gurmukhi", "GUJARATI": "Gujarati", "TAMIL": "Tamil", "CJK": "Chinese", "HANGUL": "Korean", "HIRAGANA": "Japanese",
    "KATAKANA": "Japanese", "LATIN": "Latin",
}  # fmt: skip
_SMALL: Mapping[str, frozenset[str]] = {
    "en": _set("the of and to in is that for it with as was are be this by from at which have not or has they been their can will would more its our we"),
    "cy": _set("yn y yr ac mae bod ar gan wedi eu ei sydd hyn neu rhaid ein eich nid gyda fel rydym mewn bydd cael hynny oedd gael dros drwy hefyd oes am i o a"),
    "fr": _set("le la les des et est une dans pour que qui par sur avec sont ce cette au aux du ne pas il elle nous vous leur plus ou"),
    "de": _set("der die das und ist nicht ein eine den dem des mit auf für von zu im sich auch werden wird sind dass wie bei oder als nach"),
    "es": _set("el los las del que y una por con para es son se su sus al lo como más pero este esta no han ha entre"),
    "it": _set("il gli che di della delle dei è per con sono non una nel alla dal si come più anche questo essere ha"),
    "nl": _set("het een van en de niet dat zijn voor met op aan die te wordt worden door ook naar bij deze heeft"),
    "pl": _set("i w na z że się do jest nie o jak dla przez są oraz po od za który które tego"),
    "pt": _set("o os as do da dos das que é um uma para com não por mais como em no na ao são se"),
    "ga": _set("an na agus ar tá bhí le go is i a do ag sé atá ní leis chun seo sin mar nach"),
}  # fmt: skip
# Words of which a text in the language has one in every hundred characters or so.
_OFTEN = {
    "en": (" the ", " of ", " and ", " to "), "cy": (" yn ", " yr ", " y ", " mae "), "fr": (" de ", " la ", " les ", " et "),
    "de": (" der ", " die ", " und ", " den "), "es": (" de ", " la ", " que ", " los "),
}  # fmt: skip
_ELSEWHERE = re.compile("[\u0370-\u1dff\u2c00-\ud7ff\uf900-\uffef]")  # letters of other scripts than Latin
_WORD = re.compile(r"[^\W\d_]+")
_LETTERS, _WORDS, _KINDS = 12, 20, 4  # fewer letters, words, or small words of one language tell nothing


def other_script(text: str, language: str) -> str:
    """The script most letters of a text are in (``Arabic``), if the language is not written in it; else empty."""
    base = language.split("-", maxsplit=1)[0]
    wanted = _SCRIPTS.get(base) or (("LATIN",) if base in _LATIN else ())
    if not wanted or (wanted == ("LATIN",) and (text.isascii() or 4 * len(_ELSEWHERE.findall(text)) < len(text))):
        return ""
    scripts = Counter(unicodedata.name(c, "").split(" ", 1)[0] for c in text[:2000] if c.isalpha())
    total = sum(scripts.values())
    if total < _LETTERS:
        return ""
    script, count = scripts.most_common(1)[0]
    return _WRITTEN.get(script, "another") if script not in wanted and 10 * count > 7 * total else ""


def other_language(words: Counter[str], language: str) -> str:
    """The language that words are in, by their small words, if it is plainly another than ``language``; else empty."""
    base = language.split("-", maxsplit=1)[0]
    total = sum(words.values())
    if base not in _SMALL or total < _WORDS:
        return ""
    shares = {name: sum(words[w] for w in small) / total for name, small in _SMALL.items()}
    own = shares.pop(base)
    best = max(shares, key=lambda name: shares[name])
    said = [w for w in _SMALL[best] if words[w]]
    plain = len(said) >= _KINDS and sum(len(w) > 1 for w in said) >= 2  # "a b a b" is no Welsh
    return best if plain and shares[best] >= 0.2 and own <= shares[best] / 3 else ""


def is_plainly(text: str, language: str) -> bool:
    """Whether a text is in a language beyond doubt, by a quick look; ``False`` says nothing."""
    often = _OFTEN.get(language.split("-", maxsplit=1)[0], ())
    return sum(text.count(word) for word in often) * 100 > len(text)


def words_of(text: str) -> Counter[str]:
    """The words of a text, in small letters."""
    return Counter(_WORD.findall(text[:20_000].casefold()))
