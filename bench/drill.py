"""A full drill of the city: 218 players, of which some are off; it ends by itself and is reported.

Three are real processes; the others seal what they show with keys of their own. The report is
written as CSV and PDF into the folder that DRILL_REPORT names (default `.setup/drill`).
"""

import csv
import io
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from bench._fleet_city import FLEET, REAL, City, living
from bench._fleet_officer import Officer
from bench.publishing import DISPLAYS, DUTY, PLEIKU
from players.contract.limits import SECOND
from players.contract.signature import encoded
from signage.clock import now_ms
from signage.domain.alert import AlertWords
from signage.domain.drill import Drill
from signage.workflows.sets import drill_paper, drilling

OFF, LATE = 8, 4
"""Players that are off all the time, and that come on line while the drill runs."""
LASTS = 40 * SECOND
LATE_SECONDS = 10.0
REPORT = Path(os.environ.get("DRILL_REPORT", ".setup/drill"))
WORDS = AlertWords(
    headline="Lũ quét trên suối Hội Phú",
    body="Di chuyển ngay đến nhà văn hóa gần nhất, mang theo nước và thuốc.",
    area="Toàn thành phố",
    sender="Ban chỉ huy Phòng thủ dân sự Pleiku",
    level=3,
)


def run() -> list[dict[str, Any]]:
    """How many displays showed it, after how long, and what the report says of it."""
    with living() as city:
        told = _settle(city)
        late, speaking = told[OFF : OFF + LATE], told[OFF + LATE :]
        crowds = [_start(city, "speaking", speaking)]
        for display in REAL:
            city.start_player(display, city.settings.broker_port)
        drill = _begin(city)
        time.sleep(LATE_SECONDS)
        crowds.append(_start(city, "late", late))
        while now_ms() < drill.expires_at + 3 * SECOND:
            time.sleep(0.2)
        rows = drilling.report(city.store, drill, by=DUTY)
        left = _still_drilling(city)
        _write(city, drill, rows)
        for crowd in crowds:
            crowd.kill()
            crowd.wait(10)
    took = sorted(one.took_ms for one in rows if one.took_ms is not None)
    in_time = took[: DISPLAYS - OFF - LATE]
    return [
        _row(f"displays that showed it, of {DISPLAYS} with {OFF} off", len(took), "displays"),
        _row("displays that showed it after its end", left, "displays"),
        _row("beginning → half of those on line", statistics.median(in_time), "ms"),
        _row("beginning → last of those on line", in_time[-1], "ms"),
        _row("beginning → last of those that came on line during it", took[-1], "ms"),
    ]


def _settle(city: City) -> list[dict[str, str]]:
    """A key for each player that is not a real one; the displays stand in the database with it."""
    told = []
    with city.store.transaction():
        for display in city.store.displays.all():
            if display.id not in REAL:
                key = Ed25519PrivateKey.generate()
                paired = msgspec.structs.replace(display, player_key=encoded(key.public_key()))
                city.store.displays.save(paired)
                raw = key.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption()).hex()
                told.append({"display": display.id, "profile": display.profile, "key": raw})
    return told


def _start(city: City, name: str, told: list[dict[str, str]]) -> subprocess.Popen[str]:
    file = city.folder / f"{name}.json"
    file.write_text(json.dumps(told))
    settings = city.settings
    where = [settings.broker_host, str(settings.broker_port), FLEET, str(city.files.folder)]
    crowd = subprocess.Popen(
        [sys.executable, "-m", "bench._drill_players", *where, str(file)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert crowd.stdout is not None
    if crowd.stdout.readline().strip() != "ready":
        raise RuntimeError("the simulated players did not start")
    return crowd


def _begin(city: City) -> Drill:
    """Plan a drill that begins now, as the officer does who confirms it by a code."""
    at = now_ms()
    drafted = drilling.draft(
        city.store, WORDS, targets=["all"], begins_at=at, expires_at=at + LASTS, by=DUTY, at=at
    )
    authorise = Officer(city).for_sets()
    return drilling.plan(city.store, drafted.id, authorise=authorise, by=DUTY, at=now_ms())


def _still_drilling(city: City) -> int:
    statuses = city.store.reports.statuses().values()
    return sum(
        one.status.showing is not None and one.status.showing.source == "drill" for one in statuses
    )


def _write(city: City, drill: Drill, rows: list[drilling.Shown]) -> None:
    units = city.store.units.by_id()
    REPORT.mkdir(parents=True, exist_ok=True)
    table = drilling.as_csv(drill, rows)
    (REPORT / "drill.csv").write_text(table, encoding="utf-8-sig")
    if len(list(csv.reader(io.StringIO(table)))) != DISPLAYS + 1:
        raise RuntimeError("the report leaves displays out")
    paper = drill_paper.as_pdf(
        drill,
        rows,
        by=DUTY.name,
        say=str,
        unit_name=lambda unit: units[unit].name,
        zone=PLEIKU,
        at=now_ms(),
        foot="Bảng tin Pleiku",
    )
    (REPORT / "drill.pdf").write_bytes(paper)


def _row(metric: str, value: float, unit: str) -> dict[str, Any]:
    return {
        "bench": "drill", "metric": metric, "value": round(value, 1), "unit": unit, "peer": None
    }  # fmt: skip
