"""A display shows approved pictures of exactly its profile, and what is missing is named."""

from datetime import datetime

import msgspec
import pytest

from players.contract import documents
from players.contract.types import Area, BlobRef
from signage.domain.arrangement import Staging, sizes_of
from signage.domain.expiry import minutes_of
from signage.domain.playlist import PlaylistDraft
from signage.domain.programme import ALONE_SECONDS, NotDrawn, document_of, programme_of
from signage.domain.rendition import Rendition
from signage.domain.review import State, Submission, Withdrawal
from signage.domain.schedule import ScheduleEntry
from signage.domain.slide import Slide, TickerLine, slide_hash, ticker_hash
from tests.players.contract.builders import clock, widget
from tests.signage.pleiku import CITY, DISPLAYS, NOON, ROAD_BOARD, SMALL_BOARD

SAFE = BlobRef(sha256="5" * 64, bytes=100, media_type="image/png", width=384, height=192)
BOARD = DISPLAYS[0]
FIRST = Slide(id="s1", layout="notice", fields={"title": "Một"}, seconds=8)
SECOND = Slide(id="s2", layout="notice", fields={"title": "Hai"}, seconds=12)
LINE = TickerLine(id="t1", text="Tin vắn")


def rendition(subject: str, profile: str, number: int, **changes) -> Rendition:
    fields = {
        "subject_hash": subject,
        "kind": "slide",
        "profile": profile,
        "area_w": 384,
        "area_h": 192,
        "blob": f"{number:064x}",
        "media_type": "image/png",
        "width": 384,
        "height": 192,
        "bytes": 1000 + number,
    }
    return Rendition(**(fields | changes))


def submission(*slides: Slide, tickers=(), profiles=(ROAD_BOARD.id,), **changes) -> Submission:
    renditions = {}
    for number, slide in enumerate(slides):
        subject = slide_hash(slide)
        renditions[subject] = {p: rendition(subject, p, number) for p in profiles}
    if tickers:
        subject = ticker_hash(tickers)
        strip = {"kind": "ticker", "width": 3000, "height": 24, "step": 2, "every": 1}
        renditions[subject] = {p: rendition(subject, p, 99, **strip) for p in profiles}
    draft = PlaylistDraft(
        id="p1", unit=CITY.id, title="Bảng tin", slides=list(slides), tickers=list(tickers)
    )
    fields = {
        "id": "sub1",
        "playlist": "p1",
        "number": 1,
        "content_hash": "",
        "document": draft,
        "renditions": renditions,
        "state": State.APPROVED,
        "submitted_by": "a",
        "submitted_at": NOON,
    }
    return Submission(**(fields | changes))


def entry(entry_id: str = "e1", *targets: str, **changes) -> ScheduleEntry:
    fields = {
        "id": entry_id,
        "playlist": "p1",
        "targets": list(targets or ["display:hoa-lu"]),
        "first_date": "2026-11-23",
        "last_date": "2026-11-30",
        "created_by": "a",
        "created_at": NOON,
    }
    return ScheduleEntry(**(fields | changes))


def programme(*entries: ScheduleEntry, on_air=None, **changes):
    details = {
        "profile": ROAD_BOARD,
        "unit_chain": [CITY.id],
        "entries": entries,
        "on_air": {"p1": submission(FIRST)} if on_air is None else on_air,
        "safe": SAFE,
    }
    return programme_of(BOARD, **(details | changes))


def blobs(document) -> list[str]:
    return [item.blob.sha256 for item in documents.slide_items(document.items)[0]]


def withdrawn(subject: str | None) -> Withdrawal:
    return Withdrawal(subject_hash=subject, reason="sai", by="a", at=NOON)


# Documents


def test_slides_stand_in_order_with_their_seconds():
    document = document_of(submission(FIRST, SECOND), ROAD_BOARD, SAFE)
    items, _ = documents.slide_items(document.items)
    assert [(item.id, item.seconds, item.blob.sha256) for item in items] == [
        ("s1", 8, f"{0:064x}"),
        ("s2", 12, f"{1:064x}"),
    ]
    assert (document.id, document.title) == ("sub1", "Bảng tin")


