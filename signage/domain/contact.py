"""Contact: a slide that can only be answered with a smartphone leaves many people out."""

import re
from collections.abc import Mapping

from signage.domain.finding import Finding
from signage.domain.sentences import N_

_ONLINE = re.compile(
    r"https?://|\bwww\.|\b[\w-]+(?:\.[\w-]+)*\.(?:vn|com|net|org|info|me)\b|\S@\S+\.\w"
    r"|\b(?:mã\s+)?qr\b|\bzalo\b|\bfacebook\b|\bfanpage\b",
    re.IGNORECASE,
)
# A number to call, short ones included (113, 1022, 1900 1234), or a place to go to.
_PHONE = re.compile(
    r"(?<![\d.,/-])(?:\+?84|0)(?:[ .\-]?\d){8,10}(?!\d)|(?<![\d.,/])1[89]00[ .\-]?\d{4}"
)
_HOTLINE = re.compile(
    r"(?:gọi|số|đường dây nóng|điện thoại|đt|tổng đài|hotline)[^\d]{0,20}\d{3,4}\b", re.IGNORECASE
)
_PLACE = re.compile(
    r"\b(?:tại|địa chỉ|trụ sở|văn phòng|nhà văn hóa|nhà văn hoá|ủy ban|uỷ ban|ubnd|trạm y tế"
    r"|công an|bưu điện|một cửa|trung tâm|nhà rông|tổ trưởng|đến gặp)\b",
    re.IGNORECASE,
)
# Who wrote the slide is not yet where to go or whom to call.
_NOT_A_WAY = "source"


def only_online(fields: Mapping[str, str]) -> Finding | None:
    """Return what to tell when the only contact in a slide's words is a QR or web address.

    `fields` are the words by field name. A rule of our own: older people and those without a
    smartphone need a number to call or a place to go to.
    """
    shown = {name: text for name, text in fields.items() if name != _NOT_A_WAY}
    online = next((name for name, text in shown.items() if _ONLINE.search(text)), None)
    if online is None or any(map(_is_reached_without_phone_screen, shown.values())):
        return None
    return Finding(
        code="contact",
        severity="warn",
        msgid=N_(
            "Chỉ có mã QR hoặc địa chỉ mạng để liên hệ."
            " Hãy thêm số điện thoại hoặc nơi đến cho người không dùng điện thoại thông minh."
        ),
        field=online,
    )


def _is_reached_without_phone_screen(text: str) -> bool:
    return any(pattern.search(text) for pattern in (_PHONE, _HOTLINE, _PLACE))
