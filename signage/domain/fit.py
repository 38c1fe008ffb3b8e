"""Fit: how a picture or film meets glass of another shape."""

from signage.domain.sentences import N_, Refused

AUTO, WHOLE, FILL = "auto", "whole", "fill"

FITS = {
    AUTO: N_("Tự động: lấp đầy khi chỉ mất chút mép"),
    WHOLE: N_("Hiện trọn hình, có viền"),
    FILL: N_("Lấp đầy màn hình, cắt mép"),
}
"""What people choose from, in this order."""


def share_lost(source: tuple[int, int], size: tuple[int, int]) -> float:
    """Return the share (0 to 1) of `source` px that is cut off where it fills `size`."""
    one = source[0] * size[1]
    other = source[1] * size[0]
    return 1 - min(one, other) / max(one, other)


def fills(fit: str, source: tuple[int, int], size: tuple[int, int], *, may_go: float) -> bool:
    """Say whether a picture is cut to fill `size`: by itself when no more than `may_go` goes."""
    return fit == FILL or (fit == AUTO and share_lost(source, size) <= may_go)


def checked_fit(fit: str) -> str:
    """Return `fit`, or raise Refused when there is no such."""
    if fit not in FITS:
        raise Refused(
            N_("Không có cách đặt hình “{fit}”. Hãy dùng: {known}."),
            field="fit",
            fit=fit,
            known=", ".join(FITS),
        )
    return fit
