"""Expiry: until when a slide that says so may be shown, by the wall clock."""

import re
from datetime import datetime, time, timedelta

from signage.domain.lunar import day_of
from signage.domain.sentences import N_, Refused
from signage.domain.slide import Slide

EXPIRES = "expires"
"""The field of a layout that says until when."""

_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - the wall clock, wherever the display stands
_HANOI_MINUTES = 7 * 60
_CLOCK = re.compile(
    r"(?<!\d)(\d{1,2})(?: *(?:giờ|g|h) *|:)(\d{2})?(?: *phút)?(?![\d/])", re.IGNORECASE
)


def moment_of(text: str, *, end: bool = True) -> datetime:
    """Return the wall-clock time that was typed, such as "18:00 28/11/2026"; else raise Refused.

    A day alone means its end, or its beginning when `end` is false.
    """
    clock = _CLOCK.search(text)
    rest = (text[: clock.start()] + " " + text[clock.end() :]) if clock else text
    try:
        day = day_of(rest.strip(" ,-ngàyNGÀY\u00a0"))
        at = time(int(clock[1]), int(clock[2] or 0)) if clock else time()
    except (Refused, ValueError):
        raise Refused(
            N_("“{text}” không phải là một thời điểm. Hãy viết như 18:00 28/11/2026."), text=text
        ) from None
    return datetime.combine(day + timedelta(days=1) if end and not clock else day, at)


def minutes_of(moment: datetime) -> int:
    """Return a wall-clock time in minutes since 1970, as documents tell it."""
    return int((moment - _EPOCH).total_seconds()) // 60


def expiry_of(slide: Slide) -> int | None:
    """Return until when the slide may be shown, in minutes of the wall clock; None: for ever."""
    text = slide.fields.get(EXPIRES, "")
    return minutes_of(moment_of(text)) if text else None


def is_over(slide: Slide, at: int) -> bool:
    """Say whether the slide has expired in Viet Nam at `at` (UTC ms)."""
    expires = expiry_of(slide)
    return expires is not None and expires <= at // 60_000 + _HANOI_MINUTES
