"""The folder of a new player is all that its PC needs."""

import stat
from pathlib import Path

import msgspec
import pytest
import yaml

from players.contract.signature import encoded
from players.settings import read_settings
from signage.domain.people import NotAllowed
from signage.domain.sentences import Refused
from signage.keys import KeyFiles
from signage.store import Store
from signage.workflows.displays import provisioning
from signage.workflows.displays.player_folders import Output, PlayerSettings, make_player
from tests.signage.pleiku import ADMINISTRATOR, NOON, OFFICER

OUTPUTS = {"window": "", "png_folder": "", "led_wall": ""}


@pytest.fixture
def settings(tmp_path: Path) -> PlayerSettings:
    keys = KeyFiles(tmp_path / "keys", "pleiku")
    keys.make(at=NOON)
    return PlayerSettings(
        fleet="pleiku",
        broker_host="127.0.0.1",
        broker_port=1883,
        controller="http://127.0.0.1:8080",
        root_keys=keys.pinned_roots(),
        output=Output(kind="png_folder"),
    )


def make(store: Store, folder: Path, settings: PlayerSettings) -> Path:
    return make_player(store, "nvh-hoi-phu", folder, settings, by=ADMINISTRATOR, at=NOON)


def test_a_player_reads_its_folder_wherever_it_is_carried(
    store: Store, tmp_path: Path, settings: PlayerSettings
) -> None:
    make(store, tmp_path / "made", settings)
    carried = tmp_path / "carried"
    (tmp_path / "made").rename(carried)
    read = read_settings(carried / "player.yaml", OUTPUTS)
    assert (read.display, read.fleet, read.profile) == ("nvh-hoi-phu", "pleiku", "hd-1920x1080")
    assert (read.width, read.height) == (1920, 1080)
    assert read.state == str(carried / "state")
    assert encoded(read.player_private_key().public_key()) == (
        store.displays.get("nvh-hoi-phu").player_key
    )


def test_the_key_is_readable_by_its_owner_only(
    store: Store, tmp_path: Path, settings: PlayerSettings
) -> None:
    make(store, tmp_path / "p", settings)
    assert stat.S_IMODE((tmp_path / "p" / "player.pem").stat().st_mode) == 0o600


def test_making_it_twice_changes_nothing(
    store: Store, tmp_path: Path, settings: PlayerSettings
) -> None:
    first = make(store, tmp_path / "p", settings).read_bytes()
    key = store.displays.get("nvh-hoi-phu").player_key
    rows = len(store.audit.page())
    assert make(store, tmp_path / "p", settings).read_bytes() == first
    assert store.displays.get("nvh-hoi-phu").player_key == key
    assert len(store.audit.page()) == rows


def test_a_window_stands_where_it_is_told(
    store: Store, tmp_path: Path, settings: PlayerSettings
) -> None:
    window = msgspec.structs.replace(settings, output=Output(kind="window", x=10, y=20))
    written = yaml.safe_load(make(store, tmp_path / "p", window).read_text())
    assert written["output"] == {"kind": "window", "x": 10, "y": 20}


def test_a_wall_gets_its_receiver_and_a_player_takes_the_settings(
    store: Store, tmp_path: Path, settings: PlayerSettings
) -> None:
    led = Output(kind="led_wall", protocol="ddp", target="10.20.0.31")
    wall = msgspec.structs.replace(settings, output=led)
    path = make_player(store, "ubnd", tmp_path / "p", wall, by=ADMINISTRATOR, at=NOON)
    (receiver,) = read_settings(path, OUTPUTS).output.receivers()
    assert (receiver.protocol, receiver.target) == ("ddp", "10.20.0.31")


def test_a_retired_display_gets_no_player_and_an_officer_makes_none(
    store: Store, tmp_path: Path, settings: PlayerSettings
) -> None:
    with pytest.raises(NotAllowed):
        make_player(store, "nvh-hoi-phu", tmp_path / "p", settings, by=OFFICER, at=NOON)
    provisioning.retire_display(store, "nvh-hoi-phu", by=ADMINISTRATOR, at=NOON)
    with pytest.raises(Refused, match="đã ngừng dùng"):
        make(store, tmp_path / "p", settings)
    assert not (tmp_path / "p").exists()
