"""Documents: equal ones are equal bytes, what is new is skipped, what is broken is refused."""

import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from players.contract import SCHEMA, documents
from players.contract.alerts import Alert, AlertSet, Beat
from players.contract.holdings import Holdings
from players.contract.manifest import Manifest
from players.contract.schema import DOCUMENTS
from players.contract.signature import Unsealed
from tests.players.contract.builders import (
    alert,
    alert_set,
    all_clear,
    entry,
    head,
    manifest,
    playlist,
    slide,
    video,
)
from tests.players.contract.golden import whole_documents
from tests.players.contract.strategies import any_holdings, modest

NAMES = sorted(whole_documents())
STREAM = msgspec.Raw(b'{"kind":"live-stream","url":"rtsp://10.0.0.1/"}')


def changed(name: str, **fields: object) -> bytes:
    whole = json.loads(documents.encode(whole_documents()[name]))
    return json.dumps({**whole, **fields}, separators=(",", ":"), ensure_ascii=False).encode()


@pytest.mark.parametrize("name", NAMES)
def test_a_document_survives_the_way_over_the_wire(name: str) -> None:
    sent = documents.encode(whole_documents()[name])
    received = documents.decode(sent, DOCUMENTS[name])
    assert documents.encode(received) == sent


@pytest.mark.parametrize("name", NAMES)
def test_equal_documents_are_equal_bytes(name: str) -> None:
    assert documents.encode(whole_documents()[name]) == documents.encode(whole_documents()[name])


@modest
@given(st.dictionaries(st.from_regex(r"[a-z]{1,8}", fullmatch=True), st.integers(0, 99)))
def test_the_order_in_which_a_table_was_filled_does_not_show(serials: dict[str, int]) -> None:
    serials = dict(list(serials.items())[:20])
    backwards = dict(reversed(serials.items()))
    assert documents.encode(Beat(**head(), keys=1, alerts=serials)) == documents.encode(
        Beat(**head(), keys=1, alerts=backwards)
    )


@modest
@given(any_holdings())
def test_entries_survive_the_way_over_the_wire(held: Holdings) -> None:
    for one in held.entries:
        (read,), skipped = documents.playlist_entries([documents.raw(one)])
        assert (read, skipped) == (one, [])


@pytest.mark.parametrize("name", NAMES)
def test_a_field_that_is_not_known_is_ignored(name: str) -> None:
    added = documents.decode(changed(name, mood={"deep": [1, 2.5, None]}), DOCUMENTS[name])
    assert documents.encode(added) == documents.encode(whole_documents()[name])


@pytest.mark.parametrize("name", NAMES)
def test_a_document_cut_short_is_refused(name: str) -> None:
    whole = documents.encode(whole_documents()[name])
    for length in range(0, len(whole), 7):
        with pytest.raises(Unsealed, match="can't be read"):
            documents.decode(whole[:length], DOCUMENTS[name])


@modest
@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)))
def test_junk_is_refused_in_one_line(junk: bytes) -> None:
    with pytest.raises(Unsealed) as refused:
        documents.decode(junk, Manifest)
    assert str(refused.value).isprintable()


@pytest.mark.parametrize(
    "junk",
    [
        b"",
        b"null",
        b"[" * 60_000,
        b'{"schema":' + b"9" * 5000 + b"}",
        b'{"schema":NaN}',
        b'{"deep":' + b"[" * 60_000 + b"]" * 60_000 + b"}",
        b"\xef\xbb\xbf{}",
        changed("beat") + b"{}",
        changed("beat", epoch=-1),
        changed("beat", epoch=1.0),
        changed("beat", epoch=True),
        changed("beat", epoch=2**53 + 1),
        changed("beat", fleet="Pleiku"),
        changed("beat", fleet="pleiku\n"),
        changed("beat", fleet=None),
        changed("beat", alerts=[]),
    ],
)
def test_what_is_no_beat_is_refused(junk: bytes) -> None:
    with pytest.raises(Unsealed, match="Beat can't be read"):
        documents.decode(junk, Beat)


def test_an_offset_table_out_of_order_is_refused() -> None:
    rows = [{"begins_at": 5, "minutes": 420}, {"begins_at": 5, "minutes": 480}]
    with pytest.raises(Unsealed, match="order of time"):
        documents.decode(changed("manifest", utc_offsets=rows), Manifest)