def test_pictures_of_another_profile_are_never_shown():
    both = submission(FIRST, profiles=(ROAD_BOARD.id, SMALL_BOARD.id))
    other = {p: rendition("x", p, n) for n, p in enumerate((ROAD_BOARD.id, SMALL_BOARD.id), 40)}
    both = msgspec.structs.replace(both, renditions={slide_hash(FIRST): other})
    assert blobs(document_of(both, SMALL_BOARD, SAFE)) == [f"{41:064x}"]


def test_without_pictures_for_a_profile_there_is_no_document():
    with pytest.raises(NotDrawn):
        document_of(submission(FIRST), SMALL_BOARD, SAFE)


def test_one_slide_without_a_picture_is_enough_to_leave_the_playlist_out():
    half = submission(FIRST, SECOND)
    del half.renditions[slide_hash(SECOND)]
    with pytest.raises(NotDrawn):
        document_of(half, ROAD_BOARD, SAFE)


def test_a_withdrawn_slide_is_left_out():
    gone = withdrawn(slide_hash(FIRST))
    document = document_of(submission(FIRST, SECOND, withdrawals=[gone]), ROAD_BOARD, SAFE)
    assert blobs(document) == [f"{1:064x}"]


def test_when_every_slide_is_withdrawn_there_is_no_document():
    gone = [withdrawn(slide_hash(FIRST))]
    assert document_of(submission(FIRST, withdrawals=gone), ROAD_BOARD, SAFE) is None


def test_when_everything_is_withdrawn_there_is_no_document():
    both = submission(FIRST, tickers=[LINE], withdrawals=[withdrawn(None)])
    assert document_of(both, ROAD_BOARD, SAFE) is None


def test_the_ticker_runs_under_the_slides():
    document = document_of(submission(FIRST, tickers=[LINE]), ROAD_BOARD, SAFE)
    assert (document.ticker.blob.sha256, document.ticker.step) == (f"{99:064x}", 2)


def test_a_withdrawn_ticker_is_left_out():
    gone = [withdrawn(ticker_hash([LINE]))]
    document = document_of(submission(FIRST, tickers=[LINE], withdrawals=gone), ROAD_BOARD, SAFE)
    assert document.ticker is None


def test_ticker_lines_alone_run_over_the_safe_slide():
    document = document_of(submission(tickers=[LINE]), ROAD_BOARD, SAFE)
    items, _ = documents.slide_items(document.items)
    assert [(item.blob, item.seconds) for item in items] == [(SAFE, ALONE_SECONDS)]


def test_without_its_slides_a_playlist_does_not_show_the_safe_slide_in_their_place():
    gone = [withdrawn(slide_hash(FIRST))]
    both = submission(FIRST, tickers=[LINE], withdrawals=gone)
    assert document_of(both, ROAD_BOARD, SAFE) is None


# Programmes


def test_an_entry_for_this_display_is_shown():
    assert [shown.entry.id for shown in programme(entry()).shown] == ["e1"]


def test_an_entry_for_another_display_is_not():
    assert programme(entry("e1", "display:ubnd")).shown == []


def test_an_entry_for_a_unit_above_is_shown():
    assert programme(entry("e1", f"unit:{CITY.id}")).shown


def test_a_playlist_that_is_not_approved_is_not_shown():
    assert programme(entry(), on_air={}).shown == []


def test_higher_priorities_come_first_and_equals_in_a_fixed_order():
    entries = [entry("b"), entry("a"), entry("c", priority=9)]
    assert [shown.entry.id for shown in programme(*entries).shown] == ["c", "a", "b"]


