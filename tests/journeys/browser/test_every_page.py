"""Every page in a real browser: no complaint of axe, none of the browser, nothing sideways."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.journeys.browser.conftest import OpenPage
from tests.journeys.browser.sights import SIGHTS, WITH_ALERT, Sight
from tests.journeys.browser.stage import ROOT, Stage

pytestmark = [pytest.mark.journey, pytest.mark.system("chromium")]

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

PHONE, ZOOMED, WIDE = 360, 320, 1440
"""320 px is what is left of a 1280 px window at 400 % zoom."""


def complaints_of_axe(page: Page) -> list[str]:
    page.evaluate(Path(AXE).read_text())
    found = page.evaluate("rules => axe.run({runOnly: rules})", RULES)
    return [
        f"{one['id']}: {node['target']} {node['failureSummary']}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


def sideways(page: Page) -> list[str]:
    """What sticks out of the window on the right."""
    return page.evaluate(
        """() => {
            const room = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= room) return [];
            return [...document.body.querySelectorAll("*")]
                .filter(one => one.getBoundingClientRect().right > room + 1)
                .map(one => one.outerHTML.slice(0, 100)).slice(0, 5);
        }"""
    )


@pytest.mark.parametrize("sight", SIGHTS, ids=lambda sight: sight.name)
def test_a_page_is_open_to_everybody_and_fits_a_phone(
    open_page: OpenPage, stage: Stage, complaints: list[str], sight: Sight
) -> None:
    page = open_page(sight.login, sight.on(stage), across=WIDE)
    assert complaints_of_axe(page) == []
    page.set_viewport_size({"width": PHONE, "height": 780})
    assert complaints_of_axe(page) == []
    assert sideways(page) == []
    page.set_viewport_size({"width": ZOOMED, "height": 256})
    assert sideways(page) == []
    assert complaints == []


@pytest.mark.parametrize("sight", WITH_ALERT, ids=lambda sight: sight.name)
def test_a_page_during_an_alert_is_open_to_everybody_and_fits_a_phone(
    open_page: OpenPage, stage: Stage, complaints: list[str], alert_running: str, sight: Sight
) -> None:
    assert stage.alert == alert_running
    page = open_page(sight.login, sight.on(stage), across=WIDE)
    assert complaints_of_axe(page) == []
    page.set_viewport_size({"width": PHONE, "height": 780})
    assert sideways(page) == []
    assert complaints == []
