"""Arrangements: into which zones a playlist divides the glass, and how its slides give way."""

from collections.abc import Mapping

import msgspec

from players.contract.playlist import CUT, TRANSITIONS
from players.contract.types import Area
from signage.domain.display import Profile
from signage.domain.finding import Finding
from signage.domain.sentences import N_, Refused

MAIN, SIDE, HEADER = "main", "side", "header"

ARRANGEMENTS: dict[str, tuple[str, ...]] = {
    "full": (MAIN,),
    "side": (MAIN, SIDE),
    "header": (MAIN, HEADER),
}
"""The zones of each arrangement; the ticker's band lies below all of them."""

HOW_SLIDES_COME = (CUT, *TRANSITIONS)

SIDE_SHARE = 30
"""Percent of the glass that the zone at the side takes."""

MAX_HEADER_LETTERS = 80


class Staging(msgspec.Struct, frozen=True, kw_only=True):
    """How a playlist stands on the glass: an arrangement, a transition, what the header says."""

    arrangement: str = "full"
    transition: str = CUT
    header: str = ""

    @property
    def zones(self) -> tuple[str, ...]:
        """The zones in the order of ARRANGEMENTS, the slides' own first."""
        return ARRANGEMENTS[self.arrangement]


def checked_staging(staging: Staging) -> Staging:
    """Return `staging`, or raise Refused for what there is not and for a header without words."""
    if staging.arrangement not in ARRANGEMENTS:
        raise Refused(N_("Không có cách chia màn hình này. Hãy chọn lại."), field="arrangement")
    if staging.transition not in HOW_SLIDES_COME:
        raise Refused(N_("Không có kiểu chuyển trang này. Hãy chọn lại."), field="transition")
    if HEADER in staging.zones and not staging.header:
        raise Refused(N_("Hãy nhập tên hiện ở đầu màn hình, ví dụ tên cơ quan."), field="header")
    if len(staging.header) > MAX_HEADER_LETTERS:
        raise Refused(
            N_("Dòng đầu màn hình tối đa {limit} ký tự. Hãy rút ngắn."),
            field="header",
            limit=MAX_HEADER_LETTERS,
        )
    return staging


def cuts_at_roads(profile: Profile) -> Finding:
    """Return what to tell of slides that would move in and out beside a road."""
    return Finding(
        code="motion",
        severity="note",
        msgid=N_("“{name}” ở cạnh đường giao thông nên các trang đổi ngay, không có hiệu ứng."),
        params={"name": profile.name},
        profile=profile.id,
    )


def sizes_of(
    arrangement: str, glass: tuple[int, int], *, band: int, head: int
) -> dict[str, tuple[int, int]]:
    """Return width and height in px of each zone of a `glass`.

    `band` px below are the ticker's, `head` px above the header's. The zone at the side is a column
    at the right; on an upright glass it is a row at the foot.
    """
    width, height = glass[0], glass[1] - band
    if arrangement == "header":
        return {MAIN: (width, height - head), HEADER: (width, head)}
    if arrangement == "side" and width >= height:
        column = width * SIDE_SHARE // 100 // 2 * 2
        return {MAIN: (width - column, height), SIDE: (column, height)}
    if arrangement == "side":
        row = height * SIDE_SHARE // 100 // 2 * 2
        return {MAIN: (width, height - row), SIDE: (width, row)}
    return {MAIN: (width, height)}


def areas_of(sizes: Mapping[str, tuple[int, int]]) -> dict[str, Area]:
    """Return where zones of these sizes stand on the glass; those of one arrangement."""
    width, height = sizes.get(MAIN, (0, 0))
    head = sizes[HEADER][1] if HEADER in sizes else 0
    corners = {MAIN: (0, head), HEADER: (0, 0), SIDE: (0, height)}
    if SIDE in sizes and sizes[SIDE][1] == height:
        corners[SIDE] = (width, 0)
    return {
        zone: Area(x=corners[zone][0], y=corners[zone][1], width=size[0], height=size[1])
        for zone, size in sizes.items()
    }