def test_what_has_no_pictures_for_this_profile_is_missing():
    left_out = programme(entry(), profile=SMALL_BOARD)
    assert left_out.shown == []
    (missing,) = left_out.missing
    assert (missing.entry, missing.submission, missing.profile) == ("e1", "sub1", SMALL_BOARD.id)


def test_what_was_withdrawn_is_not_missing():
    gone = submission(FIRST, withdrawals=[withdrawn(slide_hash(FIRST))])
    left_out = programme(entry(), on_air={"p1": gone})
    assert (left_out.shown, left_out.missing) == ([], [])


# Zones, transitions and widgets


def staged(*slides: Slide, profile=ROAD_BOARD, widgets=(), **staging: str) -> Submission:
    """A submission whose slides were drawn at the sizes of their zones."""
    whole = submission(*slides)
    draft = msgspec.structs.replace(whole.document, staging=Staging(**staging))
    sizes = sizes_of(draft.staging.arrangement, profile.size, band=0, head=24)
    renditions = {
        slide_hash(slide): {
            profile.id: rendition(
                slide_hash(slide),
                profile.id,
                number,
                area_w=sizes[slide.zone][0],
                area_h=sizes[slide.zone][1],
                widgets=widgets,
            )
        }
        for number, slide in enumerate(draft.spoken())
    }
    return msgspec.structs.replace(whole, document=draft, renditions=renditions)


def test_a_zone_has_its_own_items_and_the_area_they_were_drawn_for():
    beside = msgspec.structs.replace(SECOND, zone="side")
    document = document_of(staged(FIRST, beside, arrangement="side"), ROAD_BOARD, SAFE)
    assert document.area == Area(x=0, y=0, width=270, height=192)
    [zone] = document.zones
    assert (zone.id, zone.area) == ("side", Area(x=270, y=0, width=114, height=192))
    assert [item.id for item in documents.slide_items(zone.items)[0]] == ["s2"]


def test_a_withdrawn_zone_leaves_the_slides_where_they_were_approved():
    beside = msgspec.structs.replace(SECOND, zone="side")
    gone = msgspec.structs.replace(
        staged(FIRST, beside, arrangement="side"), withdrawals=[withdrawn(slide_hash(beside))]
    )
    document = document_of(gone, ROAD_BOARD, SAFE)
    assert (document.zones, document.area.width) == ([], 270)


def test_slides_move_in_as_the_playlist_says_but_cut_beside_a_road():
    def transition(profile):
        whole = staged(FIRST, profile=profile, transition="crossfade")
        document = document_of(whole, profile, SAFE)
        return documents.slide_items(document.items)[0][0].transition

    assert transition(SMALL_BOARD) == "crossfade"
    assert transition(ROAD_BOARD) == "cut"


def test_a_bulletin_says_until_when_it_may_be_shown():
    fields = {"title": "Giá", "expires": "18:00 28/11/2026"}
    slide = Slide(id="b", layout="bulletin", fields=fields)
    document = document_of(submission(slide), ROAD_BOARD, SAFE)
    [item] = documents.slide_items(document.items)[0]
    assert item.expires == minutes_of(datetime.fromisoformat("2026-11-28 18:00"))


def test_the_lunar_calendar_goes_with_widgets_that_tell_it():
    lunar = widget("lunar_day", "/", "lunar_month")
    document = document_of(staged(FIRST, widgets=(lunar,)), ROAD_BOARD, SAFE)
    assert len(document.lunar) in {61, 62, 63}
    assert document_of(staged(FIRST, widgets=(clock(),)), ROAD_BOARD, SAFE).lunar == []


def test_approval_binds_what_stands_on_the_picture():
    plain = rendition("a" * 64, ROAD_BOARD.id, 1)
    with_clock = msgspec.structs.replace(plain, widgets=(clock(),))
    moved = msgspec.structs.replace(plain, widgets=(clock(x=5),))
    assert plain.shown == plain.blob
    assert len({plain.shown, with_clock.shown, moved.shown}) == 3
    assert with_clock.files == {plain.blob, clock().sheet.sha256}
