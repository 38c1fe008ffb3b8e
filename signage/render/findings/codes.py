"""Codes: whether a phone can read a QR code from where people stand."""

from collections.abc import Sequence

from signage.domain.display import Profile
from signage.domain.finding import Finding
from signage.domain.sentences import N_

# One pixel is not enough to keep a module square on any display, nor two LEDs apart.
LEAST_MODULE_PX = 2
# A phone held upright shows about 1,900 px across 70 degrees: from 400 modules away each module
# is 3 px wide, which readers need.
SCANNED_FROM_MODULES = 400
# To scan, people step up to half the distance from which they read.
_STEP_UP = 2


def codes(modules: Sequence[int], profile: Profile) -> list[Finding]:
    """Return what to tell about codes whose modules have these sides in px."""
    if not modules:
        return []
    module = min(modules)
    scanned_cm = module * profile.pitch_um * SCANNED_FROM_MODULES // 10_000
    if module < LEAST_MODULE_PX:
        return [
            Finding(
                code="code_size",
                severity="refuse",
                msgid=N_(
                    "Mã QR quá nhỏ: mỗi ô chỉ {module} điểm, cần ít nhất {least}."
                    " Hãy dùng địa chỉ ngắn hơn hoặc bỏ mã."
                ),
                params={"module": module, "least": LEAST_MODULE_PX},
                profile=profile.id,
            )
        ]
    near, far = max(1, round(scanned_cm / 100)), max(1, round(profile.viewing_cm / 100))
    if near >= far:
        return []
    return [
        Finding(
            code="code_distance",
            severity="note" if scanned_cm * _STEP_UP >= profile.viewing_cm else "warn",
            msgid=N_(
                "Mã QR chỉ quét được từ khoảng {near} m, mà bảng này được xem từ {far} m."
                " Hãy dùng địa chỉ ngắn hơn, và ghi thêm số điện thoại hoặc nơi đến."
            ),
            params={
                "near": near,
                "far": far,
            },
            profile=profile.id,
        )
    ]
