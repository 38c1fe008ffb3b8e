"""Resumable uploads: announced, cut, continued, taken in once and whole."""

import base64
import hashlib
import os
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from signage.domain.incoming import KEPT_MS, MAX_OPEN_UPLOADS
from signage.domain.media import MAX_DOCUMENT_BYTES, MAX_UPLOAD_BYTES, MAX_VIDEO_BYTES
from signage.settings import Settings
from signage.store import Store
from signage.store.incoming import Incoming
from signage.web.context import now
from signage.workflows.media import receiving
from tests.signage.ingest.bad_documents import pdf
from tests.signage.pleiku import OFFICER, OTHER_OFFICER
from tests.signage.web.api.conftest import program  # noqa: F401 - a fixture
from tests.signage.web.scene import jpeg
from tests.signage.web.visitor import Visitor, words

Visit = Callable[..., Visitor]
BASE = "/api/v1/uploads"


class Sender:
    """A browser with a session that speaks tus."""

    def __init__(self, visitor: Visitor) -> None:
        visitor.open("/library")
        self.client, self.token = visitor.client, visitor.token

    def ask(self, method: str, path: str, data: Any = None, **headers: str) -> TestResponse:
        known = {"Tus-Resumable": "1.0.0", "X-CSRFToken": self.token}
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        kind = "application/offset+octet-stream" if method == "PATCH" else None
        return self.client.open(
            path, method=method, data=data, headers=known | names, content_type=kind
        )

    def announce(self, size: int, name: str, **more: str) -> TestResponse:
        pairs = {"filename": name, "no_state_secret": "yes", **more}
        words = ",".join(f"{k} {base64.b64encode(v.encode()).decode()}" for k, v in pairs.items())
        return self.ask("POST", BASE, Upload_Length=str(size), Upload_Metadata=words)

    def begun(self, size: int, name: str, **more: str) -> str:
        answer = self.announce(size, name, **more)
        assert answer.status_code == 201, answer.text
        return answer.headers["Location"]

    def send(self, path: str, data: bytes, offset: int = 0) -> TestResponse:
        return self.ask("PATCH", path, data, Upload_Offset=str(offset))


@pytest.fixture
def sender(visit: Visit) -> Sender:
    return Sender(visit(OFFICER))


@pytest.fixture
def incoming(settings: Settings) -> Incoming:
    return Incoming(settings.home_path / "uploads")


def sentence(answer: TestResponse) -> str:
    return answer.get_json()["error"]["message_vi"]


def test_a_file_in_pieces_arrives_once_and_whole(sender: Sender, store: Store) -> None:
    data = jpeg(1200, 800)
    place = sender.begun(len(data), "Biển Hồ.jpg")
    middle = len(data) // 2
    assert sender.send(place, data[:middle]).headers["Upload-Offset"] == str(middle)
    assert sender.ask("HEAD", place).headers["Upload-Offset"] == str(middle)
    assert sender.send(place, data[middle:], middle).status_code == 204
    first = sender.ask("POST", f"{place}/asset").get_json()["asset"]
    assert first["sha256"] == hashlib.sha256(data).hexdigest()
    assert sender.ask("POST", f"{place}/asset").get_json()["asset"] == first
    assert sender.ask("HEAD", place).headers["Upload-Offset"] == str(len(data))
    assert store.assets.count([OFFICER.unit]) == 1


def test_a_document_tells_the_address_of_its_page(sender: Sender) -> None:
    data = pdf(["Một"])
    place = sender.begun(len(data), "Lịch họp.pdf")
    sender.send(place, data)
    page = sender.ask("POST", f"{place}/asset").get_json()["page"]
    assert page.startswith("/library/documents/")


def test_a_program_uploads_with_a_token_and_its_hash_is_checked(
    program: Any,  # noqa: F811 - the fixture
    app: Flask,
) -> None:
    one, data = program(OFFICER), jpeg()
    sender = Sender.__new__(Sender)
    sender.client, sender.token = app.test_client(use_cookies=False), ""
    bearer = one._headers["Authorization"]
    sender.ask = lambda method, path, data=None, **more: Sender.ask(  # type: ignore[method-assign]
        sender, method, path, data, Authorization=bearer, **more
    )
    place = sender.begun(len(data), "a.jpg", sha256="0" * 64)
    sender.send(place, data)
    answer = sender.ask("POST", f"{place}/asset")
    assert answer.status_code == 422
    assert "sai mã kiểm tra" in sentence(answer)


