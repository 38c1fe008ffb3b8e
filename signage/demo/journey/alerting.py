"""An override: written, confirmed, alone on the glass, amended, all clear, schedule again."""

from collections.abc import Mapping, Sequence

from signage.demo.journey.city import GREEN_SECONDS, City
from signage.demo.journey.claims import NotSo, require
from signage.demo.journey.glass import View, moments
from signage.demo.journey.hands import Hands, Words
from signage.demo.journey.people import People
from signage.demo.journey.publishing import OnAir
from signage.demo.journey.wall import WallPage

FLOOD = Words(
    headline="Lũ khẩn cấp trên sông Ba",
    area="Phường Hội Phú",
    body="Rời khỏi vùng trũng ngay. Đến nhà văn hóa phường.",
    sender="UBND phường Hội Phú",
    level=3,
)
HIGHER = Words(
    headline="Lũ vượt báo động 3",
    area="Phường Hội Phú",
    body="Không qua cầu tràn. Gọi 114 khi cần cứu.",
    sender="UBND phường Hội Phú",
    level=4,
)
PATIENCE = 10.0
LOOK_SECONDS = 1.0

Names = dict[str, list[str]]
"""The views that may be on the glass, by display."""


def override(city: City, people: People, hands: Hands, on_air: OnAir) -> None:
    """Take over every glass and give it back."""
    city.say("write an alert and confirm it")
    displays = list(city.profiles)
    since = city.watch.marks()
    alert = hands.write_alert(FLOOD, displays)
    names = learn_pages(city, "alert", hands.alert_pages(alert, city.kinds()))
    scheduled = dict.fromkeys(displays, on_air.names)
    city.watch.nothing_but(scheduled, since=since, step="an alert that is only written")
    with people.at_wall() as wall:
        _raise(city, people, hands, wall, alert, names)
    city.say("amend it")
    names = _amend(city, hands, alert)
    city.watch.stays(
        {display: names[display] for display in displays}, seconds=LOOK_SECONDS, step="amended"
    )
    city.say("all clear")
    _all_clear(city, hands, alert, scheduled)


def learn_pages(city: City, what: str, pages: Mapping[str, Sequence[bytes]]) -> Names:
    """Make the pages of an alert known by names; returns the names for each display."""
    names: Names = {}
    for display, profile in city.profiles.items():
        drawn = pages[profile.id]
        require(bool(drawn), f"the {what} has no page on {profile.id}")
        for number, picture in enumerate(drawn, start=1):
            name = f"{what}, page {number}"
            names.setdefault(display, []).append(name)
            city.watch.learn(display, View(name=name, picture=picture))
    return names


def first_pages(names: Names) -> Names:
    """The page with which an alert begins, for each display."""
    return {display: pages[:1] for display, pages in names.items()}


def _raise(
    city: City, people: People, hands: Hands, wall: WallPage, alert: str, names: Names
) -> None:
    since = city.watch.marks()
    click = hands.raise_alert(alert, screens=len(names))
    came = city.watch.wait_for(first_pages(names), since=since, seconds=PATIENCE, step="alert")
    received = received_at(people, alert, revision=1, displays=list(names))
    city.timeline.note_each("alert click → received by the player", received, since=click)
    city.timeline.note_each("alert click → on glass", came, since=click)
    told = wall.wait_for(list(names), since=click, words=FLOOD.headline, seconds=PATIENCE)
    city.timeline.note_each("alert click → told on the wall page", told, since=click)
    city.watch.stays(names, seconds=LOOK_SECONDS, step="alert")


def received_at(
    people: People, alert: str, *, revision: int, displays: Sequence[str]
) -> dict[str, int]:
    """When each player says that the revision came to it (ms), as soon as all have said it."""
    found: dict[str, int] = {}
    for _ in moments(PATIENCE):
        for display in displays:
            for told in people.read(f"/displays/{display}/status")["alerts"]:
                if (told["id"], told["revision"]) == (alert, revision):
                    found[display] = int(told["received_at"])
        if len(found) == len(displays):
            return found
    raise NotSo(f"only {sorted(found)} of {sorted(displays)} say that the alert came to them")


def _amend(city: City, hands: Hands, alert: str) -> Names:
    since = city.watch.marks()
    click = hands.amend(alert, HIGHER)
    names = learn_pages(city, "amended alert", hands.alert_pages(alert, city.kinds()))
    came = city.watch.wait_for(first_pages(names), since=since, seconds=PATIENCE, step="amend")
    city.timeline.note_each("amend click → on glass", came, since=click)
    return names


def _all_clear(city: City, hands: Hands, alert: str, scheduled: Names) -> None:
    since = city.watch.marks()
    click = hands.all_clear(alert)
    green = learn_pages(city, "green page", hands.alert_pages(alert, city.kinds()))
    came = city.watch.wait_for(first_pages(green), since=since, seconds=PATIENCE, step="all clear")
    city.timeline.note_each("all clear click → green page", came, since=click)
    back = city.watch.wait_for(
        scheduled, since=since, seconds=GREEN_SECONDS + PATIENCE, step="schedule after all clear"
    )
    city.timeline.note_each("all clear click → schedule", back, since=click)
    allowed = {display: [*green[display], *scheduled[display]] for display in scheduled}
    city.watch.nothing_but(allowed, since=since, step="after the all clear")
