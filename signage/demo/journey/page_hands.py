"""The journey on the pages: what a person clicks and types, form by form."""

import re
from collections.abc import Sequence
from pathlib import Path

from signage.clock import now_ms
from signage.demo.journey.browser import Browser, Page
from signage.demo.journey.codes import Codes
from signage.demo.journey.hands import Drawn, Words
from signage.demo.journey.pictures import size_of
from signage.domain.display import Profile

_SHA = "[0-9a-f]{64}"
_PREVIEW = re.compile(rf'(?:src|href)="(/previews/{_SHA})"')


class PageHands:
    """Three people at their browsers, signed in."""

    def __init__(self, *, officer: Browser, approver: Browser, duty: Browser, codes: Codes) -> None:
        self.officer, self.approver, self.duty = officer, approver, duty
        self.codes = codes

    def upload(self, picture: Path) -> str:
        page = self.officer.open("/library")
        declared: dict[str, str | list[str]] = {"no_state_secret": "yes"}
        page = self.officer.send(page, "/library", declared, file=picture)
        return page.link(f"/library/thumbnails/{_SHA}").rpartition("/")[2]

    def new_playlist(self, title: str, displays: Sequence[str]) -> str:
        return self._new_playlist(self.officer, title, displays)

    def add_slide(
        self, playlist: str, layout: str, fields: dict[str, str], *, seconds: int, picture: str = ""
    ) -> None:
        page = self.officer.open(f"/playlists/{playlist}/slides/new?layout={layout}")
        typed: dict[str, str | list[str]] = {**fields, "seconds": str(seconds)}
        if picture:
            typed["picture"] = picture
        self.officer.send(page, f"/playlists/{playlist}/slides", typed)

    def change_slide(self, playlist: str, number: int, fields: dict[str, str]) -> None:
        editor = self.officer.open(f"/playlists/{playlist}")
        slides = list(dict.fromkeys(re.findall(r'data-slide="([^"]+)"', editor.text)))
        form = f"/playlists/{playlist}/slides/{slides[number]}"
        self.officer.send(self.officer.open(form), form, dict(fields))

    def add_ticker(self, playlist: str, text: str) -> None:
        page = self.officer.open(f"/playlists/{playlist}")
        self.officer.send(page, f"/playlists/{playlist}/tickers", {"text": text})

    def previews(self, playlist: str, profiles: Sequence[Profile]) -> Drawn:
        return _drawn(self.officer, f"/playlists/{playlist}", profiles)

    def submit(self, playlist: str) -> str:
        return self._submit(self.officer, playlist)

    def submit_own_and_approve(self, title: str, displays: Sequence[str]) -> str:
        playlist = self._new_playlist(self.approver, title, displays)
        page = self.approver.open(f"/playlists/{playlist}/slides/new?layout=slogan")
        self.approver.send(page, f"/playlists/{playlist}/slides", {"text": title})
        submission = self._submit(self.approver, playlist)
        page = self.approver.open(f"/reviews/{submission}")
        # The page offers no such button; somebody may send what the button would send.
        sent = {"content_hash": "0" * 64}
        refused = self.approver.post(page, f"/reviews/{submission}/approve", sent, expect=403)
        return refused.words()

    def review(self, submission: str, profiles: Sequence[Profile]) -> Drawn:
        return _drawn(self.approver, f"/reviews/{submission}", profiles)

    def approve(self, submission: str) -> int:
        page = self.approver.open(f"/reviews/{submission}")
        click = now_ms()
        self.approver.send(page, f"/reviews/{submission}/approve")
        return click

    def schedule(self, playlist: str, displays: Sequence[str], *, priority: int) -> None:
        page = self.officer.open(f"/schedule/new?playlist={playlist}")
        targets = [f"display:{display}" for display in displays]
        self.officer.send(page, "/schedule", {"targets": targets, "priority": str(priority)})

    def write_alert(self, words: Words, displays: Sequence[str]) -> str:
        page = self.duty.open("/alerts/new")
        targets = [f"display:{display}" for display in displays]
        typed = {**_typed(words), "reach": "some", "targets": targets, "lasting": "30"}
        confirm = self.duty.send(page, "/alerts", typed)
        return confirm.path.split("/")[2]

    def alert_pages(self, alert: str, profiles: Sequence[Profile]) -> dict[str, list[bytes]]:
        page = self.duty.open(f"/alerts/{alert}")
        pictures = _pictures(self.duty, page)
        return {
            profile.id: [one for one in pictures if size_of(one) == profile.size]
            for profile in profiles
        }

    def raise_alert(self, alert: str, *, screens: int) -> int:
        page = self.duty.open(f"/alerts/{alert}/confirm")
        return self._confirm(page, {"confirm": str(screens)})

    def amend(self, alert: str, words: Words) -> int:
        page = self.duty.open(f"/alerts/{alert}")
        return self._confirm(self.duty.send(page, f"/alerts/{alert}/amend", _typed(words)), {})

    def all_clear(self, alert: str) -> int:
        page = self.duty.open(f"/alerts/{alert}")
        return self._confirm(self.duty.send(page, f"/alerts/{alert}/clear"), {})

    def switch_off(self, display: str) -> int:
        page = self.duty.open(f"/displays/{display}")
        return self._confirm(self.duty.send(page, "/holds", {"kind": "blank"}), {})

    def switch_on(self, display: str) -> int:
        page = self.duty.open(f"/displays/{display}")
        lift = page.link('/holds/[^/"]+/lift')
        return self._confirm(self.duty.send(page, lift), {})

    def _confirm(self, page: Page, typed: dict[str, str | list[str]]) -> int:
        """The officer sees what would be done and types the code of the authenticator."""
        code = self.codes.next()
        click = now_ms()
        self.duty.send(page, page.path, {**typed, "code": code})
        return click

    def withdraw(self, submission: str, reason: str) -> int:
        page = self.approver.open(f"/withdrawals?submission={submission}")
        click = now_ms()
        self.approver.send(page, f"/withdrawals/{submission}", {"reason": reason})
        return click

    def _new_playlist(self, who: Browser, title: str, displays: Sequence[str]) -> str:
        editor = who.send(who.open("/playlists"), "/playlists", {"title": title})
        who.send(editor, f"{editor.path}/targets", {"targets": list(displays)})
        return editor.path.rpartition("/")[2]

    def _submit(self, who: Browser, playlist: str) -> str:
        editor = who.open(f"/playlists/{playlist}")
        after = who.send(editor, f"/playlists/{playlist}/submit", {"no_state_secret": "yes"})
        return after.link('/reviews/[^/"]+').rpartition("/")[2]


def _typed(words: Words) -> dict[str, str | list[str]]:
    return {
        "headline": words.headline,
        "area": words.area,
        "body": words.body,
        "sender": words.sender,
        "level": str(words.level),
    }


def _drawn(who: Browser, path: str, profiles: Sequence[Profile]) -> Drawn:
    slides: dict[str, list[bytes]] = {}
    strips: dict[str, bytes] = {}
    for profile in profiles:
        for picture in _pictures(who, who.open(f"{path}?profile={profile.id}")):
            width, height = size_of(picture)
            if width == profile.width and height > profile.height // 2:
                slides.setdefault(profile.id, []).append(picture)
            else:
                strips[profile.id] = picture
    return Drawn(slides=slides, strips=strips)


def _pictures(who: Browser, page: Page) -> list[bytes]:
    """The pictures on a page, each once, in order."""
    return [who.fetch(address) for address in dict.fromkeys(_PREVIEW.findall(page.text))]
