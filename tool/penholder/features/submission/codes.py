"""The kinds of finding about profiles and submissions themselves. The text here is what a person reads.

What a *recipient's rule* finds in a submission is not here: those codes are the ids of the rules (``model.rulebook``).
"""

from __future__ import annotations

from penholder.findings import Code, Severity

N, W, E = Severity.NOTE, Severity.WARNING, Severity.ERROR
_ZONES = "https://www.iana.org/time-zones"

PROFILE_UNKNOWN = Code(
    "PROF001", E, "A profile that does not exist",
    "Nobody knows which rules the recipient has, so none is checked.",
    "Correct the name: `penholder profile list` shows those there are.",
)
PROFILE_CIRCLE = Code(
    "PROF002", E, "A profile that extends itself",
    "It has no beginning: what it extends is left out.",
    "Let it extend a profile that does not lead back to it.",
)
RULE_UNKNOWN = Code(
    "PROF003", E, "A rule that does not exist",
    "What it asks is not checked, and the submission could be sent back for it.",
    "Correct its name: `penholder profile show submission` names rules that every submission has.",
)
RULE_VALUE = Code(
    "PROF004", E, "A rule with a value it cannot use, or without one it needs",
    "The rule is left out, so nothing checks it.",
    "Write the values that the message names.",
)
PROFILE_TWICE = Code(
    "PROF005", E, "Two profiles with one name",
    "Nobody could tell which rules were checked; the built-in one is used.",
    "Give the workspace's profile a name of its own, and let it extend the built-in one.",
)
PROFILE_KIND = Code(
    "PROF006", E, "An overlay in the place of a profile, or the other way round",
    "An overlay knows no recipient: it says neither what file is sent nor to whom.",
    "Name the recipient's profile at `profile`, and overlays at `overlays`.",
)
RULE_STALE = Code(
    "PROF007", W, "A rule that was not checked for twelve months",
    "Houses change their rules; what was right last year can have a submission sent back now.",
    "Read the source again, and set the rule's `checked` in a profile of the workspace.",
)
SUBMISSION_TWICE = Code(
    "SUBM001", E, "Two submissions with one id",
    "Nobody could tell which of the two was sent.",
    "Give one of the two files another name.",
)
SECTION_GONE = Code(
    "SUBM002", E, "A section or passage that is not there",
    "What should stand in the submission, or answer a question, is missing.",
    "Correct the name, or put the section back into the paper.",
)
DEADLINE_WRONG = Code(
    "SUBM003", E, "A deadline that is no moment",
    "Somebody would send it an hour, or a day, too late.",
    "Write date, time and time zone, like 2026-10-30 17:00 Europe/London.",
    _ZONES,
)
DEADLINE_TWICE = Code(
    "SUBM004", W, "A deadline that comes twice",
    "The clocks go back over it that night: the first of the two is taken.",
    "Give the offset instead of the zone's name, like 2026-10-25 01:30 +00:00.",
    _ZONES,
)
QUESTION_UNKNOWN = Code(
    "SUBM005", E, "An answer to a question that is not asked",
    "The answer would reach nobody.",
    "Correct the question's id, or add the question.",
)
QUESTION_TWICE = Code(
    "SUBM006", E, "Two questions with one id, or one question answered twice",
    "Only the first of the two would be sent.",
    "Give each question an id of its own, and one answer.",
)
CONTACT_TRACKED = Code(
    "SUBM007", E, "Contact details that Git keeps",
    "Whoever gets the repository, now or later, gets them too. They are not read.",
    "Move the file into private/ and stop tracking it: git rm --cached FILE. What was pushed stays in the history.",
)
CONTACT_PLACE = Code(
    "SUBM008", E, "Contact details outside private/",
    "Nothing keeps them from being committed. They are not read.",
    "Move the file into private/, which .gitignore names.",
)
CONTACT_AWAY = Code(
    "SUBM009", W, "Contact details that are not on this machine",
    "The covering letter and the form cannot be filled in here.",
    "Ask whoever keeps them for the file; it is not in the repository on purpose.",
)
CONSENT_NAMED = Code(
    "SUBM010", E, "Somebody named without consent",
    "What a committee or department publishes cannot be taken back.",
    "Take the name out of `contributors`, or record the consent.",
)
OVERRIDE_REASON = Code(
    "SUBM011", E, "A rule overridden without a reason",
    "Whoever signs must see why the recipient's rule does not hold.",
    "Add `reason:`, and name the terms of reference it rests on.",
)
LEFT_OUT = Code(
    "SUBM012", E, "A reference to what is left out",
    "The recipient would look for a section, table or paragraph that was not sent.",
    "Choose the section as well, or reword the sentence in the paper.",
)
QUESTIONS_FILE = Code(
    "SUBM013", E, "A list of questions that cannot be read",
    "The questions of the consultation are unknown.",
    "Make it a CSV with the columns id, text and, where they are known, limit and kind.",
)
CHOICE_WRONG = Code(
    "SUBM014", E, "An answer that the question does not offer",
    "The form would not take it.",
    "Write one of the choices of the question, as it is offered.",
)
EMPTY = Code(
    "SUBM015", E, "A submission without text",
    "There is nothing to send.",
    "Name the paper's sections at `sections`, or answers at `answers`.",
)
STEP_WRONG = Code(
    "SENT001", E, "A state that cannot follow the one before",
    "The record would say what cannot have happened; the state before it is taken.",
    "Correct the step in record.yaml, or record the one that is missing before it.",
)
SENT_FILE = Code(
    "SENT002", E, "A file that was sent and is not what was kept",
    "Nobody could prove any more what the recipient got.",
    "Fetch it back from the history: git log -- FILE, then git checkout COMMIT -- FILE.",
)
SET_ASIDE = Code(
    "SENT003", N, "A rule that was set aside on purpose",
    "Whoever reads the record must see that it was no slip.",
    "Nothing, if the reason still holds.",
)
FROM_MEMORY = Code(
    "SENT004", W, "Publication that may be too early",
    "The recipient may forbid it; the rule rests on memory, so it stops nothing.",
    "Ask the recipient, and set the rule's source in a profile of the workspace.",
)

BY_ID: dict[str, Code] = {c.id: c for c in list(globals().values()) if isinstance(c, Code)}
