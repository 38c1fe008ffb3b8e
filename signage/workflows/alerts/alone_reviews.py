"""What one person sent alone (break-glass) is looked at afterwards by somebody else."""

import msgspec

from signage.domain.people import Action, NotAllowed, User
from signage.domain.sentences import N_, Refused
from signage.store import Store
from signage.workflows.accounts.permission import demand

SENT, REVIEWED = "alert.broke-glass", "alert.reviewed"
MAX_COMMENT_LETTERS = 500


class SentAlone(msgspec.Struct, frozen=True, kw_only=True):
    """An alert that `by` sent alone, who has said what to that since, and when notices went out."""

    alert: str
    headline: str
    by: str
    at: int
    reviewed_by: str = ""
    reviewed_at: int = 0
    comment: str = ""
    told_at: int = 0


def told_as(alert_id: str) -> str:
    """What the notice about an alert that was sent alone is about, in the log."""
    return f"alone:{alert_id}"


def sent_alone(store: Store) -> list[SentAlone]:
    """What was sent alone, newest first; all of it are rows of the log."""
    reviews = {row.subject: row for row in store.audit.of_act(REVIEWED)}
    found = []
    for row in store.audit.of_act(SENT):
        sent = SentAlone(
            alert=row.subject.removeprefix("alert:"),
            headline=str(row.detail.get("headline", "")),
            by=row.who,
            at=row.at,
            told_at=_told_at(store, row.subject.removeprefix("alert:")),
        )
        if review := reviews.get(row.subject):
            sent = msgspec.structs.replace(
                sent,
                reviewed_by=review.who,
                reviewed_at=review.at,
                comment=str(review.detail.get("comment", "")),
            )
        found.append(sent)
    return found


def _told_at(store: Store, alert_id: str) -> int:
    told = store.audit.page(subject=told_as(alert_id), limit=1)
    return told[0].at if told else 0


def waiting(store: Store) -> int:
    """How many nobody has looked at."""
    return sum(not one.reviewed_by for one in sent_alone(store))


def review(store: Store, alert_id: str, *, comment: str, by: User, at: int) -> None:
    """Note what `by` says to an alert that somebody else sent alone; raises Refused."""
    demand(store, by, Action.REVIEW, by.unit)
    sent = next((one for one in sent_alone(store) if one.alert == alert_id), None)
    if sent is None or sent.reviewed_by:
        raise Refused(N_("Lần phát này không cần xem lại nữa."))
    if sent.by == by.login:
        raise NotAllowed(N_("Người đã phát một mình không tự xem lại. Hãy nhờ người khác."))
    comment = " ".join(comment.split())
    if not 0 < len(comment) <= MAX_COMMENT_LETTERS:
        raise Refused(
            N_("Hãy ghi nhận xét, tối đa {limit} chữ."), field="comment", limit=MAX_COMMENT_LETTERS
        )
    with store.transaction():
        store.audit.record(
            who=by.login,
            act=REVIEWED,
            subject=f"alert:{alert_id}",
            unit=by.unit,
            at=at,
            detail={"comment": comment},
        )
