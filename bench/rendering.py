"""Slides, alerts and tickers per second and core, encoding included, beside bare Pillow."""

import io
import time
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from signage.domain.display import Profile
from signage.domain.slide import Slide
from signage.render.alert_pages import render_alert
from signage.render.contact_sheet import ALERT, PROFILES, SLIDES, TICKERS, landscape
from signage.render.frames import render_slide
from signage.render.pictures import open_clean
from signage.render.tickers import render_strip
from signage.render.typefaces import NOTO_SANS

_SECONDS = 2.0
_TEXTS = 24  # different words each time: nothing but fonts and syllables may be remembered
PILLOW = "Pillow alone"


def run() -> list[dict[str, Any]]:
    """Measure in processor time of one process; each number is a rate or a time per piece."""
    screen, board, _ = PROFILES
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
    return results


def _rate(metric: str, work: Callable[[int], object], peer: str | None = None) -> dict[str, Any]:
    work(0)
    began, count = time.process_time(), 0
    while time.process_time() - began < _SECONDS:
        work(count)
        count += 1
    value = count / (time.process_time() - began)
    return {"bench": "rendering", "metric": metric, "value": value, "unit": "/s/core", "peer": peer}


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
