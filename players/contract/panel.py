"""When the panel behind a display is lit and how loud it is, in hours of the place."""

from collections.abc import Sequence
from typing import Annotated

from msgspec import Meta, Struct, field

from players.contract import limits
from players.contract.daypart import Daypart, Offset, occurrences

Percent = Annotated[int, Meta(ge=0, le=100)]
Dayparts = Annotated[list[Daypart], Meta(max_length=limits.MAX_DAYPARTS)]
EVER = ("0001-01-01", "9999-12-31")


class Loudness(Struct, frozen=True, kw_only=True):
    """Another volume in some hours."""

    dayparts: Annotated[list[Daypart], Meta(min_length=1, max_length=limits.MAX_DAYPARTS)]
    percent: Percent


class PanelHours(Struct, frozen=True, kw_only=True):
    """The hours in which the panel is lit, all when none is named; an alert always lights it.

    `volume` is that of its loudspeakers, of the first of `louder` whose hours it is, or left alone
    when None.
    """

    on: Dayparts = field(default_factory=list)
    volume: Percent | None = None
    louder: Annotated[list[Loudness], Meta(max_length=8)] = field(default_factory=list)

    def dark_at(self, moment: int, offsets: Sequence[Offset]) -> tuple[int, int] | None:
        """Since when and until when the panel is off at `moment`, as far as two days; or None."""
        spells = _spells(self.on, moment, offsets)
        if not self.on or any(starts <= moment < ends for starts, ends in spells):
            return None
        since = max((ends for _, ends in spells if ends <= moment), default=moment - limits.DAY)
        later = (starts for starts, _ in spells if starts > moment)
        return since, min(later, default=moment + limits.DAY)

    def changes_after(self, moment: int, offsets: Sequence[Offset]) -> list[int]:
        """When after `moment` the panel is lit, goes off or has another volume."""
        dayparts = [*self.on, *(part for louder in self.louder for part in louder.dayparts)]
        edges = (edge for spell in _spells(dayparts, moment, offsets) for edge in spell)
        return [edge for edge in edges if edge > moment]

    def volume_at(self, moment: int, offsets: Sequence[Offset]) -> int | None:
        """The volume due at `moment`."""
        for louder in self.louder:
            spells = _spells(louder.dayparts, moment, offsets)
            if any(starts <= moment < ends for starts, ends in spells):
                return louder.percent
        return self.volume


def _spells(
    dayparts: Sequence[Daypart], moment: int, offsets: Sequence[Offset]
) -> list[tuple[int, int]]:
    return [spell for daypart in dayparts for spell in occurrences(daypart, *EVER, moment, offsets)]
