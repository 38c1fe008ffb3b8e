"""Times as CAP 1.2 writes them: to the second, with a zone, never with a Z (section 3.3.2)."""

import re
from collections.abc import Callable
from datetime import datetime

from signage.cap.xml import Unreadable

_TIME = re.compile(
    r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d{1,9})?(Z|[+-]\d\d:\d\d)?",
    re.ASCII,
)


def moment(text: str, name: str, departs: Callable[[str], None]) -> int:
    """Return UTC ms. A Z or a fraction is understood and told to `departs`; raises Unreadable."""
    found = _TIME.fullmatch(text)
    if not found:
        raise Unreadable(f"{name} is no time: {text[:40]!r}")
    clock, fraction, zone = found.groups()
    if zone is None:
        raise Unreadable(f"{name} has no time zone: {text[:40]!r}")
    if zone == "Z":
        departs(f"{name} ends in Z")
    if fraction:
        departs(f"{name} has a fraction of a second")
    try:
        return int(datetime.fromisoformat(clock + zone).timestamp() * 1000)
    except (ValueError, OverflowError) as error:
        raise Unreadable(f"{name} is no time: {text[:40]!r}") from error
