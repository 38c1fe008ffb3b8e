"""Alerts from the command line, with and without a controller, on a real broker."""

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from players.contract import documents, topics
from players.contract.alerts import Alert as SealedAlert
from players.contract.alerts import AlertSet, AllClear
from players.contract.keys import Role
from players.contract.signature import Kind, open_sealed
from signage.__main__ import main
from signage.broker import Connection
from signage.clock import now_ms
from signage.domain.alert import AlertState
from signage.keys import KeyFiles
from signage.sealer import Sealer
from signage.settings import Settings
from signage.store import Store
from tests.broker import start_broker
from tests.doubles import until
from tests.signage.pleiku import DISPLAYS, SMALL_BOARD, settle

NUMBERS = itertools.count()
FLOOD = [
    *("--headline", "Lũ quét", "--area", "Hội Phú", "--sender", "BCH PTDS", "--level", "3"),
    *("--target", "all", "--minutes", "60"),
]


@pytest.fixture(scope="module")
def broker() -> Iterator[tuple[str, int]]:
    host, port, stop = start_broker()
    yield host, port
    stop()


@pytest.fixture
def settings(broker: tuple[str, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    made = Settings(
        home=str(tmp_path / "home"),
        fleet=f"cli-{next(NUMBERS)}",
        broker_host=broker[0],
        broker_port=broker[1],
    )
    for name, value in made.as_environment().items():
        monkeypatch.setenv(name, value)
    store = Store.open(made.database_url, made.media_root)
    store.upgrade()
    settle(store)
    store.close()
    KeyFiles(made.keys_folder, made.fleet).make(at=now_ms())
    return made


@pytest.fixture
def kit(settings: Settings, tmp_path: Path) -> Path:
    folder = tmp_path / "kit"
    assert run("kit", str(folder)).exit_code == 0
    return folder


@pytest.fixture
def sealer(settings: Settings) -> Iterator[Callable[[], Sealer]]:
    running: list[Sealer] = []

    def start() -> Sealer:
        one = Sealer(settings)
        one.connection.start()
        running.append(one)
        return one

    yield start
    for one in running:
        one.close()


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["alert", *arguments])


class Air:
    """What the broker retains for the small board, verified as a player does."""

    def __init__(self, settings: Settings) -> None:
        self.topic = topics.alerts(settings.fleet, SMALL_BOARD.id)
        self.files = KeyFiles(settings.keys_folder, settings.fleet)
        self.heard: list[tuple[str, bytes]] = []
        self.connection = Connection(
            settings.broker_host,
            settings.broker_port,
            name=f"air-{settings.fleet}",
            subscriptions=[self.topic, topics.pages(settings.fleet, SMALL_BOARD.id)],
            received=lambda topic, payload, _: self.heard.append((topic, payload)),
        )
        self.connection.start()

    def entries(self) -> list[SealedAlert | AllClear]:
        sets = [payload for topic, payload in self.heard if topic == self.topic]
        if not sets:
            return []
        trusted = self.files.key_list().trusted_for(Kind.ALERTS, now_ms())
        payload, _ = open_sealed(sets[-1], Kind.ALERTS, trusted)
        return documents.alert_entries(documents.decode(payload, AlertSet).entries)[0]

    def headlines(self) -> list[str]:
        return [one.headline for one in self.entries() if isinstance(one, SealedAlert)]


@pytest.fixture
def air(settings: Settings) -> Iterator[Air]:
    listening = Air(settings)
    yield listening
    listening.connection.close()


def test_without_a_controller_a_kit_raises_and_clears(kit: Path, air: Air) -> None:
    raised = run("raise", *FLOOD, "--displays", str(len(DISPLAYS)), "--kit", str(kit))
    assert raised.exit_code == 0, raised.output
    until(lambda: air.headlines() == ["Lũ quét"])
    page = air.entries()[0].pages[0].blob.sha256
    until(lambda: any(topic.endswith(page) for topic, _ in air.heard))
    listed = run("list", "--kit", str(kit)).output
    assert "Lũ quét" in listed
    cleared = run("clear", listed.split()[0], "--kit", str(kit))
    assert cleared.exit_code == 0, cleared.output
    until(lambda: [type(one) for one in air.entries()] == [AllClear])


def test_a_kit_merges_into_what_is_on_the_air(
    kit: Path, air: Air, sealer: Callable[[], Sealer], tmp_path: Path
) -> None:
    other = tmp_path / "other"
    assert run("kit", str(other)).exit_code == 0
    run("raise", *FLOOD, "--displays", "4", "--kit", str(kit))
    second = [*FLOOD, "--displays", "4", "--kit", str(other)]
    second[1] = "Sạt lở"
    assert run("raise", *second).exit_code == 0
    until(lambda: sorted(air.headlines()) == ["Lũ quét", "Sạt lở"])


def test_the_controller_that_returns_adopts_it(
    kit: Path, settings: Settings, sealer: Callable[[], Sealer]
) -> None:
    run("raise", *FLOOD, "--displays", "4", "--kit", str(kit))
    returned = sealer()

    def adopted() -> bool:
        returned.step(now_ms())
        return any(one.state is AlertState.RAISED for one in returned.store.alerts.live())

    until(adopted)
    (alert,) = returned.store.alerts.live()
    assert (alert.words.headline, alert.outside) == ("Lũ quét", True)


def test_a_wrong_number_of_displays_raises_nothing(kit: Path, air: Air) -> None:
    wrong = run("raise", *FLOOD, "--displays", "7", "--kit", str(kit))
    assert wrong.exit_code == 1
    assert "4 màn hình" in wrong.output
    assert air.headlines() == []


def test_a_kit_without_its_key_is_no_kit(kit: Path) -> None:
    (kit / "keys" / "sealer" / f"{Role.ALERT.value}.pem").unlink()
    assert run("raise", *FLOOD, "--displays", "4", "--kit", str(kit)).exit_code != 0


def test_a_kit_is_for_its_owner_only(kit: Path) -> None:
    assert kit.stat().st_mode & 0o077 == 0
    assert (kit / "keys" / "sealer" / "alert.pem").stat().st_mode & 0o077 == 0


def test_a_broker_that_is_gone_is_told(kit: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("signage.emergency_kit.REACH_SECONDS", 0.3)
    gone = run("list", "--kit", str(kit), "--broker", "127.0.0.1:1")
    assert gone.exit_code == 1
    assert "does not answer" in gone.output


def test_without_a_name_or_a_sealer_nothing_is_raised(settings: Settings) -> None:
    unnamed = run("raise", *FLOOD, "--displays", "4", "--code", "123456")
    assert "--as LOGIN" in unnamed.output
    alone = [*FLOOD, "--displays", "4", "--code", "123456", "--as", "duty-officer-pleiku-city"]
    assert "signage sealer" in run("raise", *alone).output
