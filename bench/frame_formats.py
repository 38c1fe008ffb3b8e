"""Frames in the formats that could carry them: bytes, and ms to encode and to decode."""

import io
import time
from collections.abc import Callable
from typing import Any

from PIL import Image

from signage.render.contact_sheet import SLIDES, landscape
from signage.render.frames import JPEG_QUALITY, render_slide
from signage.render.usual_profiles import usual_profile

_TIMES = 5
_FRAMES = (
    ("text", "notice", "hd-1920x1080"),
    ("photo", "full_picture", "hd-1920x1080"),
    ("text", "notice", "led-384x192"),
    ("photo", "full_picture", "led-384x192"),
)
_FORMATS: dict[str, tuple[str, dict[str, Any]]] = {
    "PNG, level 1": ("PNG", {"compress_level": 1}),
    "PNG, level 6": ("PNG", {"compress_level": 6}),
    f"JPEG {JPEG_QUALITY}, 4:4:4": ("JPEG", {"quality": JPEG_QUALITY, "subsampling": 0}),
    "WebP, lossless": ("WEBP", {"lossless": True, "method": 0, "quality": 0}),
    "WebP 90": ("WEBP", {"quality": 90, "method": 2}),
    "AVIF 80": ("AVIF", {"quality": 80, "speed": 10, "max_threads": 1}),
}
_CHOSEN = {
    "text": "PNG, level 1",
    "photo at 1920×1080": f"JPEG {JPEG_QUALITY}, 4:4:4",
    "photo at 384×192": "PNG, level 1",
}


def run() -> list[dict[str, Any]]:
    """Measure in processor time, the best of a few; what frames are written in is told first."""
    return [result for kind, layout, name in _FRAMES for result in _frame(kind, layout, name)]


def _frame(kind: str, layout: str, name: str) -> list[dict[str, Any]]:
    profile = usual_profile(name)
    assert profile is not None
    slide = next(slide for slide in SLIDES.values() if slide.layout == layout)
    photo = Image.blend(landscape(2000, 1500), _grain((2000, 1500)), 0.1)
    frame = render_slide(slide, profile, area=profile.size, picture=photo)
    told = f"{kind} at {profile.width}×{profile.height}"
    chosen = _CHOSEN.get(kind) or _CHOSEN[told]
    picture = Image.open(io.BytesIO(frame.bytes))
    picture.load()
    rows = sorted(_FORMATS, key=lambda form: form != chosen)
    return [
        result
        for form in rows
        for result in _measured(told, form, picture, None if form == chosen else form)
    ]


def _measured(told: str, form: str, picture: Image.Image, peer: str | None) -> list[dict[str, Any]]:
    name, options = _FORMATS[form]
    source = picture if name == "PNG" else picture.convert("RGB")

    def encode() -> bytes:
        stream = io.BytesIO()
        source.save(stream, name, **options)
        return stream.getvalue()

    data = encode()
    return [
        _result(f"{told}: bytes", len(data), "bytes", peer),
        _result(f"{told}: encoding", _best_ms(encode), "ms", peer),
        _result(f"{told}: decoding", _best_ms(lambda: _decoded(data)), "ms", peer),
    ]


def _decoded(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def _best_ms(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(_TIMES):
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return min(taken) * 1000


def _grain(size: tuple[int, int]) -> Image.Image:
    return Image.effect_noise(size, 24).convert("RGB")


def _result(metric: str, value: float, unit: str, peer: str | None) -> dict[str, Any]:
    return {
        "bench": "frame_formats", "metric": metric, "value": value, "unit": unit, "peer": peer,
    }  # fmt: skip
