"""Pictures: opening clean copies, fitting them into a room, and thumbnails."""

import io

from PIL import Image, ImageEnhance, ImageFilter, ImageOps

Picture = Image.Image
"""A decoded picture, named here so that no other part of the house needs Pillow to name it."""

THUMBNAIL_QUALITY = 82
_CLEAN_FORMATS = ("JPEG", "PNG")
_FOCUS_SIDE = 96
_BACKDROP_SIDE = 96
_BACKDROP_BRIGHTNESS = 0.45


def open_clean(data: bytes, *, at_least: tuple[int, int] | None = None) -> Image.Image:
    """Return a clean copy (JPEG or PNG made by ingest) as RGB.

    `at_least`: the caller needs no more than these px, so a JPEG may be decoded smaller, in a
    third of the time. Raises OSError when the bytes are no whole picture.
    """
    picture = Image.open(io.BytesIO(data), formats=_CLEAN_FORMATS)
    if at_least:
        picture.draft("RGB", at_least)
    picture.load()
    return picture if picture.mode == "RGB" else picture.convert("RGB")


def as_png(data: bytes) -> bytes:
    """Return the pixels of a frame (PNG or JPEG) as PNG."""
    with Image.open(io.BytesIO(data), formats=_CLEAN_FORMATS) as picture:
        stream = io.BytesIO()
        picture.save(stream, "PNG")
    return stream.getvalue()


def cover(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    """Return `picture` filling `size` px, cut where least happens."""
    factor = int(min(picture.width / size[0], picture.height / size[1]))
    if factor > 1:  # once, for the look at its detail and for the cut
        picture = picture.reduce(factor)
    return _resized(picture, size, _crop(picture, size))


def contain(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    """Return the whole of `picture`, as large as it goes into `size` px."""
    scale = min(size[0] / picture.width, size[1] / picture.height)
    fitted = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    return _resized(picture, fitted, (0, 0, picture.width, picture.height))


def on_backdrop(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    """Return the whole of `picture` in the middle of `size` px, on a dark blur of itself."""
    whole = contain(picture, size)
    left, top = (size[0] - whole.width) // 2, (size[1] - whole.height) // 2
    ground = Image.new("RGB", size)
    ground.paste(whole, (left, top))
    scale = _BACKDROP_SIDE / max(size)
    blur = _dark_blur(whole, (max(1, round(size[0] * scale)), max(1, round(size[1] * scale))))
    right, bottom = left + whole.width, top + whole.height
    beside = ((0, 0, left, size[1]), (right, 0, size[0], size[1]))
    above_and_below = ((left, 0, right, top), (left, bottom, right, size[1]))
    for box in (*beside, *above_and_below):
        _enlarge(blur, ground, box)
    return ground


def _dark_blur(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    blurred = cover(picture, size).filter(ImageFilter.GaussianBlur(5))
    return ImageEnhance.Brightness(blurred).enhance(_BACKDROP_BRIGHTNESS)


def _enlarge(small: Image.Image, on: Image.Image, box: tuple[int, int, int, int]) -> None:
    """Paste into `box` of `on` what would be there if `small` filled all of it."""
    left, top, right, bottom = box
    if right > left and bottom > top:
        across, down = small.width / on.width, small.height / on.height
        seen = (left * across, top * down, right * across, bottom * down)
        part = small.resize((right - left, bottom - top), Image.Resampling.BILINEAR, box=seen)
        on.paste(part, (left, top))


def thumbnail(data: bytes, max_side: int) -> bytes:
    """Return a clean copy as a small JPEG, no side longer than `max_side` px, for pages."""
    picture = open_clean(data, at_least=(max_side, max_side))
    picture.thumbnail((max_side, max_side), Image.Resampling.LANCZOS)
    stream = io.BytesIO()
    picture.save(stream, "JPEG", quality=THUMBNAIL_QUALITY)
    return stream.getvalue()


def _resized(
    picture: Image.Image, size: tuple[int, int], box: tuple[float, float, float, float]
) -> Image.Image:
    # Lanczos takes twice as long to make a picture smaller, and nobody sees which of them it was.
    smaller = size[0] <= box[2] - box[0]
    method = Image.Resampling.HAMMING if smaller else Image.Resampling.LANCZOS
    return picture.resize(size, method, box=box, reducing_gap=1.0)


def _crop(picture: Image.Image, size: tuple[int, int]) -> tuple[float, float, float, float]:
    """Return the box of `picture` with the shape of `size` that holds most of its detail."""
    width, height = picture.size
    scale = min(width / size[0], height / size[1])
    kept_w, kept_h = size[0] * scale, size[1] * scale
    if width - kept_w < 1 and height - kept_h < 1:
        return 0, 0, width, height
    across = width - kept_w >= 1
    detail = _detail(picture, across=across)
    kept = (kept_w / width) if across else (kept_h / height)
    start = _densest(detail, kept)
    left, top = (start * width, 0.0) if across else (0.0, start * height)
    # Divisions leave crumbs outside of the picture.
    left, top = max(0.0, min(left, width - kept_w)), max(0.0, min(top, height - kept_h))
    return left, top, min(width, left + kept_w), min(height, top + kept_h)


def _detail(picture: Image.Image, *, across: bool) -> list[float]:
    """Return how much happens in each column (`across`) or row of a small copy."""
    small = picture.copy() if max(picture.size) <= _FOCUS_SIDE else contain(picture, _FOCUS_SQUARE)
    edges = ImageOps.grayscale(small).filter(ImageFilter.FIND_EDGES)
    shape = (edges.width, 1) if across else (1, edges.height)
    # Averaging to one row or column; the frame itself counts as an edge to the filter.
    values = list(edges.resize(shape, Image.Resampling.BOX).tobytes())
    values[0] = values[-1] = min(values)
    return [value + 1.0 for value in values]


_FOCUS_SQUARE = (_FOCUS_SIDE, _FOCUS_SIDE)
# People put what matters near the middle: a window must hold clearly more to move away from it.
_CENTRE_PULL = 0.35


def _densest(detail: list[float], kept: float) -> float:
    """Return the start (0 to 1) of the window of share `kept` with most detail, near the middle."""
    count = len(detail)
    window = max(1, round(count * kept))
    free = count - window
    if free < 1:
        return (1 - kept) / 2
    sums = [sum(detail[start : start + window]) for start in range(free + 1)]

    def worth(start: int) -> float:
        off_centre = abs(start / free - 0.5) * 2
        return sums[start] * (1 - _CENTRE_PULL * (1 - kept) * off_centre)

    return max(range(free + 1), key=worth) / count
