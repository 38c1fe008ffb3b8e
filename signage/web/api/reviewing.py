"""Operations of review: submit, approve, return, withdraw."""

import msgspec

from signage.domain.people import Action
from signage.domain.review import State, Submission
from signage.web.api.bodies import Change, Limit, Offset
from signage.web.api.operations import operation
from signage.web.context import now, person, store
from signage.workflows.approval import review, withdrawing


class Declared(Change, frozen=True, kw_only=True):
    """Puts a version up for review; whoever submits declares it free of state secrets."""

    no_state_secret: bool


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """The content hash of the pictures that were looked at."""

    content_hash: str


class Comment(msgspec.Struct, frozen=True, kw_only=True):
    """What to change."""

    comment: str


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """Why something is taken off air; `subject_hash` names one slide or the ticker, else all."""

    reason: str
    subject_hash: str | None = None


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Part of the list of submissions."""

    state: State | None = None
    playlist: str | None = None
    limit: Limit = 50
    offset: Offset = 0


@operation(
    "POST",
    "/playlists/<playlist_id>/submissions",
    needs=Action.SUBMIT,
    summary="Submit a playlist for review",
    body=Declared,
    gives=Submission,
    status=201,
)
def submit_playlist(playlist_id: str, body: Declared) -> Submission:
    return review.submit(
        store(),
        playlist_id,
        version=body.version,
        no_state_secret=body.no_state_secret,
        by=person(),
        at=now(),
    )


@operation(
    "GET",
    "/submissions",
    needs=Action.VIEW,
    summary="List submissions, newest first",
    query=Wanted,
    gives=list[Submission],
)
def list_submissions(query: Wanted) -> list[Submission]:
    return review.submissions(
        store(),
        by=person(),
        states=[query.state] if query.state else None,
        playlist=query.playlist,
        limit=query.limit,
        offset=query.offset,
    )


@operation(
    "GET",
    "/submissions/waiting",
    needs=Action.REVIEW,
    summary="List what one may approve, oldest first",
    gives=list[Submission],
)
def list_waiting() -> list[Submission]:
    return review.waiting(store(), by=person())


@operation(
    "GET",
    "/submissions/<submission_id>",
    needs=Action.VIEW,
    summary="Read a submission with its pictures",
    gives=Submission,
)
def read_submission(submission_id: str) -> Submission:
    return review.submission(store(), submission_id, by=person())


@operation(
    "POST",
    "/submissions/<submission_id>/approve",
    needs=Action.REVIEW,
    summary="Approve exactly what was seen",
    body=Seen,
    gives=Submission,
)
def approve_submission(submission_id: str, body: Seen) -> Submission:
    return review.approve(store(), submission_id, body.content_hash, by=person(), at=now())


@operation(
    "POST",
    "/submissions/<submission_id>/return",
    needs=Action.REVIEW,
    summary="Send back with a comment",
    body=Comment,
    gives=Submission,
)
def return_submission(submission_id: str, body: Comment) -> Submission:
    return review.return_(store(), submission_id, comment=body.comment, by=person(), at=now())


@operation(
    "POST",
    "/submissions/<submission_id>/withdraw",
    needs=Action.WITHDRAW,
    summary="Take it, or one slide wherever it shows, off air",
    body=Reason,
    gives=list[Submission],
)
def withdraw_submission(submission_id: str, body: Reason) -> list[Submission]:
    if body.subject_hash is None:
        gone = withdrawing.withdraw(
            store(), submission_id, reason=body.reason, by=person(), at=now()
        )
        return [gone]
    return withdrawing.withdraw_slide(
        store(), submission_id, body.subject_hash, reason=body.reason, by=person(), at=now()
    )
