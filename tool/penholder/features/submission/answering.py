"""The answers as files to paste from, and the page that shows, counts and copies them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from penholder.features.submission import page as html
from penholder.features.submission.filing import answer_names
from penholder.features.submission.opening import Submission
from penholder.features.submission.pasting import Pasted
from penholder.features.submission.wording import verdict


def answer_files(answers: Sequence[Pasted]) -> dict[str, bytes]:
    """``answers/Q01.txt`` ...: what is pasted, byte for byte, and nothing else."""
    names = answer_names([a.question.id for a in answers])
    return {f"answers/{name}": a.text.encode() for name, a in zip(names, answers, strict=True) if a.text}


def answers_page(submission: Submission, answers: Sequence[Pasted], draft: Sequence[str]) -> bytes:
    """``answers.html``. ``draft`` says what is still wrong; empty: nothing."""
    body = [*_head(answers, draft)]
    for number, answer in enumerate(answers, 1):
        body += _answer(number, len(answers), answer)
    inquiry = submission.file.inquiry
    return html.page(
        f"{'DRAFT: ' if draft else ''}Answers to paste: {submission.title}", body,
        heading="Answers to paste", lead=" · ".join(filter(None, (inquiry.name if inquiry else "", submission.submitter))),
        footer="This page works without a network, and keeps nothing: what you change here is lost when you close it.",
    )  # fmt: skip


def _head(answers: Sequence[Pasted], draft: Sequence[str]) -> Iterator[str]:
    states = [verdict(a)[0] for a in answers]
    good = sum(s in ("fits", "open") for s in states)
    kind = "long" if draft or good < len(answers) else "fits"
    yield f'<div class="state {kind}">'
    if draft:
        yield html.paragraph("This is a draft. Do not paste it yet:")
        yield html.items(draft)
    yield html.paragraph(f"{good} of {len(answers)} answers {'is' if good == 1 else 'are'} ready to paste. A limit is kept only where it is kept with a line end counted as one character and as two.")
    yield "</div>"


def _answer(number: int, total: int, answer: Pasted) -> Iterator[str]:
    question = answer.question
    name, identifier = f"Answer {question.id}", f"answer-{number}"
    state, said = verdict(answer)
    yield f'<section class="answer" aria-labelledby="{identifier}-title">'
    yield f'<h2 id="{identifier}-title">{escape(question.id)}<span class="skip">,</span> <span class="note">{number} of {total}</span></h2>'
    yield f'<p class="question">{escape(question.text)}</p>'
    if question.choices:
        yield f"<p>Choose: <strong>{escape(answer.choice) or 'nothing is chosen yet'}</strong> <span class=\"note\">(offered: {escape('; '.join(question.choices))})</span></p>"
    if answer.text or question.kind == "free":
        rows = min(40, max(4, sum(1 + len(line) // 90 for line in answer.text.split("\n")) + 1))
        yield f'<label for="{identifier}">{escape(name)}</label>'
        yield (
            f'<textarea id="{identifier}" rows="{rows}" spellcheck="false" autocomplete="off" data-limit="{answer.limit or 0}" data-name="{escape(name)}" '
            f'aria-describedby="{identifier}-count">\n{escape(answer.text)}</textarea>'
        )
        yield f'<p class="count {state}" id="{identifier}-count">{escape(said)}</p>'
        yield f'<p class="note" id="{identifier}-changed" hidden>Changed on this page only. Put the change into the paper as well, or the record will say that something else was sent.</p>'
        yield f'<div class="row">{html.button(identifier, name)}<label class="tick"><input type="checkbox"> Pasted into the form</label></div>'
    else:
        yield f'<p class="count {state}">{escape(said)}</p>'
    if answer.changes:
        yield html.paragraph(f"For the form, {'; '.join(answer.changes)}.", "note")
    yield "</section>"
