"""One click takes a wrong item off every display, and it does not come back."""

from signage.demo.journey.city import City
from signage.demo.journey.hands import Hands
from signage.demo.journey.publishing import OnAir
from signage.demo.journey.watch import NotOnGlass

PATIENCE = 15.0
LOOK_SECONDS = 1.0


def take_off(city: City, hands: Hands, on_air: OnAir) -> None:
    """Withdraw what is on air; raises while any display shows it still, or again."""
    city.say("withdraw")
    displays = list(city.profiles)
    click = hands.withdraw(on_air.submission, "Sai giờ tiêm chủng")
    gone = city.watch.wait_until_gone(displays, on_air.names, seconds=PATIENCE, step="withdraw")
    city.timeline.note_each("withdraw click → gone from the glass", gone, since=click)
    since = city.watch.marks()
    city.watch.look_on(LOOK_SECONDS)
    for display in displays:
        for _, names in city.watch.shown(display, after=since[display]):
            if not names.isdisjoint(on_air.names):
                raise NotOnGlass(f"{display} shows again what was withdrawn: {', '.join(names)}")
