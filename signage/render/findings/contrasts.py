"""Contrast: whether letters stand out from what is behind them, on the pixels really drawn."""

from collections.abc import Iterable

from signage.domain.finding import Finding
from signage.domain.sentences import N_
from signage.render.colours import MIN_TEXT_CONTRAST
from signage.render.findings.attribution import Told


def contrasts(
    told: Iterable[Told], profile_id: str, *, least: float = MIN_TEXT_CONTRAST
) -> list[Finding]:
    """Return the fields whose letters have less than `least` contrast (WCAG 2.2), each once."""
    low: dict[str | None, float] = {}
    for one in told:
        if one.written.contrast < least:
            low[one.field] = min(one.written.contrast, low.get(one.field, least))
    return [_finding(field, ratio, least, profile_id) for field, ratio in low.items()]


def _finding(field: str | None, ratio: float, least: float, profile_id: str) -> Finding:
    tenths = int(ratio * 10)
    return Finding(
        code="contrast",
        severity="refuse",
        msgid=N_(
            "Chữ chìm vào nền: tương phản {whole},{tenths} : 1,"
            " cần ít nhất {least},{least_tenths} : 1. Hãy chọn mẫu khác."
        ),
        params={
            "whole": tenths // 10,
            "tenths": tenths % 10,
            "least": int(least),
            "least_tenths": int(least * 10) % 10,
        },
        field=field,
        profile=profile_id,
    )