def test_an_unknown_kind_of_entry_is_skipped_and_named() -> None:
    raws = [STREAM, documents.raw(entry("news")), STREAM]
    known, skipped = documents.playlist_entries(raws)
    assert [one.id for one in known] == ["news"]
    assert skipped == ["live-stream", "live-stream"]


def test_an_unknown_kind_of_item_is_skipped_and_named() -> None:
    known, skipped = documents.slide_items([documents.raw(slide("one")), STREAM])
    assert [one.id for one in known] == ["one"]
    assert skipped == ["live-stream"]


def test_a_film_of_another_format_is_skipped_and_named() -> None:
    item = json.loads(documents.encode(video("market")))
    item["film"]["media_type"] = "video/webm"
    raws = [msgspec.Raw(json.dumps(item).encode()), documents.raw(slide("one"))]
    known, skipped = documents.slide_items(raws)
    assert ([one.id for one in known], skipped) == (["one"], ["unreadable video"])


def test_an_unknown_kind_of_alert_hides_no_other() -> None:
    raws = [STREAM, documents.raw(alert("flood")), documents.raw(all_clear("storm"))]
    known, skipped = documents.alert_entries(raws)
    assert [type(one).__name__ for one in known] == ["Alert", "AllClear"]
    assert skipped == ["live-stream"]


@pytest.mark.parametrize(
    ("broken", "named"),
    [
        (b'{"kind":"alert"}', "unreadable alert"),
        (b'{"kind":"alert","id":"\xff"}', "unreadable alert"),
        (b'{"id":"no kind"}', "unreadable"),
        (b'{"kind":7}', "unreadable"),
        (b'"alert"', "unreadable"),
        (b"[]", "unreadable"),
        (b'{"kind":"\\u001b[2J\\n"}', "?[2J?"),
        (b'{"kind":"' + b"x" * 1000 + b'"}', "x" * 40),
    ],
)
def test_a_broken_alert_hides_no_other_and_is_named(broken: bytes, named: str) -> None:
    known, skipped = documents.alert_entries([msgspec.Raw(broken), documents.raw(alert("flood"))])
    assert [one.id for one in known] == ["flood"]
    assert skipped == [named]


def test_a_set_with_a_broken_entry_can_be_read() -> None:
    whole = json.loads(documents.encode(alert_set(alert("flood"))))
    whole["entries"].append({"kind": "alert", "level": 99})
    received = documents.decode(json.dumps(whole).encode(), AlertSet)
    known, skipped = documents.alert_entries(received.entries)
    assert [one.id for one in known] == ["flood"]
    assert skipped == ["unreadable alert"]


def test_the_kinds_that_are_told_are_those_that_are_read() -> None:
    raws = [msgspec.Raw(json.dumps({"kind": kind}).encode()) for kind in documents.KINDS]
    skipped = {
        name
        for read in (
            documents.playlist_entries,
            documents.slide_items,
            documents.alert_entries,
            documents.hold_entries,
        )
        for name in read(raws)[1]
        if name.startswith(documents.UNREADABLE)
    }
    assert skipped == {f"unreadable {kind}" for kind in documents.KINDS}


def test_a_document_of_this_schema_may_be_used() -> None:
    assert documents.refusal_of_schema(SCHEMA) is None


def test_a_document_of_a_higher_schema_is_refused_with_what_to_do() -> None:
    refusal = documents.refusal_of_schema(SCHEMA + 1)
    assert refusal is not None
    assert "update" in refusal


@pytest.mark.parametrize(
    "wrong",
    [
        manifest(display="Hoa Lư"),
        manifest(groups=["tag:Nhà văn hóa"]),
        manifest(width=0),
        alert_set(profile=""),
        playlist("p" * 81, slide("one")),
    ],
    ids=["name", "group", "size", "empty name", "long name"],
)
def test_what_no_player_could_read_is_never_made(wrong: msgspec.Struct) -> None:
    with pytest.raises(documents.Unreadable, match="no player could read"):
        documents.encode(wrong)


def test_half_a_letter_is_never_made() -> None:
    with pytest.raises(documents.Unreadable):
        documents.raw(alert("flood", headline="\ud800"))


def test_an_alert_that_no_player_could_read_is_refused_at_the_desk() -> None:
    with pytest.raises(documents.Unreadable, match="level"):
        documents.raw(alert("flood", level=6))


def test_an_alert_reads_back_as_it_was_written() -> None:
    assert documents.decode(bytes(documents.raw(alert("flood"))), Alert) == alert("flood")
