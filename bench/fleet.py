"""An alert among 218 players on Mosquitto: from the click to the last that verified it, to glass.

Worker and sealer are the real processes, the click is confirmed by a code that the sealer checks;
three real players stand beside the simulated ones. Needs Mosquitto (`apt install mosquitto`).
ALERTS=n in the environment makes it shorter or longer than 300 alerts of each kind.
"""

import os
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bench import _polling_peer
from bench._fleet_city import CROWDS, City, living
from bench._fleet_officer import GREEN_MS, Officer
from bench._slow_line import SlowLine
from bench.publishing import DISPLAYS

ALERTS = int(os.environ.get("ALERTS", "300"))
BURST = 40
RETURNS = min(ALERTS, 10)
REST_SECONDS = 0.3
"""Between a click and the next: an officer's click meets a controller that is done with the one
before, not one that still tells the database of it."""
SLOW_BITS = 64_000
SLOW = "man-hinh-1"
"""An LED board at the end of a slow line."""
SLOW_REST_SECONDS = 3.0
"""Until the green page has come through, so that the next alert has the line for itself."""


@dataclass
class Times:
    """Of one alert, in ms from the click."""

    answered: float
    last: float
    glass: float
    cleared: float
    gone: float


def run() -> list[dict[str, Any]]:
    """Milliseconds; armed: the pages had come before, typed: they are pushed with the set."""
    with living() as city:
        city.populate()
        officer = Officer(city)
        for _ in range(3):  # whoever starts is slow
            _one(city, officer, armed=True)
        armed = [_one(city, officer, armed=True) for _ in range(ALERTS)]
        typed = [_one(city, officer, armed=False) for _ in range(ALERTS)]
        back = [_return(city, officer) for _ in range(RETURNS)]
        slow = _slow(city, officer)
        burst = _burst(city, officer)
    peer = _polling_peer.milliseconds_to_the_last(DISPLAYS)
    return [
        *_rows("armed, click → sealer has answered", [one.answered for one in armed]),
        *_rows(f"armed, click → last of {DISPLAYS} verified", [one.last for one in armed]),
        *_rows("armed, click → presented by the last of 3 real", [one.glass for one in armed]),
        *_rows(f"typed, click → last of {DISPLAYS} verified", [one.last for one in typed]),
        *_rows("typed, click → presented by the last of 3 real", [one.glass for one in typed]),
        *_rows(f"all clear, click → last of {DISPLAYS}", [one.cleared for one in armed + typed]),
        *_rows("all clear, click → off the glass of 3 real", [one.gone for one in armed + typed]),
        *_rows(f"{CROWDS['outlying']} were off, back on line → the last has it", back),
        *_rows(f"armed, over a line of {SLOW_BITS // 1000} kbit/s → presented", slow),
        _row(f"a burst of {BURST} alerts until the last has all", burst),
        *(_beside(peer, [one.last for one in armed]) if peer else []),
    ]


def _one(city: City, officer: Officer, *, armed: bool) -> Times:
    drafted = officer.drafts()
    mark, over = f"{drafted.alert.id}.1", f"{drafted.alert.id}.2"
    if armed:
        officer.arms(drafted)
    time.sleep(REST_SECONDS)
    clicked = officer.confirms(drafted)
    answered = officer.answered
    last, glass = city.last_of(mark), city.shown_on(mark)
    time.sleep(REST_SECONDS)
    cleared = officer.clears(drafted)
    green, gone = city.last_of(over), city.shown_on(over)
    return Times(
        answered=answered / 1e6,
        last=(last - clicked) / 1e6,
        glass=(glass - clicked) / 1e6,
        cleared=(green - cleared) / 1e6,
        gone=(gone - cleared) / 1e6,
    )


def _return(city: City, officer: Officer) -> float:
    """Twenty are off when an alert is raised; from their connecting until the last has it."""
    city.end_crowd("outlying")
    drafted = officer.drafts()
    officer.arms(drafted)
    officer.confirms(drafted)
    city.last_of(f"{drafted.alert.id}.1", crowds=len(CROWDS) - 1)
    began = city.start_crowd("outlying")
    back = city.last_of(f"{drafted.alert.id}.1", crowds=1)
    officer.clears(drafted)
    city.last_of(f"{drafted.alert.id}.2")
    return (back - began) / 1e6


def _slow(city: City, officer: Officer) -> list[float]:
    """An alert for a real player behind a line of 64 kbit/s; its pages have come ahead."""
    line = SlowLine(city.settings.broker_port, bits=SLOW_BITS)
    city.start_player(SLOW, line.port)
    took = []
    for _ in range(RETURNS):
        drafted = officer.drafts()
        officer.arms(drafted, displays=(SLOW,))
        clicked = officer.confirms(drafted)
        took.append((city.shown_on(f"{drafted.alert.id}.1", [SLOW]) - clicked) / 1e6)
        officer.clears(drafted)
        city.last_of(f"{drafted.alert.id}.2")
        time.sleep(SLOW_REST_SECONDS)
    line.close()
    return took


def _burst(city: City, officer: Officer) -> float:
    """As many alerts as players take, one click after the other, until the last has all."""
    time.sleep(GREEN_MS / 1000 + 1)  # the green pages of the ones before go
    drafted = [officer.drafts() for _ in range(BURST)]
    clicks = [officer.confirms(one) for one in drafted]
    return (max(city.last_of(f"{one.alert.id}.1") for one in drafted) - clicks[0]) / 1e6


def _beside(peer: Sequence[float], ours: Sequence[float]) -> list[dict[str, Any]]:
    """The same among clients that poll, and how many times as long it takes."""
    name, metric = "libresignage 0.9.0", f"click → last of {DISPLAYS} that poll every 2 s"
    middle = statistics.median(peer)
    return [
        _row(f"{metric}, p50 of {len(peer)}", middle, peer=name),
        _row(f"{metric}, worst", max(peer), peer=name),
        _row("the same as a multiple of ours, p50", middle / _p(ours, 50), "times", peer=name),
    ]


def _p(values: Sequence[float], percent: int) -> float:
    if percent == 50:
        return statistics.median(values)
    return sorted(values)[min(len(values) - 1, int(len(values) * percent / 100))]


def _rows(metric: str, values: Sequence[float]) -> list[dict[str, Any]]:
    of = f"of {len(values)}"
    return [_row(f"{metric}, p{percent} {of}", _p(values, percent)) for percent in (50, 99)]


def _row(metric: str, value: float, unit: str = "ms", peer: str | None = None) -> dict[str, Any]:
    return {
        "bench": "fleet", "metric": metric, "value": round(value, 1), "unit": unit, "peer": peer
    }  # fmt: skip
