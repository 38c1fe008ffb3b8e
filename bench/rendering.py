"""Slides, alerts and tickers per second and core, encoding included, beside bare Pillow."""

import io
import resource
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
from multiprocessing import get_context
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from signage.domain.display import Profile
from signage.domain.slide import Slide
from signage.render.alert_pages import render_alert
from signage.render.contact_sheet import ALERT, SLIDES, TICKERS, landscape
from signage.render.frames import Frame, Illegible, render_slide
from signage.render.layouts import LAYOUTS
from signage.render.pictures import open_clean
from signage.render.tickers import render_strip
from signage.render.typefaces import NOTO_SANS
from signage.render.usual_profiles import PROFILES, usual_profile

_SECONDS = 2.0
_SHORT = 0.4  # for each of many layouts
_TEXTS = 24  # different words each time: nothing but fonts and syllables may be remembered
PILLOW = "Pillow alone"


def run() -> list[dict[str, Any]]:
    """Measure in processor time of one process; each number is a rate or a time per piece."""
    screen, board = usual("hd-1920x1080"), usual("led-384x192")
    photo = _encoded(_noisy(landscape(3840, 2880)), "JPEG", quality=92, subsampling=0)
    results = []
    for profile in (screen, board):
        size = f"{profile.width}×{profile.height}"
        texts = [_notice(number) for number in range(_TEXTS)]
        results += [
            _rate(f"text slides {size}", lambda n, p=profile, t=texts: _text(t[n % _TEXTS], p)),
            _rate(f"photo slides {size}", lambda _, p=profile: _photo(photo, p)),
            _rate(
                f"text slides {size}",
                lambda n, p=profile, t=texts: _bare_text(t[n % _TEXTS], p),
                PILLOW,
            ),
            _rate(f"photo slides {size}", lambda _, p=profile: _bare_photo(photo, p), PILLOW),
            _rate(f"alerts {size}", lambda _, p=profile: render_alert(ALERT, p)),
            _rate(f"tickers {size}", lambda _, p=profile: render_strip(TICKERS, p, alone=False)),
        ]
        for name in LAYOUTS:
            results += _layout(name, profile, size)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        peak = process.submit(_peak_of_drawing).result()
    return [*results, _result("peak memory: every layout on every usual profile", peak, "MiB")]


def _peak_of_drawing() -> float:
    """Draw all there is once; return the most memory that took, Python and Pillow included."""
    photo = landscape(2000, 1500)
    for profile in PROFILES:
        for name in LAYOUTS:
            _first_drawn(name, profile, photo)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def usual(name: str) -> Profile:
    profile = usual_profile(name)
    assert profile is not None
    return profile


def _layout(name: str, profile: Profile, size: str) -> list[dict[str, Any]]:
    """One layout's slide: drawn by us, the same pixels by bare Pillow, its bytes, its decoding."""
    photo = landscape(2000, 1500)
    found = _first_drawn(name, profile, photo)
    if found is None:
        return []  # a QR code on a board at a road is refused
    slide, frame = found
    draw = _rate(
        f"{name} {size}",
        lambda _: render_slide(slide, profile, area=profile.size, picture=photo),
        seconds=_SHORT,
    )
    done = _decoded(frame)
    bare = _rate(
        f"{name} {size}", lambda _: _same_pixels(done, frame.media_type), PILLOW, seconds=_SHORT
    )
    decode = _rate("", lambda _: _decoded(frame), seconds=_SHORT)
    return [
        draw,
        bare,
        _result(f"{name} {size} frame", len(frame.bytes), "bytes"),
        _result(f"{name} {size} decoded", 1000 / decode["value"], "ms"),
    ]


def _first_drawn(name: str, profile: Profile, photo: Image.Image) -> tuple[Slide, Frame] | None:
    for slide in SLIDES.values():
        if slide.layout == name:
            try:
                frame = render_slide(slide, profile, area=profile.size, picture=photo)
            except Illegible:
                continue
            return slide, frame
    return None


