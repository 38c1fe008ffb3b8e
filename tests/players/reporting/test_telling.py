"""What a player reports, and when."""

import io

from PIL import Image

from players.contract import documents, topics
from players.contract.limits import COMMS_LOSS_AFTER, LOST_AFTER, MINUTE, SECOND
from players.contract.playlist import FILM_TYPE
from players.contract.reports import Plays, Screenshot
from players.contract.signature import Kind
from players.reporting.reports import shrunk
from tests.doubles import NOON, png
from tests.players.test_player import ORANGE, plays_orange, raises


def plays_two(rig):
    slides = [rig.controller.slide("a", "orange", 5), rig.controller.slide("b", "purple", 5)]
    rig.hears_manifest(rig.controller.manifest(rig.controller.entry(*slides)))
    rig.until(lambda: rig.item in {"a", "b"})


def told(rig, kind, struct):
    topic = f"/{kind.value}"
    return [
        rig.controller.opened(payload, kind, struct)
        for name, payload in rig.controller.received
        if name.endswith(topic)
    ]


def test_a_new_connection_hears_the_status_at_once(rig):
    plays_orange(rig)
    rig.connects()
    [status] = rig.statuses
    assert status.showing.item == "orange"
    assert status.connected


def test_nothing_is_told_without_a_connection(rig):
    plays_orange(rig)
    rig.passes(5 * MINUTE)
    assert rig.statuses == []


def test_the_status_is_repeated_each_minute(rig):
    plays_orange(rig)
    rig.connects()
    before = len(rig.statuses)
    for _ in range(3):
        rig.clock.passes(MINUTE)
        rig.turn()
    assert len(rig.statuses) == before + 3
    assert [s.number for s in rig.statuses] == list(range(1, before + 4))


def test_a_change_on_the_glass_is_told_in_the_same_turn(rig):
    plays_two(rig)
    rig.settle()
    rig.connects()
    before = rig.statuses[-1].showing.item
    rig.clock.passes(5 * SECOND)
    rig.turn()
    assert rig.statuses[-1].showing.item != before
    assert rig.statuses[-1].showing.since == rig.assembled.player._parts.time.now()


def test_the_status_says_what_comes_next(rig):
    plays_two(rig)
    rig.connects()
    status = rig.statuses[-1]
    assert {status.showing.item, status.next.item} == {"a", "b"}
    assert status.next.since == status.showing.until


def test_the_status_names_what_is_held(rig):
    plays_orange(rig)
    rig.connects()
    holds = rig.statuses[-1].holds
    assert holds["manifest"].serial == 1
    assert holds["keys"].serial == 1
    assert len(holds["keys"].sha256) == 64


def test_the_status_tells_when_an_alert_came_and_when_it_was_shown(rig):
    plays_orange(rig)
    rig.connects()
    raises(rig, rig.controller.alert())
    rig.shows("flood.1.1")
    [alert] = rig.statuses[-1].alerts
    assert (alert.id, alert.revision) == ("flood", 1)
    assert NOON <= alert.received_at <= alert.presented_at


def test_the_status_names_the_formats_and_kinds_a_player_knows(rig):
    rig.connects()
    assert rig.statuses[-1].formats == [*documents.FORMATS, FILM_TYPE]
    assert rig.statuses[-1].kinds == list(documents.KINDS)


def test_the_screenshot_is_what_was_presented(rig):
    plays_orange(rig)
    rig.connects()
    shot = rig.until(lambda: told(rig, Kind.SCREENSHOT, Screenshot))[-1]
    picture = Image.open(io.BytesIO(shot.picture)).convert("RGB")
    assert picture.size == (64, 32)
    assert picture.getpixel((30, 10)) == ORANGE
    assert shot.sha256 == rig.output.shown[-1][0].picture.sha256


def test_screenshots_of_slides_come_at_most_every_five_seconds(rig):
    slides = [rig.controller.slide(f"s{n}", c, 1) for n, c in enumerate(["red", "blue", "lime"])]
    rig.hears_manifest(rig.controller.manifest(rig.controller.entry(*slides)))
    rig.until(lambda: rig.item.startswith("s"))
    rig.connects()
    for _ in range(20):
        rig.passes(SECOND)
    assert 4 <= len(told(rig, Kind.SCREENSHOT, Screenshot)) <= 6


