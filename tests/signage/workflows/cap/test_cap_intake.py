import pytest

from players.contract.limits import HOUR, MINUTE
from signage.cap.table_file import Table, table_of
from signage.domain.alert import AlertState
from signage.domain.cap.deciding import Verb
from signage.domain.cap.received import Received, Standing
from signage.domain.people import NotAllowed
from signage.domain.sentences import Refused
from signage.store import Store
from signage.workflows.cap import cap_intake
from tests.signage.cap.messages import SENDER, Signatory, info, message, reference
from tests.signage.pleiku import DUTY_OFFICER, NOON, OFFICER

AUTHORITY = Signatory(NOON)
TABLE = Table(
    rules=table_of(f"senders: [{{sender: {SENDER}, name: Đài KTTV, automatic: true}}]"),
    certificates={SENDER: [AUTHORITY.pem]},
)


def take(store: Store, content: bytes, *, signed: bool = False, at: int = NOON) -> Received:
    content = AUTHORITY.sign(content) if signed else content
    received = cap_intake.take(store, content, source="test", table=TABLE, at=at)
    assert received
    return received


def warning(identifier: str = "1", **changes) -> bytes:
    return message(identifier, NOON, info(**{"expires": NOON + HOUR} | changes))


def cancel(identifier: str = "2") -> bytes:
    ends = reference("1", NOON)
    return message(identifier, NOON + MINUTE, type="Cancel", references=ends)


def test_everything_is_kept_with_its_reason_and_its_bytes(store: Store) -> None:
    content = message("1", NOON, info(), status="Test")
    received = take(store, content)
    kept = store.cap_messages.get(received.id)
    assert (kept.standing, kept.decision.reason) == (Standing.DONE, "not-actual")
    assert store.cap_messages.content(received.id) == content


def test_the_same_bytes_again_cost_nothing(store: Store) -> None:
    take(store, warning())
    for _ in range(3):
        assert cap_intake.take(store, warning(), source="x", table=TABLE, at=NOON) is None
    assert len(store.cap_messages.recent(limit=9)) == 1


def test_what_an_officer_must_see_waits_and_grows_late(store: Store) -> None:
    received = take(store, warning())
    assert received.standing is Standing.WAITS
    assert store.cap_messages.count_waiting() == 1
    assert not received.is_late(NOON + MINUTE)
    assert received.is_late(NOON + 2 * MINUTE)


def test_what_is_trusted_calls_for_the_sealer(store: Store) -> None:
    assert take(store, warning(), signed=True).standing is Standing.CALLS


def test_an_officer_lets_a_message_go_with_a_reason(store: Store) -> None:
    received = take(store, warning())
    with pytest.raises(NotAllowed):
        cap_intake.dismiss(store, received.id, remark="x", by=OFFICER, at=NOON)
    with pytest.raises(Refused):
        cap_intake.dismiss(store, received.id, remark=" ", by=DUTY_OFFICER, at=NOON)
    cap_intake.dismiss(store, received.id, remark="đã có bản khác", by=DUTY_OFFICER, at=NOON)
    assert store.cap_messages.open() == []
    (row,) = store.audit.page(subject=f"cap:{received.id}", limit=1)
    assert (row.act, row.detail["reason"]) == ("cap.dismissed", "đã có bản khác")
    with pytest.raises(Refused):
        cap_intake.dismiss(store, received.id, remark="x", by=DUTY_OFFICER, at=NOON)


def test_a_cancel_takes_away_what_only_waited(store: Store) -> None:
    take(store, warning())
    ending = take(store, cancel(), at=NOON + MINUTE)
    assert ending.decision.decision is Verb.CANCEL
    cap_intake.follow(store, at=NOON + MINUTE)
    assert store.cap_messages.open() == []
    assert store.cap_messages.get(ending.id).standing is Standing.DONE


def test_a_message_that_waited_past_its_end_is_over(store: Store) -> None:
    received = take(store, warning())
    cap_intake.tidy(store, at=NOON + HOUR)
    assert store.cap_messages.get(received.id).standing is Standing.ENDED


def test_old_messages_that_became_nothing_are_forgotten(store: Store) -> None:
    take(store, message("1", NOON, info(), status="Test"))
    cap_intake.tidy(store, at=NOON + cap_intake.KEPT_FOR + 1)
    assert store.cap_messages.recent(limit=9) == []


def test_no_message_by_itself_makes_an_alert(store: Store) -> None:
    take(store, warning(), signed=True)
    cap_intake.follow(store, at=NOON)
    assert [one for one in store.alerts.recent() if one.state is AlertState.RAISED] == []
