"""What people who are not looking are told: displays not reached, warnings, alerts sent alone."""

from collections.abc import Callable, Sequence

import msgspec

from players.contract.limits import DAY
from signage.domain.alert import Alert, AlertState
from signage.domain.cap.received import WAITS_AT_MOST
from signage.domain.display import Display
from signage.store import Store
from signage.store.documents import from_text, to_text
from signage.workflows.alerts import alerting, alone_reviews
from signage.workflows.alerts.alone_reviews import SentAlone
from signage.workflows.reports import reporting

ALONE_LATE, ALONE_FORGOTTEN = DAY, 7 * DAY
NAMED = 20
"""So many displays are named; the page has them all."""
_TOLD = "notices.told"
MAX_TOLD = 500


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """One notice; `about` names what it is about, so that it is told once."""

    about: str
    title: str
    body: str


class _Told(msgspec.Struct, frozen=True):
    about: list[str]


def due(store: Store, *, after_ms: int, address: str, at: int) -> list[Notice]:
    """Return what is to be told now and was not told before. `address` is that of the pages."""
    told = _told(store)
    notices = [
        *_unreached(store, after_ms, address, at),
        *_waiting(store, address, at),
        *_sent_alone(store, address, at),
    ]
    return [one for one in notices if one.about not in told]


def remember(store: Store, notices: Sequence[Notice], *, at: int) -> None:
    """Note that these were told, and write it into the log."""
    about = [*_told(store), *(one.about for one in notices)][-MAX_TOLD:]
    with store.transaction():
        store.publications.keep_note(_TOLD, to_text(_Told(about)))
        for one in notices:
            store.audit.record(
                who="worker", act="notice.sent", subject=one.about, at=at,
                detail={"title": one.title},
            )  # fmt: skip


def tell(
    store: Store, send: Callable[[Notice], None], *, after_ms: int, address: str, at: int
) -> None:
    """Remember what is due, then send it: better told once than again at each start."""
    notices = due(store, after_ms=after_ms, address=address, at=at)
    if notices:
        remember(store, notices, at=at)
        for one in notices:
            send(one)


def _told(store: Store) -> list[str]:
    note = store.publications.note(_TOLD)
    return from_text(note, _Told).about if note else []


def _unreached(store: Store, after_ms: int, address: str, at: int) -> list[Notice]:
    return [
        _notice(store, alert, missing, address)
        for alert in store.alerts.live()
        if alert.state is AlertState.RAISED
        and alert.begins_at + after_ms <= at < alert.expires_at
        and (missing := _missing(store, alert, at))
    ]


def _missing(store: Store, alert: Alert, at: int) -> list[Display]:
    rows = reporting.proof(store, alert.id, at=at)
    return [display for display, progress, _ in rows if progress.state != "shown"]


def _notice(store: Store, alert: Alert, missing: Sequence[Display], address: str) -> Notice:
    loud = reporting.sites_with_loudspeaker(store)
    names = [
        f"- {one.name}" + ("" if one.site in loud else " (không có loa)") for one in missing[:NAMED]
    ]
    more = [f"… và {len(missing) - NAMED} màn hình khác"] if len(missing) > NAMED else []
    return Notice(
        about=f"alert:{alert.id}:{alert.revision}",
        title=f"{len(missing)} màn hình CHƯA HIỆN cảnh báo: {alert.words.headline}",
        body="\n".join([alert.words.area, *names, *more, f"{address}/alerts/{alert.id}"]),
    )


def _sent_alone(store: Store, address: str, at: int) -> list[Notice]:
    """Break-glass: at once, and again when nobody has looked at it within a day."""
    return [
        notice
        for sent in alone_reviews.sent_alone(store)
        if not sent.reviewed_by and at < sent.at + ALONE_FORGOTTEN
        for notice in _alone(sent, address, is_late=at >= sent.at + ALONE_LATE)
    ]


def _alone(sent: SentAlone, address: str, *, is_late: bool) -> list[Notice]:
    first = Notice(
        about=alone_reviews.told_as(sent.alert),
        title=f"MỘT NGƯỜI tự phát cảnh báo: {sent.headline}",
        body="\n".join(
            [
                f"Người phát: {sent.by}. Lãnh đạo cần xem lại.",
                f"{address}/alerts/{sent.alert}",
                f"{address}/alert-reviews",
            ]
        ),
    )
    again = Notice(
        about=f"{first.about}:late",
        title=f"Quá một ngày CHƯA AI XEM LẠI cảnh báo do một người phát: {sent.headline}",
        body=first.body,
    )
    return [first, again] if is_late else [first]


def _waiting(store: Store, address: str, at: int) -> list[Notice]:
    return [
        Notice(
            about=f"cap:{one.id}",
            title="Bản tin cảnh báo đang chờ trực ban quá hai phút",
            body="\n".join(
                [
                    one.decision.words.headline if one.decision.words else one.decision.identifier,
                    f"{address}/warnings/{one.id}",
                ]
            ),
        )
        for one in store.cap_messages.open()
        if one.is_late(at)
    ] + [
        Notice(
            about=f"wish:{one.id}",
            title="Đề nghị phát cảnh báo đang chờ trực ban quá hai phút",
            body=f"{one.alert.words.headline} ({one.source})\n{address}/alerts/{one.id}/confirm",
        )
        for one in alerting.waiting(store, at=at)
        if one.source and at >= one.made_at + WAITS_AT_MOST
    ]
