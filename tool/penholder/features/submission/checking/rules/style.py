"""STYLE-WORDS, where a profile names words of its own; the rest of style is ``delegated``."""

from __future__ import annotations

import re

from penholder.features.profile_rules import Rule
from penholder.features.submission.checking.rule import Check, Hit, Seen
from penholder.features.submission.checking.subject import Subject


def words(subject: Subject, rule: Rule) -> Seen:
    """The words that the profile names."""
    if not rule.setting.values:
        return ()
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(rule.setting.values, key=len, reverse=True)))})\b", re.I)
    return [Hit(span, f"“{found[0]}” is a word that this style avoids.") for found, span in subject.typed(pattern)]


CHECKS = (Check("STYLE-WORDS", words, "Readers stumble over words that nobody speaks.", "Say it in plain words."),)
