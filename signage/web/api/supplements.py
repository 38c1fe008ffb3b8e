"""Operations of supplements: pictures that an approved submission lacks on a new profile."""

import msgspec

from signage.domain.people import Action
from signage.domain.review import Submission
from signage.web.api.operations import operation
from signage.web.context import now, person, store
from signage.workflows.approval import review_supplements


class Lacking(msgspec.Struct, frozen=True, kw_only=True):
    """Pictures that wait for one profile: the blob of each subject, to be looked at first."""

    submission: str
    title: str
    profile: str
    hashes: dict[str, str]
    is_legible: bool


class Pictures(msgspec.Struct, frozen=True, kw_only=True):
    """The blob of each subject that was looked at."""

    hashes: dict[str, str]


@operation(
    "GET",
    "/submissions/supplements",
    needs=Action.REVIEW,
    summary="List the pictures for new profiles that one may approve",
    gives=list[Lacking],
)
def list_supplements() -> list[Lacking]:
    return [
        Lacking(
            submission=one.submission.id,
            title=one.submission.document.title,
            profile=one.profile.id,
            hashes=one.hashes,
            is_legible=one.is_legible,
        )
        for one in review_supplements.missing_renditions(store(), by=person())
    ]


@operation(
    "POST",
    "/submissions/<submission_id>/supplements/<profile_id>",
    needs=Action.REVIEW,
    summary="Approve exactly the pictures that were seen for one more profile",
    body=Pictures,
    gives=Submission,
)
def approve_supplement(submission_id: str, profile_id: str, body: Pictures) -> Submission:
    return review_supplements.approve_missing(
        store(), submission_id, profile_id, body.hashes, by=person(), at=now()
    )
