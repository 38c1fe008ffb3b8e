"""One ward's change among 218 displays: what a round of the worker costs, and the wall."""

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from players.contract.limits import DAY, HOUR, SECOND
from players.contract.reports import Health, Status
from signage.clock import now_ms
from signage.domain.alert import AlertWords
from signage.domain.display import Display, Profile, Site
from signage.domain.factor import STEP_SECONDS, Code, code_at
from signage.domain.people import Role, User
from signage.domain.playlist import Playlist
from signage.domain.slide import Words
from signage.domain.units import Unit
from signage.store import Store
from signage.store.book import Book
from signage.workflows.alerts import alerting
from signage.workflows.alerts.alert_sets import publish_sets
from signage.workflows.approval import review
from signage.workflows.content import editing
from signage.workflows.publication import scheduling
from signage.workflows.publication.publishing import publish_changes
from signage.workflows.publication.sealing import SealingDesk
from signage.workflows.reports import reporting
from signage.workflows.sealer import officer_factors
from signage.workflows.sealer.at_sealer import AtSealer
from signage.workflows.sealer.officer_factors import Site as Address
from signage.workflows.sealer.sealer_answers import Answers

WARDS = 23
DISPLAYS = 218
SLIDES = 5
TIMES = 7
PLEIKU = ZoneInfo("Asia/Ho_Chi_Minh")
SCREEN = Profile(
    id="hd-1920x1080", name="Nhà văn hóa", width=1920, height=1080, pitch_um=630, viewing_cm=600
)
BOARD = Profile(
    id="led-384x192", name="Bảng LED", width=384, height=192, pitch_um=10_000, viewing_cm=3000
)
OFFICER = User(id="can-bo", login="can-bo", name="Cán bộ", role=Role.WARD_OFFICER, unit="pleiku")
APPROVER = User(id="duyet", login="duyet", name="Người duyệt", role=Role.APPROVER, unit="pleiku")
DUTY = User(id="truc", login="truc", name="Trực ban", role=Role.DUTY_OFFICER, unit="pleiku")
VIEWER = User(id="xem", login="xem", name="Người xem", role=Role.VIEWER, unit="pleiku")


def run() -> list[dict[str, Any]]:
    """Times are medians of several rounds on a database on this machine's disk."""
    with tempfile.TemporaryDirectory() as folder, _city(Path(folder)) as store:
        playlists = [_ward_playlist(store, number) for number in range(WARDS)]
        desk = SealingDesk(Ed25519PrivateKey.generate(), fleet="bench", epoch=1)

        def publish() -> int:
            return len(publish_changes(store, desk, zone=PLEIKU, at=now_ms()))

        first, _ = _timed(publish)
        changed = [_one_change(store, playlists, number, publish) for number in range(TIMES)]
        unchanged = [_timed(publish)[0] for _ in range(TIMES)]
        _everybody_reports(store)
        walls = [
            _timed(lambda: reporting.wall(store, "bench", by=VIEWER, at=now_ms()))[0]
            for _ in range(TIMES)
        ]
        book = Book.open(Path(folder) / "sealer")
        officer_factors.enrol_code(book, DUTY.login, at=now_ms())
        alerts = [_alert(store, book, desk, number) for number in range(TIMES)]
    return [
        _result("first round, safe slides drawn", first, "ms"),
        _result("one ward's change", statistics.median(took for took, _ in changed), "ms"),
        _result("manifests sealed for it", changed[0][1], "manifests"),
        _result("round without a change", statistics.median(unchanged), "ms"),
        _result("wall", statistics.median(walls), "ms"),
        _result("alert raised to sets committed", statistics.median(alerts), "ms"),
    ]


def _result(metric: str, value: float, unit: str) -> dict[str, Any]:
    named = f"{metric}, {DISPLAYS} displays"
    return {
        "bench": "publishing",
        "metric": named,
        "value": round(value, 1),
        "unit": unit,
        "peer": None,
    }


