"""Alerts that other programs ask for by putting a file into a folder: raised, amended, ended.

A standing authorisation may cover it; what it does not cover waits for a duty officer. The words
are those of an approved template, never the file's own.
"""

from typing import Final

import msgspec
import yaml

from players.contract.limits import KIB, MINUTE
from signage.domain.act import Proposal
from signage.domain.alert import Alert, AlertState, AlertWords
from signage.domain.alert_template import AlertTemplate
from signage.domain.names import printable
from signage.domain.people import Role, User
from signage.domain.sentences import N_, Refused
from signage.store import Store
from signage.store.documents import from_text, to_text
from signage.workflows.alerts import alert_templates, alerting
from signage.workflows.sealer.authorising import Authorise

MAX_FILE_BYTES: Final = 16 * KIB
MAX_WAITING: Final = 20
"""Wishes of files that may wait at once: a program that goes mad must not bury the others."""
MAX_EVENTS: Final = 200
_BY: Final = "alert-folder"
_NOTE: Final = "alert-folder.events"


class Wish(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A file: an approved `template` (its id or title), one of its areas, where, for how long.

    `event` names what it is about, so that a later file changes it, or with `ended` gives the all
    clear; the file's name when it is left out. `minutes` are the template's when left out.
    """

    template: str = ""
    area: str = ""
    targets: list[str] = []
    minutes: int = 0
    event: str = ""
    ended: bool = False


class _Events(msgspec.Struct, frozen=True):
    """Alerts by the event that they are about, the newest last."""

    alerts: dict[str, str]


def take(
    store: Store,
    content: bytes,
    *,
    name: str,
    authorise: Authorise,
    green_for: int,
    at: int,
) -> Alert | Refused:
    """Do what the file `name` asks for; returns why it waits in the officers' queue instead.

    Raises Refused when it can't even be drawn: nothing of it is kept then.
    """
    wish = _read(content)
    event = printable(wish.event or name)[:80]
    by = _source(store)
    if wish.ended and _running(store, event, at) is None and _withdrawn(store, event, at):
        _record(store, "alert-folder.withdrawn", _events(store)[event], name, "", at)
        return Refused(N_("Đề nghị đang chờ trực ban đã được rút lại."))
    proposal = _proposal(store, wish, event, source=name, green_for=green_for, by=by, at=at)
    _remember(store, event, proposal.alert.id)
    done = alerting.confirm_or_queue(store, proposal, authorise=authorise, by=by, at=at)
    if isinstance(done, Refused):
        _record(store, "alert-folder.queued", proposal.alert.id, name, str(done), at)
    return done


def refused(store: Store, name: str, why: Refused, *, at: int) -> None:
    """Write into the log that a file was refused, and why."""
    _record(store, "alert-folder.refused", "", name, str(why), at)


def _read(content: bytes) -> Wish:
    try:
        if len(content) > MAX_FILE_BYTES:
            raise ValueError(f"more than {MAX_FILE_BYTES} bytes")
        return msgspec.convert(yaml.safe_load(content.decode("utf-8")), Wish)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise Refused(
            N_("Tệp không đọc được: {reason}. Hãy xem mẫu trong docs/alert-folder.md."),
            reason=" ".join(str(error).split())[:200],
        ) from error


def _proposal(
    store: Store, wish: Wish, event: str, *, source: str, green_for: int, by: User, at: int
) -> Proposal:
    running = _running(store, event, at)
    if wish.ended:
        if running is None:
            raise Refused(N_("Không có cảnh báo nào đang phát cho sự kiện “{event}”."), event=event)
        return alerting.propose_all_clear(
            store, running.id, green_for=green_for, by=by, at=at, source=source
        )
    template = _template(store, wish.template)
    words = _words(template, wish.area)
    until = at + (wish.minutes or template.minutes) * MINUTE
    if running is not None:
        return alerting.propose_amendment(
            store,
            running.id,
            words=words,
            targets=wish.targets,
            until=until,
            revision=running.revision,
            template=template.id,
            source=source,
            by=by,
            at=at,
        )
    _make_room(store, event, at)
    return alerting.draft(
        store,
        words,
        targets=wish.targets,
        until=until,
        template=template.id,
        source=source,
        by=by,
        at=at,
    )


def _template(store: Store, wanted: str) -> AlertTemplate:
    approved = alert_templates.approved(store)
    for one in approved:
        if wanted in (one.id, one.title):
            return one
    titles = ", ".join(f"“{one.title}”" for one in approved) or "–"
    raise Refused(
        N_("Không có mẫu đã duyệt “{template}”. Các mẫu hiện có: {titles}."),
        template=printable(wanted)[:80],
        titles=titles,
    )


def _words(template: AlertTemplate, area: str) -> AlertWords:
    if area and area not in template.areas:
        raise Refused(
            N_("Mẫu “{template}” không có khu vực “{area}”. Các khu vực: {areas}."),
            template=template.title,
            area=printable(area)[:80],
            areas=", ".join(template.areas)[:300],
        )
    return template.at(area or template.areas[0])


def _running(store: Store, event: str, at: int) -> Alert | None:
    known = store.alerts.get(_events(store).get(event, ""))
    is_up = known and known.state is AlertState.RAISED and not known.is_over(at)
    return known if is_up else None


def _make_room(store: Store, event: str, at: int) -> None:
    """A wish takes the place of an earlier one of the same event that still waits."""
    _withdrawn(store, event, at)
    if sum(one.made_by == _BY for one in alerting.waiting(store, at=at)) >= MAX_WAITING:
        raise Refused(
            N_("Đang có {limit} đề nghị từ thư mục chờ trực ban. Hãy xử lý bớt."),
            limit=MAX_WAITING,
        )


def _withdrawn(store: Store, event: str, at: int) -> bool:
    """Take a wish of this event off the officers' queue; says whether there was one."""
    named = _events(store).get(event)
    waits = [one for one in alerting.waiting(store, at=at) if one.made_by == _BY]
    mine = [one for one in waits if one.alert.id == named]
    with store.transaction():
        for one in mine:
            store.proposals.remove(one.id)
    return bool(mine)


def _source(store: Store) -> User:
    """In whose name files are drawn: nobody who signs in, and nobody the sealer would believe."""
    root = next(unit for unit in store.units.all() if unit.parent is None)
    return User(id=_BY, login=_BY, name=_BY, role=Role.DUTY_OFFICER, unit=root.id)


def _events(store: Store) -> dict[str, str]:
    note = store.publications.note(_NOTE)
    return from_text(note, _Events).alerts if note else {}


def _remember(store: Store, event: str, alert: str) -> None:
    events = [(name, id_) for name, id_ in _events(store).items() if name != event]
    kept = dict([*events, (event, alert)][-MAX_EVENTS:])
    with store.transaction():
        store.publications.keep_note(_NOTE, to_text(_Events(kept)))


def _record(store: Store, act: str, alert: str, name: str, why: str, at: int) -> None:
    with store.transaction():
        store.audit.record(
            who=_BY,
            act=act,
            subject=f"alert:{alert}" if alert else "",
            at=at,
            detail={"file": name, "why": why},
        )
