"""How an officer confirms on a page: what the sealer would take, and what was given."""

import json
from typing import Any

import msgspec

from signage.domain.act import ActKind, Proposal
from signage.domain.factor import ALERT, Assertion, Code, Given
from signage.domain.sentences import N_, Refused
from signage.domain.two_people import ALONE_FOR, SECOND_WITHIN, Policy
from signage.web.context import person, sealer
from signage.web.forms import text
from signage.workflows.sealer.sealer_talk import Ways

MAX_CREDENTIAL_LETTERS = 16_000

DONE = {
    ActKind.RAISE: N_("Đã phát cảnh báo. Bảng dưới đây cho biết màn hình nào đã hiện."),
    ActKind.AMEND: N_("Đã cập nhật cảnh báo. Bảng dưới đây đếm lại từ đầu cho bản mới."),
    ActKind.CLEAR: N_("Đã báo hết nguy hiểm. Màn hình hiện trang xanh rồi trở về lịch phát."),
}


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """Whether two people must confirm, who has, until when, and whether one may send it alone."""

    needed: bool = False
    first: str = ""
    until: int = 0
    is_me: bool = False
    may_alone: bool = False


class Offered(msgspec.Struct, frozen=True, kw_only=True):
    """What a page offers to confirm with, or why it can't."""

    ways: Ways | None
    refused: Refused | None = None


def ways(may: str = ALERT) -> Offered:
    """Ask the sealer by which ways this person can confirm acts, or whatever `may` names."""
    try:
        return Offered(ways=sealer().ways_of(person().login, may=may))
    except Refused as refused:
        return Offered(ways=None, refused=refused)


def pair(proposal: Proposal, *, at: int) -> Pair:
    """Tell what the sealer's policy asks for; nothing when it doesn't answer."""
    try:
        goes_by = sealer().goes_by()
    except Refused:
        return Pair()
    if not Policy(two_people_from=goes_by.two_people_from).needs_second(proposal.act):
        return Pair()
    waits = proposal.first and at < proposal.first_at + SECOND_WITHIN
    ready = proposal.act.template in goes_by.templates
    return Pair(
        needed=True,
        first=proposal.first if waits else "",
        until=proposal.first_at + SECOND_WITHIN,
        is_me=proposal.first == person().login,
        may_alone=ready and proposal.alert.expires_at <= at + ALONE_FOR and not waits,
    )


def given() -> Given:
    """Return the factor that came with the form: a passkey's assertion, or six digits."""
    if text("assertion"):
        return Assertion(credential=credential("assertion"))
    return Code(digits=text("code")[:20])


def credential(field: str) -> dict[str, Any]:
    """Return what a browser made or signed, as its script put it into `field`."""
    try:
        if len(text(field)) > MAX_CREDENTIAL_LETTERS:
            raise ValueError(field)
        return dict(json.loads(text(field)))
    except (ValueError, TypeError) as error:
        raise Refused(
            N_("Dữ liệu gửi lên không đúng dạng. Hãy tải lại trang rồi thử lại.")
        ) from error