def _decoded(frame: Frame) -> Image.Image:
    return Image.open(io.BytesIO(frame.bytes)).convert("RGB")


def _same_pixels(done: Image.Image, media_type: str) -> bytes:
    """The least that anybody can do: paste the finished pixels into a new picture and encode it."""
    picture = Image.new("RGB", done.size)
    picture.paste(done)
    if media_type == "image/jpeg":
        return _encoded(picture, "JPEG", quality=92, subsampling=0)
    return _encoded(picture, "PNG")


def _rate(
    metric: str,
    work: Callable[[int], object],
    peer: str | None = None,
    *,
    seconds: float = _SECONDS,
) -> dict[str, Any]:
    work(0)
    began, count = time.process_time(), 0
    while time.process_time() - began < seconds:
        work(count)
        count += 1
    value = count / (time.process_time() - began)
    return _result(metric, value, "/s/core", peer)


def _result(metric: str, value: float, unit: str, peer: str | None = None) -> dict[str, Any]:
    return {"bench": "rendering", "metric": metric, "value": value, "unit": unit, "peer": peer}


def _notice(number: int) -> Slide:
    """One of many notices: the words are the same in other orders, so that lines break anew."""
    fields = SLIDES["notice-short"].fields | SLIDES["notice"].fields
    words = fields["body"].split()
    turned = words[number % len(words) :] + words[: number % len(words)]
    return Slide(
        id=str(number), layout="notice", fields=fields | {"body": " ".join(turned)}, seconds=10
    )


def _text(slide: Slide, profile: Profile) -> object:
    return render_slide(slide, profile, area=profile.size, picture=None)


def _photo(data: bytes, profile: Profile) -> object:
    picture = open_clean(data, at_least=profile.size)
    return render_slide(SLIDES["photo"], profile, area=profile.size, picture=picture)


def _bare_text(slide: Slide, profile: Profile) -> bytes:
    """The same words at sizes known beforehand, on RGB, with Pillow's own defaults."""
    unit = profile.height / 1080
    picture = Image.new("RGB", profile.size, (251, 248, 241))
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, profile.width, round(280 * unit)), (10, 61, 82))
    pen.text((104 * unit, 60 * unit), slide.fields["title"], "white", _font(100 * unit))
    words = slide.fields["body"].split()
    lines = "\n".join(" ".join(words[at : at + 8]) for at in range(0, len(words), 8))
    pen.multiline_text((104 * unit, 400 * unit), lines, (24, 32, 38), _font(80 * unit))
    pen.text((104 * unit, 1000 * unit), slide.fields["source"], (84, 98, 108), _font(34 * unit))
    return _encoded(picture, "PNG")


def _bare_photo(data: bytes, profile: Profile) -> bytes:
    """The photo decoded whole, resized, and the caption drawn beside it."""
    width, height = profile.size
    unit = height / 1080
    picture = Image.new("RGB", profile.size, (10, 61, 82))
    photo = Image.open(io.BytesIO(data)).convert("RGB")
    picture.paste(photo.resize((width * 2 // 3, height), Image.Resampling.LANCZOS))
    words = SLIDES["photo"].fields["caption"].split()
    lines = "\n".join(" ".join(words[at : at + 3]) for at in range(0, len(words), 3))
    place = (width * 2 / 3 + 60 * unit, 300 * unit)
    ImageDraw.Draw(picture).multiline_text(place, lines, "white", _font(56 * unit))
    if profile.width > 1000:
        return _encoded(picture, "JPEG", quality=92, subsampling=0)
    return _encoded(picture, "PNG")


@lru_cache(maxsize=16)
def _font(size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(NOTO_SANS, max(8, round(size)))


def _noisy(picture: Image.Image) -> Image.Image:
    grain = Image.effect_noise(picture.size, 24).convert("RGB")
    return Image.blend(picture, grain, 0.1)


def _encoded(picture: Image.Image, format_: str, **options: int) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, format_, **options)
    return stream.getvalue()
