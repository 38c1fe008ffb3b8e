"""Holds: displays kept dark, on the safe slide or in a meeting until a moment, or until lifted."""

from enum import StrEnum

import msgspec

from players.contract.limits import HOUR, MAX_HOLD_LIFE, MINUTE
from signage.domain.alert import Pages
from signage.domain.names import printable
from signage.domain.sentences import N_, Refused

MAX_WHY_LETTERS = 160
MIN_HOLD_LIFE = 1 * MINUTE


class HoldKind(StrEnum):
    """What a held display does; the words are those of the contract."""

    BLANK = "blank"
    SAFE = "safe"
    MEETING = "meeting"


class Hold(msgspec.Struct, frozen=True, kw_only=True):
    """Wanted state of the displays that `targets` mean, as an alert has them; times are UTC ms.

    `pages` are what a meeting shows, by profile. `outside`: another controller placed it, on the
    profiles in `known_on`.
    """

    id: str
    revision: int
    kind: HoldKind
    targets: list[str]
    begins_at: int
    expires_at: int
    why: str
    created_by: str
    created_at: int
    pages: Pages = {}
    lifted_at: int | None = None
    lifted_by: str = ""
    outside: bool = False
    known_on: list[str] = []

    def is_over(self, at: int) -> bool:
        """Say whether nothing of it may be on a display at `at`."""
        return self.lifted_at is not None or at >= self.expires_at

    def extended(self, *, until: int, at: int) -> "Hold":
        """Return its next revision with another end and no pages yet, or raise Refused."""
        if self.is_over(at):
            raise Refused(N_("Lệnh giữ này đã hết. Hãy giữ màn hình lại từ đầu."))
        return checked_hold(
            msgspec.structs.replace(
                self,
                revision=self.revision + 1,
                begins_at=at,
                expires_at=until,
                pages={},
                outside=False,
            )
        )

    def lifted(self, *, by: str, at: int) -> "Hold":
        """Return it lifted, or raise Refused when it is over already."""
        if self.is_over(at):
            raise Refused(N_("Lệnh giữ này đã hết. Màn hình đã trở về lịch phát."))
        return msgspec.structs.replace(self, lifted_at=at, lifted_by=by)


def checked_hold(hold: Hold) -> Hold:
    """Return `hold` with its reason cleaned, or raise Refused naming the field at fault."""
    why = " ".join(printable(hold.why).split())
    if len(why) > MAX_WHY_LETTERS:
        raise Refused(
            N_("Lý do dài {have} chữ, tối đa {limit}. Hãy rút gọn."),
            field="why",
            have=len(why),
            limit=MAX_WHY_LETTERS,
        )
    if hold.expires_at < hold.begins_at + MIN_HOLD_LIFE:
        raise Refused(
            N_("Giờ kết thúc đã qua hoặc quá gần. Hãy chọn giờ kết thúc muộn hơn."), field="until"
        )
    if hold.expires_at > hold.begins_at + MAX_HOLD_LIFE:
        raise Refused(
            N_(
                "Màn hình được giữ tối đa {days} ngày."
                " Hãy chọn giờ kết thúc sớm hơn rồi giữ tiếp khi cần."
            ),
            field="until",
            days=MAX_HOLD_LIFE // (24 * HOUR),
        )
    return msgspec.structs.replace(hold, why=why)
