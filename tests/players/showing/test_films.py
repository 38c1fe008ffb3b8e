"""A film on the player: the picture due by the clock, round after round, at worst a poster."""

import io
import time
from pathlib import Path

import av
import pytest

from players.contract import documents
from players.contract.limits import SECOND
from players.contract.playlist import FILM_TYPE, VideoItem, Zone
from players.contract.types import Area
from players.outputs.composing import compose
from players.showing import films
from players.showing.films import Reel
from tests.doubles import NOON, png
from tests.players.contract.builders import video
from tests.players.counted import RATE, counted, number_in
from tests.signage.ingest.bad_films import film

SIZE = (160, 96)
THREE_SECONDS = 90


class Cinema:
    """A reel with a clock that stands still until it is set."""

    def __init__(self, folder: Path, data: bytes = b"", **how):
        self.path = folder / "film.mp4"
        self.path.write_bytes(data or counted(THREE_SECONDS))
        self.clock = how.pop("clock", NOON)
        fields = {"length_ms": 3_000, "shown_ms": how.pop("shown_ms", 3_000)}
        how = {"area": SIZE, "rate": 60} | how
        item, file = video("market", **fields), how.pop("file", lambda: self.path)
        self.reel = Reel(item, NOON, file, now=lambda: float(self.clock), **how)

    def at(self, place, number, seconds=5.0):
        """Say whether picture `number` is due `place` ms after the film came on, once decoded."""
        self.clock = NOON + place
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            frame = self.reel.frame_at(self.clock)
            if frame and number_in(frame.image()) == number:
                return True
            time.sleep(0.02)
        return False


@pytest.fixture
def cinema(tmp_path):
    opened = []

    def open_(*data, **how):
        opened.append(Cinema(tmp_path, *data, **how))
        return opened[-1]

    yield open_
    for one in opened:
        one.reel.close()


def test_each_moment_has_its_picture(cinema):
    film = cinema()
    for place, number in ((0, 0), (20, 0), (34, 1), (500, 15), (1_234, 37), (2_999, 89)):
        assert film.at(place, number)


def test_a_film_begins_anew_without_a_gap_and_is_cut_when_its_time_is_over(cinema):
    film = cinema(shown_ms=7_000)
    for place, number in ((2_990, 89), (3_010, 0), (6_100, 3), (6_990, 29), (7_010, 0)):
        assert film.at(place, number)


