"""Alert pages: what, what to do, where, until when and who says so, on two or three pages."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta, timezone

import msgspec

from signage.domain.display import Profile
from signage.domain.sentences import N_, Phrase, Refused
from signage.render.alert_bands import Measures
from signage.render.alert_composer import Composer, Part
from signage.render.alert_livery import Kind, livery_of
from signage.render.coverage import clean_text, refuse_missing_letters
from signage.render.frames import Frame, encoded
from signage.render.layout import Illegible
from signage.render.legibility import face_files

MAX_ALERT_PAGES = 3
MAX_ALERT_PAGES_AT_ROAD = 2
"""Drivers have no time for a third page (MUTCD)."""
MAX_LEVEL = 5
MAX_LETTERS = {"headline": 120, "body": 600, "area": 200, "sender": 120}

_HEAD = ("headline", "body")
_FACTS = ("area", "until", "sender")
_LARGE_ON_LED_PX = 20

LABELS = {
    "headline": N_("Tiêu đề"),
    "body": N_("Việc cần làm"),
    "area": N_("Khu vực"),
    "sender": N_("Nơi phát"),
}

# Viet Nam keeps one offset and no summer time.
_LOCAL = timezone(timedelta(hours=7))


class AlertWords(msgspec.Struct, frozen=True, kw_only=True):
    """What an alert says. `level` 0 to 5 is the national risk level, 0 for none.

    `until_ms` is when it ends, in milliseconds since the epoch, UTC; `area` says where in words,
    `sender` who says so, `body` what people should do, `symbol` which sign stands beside it.
    """

    headline: str
    body: str = ""
    area: str = ""
    until_ms: int
    sender: str = ""
    level: int = 0
    kind: Kind = "alert"
    symbol: str = ""


def render_alert(
    words: AlertWords, profile: Profile, *, most: int = MAX_ALERT_PAGES
) -> list[Frame]:
    """Draw the pages of an alert for `profile`: one where all fits in large letters, else more.

    At most `most`, and two at a road. Raises Illegible, with the form field at fault, when the
    words can't be set large enough, and Refused when a field is empty, too long or has letters
    that the faces lack. On LED boards with too little room the sender is left out, then what to
    do: never the headline, the place or the end.
    """
    words = _checked(words)
    _refuse_missing_letters(words, profile)
    measures = Measures(profile)
    livery = livery_of(words.kind, words.level, led=measures.led, symbol=words.symbol)
    composer = Composer(measures, livery, drill=words.kind == "drill")
    refusal: Illegible | None = None
    most = min(most, MAX_ALERT_PAGES_AT_ROAD) if profile.traffic else most
    for pages in _pagings(words, measures):
        if len(pages) > most:
            continue
        try:
            drawn = [composer.draw(page) for page in pages]
        except Illegible as error:
            refusal = error  # the last paging asks least: its refusal says what must change
            continue
        return [encoded(picture) for picture in drawn]
    raise refusal or AssertionError("an alert has a paging")


def _refuse_missing_letters(words: AlertWords, profile: Profile) -> None:
    for field in MAX_LETTERS:
        refuse_missing_letters(getattr(words, field), face_files(profile), field=field)


def _pagings(words: AlertWords, measures: Measures) -> Iterator[list[list[Part]]]:
    """Yield the ways to spread an alert over pages, the most telling first."""
    if not measures.led:
        parts = _on_screen(words, measures)
        yield from _spread(parts, [(*_HEAD, *_FACTS)], [_HEAD, _FACTS])
        return
    large = _on_board(words, measures, max(_LARGE_ON_LED_PX, measures.least))
    least = _on_board(words, measures, measures.least)
    telling, without_body = [_HEAD, _FACTS], [("headline",), _FACTS]
    body_apart = [("headline",), ("body",), _FACTS]
    where_first = [("headline", "area"), ("body", "until")]  # people can act without a sender
    if measures.small:
        yield from _spread(large, telling, body_apart)
        yield from _spread(least, telling, body_apart, where_first)
        yield from _spread(large, without_body)
        yield from _spread(least, without_body)
        return
    body_second = [("headline",), (*_FACTS, "body")]
    yield from _spread(large, [(*_HEAD, *_FACTS)], telling, body_second)
    yield from _spread(least, telling, body_second, body_apart, where_first, without_body)


def _spread(parts: Sequence[Part], *pagings: Sequence[Sequence[str]]) -> Iterator[list[list[Part]]]:
    by_field = {part.field: part for part in parts}
    for paging in pagings:
        pages = [[by_field[field] for field in page if field in by_field] for page in paging]
        yield [page for page in pages if page]


def _on_screen(words: AlertWords, measures: Measures) -> list[Part]:
    height, least = measures.height, measures.least
    # On a strip there is room beside each other for letters that would not fit one below another.
    head, body, fact = (0.28, 0.11, 0.09) if measures.strip else (0.17, 0.07, 0.055)
    body, fact = round(height * body), round(height * fact)
    return _present(
        Part("headline", words.headline, round(height * head), round(least * 1.25), 3),
        Part("body", words.body, body, least, 8),
        Part("area", words.area and f"Khu vực: {words.area}", fact, least, 3),
        Part("until", _until(words, "Hiệu lực: đến"), fact, least, 2),
        Part("sender", words.sender, fact, least, 3),
    )


def _on_board(words: AlertWords, measures: Measures, least: int) -> list[Part]:
    # The particulars of a small board may be as small as the distance allows: its headline has a
    # page of its own.
    fact_least = measures.least if measures.small else least
    most = max(20, measures.height // 8)
    share = 4 if measures.small else 7
    headline_least = least if least == measures.least else measures.height // share
    return _present(
        Part("headline", words.headline, measures.height // 4, headline_least, 3),
        Part("body", words.body, most, fact_least, 8),
        Part("area", words.area, most, fact_least, 4),
        Part("until", _until(words, "Đến"), most, fact_least, 2),
        Part("sender", words.sender, most, fact_least, 4),
    )


def _present(*parts: Part) -> list[Part]:
    return [part for part in parts if part.text]


def _until(words: AlertWords, label: str) -> str:
    # The all clear ends by itself; its end tells people nothing.
    return "" if words.kind == "all_clear" else f"{label} {_moment(words.until_ms)}"


def _checked(words: AlertWords) -> AlertWords:
    if not 0 <= words.level <= MAX_LEVEL:
        raise Refused(
            N_("Cấp độ rủi ro thiên tai từ 0 (không có) đến {most}. Hãy chọn lại."),
            field="level",
            most=MAX_LEVEL,
        )
    cleaned = {field: clean_text(getattr(words, field)) for field in MAX_LETTERS}
    if not cleaned["headline"]:
        raise Refused(N_("Cảnh báo cần một tiêu đề. Hãy nhập mối nguy hiểm."), field="headline")
    for field, text in cleaned.items():
        if len(text) > MAX_LETTERS[field]:
            raise Refused(
                N_("Ô “{label}” dài {have} ký tự, tối đa {most}. Hãy rút ngắn."),
                field=field,
                label=Phrase(LABELS[field]),
                have=len(text),
                most=MAX_LETTERS[field],
            )
    return msgspec.structs.replace(words, **cleaned)


def _moment(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms / 1000, UTC).astimezone(_LOCAL).strftime(
        "%H:%M ngày %d/%m/%Y"
    )  # fmt: skip
