"""Decodes one picture: it tells the clean copy and whether the picture moves."""

import sys
import warnings

from PIL import Image, UnidentifiedImageError

from signage.ingest.child import Line, Stop
from signage.render.clean_copy import (
    ALLOWED_FORMATS,
    MAX_PICTURE_PIXELS,
    TooManyPixels,
    clean_copy,
)


def run(line: Line, *, kind: str) -> None:
    """Tell `media_type`, `width`, `height` and `moves`, with the clean copy's bytes."""
    prepare()
    formats: tuple[str, ...] = ALLOWED_FORMATS
    if kind == "heic":
        import pillow_heif  # it takes as long to load as a JPEG to decode

        pillow_heif.register_heif_opener(thumbnails=False)
        formats = ("HEIF",)
    try:
        copy = clean_copy(sys.stdin.buffer, formats=formats)
    except (TooManyPixels, Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Stop("too_many_pixels") from None
    except UnidentifiedImageError:
        raise Stop("unreadable") from None
    words = {
        "media_type": copy.media_type,
        "width": copy.width,
        "height": copy.height,
        "moves": copy.moves,
    }
    line.tell(words, copy.data)


def prepare() -> None:
    """Set the decoders' own limits."""
    Image.MAX_IMAGE_PIXELS = MAX_PICTURE_PIXELS
    # Other warnings tell of odd metadata, which every second phone writes and nobody keeps.
    warnings.simplefilter("ignore")
    warnings.simplefilter("error", Image.DecompressionBombWarning)
