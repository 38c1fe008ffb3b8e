"""The decoder's child process: reads one file from standard input, answers on standard output.

The answer is a line of JSON (`guard.Answer`), then the clean copy's bytes.
"""

import os
import resource
import sys
import warnings

import msgspec

from signage.ingest.guard import Answer

_GIB = 1 << 30
LIMITS = {
    resource.RLIMIT_AS: _GIB,
    resource.RLIMIT_CPU: 10,
    resource.RLIMIT_FSIZE: 0,  # a pipe is no file: this process writes none
    resource.RLIMIT_NOFILE: 64,
    resource.RLIMIT_CORE: 0,
}


def main() -> None:
    """Limit this process, decode, answer; every way to fail is a refusal by name."""
    for limit, value in LIMITS.items():
        resource.setrlimit(limit, (value, value))
    answer, data = _decoded()
    with os.fdopen(1, "wb", closefd=False) as out:
        out.write(msgspec.json.encode(answer) + b"\n" + data)


def _decoded() -> tuple[Answer, bytes]:
    # Not before the limits stand: the decoders' libraries come with this import.
    from PIL import Image, UnidentifiedImageError

    from signage.render.clean_copy import MAX_PICTURE_PIXELS, TooManyPixels, clean_copy

    Image.MAX_IMAGE_PIXELS = MAX_PICTURE_PIXELS
    # Other warnings tell of odd metadata, which every second phone writes and nobody keeps.
    warnings.simplefilter("ignore")
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        copy = clean_copy(sys.stdin.buffer)
    except (TooManyPixels, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return Answer(refusal="too_many_pixels"), b""
    except MemoryError:
        return Answer(refusal="too_costly"), b""
    except UnidentifiedImageError:
        return Answer(refusal="unreadable"), b""
    except Exception as error:  # noqa: BLE001 - decoders raise six types and more
        truncated = "truncated" in str(error).lower()
        return Answer(refusal="truncated" if truncated else "unreadable"), b""
    return Answer(media_type=copy.media_type, width=copy.width, height=copy.height), copy.data
