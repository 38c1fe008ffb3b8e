"""An area that an officer draws on the map or types: corners of a polygon, or a circle."""

import re

from signage.domain.cap.message import Area, Circle, Point
from signage.domain.sentences import N_, Refused

MAX_CORNERS = 60
MAX_RADIUS_KM = 200.0

_NUMBER = r"(-?\d{1,3}(?:[.,]\d+)?)"
_CORNER = re.compile(rf"\s*{_NUMBER}\s*[,; ]\s*{_NUMBER}\s*")
_CIRCLE = re.compile(
    rf"\s*(?:tròn|circle)\s*:?\s*{_NUMBER}\s*[,; ]\s*{_NUMBER}\s*[,; ]\s*{_NUMBER}\s*",
    re.IGNORECASE,
)


def area_of(text: str) -> Area:
    """Read one corner on each line (latitude, longitude), or "tròn: latitude, longitude, km".

    Raises Refused naming the line that can't be read.
    """
    circles, corners = [], []
    for number, line in enumerate(filter(str.strip, text.splitlines()), start=1):
        if round_ := _CIRCLE.fullmatch(line):
            km = _number(round_[3])
            circles.append(Circle(centre=_point(round_[1], round_[2], number), km=km))
            if not 0 < km <= MAX_RADIUS_KM:
                raise _strange(number)
        elif corner := _CORNER.fullmatch(line):
            corners.append(_point(corner[1], corner[2], number))
        else:
            raise _strange(number)
    if len(corners) > MAX_CORNERS or len(circles) > MAX_CORNERS or 0 < len(corners) < 3:
        raise Refused(
            N_("Vùng vẽ cần từ 3 đến {most} đỉnh. Hãy vẽ lại, hoặc dùng vòng tròn."),
            field="targets",
            most=MAX_CORNERS,
        )
    if not corners and not circles:
        raise Refused(
            N_("Chưa vẽ vùng nào. Hãy bấm lên bản đồ, hoặc nhập tọa độ từng đỉnh."), field="targets"
        )
    polygons = ((*corners, corners[0]),) if corners else ()
    return Area(description="", polygons=polygons, circles=tuple(circles))


def _point(latitude: str, longitude: str, number: int) -> Point:
    point = _number(latitude), _number(longitude)
    if not (-90 <= point[0] <= 90 and -180 <= point[1] <= 180):
        raise _strange(number)
    return point


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def _strange(number: int) -> Refused:
    return Refused(
        N_(
            "Không đọc được dòng {number} của vùng vẽ."
            " Hãy viết: vĩ độ, kinh độ – ví dụ 13.98, 108.00."
        ),
        field="targets",
        number=number,
    )
