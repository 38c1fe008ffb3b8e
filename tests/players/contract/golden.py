"""Makes the sealed envelopes kept under tests/golden/contract; run it to write them anew.

Key, time and words are fixed and Ed25519 uses no chance: the bytes are the same on every machine.
A change of them is a change of what is on the wire: players in the field must still read it.
"""

from pathlib import Path
from typing import Any

import msgspec

from players.contract import documents
from players.contract.alerts import ATTENTION, Beat, Covers, Page, TimeAnswer
from players.contract.bundle import Bundle, Carried
from players.contract.commands import Command
from players.contract.daypart import Daypart
from players.contract.holds import Blank, Hold, Meeting, SafeSlide
from players.contract.keys import Role
from players.contract.limits import HOUR, MINUTE
from players.contract.manifest import Light
from players.contract.panel import Loudness, PanelHours
from players.contract.playlist import Ticker
from players.contract.reports import (
    Health,
    Held,
    Obeyed,
    OnGlass,
    Pace,
    PanelState,
    Play,
    Plays,
    PlaysAck,
    Presence,
    Presented,
    Screenshot,
    Sending,
    Status,
)
from players.contract.signature import Kind, encoded, seal
from players.contract.types import Area
from players.contract.widgets import LunarMonth
from tests.players.contract.builders import (
    EVERY_DAY,
    FALLBACKS,
    MONDAY,
    alert,
    alert_set,
    all_clear,
    blob,
    bulletin,
    clock,
    countdown,
    drill_set,
    entry,
    fixed_key,
    hanoi,
    head,
    hold,
    hold_set,
    key_list,
    key_of,
    manifest,
    playlist,
    sha256,
    slide,
    video,
    zone,
)

FOLDER = Path(__file__).parents[2] / "golden" / "contract" / "sealed"
BOOT = "00112233445566ff"
SENDER: dict[str, Any] = {"schema": 1, "fleet": "pleiku", "display": "hoa-lu"}
KEYS = {
    Role.CONTENT: 1,
    Role.ALERT: 2,
    Role.BEAT: 3,
    Role.DRILL: 5,
    Role.HOLD: 6,
    "player": 4,
    "root": 100,
}
SIGNERS = {
    Kind.KEYS: "root",
    Kind.MANIFEST: Role.CONTENT,
    Kind.ALERTS: Role.ALERT,
    Kind.DRILLS: Role.DRILL,
    Kind.HOLDS: Role.HOLD,
    Kind.COMMAND: Role.HOLD,
    Kind.BUNDLE: Role.CONTENT,
    Kind.BEAT: Role.BEAT,
    Kind.TIME: Role.BEAT,
    Kind.PLAYS_ACK: Role.BEAT,
    Kind.STATUS: "player",
    Kind.PLAYS: "player",
    Kind.SCREENSHOT: "player",
}


