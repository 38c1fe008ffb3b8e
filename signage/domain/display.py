"""Displays, the profiles that say their pixels, and the sites where they stand."""

import msgspec

from signage.domain.names import checked_id
from signage.domain.sentences import N_, Refused

MAX_PROFILES = 24
MAX_SIDE_PX = 8192
LEAST_ALERT_PERCENT = 20
"""An alert that is darker can't be read beside a street lamp."""


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """What a renderer must know of a kind of display; never changed once in use, only replaced.

    `width`, `height` in px; `pitch_um` is the distance of two pixels in micrometres; `viewing_cm`
    the distance from which people read. `traffic` true: at a road, so no scrolling and no motion.
    `sound` true: films, and alerts with a signal, may be heard.
    """

    id: str
    name: str
    width: int
    height: int
    traffic: bool = False
    pitch_um: int
    viewing_cm: int
    languages: list[str] = msgspec.field(default_factory=lambda: ["vi"])
    sound: bool = False

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in px."""
        return self.width, self.height


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """A place with displays. Coordinates are WGS 84 in millionths of a degree."""

    id: str
    unit: str
    name: str
    latitude_e6: int
    longitude_e6: int
    has_loudspeaker: bool = False


class Dimming(msgspec.Struct, frozen=True, kw_only=True):
    """How bright a display may be, in percent of all it can: by `day`, by `night`, and at least so
    much for an `alert`.
    """

    day: int = 100
    night: int = 8
    alert: int = 40


class Display(msgspec.Struct, frozen=True, kw_only=True):
    """One surface that the public sees. `player_key` is its player's public Ed25519 key, base64.

    `retired_at` is in milliseconds since the epoch, UTC; the id of a retired display is never
    given to another one.
    """

    id: str
    name: str
    site: str
    unit: str
    profile: str
    tags: list[str] = msgspec.field(default_factory=list)
    player_key: str | None = None
    retired_at: int | None = None
    dimming: Dimming = Dimming()


def checked_profile(profile: Profile) -> Profile:
    """Return `profile`, or raise Refused when a number in it can't be right."""
    checked_id(profile.id)
    if not (16 <= profile.width <= MAX_SIDE_PX and 16 <= profile.height <= MAX_SIDE_PX):
        raise Refused(
            N_("Kích thước màn hình cần từ 16 đến {limit} điểm ảnh mỗi chiều. Hãy sửa lại."),
            field="width",
            limit=MAX_SIDE_PX,
        )
    if profile.pitch_um <= 0 or profile.viewing_cm <= 0:
        raise Refused(
            N_("Khoảng cách điểm ảnh và khoảng cách xem phải lớn hơn 0. Hãy đo và nhập lại."),
            field="pitch_um",
        )
    return profile


def checked_site(site: Site) -> Site:
    """Return `site`, or raise Refused when its coordinates lie outside the Earth."""
    checked_id(site.id)
    if abs(site.latitude_e6) > 90_000_000 or abs(site.longitude_e6) > 180_000_000:
        raise Refused(
            N_(
                "Tọa độ của điểm đặt không có thật."
                " Hãy nhập vĩ độ rồi kinh độ, ví dụ 13.98, 108.00."
            ),
            field="latitude",
        )
    return site


def checked_dimming(dimming: Dimming) -> Dimming:
    """Return `dimming`, or raise Refused when a display would be dark, or an alert not be read."""
    for field in dimming.__struct_fields__:
        if not 1 <= getattr(dimming, field) <= 100:
            raise Refused(N_("Độ sáng cần từ 1 đến 100 %. Hãy sửa lại."), field=field)
    if dimming.night > dimming.day:
        raise Refused(
            N_("Ban đêm không được sáng hơn ban ngày ({day} %). Hãy nhập số nhỏ hơn."),
            field="night",
            day=dimming.day,
        )
    if dimming.alert < LEAST_ALERT_PERCENT:
        raise Refused(
            N_("Cảnh báo cần sáng ít nhất {least} % để đọc được. Hãy nhập số lớn hơn."),
            field="alert",
            least=LEAST_ALERT_PERCENT,
        )
    return dimming
