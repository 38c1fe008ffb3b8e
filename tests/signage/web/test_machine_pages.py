from collections.abc import Callable

import pytest

from players.contract.signature import Kind
from signage.store import Store
from signage.store.publications import Sealed
from tests.signage.pleiku import NOON, OFFICER
from tests.signage.web.visitor import Visitor

PNG = b"\x89PNG\r\n\x1a\n" + b"pixels" * 100
TOPIC = "signage/1/pleiku/displays/hoa-lu/manifest"


@pytest.fixture
def published(store: Store) -> str:
    sha256 = store.blobs.put(PNG)
    with store.transaction():
        store.publications.publish_blobs({"display:hoa-lu": [sha256]})
    return sha256


def test_a_published_blob_is_given_to_anybody_and_kept_for_ever(
    stranger: Visitor, published: str
) -> None:
    answer = stranger.open(f"/blobs/{published}")
    assert answer.data == PNG
    assert answer.mimetype == "image/png"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Set-Cookie" not in answer.headers


def test_a_blob_that_nothing_names_is_not_there(stranger: Visitor, store: Store) -> None:
    assert stranger.open(f"/blobs/{store.blobs.put(PNG)}").status_code == 404


@pytest.mark.parametrize("name", ["../../signage.sqlite3", "x" * 64, "A" * 64, ""])
def test_a_blob_is_named_by_a_hash_and_nothing_else(stranger: Visitor, name: str) -> None:
    assert stranger.open(f"/blobs/{name}").status_code == 404


def test_a_broken_download_is_continued(stranger: Visitor, published: str) -> None:
    answer = stranger.open(f"/blobs/{published}", headers={"Range": "bytes=100-"})
    assert answer.status_code == 206
    assert answer.data == PNG[100:]


def test_what_a_player_holds_already_is_not_sent_again(stranger: Visitor, published: str) -> None:
    answer = stranger.open(f"/blobs/{published}", headers={"If-None-Match": f'"{published}"'})
    assert (answer.status_code, answer.data) == (304, b"")


def test_a_preview_needs_somebody_signed_in(
    stranger: Visitor, visit: Callable[..., Visitor], store: Store
) -> None:
    sha256 = store.blobs.put(PNG)
    assert stranger.open(f"/previews/{sha256}").status_code == 303
    answer = visit(OFFICER).open(f"/previews/{sha256}")
    assert answer.data == PNG
    assert answer.headers["Cache-Control"].startswith("private")


def test_the_sealed_bytes_of_a_topic_are_given_as_they_were_committed(
    stranger: Visitor, store: Store
) -> None:
    document = Sealed(
        topic=TOPIC,
        kind=Kind.MANIFEST.value,
        addressee="hoa-lu",
        epoch=1,
        serial=7,
        issued_at=NOON,
        says="0" * 64,
        sealed=b"sealed bytes",
    )
    with store.transaction():
        store.publications.commit(document)
    answer = stranger.open(f"/sealed/{TOPIC}")
    assert (answer.data, answer.headers["Cache-Control"]) == (b"sealed bytes", "no-store")
    assert stranger.open("/sealed/signage/1/pleiku/nothing").status_code == 404


def test_the_time_is_not_made_up_while_the_worker_is_away(stranger: Visitor) -> None:
    assert stranger.open(f"/time?nonce={'0' * 32}").status_code == 503


@pytest.mark.parametrize("nonce", ["", "0" * 31, "G" * 32, "0" * 32 + "\n"])
def test_a_nonce_of_another_shape_is_refused(stranger: Visitor, nonce: str) -> None:
    assert stranger.open("/time", query_string={"nonce": nonce}).status_code == 400


def test_health_is_told_without_a_session(stranger: Visitor) -> None:
    answer = stranger.open("/healthz")
    assert (answer.status_code, answer.get_json()) == (200, {"status": "ok"})


def test_figures_are_for_a_collector_on_the_same_machine_only(stranger: Visitor) -> None:
    assert b"signage_displays 4.0" in stranger.open("/metrics").data
    from_outside = {"REMOTE_ADDR": "192.0.2.7"}
    assert stranger.open("/metrics", environ_base=from_outside).status_code == 404
    through_a_proxy = {"X-Forwarded-For": "192.0.2.7"}
    assert stranger.open("/metrics", headers=through_a_proxy).status_code == 404
