"""Why a display was not sent all that it should show, in the words of the pages."""

import re

from signage.web.language import gettext

_LEFT_OUT = re.compile(r"(\d+) of (\d+) schedule entries do not fit")


def failure_sentence(why: str) -> str:
    """Return what the worker's English reason `why` means for the display, and what to do."""
    left_out = _LEFT_OUT.fullmatch(why)
    if left_out:
        return str(
            gettext(
                "Quá nhiều lịch phát: %(left)s trong %(all)s lịch, ưu tiên thấp nhất, không được"
                " gửi. Hãy kết thúc bớt lịch phát của màn hình này.",
                left=left_out[1],
                all=left_out[2],
            )
        )
    return str(
        gettext(
            "Không lập được chương trình mới, nên màn hình giữ nội dung đang có."
            " Hãy báo quản trị hệ thống kèm chi tiết kỹ thuật."
        )
    )
