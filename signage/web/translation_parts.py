"""Versions in other languages on the pages of review: what was decided, and what waits for whom."""

from typing import Literal

import msgspec

from signage.domain.language import REVIEWED, LanguageDecision
from signage.domain.people import Action, User, may
from signage.domain.review import State, Submission
from signage.domain.slide import Slide
from signage.domain.translation import awaited, sent_back
from signage.web.context import person, store
from signage.workflows.content import translating


class Tongue(msgspec.Struct, frozen=True, kw_only=True):
    """One language of a submission: its versions, where they stand, and who can decide.

    `last` is the newest decision; `may_decide` says that it waits for the person at the page.
    """

    language: str
    slides: list[Slide]
    state: Literal["approved", "waiting", "sent_back"]
    last: LanguageDecision | None
    reviewers: list[User]
    may_decide: bool


def tongues_of(submission: Submission) -> list[Tongue]:
    """Return the languages of a submission that need a reviewer, in their order."""
    spoken = submission.document.spoken()
    there = [tag for tag in REVIEWED if any(one.language == tag for one in spoken)]
    if not there:
        return []
    waiting = awaited(submission)
    back = {one.language for one in sent_back(submission)}
    able = translating.reviewers(store(), submission.unit)
    return [
        Tongue(
            language=tag,
            slides=[one for one in spoken if one.language == tag],
            state="approved" if tag not in waiting else "sent_back" if tag in back else "waiting",
            last=_last(submission, tag),
            reviewers=[one for one in able[tag] if one.id != submission.submitted_by],
            may_decide=tag in waiting and _may_decide(submission, tag),
        )
        for tag in there
    ]


def _last(submission: Submission, tag: str) -> LanguageDecision | None:
    return next((one for one in submission.languages[::-1] if one.language == tag), None)


def _may_decide(submission: Submission, tag: str) -> bool:
    me = person()
    chain = store().units.chain(submission.unit)
    return (
        submission.state in {State.SUBMITTED, State.APPROVED}
        and tag in me.languages
        and may(me, Action.REVIEW_LANGUAGE, chain)
        and me.id != submission.submitted_by
    )
