"""A ward officer's morning in a real browser."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from signage.domain.media import MAX_DOCUMENT_BYTES
from tests.journeys.browser.conftest import OpenPage
from tests.journeys.browser.stage import Stage

pytestmark = [pytest.mark.journey, pytest.mark.system("chromium")]

OFFICER = "can-bo-hoi-phu"


def new_playlist(page: Page, title: str) -> None:
    page.get_by_text("Tạo danh sách phát mới").click()
    page.get_by_label("Tên danh sách phát").fill(title)
    page.get_by_role("button", name="Tạo danh sách phát").click()


def test_pictures_are_uploaded_with_progress_and_appear(
    open_page: OpenPage, picture: Path, complaints: list[str]
) -> None:
    page = open_page(OFFICER, "/library")
    page.get_by_label("Tôi cam kết").check()
    page.get_by_label("Chọn tệp để tải lên").set_input_files(picture)
    expect(page.get_by_role("heading", name="Quảng trường.jpg")).to_be_visible()
    assert complaints == []


def test_a_file_that_is_too_large_is_refused_before_it_is_sent(open_page: OpenPage) -> None:
    page = open_page(OFFICER, "/library")
    page.get_by_label("Tôi cam kết").check()
    page.evaluate(
        """size => {
            const parts = new DataTransfer();
            parts.items.add(new File([new Uint8Array(size)], "video.jpg"));
            const input = document.querySelector("#upload-file");
            input.files = parts.files;
            input.dispatchEvent(new Event("change"));
        }""",
        MAX_DOCUMENT_BYTES + 1,
    )
    expect(page.get_by_text("video.jpg: Tệp lớn hơn 50 MB")).to_be_visible()


def test_a_file_that_is_no_picture_is_told_in_words(open_page: OpenPage, tmp_path: Path) -> None:
    wrong = tmp_path / "anh.jpg"
    wrong.write_bytes(b"MZ" + bytes(500))
    page = open_page(OFFICER, "/library")
    page.get_by_label("Tôi cam kết").check()
    page.get_by_label("Chọn tệp để tải lên").set_input_files(wrong)
    expect(page.locator("[data-progress] .wrong")).to_contain_text("anh.jpg:")


def test_a_slide_is_drawn_while_it_is_typed_then_kept_and_submitted(
    open_page: OpenPage, complaints: list[str]
) -> None:
    page = open_page(OFFICER, "/playlists")
    new_playlist(page, "Tiêm phòng tháng 12")
    page.get_by_label("Nhà văn hóa Hội Phú").check()
    page.get_by_role("button", name="Lưu màn hình đã chọn").click()
    page.get_by_role("link", name=re.compile("Thông báo")).click()
    page.locator("#tongue-vi").get_by_label("Tiêu đề").fill("Tiêm phòng sởi")
    page.locator("#tongue-vi").get_by_label("Nội dung").fill("Thứ Bảy, 8 giờ 00, trạm y tế phường.")
    drawn = page.locator("#tries img")
    expect(drawn).to_be_visible()
    first = drawn.get_attribute("src")
    page.locator("#tongue-vi").get_by_label("Nội dung").press_sequentially(
        " Mang theo sổ tiêm.", delay=5
    )
    expect(drawn).not_to_have_attribute("src", first or "")
    page.get_by_role("button", name="Thêm vào danh sách").click()
    expect(page.get_by_text("Trang 1 · 10 giây")).to_be_visible()
    page.get_by_label(re.compile("Tôi cam kết")).check()
    page.get_by_role("button", name="Trình duyệt").click()
    expect(page.get_by_role("heading", name="Đang chờ duyệt")).to_be_visible()
    assert complaints == []


def test_what_cannot_be_read_on_a_board_is_told_while_typing(
    open_page: OpenPage, stage: Stage
) -> None:
    page = open_page("can-bo", f"/playlists/{stage.draft}/slides/new?layout=notice")
    page.locator("#tongue-vi").get_by_label("Tiêu đề").fill("Toàn dân đoàn kết")
    page.locator("#tongue-vi").get_by_label("Nội dung").fill(
        "Toàn dân đoàn kết xây dựng đời sống văn hóa. " * 12
    )
    expect(page.locator("#tries .refused-picture").first).to_contain_text("hãy rút còn khoảng")


def test_slides_are_moved_with_the_keyboard_alone(open_page: OpenPage, stage: Stage) -> None:
    page = open_page("can-bo", f"/playlists/{stage.draft}")
    before = page.locator("[data-slide]").evaluate_all("all => all.map(one => one.dataset.slide)")
    page.get_by_role("button", name="Đưa trang 1 ra sau").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    after = page.locator("[data-slide]").evaluate_all("all => all.map(one => one.dataset.slide)")
    assert after == [before[1], before[0], *before[2:]]


def test_slides_are_dragged_into_order(open_page: OpenPage, stage: Stage) -> None:
    page = open_page("can-bo", f"/playlists/{stage.draft}?profile=led-192x96")
    page.set_viewport_size({"width": 1440, "height": 2000})
    before = page.locator("[data-slide]").evaluate_all("all => all.map(one => one.dataset.slide)")
    grip = page.locator(".grip").first
    target = page.locator("[data-slide]").nth(1).bounding_box()
    assert target is not None
    with page.expect_navigation():
        grip.hover()
        page.mouse.down()
        page.mouse.move(target["x"] + 40, target["y"] + target["height"] / 2, steps=8)
        page.mouse.move(target["x"] + 40, target["y"] + target["height"] - 10, steps=8)
        page.mouse.up()
    after = page.locator("[data-slide]").evaluate_all("all => all.map(one => one.dataset.slide)")
    assert after == [before[1], before[0], *before[2:]]


def test_a_board_is_looked_at_pixel_by_pixel_and_as_lamps(
    open_page: OpenPage, stage: Stage
) -> None:
    page = open_page("can-bo", "/playlists/pleiku-city-bang-dien-tu?profile=led-192x96")
    page.get_by_role("button", name="Đúng 1:1").click()
    exact = page.locator(".look-exact img").first
    box = exact.bounding_box()
    assert box is not None
    assert (box["width"], box["height"]) == (192, 96)
    page.get_by_role("button", name="Bóng LED").click()
    assert page.get_by_role("button", name="Bóng LED").get_attribute("aria-pressed") == "true"
    board = page.locator("canvas[data-board]").first
    expect(board).to_have_js_property("width", 218)  # 1.92 m seen from 20 m
    expect(page.locator("[data-board-light]").first).to_contain_text("Sáng trung bình")


def test_a_board_shrinks_with_the_distance_and_its_black_is_black_at_night(
    open_page: OpenPage, complaints: list[str]
) -> None:
    page = open_page("can-bo", "/playlists/pleiku-city-bang-dien-tu?profile=led-192x96")
    page.get_by_role("button", name="Bóng LED").click()
    board = page.locator("canvas[data-board]").first
    slider = page.get_by_role("slider", name="Người xem đứng cách bảng")
    expect(slider).to_have_attribute("aria-valuetext", "20 m")
    slider.press("ArrowRight")
    expect(slider).to_have_attribute("aria-valuetext", "21 m")
    expect(board).to_have_js_property("width", 207)
    darkest = (
        "one => Math.min(...one.getContext('2d').getImageData(0, 0, one.width, one.height).data)"
    )
    assert board.evaluate(darkest) > 30
    page.get_by_role("button", name="Ban đêm").click()
    expect(board.locator("..")).to_have_class("glass look-lamps is-night")
    assert board.evaluate(darkest) < 30
    assert complaints == []


def test_the_menu_of_a_phone_opens_and_closes_by_keyboard(open_page: OpenPage) -> None:
    page = open_page(OFFICER, "/", across=360)
    menu = page.get_by_role("navigation", name="Danh mục chính")
    expect(menu).to_be_hidden()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Bỏ qua đến nội dung")).to_be_focused()
    page.get_by_role("button", name="Danh mục").press("Enter")
    expect(menu).to_be_visible()
    page.get_by_role("link", name="Thư viện").focus()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(page.get_by_role("button", name="Danh mục")).to_be_focused()


def test_days_are_written_day_month_year_whatever_the_browser_speaks(
    open_page: OpenPage,
) -> None:
    page = open_page(OFFICER, "/schedule/new")
    expect(page.get_by_label("Từ ngày", exact=True)).to_have_value(re.compile(r"\d\d/\d\d/\d{4}"))
    picker = page.locator("input[type=date]").first
    page.evaluate("HTMLInputElement.prototype.showPicker = () => {}")
    page.get_by_role("button", name="Chọn trên lịch: Từ ngày").click()
    picker.evaluate("one => { one.value = '2026-12-24'; one.onchange(); }")
    expect(page.get_by_label("Từ ngày", exact=True)).to_have_value("24/12/2026")


def test_everything_needed_works_without_scripts(open_page: OpenPage, picture: Path) -> None:
    page = open_page(OFFICER, "/library", script=False)
    page.get_by_label("Tôi cam kết").check()
    page.locator("#upload-file").set_input_files(picture)
    page.get_by_role("button", name="Tải lên", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="Đã tải lên").first).to_be_visible()
    page.get_by_role("link", name="Danh sách phát", exact=True).click()
    new_playlist(page, "Không cần script")
    page.get_by_label("Nhà văn hóa Hội Phú").check()
    page.get_by_role("button", name="Lưu màn hình đã chọn").click()
    page.get_by_role("link", name=re.compile("Khẩu hiệu")).click()
    page.locator("#slide-text").fill("Xuân về")
    page.get_by_role("button", name="Thêm vào danh sách").click()
    expect(page.get_by_text("Trang 1 · 10 giây")).to_be_visible()


def test_an_upload_that_is_too_large_is_answered_with_a_sentence_not_a_broken_line(
    open_page: OpenPage, tmp_path: Path
) -> None:
    huge = tmp_path / "video.jpg"
    with huge.open("wb") as file:
        file.truncate(MAX_DOCUMENT_BYTES + 20_000_000)
    page = open_page(OFFICER, "/library", script=False)
    page.get_by_label("Tôi cam kết").check()
    page.locator("#upload-file").set_input_files(huge)
    page.get_by_role("button", name="Tải lên", exact=True).click()
    expect(page.get_by_text("Dữ liệu gửi lên lớn hơn 200 MB")).to_be_visible()
