"""Draws the pages of an alert for every profile; one that can't be drawn gets a plain page."""

import hashlib
from collections.abc import Sequence

import msgspec
import structlog

from players.contract.limits import MAX_PAGE_BYTES, MAX_PAGES
from signage.domain.alert import ALL_CLEAR_BODY, AlertPage, AlertWords, Pages
from signage.domain.display import Profile
from signage.domain.sentences import Refused
from signage.render import alert_pages
from signage.render.alert_livery import Kind
from signage.render.frames import Frame
from signage.render.plain_alert import render_plain
from signage.store import Store

log = structlog.get_logger()

PAGE_SECONDS = 6
PAGES_OF_OTHERS = 2
"""In each other language: with more, people would wait too long for their own."""


class DrawnAlert(msgspec.Struct, frozen=True, kw_only=True):
    """Pages of an alert and of its all clear by profile; `plain` lists those with a plain page."""

    pages: Pages
    green: Pages
    plain: list[str]


def draw_alert(
    store: Store,
    words: AlertWords,
    profiles: Sequence[Profile],
    *,
    until: int,
    kind: Kind = "alert",
) -> DrawnAlert:
    """Draw an alert and its all clear for each of `profiles`, or a drill; until is in UTC ms.

    A fault on one profile must not keep a warning from all the others, so that one gets the plain
    page. Only when no profile can have its own pages because of the words, Refused is raised: then
    the officer can mend them.
    """
    drawn = DrawnAlert(pages={}, green={}, plain=[])
    refusals: list[Refused] = []
    for profile in profiles:
        try:
            drawn.pages[profile.id] = draw_pages(store, words, profile, until=until, kind=kind)
        except Refused as refused:
            refusals.append(refused)
        except Exception:
            log.exception("alert pages can't be drawn", profile=profile.id)
        if profile.id not in drawn.pages:
            drawn.plain.append(profile.id)
            drawn.pages[profile.id] = draw_plainly(store, words, profile, until=until, kind=kind)
        if kind == "alert":
            drawn.green[profile.id] = draw_green(store, words, profile, until=until)
    if profiles and len(refusals) == len(profiles):
        raise refusals[0]
    return drawn


def draw_green(store: Store, words: AlertWords, profile: Profile, *, until: int) -> list[AlertPage]:
    """Draw the green page of an all clear, plainly where it can't be drawn."""
    try:
        return draw_pages(store, words, profile, until=until, kind="all_clear")
    except Refused:
        pass
    except Exception:
        log.exception("the green page can't be drawn", profile=profile.id)
    return draw_plainly(store, words, profile, until=until, kind="all_clear")


def draw_pages(
    store: Store, words: AlertWords, profile: Profile, *, until: int, kind: Kind = "alert"
) -> list[AlertPage]:
    """Draw the pages that belong to a profile; raises Refused or Illegible."""
    return [_kept(store, frame) for frame in frames_of(words, profile, until=until, kind=kind)]


def frames_of(
    words: AlertWords, profile: Profile, *, until: int, kind: Kind = "alert"
) -> list[Frame]:
    """The pages of a profile as pictures; raises Refused or Illegible.

    Pages in other languages follow the Vietnamese ones, but not at a road, where nobody has the
    time (two pages at most), and not on a green page. A language that can't be drawn here, or for
    which no room is left, is left out whole.
    """
    frames = alert_pages.render_alert(_to_draw(words, until, kind), profile)
    if kind != "all_clear" and not profile.traffic:
        for tongue in words.tongues:
            further = _in(words.said_in(tongue), profile, until, kind)
            if len(frames) + len(further) <= MAX_PAGES:
                frames += further
    return frames


def has_no_room_for_advice(words: AlertWords, profile: Profile, *, until: int) -> bool:
    """Say whether what people should do stands on no page of a profile: on small boards it gives
    way to what, where and until when.
    """
    said = _to_draw(words, until, "alert")
    if not said.body:
        return False
    unsaid = msgspec.structs.replace(said, body="")
    try:
        return alert_pages.render_alert(said, profile) == alert_pages.render_alert(unsaid, profile)
    except Refused:
        return False


def plain_frame(words: AlertWords, profile: Profile, *, until: int, kind: Kind = "alert") -> Frame:
    """The plain page of a profile on which nothing better can be drawn."""
    return render_plain(_to_draw(words, until, kind), profile)


def _in(words: AlertWords, profile: Profile, until: int, kind: Kind) -> list[Frame]:
    try:
        return alert_pages.render_alert(_to_draw(words, until, kind), profile, most=PAGES_OF_OTHERS)
    except Refused as refused:
        log.info("no page in this language", profile=profile.id, why=str(refused))
    return []


def draw_plainly(
    store: Store, words: AlertWords, profile: Profile, *, until: int, kind: Kind
) -> list[AlertPage]:
    """Draw the plain page, which takes the place of pages that can't be drawn; it never fails."""
    try:
        return [_kept(store, plain_frame(words, profile, until=until, kind=kind))]
    except Exception:
        log.exception("not even the plain page can be drawn", profile=profile.id)
    return [_text_page(words, profile)]


def _text_page(words: AlertWords, profile: Profile) -> AlertPage:
    """A page that never arrives: until one does, players set the words of the entry themselves."""
    text = f"{words.headline}\n{words.area}\n{words.body}".encode()
    return AlertPage(
        blob=hashlib.sha256(text).hexdigest(),
        media_type="text/plain",
        width=profile.width,
        height=profile.height,
        bytes=max(1, len(text)),
        seconds=PAGE_SECONDS,
    )


def _to_draw(words: AlertWords, until: int, kind: Kind) -> alert_pages.AlertWords:
    if kind == "all_clear":
        # "Evacuate now" must not stand on the green page.
        words = msgspec.structs.replace(words, body=ALL_CLEAR_BODY)
    said = msgspec.structs.asdict(words)
    del said["tongues"], said["in_programme"], said["sound"]
    if kind == "alert" and words.in_programme:
        kind = "bulletin"
    return alert_pages.AlertWords(**said, until_ms=until, kind=kind)


def _kept(store: Store, frame: Frame) -> AlertPage:
    if len(frame.bytes) > MAX_PAGE_BYTES:
        raise ValueError(f"a page of {len(frame.bytes)} bytes, at most {MAX_PAGE_BYTES}")
    return AlertPage(
        blob=store.blobs.put(frame.bytes),
        media_type=frame.media_type,
        width=frame.width,
        height=frame.height,
        bytes=len(frame.bytes),
        seconds=PAGE_SECONDS,
    )
