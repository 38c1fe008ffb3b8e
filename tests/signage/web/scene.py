"""Things that are there before a page is opened: pictures, playlists, submissions, reports."""

import io
from pathlib import Path
from typing import Any

from PIL import Image

from players.contract.reports import (
    Health,
    Held,
    OnGlass,
    Presence,
    Presented,
    Screenshot,
    Status,
)
from signage.domain.media import Asset
from signage.domain.people import User
from signage.domain.playlist import Playlist
from signage.domain.review import Submission
from signage.domain.slide import Words
from signage.store import Store
from signage.workflows.approval import review
from signage.workflows.content import editing
from signage.workflows.media import library
from tests.signage.pleiku import APPROVER, NOON, OFFICER

BOOT = "0123456789abcdef"


def jpeg(width: int = 640, height: int = 480) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (width, height), (40, 90, 60)).save(stream, "JPEG")
    return stream.getvalue()


def asset(store: Store, folder: Path, *, by: User = OFFICER, name: str = "Biển Hồ.jpg") -> Asset:
    path = folder / "picture.jpg"
    path.write_bytes(jpeg())
    return library.add_asset(store, path, filename=name, unit=by.unit, by=by, at=NOON)


def playlist(
    store: Store,
    *,
    by: User = OFFICER,
    title: str = "Chợ Tết",
    displays: tuple[str, ...] = ("nvh-hoi-phu",),
    heading: str = "Chợ Tết mở cửa",
) -> Playlist:
    made = editing.create_playlist(store, unit=by.unit, title=title, by=by, at=NOON)
    if displays:
        made = editing.set_targets(store, made.id, displays, version=made.version, by=by, at=NOON)
    words = {"title": heading, "body": "Từ 20 tháng Chạp.", "source": "UBND phường"}
    return editing.add_slide(
        store,
        made.id,
        Words(layout="notice", fields=words),
        version=made.version,
        by=by,
        at=NOON,
    )


def submitted(store: Store, made: Playlist, *, by: User = OFFICER) -> Submission:
    return review.submit(store, made.id, version=made.version, no_state_secret=True, by=by, at=NOON)


def approved(store: Store, made: Playlist) -> Submission:
    sent = submitted(store, made)
    return review.approve(store, sent.id, sent.content_hash, by=APPROVER, at=NOON)


def say(
    store: Store,
    display: str,
    *,
    blob: str = "0" * 64,
    source: str = "schedule",
    reason: str = "entry",
    at: int = NOON,
    presented: tuple[Presented, ...] = (),
    problem: str = "",
    problems: tuple[str, ...] = (),
    **more: Any,
) -> None:
    """Let the player of `display` say what is on its glass."""
    status = Status(
        schema=1,
        fleet="pleiku",
        display=display,
        boot=BOOT,
        number=at,
        at=at,
        started_at=at - 60_000,
        showing=OnGlass(source=source, reason=reason, item="slide", sha256=blob, since=at),
        next=None,
        holds={"manifest": Held(serial=7, sha256="0" * 64)},
        alerts=list(presented),
        version="0.1.0",
        kinds=["playlist"],
        formats=["image/png"],
        output="window",
        clock_offset=40,
        connected=True,
        health=Health(
            cache_bytes=2_400_000,
            disk_free=10**9,
            missing=0,
            frames=1,
            problem=problem,
            problems=list(problems),
        ),
        **more,
    )
    with store.transaction():
        store.reports.save_status(status, at)
        store.reports.save_presented(display, status.alerts)
        store.reports.save_presence(display, Presence(state="online", boot=BOOT, connection=1), at)


def picture_of(store: Store, display: str, *, at: int = NOON) -> bytes:
    """Let a player send a screenshot."""
    stream = io.BytesIO()
    Image.new("RGB", (192, 96), (255, 0, 0)).save(stream, "PNG")
    with store.transaction():
        store.reports.save_screenshot(
            Screenshot(
                fleet="",
                display=display,
                at=at,
                sha256="0" * 64,
                media_type="image/png",
                width=192,
                height=96,
                picture=stream.getvalue(),
            )
        )
    return stream.getvalue()
