"""Two people by policy, and break-glass: what one person may do alone, and for how long."""

import msgspec

from players.contract.limits import MINUTE
from signage.domain.act import Act, ActKind
from signage.domain.alert import MAX_RAISES_PER_HOUR
from signage.domain.alert_template import AlertTemplate
from signage.domain.sentences import N_, Refused

SECOND_WITHIN = 10 * MINUTE
"""The second person confirms within this, or the first confirms again."""
ALONE_FOR = 30 * MINUTE
"""As long at most an alert stands that one person sent alone."""
NEVER = 6


class Policy(msgspec.Struct, frozen=True, kw_only=True):
    """From which level on two people confirm (0 is always, 6 never), and how often is too often."""

    two_people_from: int = NEVER
    raises_an_hour: int = MAX_RAISES_PER_HOUR

    def needs_second(self, act: Act) -> bool:
        """Say whether two people must confirm. One is enough to end what should not stand."""
        return act.kind is not ActKind.CLEAR and act.alert.words.level >= self.two_people_from


class Pending(msgspec.Struct, frozen=True, kw_only=True):
    """An act that a first person has confirmed."""

    act: Act
    first: str
    at: int

    def waits_at(self, at: int) -> bool:
        """Say whether a second person can still join in."""
        return self.at <= at < self.at + SECOND_WITHIN


def require_alone(act: Act, template: AlertTemplate | None, *, at: int) -> None:
    """Raise Refused unless one person may do this alone: approved words, and not for long."""
    if act.kind is not ActKind.RAISE:
        raise Refused(N_("Một mình chỉ phát được cảnh báo mới từ mẫu đã duyệt trước."))
    if template is None or not template.allows(act.alert.words):
        raise Refused(
            N_(
                "Một mình chỉ phát được đúng câu chữ và khu vực của mẫu đã duyệt trước."
                " Hãy chọn mẫu, hoặc nhờ người thứ hai xác nhận."
            )
        )
    if act.alert.expires_at > at + ALONE_FOR:
        raise Refused(
            N_("Một mình chỉ phát được tối đa {minutes} phút. Hãy chọn giờ kết thúc sớm hơn."),
            field="until",
            minutes=ALONE_FOR // MINUTE,
        )
