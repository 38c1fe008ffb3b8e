"""Bulletins for loudspeakers and the source-information system: an alert as words to be read.

Classes as in Circular 39/2020: ordinary, priority and emergency; an alert is an emergency bulletin,
which is read at once.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from signage.domain.alert import ALL_CLEAR_BODY, Alert, AlertState

EMERGENCY = "khan-cap"


class Bulletin(msgspec.Struct, frozen=True, kw_only=True):
    """One revision of an alert for another system; moments are UTC ms.

    `state` is "raised" or "cleared": a cleared one takes the place of what was read before.
    """

    id: str
    revision: int
    class_: str = msgspec.field(name="class")
    state: str
    text: str
    area: str
    sender: str
    valid_from: int
    valid_to: int


def bulletin_of(alert: Alert, zone: ZoneInfo) -> Bulletin:
    """Return what is handed over for a revision of an alert."""
    over = alert.state is AlertState.CLEARED
    return Bulletin(
        id=alert.id,
        revision=alert.revision,
        class_=EMERGENCY,
        state="cleared" if over else "raised",
        text=speech_of(alert, zone),
        area=alert.words.area,
        sender=alert.words.sender,
        valid_from=alert.begins_at,
        valid_to=alert.green_until if over else alert.expires_at,
    )


def speech_of(alert: Alert, zone: ZoneInfo) -> str:
    """Return the words as a speaker reads them: what, where, what to do, until when, who says so.

    In Vietnamese, as the loudspeakers are; the words come from the alert and are never shortened.
    """
    words = alert.words
    if alert.state is AlertState.CLEARED:
        sentences = ["Thông báo", words.headline, f"Khu vực: {words.area}", ALL_CLEAR_BODY]
    else:
        until = datetime.fromtimestamp(alert.expires_at / 1000, zone)
        level = [f"Rủi ro thiên tai cấp {words.level}"] if words.level else []
        sentences = ["Cảnh báo khẩn cấp", words.headline, *level, f"Khu vực: {words.area}"]
        sentences += [words.body] if words.body else []
        sentences += [f"Cảnh báo có hiệu lực đến {until:%H} giờ {until:%M} ngày {until:%d/%m/%Y}"]
    sentences += [f"{words.sender} thông báo"]
    once = " ".join(f"{sentence.strip().rstrip('.')}." for sentence in sentences)
    # Whoever hears the end first hears the beginning as well.
    return f"{once}\nXin nhắc lại. {once}"
