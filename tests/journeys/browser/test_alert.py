"""An alert in a real browser: written, confirmed, watched as it arrives, and cleared."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from players.contract.reports import Presented
from signage.workflows.sealer import passkey_enrolment
from tests.journeys.browser.stage import (
    Stage,
    now,
    raise_alert,
    say,
    serving,
    set_stage,
    sign_in,
)

pytestmark = [pytest.mark.journey, pytest.mark.system("chromium")]


@pytest.fixture(scope="module")
def quiet_stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """A stage of its own, on which no alert runs yet."""
    # Browsers take passkeys at https or localhost, not at 127.0.0.1.
    return set_stage(tmp_path_factory.mktemp("quiet"), host="localhost")


@pytest.fixture(scope="module")
def quiet_address(quiet_stage: Stage) -> Iterator[str]:
    with serving(quiet_stage) as served:
        yield served


def show(stage: Stage, alert: str, display: str, took: int) -> None:
    """Let a display report that the newest revision is on its glass."""
    running = stage.store.alerts.get(alert)
    assert running is not None
    profile = stage.store.displays.get(display).profile
    presented = Presented(
        id=alert,
        revision=running.revision,
        received_at=running.begins_at + took - 10,
        presented_at=running.begins_at + took,
    )
    blob = running.pages[profile][0].blob
    at = running.begins_at + took
    say(stage, display, source="alert", reason=alert, blob=blob, at=at, presented=[presented])


def test_an_alert_from_the_first_word_to_the_all_clear(
    browser: Browser, quiet_stage: Stage, quiet_address: str
) -> None:
    page = browser.new_context(locale="vi-VN").new_page()
    sign_in(page, quiet_address, "truc-ban", quiet_stage.passwords)
    page.get_by_role("main").get_by_role("link", name="Phát khẩn cấp").click()
    page.get_by_label("Tên thiên tai, sự cố").fill("Lũ đang lên nhanh")
    page.get_by_label("Khu vực").fill("Ven suối Hội Phú")
    expect(page.locator("#drawn img").first).to_be_visible()
    page.get_by_role("button", name="Tiếp tục").click()

    confirm = page.get_by_role("button", name="Phát khẩn cấp tới 3 màn hình")
    page.get_by_label(re.compile("Gõ số màn hình")).fill("2")
    page.get_by_label("Mã xác thực").fill(quiet_stage.phone.code())
    confirm.click()
    expect(page.get_by_role("alert")).to_contain_text("hãy gõ đúng số màn hình (3)")
    page.get_by_label(re.compile("Gõ số màn hình")).fill("3")
    confirm.click()

    proof = page.locator("#proof")
    expect(proof).to_contain_text("0 / 3")
    alert = page.url.rsplit("/", 1)[1]
    show(quiet_stage, alert, "hoa-lu", 420)
    expect(proof).to_contain_text("1 / 3")
    expect(proof).to_contain_text("0,42 giây")

    page.get_by_role("button", name="+30 phút").click()
    page.get_by_label("Mã xác thực").fill(quiet_stage.phone.code())
    page.get_by_role("button", name="Cập nhật cảnh báo").click()
    expect(page.get_by_role("status").filter(has_text="Đã cập nhật").first).to_be_visible()
    page.get_by_role("button", name="Hết nguy hiểm").click()
    page.get_by_label("Mã xác thực").fill(quiet_stage.phone.code())
    page.get_by_role("button", name="Báo hết nguy hiểm").click()
    expect(page.get_by_role("status").filter(has_text="Đã báo hết nguy hiểm").first).to_be_visible()
    page.context.close()


def with_a_passkey(page: Page) -> None:
    """Give the browser a fingerprint reader that always agrees."""
    line = page.context.new_cdp_session(page)
    line.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    line.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_passkey_is_made_and_confirms_an_alert_and_a_hold(
    browser: Browser, quiet_stage: Stage, quiet_address: str
) -> None:
    page = browser.new_context(locale="vi-VN").new_page()
    with_a_passkey(page)
    sign_in(page, quiet_address, "truc-ban", quiet_stage.passwords)
    code = passkey_enrolment.invite(quiet_stage.sealer.book, "truc-ban", at=now())
    page.goto(f"{quiet_address}/account/passkey")
    page.get_by_label("Mã đăng ký").fill(code)
    page.get_by_role("button", name="Đăng ký khóa truy cập").click()
    expect(
        page.get_by_role("status").filter(has_text="Đã đăng ký khóa truy cập").first
    ).to_be_visible()

    page.goto(f"{quiet_address}/alerts/{quiet_stage.unconfirmed}/confirm")
    page.get_by_label(re.compile("Gõ số màn hình")).fill("3")
    page.get_by_role("button", name="Xác nhận bằng khóa truy cập").click()
    expect(page.locator("#proof")).to_contain_text("0 / 3")
    page.get_by_role("button", name="Hết nguy hiểm").click()
    page.get_by_role("button", name="Xác nhận bằng khóa truy cập").click()
    expect(page.get_by_role("status").filter(has_text="Đã báo hết nguy hiểm").first).to_be_visible()

    page.goto(f"{quiet_address}/displays/hoa-lu")
    page.get_by_role("button", name="Tắt hình").click()
    page.get_by_role("button", name="Xác nhận bằng khóa truy cập").click()
    expect(page.get_by_role("status").filter(has_text="Đã giữ màn hình").first).to_be_visible()
    page.context.close()


def test_the_wall_fills_in_by_itself(
    browser: Browser, quiet_stage: Stage, quiet_address: str
) -> None:
    page = browser.new_context(locale="vi-VN").new_page()
    sign_in(page, quiet_address, "nguoi-xem", quiet_stage.passwords)
    page.goto(f"{quiet_address}/wall")
    alert = raise_alert(quiet_stage).id
    counts = page.locator("#wall-counts")
    expect(counts).to_contain_text("2/3 đã hiện khẩn cấp")
    expect(page.locator("#tile-hoa-lu")).to_contain_text("Đã hiện sau 0,04 giây")
    expect(page.locator("#tile-ubnd")).to_contain_text("Chưa tới được")
    show(quiet_stage, alert, "ubnd", 1500)
    expect(counts).to_contain_text("3/3 đã hiện khẩn cấp")
    expect(page.locator("#tile-ubnd")).to_contain_text("Đã hiện sau 1,50 giây")
    page.context.close()


def test_the_wall_says_when_the_line_to_the_controller_is_down(
    browser: Browser, quiet_stage: Stage, quiet_address: str
) -> None:
    page = browser.new_context(locale="vi-VN").new_page()
    sign_in(page, quiet_address, "nguoi-xem", quiet_stage.passwords)
    page.route("**/wall/events", lambda route: route.abort())
    page.goto(f"{quiet_address}/wall")
    expect(page.locator("#live-trouble")).to_contain_text("Mất kết nối với máy chủ điều khiển")
    page.unroute("**/wall/events")
    expect(page.locator("#live-trouble")).to_be_hidden(timeout=15_000)
    page.context.close()
