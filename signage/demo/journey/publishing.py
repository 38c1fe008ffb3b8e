"""From the phone to the glass: upload, write, look, submit, approve; and an edit afterwards."""

from pathlib import Path

import msgspec

from signage.clock import now_ms
from signage.demo.journey.city import City
from signage.demo.journey.claims import require
from signage.demo.journey.glass import View
from signage.demo.journey.hands import Drawn, Hands
from signage.demo.journey.people import People
from signage.demo.journey.phone import take_picture
from signage.demo.journey.pictures import is_upright, size_of, tells_of_itself

TITLE = "Tin của phường"
NOTICE = {
    "title": "Tiêm chủng",
    "body": "Sáng thứ Ba, 24/11, tại trạm y tế.",
    "source": "Trạm y tế phường",
}
CHANGED = {"body": "Chiều thứ Tư, 25/11, tại trạm y tế."}
CAPTION = {"caption": "Biển Hồ buổi sáng", "source": "Xã Biển Hồ"}
TICKER = "Mời bà con đến nhà văn hóa phường tiêm chủng đúng giờ và mang theo sổ tiêm của trẻ."
OWN = "Nội dung của lãnh đạo"

SECONDS = 3
TOP_PRIORITY = 9
PATIENCE = 15.0


class OnAir(msgspec.Struct, frozen=True, kw_only=True):
    """What the journey put on air: its ids, and the names of its views by display."""

    playlist: str
    submission: str
    names: list[str]


def publish(city: City, people: People, hands: Hands, folder: Path) -> OnAir:
    """Take a picture and some words to the glass of every display."""
    city.say("upload, write and look")
    playlist = _write(city, people, hands, folder)
    seen = _look(city, hands, playlist)
    city.say("submit, schedule, approve")
    submission = _submit(city, hands, playlist, seen)
    names = _learn(city, seen)
    _approve(city, hands, submission, names)
    on_air = OnAir(playlist=playlist, submission=submission, names=names)
    _edit_afterwards(city, people, hands, on_air)
    return on_air


def _write(city: City, people: People, hands: Hands, folder: Path) -> str:
    photo = take_picture(folder / "IMG_20261123_073000.jpg")
    began = now_ms()
    picture = hands.upload(photo)
    city.timeline.note("upload of a 12 MP picture", now_ms() - began)
    clean = people.picture(picture)
    require(is_upright(clean), "the picture from the phone should stand upright; it does not")
    require(not tells_of_itself(clean), "the clean picture should have no EXIF; it has")
    began = now_ms()
    playlist = hands.new_playlist(TITLE, list(city.profiles))
    hands.add_slide(playlist, "notice", NOTICE, seconds=SECONDS)
    hands.add_slide(playlist, "photo", CAPTION, seconds=SECONDS, picture=picture)
    hands.add_ticker(playlist, TICKER)
    city.timeline.note("write two slides and a ticker", now_ms() - began)
    return playlist


def _look(city: City, hands: Hands, playlist: str) -> Drawn:
    """Look at the draft at the pixels of each profile."""
    began = now_ms()
    seen = hands.previews(playlist, city.kinds())
    city.timeline.note("previews on three profiles", now_ms() - began)
    for profile in city.kinds():
        slides = seen.slides.get(profile.id, [])
        require(len(slides) == 2, f"the preview on {profile.id} has {len(slides)} slides, not 2")
        band = size_of(seen.strips[profile.id])[1] if profile.id in seen.strips else 0
        # Nothing runs along a road: drivers would read it.
        require(bool(band) is not profile.traffic, f"ticker on {profile.id}: {band} px")
        for slide in slides:
            exact = (profile.width, profile.height - band)
            require(
                size_of(slide) == exact,
                f"the preview on {profile.id} has {size_of(slide)} px instead of {exact}",
            )
            require(not tells_of_itself(slide), f"a slide on {profile.id} carries metadata")
    return seen


def _submit(city: City, hands: Hands, playlist: str, seen: Drawn) -> str:
    began = now_ms()
    submission = hands.submit(playlist)
    city.timeline.note("submit", now_ms() - began)
    hands.schedule(playlist, list(city.profiles), priority=TOP_PRIORITY)
    reviewed = hands.review(submission, city.kinds())
    for profile in city.kinds():
        same = sorted(reviewed.slides[profile.id]) == sorted(seen.slides[profile.id])
        require(same, f"the approver should see what the officer saw on {profile.id}")
    return submission


def _learn(city: City, seen: Drawn) -> list[str]:
    names = []
    for number in range(2):
        name = f"slide {number + 1}"
        names.append(name)
        for display, profile in city.profiles.items():
            picture, strip = seen.slides[profile.id][number], seen.strips.get(profile.id)
            city.watch.learn(display, View(name=name, picture=picture, strip=strip))
    return names


def _approve(city: City, hands: Hands, submission: str, names: list[str]) -> None:
    refusal = hands.submit_own_and_approve(OWN, list(city.profiles))
    require("do chính" in refusal, f"approving one's own should be refused: {refusal[:200]}")
    for display in city.profiles:
        require(
            city.watch.now(display).isdisjoint(names),
            f"{display} shows what nobody has approved",
        )
    since = city.watch.marks()
    click = hands.approve(submission)
    city.timeline.note("approve", now_ms() - click)
    came = city.watch.wait_for(
        dict.fromkeys(city.profiles, names),
        since=since,
        seconds=PATIENCE,
        step="approved",
    )
    city.timeline.note_each("approve click → on glass", came, since=click)


def _edit_afterwards(city: City, people: People, hands: Hands, on_air: OnAir) -> None:
    """A later edit is a new hash and not on air; the approved one stays."""
    city.say("edit what is on air")
    before = people.read(f"/submissions/{on_air.submission}")
    since = city.watch.marks()
    hands.change_slide(on_air.playlist, 0, CHANGED)
    newer = hands.submit(on_air.playlist)
    hashes = {
        people.read(f"/submissions/{one}")["content_hash"] for one in (on_air.submission, newer)
    }
    require(len(hashes) == 2, "an edit should make another content hash; it is the same")
    for name in on_air.names:
        city.watch.wait_for(
            {display: [name] for display in city.profiles},
            since=since,
            seconds=2 * SECONDS + PATIENCE,
            step=f"{name} stays on air after the edit",
        )
    allowed = dict.fromkeys(city.profiles, on_air.names)
    city.watch.nothing_but(allowed, since=since, step="an edit that nobody approved")
    after = people.read(f"/submissions/{on_air.submission}")
    require(after == before, "the approved submission should stay as it is")