def whole_documents() -> dict[str, msgspec.Struct]:
    """One of every document, entry and item, with every field used, by the name of its schema."""
    morning = Daypart(weekdays=[0, 1, 2, 3, 4], starts=6 * 60, ends=11 * 60)
    night = Daypart(weekdays=EVERY_DAY, starts=22 * 60, ends=2 * 60)
    strip = Ticker(blob=blob("strip", width=5000, height=24), step=2, every=1)
    return {
        "keys": key_list(
            key_of(fixed_key(KEYS[Role.CONTENT]), Role.CONTENT),
            key_of(fixed_key(KEYS[Role.ALERT]), Role.ALERT),
            key_of(fixed_key(KEYS[Role.BEAT]), Role.BEAT, revoked=True),
            roots=[encoded(fixed_key(100).public_key()), encoded(fixed_key(101).public_key())],
        ),
        "beat": Beat(
            **head(),
            keys=MONDAY,
            alerts={"led-384x192": 7, "hd-1920x1080": 3},
            drills={"led-384x192": 2},
            holds={"led-384x192": 4},
        ),
        "time": TimeAnswer(fleet="pleiku", nonce="0123456789abcdef" * 2, now=hanoi(9)),
        "manifest": manifest(
            entry("news", morning, night, priority=7),
            entry("market", first_date="2025-11-24"),
            fallbacks=FALLBACKS,
            light=Light(latitude_e6=13_983_000, longitude_e6=108_000_000, day=80),
            panel=PanelHours(
                on=[morning, night],
                volume=40,
                louder=[Loudness(dayparts=[morning], percent=70)],
            ),
            sound=True,
        ),
        "playlist": playlist(
            "news",
            slide("one", 10),
            slide("two", 25),
            video("market"),
            ticker=strip,
            area=Area(x=0, y=0, width=272, height=168),
            zones=[zone("side", slide("clock", 30, widgets=[clock()]))],
            lunar=[LunarMonth(20412, 10), LunarMonth(20442, 11), LunarMonth(20472, 11, True)],
        ),
        "alerts": alert_set(
            alert(
                "flood",
                covers=Covers(displays=["hoa-lu"], groups=["unit:hoi-phu"]),
                sound=ATTENTION,
            ),
            all_clear("storm", pages=[Page(blob=blob("green"), seconds=10)]),
        ),
        "drills": drill_set(alert("flood-drill", covers=Covers(displays=["hoa-lu"]))),
        "holds": hold_set(_meeting(), hold(Blank, "dark"), hold(SafeSlide, "calm")),
        "bundle": Bundle(
            **head(),
            documents=[
                Carried(
                    topic="signage/1/pleiku/displays/hoa-lu/manifest",
                    sha256=sha256("manifest"),
                    bytes=4_000,
                )
            ],
        ),
        "command": Command(
            **head(),
            display="hoa-lu",
            act="identify",
            expires_at=MONDAY + MINUTE,
            words="Ngã ba Hoa Lư",
        ),
        "holds-entry-blank": hold(Blank, "dark"),
        "holds-entry-safe": hold(SafeSlide, "calm"),
        "holds-entry-meeting": _meeting(),
        "status": _status(),
        "plays": Plays(**SENDER, journal=BOOT, holds_up_to=2, plays=[_play(1), _play(2)]),
        "plays-ack": PlaysAck(**head(), display="hoa-lu", journal=BOOT, up_to=2),
        "screenshot": Screenshot(
            fleet="pleiku",
            display="hoa-lu",
            at=hanoi(9),
            sha256=sha256("one"),
            media_type="image/jpeg",
            width=192,
            height=96,
            picture=bytes(range(256)),
        ),
        "presence": Presence(state="online", boot=BOOT, connection=3),
        "manifest-entry-playlist": entry("news", morning, night),
        "playlist-item-slide": slide(
            "one", transition="crossfade", expires=29_400_300, widgets=[clock(), countdown()]
        ),
        "playlist-item-video": video("market", shown_ms=20_000, sound=True),
        "alerts-entry-alert": alert("flood"),
        "alerts-entry-all-clear": all_clear("flood"),
        "alerts-entry-bulletin": bulletin("market"),
    }


def sealed_documents() -> dict[str, bytes]:
    """The sealed bytes of each kind."""
    whole = whole_documents()
    return {
        kind.value: seal(documents.encode(whole[kind.value]), kind, fixed_key(KEYS[signer]))
        for kind, signer in SIGNERS.items()
    }


def _meeting() -> Hold:
    return hold(Meeting, "hall", pages=[Page(blob=blob("meeting"), seconds=10)])


def _status() -> Status:
    showing = OnGlass(
        source="schedule",
        reason="news",
        item="one",
        sha256=sha256("one"),
        since=hanoi(9),
        until=hanoi(9, 0, 10),
    )
    return Status(
        **SENDER,
        boot=BOOT,
        number=12,
        at=hanoi(9),
        started_at=hanoi(6),
        showing=showing,
        next=msgspec.structs.replace(showing, item="two", since=hanoi(9, 0, 10), until=None),
        holds={"manifest": Held(serial=MONDAY, sha256=sha256("manifest"))},
        alerts=[Presented(id="flood", revision=1, received_at=hanoi(10), presented_at=None)],
        version="0.1.0",
        kinds=list(documents.KINDS),
        formats=list(documents.FORMATS),
        output="png_folder",
        clock_offset=-1200,
        connected=True,
        health=Health(
            cache_bytes=1_000_000,
            disk_free=9 * 10**9,
            missing=0,
            frames=108_000,
            problem="blob fetched again after a broken download",
            problems=["the board can't be reached: 10.20.0.31: timed out"],
            problem_at=hanoi(8),
            late_frames=3,
            black_frames=1,
            restarts=2,
        ),
        sending=Sending(packets=5_000_000, late=4, errors=1, fps=60, link_percent=15),
        brightness=32,
        pace=Pace(clock_error=-12, drift_ppm=40, latest_change=9),
        armed=[sha256("page one"), sha256("page two")],
        command=Obeyed(number=MONDAY, act="identify", result="done", at=hanoi(9)),
        commands=[Obeyed(number=MONDAY, act="identify", result="done", at=hanoi(9))],
        panel=PanelState(kind="samsung", wanted_on=True, is_on=None, volume=40, problem="busy"),
    )


def _play(number: int) -> Play:
    return Play(
        number=number,
        source="schedule",
        reason="news",
        item="one",
        sha256=sha256("one"),
        started_at=hanoi(8) + number * MINUTE,
        shown_ms=HOUR // 360,
    )


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, data in sealed_documents().items():
        (FOLDER / f"{name}.json").write_bytes(data)
