"""Light: whether a picture makes an LED board dazzle at night and draw too much power."""

from PIL import Image

from signage.domain.display import Profile
from signage.domain.finding import Finding
from signage.domain.sentences import N_
from signage.render.colours import linear
from signage.render.legibility import is_led

# Of a wholly white board. Makers plan supplies and cooling for a third on average; a white page
# takes three times that and dazzles people at night.
MOST_LIGHT_PERCENT = 35

# A white area as large as this dazzles at night even where the rest is black.
MOST_WHITE_PERCENT = 25
_WHITE_FROM = 225  # of 255: three quarters of the light of white

# All white, by the makers' sheets for boards of 10 mm; others differ by a half at most.
WATTS_PER_M2 = 1_500

_LINEAR = [linear(value / 255) for value in range(256)]


def light_percent(picture: Image.Image) -> int:
    """Return how much light `picture` (mode P or RGB) gives of what a white one would, in percent.

    Power of an LED goes with its light, not with its code: the mean of the linear channels.
    """
    if picture.mode == "P":
        colours = picture.getpalette() or []
        counts = picture.histogram()[: len(colours) // 3]
        total = sum(
            count * sum(_LINEAR[value] for value in colours[3 * at : 3 * at + 3])
            for at, count in enumerate(counts)
            if count
        )
    else:
        counts = picture.histogram()
        total = sum(count * _LINEAR[at % 256] for at, count in enumerate(counts))
    return round(100 * total / (3 * picture.width * picture.height))


def light(picture: Image.Image, profile: Profile) -> list[Finding]:
    """Return what to tell when `picture` gives too much light for an LED board."""
    if not is_led(profile):
        return []
    percent = light_percent(picture)
    if percent <= MOST_LIGHT_PERCENT:
        return _white_area(picture, profile)
    return [
        Finding(
            code="white_level",
            severity="warn",
            msgid=N_(
                "Trang sáng bằng {percent} % bảng trắng hoàn toàn (nên dưới {most} %), tốn khoảng"
                " {watts} W và chói mắt ban đêm. Hãy chọn ảnh tối hơn hoặc nền đen."
            ),
            params={
                "percent": percent,
                "most": MOST_LIGHT_PERCENT,
                "watts": watts(profile, percent),
            },
            field="picture",
            profile=profile.id,
        )
    ]


def watts(profile: Profile, percent: int) -> int:
    """Return about how many watts a board draws that gives `percent` of the light of a white one.

    Of a board as large as `profile` says, to two figures.
    """
    square_um = profile.width * profile.height * profile.pitch_um**2
    drawn = WATTS_PER_M2 * percent * square_um // 10**14
    return round(drawn, -1) if drawn < 1_000 else round(drawn, -2)


def _white_area(picture: Image.Image, profile: Profile) -> list[Finding]:
    shades = picture.convert("L").histogram()
    share = 100 * sum(shades[_WHITE_FROM:]) // (picture.width * picture.height)
    if share <= MOST_WHITE_PERCENT:
        return []
    return [
        Finding(
            code="white_area",
            severity="warn",
            msgid=N_(
                "Mảng trắng chiếm {share} % bảng (nên dưới {most} %): ban đêm chói mắt người đi"
                " đường. Hãy cắt bớt phần trắng hoặc chọn ảnh tối hơn."
            ),
            params={"share": share, "most": MOST_WHITE_PERCENT},
            field="picture",
            profile=profile.id,
        )
    ]
