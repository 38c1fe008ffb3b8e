"""The people of the journey: their browsers, their programs, and a reader who only looks."""

from typing import Any

from signage.demo.installation import Installation
from signage.demo.journey.browser import Browser
from signage.demo.journey.codes import Codes
from signage.demo.journey.page_hands import PageHands
from signage.demo.journey.program import Program
from signage.demo.journey.program_hands import ProgramHands
from signage.demo.journey.wall import WallPage

OFFICER, APPROVER, DUTY = "can-bo", "lanh-dao", "truc-ban"
SCOPES = {
    OFFICER: ["view", "edit", "submit", "schedule", "withdraw"],
    APPROVER: ["view", "edit", "submit", "review", "schedule", "withdraw"],
    DUTY: ["view", "alert", "hold", "withdraw"],
}


class People:
    """Officer, approver and duty officer, signed in on the pages and with a token each."""

    def __init__(self, installation: Installation) -> None:
        address = installation.settings.controller_url
        self._browsers = {login: Browser(address, name=login) for login in SCOPES}
        for login, browser in self._browsers.items():
            browser.sign_in(login, installation.sign_in(login).password)
        self._programs = {
            login: Program.of(browser, address, scopes=SCOPES[login])
            for login, browser in self._browsers.items()
        }
        codes = Codes.of(installation, DUTY)
        self.at_pages = PageHands(
            officer=self._browsers[OFFICER],
            approver=self._browsers[APPROVER],
            duty=self._browsers[DUTY],
            codes=codes,
        )
        self.by_programs = ProgramHands(
            officer=self._programs[OFFICER],
            approver=self._programs[APPROVER],
            duty=self._programs[DUTY],
            codes=codes,
            zone=installation.settings.zone,
        )

    def at_wall(self) -> WallPage:
        """The duty officer opens the wall page."""
        return WallPage(self._browsers[DUTY])

    def read(self, path: str, **query: str | int) -> Any:
        """Read something as the approver, who may see all displays."""
        return self._programs[APPROVER].read(path, **query)

    def fetch(self, path: str) -> bytes:
        """Fetch bytes that are named by their whole address."""
        return self._programs[APPROVER].fetch(path)

    def picture(self, sha256: str) -> bytes:
        """Fetch a picture that was rendered or taken in."""
        return self._programs[APPROVER].fetch(f"/previews/{sha256}")

    def close(self) -> None:
        """Close all connections."""
        for browser in self._browsers.values():
            browser.close()
        for program in self._programs.values():
            program.close()
