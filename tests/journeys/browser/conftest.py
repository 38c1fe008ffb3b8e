"""One controller on a stage for all browser tests of a process, and pages of people signed in."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, StorageState, expect

from tests.journeys.browser.stage import (
    Stage,
    chromium,
    photo,
    raise_alert,
    serving,
    set_stage,
    sign_in,
)

OpenPage = Callable[..., Page]

# What is expected comes at once, except where ten other programs want the processor.
expect.set_options(timeout=30_000)


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return set_stage(tmp_path_factory.mktemp("stage"))


@pytest.fixture(scope="session")
def address(stage: Stage) -> Iterator[str]:
    with serving(stage) as served:
        yield served


@pytest.fixture(scope="session")
def alert_running(stage: Stage, address: str) -> str:
    """An alert that runs until the end of the tests."""
    return stage.alert or raise_alert(stage).id


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="session")
def signed_in(browser: Browser, address: str, stage: Stage) -> Callable[[str], StorageState]:
    """The cookies of a person: each signs in once, as guessing passwords is slowed down."""
    cookies: dict[str, StorageState] = {}

    def of(login: str) -> StorageState:
        if login not in cookies:
            context = browser.new_context()
            sign_in(context.new_page(), address, login, stage.passwords)
            cookies[login] = context.storage_state()
            context.close()
        return cookies[login]

    return of


@pytest.fixture
def complaints() -> list[str]:
    """What the browser had to complain about: forbidden scripts and styles, errors in ours."""
    return []


@pytest.fixture
def open_page(
    browser: Browser,
    address: str,
    signed_in: Callable[[str], StorageState],
    complaints: list[str],
) -> Iterator[OpenPage]:
    """Open a page as somebody (None: nobody), `across` px wide."""
    contexts = []

    def opened(login: str | None, path: str, *, across: int = 1440, script: bool = True) -> Page:
        context = browser.new_context(
            viewport={"width": across, "height": 900},
            locale="vi-VN",
            java_script_enabled=script,
            storage_state=signed_in(login) if login else None,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: _note(complaints, said.type, said.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address + path)
        return page

    yield opened
    for context in contexts:
        context.close()


def _note(complaints: list[str], kind: str, text: str) -> None:
    # A page that does not exist is told by the browser as well; that is no fault of the page.
    if kind in {"error", "warning"} and "status of 4" not in text:
        complaints.append(text)


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    return photo(tmp_path / "Quảng trường.jpg", hue=20)
