"""Documents on the pages: how far they are, why not, and their pages into a playlist."""

import io
from collections.abc import Callable
from pathlib import Path

from signage.domain.media import Asset
from signage.store import Store
from signage.workflows.media import library
from signage.workflows.media.job_runner import Runner
from tests.signage.ingest.bad_documents import pdf
from tests.signage.ingest.bad_films import animation
from tests.signage.pleiku import NOON, OFFICER, OTHER_OFFICER
from tests.signage.web.scene import playlist
from tests.signage.web.visitor import Visitor, words

Visit = Callable[..., Visitor]


def document(store: Store, folder: Path, *texts: str, name: str = "Thông báo.pdf") -> Asset:
    path = folder / "upload.part"
    path.write_bytes(pdf(list(texts or ("Một", "Hai", "Ba"))))
    return library.add_asset(store, path, filename=name, unit=OFFICER.unit, by=OFFICER, at=NOON)


def drawn(store: Store, folder: Path, *texts: str, name: str = "Thông báo.pdf") -> Asset:
    made = document(store, folder, *texts, name=name)
    Runner(store, changed=lambda: None).run_one()
    return library.asset(store, made.sha256, unit=made.unit, by=OFFICER)


def address(asset: Asset) -> str:
    return f"/library/documents/{asset.unit}/{asset.sha256}"


def test_an_uploaded_document_leads_to_its_own_page(visit: Visit) -> None:
    visitor = visit(OFFICER)
    visitor.open("/library")
    form = visitor.form("/library").filled({"no_state_secret": "yes"})
    file = (io.BytesIO(pdf(["Một"])), "Lịch họp.pdf")
    answer = visitor.client.post("/library", data={**form, "file": file})
    assert answer.status_code == 303
    assert "/library/documents/" in answer.headers["Location"]
    assert "Đang chờ xử lý" in words(visitor.open(answer.headers["Location"]))


def test_a_card_shows_a_document_at_work_and_asks_for_news(
    visit: Visit, store: Store, tmp_path: Path
) -> None:
    made = document(store, tmp_path)
    page = visit(OFFICER).open("/library").text
    assert "Đang chờ xử lý" in page
    assert f'hx-get="/library/{made.unit}/{made.sha256}/now"' in page
    assert f'data-live="/library/events?of={made.unit}/{made.sha256}"' in page


def test_a_card_that_is_done_asks_no_more(visit: Visit, store: Store, tmp_path: Path) -> None:
    made = drawn(store, tmp_path)
    fragment = visit(OFFICER).open(f"/library/{made.unit}/{made.sha256}/now").text
    assert "Tài liệu, 3 trang" in fragment
    assert "hx-get" not in fragment


def test_all_pages_become_a_playlist_by_one_button(
    visit: Visit, store: Store, tmp_path: Path
) -> None:
    made = drawn(store, tmp_path)
    visitor = visit(OFFICER)
    visitor.open(address(made))
    answer = visitor.send(f"{address(made)}/slides", follow=True)
    assert "Đã đưa 3 trang vào danh sách phát" in words(answer)
    [kept] = store.playlists.page([OFFICER.unit], "", None, 0)
    pages = library.pages_of(store, made.sha256, unit=made.unit, by=OFFICER)
    assert kept.title == "Thông báo"
    assert [one.picture for one in kept.draft.slides] == [one.clean_sha256 for one in pages]
    assert {(one.layout, one.seconds) for one in kept.draft.slides} == {("full_picture", 10)}


def test_chosen_pages_go_to_the_end_of_a_playlist_that_is_there(
    visit: Visit, store: Store, tmp_path: Path
) -> None:
    made, before = drawn(store, tmp_path), playlist(store)
    visitor = visit(OFFICER)
    visitor.open(address(made))
    visitor.send(f"{address(made)}/slides", pages=["1", "3"], into=before.id, seconds=25)
    after = store.playlists.get(before.id)
    assert [one.layout for one in after.draft.slides] == ["notice", "full_picture", "full_picture"]
    assert [one.seconds for one in after.draft.slides[1:]] == [25, 25]


