"""A slide's words in Jrai: a tab of its own, and letters that no Vietnamese keyboard types."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browser.conftest import OpenPage
from tests.journeys.browser.stage import Stage

pytestmark = [pytest.mark.journey, pytest.mark.system("chromium")]


@pytest.fixture
def form(open_page: OpenPage, stage: Stage) -> Page:
    return open_page("can-bo", f"/playlists/{stage.draft}/slides/new?layout=notice", across=360)


def test_letters_go_in_at_the_caret_by_keyboard_alone(form: Page, complaints: list[str]) -> None:
    form.get_by_role("tab", name="Tiếng Việt").focus()
    form.keyboard.press("ArrowRight")
    title = form.locator("#tongue-jra").get_by_label("Tiêu đề")
    title.fill("Png")
    form.keyboard.press("Home")
    form.keyboard.press("ArrowRight")
    form.get_by_role("button", name="Chèn b có gạch").focus()
    for _ in range(10):
        form.keyboard.press("ArrowRight")
    expect(form.get_by_role("button", name="Chèn ơ trăng")).to_be_focused()
    form.keyboard.press("Enter")
    expect(title).to_have_value("Pơ̆ng")
    form.keyboard.type("!")
    expect(title).to_have_value("Pơ̆!ng")
    assert form.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert complaints == []


def test_words_in_an_old_code_page_change_only_when_asked(form: Page) -> None:
    title = form.locator("#tongue-vi").get_by_label("Tiêu đề")
    title.fill("Th«ng b¸o häp")
    offer = form.get_by_role("button", name="Đổi sang chữ này")
    expect(offer).to_be_visible()
    expect(title).to_have_value("Th«ng b¸o häp")
    offer.click()
    expect(title).to_have_value("Thông báo họp")
