"""Drills: how an alert would look and whom it would reach, marked as an exercise throughout."""

from enum import StrEnum

import msgspec

from players.contract.limits import DAY, HOUR, MAX_ALERT_LIFE
from signage.domain.alert import MIN_ALERT_LIFE, AlertWords, Pages
from signage.domain.sentences import N_, Refused

MAX_DRILL_LIFE = 4 * HOUR
MAX_DAYS_AHEAD = 60
MARK = "DIỄN TẬP: "
"""Stands before the headline of a drill wherever it goes without its picture."""


class DrillState(StrEnum):
    """Where a drill stands. PLANNED: sealed, begins and ends by itself. ENDED: stopped early."""

    DRAFT = "draft"
    PLANNED = "planned"
    ENDED = "ended"


class Drill(msgspec.Struct, frozen=True, kw_only=True):
    """A drill with the pages that were seen when it was confirmed; times are UTC ms.

    It is no alert and never becomes one: kept in a place of its own, sealed with a key of its own.
    `plain` are the profiles whose own pages could not be drawn; `drawn_until` is the end that is
    written in the pictures. `outside`: by another controller.
    """

    id: str
    state: DrillState
    words: AlertWords
    targets: list[str]
    begins_at: int
    expires_at: int
    pages: Pages
    drawn_until: int = 0
    created_by: str
    created_at: int
    plain: list[str] = []
    ended_at: int | None = None
    outside: bool = False

    def is_over(self, at: int) -> bool:
        """Say whether nothing of it may be on a display at `at`, now or later."""
        return self.state is not DrillState.PLANNED or at >= self.expires_at

    def is_running(self, at: int) -> bool:
        """Say whether it is on the displays at `at`."""
        return not self.is_over(at) and at >= self.begins_at

    def planned(self, *, at: int) -> "Drill":
        """Return it in force, or raise Refused when it is no draft any more.

        One whose beginning has come while it was looked at begins now and lasts as long.
        """
        if self.state is not DrillState.DRAFT:
            raise Refused(N_("Buổi diễn tập này đã được đặt. Hãy mở trang của nó để xem."))
        late = max(0, at - self.begins_at)
        return msgspec.structs.replace(
            self,
            state=DrillState.PLANNED,
            begins_at=self.begins_at + late,
            expires_at=self.expires_at + late,
        )

    def ended(self, *, at: int) -> "Drill":
        """Return it stopped, or raise Refused when it is over already."""
        if self.is_over(at):
            raise Refused(N_("Buổi diễn tập này đã kết thúc. Báo cáo ở ngay trang này."))
        return msgspec.structs.replace(self, state=DrillState.ENDED, ended_at=at)


def checked_hours(begins_at: int, expires_at: int, *, at: int) -> None:
    """Raise Refused when a drill would begin too far ahead, or last too short or too long."""
    if begins_at > at + MAX_DAYS_AHEAD * DAY or begins_at < at - HOUR:
        raise Refused(
            N_("Giờ bắt đầu phải từ bây giờ đến {days} ngày tới. Hãy chọn lại."),
            field="begins",
            days=MAX_DAYS_AHEAD,
        )
    if not MIN_ALERT_LIFE <= expires_at - begins_at <= min(MAX_DRILL_LIFE, MAX_ALERT_LIFE):
        raise Refused(
            N_("Buổi diễn tập kéo dài tối đa {hours} giờ. Hãy chọn lại thời gian."),
            field="lasting",
            hours=MAX_DRILL_LIFE // HOUR,
        )