def test_without_a_page_the_form_comes_back_with_a_sentence(
    visit: Visit, store: Store, tmp_path: Path
) -> None:
    made = drawn(store, tmp_path)
    visitor = visit(OFFICER)
    visitor.open(address(made))
    answer = visitor.send(f"{address(made)}/slides", pages=[])
    assert answer.status_code == 422
    assert "Chưa chọn trang nào" in words(answer)


def test_a_page_that_is_not_there_is_refused_in_words(
    visit: Visit, store: Store, tmp_path: Path
) -> None:
    made = drawn(store, tmp_path)
    visitor = visit(OFFICER)
    visitor.open(address(made))
    data = {"csrf_token": visitor.token, "form_name": "slides", "pages": "9", "title": "x"}
    assert "không có trang 9" in words(visitor.post(f"{address(made)}/slides", data))


def test_a_marked_file_is_refused_at_the_door_in_words(visit: Visit, store: Store) -> None:
    visitor = visit(OFFICER)
    visitor.open("/library")
    form = visitor.form("/library").filled({"no_state_secret": "yes"})
    file = (io.BytesIO(pdf(["TỐI MẬT"])), "ke hoach.pdf")
    answer = visitor.client.post("/library", data={**form, "file": file})
    assert answer.status_code == 422
    assert "Tệp có dấu “TỐI MẬT”" in words(answer)
    assert store.assets.count([OFFICER.unit], kinds=("document",)) == 0


def test_a_refused_document_says_why_and_can_be_taken_off_the_list(
    visit: Visit, store: Store, tmp_path: Path
) -> None:
    made = document(store, tmp_path)
    store.originals.remove(made.sha256)
    Runner(store, changed=lambda: None).run_one()
    visitor = visit(OFFICER)
    assert "Tệp gốc không còn trên máy chủ" in words(visitor.open("/library"))
    visitor.send(f"/library/{made.unit}/{made.sha256}/remove", follow=True)
    assert "Chưa có tệp nào" in words(visitor.open("/library"))


def test_numbers_of_persons_are_told_beside_their_page(
    visit: Visit, store: Store, tmp_path: Path
) -> None:
    made = drawn(store, tmp_path, "Mời họp", "Ông A, CCCD 064090001234")
    page = words(visit(OFFICER).open(address(made)))
    assert "Có số cá nhân trong tài liệu" in page
    assert "Trang 2" in page
    assert "…234" in page


def test_a_stranger_s_document_is_refused(visit: Visit, store: Store, tmp_path: Path) -> None:
    made = drawn(store, tmp_path)
    assert visit(OTHER_OFFICER).open(address(made)).status_code == 403


def test_the_page_says_which_files_are_taken_and_what_one_declares(visit: Visit) -> None:
    page = words(visit(OFFICER).open("/library"))
    assert "JPEG, PNG, WebP" in page
    assert "PDF, Word, PowerPoint" in page
    assert "Tôi cam kết các tệp tải lên không chứa bí mật nhà nước" in page
    assert "MP4, MOV, WebM" in page


def test_a_moving_picture_is_offered_as_a_still_when_it_is_ready(
    visit: Visit, store: Store, tmp_path: Path
) -> None:
    path = tmp_path / "upload.part"
    path.write_bytes(animation("GIF"))
    made = library.add_asset(
        store, path, filename="Hoa.gif", unit=OFFICER.unit, by=OFFICER, at=NOON
    )
    address = f"/playlists/{playlist(store).id}/slides/new?layout=full_picture"
    visitor = visit(OFFICER)
    assert "Hoa.gif" not in words(visitor.open(address))
    Runner(store, changed=lambda: None).run_one()
    ready = library.asset(store, made.sha256, unit=made.unit, by=OFFICER)
    assert f'value="{ready.clean_sha256}"' in visitor.open(address).text
