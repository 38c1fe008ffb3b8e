"""Operations of translation: words that wait for one who has the language, and the answer."""

import msgspec

from signage.domain.people import Action
from signage.domain.review import Submission
from signage.domain.slide import Slide
from signage.domain.translation import awaited
from signage.web.api.operations import operation
from signage.web.api.reviewing import Seen
from signage.web.context import now, person, store
from signage.workflows.content import translating


class Unread(msgspec.Struct, frozen=True, kw_only=True):
    """What waits in one submission, by language; the answer names its content hash."""

    submission: str
    title: str
    content_hash: str
    languages: dict[str, list[Slide]]


class SentBack(Seen, frozen=True, kw_only=True):
    """What to change in the words that were read."""

    comment: str


@operation(
    "GET",
    "/translations",
    needs=Action.REVIEW_LANGUAGE,
    summary="List the words that wait for one's own languages, oldest first",
    gives=list[Unread],
)
def list_translations() -> list[Unread]:
    return [
        Unread(
            submission=one.id,
            title=one.document.title,
            content_hash=one.content_hash,
            languages={tag: awaited(one)[tag] for tag in tags},
        )
        for one, tags in translating.waiting_for(store(), person())
    ]


@operation(
    "POST",
    "/submissions/<submission_id>/languages/<language>/approve",
    needs=Action.REVIEW_LANGUAGE,
    summary="Agree to the words in one language, as they were read",
    body=Seen,
    gives=Submission,
)
def approve_language(submission_id: str, language: str, body: Seen) -> Submission:
    return translating.decide_language(
        store(), submission_id, language, body.content_hash, approved=True, by=person(), at=now()
    )


@operation(
    "POST",
    "/submissions/<submission_id>/languages/<language>/return",
    needs=Action.REVIEW_LANGUAGE,
    summary="Send the words in one language back with a comment",
    body=SentBack,
    gives=Submission,
)
def return_language(submission_id: str, language: str, body: SentBack) -> Submission:
    return translating.decide_language(
        store(),
        submission_id,
        language,
        body.content_hash,
        approved=False,
        comment=body.comment,
        by=person(),
        at=now(),
    )
