"""Slides and ticker lines: what an officer writes, and the hash that approval binds."""

import hashlib
from collections.abc import Sequence

import msgspec

from signage.domain.arrangement import MAIN
from signage.domain.display import Profile
from signage.domain.fit import AUTO
from signage.domain.language import LANGUAGES, VIETNAMESE
from signage.domain.media import MAX_VIDEO_SECONDS
from signage.domain.sentences import N_, Refused

MIN_SLIDE_SECONDS = 3
MAX_SLIDE_SECONDS = 120
MAX_FILM_SLIDE_SECONDS = MAX_VIDEO_SECONDS
USUAL_SECONDS = 10

MAX_TICKER_LETTERS = 400
TICKER_SPEEDS = (1, 2, 3)  # whole px per frame at 60 Hz: anything else stutters


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """The words of a slide in another language, by field name, and how long they stay."""

    fields: dict[str, str]
    seconds: int = 10


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody wrote for a slide, before it is looked at.

    `fields` are the words of `layout` by name, in `language`; `versions` are those in other
    languages: vi, jra, bdq, en. `picture` is the clean sha256 of one; layout "video" takes the
    sha256 of an uploaded film in `video` instead. Without `seconds` the slide stays as long as is
    usual, or as its film lasts. `zone` is main, or side where the glass has one; none leaves a
    slide where it is. `fit` says how a picture or film meets glass of another shape: auto, whole or
    fill.
    """

    layout: str
    fields: dict[str, str] = {}
    picture: str | None = None
    video: str | None = None
    seconds: int | None = None
    language: str = VIETNAMESE
    versions: dict[str, Version] = {}
    zone: str | None = None
    fit: str = AUTO

    def spoken(self) -> list["Words"]:
        """Return the words once for each language in which there are some, at least one's own."""
        own = msgspec.structs.replace(self, versions={})
        others = [
            msgspec.structs.replace(own, language=tag, fields=one.fields, seconds=one.seconds)
            for tag, one in self.versions.items()
            if tag != self.language and any(one.fields.values())
        ]
        return others if others and not any(self.fields.values()) else [own, *others]

    def as_slide(self, slide_id: str) -> "Slide":
        """Return the slide these words make, unlooked at."""
        return Slide(
            id=slide_id,
            layout=self.layout,
            fields=self.fields,
            picture=self.picture or None,
            video=self.video,
            seconds=USUAL_SECONDS if self.seconds is None else self.seconds,
            language=self.language,
            versions=self.versions,
            zone=self.zone or MAIN,
            fit=self.fit,
        )


class Slide(msgspec.Struct, frozen=True, kw_only=True):
    """One screenful: the words of a layout, perhaps a picture, and how long it stays.

    `layout` is a name in `signage.render.layouts.LAYOUTS`, `fields` its words by field name,
    `picture` the sha256 of a clean asset. `versions` are the words in other languages, by tag:
    the same layout and picture, shown in turn after `fields`, which are in `language`. `video` is
    the sha256 of an uploaded film, whose still is then the picture. `zone` is the part of the
    glass where it stands, `fit` how a picture or film meets glass of another shape.
    """

    id: str
    layout: str
    fields: dict[str, str]
    picture: str | None = None
    seconds: int = USUAL_SECONDS
    language: str = VIETNAMESE
    versions: dict[str, Version] = {}
    video: str | None = None
    zone: str = MAIN
    fit: str = AUTO

    def spoken(self) -> list["Slide"]:
        """Return the slide once for each of its languages, in the order in which they show."""
        own = msgspec.structs.replace(self, versions={})
        others = [
            msgspec.structs.replace(own, language=tag, fields=one.fields, seconds=one.seconds)
            for tag in LANGUAGES
            if (one := self.versions.get(tag)) and tag != self.language
        ]
        return [own, *others]

    @property
    def page_id(self) -> str:
        """The name of one spoken slide: the slide's own, or with its language after it."""
        return self.id if self.language == VIETNAMESE else f"{self.id}.{self.language}"

    def is_left_out(self, profile: Profile) -> bool:
        """Say whether displays of this kind show the playlist without it: a film at a road."""
        return self.video is not None and profile.traffic


class TickerLine(msgspec.Struct, frozen=True, kw_only=True):
    """One line that runs along the foot of a display; `speed` in whole px per frame at 60 Hz."""

    id: str
    text: str
    speed: int = 2


def slide_hash(slide: Slide) -> str:
    """Return the sha256 (hex) of all that decides the pixels: not of its id nor its seconds.

    Versions have hashes of their own; who reviews words depends on their language. Beside the
    slides the same words are another picture.
    """
    tongue = [] if slide.language == VIETNAMESE else [slide.language]
    film = [{"video": slide.video}] if slide.video else []
    place = [{"zone": slide.zone}] if slide.zone != MAIN else []
    fit = [{"fit": slide.fit}] if slide.fit != AUTO else []
    return _hash_of([slide.layout, slide.fields, slide.picture, *tongue, *film, *place, *fit])


def ticker_hash(lines: Sequence[TickerLine]) -> str:
    """Return the sha256 (hex) of the strip these lines make, in this order."""
    return _hash_of([[line.text, line.speed] for line in lines])


def checked_seconds(seconds: int, most: int = MAX_SLIDE_SECONDS) -> int:
    """Return `seconds`, or raise Refused when a slide may not stay that long."""
    if not MIN_SLIDE_SECONDS <= seconds <= most:
        raise Refused(
            N_("Mỗi trang chiếu từ {least} đến {most} giây. Hãy sửa thời lượng."),
            field="seconds",
            least=MIN_SLIDE_SECONDS,
            most=most,
        )
    return seconds


def checked_ticker(line: TickerLine) -> TickerLine:
    """Return `line`, or raise Refused when it is empty, too long or of an odd speed."""
    if not line.text.strip():
        raise Refused(N_("Dòng chữ chạy đang để trống. Hãy nhập nội dung."), field="text")
    if len(line.text) > MAX_TICKER_LETTERS:
        raise Refused(
            N_("Dòng chữ chạy dài {have} chữ, tối đa {limit}. Hãy rút ngắn hoặc tách làm hai."),
            field="text",
            have=len(line.text),
            limit=MAX_TICKER_LETTERS,
        )
    if line.speed not in TICKER_SPEEDS:
        raise Refused(N_("Tốc độ chữ chạy là 1, 2 hoặc 3. Hãy chọn lại."), field="speed")
    return line


def _hash_of(value: object) -> str:
    return hashlib.sha256(msgspec.json.encode(value, order="deterministic")).hexdigest()
