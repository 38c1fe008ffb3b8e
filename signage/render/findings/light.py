"""Light: whether a picture makes an LED board dazzle and draw too much power."""

from PIL import Image

from signage.domain.display import Profile
from signage.domain.finding import Finding
from signage.domain.sentences import N_
from signage.render.colours import linear
from signage.render.legibility import is_led

# Of a wholly white board. Makers plan supplies and cooling for a third on average; a white page
# takes three times that and dazzles people at night.
MOST_LIGHT_PERCENT = 35

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
        return []
    return [
        Finding(
            code="white_level",
            severity="warn",
            msgid=N_(
                "Trang sáng bằng {percent} % bảng trắng hoàn toàn (nên dưới {most} %):"
                " chói mắt ban đêm và tốn điện. Hãy chọn ảnh tối hơn hoặc nền đen."
            ),
            params={"percent": percent, "most": MOST_LIGHT_PERCENT},
            field="picture",
            profile=profile.id,
        )
    ]
