"""Makes pictures of every page: `python -m tests.screenshots [folder]`, wide and narrow."""

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.journeys.browser.sights import SIGHTS, WITH_ALERT, Sight
from tests.journeys.browser.stage import Stage, chromium, raise_alert, serving, set_stage, sign_in

WIDTHS = {"wide": (1440, 900), "narrow": (360, 780)}
LIVE = {"wall", "wall-alert", "alert-running"}


def main(folder: Path, only: str = "") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        stage = set_stage(Path(home))
        with serving(stage) as address, chromium() as browser:
            _take_all(browser, address, stage, SIGHTS, folder, only)
            raise_alert(stage)
            _take_all(browser, address, stage, WITH_ALERT, folder, only)


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
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/pictures"), *sys.argv[2:3])