def test_an_alert_is_photographed_at_once(rig):
    plays_orange(rig)
    rig.connects()
    rig.until(lambda: told(rig, Kind.SCREENSHOT, Screenshot))
    raises(rig, rig.controller.alert())
    rig.shows("flood.1.1")
    name = rig.controller.alert().pages[0].blob.sha256
    rig.until(lambda: told(rig, Kind.SCREENSHOT, Screenshot)[-1].sha256 == name)


def test_a_large_glass_is_told_in_a_small_jpeg():
    encoded, media_type, size = shrunk(Image.effect_noise((1920, 1080), 90).convert("RGB"))
    assert (media_type, size) == ("image/jpeg", (480, 270))
    assert len(encoded) < 100_000


def test_a_small_board_is_told_pixel_by_pixel():
    picture = Image.open(io.BytesIO(png("teal", (192, 96)))).convert("RGB")
    encoded, media_type, size = shrunk(picture)
    assert (media_type, size) == ("image/png", (192, 96))
    assert Image.open(io.BytesIO(encoded)).tobytes() == picture.tobytes()


def test_a_noisy_board_still_fits_a_message():
    encoded, media_type, _ = shrunk(Image.effect_noise((384, 192), 90).convert("RGB"))
    assert media_type == "image/jpeg" or len(encoded) <= 64 * 1024


def test_plays_are_told_in_batches_until_acknowledged(rig):
    plays_two(rig)
    rig.connects()
    for _ in range(4):
        rig.passes(5 * SECOND)
    batch = rig.until(lambda: told(rig, Kind.PLAYS, Plays) or rig.passes(5 * SECOND))[-1]
    assert [play.number for play in batch.plays] == list(range(1, len(batch.plays) + 1))
    assert {play.item for play in batch.plays} >= {"a", "b"}
    last = batch.plays[-1].number
    ack = rig.controller.plays_ack(batch.journal, last)
    rig.hears(topics.plays_ack("pleiku", "hoa-lu"), ack)
    for _ in range(4):
        rig.passes(5 * SECOND)
    assert told(rig, Kind.PLAYS, Plays)[-1].plays[0].number > last


def test_plays_wait_for_a_connection_over_a_restart(rig):
    plays_two(rig)
    for _ in range(4):
        rig.passes(5 * SECOND)
    rig.restart()
    rig.connects()
    rig.until(lambda: told(rig, Kind.PLAYS, Plays))
    assert len(told(rig, Kind.PLAYS, Plays)[-1].plays) >= 4


def test_a_picture_that_stands_for_long_is_told_in_pieces(rig):
    plays_orange(rig)
    rig.connects()
    for _ in range(11):
        rig.passes(MINUTE)
    batch = told(rig, Kind.PLAYS, Plays)[-1]
    assert sum(play.item == "orange" for play in batch.plays) >= 2


def test_a_silent_controller_is_told(rig, caplog):
    rig.controller.answers_time = False
    plays_orange(rig)
    rig.connects()
    rig.passes(COMMS_LOSS_AFTER + MINUTE)
    assert "has not been heard of" in caplog.text


def test_an_alert_that_was_withheld_is_fetched_over_http_and_told(rig):
    plays_orange(rig)
    sealed = rig.controller.alerts(rig.controller.alert())
    rig.controller.sealed[topics.alerts("pleiku", "led-64x32")] = sealed
    rig.hears_beat()
    rig.shows("flood.1.1")
    assert "fetched over HTTP" in rig.problem


def test_what_is_withheld_is_asked_for_once_a_minute_at_most(rig):
    plays_orange(rig)
    for _ in range(5):
        rig.hears_beat(rig.controller.beat(alerts={"led-64x32": 99}))
        rig.settle()
    asked = [path for path, _ in rig.controller.requests if path.startswith("/sealed/")]
    assert len(asked) == 1


def test_without_a_beat_an_alert_is_asked_for_over_http(rig):
    rig.connects()
    controller = rig.controller
    topic = topics.alerts(controller.fleet, controller.profile)
    controller.sealed[topic] = controller.alerts(controller.alert())
    rig.passes(LOST_AFTER + 1)
    rig.shows("flood.1.1")


def test_a_controller_that_answers_without_a_broker_is_not_lost(rig):
    rig.hears_manifest(rig.controller.manifest(fallbacks=rig.controller.fallbacks()))
    rig.shows("safe")
    for _ in range(5):
        rig.passes(LOST_AFTER + 1)
        rig.until(lambda: not rig.assembled.downloader._time_wanted)
        rig.settle()
    assert rig.item == "safe"
