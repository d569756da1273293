"""Whether the clause that holds a quantity says how the world is, or what somebody proposes, asks or invents.

Read without a parser: the sentence is cut where a clause begins, relative clauses that end before
the quantity are cut out, and the last governing verb before the quantity decides.
"""

from __future__ import annotations

import re

_ACTOR = r"an? (?!(?:[\w-]+ ){0,2}(?:report|study|survey|review|inquiry|audit|analysis|third|quarter|fifth|tenth|half|record|rise|fall|total)\b)"
_EXAMPLE = r"(?:for example|for instance|in (?:the|this|our) example|e\.?g\.?|say)"
# A case that a sentence invents: its form says so, not a word somewhere in it.
_INVENTS = re.compile(
    rf"^(?:suppose|imagine|assum(?:e|ing)|let us say|say,? (?:that )?\S*\d|(?:consider|take) {_ACTOR}|(?:so|now|but),? (?:suppose|imagine)"
    rf"|{_EXAMPLE}[,:]? {_ACTOR}(?:[\w’'-]+ ){{1,4}}?(?:(?:can|could|may|might)\b|[a-z]+(?<![su])s (?!of\b|in\b))|{_ACTOR}(?:[\w’'-]+ ){{1,3}}?(?:could|may|might) )"
    r"|\b(?:hypothetical|illustrative|in (?:this|our) example)\b",
    re.I,
)
_SHOWS = re.compile(rf"\({_EXAMPLE},? (?:[\w-]+ ){{0,4}}$", re.I)  # "(eg 20% of the posts)"
_OFFERS = re.compile(r"\b(?:should|must|would|can|could|may|might|will)\b", re.I)
# Where another clause begins. What is known or noted "that" is a statement of its own.
_BREAK = re.compile(
    r"^as [^,]{1,40},\s|[;:—]\s|\s–\s|,\s(?:(?:in|of|on|for|at) )?(?:which|whom|whose|who|where)\b|\b(?:because|while|whereas|although|though|where|so that|since)\s"
    r"|,\s(?:but|yet|and (?:it|they|we|he|she|this|that|there|the|these|those))\s|\bwhat\s"
    r"|\b(?:know|knows|knew|note|notes|remember|recognis\w+|acknowledg\w+|accept\w*|aware|in mind|consider|recall|see|understand|believe|said|says|found|show\w*|fact|admit\w*|warn\w*)\s+that\s",
    re.I,
)
_MODAL = r"(?:should|must|shall|would|ought to|need(?:s|ed)? to)"
_CAN = r"(?:can|could|may|might|will)"
# A relative clause with its verb, up to the verb of the clause around it: "that must buy | waste".
_RELATIVE = re.compile(
    rf"(?<!\bpropose )(?<!\bproposes )(?<!\bproposed )(?<!\brecommend )(?<!\brecommends )(?<!\bask )(?<!\basks )(?<!\basked )(?<!\bproposal )(?<!\bensure )(?<!\bso )"
    rf"\b(?:that|which|who) (?:{_MODAL}|{_CAN}) (?:\w+ly |not |be |have )*[a-z]+(?:[ ,]+[\w’'-]+){{0,8}}?[ ,]+"
    r"(?=(?:(?:now|often|still|also|already|together) )?(?:wastes?|spends?|spent|los[et]s?|costs?|pays?|paid|earn(?:s|ed)?|fell|falls?|rose|rises?|grew|ha[sd]|have|is|are|was|were|uses?|used|receive[sd]?|account(?:s|ed)?|make|made|buys?|bought|fail(?:s|ed)?|employ(?:s|ed)?|sa[yi]d?|holds?|held|own(?:s|ed)?|miss(?:ed)?|save[sd]?|drop(?:s|ped)?|reach(?:ed)?|serve[sd]?|lack(?:ed)?) )",
    re.I,
)
_PROPOSES = (
    r"(?:recommends?(?: that)?|(?:is|are|was|were) recommended|propos(?:e|es|ed|ing)|proposals? (?:that|to|is|for)|ask(?:s|ed|ing)? (?:that|for(?! by)|the)|call(?:s|ed|ing)? (?:for|on|upon)|want \w+(?: \w+)? to|commit(?:ted)? to|aims? to|urges?"
    r"|let us|(?:ensure|make sure|check|confirm)(?: that)?|consider \w+ing|targets? (?:is|are) to)"
)
_STATES = r"fell|rose|grew|dropped|was|were|had|spent|spends|lost|loses|wasted|wastes|cost|found|showed|shows|said|says|reported|reached|closed|died|failed|fails|paid|earned|received|accounts"
_MOVES = r"cost|save|raise|rise|fall|lose|waste|grow|drop|increase by|reduce \w+ by"
_GOVERNS = re.compile(
    rf"\b(?P<proposal>{_MODAL} (?!(?:{_MOVES})\b)|(?<=[wW]e )would |{_PROPOSES}\b|(?:should|must|shall|ought to) )|\b(?P<claim>would (?=(?:{_MOVES})\b)|(?<!should )(?<!must )(?<!would )(?:{_STATES})\b)",
    re.I,
)
_BEHIND = re.compile(rf"(?:\s+(?!(?:that|which|who|whom|{_STATES}|say|think|believe|agree|want|know|is|are|has|have|{_CAN}|and|but|if|fear|feel|report|expect)\b)[\w’'%£€$.-]+){{0,8}}?\s+(?:{_MODAL}|(?:to )?be)\b", re.I)
_IF = re.compile(r"\b(?:if|unless|provided that)\b", re.I)
_WHETHER = re.compile(r"\bwhether\b[^,;:]{0,60}$", re.I)
_AIM = re.compile(r"\b(?:targets?|goals?|aims?|ambition) of (?:\w+ )?$", re.I)
_FACT = re.compile(rf"\b(?:{_STATES}|is|are|has|spend|have)\b", re.I)


def invents(sentence: str) -> bool:
    """Whether a sentence makes up a case, which those after it go on about: "Suppose ...", "Consider a bidder that ..."."""
    return _INVENTS.search(sentence) is not None


def is_statement(sentence: str, start: int, end: int) -> bool:
    """Whether ``sentence[start:end]``, a quantity, is said of the world: not proposed, asked, supposed or aimed at."""
    front, behind = sentence[:start], sentence[end:]
    if invents(sentence) or (_SHOWS.search(front) and _OFFERS.search(front)) or _WHETHER.search(front) or _AIM.search(front):
        return False
    return not (_in_condition(front) or _is_proposed(front, behind))


def _is_proposed(front: str, behind: str) -> bool:
    clause = _RELATIVE.sub("", front[_begin(front) :])
    governing = list(_GOVERNS.finditer(clause))
    if governing:
        return governing[-1]["proposal"] is not None
    return not _FACT.search(clause) and _BEHIND.match(behind) is not None


def _begin(front: str) -> int:
    """Where the clause that goes on at the end of ``front`` begins."""
    return max((m.end() for m in _BREAK.finditer(front)), default=0)


def _in_condition(front: str) -> bool:
    """Whether a quantity is in a clause with "if", or in what would follow from one."""
    found = list(_IF.finditer(front))
    if not found:
        return False
    clause = front[found[-1].end() :]
    if "," not in clause:
        return True
    rest = clause.rsplit(",", 1)[1]
    return not _FACT.search(rest) and not re.search(r"[;:]\s", clause)