def test_bytes_at_another_place_are_refused_and_change_nothing(sender: Sender) -> None:
    place = sender.begun(100, "a.jpg")
    sender.send(place, b"x" * 10)
    assert sender.send(place, b"y" * 10, 5).status_code == 409
    assert sender.send(place, b"y" * 10, 50).status_code == 409
    assert sender.ask("HEAD", place).headers["Upload-Offset"] == "10"


def test_more_bytes_than_announced_are_refused(sender: Sender) -> None:
    place = sender.begun(10, "a.jpg")
    assert "nhiều byte hơn" in sentence(sender.send(place, b"x" * 11))


def test_a_file_that_is_not_whole_is_not_taken_in(sender: Sender) -> None:
    place = sender.begun(100, "a.jpg")
    sender.send(place, b"x" * 10)
    answer = sender.ask("POST", f"{place}/asset")
    assert answer.status_code == 409
    assert "chưa tới đủ" in sentence(answer)


def test_a_refused_file_keeps_its_sentence_and_loses_its_bytes(
    sender: Sender, incoming: Incoming
) -> None:
    place = sender.begun(4, "a.jpg")
    sender.send(place, b"MZ\0\0")
    first = sentence(sender.ask("POST", f"{place}/asset"))
    assert sentence(sender.ask("POST", f"{place}/asset")) == first
    assert not incoming.part(place.rpartition("/")[2]).exists()


@pytest.mark.parametrize(
    ("size", "name", "reason"),
    [
        (10, "Kế hoạch - MẬT.pdf", "Tệp có dấu “MẬT”"),
        (10, "../a.jpg", "đường dẫn"),
        (10, "", "Tệp không có tên"),
        (0, "a.jpg", "0 byte"),
        (MAX_UPLOAD_BYTES + 1, "a.jpg", "lớn hơn 50 MB"),
        (MAX_DOCUMENT_BYTES + 1, "a.pdf", "lớn hơn 200 MB"),
        (10**14, "a.bin", "lớn hơn 200 MB"),
        (MAX_VIDEO_BYTES + 1, "Lễ hội.mp4", "lớn hơn 4000 MB"),
    ],
)
def test_what_can_be_known_is_refused_before_a_byte_is_stored(
    sender: Sender, incoming: Incoming, size: int, name: str, reason: str
) -> None:
    answer = sender.announce(size, name)
    assert answer.status_code == 422
    assert reason in sentence(answer)
    assert list(incoming.all()) == []


def test_a_person_may_have_so_many_uploads_open(sender: Sender) -> None:
    places = [sender.begun(10, f"{number}.jpg") for number in range(MAX_OPEN_UPLOADS)]
    assert "quá nhiều tệp đang tải dở" in sentence(sender.announce(10, "a.jpg"))
    assert sender.ask("DELETE", places[0]).status_code == 204
    assert sender.ask("HEAD", places[0]).status_code == 404
    assert sender.announce(10, "a.jpg").status_code == 201


def test_an_upload_of_which_nothing_comes_is_forgotten(sender: Sender, incoming: Incoming) -> None:
    place = sender.begun(10, "a.jpg")
    receiving.forget_expired(incoming, at=now() + KEPT_MS - 60_000)
    assert sender.ask("HEAD", place).status_code == 200
    receiving.forget_expired(incoming, at=now() + KEPT_MS + 60_000)
    assert sender.ask("HEAD", place).status_code == 404
    assert list(incoming.all()) == []


def test_somebody_else_s_upload_is_not_there(sender: Sender, visit: Visit) -> None:
    place = sender.begun(10, "a.jpg")
    other = Sender(visit(OTHER_OFFICER))
    assert other.ask("HEAD", place).status_code == 404
    assert other.send(place, b"x").status_code == 404
    assert other.ask("DELETE", place).status_code == 404


