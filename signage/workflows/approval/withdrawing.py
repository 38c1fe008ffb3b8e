"""Withdrawing: what turned out wrong leaves every screen at once, with the reason kept."""

from signage.domain.people import Action, User, may
from signage.domain.review import Submission, Withdrawal, checked_reason
from signage.store import Store
from signage.workflows.accounts.permission import demand


def withdraw(store: Store, submission_id: str, *, reason: str, by: User, at: int) -> Submission:
    """Take a whole approved submission off air."""
    gone = Withdrawal(subject_hash=None, reason=checked_reason(reason), by=by.id, at=at)
    with store.transaction():
        old = store.submissions.get(submission_id)
        demand(store, by, Action.WITHDRAW, old.unit)
        return _take_off(store, old, gone, by=by)


def withdraw_slide(
    store: Store, submission_id: str, subject_hash: str, *, reason: str, by: User, at: int
) -> list[Submission]:
    """Take one slide, or the ticker, off air wherever it shows in the reach of `by`.

    Returns the submissions changed, the named one first. What is wrong in one playlist is wrong
    in its copies too.
    """
    gone = Withdrawal(subject_hash=subject_hash, reason=checked_reason(reason), by=by.id, at=at)
    with store.transaction():
        old = store.submissions.get(submission_id)
        demand(store, by, Action.WITHDRAW, old.unit)
        copies = [
            other
            for other in store.submissions.approved()
            if other.id != old.id and _shows(other, subject_hash) and _reaches(store, by, other)
        ]
        return [_take_off(store, one, gone, by=by) for one in [old, *copies]]


def _shows(submission: Submission, subject_hash: str) -> bool:
    drawn = subject_hash in submission.document.subjects()
    return drawn and not submission.is_withdrawn(subject_hash)


def _reaches(store: Store, by: User, submission: Submission) -> bool:
    return may(by, Action.WITHDRAW, store.units.chain(submission.unit))


def _take_off(store: Store, old: Submission, gone: Withdrawal, *, by: User) -> Submission:
    new = old.withdrawn(gone)
    store.submissions.save(new)
    detail = {"playlist": new.playlist, "subject_hash": gone.subject_hash, "reason": gone.reason}
    act = "submission.withdrawn" if gone.subject_hash is None else "slide.withdrawn"
    subject = f"submission:{new.id}"
    store.audit.record(
        who=by.login, act=act, subject=subject, unit=new.unit, detail=detail, at=gone.at
    )
    return new
