"""Every limit of the contract, by name: what is larger, longer or later is refused."""

from typing import Final

KIB: Final = 1024
MIB: Final = 1024 * KIB
SECOND: Final = 1000
MINUTE: Final = 60 * SECOND
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR
"""Times are whole milliseconds; moments count from the Unix epoch in UTC."""

MAX_SEALED_BYTES: Final = 96 * KIB
"""A sealed document as it stands on the wire: 64 KiB of payload in base64, and signatures."""
MAX_PAYLOAD_BYTES: Final = 64 * KIB
MAX_SCREENSHOT_BYTES: Final = 192 * KIB
MAX_SCREENSHOT_PAYLOAD_BYTES: Final = 140 * KIB
MAX_PICTURE_BYTES: Final = 104 * KIB
"""The picture in a screenshot: it stands in base64 twice, in the payload and in the envelope."""
MAX_PAGE_BYTES: Final = 2 * MIB
"""One page of an alert, pushed through the broker."""
MAX_DOCUMENT_BYTES: Final = 1 * MIB
"""One playlist document, fetched as a blob."""
MAX_BLOB_BYTES: Final = 512 * MIB
"""Also of a film."""

MAX_SIGNATURES: Final = 4
MAX_KEYS: Final = 64
MAX_ENTRIES: Final = 400
MAX_DAYPARTS: Final = 8
MAX_ITEMS: Final = 2000
MAX_ZONES: Final = 3
MAX_WIDGETS: Final = 12
MAX_LUNAR_MONTHS: Final = 400
MAX_PAGES: Final = 8
"""Of one alert on one profile: up to two in each of four languages."""
MAX_ARMED: Final = 32
MAX_ALERTS: Final = 40
MAX_HOLDS: Final = 100
MAX_CARRIED: Final = 250
"""Sealed documents in a hand-carried bundle."""
MAX_PROFILES: Final = 24
MAX_PLAYS: Final = 160
"""Plays in one batch: with the longest names a batch stays below `MAX_PAYLOAD_BYTES`."""

MIN_ITEM_SECONDS: Final = 1
MAX_ITEM_SECONDS: Final = 3600
MAX_FILM_LENGTH: Final = 1 * HOUR
MAX_MANIFEST_LIFE: Final = 60 * DAY
MAX_ALERT_LIFE: Final = 72 * HOUR
MAX_HOLD_LIFE: Final = 7 * DAY
MAX_COMMAND_LIFE: Final = 10 * MINUTE
MAX_CONTENT_KEY_LIFE: Final = 90 * DAY
MAX_AHEAD: Final = 10 * MINUTE
"""A signed time further ahead of player time than this raises no floor (rule T)."""
MAX_CLOCK_DIFFERENCE: Final = 5 * SECOND
"""Beat and clock may differ by this much before a player asks for the time (rule T)."""
MAX_OUT_OF_STEP: Final = 500
"""A display whose clock is further off than this is told on the wall."""
BEAT_EVERY: Final = 1 * MINUTE
STATUS_EVERY: Final = 1 * MINUTE
LOST_AFTER: Final = 150 * SECOND
"""A display that sends no status for this long counts as lost."""
COMMS_LOSS_AFTER: Final = 5 * MINUTE
"""Without a fresh beat for this long a player reports that it has lost the controller."""
