"""How high the sun stands, by a short formula that needs no network for years."""

from math import asin, atan2, cos, degrees, radians, sin
from typing import Final

DAY_MS: Final = 86_400_000
J2000_DAYS: Final = 10957.5
"""Days from 1970 to the noon from which astronomers count."""


def elevation(moment: int, latitude: float, longitude: float) -> float:
    """Degrees of the sun above the horizon at `moment` (UTC ms), without refraction.

    Low-precision formula of the Astronomical Almanac: within 0.02 degrees from 1950 to 2050.
    """
    days = moment / DAY_MS - J2000_DAYS
    anomaly = radians(357.529 + 0.98560028 * days)
    mean_longitude = 280.459 + 0.98564736 * days
    ecliptic = radians(mean_longitude + 1.915 * sin(anomaly) + 0.020 * sin(2 * anomaly))
    tilt = radians(23.439 - 0.00000036 * days)
    ascension = atan2(cos(tilt) * sin(ecliptic), cos(ecliptic))
    declination = asin(sin(tilt) * sin(ecliptic))
    sidereal = radians((18.697374558 + 24.06570982441908 * days) * 15 + longitude)
    hour_angle, north = sidereal - ascension, radians(latitude)
    height = sin(north) * sin(declination) + cos(north) * cos(declination) * cos(hour_angle)
    return degrees(asin(height))
