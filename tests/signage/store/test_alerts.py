"""Alerts are kept in every revision; live ones are found however many there are."""

from signage.domain.alert import Alert, AlertState, AlertWords
from signage.store import Store

NOW = 1_795_410_000_000
HOUR = 3_600_000


def alert(alert_id: str = "lu", **changes: object) -> Alert:
    fields: dict[str, object] = {
        "id": alert_id,
        "revision": 1,
        "state": AlertState.RAISED,
        "words": AlertWords(headline="Lũ", body="Lên cao", area="Hội Phú", sender="UBND"),
        "targets": ["unit:hoi-phu"],
        "begins_at": NOW,
        "expires_at": NOW + HOUR,
        "pages": {},
        "green": {},
        "created_by": "u1",
        "created_at": NOW,
    }
    return Alert(**(fields | changes))


def save(store: Store, *alerts: Alert, at: int = NOW) -> None:
    with store.transaction():
        for one in alerts:
            store.alerts.save(one, by="truc", at=at)


def test_an_alert_comes_back_as_it_was_saved(empty_store):
    save(empty_store, alert())
    assert empty_store.alerts.get("lu") == alert()


def test_an_alert_that_never_was_is_none(empty_store):
    assert empty_store.alerts.get("bia") is None


def test_live_are_those_raised_or_cleared(empty_store):
    for state in AlertState:
        save(empty_store, alert(state.value, state=state))
    assert {one.id for one in empty_store.alerts.live()} == {"raised", "cleared"}


def test_no_live_alert_is_left_out_however_many_there_are(empty_store):
    save(empty_store, *(alert(f"a{number}") for number in range(500)))
    assert len(empty_store.alerts.live()) == 500


def test_recent_are_the_newest(empty_store):
    save(empty_store, *(alert(f"a{n}", created_at=NOW + n) for n in range(5)))
    assert [one.id for one in empty_store.alerts.recent(3)] == ["a4", "a3", "a2"]


def test_the_history_has_every_revision_in_order(empty_store):
    save(empty_store, alert(state=AlertState.DRAFT))
    save(empty_store, alert())
    save(empty_store, alert(revision=2), at=NOW + 1)
    history = [
        (one.revision, one.state, by, at) for one, by, at in empty_store.alerts.history("lu")
    ]
    assert history == [
        (1, AlertState.DRAFT, "truc", NOW),
        (1, AlertState.RAISED, "truc", NOW),
        (2, AlertState.RAISED, "truc", NOW + 1),
    ]


def test_newest_revisions_are_told_for_many_at_once(empty_store):
    save(empty_store, alert("a"), alert("b", revision=3))
    assert empty_store.alerts.revisions(["a", "b", "c"]) == {"a": 1, "b": 3}
    assert empty_store.alerts.revisions([]) == {}


def test_raises_within_an_hour_are_counted_once_each(empty_store):
    save(empty_store, alert("a", state=AlertState.DRAFT), alert("a"), at=NOW)
    save(empty_store, alert("a", revision=2), alert("b"), at=NOW + 5)
    assert empty_store.alerts.raised_since(NOW) == 2
    assert empty_store.alerts.raised_since(NOW + 1) == 1
