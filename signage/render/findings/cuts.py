"""Cuts: how much of a picture or film is cut off so that it fills the glass."""

from signage.domain.finding import Finding
from signage.domain.sentences import N_

_UNSEEN = 0.02


def cut_off(share: float, profile_id: str) -> list[Finding]:
    """Return what to tell when this share (0 to 1) of a picture does not show."""
    if share <= _UNSEEN:
        return []
    return [
        Finding(
            code="cut_off",
            severity="note",
            msgid=N_(
                "Khoảng {percent} % hình ở mép bị cắt để lấp đầy màn hình."
                " Nếu ở đó có chữ, hãy chọn “Hiện trọn hình”."
            ),
            params={"percent": round(100 * share)},
            field="fit",
            profile=profile_id,
        )
    ]
