"""A session that ends while somebody types loses nothing."""

import pytest
from playwright.sync_api import expect

from tests.journeys.browser.conftest import OpenPage
from tests.journeys.browser.stage import Stage

pytestmark = [pytest.mark.journey, pytest.mark.system("chromium")]


def test_what_was_typed_is_back_after_signing_in_again(open_page: OpenPage, stage: Stage) -> None:
    page = open_page("can-bo", f"/playlists/{stage.draft}/slides/new?layout=notice")
    page.locator("#tongue-vi").get_by_label("Tiêu đề").fill("Lịch trực Tết")
    page.locator("#tongue-vi").get_by_label("Nội dung").fill("Từ 29 tháng Chạp đến mùng 5.")
    page.context.clear_cookies()
    page.get_by_role("button", name="Thêm vào danh sách").click()
    expect(page.get_by_role("status")).to_contain_text("Hãy đăng nhập")
    page.get_by_label("Tên đăng nhập").fill("can-bo")
    page.get_by_label("Mật khẩu").fill(stage.passwords["can-bo"])
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_text("Đã khôi phục nội dung bạn vừa nhập")).to_be_visible()
    expect(page.locator("#tongue-vi").get_by_label("Tiêu đề")).to_have_value("Lịch trực Tết")
    expect(page.locator("#tongue-vi").get_by_label("Nội dung")).to_have_value(
        "Từ 29 tháng Chạp đến mùng 5."
    )


def test_another_page_forgets_what_was_sent_before(open_page: OpenPage, stage: Stage) -> None:
    path = f"/playlists/{stage.draft}/slides/new?layout=slogan"
    page = open_page("can-bo", path)
    page.locator("#slide-text").fill("Đã gửi rồi")
    page.get_by_role("button", name="Thêm vào danh sách").click()
    page.goto(page.url.split("/playlists")[0] + path)
    expect(page.locator("#slide-text")).to_have_value("")


def test_an_upload_after_the_end_of_the_session_says_so_and_leads_to_sign_in(
    open_page: OpenPage, picture
) -> None:
    page = open_page("can-bo", "/library")
    page.context.clear_cookies()
    page.get_by_label("Tôi cam kết").check()
    page.get_by_label("Chọn tệp để tải lên").set_input_files(picture)
    line = page.locator("[data-progress] .wrong")
    expect(line).to_contain_text("Hãy đăng nhập")
    expect(line.get_by_role("link", name="Đăng nhập lại")).to_be_visible()
