import contextlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signage.cap.reading import message_of
from signage.cap.xml import Unreadable, opened
from signage.domain.cap.message import CapMessage, Reference
from tests.signage.cap.messages import CAP, SENDER, info, message, reference, time_text
from tests.signage.pleiku import NOON

GOOD = message("1", NOON, info())


def read(content: bytes) -> CapMessage:
    return message_of(opened(content))


def with_change(old: str, new: str) -> bytes:
    changed = GOOD.decode().replace(old, new)
    assert changed != GOOD.decode()
    return changed.encode()


def test_a_message_is_read_whole() -> None:
    read_back = read(GOOD)
    (block,) = read_back.infos
    assert (read_back.identifier, read_back.sender, read_back.sent) == ("1", SENDER, NOON)
    assert (block.language, block.headline) == ("vi-VN", "Lũ khẩn cấp trên sông Sê San")
    assert block.areas[0].description == "Thành phố Pleiku"
    assert len(block.areas[0].polygons[0]) == 5
    assert read_back.departures == ()


@pytest.mark.parametrize(
    ("content", "detail"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"<html><body>captive portal</body></html>", "the root is html"),
        (b"\x89PNG\r\n", "not XML"),
        (GOOD[:-40], "not XML"),
        ("<alert/>".encode("utf-16"), "an encoding other than UTF-8"),
        (GOOD.replace(b'"UTF-8"', b'"UTF-7"'), "encoding UTF-7"),
        (b"<!DOCTYPE alert><alert/>", "a document type"),
        (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "a document type"),
        (b"<alert>" + b" " * 1_100_000 + b"</alert>", "larger than"),
        (with_change("<scope>Public</scope>", ""), "alert lacks scope"),
        (with_change("<scope>Public</scope>", "<scope>All</scope>"), "scope is 'All'"),
        (with_change("<identifier>1</identifier>", "<identifier/>"), "alert lacks identifier"),
        (with_change("<urgency>Immediate", "<urgency>Now"), "urgency is 'Now'"),
        (with_change("<status>Actual</status>", "<status>Actual</status>" * 2), "stands 2 times"),
        (with_change("<category>Met</category>", "<mood>bad</mood>"), "mood does not belong"),
        (
            with_change("<msgType>Alert</msgType><scope>Public</scope>",
                        "<scope>Public</scope><msgType>Alert</msgType>"),
            "msgType stands out of order",
        ),
        (with_change(time_text(NOON), "2026-11-23T12:00:00"), "has no time zone"),
        (with_change(time_text(NOON), "2026-02-30T12:00:00+07:00"), "is no time"),
        (with_change(time_text(NOON), "yesterday"), "is no time"),
        (with_change("13.9,107.9 14.1,107.9", "13.9,107.9 14.1"), "no point"),
        (with_change("13.9,108.1 13.9,107.9", "13.9,108.1"), "not closed"),
        (with_change("14.1,108.1", "94.1,108.1"), "not on the Earth"),
        (with_change(CAP, "urn:other"), "no CAP namespace"),
        (message("1", NOON, type="Cancel", references="what?"), "a reference is no"),
        (message("1", NOON, *[info()] * 41), "more than 40 info blocks"),
        (message("1", NOON, info(area="<areaDesc>A</areaDesc><circle>13,108</circle>")),
         "a circle without a radius"),
    ],
)  # fmt: skip
def test_what_is_not_cap_has_a_named_reason(content: bytes, detail: str) -> None:
    with pytest.raises(Unreadable, match=re.escape(detail)):
        read(content)


def test_a_hundred_thousand_points_are_refused() -> None:
    corner = "13.9,107.9 "
    area = f"<areaDesc>A</areaDesc><polygon>{corner * 50_000}</polygon>"
    with pytest.raises(Unreadable, match="points in its polygons"):
        read(message("1", NOON, info(area=area)))


@pytest.mark.parametrize(
    ("content", "departure"),
    [
        (with_change(time_text(NOON), "2026-11-23T05:00:00Z"), "sent ends in Z"),
        (with_change(time_text(NOON), "2026-11-23T12:00:00.5+07:00"), "sent has a fraction"),
        (with_change(CAP, "urn:oasis:names:tc:emergency:cap:1.1"), "CAP 1.1"),
        (message("1", NOON, info(area="<areaDesc>A</areaDesc><polygon/>")), "an empty polygon"),
        (message("a b", NOON, info()), "blanks or commas in identifier"),
    ],
)
def test_small_departures_are_understood_and_told(content: bytes, departure: str) -> None:
    (told,) = read(content).departures
    assert told.startswith(departure)


def test_a_z_means_utc() -> None:
    assert read(with_change(time_text(NOON), "2026-11-23T05:00:00Z")).sent == NOON


def test_references_are_triples() -> None:
    triple = f"{reference('a,b', NOON)} {reference('c', NOON)}"
    found = read(message("1", NOON, type="Cancel", references=triple)).references
    assert found == (Reference(SENDER, "a,b", NOON), Reference(SENDER, "c", NOON))


def test_latin_1_is_read_as_declared() -> None:
    latin = GOOD.decode().replace("UTF-8", "ISO-8859-1").replace("Pleiku", "Plêiku")
    latin = re.sub("[^\x00-\xff]", "?", latin)
    assert "Plêiku" in read(latin.encode("latin-1")).infos[0].areas[0].description


@given(st.integers(0, len(GOOD) - 1), st.integers(0, 7))
def test_a_flipped_bit_is_read_or_refused_with_a_reason(place: int, bit: int) -> None:
    flipped = bytearray(GOOD)
    flipped[place] ^= 1 << bit
    with contextlib.suppress(Unreadable):
        assert read(bytes(flipped)).identifier


@given(st.integers(0, len(GOOD)))
def test_a_truncated_message_is_never_half_read(length: int) -> None:
    if length < len(GOOD):
        with pytest.raises(Unreadable):
            read(GOOD[:length])
