"""What to change on a slide is said below its picture while an officer types."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browser.conftest import OpenPage
from tests.journeys.browser.stage import Stage

pytestmark = [pytest.mark.journey, pytest.mark.system("chromium")]

OFFICER = "can-bo"


@pytest.fixture
def editor(open_page: OpenPage, stage: Stage) -> Page:
    return open_page(OFFICER, f"/playlists/{stage.draft}/slides/new?layout=notice")


def test_a_finding_comes_and_goes_while_typing(editor: Page, complaints: list[str]) -> None:
    told = editor.locator("#tries [data-finding=phone]").first
    editor.locator("#tongue-vi").get_by_label("Tiêu đề").fill("Nhận quà")
    editor.locator("#tongue-vi").get_by_label("Nội dung").fill("Gọi 0912 345 678")
    expect(told).to_contain_text("Nên sửa · Nội dung")
    expect(told.locator("svg.icon")).to_be_visible()
    editor.locator("#tongue-vi").get_by_label("Nội dung").fill("Tại UBND phường")
    expect(told).to_have_count(0)
    assert complaints == []


def test_more_seconds_answer_the_finding_about_time(editor: Page) -> None:
    told = editor.locator("#tries [data-finding=reading_time]")
    editor.locator("#tongue-vi").get_by_label("Tiêu đề").fill("Tin")
    editor.locator("#tongue-vi").get_by_label("Nội dung").fill("chữ " * 30)
    expect(told.first).to_contain_text("đọc hết mất khoảng 13 giây")
    editor.locator("#tongue-vi").get_by_label("Hiện trong bao nhiêu giây").fill("13")
    expect(told).to_have_count(0)


def test_findings_are_read_out_when_they_change(editor: Page) -> None:
    editor.locator("#tongue-vi").get_by_label("Tiêu đề").fill("Gọi 0912 345 678")
    told = editor.locator("[aria-live=polite] [data-finding=phone]").first
    expect(told).to_be_visible()
