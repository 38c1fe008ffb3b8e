"""Reads panel hours out of their form: daily from when to when, how loud, and one other stretch."""

from typing import Any

from players.contract.panel import Loudness, PanelHours
from signage.domain.schedule import Daypart
from signage.domain.sentences import N_, Refused
from signage.web import formats
from signage.web.forms import text, ticked, whole_number

EVERY_DAY = [0, 1, 2, 3, 4, 5, 6]


def hours() -> PanelHours | None:
    """Return what was typed, None for a panel that is always lit; raises Refused."""
    on = [] if ticked("always") else [_stretch("on_from", "on_to")]
    volume = _percent("volume")
    louder = []
    if text("other_from").strip():
        percent = _percent("other_volume")
        if percent is None:
            raise Refused(
                N_("Khung giờ này cần âm lượng. Hãy nhập từ 0 đến 100."), field="other_volume"
            )
        louder = [Loudness(dayparts=[_stretch("other_from", "other_to")], percent=percent)]
    return PanelHours(on=on, volume=volume, louder=louder) if on or volume is not None else None


def typed_of(hours: PanelHours | None) -> dict[str, Any]:
    """Return what stands in the form for these hours."""
    on = hours.on[0] if hours and hours.on else None
    other = hours.louder[0] if hours and hours.louder else None
    return {
        "always": on is None,
        "on_from": formats.hour(on.starts) if on else "05:30",
        "on_to": formats.hour(on.ends) if on else "22:00",
        "volume": hours.volume if hours and hours.volume is not None else "",
        "other_from": formats.hour(other.dayparts[0].starts) if other else "",
        "other_to": formats.hour(other.dayparts[0].ends) if other else "",
        "other_volume": other.percent if other else "",
    }


def _stretch(begins: str, ends: str) -> Daypart:
    starts = formats.parse_hour(text(begins), field=begins) % 1440
    return Daypart(
        weekdays=EVERY_DAY, starts=starts, ends=formats.parse_hour(text(ends), field=ends)
    )


def _percent(name: str) -> int | None:
    if not text(name).strip():
        return None
    percent = whole_number(name)
    if not 0 <= percent <= 100:
        raise Refused(N_("Âm lượng từ 0 đến 100. Hãy nhập lại."), field=name)
    return percent
