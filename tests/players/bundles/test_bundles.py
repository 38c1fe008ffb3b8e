"""Hand-carried bundles: taken in by themselves, whole or not at all, by the rules of the line."""

import os
import shutil
from pathlib import Path

import pytest

from players.bundles import medium as media
from players.contract import topics
from players.contract.bundle import FILES, FOLDER, INDEX, KEYS
from players.contract.limits import DAY, HOUR, MIB, SECOND
from players.contract.signature import Kind
from tests.doubles import NOON
from tests.players.rig import Rig

ORANGE, TEAL = (255, 165, 0), (0, 128, 128)
LONG_AGO = NOON - 20_000 * DAY


@pytest.fixture
def rig(tmp_path):
    """A player that has never been online, with a place where media are mounted."""
    made = Rig(tmp_path / "player", bundles=[str(tmp_path / "media")])
    made.restart(offline=True)
    made.until(lambda: made.output.shown)
    yield made
    made.close()


@pytest.fixture
def stick(tmp_path) -> Path:
    mounted = tmp_path / "media" / "truc-ban" / "USB-32"
    mounted.mkdir(parents=True)
    return mounted


def carries(rig, stick, colour="orange", *entries, **changes):
    """A bundle with a slide of one colour on the stick."""
    controller = rig.controller
    slide = controller.slide(colour, colour)
    sealed = {
        topics.manifest("pleiku", "hoa-lu"): controller.manifest(
            controller.entry(slide, id=f"entry-{colour}"), **changes.pop("manifest", {})
        )
    }
    if entries:
        sealed[topics.alerts("pleiku", controller.profile)] = controller.alerts(*entries)
    return controller.bundle(stick, sealed=sealed, **changes)


def plugged_in(rig):
    """The player looks, and what it says on the glass has had its time."""
    rig.assembled.bundles.look()
    for _ in range(2):
        rig.settle()
        rig.until(rig.assembled.errands._queue.empty)
        rig.passes(9 * SECOND)


def test_a_player_that_was_never_online_plays_it(rig, stick):
    carries(rig, stick)
    plugged_in(rig)
    rig.until(lambda: rig.output.shown and rig.colour == ORANGE)


def test_how_it_went_stands_on_the_glass_and_then_goes(rig, stick):
    carries(rig, stick)
    rig.assembled.bundles.look()
    rig.until(lambda: rig.output.items.count("say") == 2, 20)
    rig.passes(9 * SECOND)
    rig.until(lambda: rig.item == "orange")


def test_it_is_still_played_after_the_stick_is_gone_and_the_power_was_off(rig, stick):
    carries(rig, stick)
    plugged_in(rig)
    rig.until(lambda: rig.output.shown and rig.colour == ORANGE)
    shutil.rmtree(stick)
    rig.restart(offline=True)
    rig.until(lambda: rig.output.shown and rig.colour == ORANGE)


def test_an_alert_on_the_stick_is_shown_as_if_it_had_come_by_the_line(rig, stick):
    carries(rig, stick, "orange", rig.controller.alert())
    plugged_in(rig)
    rig.until(lambda: rig.item == "flood.1.1")


def test_a_newer_bundle_replaces_the_older_and_never_the_other_way_round(rig, stick, tmp_path):
    older = carries(rig, tmp_path / "older")
    newer = carries(rig, tmp_path / "newer", "teal")
    shutil.copytree(newer, stick / FOLDER)
    plugged_in(rig)
    rig.until(lambda: rig.colour == TEAL)
    shutil.rmtree(stick / FOLDER)
    shutil.copytree(older, stick / FOLDER)
    plugged_in(rig)
    assert "is older than" in rig.problem
    rig.until(lambda: rig.colour == TEAL)


