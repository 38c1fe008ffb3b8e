"""Reads the words on clean pictures, where Tesseract is installed, for markings and numbers."""

import os

import structlog

from signage.domain.markings import refuse_marked_reading
from signage.domain.personal_data import PersonalNumber, findings_of_text
from signage.ingest.guard import Broken, Unfit, ask_once
from signage.ingest.limits import Limits
from signage.ingest.tesseract import find_tesseract

LIMITS = Limits(cpu_seconds=30, wall_seconds=90, silence_seconds=90)
MIN_PIXELS = 160 * 160
"""Smaller pictures hold no stamp that anybody could read."""

_log = structlog.get_logger(__name__)


def read_picture(
    data: bytes, size: tuple[int, int], *, niceness: int = 0
) -> tuple[PersonalNumber, ...]:
    """Return the personal numbers on a clean picture of `size` px.

    Raises Refused when a secrecy marking stands on it.
    """
    text = words_on(data, niceness=niceness) if size[0] * size[1] >= MIN_PIXELS else ""
    refuse_marked_reading(text)
    return tuple(findings_of_text(text))


def words_on(data: bytes, *, niceness: int = 0) -> str:
    """Return the lines on a clean picture; "" where nothing can be read, or by nobody."""
    program = find_tesseract()
    if program is None:
        return ""
    fd = os.memfd_create("picture")
    try:
        with os.fdopen(fd, "wb", closefd=False) as file:
            file.write(data)
        told = ask_once("picture text", fd, limits=LIMITS, niceness=niceness, program=str(program))
    except (Broken, Unfit) as error:
        # Reading is a second look: people see the picture before and after.
        _log.warning("the words on a picture could not be read", why=str(error))
        return ""
    finally:
        os.close(fd)
    text: str = told.words["text"]
    return text
