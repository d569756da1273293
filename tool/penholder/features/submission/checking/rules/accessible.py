"""A11Y-TITLE, A11Y-LANG, A11Y-PDFUA, A11Y-CAPS: what of accessibility is seen in the files themselves; the rest is ``delegated``."""

from __future__ import annotations

from penholder.adapters import pdf
from penholder.features.profile_rules import Rule
from penholder.features.submission.checking.rule import Check, Hit, Seen, Silent
from penholder.features.submission.checking.subject import Subject

_FORM = Silent("no file is sent")
_COMPANIONS = ("html", "docx", "odt")


def title(subject: Subject, rule: Rule) -> Seen:
    """The Word file says its title in its properties."""
    if subject.is_form:
        return _FORM
    if subject.inside is None:
        return Silent("there is no readable Word file", blind=True)
    return () if subject.inside.title.strip() else [Hit(subject.place("title"), "The file has no title in its properties.", "Give the submission, or the paper, a title.")]


def language(subject: Subject, rule: Rule) -> Seen:
    """The Word file says its language, and it is that of the submission."""
    if subject.is_form:
        return _FORM
    if subject.inside is None:
        return Silent("there is no readable Word file", blind=True)
    said, meant = subject.inside.language, subject.submission.language
    if said.split("-")[0].lower() == meant.split("-")[0].lower():
        return ()
    return [Hit(subject.place("language"), f"The file says that its language is {said or 'unknown'}; it is {meant}.", "Set the language in Word (Review, Language), or `language:` in the submission.")]


def pdf_ua(subject: Subject, rule: Rule) -> Seen:
    """A PDF that goes out says that it keeps PDF/UA-1, and has a companion that can be read otherwise."""
    sent = [s for s in subject.sent if s.kind == "pdf"]
    if not sent:
        return Silent("no PDF is sent")
    hits = []
    for each in sent:
        try:
            if not pdf.look_inside(each.data).accessible:
                hits.append(Hit(subject.place("profile"), f"{each.name} does not say that it keeps PDF/UA-1.", "Send the PDF that Penholder makes."))
        except ValueError:
            hits.append(Hit(subject.place("profile"), f"{each.name} cannot be read as a PDF."))
    if not any(s.kind in _COMPANIONS for s in subject.sent) and "form" not in subject.profile.file.makes:
        hits.append(Hit(subject.place("profile"), "The PDF has no companion in HTML or Word.", "Let the profile make html as well."))
    return hits


CHECKS = (
    Check("A11Y-TITLE", title, "A screen reader reads the title first.", "Give it a title."),
    Check("A11Y-LANG", language, "A screen reader pronounces the words of the language that the file names.", "Set the language."),
    Check("A11Y-PDFUA", pdf_ua, "A PDF without tags cannot be read aloud in order.", "Send the PDF that Penholder makes, with an HTML page beside it."),
)
