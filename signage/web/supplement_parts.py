"""Pictures for a new profile on the pages where they wait, and the form that approves them."""

from typing import Any

from flask import request

from signage.domain.people import Action, User, granted_to
from signage.web.context import store
from signage.workflows.approval import review_supplements

SUBJECT = "subject:"
"""Before the hash of a slide or strip in the form that approves its picture."""


def supplements_for(person: User) -> dict[str, Any]:
    """Return what `reviews/supplements.html` shows to `person`."""
    if Action.REVIEW not in granted_to(person):
        return {"supplements": [], "own_supplements": []}
    return {
        "supplements": review_supplements.missing_renditions(store(), by=person),
        "own_supplements": review_supplements.own_missing(store(), by=person),
        "subject_prefix": SUBJECT,
    }


def hashes_sent() -> dict[str, str]:
    """Return the blob of each subject that was shown on the page that was sent."""
    return {
        name.removeprefix(SUBJECT): blob
        for name, blob in request.form.items()
        if name.startswith(SUBJECT)
    }
