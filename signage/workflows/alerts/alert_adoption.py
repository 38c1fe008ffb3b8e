"""Takes over alerts that were raised, changed or cleared by another controller (rule R)."""

from collections.abc import Sequence
from contextlib import suppress

import msgspec

from players.contract import documents, topics
from players.contract.alerts import AlertSet, refusal_of_alerts
from players.contract.keys import KeyList
from players.contract.signature import Kind, Unsealed, open_sealed
from signage.domain.alert import AlertState
from signage.store.ledger import Ledger
from signage.store.publications import Sealed
from signage.workflows.alerts.alert_entries import OUTSIDE, taken_over, without_profile
from signage.workflows.alerts.alert_sets import compose, end, pages_of, record, set_in
from signage.workflows.publication.sealing import from_outside, is_newer


class _Named(msgspec.Struct):
    id: str = ""
    revision: int = 0


def adopt(
    store: Ledger, key_list: KeyList, *, fleet: str, topic: str, sealed: bytes, at: int
) -> AlertSet | None:
    """Take over a validly sealed set that is newer than what the store knows (rule R).

    Another controller or the command line has raised or cleared something: that is a change from
    outside, never to be overwritten. Returns the set when it was adopted.
    """
    if store.publications.sealed(topic) == sealed:
        return None  # our own, heard again
    alert_set = _genuine(key_list, fleet=fleet, topic=topic, sealed=sealed, at=at)
    if alert_set is None or not is_newer(alert_set, store.publications.latest(topic)):
        return None
    with store.transaction():
        latest = store.publications.latest(topic)
        if not is_newer(alert_set, latest):
            return None
        _take_over(store, alert_set, latest, at)
        composed = compose(store.alerts.live(), alert_set.profile, alert_set, at)
        # When this is what we would say ourselves, nothing is sealed on top of it.
        agreed = _named_alerts(composed.entries) == _named_alerts(alert_set.entries)
        store.publications.commit(
            from_outside(
                alert_set,
                sealed,
                kind=Kind.ALERTS,
                topic=topic,
                addressee=alert_set.profile,
                says=composed.says if agreed else OUTSIDE,
                at=at,
            )
        )
        store.publications.publish_blobs({f"alerts:{alert_set.profile}": pages_of(sealed)})
    return alert_set


def _genuine(
    key_list: KeyList, *, fleet: str, topic: str, sealed: bytes, at: int
) -> AlertSet | None:
    """The set when it is of this fleet and epoch, on its own topic, and players would take it."""
    try:
        payload, _ = open_sealed(sealed, Kind.ALERTS, key_list.trusted_for(Kind.ALERTS, at))
        alert_set = documents.decode(payload, AlertSet)
    except Unsealed:
        return None
    entries, _ = documents.alert_entries(alert_set.entries)
    ours = alert_set.fleet == fleet and topic == topics.alerts(fleet, alert_set.profile)
    strange = documents.refusal_of_schema(alert_set.schema) or refusal_of_alerts(entries)
    return alert_set if ours and not strange and alert_set.epoch == key_list.epoch else None


def _take_over(store: Ledger, alert_set: AlertSet, latest: Sealed | None, at: int) -> None:
    entries, _ = documents.alert_entries(alert_set.entries)
    for entry in entries:
        alert = taken_over(store.alerts.get(entry.id), alert_set.profile, entry)
        if alert:
            store.alerts.save(alert, by=OUTSIDE, at=at)
            record(store, alert, "alert.adopted", at, by=OUTSIDE)
    # Only what the set before it named can have been cleared outside: an alert that nobody there
    # could know of yet goes on.
    before = _ids(set_in(latest.sealed if latest else None))
    for alert in store.alerts.live():
        if alert.id in before - _ids(alert_set):
            left = without_profile(alert, alert_set.profile)
            if left.state is AlertState.ENDED:
                end(store, left, at, by=OUTSIDE)
            else:
                store.alerts.save(left, by=OUTSIDE, at=at)


def _named_alerts(entries: Sequence[msgspec.Raw]) -> set[tuple[str, int]]:
    """Id and revision of each entry, also of kinds that are not known here."""
    named = set()
    for raw in entries:
        with suppress(msgspec.DecodeError):
            entry = msgspec.json.decode(bytes(raw), type=_Named)
            named.add((entry.id, entry.revision))
    return named


def _ids(alert_set: AlertSet | None) -> set[str]:
    return {alert for alert, _ in _named_alerts(alert_set.entries)} if alert_set else set()
