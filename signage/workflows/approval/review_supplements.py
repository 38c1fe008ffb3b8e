"""A new profile touches nothing that was approved: its pictures wait for one click (rule A)."""

from collections.abc import Iterator, Mapping

import msgspec

from signage.domain.display import Profile
from signage.domain.people import Action, User
from signage.domain.rendition import Rendition
from signage.domain.review import State, Submission
from signage.domain.supplement import supplemented
from signage.store import Store
from signage.workflows.accounts.permission import demand, visible_units
from signage.workflows.approval.review import NotLegible, require_made, stops
from signage.workflows.content.previewing import Preview, previews_on
from signage.workflows.publication import publishing


class Supplement(msgspec.Struct, frozen=True, kw_only=True):
    """What an approved submission lacks on a profile on which it is scheduled, as it would look.

    One whose previews hold a refusal can't be approved: the content must be changed.
    """

    submission: Submission
    profile: Profile
    previews: list[Preview]

    @property
    def hashes(self) -> dict[str, str]:
        """The `shown` of each subject, as `approve_missing` wants them back."""
        return {subject: one.shown for subject, one in _drawn(self.previews).items()}

    @property
    def is_waiting(self) -> bool:
        """Whether a film is still being made for this kind of display."""
        return any(one.is_waiting for one in self.previews)

    @property
    def is_legible(self) -> bool:
        """Say whether it can be approved as it is."""
        return not any(stops(one, self.submission.document) for one in self.previews)


def missing_renditions(store: Store, *, by: User) -> list[Supplement]:
    """Return what the worker had to leave out in its last round and `by` may approve.

    Never one's own submissions. Draws what was not drawn yet.
    """
    found = []
    for submission, profile in _waiting(store, by):
        if submission.submitted_by != by.id:
            previews = previews_on(store, submission.document, profile)
            found.append(Supplement(submission=submission, profile=profile, previews=previews))
    return found


def own_missing(store: Store, *, by: User) -> list[tuple[Submission, Profile]]:
    """Return what `by` could approve had another person submitted it (rule of two persons)."""
    return [one for one in _waiting(store, by) if one[0].submitted_by == by.id]


def approve_missing(
    store: Store,
    submission_id: str,
    profile_id: str,
    hashes: Mapping[str, str],
    *,
    by: User,
    at: int,
) -> Submission:
    """Approve the pictures that `hashes` names for one more profile; they are on air from now on.

    `hashes` is the `shown` of each subject that `by` saw. What was approved before stays as it is.
    Raises NotLegible, NotYet, NotAllowed, and Refused when the pictures are others by now.
    """
    seen = store.submissions.get(submission_id)
    demand(store, by, Action.REVIEW, seen.unit)
    profile = store.profiles.get(profile_id)
    previews = previews_on(store, seen.document, profile)
    require_made(previews)
    if any(stops(one, seen.document) for one in previews):
        raise NotLegible(profile, [one for one in previews if stops(one, seen.document)])
    with store.transaction():
        old = store.submissions.get(submission_id)
        new = supplemented(old, profile, _drawn(previews), hashes=hashes, by=by)
        store.supplements.save(new)
        store.audit.record(
            who=by.login,
            act="submission.supplemented",
            subject=f"submission:{new.id}",
            unit=new.unit,
            at=at,
            detail={"playlist": new.playlist, "profile": profile_id, "hashes": dict(hashes)},
        )
    return new


def _waiting(store: Store, by: User) -> Iterator[tuple[Submission, Profile]]:
    reach = visible_units(store, by, Action.REVIEW)
    wanted = {(one.submission, one.profile) for one in publishing.missing(store)}
    for submission_id, profile_id in sorted(wanted):
        submission, profile = store.submissions.get(submission_id), store.profiles.get(profile_id)
        waits = submission.state is State.APPROVED and not submission.is_drawn_for(profile)
        if waits and submission.unit in reach:
            yield submission, profile


def _drawn(previews: list[Preview]) -> dict[str, Rendition]:
    return {one.subject_hash: one.rendition for one in previews if one.rendition}
