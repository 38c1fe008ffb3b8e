"""Makes pictures of the pages: those of the README, or of every page into a folder.

`python -m tests.screenshots` makes docs/wall.png anew; `python -m tests.screenshots FOLDER [NAME]`
takes every page (or those with NAME in their names), wide and narrow.
"""

import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.journeys.browser.sights import SIGHTS, WITH_ALERT, Sight
from tests.journeys.browser.stage import (
    ROOT,
    Stage,
    chromium,
    raise_alert,
    serving,
    set_stage,
    sign_in,
)

WIDTHS = {"wide": (1440, 900), "narrow": (360, 780)}
README_PICTURE = ROOT / "docs" / "wall.png"
LIVE = {"wall", "wall-alert", "alert-running"}


def main(folder: Path, only: str = "") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with _opened() as (stage, address, browser):
        _take_all(browser, address, stage, SIGHTS, folder, only)
        raise_alert(stage)
        _take_all(browser, address, stage, WITH_ALERT, folder, only)


def for_readme() -> None:
    """Take the wall while an alert arrives."""
    README_PICTURE.parent.mkdir(exist_ok=True)
    with _opened() as (stage, address, browser):
        raise_alert(stage)
        page = browser.new_page(viewport={"width": 1440, "height": 690}, locale="vi-VN")
        sign_in(page, address, "nguoi-xem", stage.passwords)
        page.goto(f"{address}/wall")
        _settle(page, "wall")
        page.screenshot(path=README_PICTURE)


@contextmanager
def _opened() -> Iterator[tuple[Stage, str, Browser]]:
    with tempfile.TemporaryDirectory() as home:
        stage = set_stage(Path(home))
        with serving(stage) as address, chromium() as browser:
            yield stage, address, browser


def _take_all(
    browser: Browser,
    address: str,
    stage: Stage,
    sights: Sequence[Sight],
    folder: Path,
    only: str,
) -> None:
    pages: dict[tuple[str | None, str], Page] = {}
    for sight in sights:
        name, login = sight.name, sight.login
        if only and only not in name:
            continue
        for width, (across, down) in WIDTHS.items():
            if (login, width) not in pages:
                context = browser.new_context(
                    viewport={"width": across, "height": down}, locale="vi-VN"
                )
                pages[login, width] = context.new_page()
                if login:
                    sign_in(pages[login, width], address, login, stage.passwords)
            page = pages[login, width]
            page.goto(address + sight.on(stage))
            _settle(page, name)
            page.screenshot(path=folder / f"{name}-{width}.png", full_page=True)
            print(f"{name} {width}", flush=True)


def _settle(page: Page, name: str) -> None:
    """Wait until pictures are there; a live page never falls silent, so it is not waited for."""
    page.wait_for_load_state("load" if name in LIVE else "networkidle")
    page.evaluate("document.querySelectorAll('img[loading]').forEach(one => one.loading = 'eager')")
    page.evaluate(
        "Promise.all([...document.images].filter(one => !one.complete)"
        ".map(one => new Promise(done => { one.onload = one.onerror = done; })))"
    )
    page.evaluate("document.fonts.ready")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]), *sys.argv[2:3])
    else:
        for_readme()