def test_a_player_that_joins_late_is_where_the_others_are(cinema):
    assert cinema(clock=NOON + 61_700, shown_ms=60_000).at(61_700, 1_700 * RATE // 1000)


def test_a_clock_that_is_set_back_takes_the_film_with_it(cinema):
    film = cinema()
    assert film.at(2_700, 81)
    assert film.at(300, 9)


def test_a_film_is_rolling_before_its_time(cinema):
    film = cinema(clock=NOON - 2_000)
    end = time.monotonic() + 5
    while not film.reel.is_rolling() and time.monotonic() < end:
        time.sleep(0.01)
    frame = film.reel.frame_at(NOON)
    assert frame is not None
    assert number_in(frame.image()) == 0


def test_only_so_many_pictures_wait_in_memory(cinema):
    film = cinema()
    assert film.at(0, 0)
    assert len(film.reel._ready) <= films.MOST_AHEAD


def test_a_film_of_another_size_is_whole_and_as_large_as_possible(cinema):
    film = cinema(area=(400, 120))
    assert film.at(0, 0)
    frame = film.reel.frame_at(NOON)
    assert frame is not None
    assert (frame.width, frame.height) == (200, 120)


@pytest.mark.parametrize("width", [114, 116])
def test_a_film_in_a_narrow_pane_is_whole_up_to_its_last_column(width):
    red = film(size=(width, 32), seconds=0.1)
    with av.open(io.BytesIO(red)) as container:
        frame = films.frame_of(next(container.decode(video=0)), (width, 32))
    edge = frame.image().crop((width - 8, 0, width, 32))
    assert all(low > 180 for low, _ in edge.getextrema()[:1])
    assert all(high < 60 for _, high in edge.getextrema()[1:])


def test_a_folder_gets_a_picture_a_second(cinema):
    assert cinema(rate=1).at(2_400, 60)


def test_what_is_no_film_is_a_trouble_and_no_end(cinema):
    film = cinema(b"no film at all")
    assert not film.at(0, 0, seconds=0.5)
    assert "can't be shown" in film.reel.trouble


def test_a_film_that_breaks_off_keeps_its_last_picture(cinema):
    whole = counted(THREE_SECONDS)
    film = cinema(whole.replace(whole[whole.rindex(b"mdat") + 4000 :][:800], bytes(800)))
    assert film.at(300, 9)
    film.at(2_900, 87, seconds=0.5)
    assert film.reel.frame_at(NOON + 2_900) is not None


def plays_film(rig, *, data=None, audible=False, **changes) -> VideoItem:
    """The rig plays an orange slide of five seconds, then a film with a teal poster."""
    controller = rig.controller
    film = controller.blob(data or counted(THREE_SECONDS), FILM_TYPE, SIZE)
    item = VideoItem(
        id="film",
        poster=controller.picture("teal"),
        film=film,
        length_ms=3_000,
        shown_ms=6_000,
        **changes,
    )
    rig.hears_manifest(
        controller.manifest(
            controller.entry(controller.slide("orange", "orange", 5), item), sound=audible
        )
    )
    return item


def seen(rig):
    """What is on the glass: the picture of the film, or the poster."""
    scene, moment = rig.output.shown[-1]
    return compose(scene, *SIZE, moment)


def come_on(rig):
    """Wait until the film is on."""
    for _ in range(4):
        if rig.item == "film":
            return
        rig.passes(3 * SECOND)
    rig.shows("film")


def test_a_film_takes_its_turn_and_runs(rig):
    plays_film(rig)
    rig.until(lambda: rig.item in {"orange", "film"})
    come_on(rig)
    # The blue of the film, not the teal of its poster.
    rig.until(lambda: seen(rig).getpixel((80, 80))[1] < 90)
    assert rig.output.shown[-1][0].moves()


@pytest.mark.parametrize("audible", [True, False])
def test_a_film_is_heard_only_where_sound_is_allowed(rig, audible):
    plays_film(rig, audible=audible)
    rig.until(lambda: rig.item in {"orange", "film"})
    come_on(rig)
    scene = rig.until(lambda: rig.output.shown[-1][0] if rig.output.shown[-1][0].film else None)
    assert scene.sound is (scene.film if audible else None)


def test_a_film_that_has_not_come_holds_up_nothing_and_its_poster_stands(rig):
    item = plays_film(rig)
    del rig.controller.blobs[item.film.sha256]
    rig.until(lambda: rig.item in {"orange", "film"})
    come_on(rig)
    assert seen(rig).getpixel((5, 5)) == (0, 128, 128)
    assert rig.assembled.player._parts.supply.missing == 1


def test_a_player_without_a_decoder_shows_posters_and_says_so(rig, monkeypatch):
    monkeypatch.setattr(films, "can_decode", lambda: False)
    rig.restart()
    rig.connects()
    rig.hears_keys()
    plays_film(rig)
    rig.until(lambda: rig.item in {"orange", "film"})
    come_on(rig)
    assert rig.output.shown[-1][0].film is None
    assert "install signage[video]" in rig.problem
    assert FILM_TYPE not in rig.statuses[-1].formats


def test_an_alert_takes_the_place_of_a_film(rig):
    plays_film(rig)
    rig.until(lambda: rig.item in {"orange", "film"})
    come_on(rig)
    flood = rig.controller.alert()
    page = flood.pages[0].blob.sha256
    rig.hears_page(rig.controller.blobs[page], page)
    rig.hears_alerts(rig.controller.alerts(flood))
    rig.until(lambda: rig.output.shown[-1][0].source == "alert")
    assert rig.output.shown[-1][0].film is None
    assert rig.output.shown[-1][0].sound is None
    assert png("red") == rig.output.shown[-1][0].picture.encoded


def test_a_film_runs_in_a_zone_beside_the_slides(rig):
    controller = rig.controller
    film = VideoItem(
        id="film",
        poster=controller.picture("teal", (32, 32)),
        film=controller.blob(counted(THREE_SECONDS), FILM_TYPE, SIZE),
        length_ms=3_000,
        shown_ms=3_000,
    )
    side = Zone(id="side", area=Area(x=32, y=0, width=32, height=32), items=[documents.raw(film)])
    main = Area(x=0, y=0, width=32, height=32)
    slide = controller.slide("orange", "orange", 60, size=(32, 32))
    rig.hears_manifest(controller.manifest(controller.entry(slide, area=main, zones=[side])))
    rig.shows("orange")
    (beside,) = rig.until(lambda: [one for one in rig.output.shown[-1][0].beside if one.film])
    assert rig.until(lambda: beside.film.frame_at(int(rig.clock.system()))).width == 32
    assert rig.output.shown[-1][0].moves()
