from collections.abc import Callable
from pathlib import Path

import pytest

from signage.store import Store
from signage.workflows.content.layout_choice import layouts
from tests.signage.pleiku import CITY_OFFICER, OFFICER
from tests.signage.web.scene import asset, playlist
from tests.signage.web.visitor import Visitor, words

Visit = Callable[..., Visitor]
OWN_FIELDS = {"csrf_token", "form_name", "version", "layout", "picture", "video", "seconds"}


@pytest.mark.parametrize("layout", layouts(), ids=lambda layout: layout.name)
def test_every_layout_has_a_form_with_its_own_fields(
    visit: Visit, store: Store, tmp_path: Path, layout
) -> None:
    made = playlist(store)
    asset(store, tmp_path)
    visitor = visit(OFFICER)
    visitor.open(f"/playlists/{made.id}/slides/new?layout={layout.name}")
    names = visitor.form(f"/playlists/{made.id}/slides").names
    assert {field.name for field in layout.fields} <= names
    assert OWN_FIELDS.isdisjoint(field.name for field in layout.fields)
    assert ("picture" in names) == (layout.picture and not layout.film)


def test_words_are_drawn_for_each_target_while_typing(visit: Visit, store: Store) -> None:
    made = playlist(store)
    visitor = visit(OFFICER)
    visitor.open(f"/playlists/{made.id}/slides/new?layout=slogan")
    typed = visitor.form(f"/playlists/{made.id}/slides").filled({"text": "Xuân"})
    answer = visitor.post(f"/playlists/{made.id}/slides/try", typed)
    assert 'src="/previews/' in answer.text
    assert "<html" not in answer.text
    assert store.playlists.get(made.id).version == made.version


def test_words_that_do_not_fit_are_refused_in_the_preview(visit: Visit, store: Store) -> None:
    made = playlist(store)
    visitor = visit(OFFICER)
    visitor.open(f"/playlists/{made.id}/slides/new?layout=slogan")
    typed = visitor.form(f"/playlists/{made.id}/slides").filled({"text": "漢"})
    answer = visitor.post(f"/playlists/{made.id}/slides/try", typed)
    assert "không có ký tự" in words(answer)


def test_what_to_change_stands_below_the_picture_while_typing(visit: Visit, store: Store) -> None:
    made = playlist(store)
    visitor = visit(OFFICER)
    page = visitor.open(f"/playlists/{made.id}/slides/new?layout=notice").text
    assert '<div id="tries" aria-live="polite">' in page
    typed = {"title": "Nhận quà", "body": "Gọi 0912 345 678. " + "chữ " * 20, "source": ""}
    form = visitor.form(f"/playlists/{made.id}/slides")
    answer = visitor.post(f"/playlists/{made.id}/slides/try", form.filled(typed))
    for code in ("reading_time", "phone"):
        assert f'data-finding="{code}"' in answer.text
    assert "Nên sửa · Thời lượng" in words(answer)
    assert "Nên sửa · Nội dung" in words(answer)
    assert "912 345" not in words(answer)


def test_what_holds_on_every_display_is_said_once(visit: Visit, store: Store) -> None:
    made = playlist(store, by=CITY_OFFICER, displays=("ubnd", "hoa-lu", "nvh-hoi-phu"))
    visitor = visit(CITY_OFFICER)
    visitor.open(f"/playlists/{made.id}/slides/new?layout=slogan")
    typed = visitor.form(f"/playlists/{made.id}/slides").filled({"text": "Gọi 0912 345 678"})
    answer = visitor.post(f"/playlists/{made.id}/slides/try", typed)
    assert answer.text.count('data-finding="phone"') == 1


def test_longer_on_the_display_is_long_enough_to_read(visit: Visit, store: Store) -> None:
    made = playlist(store)
    visitor = visit(OFFICER)
    visitor.open(f"/playlists/{made.id}/slides/new?layout=notice")
    form = visitor.form(f"/playlists/{made.id}/slides")
    for seconds, is_told in (("5", True), ("60", False), ("", False)):
        typed = {"title": "Tin", "body": "chữ " * 20, "source": "", "seconds": seconds}
        answer = visitor.post(f"/playlists/{made.id}/slides/try", form.filled(typed))
        assert ("reading_time" in answer.text) == is_told


def test_a_refusal_is_said_once(visit: Visit, store: Store) -> None:
    made = playlist(store)
    visitor = visit(OFFICER)
    visitor.open(f"/playlists/{made.id}/slides/new?layout=slogan")
    typed = visitor.form(f"/playlists/{made.id}/slides").filled({"text": "漢"})
    answer = visitor.post(f"/playlists/{made.id}/slides/try", typed)
    assert words(answer).count("không có ký tự") == 1


def test_a_refused_slide_comes_back_with_its_words_and_picture(
    visit: Visit, store: Store, tmp_path: Path
) -> None:
    made = playlist(store)
    kept = asset(store, tmp_path)
    visitor = visit(OFFICER)
    visitor.open(f"/playlists/{made.id}/slides/new?layout=photo")
    answer = visitor.send(
        f"/playlists/{made.id}/slides",
        caption="Biển Hồ",
        picture=kept.clean_sha256,
        seconds="500",
    )
    assert answer.status_code == 422
    assert 'id="slide-seconds-wrong"' in answer.text
    assert ">Biển Hồ</textarea>" in answer.text
    assert f'value="{kept.clean_sha256}" checked' in answer.text


@pytest.mark.parametrize("typed", ["mười", "", "1.5", "9" * 30])
def test_seconds_that_are_no_number_are_refused_in_words(
    visit: Visit, store: Store, typed: str
) -> None:
    made = playlist(store)
    visitor = visit(OFFICER)
    visitor.open(f"/playlists/{made.id}/slides/new?layout=slogan")
    answer = visitor.send(f"/playlists/{made.id}/slides", text="Xuân", seconds=typed)
    assert "không phải là số" in words(answer)


def test_a_slide_is_changed_and_removed(visit: Visit, store: Store) -> None:
    made = playlist(store)
    slide = made.draft.slides[0].id
    visitor = visit(OFFICER)
    visitor.open(f"/playlists/{made.id}/slides/{slide}")
    visitor.send(f"/playlists/{made.id}/slides/{slide}", title="Chợ hoa", follow=True)
    assert store.playlists.get(made.id).draft.slides[0].fields["title"] == "Chợ hoa"
    visitor.open(f"/playlists/{made.id}")
    visitor.send(f"/playlists/{made.id}/slides/{slide}/remove", follow=True)
    assert store.playlists.get(made.id).draft.slides == []


def test_an_unknown_layout_is_refused_in_words(visit: Visit, store: Store) -> None:
    made = playlist(store)
    answer = visit(OFFICER).open(f"/playlists/{made.id}/slides/new?layout=hologram")
    assert answer.status_code == 404
    assert "Không có mẫu này" in words(answer)


def test_a_slide_begins_from_one_written_beforehand(visit: Visit, store: Store) -> None:
    made = playlist(store)
    visitor = visit(OFFICER)
    path = f"/playlists/{made.id}/slides/new?starter=power"
    assert path in visitor.open(f"/playlists/{made.id}").text
    page = visitor.open(path)
    assert 'value="Tạm ngừng cấp điện"' in page.text
    assert "Còn chỗ trống" in words(page)
    assert visitor.open(f"/playlists/{made.id}/slides/new?starter=nothing").status_code == 404
