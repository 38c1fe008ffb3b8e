"""Uploads over a line that drops, is paused, or outlives the session: nothing is sent twice."""

import hashlib
import os
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, StorageState, expect

from signage.store.incoming import Incoming
from signage.workflows.media import library
from tests.journeys.browser.conftest import OpenPage
from tests.journeys.browser.relay import BadLine
from tests.journeys.browser.stage import Stage, sign_in

pytestmark = [pytest.mark.journey, pytest.mark.system("chromium")]

OFFICER = "can-bo-hoi-phu"
CUTS = 10
LONG = 120_000


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """Eight megabytes that no compression makes smaller."""
    side = 1640
    # The stage is one for all tests, so each needs a name of its own.
    file = tmp_path / f"Ảnh lớn {secrets.token_hex(3)}.png"
    Image.frombytes("RGB", (side, side), os.urandom(side * side * 3)).save(file, compress_level=0)
    return file


@pytest.fixture
def bad_line(stage: Stage, address: str) -> Iterator[BadLine]:
    line = BadLine(int(address.rpartition(":")[2]), cuts=CUTS, every=700_000)
    yield line
    line.close()


def slow(page: Page) -> None:
    """Make the line of a page so slow that there is time to do something."""
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 1_500_000},
    )


def kept(stage: Stage, file: Path) -> bool:
    """Whether the file is in the library once, with the very bytes."""
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    by = stage.person(OFFICER)
    found = [one for one in library.assets(stage.store, by=by) if one.filename == file.name]
    whole = stage.store.originals.path(sha256).read_bytes() == file.read_bytes()
    return [one.sha256 for one in found] == [sha256] and whole


def test_a_line_that_drops_ten_times_delivers_once_and_whole(
    browser: Browser,
    bad_line: BadLine,
    stage: Stage,
    signed_in: Callable[[str], StorageState],
    large: Path,
) -> None:
    context = browser.new_context(storage_state=signed_in(OFFICER), locale="vi-VN")
    page = context.new_page()
    page.goto(f"{bad_line.address}/library")
    page.get_by_label("Tôi cam kết").check()
    page.get_by_label("Chọn tệp để tải lên").set_input_files(large)
    expect(page.get_by_role("heading", name=large.name)).to_be_visible(timeout=LONG)
    assert bad_line.cuts_made == CUTS
    assert kept(stage, large)
    assert not list(Incoming(stage.settings.home_path / "uploads")._folder.glob("*.part"))
    context.close()


def test_an_upload_is_paused_and_goes_on(open_page: OpenPage, stage: Stage, large: Path) -> None:
    page = open_page(OFFICER, "/library")
    slow(page)
    page.get_by_label("Tôi cam kết").check()
    page.get_by_label("Chọn tệp để tải lên").set_input_files(large)
    line = page.locator("[data-progress] li")
    expect(line).to_contain_text("/s ·", timeout=LONG)
    page.get_by_role("button", name="Tạm dừng").click()
    expect(line).to_contain_text("đã tạm dừng")
    page.get_by_role("button", name="Tải tiếp").click()
    expect(page.get_by_role("heading", name=large.name)).to_be_visible(timeout=LONG)
    assert kept(stage, large)


def test_a_session_that_ends_in_the_middle_keeps_the_bytes_and_goes_on_by_itself(
    open_page: OpenPage, stage: Stage, address: str, large: Path
) -> None:
    page = open_page(OFFICER, "/library")
    slow(page)
    page.get_by_label("Tôi cam kết").check()
    page.get_by_label("Chọn tệp để tải lên").set_input_files(large)
    line = page.locator("[data-progress] li")
    expect(line).to_contain_text("/s ·", timeout=LONG)
    page.get_by_role("button", name="Tạm dừng").click()
    page.context.clear_cookies()
    page.get_by_role("button", name="Tải tiếp").click()
    expect(line).to_contain_text("Hãy đăng nhập")
    with page.expect_popup() as opened:
        line.get_by_role("link", name="Đăng nhập lại").click()
    sign_in(opened.value, address, OFFICER, stage.passwords)
    opened.value.close()
    page.bring_to_front()
    page.evaluate("dispatchEvent(new Event('focus'))")
    expect(page.get_by_role("heading", name=large.name)).to_be_visible(timeout=LONG)
    assert kept(stage, large)
