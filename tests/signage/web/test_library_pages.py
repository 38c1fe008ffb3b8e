import io
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from signage.store import Store
from tests.signage.pleiku import OFFICER, OTHER_OFFICER
from tests.signage.web.scene import asset, jpeg
from tests.signage.web.visitor import Visitor, words

Visit = Callable[..., Visitor]


def upload(visitor: Visitor, data: bytes, name: str, **more: str):
    page = visitor.open("/library")
    assert page.status_code == 200
    form = visitor.form("/library").filled({"no_state_secret": "yes"})
    return visitor.client.post(
        "/library", data={**form, "file": (io.BytesIO(data), name)}, headers=more
    )


def test_a_picture_from_the_form_is_in_the_library(visit: Visit, store: Store) -> None:
    visitor = visit(OFFICER)
    answer = upload(visitor, jpeg(), "Hoa dã quỳ.jpg")
    assert answer.status_code == 303
    assert "Hoa dã quỳ.jpg" in words(visitor.open("/library"))
    assert store.assets.count([OFFICER.unit]) == 1


def test_a_picture_goes_from_its_card_into_a_new_playlist(
    visit: Visit, store: Store, tmp_path: Path
) -> None:
    kept = asset(store, tmp_path)
    visitor = visit(OFFICER)
    assert f"/playlists?picture={kept.clean_sha256}" in visitor.open("/library").text
    visitor.open(f"/playlists?picture={kept.clean_sha256}")
    page = visitor.send("/playlists", title="Chợ hoa", follow=True)
    assert page.request.path.endswith("/slides/new")
    assert f'value="{kept.clean_sha256}" checked' in page.text


def test_what_is_no_picture_is_refused_in_words_and_nothing_is_kept(
    visit: Visit, store: Store
) -> None:
    answer = upload(visit(OFFICER), b"MZ" + bytes(200), "anh.jpg")
    assert answer.status_code == 422
    assert 'id="upload-file-wrong"' in answer.text
    assert store.assets.count([OFFICER.unit]) == 0


def test_the_progress_bar_gets_its_answer_as_json(visit: Visit) -> None:
    answer = upload(visit(OFFICER), b"not a picture", "anh.jpg", Accept="application/json")
    assert answer.status_code == 422
    assert answer.get_json()["error"]["message_vi"]


def test_a_form_without_a_file_is_refused_in_words(visit: Visit) -> None:
    visitor = visit(OFFICER)
    visitor.open("/library")
    assert "Chưa chọn tệp nào" in words(visitor.send("/library"))


def test_search_needs_no_accents(visit: Visit, store: Store, tmp_path: Path) -> None:
    asset(store, tmp_path, name="Biển Hồ.jpg")
    visitor = visit(OFFICER)
    assert "Biển Hồ.jpg" in words(visitor.open("/library?search=bien ho"))
    assert "Không tìm thấy tệp nào" in words(visitor.open("/library?search=cho tet"))


def test_a_thumbnail_is_small_and_for_one_s_own_unit(
    visit: Visit, store: Store, tmp_path: Path
) -> None:
    kept = asset(store, tmp_path)
    path = f"/library/thumbnails/{kept.clean_sha256}"
    answer = visit(OFFICER).open(path)
    assert max(Image.open(io.BytesIO(answer.data)).size) == 420
    assert visit(OTHER_OFFICER).open(path).status_code == 404


def test_the_original_comes_back_as_a_download_with_its_name(
    visit: Visit, store: Store, tmp_path: Path
) -> None:
    kept = asset(store, tmp_path)
    answer = visit(OFFICER).open(f"/library/{kept.unit}/{kept.sha256}/original")
    assert answer.data == (tmp_path / "picture.jpg").read_bytes()
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.mimetype == "application/octet-stream"


def test_the_declaration_is_asked_for_and_written_down(visit: Visit, store: Store) -> None:
    visitor = visit(OFFICER)
    visitor.open("/library")
    form = visitor.form("/library").filled({})
    answer = visitor.client.post("/library", data={**form, "file": (io.BytesIO(jpeg()), "a.jpg")})
    assert answer.status_code == 422
    assert "Hãy đánh dấu cam kết" in words(answer)
    assert store.assets.count([OFFICER.unit]) == 0
    upload(visitor, jpeg(), "a.jpg")
    [added] = [entry for entry in store.audit.page() if entry.act == "asset.added"]
    assert added.detail["no_state_secret"] is True
    assert added.who == OFFICER.login
