"""Reads an alert out of its form: words, whom it means, and when it ends."""

import msgspec
from flask import request

from players.contract.limits import MINUTE
from signage.domain.alert import EVERYTHING, Alert, AlertWords, Tongue
from signage.domain.language import REVIEWED
from signage.domain.sentences import N_, Refused
from signage.web import area_map, formats
from signage.web.context import now
from signage.web.forms import text, ticked, whole_number

LASTING_MINUTES = (30, 60, 120, 180, 360, 720)
OTHER_END = "other"
DRAWN = "area"
PRIORITY = "priority"
MAX_SHAPE_LETTERS = 8000
STILL_MISSING = "…"


def words() -> AlertWords:
    """Return what was typed; the workflow checks it."""
    return AlertWords(
        headline=text("headline"),
        body=text("body").replace("\r\n", "\n"),
        area=text("area"),
        sender=text("sender"),
        level=whole_number("level", default=0),
        tongues=tongues(),
        in_programme=text("class") == PRIORITY,
        sound=ticked("sound"),
        symbol=text("symbol"),
    )


def tongues() -> list[Tongue]:
    """Return what was typed in other languages."""
    typed = (
        Tongue(
            language=language,
            headline=text(f"headline_{language}"),
            body=text(f"body_{language}").replace("\r\n", "\n"),
        )
        for language in REVIEWED
    )
    return [one for one in typed if one.headline.strip() or one.body.strip()]


def words_so_far() -> AlertWords:
    """Return what was typed with dots for what is still missing, so that it can be drawn."""
    so_far = words()
    missing = {
        name: STILL_MISSING
        for name in ("headline", "area", "sender")
        if not str(getattr(so_far, name)).strip()
    }
    return msgspec.structs.replace(so_far, **missing)


def targets() -> list[str]:
    """Return whom the alert means; raises Refused when nothing is chosen."""
    if text("reach") == EVERYTHING:
        return [EVERYTHING]
    if text("reach") == DRAWN:
        return area_map.targets_in(text("shape")[:MAX_SHAPE_LETTERS])
    chosen = request.form.getlist("targets")
    if not chosen:
        raise Refused(
            N_("Chưa chọn nơi phát. Hãy chọn toàn bộ màn hình, hoặc từng đơn vị, màn hình."),
            field="targets",
        )
    return chosen


def until() -> int:
    """Return the moment at which the alert ends (ms, UTC)."""
    if text("lasting") == OTHER_END:
        day = formats.parse_day(text("until_day"), field="until")
        return formats.moment_of(day, formats.parse_hour(text("until_hour"), field="until"))
    return now() + whole_number("lasting", default=LASTING_MINUTES[1]) * MINUTE


def expected_displays(alert: Alert, count: int) -> int:
    """Return the number of displays that was confirmed, or `count` for the hazard's name.

    Raises Refused for anything else: one "are you sure?" in the same words every time is how the
    false alarm of Hawaii went out.
    """
    typed = text("confirm").strip()
    if typed.isdecimal() and len(typed) < 6:
        confirmed = int(typed)
    elif typed.casefold() == alert.words.headline.casefold():
        confirmed = count
    else:
        confirmed = -1
    if confirmed != count:
        raise Refused(
            N_("Chưa khớp: hãy gõ đúng số màn hình ({count}) hoặc đúng tên thiên tai để xác nhận."),
            field="confirm",
            count=count,
        )
    return confirmed
