"""Scenes with figures, zones and transitions, by name, for every output to draw the same."""

import hashlib
import io
import random
from collections.abc import Callable
from dataclasses import replace

from PIL import Image

from players.contract.playlist import Ticker
from players.contract.types import Area, BlobRef
from players.contract.widgets import Almanac, Glyph, Widget
from players.outputs import Arrival, Entrance, Figures, Pane, Picture, Scene
from tests.doubles import NOON
from tests.players.contract.builders import HANOI

WIDTH, HEIGHT = 192, 96
BAND = 16
MAIN = Area(x=0, y=0, width=136, height=HEIGHT - BAND)
SIDE = Area(x=136, y=0, width=56, height=HEIGHT - BAND)
Prepare = Callable[[bytes], Picture]


def noise(width: int, height: int, seed: int = 1) -> bytes:
    """A picture in which a pixel at the wrong place can't hide."""
    pixels = random.Random(seed).randbytes(width * height * 3)
    file = io.BytesIO()
    Image.frombytes("RGB", (width, height), pixels).save(file, "PNG", compress_level=1)
    return file.getvalue()


def clock(prepare: Prepare, x: int = 20, y: int = 10) -> Figures:
    """A clock whose eleven glyphs are noise."""
    sheet = prepare(noise(88, 12, seed=7))
    ref = ref_of(sheet)
    glyphs = [Glyph(name, 8 * place, 8) for place, name in enumerate("0123456789:")]
    says = ["hour", ":", "minute"]
    widget = Widget(sheet=ref, glyphs=glyphs, x=x, y=y, width=40, says=says)
    return Figures(widget, sheet, Almanac(HANOI))


def ref_of(picture: Picture) -> BlobRef:
    return BlobRef(
        sha256=hashlib.sha256(picture.encoded).hexdigest(),
        bytes=len(picture.encoded),
        media_type="image/png",
        width=picture.width,
        height=picture.height,
    )


def with_a_clock(prepare: Prepare) -> Scene:
    return _scene(prepare(noise(WIDTH, HEIGHT)), figures=(clock(prepare),))


def in_zones(prepare: Prepare) -> Scene:
    """Slides, a zone with a clock beside them, and a ticker below both."""
    beside = Pane(prepare(noise(56, 80, seed=2)), SIDE, (clock(prepare, 4, 30),))
    return _scene(
        prepare(noise(136, 80)),
        area=MAIN,
        figures=(clock(prepare),),
        beside=(beside,),
        **_strip(prepare),
    )


def with_a_free_zone(prepare: Prepare) -> Scene:
    """Nothing of the zone beside the slides can be shown."""
    return replace(in_zones(prepare), beside=())


def with_a_wrong_size(prepare: Prepare) -> Scene:
    """The picture is of another size, so that nobody knows where its clock would stand."""
    file = io.BytesIO()
    Image.new("RGB", (50, 50), "teal").save(file, "PNG")
    return _scene(prepare(file.getvalue()), figures=(clock(prepare),))


def sliding(prepare: Prepare) -> Scene:
    """In the middle of a slide transition, with a ticker that runs on."""
    old = _scene(prepare(noise(WIDTH, 80, seed=3)), **_strip(prepare))
    area = Area(x=0, y=0, width=WIDTH, height=80)
    return _entering(replace(old, picture=prepare(noise(WIDTH, 80))), old, "slide", area)


def sliding_in_its_zone(prepare: Prepare) -> Scene:
    new = in_zones(prepare)
    return _entering(new, replace(new, picture=prepare(noise(136, 80, seed=3))), "slide", MAIN)


def fading(prepare: Prepare) -> Scene:
    """In the middle of a crossfade."""
    old = _scene(prepare(noise(WIDTH, HEIGHT, seed=3)))
    area = Area(x=0, y=0, width=WIDTH, height=HEIGHT)
    return _entering(with_a_clock(prepare), old, "crossfade", area)


def _entering(new: Scene, old: Scene, how: str, area: Area) -> Scene:
    return replace(new, entrance=Entrance(old, how, area, began=NOON - 200))


def _strip(prepare: Prepare) -> dict[str, object]:
    strip = prepare(noise(250, BAND, seed=5))
    return {"strip": strip, "ticker": Ticker(blob=ref_of(strip), step=1)}


def _scene(picture: Picture, **fields: object) -> Scene:
    start = {"source": "schedule", "reason": "everyday", "item": "slide"}
    return Scene(**{**start, "picture": picture, "arrival": Arrival(), **fields})  # type: ignore[arg-type]


SCENES: dict[str, Callable[[Prepare], Scene]] = {
    one.__name__: one
    for one in (
        with_a_clock,
        in_zones,
        with_a_free_zone,
        with_a_wrong_size,
        sliding,
        sliding_in_its_zone,
        fading,
    )
}
