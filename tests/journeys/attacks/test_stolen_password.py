"""The broker is locked: who steals a display's password hears and says what that display may."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from players.contract import topics
from players.link.process import LinkProcess
from players.link.wire import LinkConfig
from players.outputs import OUTPUTS
from players.settings import BrokerSettings, read_settings
from players.upkeep import doctor
from signage import emergency_kit
from signage.broker import Connection
from signage.broker_users import access_in, display_user
from signage.clock import now_ms
from signage.workflows.displays import provisioning
from tests.doubles import until
from tests.journeys.attacks.field import DISPLAY, FLEET, PROFILE, Field
from tests.journeys.attacks.locked import LockedMosquitto, make_certificate
from tests.signage.pleiku import ADMINISTRATOR

pytestmark = [pytest.mark.journey, pytest.mark.system("mosquitto")]

ROBBED = "hoa-lu"
"""Its player is off; somebody has carried its folder away."""


@pytest.fixture(scope="module")
def field(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Field]:
    folder = tmp_path_factory.mktemp("locked")
    broker = LockedMosquitto(folder)
    field = Field(folder, broker, ca=broker.ca)
    field.attackers_access = broker.take_files(field.settings)
    broker.start()
    field.start()
    yield field
    field.close()
    broker.stop()


@pytest.fixture
def thief(field: Field) -> Iterator["Thief"]:
    thief = Thief(field)
    yield thief
    thief.connection.close()


class Thief:
    """Connects with what the robbed folder holds, listens to everything, says anything."""

    def __init__(self, field: Field) -> None:
        self.heard: list[str] = []
        self.access = access_in(field.folder / ROBBED, display_user(ROBBED))
        self.connection = Connection(
            field.broker.host,
            field.broker.port,
            name="pleiku-sealer",
            subscriptions=["#"],
            received=lambda topic, _payload, _retained: self.heard.append(topic),
            access=self.access,
        )
        self.connection.start()
        assert self.connection.wait_until_up(10)


def test_a_player_gets_programme_and_alert_though_the_certificate_has_run_out(field, alert):
    assert field.tile().link == "online"
    until(lambda: any(one.id == alert.id for one in field.status().alerts))


def test_a_stolen_password_hears_nothing_for_other_displays(field, thief):
    own = topics.manifest(FLEET, ROBBED)
    until(lambda: own in thief.heard)
    profile = field.store.displays.get(ROBBED).profile
    pages = topics.pages(FLEET, profile)[:-1]
    may = topics.heard_by(FLEET, ROBBED, profile)
    assert [one for one in thief.heard if one not in may and not one.startswith(pages)] == []
    assert topics.manifest(FLEET, DISPLAY) in field.attacker.retained


def test_a_stolen_password_speaks_for_no_other_display_and_sets_nothing(field, thief):
    forged = [
        topics.status(FLEET, DISPLAY),
        topics.presence(FLEET, DISPLAY),
        topics.alerts(FLEET, PROFILE),
        topics.holds(FLEET, PROFILE),
        topics.page(FLEET, PROFILE, "0" * 64),
        topics.keys(FLEET),
        topics.beat(FLEET),
        topics.manifest(FLEET, ROBBED),
        topics.commands(FLEET, DISPLAY),
    ]
    for topic in forged:
        thief.connection.publish(topic, b"forged")
    own = topics.screenshot(FLEET, ROBBED)
    thief.connection.publish(own, b"forged")
    until(lambda: field.attacker.all_of(own))
    said = {topic for topic, payload in list(field.attacker.heard) if payload == b"forged"}
    assert said == {own}


def test_a_stolen_password_puts_nobody_off_the_line(field, thief):
    # It has called itself as the sealer does; a broker that goes by that would hang up on it.
    own = topics.screenshot(FLEET, ROBBED)
    thief.connection.publish(own, b"here")
    until(lambda: b"here" in field.attacker.all_of(own))
    assert field._sealer.connection.is_up()


def test_an_encrypted_line_bears_a_crowd_both_ways(field):
    auditor, number = field.attacker.connection, field.attacker.connections
    for count in range(600):
        assert auditor.publish("crowd", b"%d" % count, retain=False)
    until(lambda: len(set(field.attacker.all_of("crowd"))) == 600)
    assert field.attacker.connections == number


@pytest.fixture
def robbed(field: Field) -> BrokerSettings:
    """What the robbed folder says of the broker."""
    return read_settings(field.folder / ROBBED / "player.yaml", OUTPUTS).broker


STRANGERS = {
    "nobody": {"user": ""},
    "a wrong password": {"password_file": "wrong"},
    "a user that is not there": {"user": "display-nowhere"},
}


@pytest.mark.parametrize("who", STRANGERS)
def test_who_is_not_known_is_refused(field, robbed, tmp_path, monkeypatch, who):
    monkeypatch.chdir(tmp_path)
    Path("wrong").write_text("wrong")
    stranger = msgspec.structs.replace(robbed, **STRANGERS[who])
    assert told_by_doctor(field, robbed) == ""
    assert told_by_doctor(field, stranger).startswith("the broker refuses ")


def test_a_broker_of_somebody_else_is_told_no_password(field, robbed, tmp_path):
    make_certificate(tmp_path, name="127.0.0.1")
    deceived = msgspec.structs.replace(robbed, ca_file=str(tmp_path / "server.crt"))
    assert "certificate is not trusted" in told_by_doctor(field, deceived)


@pytest.mark.parametrize(
    ("file", "words"),
    [("broker.password", "the broker refuses display-hoa-lu"), ("broker-ca.pem", "not trusted")],
)
def test_a_player_that_is_refused_says_why_and_asks_seldom(
    field, robbed, tmp_path, capfd, file, words
):
    make_certificate(tmp_path, name="127.0.0.1")
    wrong = str(tmp_path / "server.crt")
    changes = {"password_file" if file == "broker.password" else "ca_file": wrong}
    about = msgspec.structs.replace(robbed, **changes)
    link = LinkProcess(
        LinkConfig(
            client_id=ROBBED,
            boot="0123456789abcdef",
            first_connection=0,
            presence=topics.presence(FLEET, ROBBED),
            limits={},
            **msgspec.structs.asdict(about),
        ),
        lambda _message: None,
    )
    link.start()
    said = []
    try:
        until(lambda: said.append(capfd.readouterr().err) or words in "".join(said))
    finally:
        link.stop()


def test_an_emergency_kit_has_a_user_of_its_own_and_a_retired_display_none(field, thief, tmp_path):
    emergency_kit.make(field.settings, field.store, tmp_path / "kit", at=now_ms())
    provisioning.retire_display(field.store, ROBBED, by=ADMINISTRATOR, at=now_ms())
    field.broker.take_files(field.settings)
    field.broker.reload()
    until(lambda: not thief.connection.is_up())
    kit = emergency_kit.Kit(tmp_path / "kit")
    kit.listen()
    for topic in (topics.alerts(FLEET, "thu"), topics.page(FLEET, "thu", "0" * 64)):
        kit._connection.publish(topic, b"from the kit")
        until(lambda topic=topic: field.attacker.all_of(topic))
    kit.close()
    assert not thief.connection.is_up()


def told_by_doctor(field: Field, broker: BrokerSettings) -> str:
    settings = msgspec.structs.replace(read_settings(field.config, OUTPUTS), broker=broker)
    return doctor.LOOKS["broker"](settings)
