"""The safe slide is always there, whatever the names."""

import pytest

from signage.domain.display import Profile
from signage.render.colours import luminance
from signage.render.fallback import render_safe
from tests.signage.render.samples import PORTRAIT, PROFILES, decoded


@pytest.mark.parametrize("profile", [*PROFILES, PORTRAIT], ids=lambda profile: profile.id)
@pytest.mark.parametrize(
    ("display", "unit"),
    [
        ("Bảng UBND", "Phường Hội Phú"),
        ("", ""),
        ("Nhà văn hóa " * 20, "Trung tâm điều hành thông tin cơ sở " * 9),
        ("x" * 400, "y" * 400),
        ("🎉 漢", "Ơ̆ Ư̆"),
    ],
)
def test_a_safe_slide_is_drawn_for_any_names(profile: Profile, display: str, unit: str) -> None:
    frame = render_safe(profile, display, unit)
    assert (frame.width, frame.height) == profile.size


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.id)
def test_a_safe_slide_is_calm_and_says_whose_display_it_is(profile: Profile) -> None:
    frame = render_safe(profile, "Bảng UBND", "Phường Hội Phú")
    assert frame != render_safe(profile, "Bảng UBND", "Phường Diên Hồng")
    assert frame != render_safe(profile, "Bảng Hoa Lư", "Phường Hội Phú")
    colours = decoded(frame).getcolors(4096) or []
    light = sum(count * luminance(colour) for count, colour in colours)  # type: ignore[arg-type]
    assert light / (profile.width * profile.height) < 0.15
