"""Standing authorisations: what an unattended source may raise without an officer, until when."""

import hashlib
import hmac

import msgspec

from players.contract.limits import DAY, HOUR, MINUTE
from signage.domain.act import Act, ActKind
from signage.domain.alert import EVERYTHING
from signage.domain.alert_template import AlertTemplate
from signage.domain.sentences import N_, Refused

MAX_LIFE = 400 * DAY
MAX_ALERTS_PER_HOUR = 6
"""Of one source: a feed that goes mad must not fill the boards."""


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """`sender` may raise `templates` at `targets` until a date, as the officers of `given_by` said.

    The sender shows `token`, of which only the hash is kept here.
    """

    id: str
    sender: str
    templates: list[str]
    targets: list[str]
    until: int
    token_sha256: str
    given_by: list[str]
    given_at: int

    def is_of(self, token: str) -> bool:
        """Say whether `token` is the one that was handed out."""
        return hmac.compare_digest(token_hash(token), self.token_sha256)


def token_hash(token: str) -> str:
    """SHA-256 (hex) of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def require_covered(
    standing: Standing,
    act: Act,
    template: AlertTemplate | None,
    *,
    raised: int,
    own: bool,
    at: int,
) -> None:
    """Raise Refused unless `standing` covers `act`; `raised` alerts it has in the last hour.

    `own`: the alert is the source's, and no officer has touched it since. Only such a one may be
    amended, within the same bounds, or cleared.
    """
    alert = act.alert
    if at >= standing.until:
        raise Refused(N_("Ủy quyền của nguồn này đã hết hạn, cần trực ban xác nhận."))
    if act.kind is not ActKind.RAISE and not own:
        raise Refused(
            N_(
                "Nguồn tự động chỉ sửa và kết thúc được cảnh báo do chính nó phát,"
                " cần trực ban xác nhận."
            )
        )
    if act.kind is ActKind.CLEAR:
        return
    if template is None or template.id not in standing.templates:
        raise Refused(N_("Mẫu này không nằm trong ủy quyền, cần trực ban xác nhận."))
    if not template.allows(alert.words):
        raise Refused(N_("Câu chữ khác với mẫu đã duyệt, cần trực ban xác nhận."))
    if EVERYTHING not in standing.targets and not set(alert.targets) <= set(standing.targets):
        raise Refused(N_("Nơi phát không nằm trong ủy quyền, cần trực ban xác nhận."))
    # A minute of grace: the end was worked out when the pages were drawn.
    if alert.expires_at > at + max(template.minutes * MINUTE, HOUR) + MINUTE:
        raise Refused(N_("Thời gian phát dài hơn mẫu cho phép, cần trực ban xác nhận."))
    if raised >= MAX_ALERTS_PER_HOUR:
        raise Refused(N_("Nguồn này đã phát quá nhiều trong một giờ, cần trực ban xác nhận."))
