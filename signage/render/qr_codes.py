"""QR codes: an address as squares that a phone can read from where people stand."""

import math
import re
from functools import lru_cache
from urllib.parse import urlsplit

import segno
from PIL import Image

from signage.domain.display import Profile
from signage.domain.sentences import N_, Refused
from signage.render.findings.codes import LEAST_MODULE_PX, SCANNED_FROM_MODULES

QUIET_MODULES = 4
"""Free modules on each side, as ISO/IEC 18004 asks."""

_NEARER = 2  # people step up to half the distance from which they read
_ADDRESS = re.compile(r"https?://[^\s/]+\.[^\s/]{2,}(/\S*)?", re.ASCII | re.IGNORECASE)


def least_module_px(profile: Profile) -> int:
    """Return the smallest side in px of one module on `profile`."""
    scanned_um = profile.viewing_cm * 10_000 / _NEARER
    by_distance = math.ceil(scanned_um / SCANNED_FROM_MODULES / profile.pitch_um)
    return max(LEAST_MODULE_PX, by_distance)


def checked_address(text: str) -> str:
    """Return a web address, or raise Refused when it is none that a phone opens."""
    if not _ADDRESS.fullmatch(text):
        raise Refused(
            N_("“{text}” không phải địa chỉ trang web. Hãy chép cả địa chỉ, bắt đầu bằng https://"),
            text=text,
        )
    return text


@lru_cache(maxsize=64)
def modules_of(address: str) -> Image.Image:
    """Return the code of `address` as a mask, one px a module, without its free edge."""
    parts = urlsplit(address)
    if parts.path in {"", "/"} and not parts.query and not parts.fragment:
        # Names of sites may be written in capitals, for which a code needs a third fewer modules.
        address = f"{parts.scheme}://{parts.netloc}".upper()
    # Nothing covers or soils a screen: the lowest correction gives the largest modules.
    rows = segno.make_qr(address, error="l", boost_error=True).matrix
    mask = Image.new("L", (len(rows), len(rows)))
    mask.putdata([255 if dark else 0 for row in rows for dark in row])
    return mask


def code_mask(address: str, room: int, profile: Profile) -> Image.Image | None:
    """Return the code as large as it goes into `room` px, free edge left out; None when too small.

    The mask is (modules * px) wide; the caller adds QUIET_MODULES at each side.
    """
    modules = modules_of(address)
    scale = room // (modules.width + 2 * QUIET_MODULES)
    if scale < least_module_px(profile):
        return None
    side = modules.width * scale
    return modules.resize((side, side), Image.Resampling.NEAREST)
