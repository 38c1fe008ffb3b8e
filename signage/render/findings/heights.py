"""Letter height: whether words can be read from where people stand."""

from collections.abc import Iterable

from signage.domain.display import Profile
from signage.domain.finding import Finding, Severity
from signage.domain.sentences import N_
from signage.render.findings.attribution import Told
from signage.render.legibility import METRES_PER_CM

# A rule of thumb is no law: the pixel faces, whose capitals are a little low, pass by it.
_NEARLY = 1.15


def heights(told: Iterable[Told], profile: Profile) -> list[Finding]:
    """Return the fields whose letters are too low for the profile's viewing distance.

    A capital of 1 cm is read with ease from 3.6 m and made out from 6 m at most: mm x 0.36 and
    mm x 0.6, the rule of thumb of board makers. Sources and what a layout itself writes may be as
    low as can be made out.
    """
    least: dict[str | None, Told] = {}
    for one in told:
        if one.field not in least or one.cap < least[one.field].cap:
            least[one.field] = one
    found = (_height(one, profile) for one in least.values())
    return [one for one in found if one]


def _height(told: Told, profile: Profile) -> Finding | None:
    cap_um = told.cap * profile.pitch_um
    made_out_cm = cap_um / 100 * METRES_PER_CM["fine"]
    read_cm = cap_um / 100 * METRES_PER_CM["body"]
    if profile.viewing_cm > made_out_cm * _NEARLY:
        return _finding(told, profile, "refuse", read_cm)
    if profile.viewing_cm > read_cm * _NEARLY and not told.is_fine:
        return _finding(told, profile, "warn", read_cm)
    return None


def _finding(told: Told, profile: Profile, severity: Severity, read_cm: float) -> Finding:
    return Finding(
        code="letter_height",
        severity=severity,
        msgid=N_(
            "Chữ hoa chỉ cao {height} mm, đọc rõ từ khoảng {near} m; bảng này được xem từ {far} m."
            " Hãy bớt chữ để chữ lớn hơn."
        ),
        params={
            "height": max(1, told.cap * profile.pitch_um // 1000),
            "near": max(1, round(read_cm / 100)),
            "far": max(1, round(profile.viewing_cm / 100)),
        },
        field=told.field,
        profile=profile.id,
    )
