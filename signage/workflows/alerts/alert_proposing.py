"""Draws what an officer may confirm: an alert, an amendment, another end, an all clear."""

from collections.abc import Sequence

import msgspec

from players.contract.limits import DAY
from signage.domain.act import Act, ActKind, Proposal
from signage.domain.alert import (
    GREEN_PAGE_TIME,
    Alert,
    AlertPage,
    AlertState,
    AlertWords,
    Pages,
    checked_end,
    checked_words,
)
from signage.domain.alert_contacts import refuse_strange_contacts
from signage.domain.names import NotFound
from signage.domain.people import Action, User
from signage.domain.sentences import N_, Refused
from signage.render.alert_livery import Kind
from signage.store import Store
from signage.store.ids import new_id
from signage.workflows.alerts.alert_drawing import draw_alert, draw_green, draw_pages
from signage.workflows.alerts.alert_reach import (
    profiles_of,
    require_alerting,
    require_reach,
)
from signage.workflows.alerts.alert_templates import listed, shown, template_of
from signage.workflows.displays.reach import chosen


def preview(
    store: Store,
    words: AlertWords,
    profile_id: str,
    *,
    until: int,
    kind: Kind = "alert",
    by: User,
) -> list[AlertPage]:
    """Render an alert that is being written, on one profile; raises Refused or Illegible."""
    require_alerting(store, by)
    profile = store.profiles.get(profile_id)
    return draw_pages(store, checked_words(words), profile, until=until, kind=kind)


def draft(
    store: Store,
    words: AlertWords,
    *,
    targets: Sequence[str],
    until: int,
    by: User,
    at: int,
    template: str = "",
    source: str = "",
) -> Proposal:
    """Render all pages for every profile that `targets` mean, and keep the proposal to raise it.

    A profile whose pages can't be drawn gets the plain page, and stands in `plain` of the alert.
    `template` is where the words come from, `source` the unattended source that wants it.
    """
    require_alerting(store, by)
    checked_end(until, at=at)
    words = _checked_words(store, words)
    targets, displays = chosen(store, targets, Action.ALERT, by=by)
    drawn = draw_alert(store, words, profiles_of(store, displays), until=until)
    alert = Alert(
        id=new_id(),
        revision=1,
        state=AlertState.DRAFT,
        words=words,
        targets=targets,
        begins_at=at,
        expires_at=until,
        pages=drawn.pages,
        green=drawn.green,
        plain=drawn.plain,
        created_by=by.id,
        created_at=at,
    )
    act = Act(
        kind=ActKind.RAISE,
        alert=alert,
        displays=len(displays),
        template=template_of(store, template, words),
    )
    return _propose(store, act, alert.id, by=by, at=at, source=source)


def propose_amendment(
    store: Store,
    alert_id: str,
    *,
    words: AlertWords,
    targets: Sequence[str],
    until: int,
    revision: int,
    by: User,
    at: int,
    template: str = "",
    source: str = "",
) -> Proposal:
    """Draw what a running alert would say, whom it would mean and when it would end.

    `revision` is the one the officer saw; a newer one refuses, so that two officers never
    overwrite each other unseen. `template` is where the words come from.
    """
    current = get(store, alert_id)
    require_reach(store, current, by)
    checked_end(until, at=at)
    words = _checked_words(store, words)
    targets, displays = chosen(store, targets, Action.ALERT, by=by)
    if current.revision != revision:
        raise Refused(N_("Người khác vừa cập nhật cảnh báo này. Hãy xem bản mới rồi sửa tiếp."))
    drawn = draw_alert(store, words, profiles_of(store, displays), until=until)
    alert = current.revised(
        words=words,
        targets=targets,
        expires_at=until,
        pages=drawn.pages,
        green=drawn.green,
        plain=drawn.plain,
        at=at,
    )
    act = Act(
        kind=ActKind.AMEND,
        alert=alert,
        displays=len(displays),
        template=template_of(store, template, words),
    )
    return _propose(store, act, new_id(), by=by, at=at, source=source)


def propose_extension(store: Store, alert_id: str, *, until: int, by: User, at: int) -> Proposal:
    """Draw a running alert with another end; its pages say so."""
    current = get(store, alert_id)
    return propose_amendment(
        store,
        alert_id,
        words=current.words,
        targets=current.targets,
        until=until,
        revision=current.revision,
        by=by,
        at=at,
    )


def propose_all_clear(
    store: Store,
    alert_id: str,
    *,
    green_for: int = GREEN_PAGE_TIME,
    by: User,
    at: int,
    source: str = "",
) -> Proposal:
    """The all clear: for `green_for` ms the green page where the alert was presented."""
    current = get(store, alert_id)
    displays = require_reach(store, current, by)
    missing = [one for one in profiles_of(store, displays) if one.id not in current.green]
    drawn: Pages = {
        profile.id: draw_green(store, current.words, profile, until=current.expires_at)
        for profile in missing  # of an alert that came from outside, or profiles added meanwhile
    }
    cleared = current.cleared(at=at, green_for=green_for)
    alert = msgspec.structs.replace(cleared, green=drawn | cleared.green)
    act = Act(kind=ActKind.CLEAR, alert=alert, displays=len(displays))
    return _propose(store, act, new_id(), by=by, at=at, source=source)


def get(store: Store, alert_id: str) -> Alert:
    """One alert that was raised, in its newest revision; raises NotFound."""
    alert = store.alerts.get(alert_id)
    if alert is None:
        raise NotFound(N_("Không có cảnh báo này. Hãy mở lại danh sách cảnh báo."))
    return alert


def proposed(store: Store, proposal_id: str) -> Proposal:
    """What waits for confirmation; raises NotFound when it was confirmed or forgotten."""
    proposal = store.proposals.get(proposal_id)
    if proposal is None:
        raise NotFound(
            N_("Đề nghị này đã được xác nhận hoặc đã hết hạn. Hãy mở lại danh sách cảnh báo.")
        )
    return proposal


def _checked_words(store: Store, words: AlertWords) -> AlertWords:
    words = checked_words(words)
    refuse_strange_contacts(shown(words), listed(store))
    return words


def _propose(
    store: Store, act: Act, proposal_id: str, *, by: User, at: int, source: str = ""
) -> Proposal:
    proposal = Proposal(id=proposal_id, act=act, made_by=by.login, made_at=at, source=source)
    with store.transaction():
        store.proposals.forget(before=at - DAY)
        store.proposals.save(proposal)
    return proposal
