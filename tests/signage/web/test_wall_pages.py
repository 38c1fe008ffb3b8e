from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from players.contract.reports import Pace, Presented
from signage.domain.alert import AlertWords
from signage.store import Store
from signage.web import live
from signage.web.context import now
from signage.web.naming import as_counted
from signage.web.wall_parts import newest_parts
from signage.workflows.alerts import alerting
from tests.signage.pleiku import DUTY_OFFICER, OFFICER, VIEWER
from tests.signage.sealing import freely
from tests.signage.web.scene import picture_of, say
from tests.signage.web.visitor import Visitor, words

Visit = Callable[..., Visitor]


def raised(store: Store):
    """Raise a flood alert on every display."""
    flood = AlertWords(headline="Lũ lên", body="", area="Hội Phú", sender="Pleiku", level=3)
    at = now()
    drafted = alerting.draft(
        store, flood, targets=["all"], until=at + 3_600_000, by=DUTY_OFFICER, at=at
    )
    return alerting.raise_alert(
        store, drafted.id, expected_displays=4, authorise=freely(store), by=DUTY_OFFICER, at=at
    )


@pytest.fixture
def stream(visit: Visit) -> Iterator[Iterator[str]]:
    """The events of the wall, as they come."""
    answer = visit(VIEWER).client.get("/wall/events", buffered=False)
    yield (chunk.decode() for chunk in answer.iter_encoded())
    answer.close()


def until(stream: Iterator[str], wanted: str) -> str:
    for event in stream:
        if wanted in event:
            return event
    raise AssertionError(f"the stream ended without {wanted}")


def test_the_wall_shows_each_display_with_its_own_picture(visit: Visit, store: Store) -> None:
    say(store, "hoa-lu", at=now())
    picture_of(store, "hoa-lu", at=now())
    page = visit(VIEWER).open("/wall")
    assert page.text.count("wall-tile is-") == 4
    assert "/displays/hoa-lu/screenshot?at=" in page.text
    assert "1 trực tuyến" in words(page)


def test_a_display_whose_clock_is_off_is_told(visit: Visit, store: Store) -> None:
    say(store, "hoa-lu", at=now(), pace=Pace(clock_error=-1200, drift_ppm=0, latest_change=8))
    say(store, "ubnd", at=now(), pace=Pace(clock_error=300, drift_ppm=0, latest_change=8))
    page = words(visit(VIEWER).open("/wall"))
    assert page.count("Đồng hồ lệch") == 1
    assert "Đồng hồ lệch 1,2" in page


def test_an_officer_s_wall_has_the_own_ward_only(visit: Visit) -> None:
    assert visit(OFFICER).open("/wall").text.count("wall-tile is-") == 1


def test_an_alert_is_counted_and_timed_on_the_wall(visit: Visit, store: Store) -> None:
    alert = raised(store)
    shown = Presented(
        id=alert.id,
        revision=1,
        received_at=alert.begins_at + 20,
        presented_at=alert.begins_at + 420,
    )
    say(store, "hoa-lu", source="alert", reason=alert.id, at=now(), presented=(shown,))
    page = words(visit(VIEWER).open("/wall"))
    assert "1/4 đã hiện khẩn cấp" in page
    assert "Đã hiện sau 0,42 giây" in page
    assert page.count("Chưa tới được") == 3


def test_the_stream_sends_every_tile_first_and_then_what_changed(
    stream: Iterator[str], store: Store
) -> None:
    first = [until(stream, "event: part") for _ in range(6)]
    assert sum("wall-tile" in event for event in first) == 4
    say(store, "ubnd", at=now())
    changed = until(stream, 'id="tile-ubnd"')
    assert "Trực tuyến" in changed
    assert "tile-hoa-lu" not in changed


def test_every_line_of_an_event_is_data(stream: Iterator[str]) -> None:
    event = until(stream, "event: part")
    head, *lines = event.rstrip("\n").split("\n")
    assert head == "event: part"
    assert {line[:6] for line in lines} == {"data: "}


def test_there_are_only_so_many_seats(visit: Visit, app: Flask, monkeypatch) -> None:
    visitor = visit(VIEWER)
    monkeypatch.setattr(live, "_taken", 64 - live.THREADS_FOR_PAGES)
    answer = visitor.open("/wall/events")
    assert answer.status_code == 503
    assert "quá nhiều người xem trực tiếp" in words(answer)


def test_a_closed_stream_gives_its_seat_back(visit: Visit) -> None:
    before = live.open_streams()
    answer = visit(VIEWER).client.get("/wall/events", buffered=False)
    next(answer.iter_encoded())
    assert live.open_streams() == before + 1
    answer.close()
    assert live.open_streams() == before


def test_names_are_in_the_order_in_which_people_count() -> None:
    names = ["Thôn 10", "Thôn 2", "Thôn 1", "An Phú"]
    assert sorted(names, key=as_counted) == ["An Phú", "Thôn 1", "Thôn 2", "Thôn 10"]


def test_watchers_of_the_same_displays_share_one_drawing(app: Flask, store: Store) -> None:
    with app.test_request_context():
        assert newest_parts(VIEWER) is newest_parts(VIEWER)
        assert set(newest_parts(OFFICER)) == {"counts", "broker", "nvh-hoi-phu"}
