"""How an officer confirms on a page: what the sealer would take, and what was given."""

import json
from typing import Any

import msgspec

from signage.domain.act import ActKind
from signage.domain.factor import Assertion, Code, Given
from signage.domain.sentences import N_, Refused
from signage.web.context import person, sealer
from signage.web.forms import text
from signage.workflows.sealer_talk import Ways

MAX_CREDENTIAL_LETTERS = 16_000

DONE = {
    ActKind.RAISE: N_("Đã phát cảnh báo. Bảng dưới đây cho biết màn hình nào đã hiện."),
    ActKind.AMEND: N_("Đã cập nhật cảnh báo. Bảng dưới đây đếm lại từ đầu cho bản mới."),
    ActKind.CLEAR: N_("Đã báo hết nguy hiểm. Màn hình hiện trang xanh rồi trở về lịch phát."),
}


class Offered(msgspec.Struct, frozen=True, kw_only=True):
    """What a page offers to confirm with, or why it can't."""

    ways: Ways | None
    refused: Refused | None = None


def ways() -> Offered:
    """Ask the sealer by which ways this person can confirm."""
    try:
        return Offered(ways=sealer().ways_of(person().login))
    except Refused as refused:
        return Offered(ways=None, refused=refused)


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
