"""Rows of displays, of the profiles that describe them and of the sites where they stand."""

from collections.abc import Collection
from typing import Any

import msgspec
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Integer,
    RowMapping,
    Table,
    Text,
    insert,
    select,
)

from signage.domain.display import MAX_PROFILES, Dimming, Display, Profile, Site
from signage.domain.names import NotFound
from signage.domain.sentences import N_, Refused
from signage.store.documents import from_text, to_text
from signage.store.rows import Rows
from signage.store.schema import Json, Millis, metadata

profiles = Table(
    "profiles",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("traffic", Boolean, nullable=False),
    Column("pitch_um", Integer, nullable=False),
    Column("viewing_cm", Integer, nullable=False),
    Column("languages", Json, nullable=False),
    Column("sound", Boolean, nullable=False),
)

sites = Table(
    "sites",
    metadata,
    Column("id", Text, primary_key=True),
    Column("unit", Text, ForeignKey("units.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("latitude_e6", BigInteger, nullable=False),
    Column("longitude_e6", BigInteger, nullable=False),
    Column("has_loudspeaker", Boolean, nullable=False),
)

displays = Table(
    "displays",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("site", Text, ForeignKey("sites.id"), nullable=False),
    Column("unit", Text, ForeignKey("units.id"), nullable=False, index=True),
    Column("profile", Text, ForeignKey("profiles.id"), nullable=False),
    Column("tags", Json, nullable=False),
    Column("player_key", Text),
    Column("retired_at", Millis),
    Column("dimming", Json, nullable=False),
)


class Profiles:
    """Kinds of display. A profile never changes: approved pictures were drawn for it."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def all(self) -> list[Profile]:
        """Return every profile, by id."""
        return [_profile(row) for row in self._rows.all(select(profiles).order_by(profiles.c.id))]

    def by_id(self) -> dict[str, Profile]:
        """Return every profile by its id."""
        return {profile.id: profile for profile in self.all()}

    def get(self, profile_id: str) -> Profile:
        """Return one profile; raises NotFound."""
        row = self._rows.first(select(profiles).where(profiles.c.id == profile_id))
        if row is None:
            raise NotFound(N_("Không có loại màn hình này. Hãy chọn loại khác."), field="profile")
        return _profile(row)

    def add(self, profile: Profile) -> None:
        """Add a profile; the very same again changes nothing, another one of that id is refused."""
        known = self.by_id()
        if profile.id not in known:
            if len(known) >= MAX_PROFILES:
                raise Refused(
                    N_("Đã đủ {limit} loại màn hình. Hãy dùng một loại có sẵn."), limit=MAX_PROFILES
                )
            values = msgspec.structs.asdict(profile)
            values["languages"] = to_text(profile.languages)
            self._rows.write(insert(profiles).values(**values))
        elif known[profile.id] != profile:
            raise Refused(
                N_("Loại màn hình “{id}” không thể sửa. Hãy tạo loại mới với mã khác."),
                field="id",
                id=profile.id,
            )


class Sites:
    """Places with displays."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def all(self) -> list[Site]:
        """Return every site, by name."""
        return [Site(**row) for row in self._rows.all(select(sites).order_by(sites.c.name))]

    def get(self, site_id: str) -> Site:
        """Return one site; raises NotFound."""
        row = self._rows.first(select(sites).where(sites.c.id == site_id))
        if row is None:
            raise NotFound(N_("Không có điểm đặt này. Hãy chọn điểm khác."), field="site")
        return Site(**row)

    def save(self, site: Site) -> None:
        """Add or change a site."""
        values = msgspec.structs.asdict(site)
        self._rows.save(sites, {"id": values.pop("id")}, values)


class Displays:
    """Surfaces that the public sees."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def all(self, *, retired: bool = False) -> list[Display]:
        """Return the displays in use, or with `retired` all there ever were, by id."""
        found = select(displays).order_by(displays.c.id)
        if not retired:
            found = found.where(displays.c.retired_at.is_(None))
        return [_display(row) for row in self._rows.all(found)]

    def named(self, display_ids: Collection[str]) -> list[Display]:
        """Return those of these displays that there are, retired or not."""
        found = select(displays).where(displays.c.id.in_(display_ids)).order_by(displays.c.id)
        return [_display(row) for row in self._rows.all(found)]

    def get(self, display_id: str) -> Display:
        """Return one display, retired or not; raises NotFound."""
        row = self._rows.first(select(displays).where(displays.c.id == display_id))
        if row is None:
            raise NotFound(N_("Không có màn hình này. Hãy chọn màn hình khác."), field="display")
        return _display(row)

    def save(self, display: Display) -> None:
        """Add or change a display."""
        values = msgspec.structs.asdict(display)
        values |= {"tags": to_text(display.tags), "dimming": to_text(display.dimming)}
        self._rows.save(displays, {"id": values.pop("id")}, values)


def _profile(row: RowMapping) -> Profile:
    return Profile(**_with_list(row, "languages"))


def _display(row: RowMapping) -> Display:
    fields = _with_list(row, "tags")
    return Display(**fields | {"dimming": from_text(row["dimming"], Dimming)})


def _with_list(row: RowMapping, column: str) -> dict[str, Any]:
    return {**row, column: from_text(row[column], list[str])}
