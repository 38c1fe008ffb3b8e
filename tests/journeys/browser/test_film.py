"""From the video on an officer's phone to a submitted playlist, in a real browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from signage.workflows.media.job_runner import Runner
from tests.journeys.browser.conftest import OpenPage
from tests.journeys.browser.stage import Stage
from tests.journeys.browser.test_document import Hand
from tests.journeys.browser.test_every_page import complaints_of_axe, sideways
from tests.signage.ingest.bad_films import film

pytestmark = [pytest.mark.journey, pytest.mark.system("chromium")]

OFFICER = "can-bo-hoi-phu"
LONG = 120_000
"""Milliseconds that a busy machine may need for a film of one second, in every size."""

PLAYED = """film => new Promise(seen => {
    film.ontimeupdate = () => film.currentTime > 0.2 && seen(true);
    film.play();
})"""


@pytest.fixture
def at_work(stage: Stage) -> Iterator[None]:
    """The worker's part that does background jobs."""
    runner = Runner(stage.store, changed=lambda: None)
    runner.start()
    yield
    runner.stop()


@pytest.mark.usefixtures("at_work")
def test_a_phone_video_is_watched_and_submitted(
    open_page: OpenPage, tmp_path: Path, complaints: list[str]
) -> None:
    video = tmp_path / "Chợ Tết.mp4"
    video.write_bytes(film(seconds=1))
    page = open_page(OFFICER, "/library")
    hand = Hand(page)
    hand.tick("Tôi cam kết")
    hand.choose("Chọn tệp để tải lên", video)
    expect(page.get_by_text("Video dài 0:01")).to_be_visible(timeout=LONG)

    hand.click("link", "Danh sách phát")
    page.get_by_text("Tạo danh sách phát mới").click()
    page.get_by_label("Tên danh sách phát").fill("Video chợ Tết")
    hand.click("button", "Tạo danh sách phát")
    hand.click("checkbox", "Nhà văn hóa Hội Phú")
    hand.click("button", "Lưu màn hình đã chọn")
    hand.click("link", "Video toàn màn hình")
    page.get_by_label("Chợ Tết.mp4").check()
    expect(page.locator("#tries video:visible, #tries .is-waiting").first).to_be_visible()
    assert complaints_of_axe(page) == []
    hand.click("button", "Thêm vào danh sách")

    # The page shows by itself when the film is ready for that display.
    expect(page.locator("video:visible")).to_be_visible(timeout=LONG)
    assert page.locator("video:visible").evaluate(PLAYED)
    page.set_viewport_size({"width": 360, "height": 780})
    assert sideways(page) == []
    page.set_viewport_size({"width": 1440, "height": 900})
    page.get_by_label("Tôi cam kết").check(timeout=LONG)
    page.locator("#submit").get_by_role("button", name="Trình duyệt").click()
    expect(page.get_by_role("heading", name="Đang chờ duyệt")).to_be_visible(timeout=LONG)
    assert complaints == []
