import io
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from signage.app import create_app
from signage.domain.media import MAX_DOCUMENT_BYTES
from signage.settings import Settings
from signage.store import Store
from signage.web import refusals
from tests.signage.pleiku import DUTY_OFFICER, OFFICER
from tests.signage.web.visitor import Visitor, words

Visit = Callable[..., Visitor]


def test_a_refused_form_comes_back_with_the_sentence_at_its_field_and_what_was_typed(
    visit: Visit,
) -> None:
    visitor = visit(OFFICER)
    visitor.open("/playlists")
    long_title = "Chợ Tết " * 30
    answer = visitor.send("/playlists", title=long_title)
    assert answer.status_code == 422
    assert "dài quá 120 chữ" in words(answer)
    assert 'id="new-title-wrong"' in answer.text
    assert f'value="{long_title}"' in answer.text


def test_what_was_typed_into_one_form_shows_up_in_no_other(visit: Visit) -> None:
    visitor = visit(OFFICER)
    visitor.open("/playlists")
    editor = visitor.send("/playlists", title="Chợ Tết", follow=True)
    path = editor.request.path
    answer = visitor.send(f"{path}/tickers", text=" ", speed="2")
    assert answer.status_code == 422
    assert 'id="ticker-text-wrong"' in answer.text
    assert 'id="rename-title-wrong"' not in answer.text


def test_an_edit_on_an_old_version_loses_nothing(visit: Visit) -> None:
    one, other = visit(OFFICER), visit(OFFICER)
    one.open("/playlists")
    path = one.send("/playlists", title="Chợ Tết", follow=True).request.path
    other.open(path)
    one.send(f"{path}/title", title="Chợ Tết Pleiku")
    answer = other.send(f"{path}/tickers", text="Chào xuân", speed="2")
    assert answer.status_code == 409
    assert "Người khác vừa sửa danh sách phát này" in words(answer)
    assert 'value="Chào xuân"' in answer.text


def test_an_address_that_does_not_exist_is_told_in_words(visit: Visit) -> None:
    answer = visit(OFFICER).open("/khong-co")
    assert answer.status_code == 404
    assert "Không có trang này" in words(answer)


def test_a_failure_shows_no_traceback(
    visit: Visit, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = visit(OFFICER)
    monkeypatch.setattr(app, "testing", False)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    failing = refused_with_a_secret(app.view_functions["home.page"])
    monkeypatch.setitem(app.view_functions, "home.page", failing)
    answer = visitor.open("/")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "Hệ thống gặp lỗi" in words(answer)


def refused_with_a_secret(view: Callable[..., object]) -> Callable[..., object]:
    """Fail inside the page, as a mistake in the program would."""
    from signage.web import gate

    def failing() -> str:
        raise RuntimeError("a secret of the program")

    need = gate.need_of(view)
    assert need is not None
    return gate.allowed(need)(failing)


def test_three_gigabytes_are_refused_with_a_sentence_and_a_limit(visit: Visit) -> None:
    visitor = visit(OFFICER)
    answer = visitor.client.post(
        "/library",
        content_type="multipart/form-data; boundary=x",
        headers={"Accept": "application/json"},
        environ_overrides={
            "CONTENT_LENGTH": "3000000000",
            "wsgi.input": io.BytesIO(b"x" * 1000),
        },
    )
    assert answer.status_code == 413
    error = answer.get_json()["error"]
    assert error["field"] == "file"
    assert "Hãy thu nhỏ tệp rồi tải lại" in error["message_vi"]
    assert str(MAX_DOCUMENT_BYTES // 1_000_000) in error["message_vi"]


def test_some_of_a_refused_body_is_swallowed_so_that_the_sentence_arrives(app: Flask) -> None:
    body = io.BytesIO(b"x" * 500_000)
    with app.test_request_context(
        "/library", method="POST", input_stream=body, content_length=500_000
    ):
        answer = refusals._lingering(app.make_response("sentence"))
        sent = answer.response
        assert next(iter(sent)) == b"sentence"
        assert body.tell() == 0
        assert b"".join(sent) == b""
        assert body.tell() == 500_000


def test_a_name_that_would_leave_the_folder_is_refused(visit: Visit, store: Store) -> None:
    visitor = visit(OFFICER)
    visitor.open("/library")
    data = {
        "csrf_token": visitor.token,
        "form_name": "upload",
        "unit": OFFICER.unit,
        "no_state_secret": "yes",
        "file": (io.BytesIO(b"\xff\xd8\xff"), "..\\..\\etc\\passwd.jpg"),
    }
    answer = visitor.post("/library", data)
    assert answer.status_code == 422
    assert "Tên tệp không được chứa đường dẫn" in words(answer)
    assert store.assets.count([OFFICER.unit]) == 0


def test_a_database_that_takes_no_writes_is_told_and_the_words_stay(
    visit: Visit, settings: Settings, tmp_path: Path
) -> None:
    duty = visit(DUTY_OFFICER)
    read_only = f"sqlite:///file:{tmp_path / 'signage.sqlite3'}?mode=ro&uri=true"
    kept = Store.open(read_only, tmp_path / "media")
    duty.client.application = create_app(settings, kept)
    duty.open("/alerts/new")
    answer = duty.send(
        "/alerts", headline="Lũ quét", area="Ven suối", sender="UBND", level="3", reach="all"
    )
    assert answer.status_code == 503
    assert "đang không ghi được dữ liệu" in words(answer)
    assert "signage alert raise --kit" in words(answer)
    assert 'value="Lũ quét"' in answer.text
    kept.close()
