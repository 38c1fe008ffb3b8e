from collections.abc import Callable

from players.contract.reports import Play, Sending
from signage.store import Store
from signage.workflows.displays import provisioning
from tests.signage.pleiku import ADMINISTRATOR, NOON, OFFICER, OTHER_OFFICER, VIEWER
from tests.signage.web.scene import BOOT, picture_of, say
from tests.signage.web.visitor import Visitor, words

Visit = Callable[..., Visitor]


def played(store: Store, count: int) -> None:
    plays = [
        Play(
            number=number,
            source="schedule",
            reason="entry",
            item=f"slide-{number}",
            sha256="0" * 64,
            started_at=NOON + number * 1000,
            shown_ms=8000,
        )
        for number in range(1, count + 1)
    ]
    with store.transaction():
        store.reports.add_plays("hoa-lu", BOOT, plays, NOON)


def test_the_list_says_what_each_display_shows_and_how_it_is_connected(
    visit: Visit, store: Store
) -> None:
    say(store, "hoa-lu")
    page = words(visit(VIEWER).open("/displays"))
    assert "Mất kết nối" in page
    assert page.count("Chưa kết nối lần nào") == 3


def test_an_officer_sees_the_displays_of_the_own_ward_only(visit: Visit) -> None:
    page = words(visit(OFFICER).open("/displays"))
    assert "Nhà văn hóa Hội Phú" in page
    assert "Diên Hồng" not in page


def test_a_display_tells_its_trouble_in_its_own_words(visit: Visit, store: Store) -> None:
    say(store, "hoa-lu", problem="1 blob is broken; fetching it again")
    page = words(visit(VIEWER).open("/displays/hoa-lu"))
    assert "Màn hình báo có vấn đề 1 blob is broken" in page
    assert "Đồng hồ lệch 0,04 giây" in page


def test_a_display_tells_all_that_is_wrong_now_and_what_went_wrong_last(
    visit: Visit, store: Store
) -> None:
    wrong = ("the board can't be reached: 10.20.0.31", "the card is silent")
    say(store, "hoa-lu", problem="an alert was refused", problems=wrong)
    page = words(visit(VIEWER).open("/displays/hoa-lu"))
    assert f"có vấn đề {wrong[0]} {wrong[1]} an alert was refused" in page
    assert wrong[0] in words(visit(VIEWER).open("/displays"))


def test_a_player_that_shows_films_as_stills_is_told_of(visit: Visit, store: Store) -> None:
    say(store, "hoa-lu")
    assert "chỉ hiện ảnh tĩnh thay video" in words(visit(VIEWER).open("/displays/hoa-lu"))


def test_a_display_that_falls_back_says_why(visit: Visit, store: Store) -> None:
    say(store, "hoa-lu", source="fallback", reason="cut-off")
    assert "Mất liên lạc với máy chủ" in words(visit(VIEWER).open("/displays/hoa-lu"))


def test_a_display_of_another_ward_is_refused(visit: Visit) -> None:
    assert visit(OTHER_OFFICER).open("/displays/nvh-hoi-phu").status_code == 403
    assert visit(OTHER_OFFICER).open("/displays/nvh-hoi-phu/screenshot").status_code == 403


def test_the_picture_is_the_player_s_own(visit: Visit, store: Store) -> None:
    sent = picture_of(store, "hoa-lu")
    answer = visit(VIEWER).open(f"/displays/hoa-lu/screenshot?at={NOON}")
    assert (answer.data, answer.mimetype) == (sent, "image/png")
    assert visit(VIEWER).open("/displays/ubnd/screenshot").status_code == 404


def test_proof_of_play_is_paged_from_the_newest(visit: Visit, store: Store) -> None:
    played(store, 60)
    visitor = visit(VIEWER)
    newest = visitor.open("/displays/hoa-lu/plays").text
    assert newest.count("slide-") == 50
    assert "slide-60" in newest
    older = newest.partition("before=")[2].partition('"')[0]
    oldest = visitor.open(f"/displays/hoa-lu/plays?before={older}").text
    assert oldest.count("slide-") == 10
    assert "slide-1 " in oldest


def test_a_retired_display_still_has_its_records(visit: Visit, store: Store) -> None:
    provisioning.retire_display(store, "hoa-lu", by=ADMINISTRATOR, at=NOON)
    page = visit(VIEWER).open("/displays/hoa-lu")
    assert "đã ngừng dùng từ 23/11/2026 12:00" in words(page)


