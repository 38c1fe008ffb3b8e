"""The whole story in order: from an upload to the glass, an override, an outage, a withdrawal."""

from collections.abc import Callable
from pathlib import Path

from signage.demo.journey.city import City
from signage.demo.journey.hands import Hands
from signage.demo.journey.people import People
from signage.demo.journey.publishing import publish


def tell(city: City, choose: Callable[[People], Hands], folder: Path) -> None:
    """Take the journey with the hands that `choose` picks; raises at the first wrong picture."""
    people = People(city.installation)
    try:
        hands = choose(people)
        publish(city, people, hands, folder)
    finally:
        people.close()
