"""From the PowerPoint on an officer's desk to a submitted playlist, in a real browser."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from signage.workflows.media.job_runner import Runner
from tests.journeys.browser.conftest import OpenPage
from tests.journeys.browser.stage import Stage
from tests.journeys.browser.test_every_page import complaints_of_axe, sideways
from tests.signage.ingest.office_files import presentation

pytestmark = [pytest.mark.journey, pytest.mark.system("chromium", "libreoffice")]

OFFICER = "can-bo-hoi-phu"
SLIDES = 4
MOST_CLICKS = 12
LONG = 120_000
"""Milliseconds that LibreOffice may need on a busy machine."""


@pytest.fixture
def at_work(stage: Stage) -> Iterator[None]:
    """The worker's part that does background jobs."""
    runner = Runner(stage.store, changed=lambda: None)
    runner.start()
    yield
    runner.stop()


@pytest.fixture
def on_the_desk(tmp_path: Path) -> Path:
    file = tmp_path / "Ngày hội đọc sách.pptx"
    file.write_bytes(presentation(SLIDES))
    return file


class Hand:
    """Clicks, and counts them; choosing a file takes two in the window of the system."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks = page, 0

    def click(self, role: str, name: str | re.Pattern[str]) -> None:
        self.page.get_by_role(role, name=name).first.click()  # type: ignore[arg-type]
        self.clicks += 1

    def tick(self, label: str) -> None:
        self.page.get_by_label(label).check()
        self.clicks += 1

    def choose(self, label: str, file: Path) -> None:
        with self.page.expect_file_chooser() as chooser:
            self.page.get_by_text(label, exact=True).click()
        chooser.value.set_files(file)
        self.clicks += 3


@pytest.mark.usefixtures("at_work")
def test_a_powerpoint_file_is_submitted_with_few_clicks(
    open_page: OpenPage, on_the_desk: Path, complaints: list[str]
) -> None:
    page = open_page(OFFICER, "/")
    hand = Hand(page)
    hand.click("link", "Thư viện")
    hand.tick("Tôi cam kết")
    hand.choose("Chọn tệp để tải lên", on_the_desk)
    expect(page.get_by_role("heading", name=on_the_desk.name)).to_be_visible()
    button = page.get_by_role("button", name="Đưa vào danh sách phát")
    expect(button).to_be_visible(timeout=LONG)
    expect(page.locator("input[name=pages]:checked")).to_have_count(SLIDES)
    assert complaints_of_axe(page) == []
    page.set_viewport_size({"width": 360, "height": 780})
    assert sideways(page) == []
    page.set_viewport_size({"width": 1440, "height": 900})
    hand.click("button", "Đưa vào danh sách phát")
    expect(page.get_by_text(f"Đã đưa {SLIDES} trang vào danh sách phát")).to_be_visible()
    hand.click("checkbox", re.compile("Nhà văn hóa Hội Phú"))
    hand.click("button", "Lưu màn hình đã chọn")
    hand.click("checkbox", re.compile("Tôi cam kết"))
    hand.click("button", "Trình duyệt")
    expect(page.get_by_role("heading", name="Đang chờ duyệt")).to_be_visible(timeout=LONG)
    assert hand.clicks <= MOST_CLICKS
    assert complaints == []


@pytest.mark.usefixtures("at_work")
def test_a_card_fills_in_by_itself_while_the_library_is_open(
    open_page: OpenPage, stage: Stage, tmp_path: Path
) -> None:
    files = []
    for number in (1, 2):
        files.append(tmp_path / f"Tờ trình {number}.pptx")
        files[-1].write_bytes(presentation(number, title=f"Tờ trình {number}"))
    page = open_page(OFFICER, "/library")
    page.get_by_label("Tôi cam kết").check()
    page.get_by_label("Chọn tệp để tải lên").set_input_files(files)
    card = page.get_by_role("listitem").filter(has_text="Tờ trình 2.pptx")
    expect(card.get_by_text("Tài liệu, 2 trang")).to_be_visible(timeout=LONG)


def test_a_marked_file_is_refused_in_words(open_page: OpenPage, tmp_path: Path) -> None:
    marked = tmp_path / "Kế hoạch - MẬT.pptx"
    marked.write_bytes(presentation(1))
    page = open_page(OFFICER, "/library")
    page.get_by_label("Tôi cam kết").check()
    page.get_by_label("Chọn tệp để tải lên").set_input_files(marked)
    expect(page.locator("[data-progress] .wrong")).to_contain_text("Tệp có dấu “MẬT”")
