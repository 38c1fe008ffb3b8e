"""What a CAP message or a feed may be at most; beyond it is refused before anything is done."""

from typing import Final

MAX_MESSAGE_BYTES: Final = 1024 * 1024
MAX_FEED_BYTES: Final = 8 * 1024 * 1024
MAX_FEED_ENTRIES: Final = 1000
MAX_INFOS: Final = 40
MAX_AREAS: Final = 200
"""In one info."""
MAX_POINTS: Final = 20_000
"""Of all polygons of a message together."""
MAX_REFERENCES: Final = 200
MAX_NAME_LETTERS: Final = 400
"""Identifier, sender, and other texts that name something."""
MAX_TEXT_LETTERS: Final = 20_000
