from collections.abc import Callable

import pytest
from flask import Flask

from signage.store import Store
from tests.signage.pleiku import APPROVER, OFFICER, OTHER_OFFICER
from tests.signage.web.api.program import Program
from tests.signage.web.scene import playlist, submitted
from tests.signage.web.visitor import Visitor

Program_ = Callable[..., Program]


def error(answer) -> dict[str, str]:
    assert set(answer.get_json()) == {"error"}
    return answer.get_json()["error"]


def test_a_refusal_has_a_sentence_in_both_languages_and_names_the_field(
    program: Program_, store: Store
) -> None:
    made = playlist(store)
    body = {"title": "x" * 200, "version": made.version}
    answer = program(OFFICER).ask("PUT", f"/playlists/{made.id}/title", body)
    assert answer.status_code == 422
    assert error(answer)["field"] == "title"
    assert error(answer)["message_vi"].startswith("Tên danh sách phát dài quá")
    assert error(answer)["message_en"].startswith("Name of the playlist")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (b"{", None),
        (b'{"title": 7}', "title"),
        (b"[]", None),
        (b"{}", None),
        (b'{"title": "\xff"}', None),
    ],
)
def test_a_body_of_another_shape_is_told_in_words(
    program: Program_, body: bytes, field: str | None
) -> None:
    answer = program(OFFICER).ask("POST", "/playlists", data=body, content_type="application/json")
    assert answer.status_code == 422
    assert "Dữ liệu gửi lên chưa đúng" in error(answer)["message_vi"]
    assert error(answer)["field"] == field


def test_a_body_that_is_no_json_is_refused(program: Program_) -> None:
    answer = program(OFFICER).ask("POST", "/playlists", data={"title": "x"})
    assert answer.status_code == 415


def test_a_query_of_another_shape_is_told_in_words(program: Program_) -> None:
    answer = program(OFFICER).ask("GET", "/playlists?limit=many")
    assert (answer.status_code, error(answer)["field"]) == (422, "limit")


def test_without_a_token_nothing_is_told(app: Flask) -> None:
    answer = Program(app).ask("GET", "/playlists")
    assert answer.status_code == 401
    assert error(answer)["sign_in"].startswith("/sign-in")


def test_a_token_reaches_no_further_than_its_scopes(program: Program_, store: Store) -> None:
    answer = program(OFFICER, "view").ask("POST", "/playlists", {"title": "Tết"})
    assert answer.status_code == 403
    assert store.playlists.count([OFFICER.unit]) == 0


def test_a_token_reaches_no_further_than_the_unit_of_its_person(
    program: Program_, store: Store
) -> None:
    made = playlist(store)
    assert program(OTHER_OFFICER).ask("GET", f"/playlists/{made.id}").status_code == 403


def test_one_s_own_submission_is_not_approved_by_token_either(
    program: Program_, store: Store
) -> None:
    sent = submitted(store, playlist(store, by=APPROVER), by=APPROVER)
    body = {"content_hash": sent.content_hash}
    answer = program(APPROVER).ask("POST", f"/submissions/{sent.id}/approve", body)
    assert answer.status_code == 403


def test_another_hash_than_what_waits_is_not_approved(program: Program_, store: Store) -> None:
    sent = submitted(store, playlist(store))
    body = {"content_hash": "0" * 64}
    answer = program(APPROVER).ask("POST", f"/submissions/{sent.id}/approve", body)
    assert answer.status_code == 422


def test_an_old_version_is_refused_with_409(program: Program_, store: Store) -> None:
    made = playlist(store)
    body = {"title": "Tết", "version": made.version - 1}
    assert program(OFFICER).ask("PUT", f"/playlists/{made.id}/title", body).status_code == 409


def test_what_is_not_there_is_told_as_json(program: Program_) -> None:
    assert error(program(OFFICER).ask("GET", "/playlists/nowhere"))["message_vi"]
    answer = program(OFFICER).ask("GET", "/nowhere")
    assert (answer.status_code, bool(error(answer)["message_en"])) == (404, True)


def test_a_session_needs_our_token_against_foreign_sites(
    visit: Callable[..., Visitor], store: Store
) -> None:
    visitor = visit(OFFICER)
    visitor.open("/")
    bare = visitor.client.post("/api/v1/playlists", json={"title": "Tết"})
    assert bare.status_code == 400
    assert error(bare)["message_vi"]
    headers = {"X-CSRFToken": visitor.token, "Referer": "http://localhost/"}
    good = visitor.client.post("/api/v1/playlists", json={"title": "Tết"}, headers=headers)
    assert good.status_code == 201


def test_an_upload_that_is_no_picture_is_told_as_json(program: Program_) -> None:
    answer = program(OFFICER).upload(b"MZ" + b"\0" * 100, "virus.exe")
    assert answer.status_code == 422
    assert error(answer)["field"] == "file"
