"""The whole story: from an upload to the glass, an override, a hold, an outage, a withdrawal."""

from collections.abc import Callable
from pathlib import Path

from signage.demo.journey.alerting import override
from signage.demo.journey.city import City
from signage.demo.journey.evidence import prove
from signage.demo.journey.forgeries import attack, manifests
from signage.demo.journey.hands import Hands
from signage.demo.journey.holding import hold
from signage.demo.journey.outage import endure
from signage.demo.journey.people import People
from signage.demo.journey.publishing import publish
from signage.demo.journey.withdrawal import take_off


def tell(city: City, choose: Callable[[People], Hands], folder: Path) -> None:
    """Take the journey with the hands that `choose` picks; raises at the first wrong picture."""
    people = People(city.installation)
    try:
        hands = choose(people)
        older = manifests(people, city)
        on_air = publish(city, people, hands, folder)
        override(city, people, hands, on_air)
        hold(city, hands, on_air)
        until = endure(city, people, on_air)
        attack(city, people, on_air, older)
        prove(city, people, until)
        take_off(city, hands, on_air)
    finally:
        people.close()
