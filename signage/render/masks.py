"""Masks: pictures of ink (mode L), changed value by value."""

from functools import lru_cache

from PIL import Image


def looked_up(mask: Image.Image, table: bytes) -> Image.Image:
    """Return `mask` with each value replaced by that of `table` (256 bytes).

    Pillow's own `point` rounds all 256 values in Python on every call: a third of the time of a
    page of words.
    """
    return Image.frombytes("L", mask.size, mask.tobytes().translate(table))


@lru_cache(maxsize=256)
def from_on(least: int) -> bytes:
    """Return the table that keeps ink of at least `least` as full ink, and no other."""
    return bytes(255 if value >= least else 0 for value in range(256))
