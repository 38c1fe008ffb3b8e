"""The journey by the interface for programs: the same steps, without a page."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from players.contract.limits import HOUR, MINUTE
from signage.clock import now_ms
from signage.demo.journey.codes import Codes
from signage.demo.journey.hands import Drawn, Words
from signage.demo.journey.program import Program
from signage.domain.display import Profile

WEEKS = 4


class ProgramHands:
    """Three people's programs."""

    def __init__(
        self, *, officer: Program, approver: Program, duty: Program, codes: Codes, zone: ZoneInfo
    ) -> None:
        self.officer, self.approver, self.duty = officer, approver, duty
        self._codes = codes
        self._zone = zone

    def upload(self, picture: Path) -> str:
        return str(self.officer.upload(picture)["clean_sha256"])

    def new_playlist(self, title: str, displays: Sequence[str]) -> str:
        return self._new_playlist(self.officer, title, displays)

    def add_slide(
        self, playlist: str, layout: str, fields: dict[str, str], *, seconds: int, picture: str = ""
    ) -> None:
        slide = {"layout": layout, "fields": fields, "seconds": seconds}
        self._change(
            self.officer, playlist, "slides", slide | ({"picture": picture} if picture else {})
        )

    def change_slide(self, playlist: str, number: int, fields: dict[str, str]) -> None:
        slide = self.officer.read(f"/playlists/{playlist}")["draft"]["slides"][number]
        changed = {
            "layout": slide["layout"],
            "fields": slide["fields"] | fields,
            "picture": slide["picture"],
            "seconds": slide["seconds"],
        }
        self._change(self.officer, playlist, f"slides/{slide['id']}", changed, method="PUT")

    def add_ticker(self, playlist: str, text: str) -> None:
        self._change(self.officer, playlist, "tickers", {"text": text})

    def previews(self, playlist: str, profiles: Sequence[Profile]) -> Drawn:
        wanted = {profile.id for profile in profiles}
        slides: dict[str, list[bytes]] = {}
        strips: dict[str, bytes] = {}
        for one in self.officer.read(f"/playlists/{playlist}/previews"):
            if one["profile"] in wanted and one["address"]:
                picture = self.officer.fetch(one["address"])
                if one["slide"]:
                    slides.setdefault(one["profile"], []).append(picture)
                else:
                    strips[one["profile"]] = picture
        return Drawn(slides=slides, strips=strips)

    def submit(self, playlist: str) -> str:
        return self._submit(self.officer, playlist)

    def submit_own_and_approve(self, title: str, displays: Sequence[str]) -> str:
        playlist = self._new_playlist(self.approver, title, displays)
        slide = {"layout": "slogan", "fields": {"text": title}}
        self._change(self.approver, playlist, "slides", slide)
        submission = self._submit(self.approver, playlist)
        seen = {"content_hash": self._submission(submission)["content_hash"]}
        return self.approver.refused(f"/submissions/{submission}/approve", seen)

    def review(self, submission: str, profiles: Sequence[Profile]) -> Drawn:
        renditions = self._submission(submission)["renditions"]
        slides: dict[str, list[bytes]] = {}
        strips: dict[str, bytes] = {}
        for by_profile in renditions.values():
            for profile in profiles:
                if drawn := by_profile.get(profile.id):
                    picture = self.approver.fetch(f"/previews/{drawn['blob']}")
                    if drawn["kind"] == "slide":
                        slides.setdefault(profile.id, []).append(picture)
                    else:
                        strips[profile.id] = picture
        return Drawn(slides=slides, strips=strips)

    def approve(self, submission: str) -> int:
        seen = {"content_hash": self._submission(submission)["content_hash"]}
        click = now_ms()
        self.approver.send(f"/submissions/{submission}/approve", seen)
        return click

    def schedule(self, playlist: str, displays: Sequence[str], *, priority: int) -> None:
        today = datetime.now(self._zone).date()
        self.officer.send(
            "/schedule",
            {
                "playlist": playlist,
                "targets": [f"display:{display}" for display in displays],
                "first_date": today.isoformat(),
                "last_date": (today + timedelta(weeks=WEEKS)).isoformat(),
                "priority": priority,
            },
        )

    def write_alert(
        self, words: Words, displays: Sequence[str], *, until: int | None = None
    ) -> str:
        meant = _meant(words, displays, until or now_ms() + 30 * MINUTE)
        drafted = self.duty.send("/alerts", meant)
        return str(drafted["alert"]["id"])

    def alert_pages(self, alert: str, profiles: Sequence[Profile]) -> dict[str, list[bytes]]:
        read = self.duty.read(f"/alerts/{alert}")
        drawn = read["green" if read["state"] == "cleared" else "pages"]
        return {
            profile.id: [
                self.duty.fetch(f"/previews/{page['blob']}") for page in drawn.get(profile.id, [])
            ]
            for profile in profiles
        }

    def raise_alert(self, alert: str, *, screens: int) -> int:
        code = self._codes.next()
        click = now_ms()
        self.duty.send(f"/alerts/{alert}/raise", {"displays": screens, "code": code})
        return click

    def amend(self, alert: str, words: Words) -> int:
        running = self.duty.read(f"/alerts/{alert}")
        displays = [target.removeprefix("display:") for target in running["targets"]]
        meant = _meant(words, displays, running["expires_at"])
        revision = {"revision": running["revision"], "code": self._codes.next()}
        click = now_ms()
        self.duty.send(f"/alerts/{alert}", meant | revision, method="PUT")
        return click

    def all_clear(self, alert: str) -> int:
        code = self._codes.next()
        click = now_ms()
        self.duty.send(f"/alerts/{alert}/clear", {"code": code})
        return click

    def switch_off(self, display: str) -> int:
        held = {"kind": "blank", "targets": [f"display:{display}"], "until": now_ms() + HOUR}
        code = self._codes.next()
        click = now_ms()
        self.duty.send("/holds", held | {"code": code})
        return click

    def switch_on(self, display: str) -> int:
        target = f"display:{display}"
        (held,) = [one for one in self.duty.read("/holds") if one["targets"] == [target]]
        code = self._codes.next()
        click = now_ms()
        self.duty.send(f"/holds/{held['id']}/lift", {"code": code})
        return click

    def withdraw(self, submission: str, reason: str) -> int:
        click = now_ms()
        self.approver.send(f"/submissions/{submission}/withdraw", {"reason": reason})
        return click

    def _new_playlist(self, who: Program, title: str, displays: Sequence[str]) -> str:
        made = who.send("/playlists", {"title": title})
        playlist = str(made["draft"]["id"])
        self._change(who, playlist, "targets", {"displays": list(displays)}, method="PUT")
        return playlist

    def _submit(self, who: Program, playlist: str) -> str:
        version = who.read(f"/playlists/{playlist}")["version"]
        declared = {"version": version, "no_state_secret": True}
        return str(who.send(f"/playlists/{playlist}/submissions", declared)["id"])

    def _submission(self, submission: str) -> Any:
        return self.approver.read(f"/submissions/{submission}")

    def _change(
        self,
        who: Program,
        playlist: str,
        path: str,
        change: dict[str, Any],
        *,
        method: str = "POST",
    ) -> None:
        version = who.read(f"/playlists/{playlist}")["version"]
        who.send(f"/playlists/{playlist}/{path}", change | {"version": version}, method=method)


def _meant(words: Words, displays: Sequence[str], until: int) -> dict[str, Any]:
    return {
        "words": {
            "headline": words.headline,
            "area": words.area,
            "body": words.body,
            "sender": words.sender,
            "level": words.level,
        },
        "targets": [f"display:{display}" for display in displays],
        "until": until,
    }
