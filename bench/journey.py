"""The demo as a whole: alert and approval from the click to the glass, and what idling costs."""

import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import psutil

from signage.demo.children import Child
from signage.demo.journey.alerting import FLOOD, first_pages, learn_pages
from signage.demo.journey.city import GREEN_SECONDS, City
from signage.demo.journey.glass import View
from signage.demo.journey.hands import Hands
from signage.demo.journey.people import People

ALERTS = 25
APPROVALS = 8
IDLE_SECONDS = 15.0
SETTLE_SECONDS = 5.0
PATIENCE = 20.0

Row = tuple[str, float, str]


def run() -> list[dict[str, Any]]:
    """Milliseconds over all three players, percent of one core, megabytes."""
    with living() as (city, people):
        results = alerts(city, people.at_pages) + approvals(city, people) + idling(city)
    return [
        {"bench": "journey", "metric": metric, "value": value, "unit": unit, "peer": None}
        for metric, value, unit in results
    ]


@contextmanager
def living() -> Iterator[tuple[City, People]]:
    with tempfile.TemporaryDirectory() as folder:
        city = City(Path(folder), say=lambda _: None)
        try:
            city.start()
            people = People(city.installation)
            yield city, people
            people.close()
        finally:
            city.end()


def alerts(city: City, hands: Hands) -> list[Row]:
    """An alert is drafted, then confirmed on the page: the click is the confirmation."""
    took = []
    for number in range(ALERTS):
        words = msgspec.structs.replace(FLOOD, headline=f"Lũ trên sông Ba, tin số {number + 1}")
        alert = hands.write_alert(words, list(city.profiles))
        pages = hands.alert_pages(alert, city.kinds())
        names = learn_pages(city, f"alert {number}", pages)
        since = city.watch.marks()
        click = hands.raise_alert(alert, screens=len(names))
        came = city.watch.wait_for(first_pages(names), since=since, seconds=PATIENCE, step="alert")
        took += [at - click for at in came.values()]
        hands.all_clear(alert)
    return told("alert click → on glass", took)


def approvals(city: City, people: People) -> list[Row]:
    """A changed slide is submitted and approved: the click is the approval."""
    hands, took = people.by_programs, []
    time.sleep(GREEN_SECONDS)  # the green page of the last alert
    playlist = hands.new_playlist("Đo thời gian", list(city.profiles))
    hands.add_slide(playlist, "slogan", {"text": "Tin số 0"}, seconds=10)
    hands.schedule(playlist, list(city.profiles), priority=9)
    for number in range(APPROVALS):
        hands.change_slide(playlist, 0, {"text": f"Tin số {number + 1}"})
        submission = hands.submit(playlist)
        name = f"news {number}"
        for display, profile in city.profiles.items():
            [picture] = hands.review(submission, [profile]).slides[profile.id]
            city.watch.learn(display, View(name=name, picture=picture))
        since = city.watch.marks()
        click = hands.approve(submission)
        wanted = {display: [name] for display in city.profiles}
        came = city.watch.wait_for(wanted, since=since, seconds=PATIENCE, step="approval")
        took += [at - click for at in came.values()]
    return told("approve click → on glass", took)


def told(what: str, took: list[int]) -> list[Row]:
    ranked = sorted(took)
    return [
        (f"{what}, median of {len(took)}", statistics.median(ranked), "ms"),
        (f"{what}, p95", ranked[int(0.95 * (len(ranked) - 1))], "ms"),
        (f"{what}, worst", ranked[-1], "ms"),
    ]


def idling(city: City) -> list[Row]:
    """Everything runs, nobody does anything; the players change still slides every few seconds."""
    time.sleep(SETTLE_SECONDS)
    families = {child.name: family(child) for child in city.household.all()}
    before = {name: seconds(processes) for name, processes in families.items()}
    time.sleep(IDLE_SECONDS)
    rows: list[Row] = []
    for name, processes in families.items():
        used = 100 * (seconds(processes) - before[name]) / IDLE_SECONDS
        # What two processes share counts half in each: web is a parent and a child.
        memory = sum(process.memory_full_info().pss for process in processes) / 1e6
        rows += [(f"{name}, idle", used, "% of a core"), (f"{name}, memory", memory, "MB")]
    return rows


def family(child: Child) -> list[psutil.Process]:
    head = psutil.Process(child.pid)
    return [head, *head.children(recursive=True)]


def seconds(processes: list[psutil.Process]) -> float:
    return sum(sum(process.cpu_times()[:2]) for process in processes)