def test_a_display_that_never_was_is_told_in_words(visit: Visit) -> None:
    answer = visit(VIEWER).open("/displays/nowhere")
    assert answer.status_code == 404
    assert "Không có màn hình này" in words(answer)


def test_a_board_tells_how_sending_to_it_goes(visit: Visit, store: Store) -> None:
    sending = Sending(packets=900_000, late=4, errors=2, fps=60, link_percent=15)
    say(store, "hoa-lu", sending=sending)
    page = words(visit(VIEWER).open("/displays/hoa-lu"))
    assert "Gửi tới bảng 60 khung hình mỗi giây, dùng 15 % đường truyền" in page
    assert "Trễ hoặc bỏ khi gửi 4 khung hình" in page


def test_an_administrator_sets_how_bright_a_display_may_be(visit: Visit, store: Store) -> None:
    say(store, "hoa-lu", brightness=32)
    visitor = visit(ADMINISTRATOR)
    assert "Hiện là 32 %" in words(visitor.open("/displays/hoa-lu"))
    where = "/displays/hoa-lu/brightness"
    assert "Đã đặt độ sáng" in words(visitor.send(where, day="70", night="5", follow=True))
    assert visitor.form(where).filled({})["day"] == ["70"]
    refused = visitor.send(where, day="70", night="80")
    assert refused.status_code == 422
    assert "Ban đêm không được sáng hơn ban ngày (70 %)" in words(refused)
    assert visitor.form(where).filled({})["night"] == ["80"]


def test_a_viewer_sees_the_limits_and_can_not_change_them(visit: Visit, store: Store) -> None:
    say(store, "hoa-lu", brightness=32)
    visitor = visit(VIEWER)
    assert "Ban đêm (phần trăm) 8 %" in words(visitor.open("/displays/hoa-lu"))
    data = {"day": "1", "night": "1", "alert": "20"}
    assert visitor.post("/displays/hoa-lu/brightness", data).status_code in {400, 403}


def test_a_display_that_nobody_can_dim_has_no_brightness(visit: Visit, store: Store) -> None:
    say(store, "hoa-lu")
    assert "Độ sáng" not in words(visit(ADMINISTRATOR).open("/displays/hoa-lu"))


def test_a_command_is_given_by_a_button_and_waits_for_the_players_answer(visit, store):
    administrator = visit(ADMINISTRATOR)
    administrator.open("/displays/ubnd")
    page = administrator.send("/displays/ubnd/commands", follow=True, act="identify")
    (command,) = store.commands.latest("ubnd")
    assert command.act == "identify"
    assert "Hiện tên màn hình" in words(page)
    assert "Đang gửi" in words(page)


def test_what_comes_of_a_command_appears_by_itself(visit, store):
    say(store, "ubnd")
    administrator = visit(ADMINISTRATOR)
    administrator.open("/displays/ubnd")
    administrator.send("/displays/ubnd/commands", act="identify")
    answer = administrator.client.get("/displays/ubnd/events", buffered=False)
    seen = "".join(part.decode() for part, _ in zip(answer.iter_encoded(), range(5), strict=False))
    answer.close()
    assert 'id="glass"' in seen
    assert 'id="orders"' in seen
    assert "Hiện tên màn hình" in seen


def test_the_live_parts_of_another_ward_are_refused(visit):
    assert visit(OTHER_OFFICER).open("/displays/nvh-hoi-phu/events").status_code == 403


def test_a_command_that_does_not_exist_is_refused(visit, store):
    administrator = visit(ADMINISTRATOR)
    administrator.open("/displays/ubnd")
    assert administrator.send("/displays/ubnd/commands", act="explode").status_code == 422
    assert store.commands.latest("ubnd") == []


def test_panel_hours_are_set_on_the_page_of_the_display(visit, store):
    administrator = visit(ADMINISTRATOR)
    administrator.open("/displays/ubnd")
    typed = {"always": [], "on_from": "5:30", "on_to": "22h", "volume": "40"}
    page = administrator.send("/displays/ubnd/panel", follow=True, **typed)
    assert store.panels.get("ubnd").volume == 40
    assert "Bật hằng ngày từ 05:30 đến 22:00" in words(page)


def test_an_hour_that_is_none_is_refused_and_changes_nothing(visit, store):
    administrator = visit(ADMINISTRATOR)
    administrator.open("/displays/ubnd")
    answer = administrator.send("/displays/ubnd/panel", always=[], on_from="25:00", on_to="22:00")
    assert answer.status_code == 422
    assert store.panels.get("ubnd") is None