def all_files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_one_changed_byte_anywhere_refuses_all_of_it(rig, stick, tmp_path):
    whole = carries(rig, tmp_path / "whole", "orange", rig.controller.alert())
    parts = rig.assembled.player._parts
    for name in all_files(whole):
        shutil.rmtree(stick / FOLDER, ignore_errors=True)
        plugged_in(rig)
        shutil.copytree(whole, stick / FOLDER)
        content = bytearray((stick / FOLDER / name).read_bytes())
        content[len(content) // 2] ^= 1
        (stick / FOLDER / name).write_bytes(content)
        refused = parts.troubles.count
        rig.assembled.bundles._cache.wipe()  # what was good of the last one is copied anew
        plugged_in(rig)
        assert parts.troubles.count > refused, name
        assert (parts.papers.manifest, parts.papers.alerts) == (None, None), name


@pytest.mark.parametrize("signer", ["alert", "hold", "beat", "root"])
def test_only_the_content_key_vouches_for_a_bundle(rig, stick, signer):
    carries(rig, stick, signed_by=[getattr(rig.controller.keys, signer)])
    plugged_in(rig)
    assert "trusted for it" in rig.problem
    assert rig.assembled.player._parts.papers.manifest is None


def test_a_bundle_of_another_fleet_or_display_changes_nothing(rig, stick, tmp_path):
    carries(rig, stick, manifest={"display": "ubnd"})
    plugged_in(rig)
    assert "for display ubnd" in rig.problem
    assert rig.assembled.player._parts.papers.manifest is None


def test_key_lists_of_strangers_change_nothing(rig, stick):
    folder = carries(rig, stick)
    stranger = Rig(stick.parent.parent.parent / "stranger")
    (folder / KEYS).write_bytes(stranger.controller.key_list())
    stranger.close()
    plugged_in(rig)
    assert rig.assembled.player._parts.papers.manifest is None


def linked(folder: Path) -> None:
    (folder / INDEX).rename(folder / "elsewhere")
    (folder / INDEX).symlink_to(folder / "elsewhere")


def piped(folder: Path) -> None:
    (folder / KEYS).unlink()
    os.mkfifo(folder / KEYS)


def endless(folder: Path) -> None:
    with (folder / KEYS).open("ab") as file:
        file.truncate(3 * MIB)


def folder_instead(folder: Path) -> None:
    for path in (folder / FILES).iterdir():
        path.unlink()
        path.mkdir()


def linked_folder(folder: Path) -> None:
    (folder / FILES).rename(folder / "hidden")
    (folder / FILES).symlink_to(folder / "hidden")


@pytest.mark.parametrize("spoil", [linked, piped, endless, folder_instead, linked_folder])
def test_what_is_no_plain_file_of_its_size_is_not_read(rig, stick, spoil):
    spoil(carries(rig, stick))
    plugged_in(rig)
    assert rig.assembled.player._parts.papers.manifest is None


def test_media_are_looked_for_no_deeper_and_no_wider_than_they_are_mounted(tmp_path):
    deep = tmp_path / "a" / "b" / "c" / "d" / FOLDER
    deep.mkdir(parents=True)
    for number in range(200):
        (tmp_path / f"mount-{number}").mkdir()
    (tmp_path / "loop").symlink_to(tmp_path)
    assert media.bundles_below([str(tmp_path), "/there/is/no/such/place"]) == []


def test_the_same_stick_left_in_is_read_once(rig, stick):
    carries(rig, stick)
    plugged_in(rig)
    rig.until(lambda: rig.output.shown and rig.colour == ORANGE)
    said = rig.output.items.count("say")
    plugged_in(rig)
    assert rig.output.items.count("say") == said


# A clock that knows nothing


def test_a_player_without_a_clock_goes_by_the_bundle_and_plays(rig, stick):
    rig.clock.is_set(LONG_AGO)
    rig.controller.now = lambda: NOON
    carries(rig, stick)
    plugged_in(rig)
    rig.until(lambda: rig.item == "orange")
    assert rig.assembled.player._parts.time.borrowed


def test_such_a_player_shows_no_alert_that_may_be_over_long_since(rig, stick):
    rig.clock.is_set(LONG_AGO)
    rig.controller.now = lambda: NOON
    carries(rig, stick, "orange", rig.controller.alert())
    plugged_in(rig)
    rig.until(lambda: rig.item == "orange")
    assert rig.assembled.player._parts.papers.alerts is None


def test_time_that_was_borrowed_goes_on_after_a_restart_and_raises_no_floor(rig, stick):
    rig.clock.is_set(LONG_AGO)
    rig.controller.now = lambda: NOON
    carries(rig, stick)
    plugged_in(rig)
    rig.until(lambda: rig.item == "orange")
    plugged_in(rig)  # an hour is kept at the first look after it
    rig.passes(2 * HOUR)
    plugged_in(rig)
    rig.clock.is_set(LONG_AGO)
    rig.restart(offline=True)
    rig.until(lambda: rig.item == "orange")
    time = rig.assembled.player._parts.time
    assert time.now() >= NOON + 2 * HOUR
    assert time.floor < NOON


def test_a_bundle_from_the_future_bricks_nothing(rig, stick):
    rig.controller.now = lambda: NOON + 27_000 * DAY
    carries(rig, stick, serial=NOON + 27_000 * DAY, manifest={"serial": NOON + 27_000 * DAY})
    plugged_in(rig)
    rig.controller.now = lambda: NOON
    time = rig.assembled.player._parts.time
    assert time.learn(time.ask(), NOON) is None
    rig.hears_keys()
    rig.hears_manifest(
        rig.controller.manifest(rig.controller.entry(rig.controller.slide("t", "teal")), serial=1)
    )
    assert rig.assembled.player._parts.papers.staged.document.serial == 1


def test_an_old_bundle_does_not_turn_back_the_clock(rig, stick):
    rig.controller.now = lambda: NOON - 5 * DAY
    carries(rig, stick)
    plugged_in(rig)
    assert rig.assembled.player._parts.time.now() >= NOON


def test_the_index_is_sealed_as_what_it_is(rig, stick):
    folder = carries(rig, stick)
    assert b"vnd.signage.bundle+json" in (folder / INDEX).read_bytes()
    assert Kind.BUNDLE == "bundle"
