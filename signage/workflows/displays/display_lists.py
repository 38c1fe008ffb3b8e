"""Displays from a list: a CSV file that brings many sites and displays into use, all or none."""

import csv
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path

from signage.domain.display import Display, Site
from signage.domain.people import User
from signage.domain.sentences import N_, Refused
from signage.store import Store
from signage.workflows.displays.provisioning import register_within, save_site_within

COLUMNS = ("display", "name", "unit", "site", "site_name", "latitude", "longitude", "profile")
OPTIONAL = ("tags", "loudspeaker")
MAX_ROWS = 1000


def import_displays(store: Store, path: Path, *, by: User, at: int) -> list[Display]:
    """Register every row of the UTF-8 CSV file at `path`, or none; Refused names the line.

    Columns: display, name, unit, site, site_name, latitude, longitude, profile, and optionally
    tags (separated by blanks) and loudspeaker (1 or 0). Rows of one site may repeat it.
    """
    rows = _rows(path)
    registered = []
    with store.transaction():
        for number, row in rows:
            try:
                registered.append(_register(store, row, by=by, at=at))
            except Refused as refused:
                raise OnLine(number, refused) from refused
    return registered


class OnLine(Refused):
    """What is wrong with one line of a file."""

    def __init__(self, number: int, reason: Refused) -> None:
        super().__init__(N_("Dòng {line}: {reason}"), line=number, reason=reason.text())


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    try:
        # Excel writes a byte-order mark.
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
            if missing:
                raise Refused(
                    N_("Tệp thiếu cột: {columns}. Hãy thêm các cột này vào dòng đầu."),
                    columns=", ".join(missing),
                )
            rows = [(reader.line_num, _filled(row)) for row in reader]
    except (UnicodeDecodeError, csv.Error) as error:
        raise Refused(
            N_("Không đọc được tệp. Hãy lưu lại dưới dạng CSV, bảng mã UTF-8.")
        ) from error
    if len(rows) > MAX_ROWS:
        raise Refused(N_("Tệp có hơn {limit} dòng. Hãy chia làm nhiều tệp."), limit=MAX_ROWS)
    return rows


def _filled(row: Mapping[str | None, str | list[str] | None]) -> dict[str, str]:
    cells = {name: row.get(name) for name in (*COLUMNS, *OPTIONAL)}
    return {name: cell.strip() if isinstance(cell, str) else "" for name, cell in cells.items()}


def _register(store: Store, row: Mapping[str, str], *, by: User, at: int) -> Display:
    site = Site(
        id=row["site"],
        unit=row["unit"],
        name=row["site_name"],
        latitude_e6=_millionths(row["latitude"], "latitude"),
        longitude_e6=_millionths(row["longitude"], "longitude"),
        has_loudspeaker=row["loudspeaker"] == "1",
    )
    save_site_within(store, site, by=by, at=at)
    display = Display(
        id=row["display"],
        name=row["name"],
        site=site.id,
        unit=row["unit"],
        profile=row["profile"],
        tags=row["tags"].split(),
    )
    return register_within(store, display, by=by, at=at)


def _millionths(text: str, field: str) -> int:
    try:
        degrees = Decimal(text)
    except InvalidOperation:
        degrees = Decimal("NaN")
    if not degrees.is_finite() or abs(degrees) > 180:
        raise Refused(
            N_("“{text}” không phải là tọa độ. Hãy nhập số thập phân, ví dụ 13.98."),
            field=field,
            text=text[:20],
        )
    return int(degrees * 1_000_000)