def test_another_unit_s_library_is_closed(sender: Sender) -> None:
    assert sender.announce(10, "a.jpg", unit=OTHER_OFFICER.unit).status_code == 403


def test_bytes_stay_when_the_session_ends_and_go_on_after_signing_in(
    visit: Visit, sender: Sender, store: Store
) -> None:
    data = jpeg(900, 900)
    place = sender.begun(len(data), "a.jpg")
    sender.send(place, data[:100])
    sender.client.delete_cookie("signage")
    ended = sender.send(place, data[100:], 100)
    assert ended.status_code == 401
    assert ended.get_json()["error"]["sign_in"].startswith("/sign-in")
    again = Sender(visit(OFFICER))
    assert again.ask("HEAD", place).headers["Upload-Offset"] == "100"
    again.send(place, data[100:], 100)
    taken = again.ask("POST", f"{place}/asset").get_json()["asset"]
    assert taken["sha256"] == hashlib.sha256(data).hexdigest()


def test_a_foreign_form_begins_nothing(sender: Sender) -> None:
    assert sender.ask("POST", BASE, Upload_Length="10", X_CSRFToken="wrong").status_code == 400


def test_another_version_of_the_protocol_is_told_ours(sender: Sender) -> None:
    answer = sender.ask("POST", BASE, Upload_Length="10", Tus_Resumable="0.2.2")
    assert (answer.status_code, answer.headers["Tus-Version"]) == (412, "1.0.0")


def test_abilities_are_told(sender: Sender) -> None:
    answer = sender.ask("OPTIONS", BASE)
    assert answer.headers["Tus-Extension"] == "creation,termination,expiration"
    assert answer.headers["Tus-Version"] == "1.0.0"


@pytest.mark.parametrize("size", ["", "-1", "1e3", "9" * 30])
def test_a_size_that_is_no_number_is_refused_in_words(sender: Sender, size: str) -> None:
    answer = sender.ask("POST", BASE, Upload_Length=size, Upload_Metadata="filename YS5qcGc=")
    assert (answer.status_code, "Upload-Length" in sentence(answer)) == (422, True)


def test_metadata_that_cannot_be_read_are_refused_in_words(sender: Sender) -> None:
    answer = sender.ask("POST", BASE, Upload_Length="10", Upload_Metadata="filename %%%")
    assert "Upload-Metadata" in sentence(answer)


def test_the_newest_sender_wins_over_one_whose_line_died_without_a_word(
    store: Store, incoming: Incoming
) -> None:
    data = os.urandom(300)
    upload = receiving.announce(
        store,
        incoming,
        filename="a.jpg",
        size=300,
        unit=OFFICER.unit,
        declared=True,
        by=OFFICER,
        at=now(),
    )

    def older():
        yield data[:100]
        # Meanwhile the sender has called again and sent all.
        receiving.append(incoming, upload, iter([data[100:]]), offset=100, at=now())
        yield data[100:200]

    receiving.append(incoming, upload, older(), offset=0, at=now())
    assert incoming.part(upload.id).read_bytes() == data


def test_an_upload_that_stopped_is_told_on_the_page_and_can_be_given_up(
    sender: Sender, visit: Visit, incoming: Incoming
) -> None:
    place = sender.begun(200, "Pano.jpg")
    sender.send(place, b"x" * 50)
    visitor = visit(OFFICER)
    assert "Pano.jpg · đã tới 25 % của 200 B" in words(visitor.open("/library"))
    visitor.send(f"/library/unfinished/{place.rpartition('/')[2]}/remove", follow=True)
    assert list(incoming.all()) == []


def test_without_the_declaration_no_upload_begins(sender: Sender, incoming: Incoming) -> None:
    answer = sender.announce(9, "a.jpg", no_state_secret="no")
    assert answer.status_code == 422
    assert answer.get_json()["error"]["field"] == "no_state_secret"
    assert "cam kết" in sentence(answer)
    assert list(incoming.all()) == []
