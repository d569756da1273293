"""The states of a submission: what each is called, and which may follow which. This is the only table of them."""

from __future__ import annotations

from collections.abc import Mapping

from penholder.model.profile import State

NAMES: Mapping[State, str] = {
    "draft": "draft",
    "submitted": "submitted",
    "acknowledged": "acknowledged",
    "accepted": "accepted as evidence",
    "permission-granted": "permission to publish granted",
    "published": "published by the recipient",
    "public": "public",
    "withdrawn": "withdrawn",
}
"""What people call a state."""

STEPS: Mapping[State, tuple[State, ...]] = {
    "draft": ("submitted", "withdrawn"),
    # sent again: a corrected version. Some recipients never acknowledge, and some publish without a word before.
    "submitted": ("submitted", "acknowledged", "accepted", "permission-granted", "published", "public", "withdrawn"),
    "acknowledged": ("submitted", "accepted", "permission-granted", "published", "public", "withdrawn"),
    "accepted": ("permission-granted", "published", "public", "withdrawn"),
    "permission-granted": ("published", "public", "withdrawn"),
    "published": ("public",),
    "public": ("published",),
    "withdrawn": (),
}
"""Which states may follow. Whether ``public`` may follow now is also for the profile to say (``embargo_of``)."""

NEXT: Mapping[State, str] = {
    "draft": "build it, send it, and record that it was sent",
    "submitted": "record the recipient's acknowledgement when it comes",
    "acknowledged": "record what the recipient decides",
    "accepted": "do not publish it before the recipient does, or allows it; record which it was",
    "permission-granted": "it may be published",
    "published": "record what came of it: an outcome, an impact",
    "public": "record what came of it: an outcome, an impact",
    "withdrawn": "nothing: start another submission to send something else",
}


def fault_of_step(before: State, after: State) -> str:
    """Why ``after`` may not follow ``before``, in words; ``""`` where it may."""
    if after in STEPS[before]:
        return ""
    allowed = [f"`{s}`" for s in STEPS[before]]
    then = f"After that comes {' or '.join(filter(None, (', '.join(allowed[:-1]), allowed[-1])))}." if allowed else "Nothing follows that."
    if before == "draft":
        return f"It is a draft: nothing says that it was sent. {then}"
    if after == "draft":
        return f"It was sent, and cannot be a draft again: it is {NAMES[before]}. {then}"
    return f"It is {NAMES[before]}, and cannot become {NAMES[after]}. {then}"
