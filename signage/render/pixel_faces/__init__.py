"""The pixel faces: small LED text whose every pixel is fully on or fully off.

An outline font turns to mush below 20 pixels: the tildes of Vietnamese become bars, and the
breve of Jrai and Bahnar falls off. These faces are made at set-up (`make setup`) from the
bitmap fonts of Debian's xfonts-base (public domain) and xfonts-efont-unicode (BSD-3-Clause).
Set them at exactly their size, on whole pixels; Raqm places the breve.
"""

from pathlib import Path

PIXEL_SIZES = (13, 16, 20, 24)
"""The sizes in pixels, smallest first. A face is sharp at its own size and at whole multiples."""

FACES_FOLDER = Path(__file__).resolve().parent.parent / "faces"


def face_path(size_px: int, bold: bool) -> Path | None:
    """The TrueType file of the face of `size_px`, or None when there is none.

    There is none when `size_px` is not one of PIXEL_SIZES, and none at all where set-up could
    not get Debian's fonts: set the text in Noto Sans then. The 13 and 20 pixel faces have no
    bold of their own, so `bold` gives the one there is (the strokes of 20 are bold already).
    """
    regular = FACES_FOLDER / f"led-{size_px}.ttf"
    heavier = FACES_FOLDER / f"led-{size_px}-bold.ttf"
    for candidate in (heavier, regular) if bold else (regular,):
        if candidate.is_file():
            return candidate
    return None