def _timed(act: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    result = act()
    return (time.perf_counter() - began) * 1000, result


@contextmanager
def _city(folder: Path) -> Iterator[Store]:
    """A store with the wards of a city, 218 displays in them, and the people who work there."""
    store = Store.open(f"sqlite:///{folder / 'bench.sqlite3'}", folder / "media")
    store.upgrade()
    with store.transaction():
        store.units.save(_unit("pleiku", None))
        for number in range(WARDS):
            store.units.save(_unit(f"phuong-{number}", "pleiku"))
        for profile in (SCREEN, BOARD):
            store.profiles.add(profile)
        for user in (OFFICER, APPROVER, DUTY, VIEWER):
            store.users.save(user)
        for number in range(DISPLAYS):
            unit = f"phuong-{number % WARDS}"
            store.sites.save(
                Site(
                    id=f"diem-{number}",
                    unit=unit,
                    name=f"Điểm {number}",
                    latitude_e6=13_980_000,
                    longitude_e6=108_000_000,
                )
            )
            store.displays.save(
                Display(
                    id=f"man-hinh-{number}",
                    name=f"Nhà văn hóa {number}",
                    site=f"diem-{number}",
                    unit=unit,
                    profile=(BOARD if number < 2 else SCREEN).id,
                )
            )
    yield store
    store.close()


def _unit(unit_id: str, parent: str | None) -> Unit:
    return Unit(
        id=unit_id, name=f"Đơn vị {unit_id}", parent=parent, kind="phuong", valid_from="2025-07-01"
    )


def _ward_playlist(store: Store, number: int) -> Playlist:
    """An approved playlist of a ward, scheduled on its displays; most slides are the city's own."""
    unit, at = f"phuong-{number}", now_ms()
    made = editing.create_playlist(store, unit=unit, title=f"Bảng tin {unit}", by=OFFICER, at=at)
    targets = [display.id for display in store.displays.all() if display.unit == unit]
    made = editing.set_targets(store, made.id, targets, version=made.version, by=OFFICER, at=at)
    for slide in range(SLIDES):
        made = _add_slide(store, made, f"Thông báo {slide}" if slide else f"Tin của {unit}")
    _approve(store, made)
    scheduling.add_entry(
        store,
        playlist=made.id,
        targets=[f"unit:{unit}"],
        first_date=_day(at),
        last_date=_day(at + 60 * DAY),
        by=OFFICER,
        at=at,
    )
    return made


def _add_slide(store: Store, playlist: Playlist, title: str) -> Playlist:
    return editing.add_slide(
        store,
        playlist.id,
        Words(
            layout="notice", fields={"title": title, "body": "Từ 8 giờ đến 16 giờ.", "source": ""}
        ),
        version=playlist.version,
        by=OFFICER,
        at=now_ms(),
    )


def _approve(store: Store, playlist: Playlist) -> None:
    submission = review.submit(
        store,
        playlist.id,
        version=playlist.version,
        no_state_secret=True,
        by=OFFICER,
        at=now_ms(),
    )
    review.approve(store, submission.id, submission.content_hash, by=APPROVER, at=now_ms())


def _one_change(
    store: Store, playlists: list[Playlist], number: int, publish: Callable[[], int]
) -> tuple[float, int]:
    playlists[number] = _add_slide(store, playlists[number], f"Tin mới {number}")
    _approve(store, playlists[number])
    return _timed(publish)


def _everybody_reports(store: Store) -> None:
    at = now_ms()
    with store.transaction():
        for display in store.displays.all():
            store.reports.save_status(_status(display.id, at), at)


def _status(display: str, at: int) -> Status:
    return Status(
        schema=1,
        fleet="bench",
        display=display,
        boot="0" * 16,
        number=1,
        at=at,
        started_at=at,
        showing=None,
        next=None,
        holds={},
        alerts=[],
        version="1",
        kinds=["slide"],
        formats=["image/png"],
        output="window",
        clock_offset=0,
        connected=True,
        health=Health(cache_bytes=0, disk_free=0, missing=0, frames=0),
    )


def _alert(store: Store, book: Book, desk: SealingDesk, number: int) -> float:
    """Milliseconds from the click that confirms an alert by a code to the sets to be sent."""
    at = now_ms() + number * STEP_SECONDS * SECOND  # a code is good once
    words = AlertWords(
        headline="Lũ trên sông Ba", body="Lên nơi cao.", area="Pleiku", sender="UBND", level=3
    )
    drafted = alerting.draft(store, words, targets=["all"], until=at + HOUR, by=DUTY, at=at)
    secret = officer_factors.factors_of(book, DUTY.login)[0].secret
    answers = Answers(book, Address(origin="https://x"), clock=lambda: at, authorised=lambda: None)
    authorise = AtSealer(answers.answer).confirmer(Code(digits=code_at(secret, at)))

    def click() -> None:
        alerting.raise_alert(
            store,
            drafted.id,
            expected_displays=DISPLAYS,
            authorise=authorise,
            by=DUTY,
            at=at,
        )
        publish_sets(book, desk, at=at)

    return _timed(click)[0]


def _day(at: int) -> str:
    return time.strftime("%Y-%m-%d", time.gmtime(at / 1000))
