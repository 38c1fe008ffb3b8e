"""A display is switched off with an officer's own code; rows of the database switch off none."""

import io

from PIL import Image

from players.contract.limits import HOUR
from signage.clock import now_ms
from signage.demo.journey.city import City
from signage.demo.journey.claims import NotSo
from signage.demo.journey.glass import View, moments
from signage.demo.journey.hands import Hands
from signage.demo.journey.publishing import OnAir
from signage.domain.alert import EVERYTHING
from signage.domain.hold import Hold, HoldKind
from signage.store import Store

PATIENCE = 10.0
LOOK_SECONDS = 1.5
DARK = "dark"


def hold(city: City, hands: Hands, on_air: OnAir) -> None:
    """Switch one display off and on again; in between somebody writes holds into the database."""
    city.say("switch a display off, forge holds in the database, switch it on")
    held, *others = city.profiles
    city.watch.learn(held, View(name=DARK, picture=_dark(city.profiles[held].size)))
    since = city.watch.marks()
    click = hands.switch_off(held)
    came = city.watch.wait_for({held: [DARK]}, since=since, seconds=PATIENCE, step="hold")
    city.timeline.note_each("switch off click → dark", came, since=click)
    _forge(city)
    allowed = {held: [DARK], **dict.fromkeys(others, on_air.names)}
    city.watch.stays(allowed, seconds=LOOK_SECONDS, step="after forged holds")
    since = city.watch.marks()
    click = hands.switch_on(held)
    back = city.watch.wait_for(
        {held: on_air.names}, since=since, seconds=PATIENCE, step="schedule after a hold"
    )
    city.timeline.note_each("switch on click → schedule", back, since=click)


def _forge(city: City) -> None:
    """Write what would darken the whole city, and wait until the sealer has said what it found."""
    at = now_ms()
    hoax = Hold(
        id="hoax",
        revision=1,
        kind=HoldKind.BLANK,
        targets=[EVERYTHING],
        begins_at=at,
        expires_at=at + HOUR,
        why="",
        created_by="nobody",
        created_at=at,
    )
    store = Store.open(city.settings.database_url, city.settings.media_root)
    try:
        with store.transaction():
            store.holds.save(hoax)
        for _ in moments(PATIENCE):
            if store.audit.page(subject=f"hold:{hoax.id}"):
                return
        raise NotSo("the sealer should say in the log that nobody authorised the forged hold")
    finally:
        store.close()


def _dark(size: tuple[int, int]) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size).save(file, "PNG")
    return file.getvalue()
