"""Every limit of the contract is held by a type or a function; one without a test fails here."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace

from players.contract import documents, limits
from players.contract.alerts import refusal_of_alerts
from players.contract.commands import refusal_of_command
from players.contract.holds import Blank, refusal_of_holds
from players.contract.keys import Role, refusal_of_keys
from players.contract.manifest import refusal_of_manifest
from players.contract.playlist import PlaylistDocument, SlideItem
from players.contract.reports import Play, Plays, Screenshot
from players.contract.schema import DOCUMENTS
from players.contract.signature import Kind, Unsealed, open_sealed, seal
from players.contract.timeline import showing_at
from tests.players.contract.builders import (
    MONDAY,
    alert,
    alert_set,
    blob,
    fixed_key,
    hanoi,
    hold,
    holdings,
    key_list,
    key_of,
    manifest,
    trusted,
)
from tests.players.contract.golden import whole_documents

KEY = fixed_key()


def reads(kind: type, value: Any) -> bool:
    """Say whether a player reads `value` as a document of `kind`."""
    try:
        documents.decode(json.dumps(value).encode(), kind)
    except Unsealed:
        return False
    return True


def with_field(name: str, path: str, value: Any) -> bool:
    """Say whether the whole document `name` is read with `value` at `path`."""
    whole = json.loads(documents.encode(whole_documents()[name]))
    *parents, last = path.split(".")
    at = whole
    for parent in parents:
        at = at[int(parent) if parent.isdigit() else parent]
    at[last] = value
    return reads(DOCUMENTS[name], whole)


def repeated(name: str, path: str, one: Any) -> Callable[[int], bool]:
    """A question: is the document read with so many of `one` at `path`?"""
    return lambda many: with_field(name, path, [one] * many)


STREAM = {"kind": "live-stream"}
PLAY = json.loads(documents.encode(whole_documents()["plays"]))["plays"][0]
KEY_ROW = json.loads(documents.encode(whole_documents()["keys"]))["keys"][0]
ZONE = json.loads(documents.encode(whole_documents()["playlist"]))["zones"][0]
WIDGET = json.loads(documents.encode(whole_documents()["playlist-item-slide"]))["widgets"][0]
PAGE = json.loads(documents.encode(alert("flood")))["pages"][0]


CARRIED = json.loads(documents.encode(whole_documents()["bundle"]))["documents"][0]


def table(many: int) -> dict[str, int]:
    return {f"profile-{number}": 1 for number in range(many)}


def lives(kind: str) -> Callable[[int], bool]:
    def manifest_lives(life: int) -> bool:
        return refusal_of_manifest(manifest(valid_until=MONDAY + life)) is None

    def alert_lives(life: int) -> bool:
        return refusal_of_alerts([alert("a", expires_at=hanoi(10) + life)]) is None

    def key_lives(life: int) -> bool:
        key = key_of(KEY, Role.CONTENT, not_before=MONDAY, not_after=MONDAY + life)
        return refusal_of_keys(key_list(key)) is None

    def hold_lives(life: int) -> bool:
        return refusal_of_holds([hold(Blank, expires_at=hanoi(10) + life)]) is None

    def command_lives(life: int) -> bool:
        command = whole_documents()["command"]
        return refusal_of_command(replace(command, expires_at=MONDAY + life)) is None

    return {
        "command": command_lives,
        "manifest": manifest_lives,
        "alert": alert_lives,
        "hold": hold_lives,
        "key": key_lives,
    }[kind]


def is_sealed(kind: Kind) -> Callable[[int], bool]:
    def sealed(size: int) -> bool:
        try:
            seal(bytes(size), kind, KEY)
        except ValueError:
            return False
        return True

    return sealed


def is_opened(kind: Kind) -> Callable[[int], bool]:
    def opened(size: int) -> bool:
        sealed = seal(b"{}", kind, KEY)
        try:
            open_sealed(sealed + b" " * (size - len(sealed)), kind, trusted(KEY))
        except Unsealed:
            return False
        return True

    return opened


def is_signed_by(many: int) -> bool:
    try:
        seal(b"{}", Kind.BEAT, *[KEY] * many)
    except ValueError:
        return False
    return True


def fits_the_picture(size: int) -> bool:
    kind, whole = Screenshot, whole_documents()["screenshot"]
    shot = json.loads(documents.encode(whole)) | {"picture": "AAAA" * (size // 3) + _rest(size)}
    return reads(kind, shot)


def _rest(size: int) -> str:
    return ["", "AA==", "AAA="][size % 3]


def is_shown_on_a_clock_that_is_slow_by(ms: int) -> bool:
    held = holdings(alerts=alert_set(alert("flood"), issued_at=hanoi(10)))
    return showing_at(held, hanoi(10) - ms).source == "alert"


MOST: dict[str, Callable[[int], bool]] = {
    "MAX_SEALED_BYTES": is_opened(Kind.MANIFEST),
    "MAX_PAYLOAD_BYTES": is_sealed(Kind.MANIFEST),
    "MAX_SCREENSHOT_BYTES": is_opened(Kind.SCREENSHOT),
    "MAX_SCREENSHOT_PAYLOAD_BYTES": is_sealed(Kind.SCREENSHOT),
    "MAX_PICTURE_BYTES": fits_the_picture,
    "MAX_PAGE_BYTES": lambda size: with_field("alerts-entry-alert", "pages.0.blob.bytes", size),
    "MAX_DOCUMENT_BYTES": lambda size: with_field(
        "manifest-entry-playlist", "document.bytes", size
    ),
    "MAX_BLOB_BYTES": lambda size: with_field("playlist-item-slide", "blob.bytes", size),
    "MAX_SIGNATURES": is_signed_by,
    "MAX_KEYS": repeated("keys", "keys", KEY_ROW),
    "MAX_ENTRIES": repeated("manifest", "entries", STREAM),
    "MAX_DAYPARTS": repeated(
        "manifest-entry-playlist", "dayparts", {"weekdays": [1], "starts": 0, "ends": 0}
    ),
    "MAX_ITEMS": repeated("playlist", "items", STREAM),
    "MAX_ZONES": repeated("playlist", "zones", ZONE),
    "MAX_WIDGETS": repeated("playlist-item-slide", "widgets", WIDGET),
    "MAX_LUNAR_MONTHS": repeated("playlist", "lunar", [20412, 10]),
    "MAX_PAGES": repeated("alerts-entry-alert", "pages", PAGE),
    "MAX_ARMED": repeated("status", "armed", "a" * 64),
    "MAX_ALERTS": repeated("alerts", "entries", STREAM),
    "MAX_HOLDS": repeated("holds", "entries", STREAM),
    "MAX_CARRIED": repeated("bundle", "documents", CARRIED),
    "MAX_PROFILES": lambda many: with_field("beat", "alerts", table(many)),
    "MAX_PLAYS": repeated("plays", "plays", PLAY),
    "MAX_ITEM_SECONDS": lambda seconds: with_field("playlist-item-slide", "seconds", seconds),
    "MAX_FILM_LENGTH": lambda ms: with_field("playlist-item-video", "length_ms", ms),
    "MAX_MANIFEST_LIFE": lives("manifest"),
    "MAX_ALERT_LIFE": lives("alert"),
    "MAX_HOLD_LIFE": lives("hold"),
    "MAX_COMMAND_LIFE": lives("command"),
    "MAX_CONTENT_KEY_LIFE": lives("key"),
    "MAX_AHEAD": is_shown_on_a_clock_that_is_slow_by,
}
UNITS = {"KIB", "MIB", "SECOND", "MINUTE", "HOUR", "DAY"}
PACES = {
    "BEAT_EVERY",
    "STATUS_EVERY",
    "LOST_AFTER",
    "COMMS_LOSS_AFTER",
    "MAX_OUT_OF_STEP",
    "MAX_CLOCK_DIFFERENCE",
}
"""Used by the processes that wait; here only their order can be wrong."""


@pytest.mark.parametrize("name", sorted(MOST))
def test_a_limit_lets_through_what_it_allows_and_no_more(name: str) -> None:
    limit = getattr(limits, name)
    assert MOST[name](limit)
    assert not MOST[name](limit + 1)


@pytest.mark.parametrize(
    "name", ["playlist-item-slide.seconds", "alerts-entry-alert.pages.0.seconds"]
)
def test_nothing_is_shown_for_less_than_the_least_time(name: str) -> None:
    document, path = name.split(".", 1)
    assert with_field(document, path, limits.MIN_ITEM_SECONDS)
    assert not with_field(document, path, limits.MIN_ITEM_SECONDS - 1)


def test_every_limit_is_tested() -> None:
    named = {name for name in vars(limits) if name.isupper()}
    assert named == {*MOST, *UNITS, *PACES, "MIN_ITEM_SECONDS"}


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("playlist", "items"),
        ("manifest", "utc_offsets"),
        ("manifest-entry-playlist", "dayparts"),
        ("manifest-entry-playlist", "dayparts.0.weekdays"),
        ("alerts-entry-alert", "pages"),
        ("keys", "roots"),
    ],
)
def test_a_list_that_must_not_be_empty_is_not(name: str, path: str) -> None:
    assert not with_field(name, path, [])


def test_one_lost_status_is_no_lost_display() -> None:
    assert limits.LOST_AFTER > 2 * limits.STATUS_EVERY


def test_one_lost_beat_is_no_lost_controller() -> None:
    assert limits.COMMS_LOSS_AFTER > 2 * limits.BEAT_EVERY


def test_a_clock_is_put_right_long_before_it_is_not_believed() -> None:
    assert limits.MAX_CLOCK_DIFFERENCE < limits.MAX_AHEAD < limits.MAX_ALERT_LIFE


def test_a_full_batch_of_plays_with_the_longest_names_fits() -> None:
    longest = Play(
        number=2**53,
        source="schedule",
        reason="r" * 80,
        item="i" * 80,
        sha256="0" * 64,
        started_at=2**53,
        shown_ms=2**53,
    )
    batch = Plays(
        schema=1,
        fleet="f" * 80,
        display="d" * 80,
        journal="0" * 16,
        holds_up_to=2**53,
        plays=[longest] * limits.MAX_PLAYS,
    )
    payload = documents.encode(batch)
    assert len(payload) <= limits.MAX_PAYLOAD_BYTES


def test_the_largest_picture_fits_into_a_screenshot() -> None:
    whole: Any = whole_documents()["screenshot"]
    fields = {name: getattr(whole, name) for name in whole.__struct_fields__}
    largest = {**fields, "display": "d" * 80, "picture": bytes(limits.MAX_PICTURE_BYTES)}
    sealed = seal(documents.encode(Screenshot(**largest)), Kind.SCREENSHOT, KEY)
    assert len(sealed) <= limits.MAX_SCREENSHOT_BYTES


def test_the_longest_playlist_is_no_larger_than_a_document_may_be() -> None:
    item = SlideItem(id="i" * 60, blob=blob("a", bytes=limits.MAX_BLOB_BYTES), seconds=3600)
    whole = PlaylistDocument(
        schema=1, id="p", title="t" * 200, items=[documents.raw(item)] * limits.MAX_ITEMS
    )
    assert len(documents.encode(whole)) <= limits.MAX_DOCUMENT_BYTES
