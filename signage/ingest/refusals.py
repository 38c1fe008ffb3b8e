"""The sentences for files that cannot be taken, by family and by the name the decoder gives."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import structlog

from signage.domain.media import MAX_VIDEO_SECONDS, Family
from signage.domain.sentences import N_, Refused
from signage.ingest.guard import Broken, Unfit

MAX_MEGAPIXELS = 50

_log = structlog.get_logger(__name__)

TOO_COSTLY: Mapping[Family, str] = {
    "picture": N_(
        "Ảnh này cần quá nhiều công tính toán để mở. Hãy lưu lại ảnh bằng phần mềm khác rồi tải"
        " lại."
    ),
    "document": N_(
        "Tài liệu này cần quá nhiều công tính toán để mở."
        " Hãy in ra PDF mới hoặc chia nhỏ rồi tải lại."
    ),
    "video": N_(
        "Video này cần quá nhiều công tính toán để mở. Hãy lưu lại ở dạng MP4 (H.264) rồi tải lại."
    ),
}
_UNREADABLE: Mapping[Family, str] = {
    "picture": N_("Tệp ảnh bị hỏng, không mở được. Hãy lưu lại ảnh rồi tải lại."),
    "document": N_("Tài liệu bị hỏng, không mở được. Hãy in ra PDF mới rồi tải lại."),
    "video": N_("Video bị hỏng, không mở được. Hãy lưu lại ở dạng MP4 (H.264) rồi tải lại."),
}
_TRUNCATED: Mapping[Family, str] = {
    "picture": N_("Tệp ảnh bị thiếu phần cuối. Hãy sao chép lại tệp gốc rồi tải lại."),
    "document": N_("Tài liệu bị thiếu phần cuối. Hãy sao chép lại tệp gốc rồi tải lại."),
    "video": N_("Video bị thiếu phần cuối. Hãy sao chép lại tệp gốc rồi tải lại."),
}
_BY_NAME = {
    "too_many_pixels": N_("Ảnh lớn hơn {limit} triệu điểm ảnh. Hãy thu nhỏ ảnh rồi tải lại."),
    "password": N_("Tài liệu có mật khẩu. Hãy bỏ mật khẩu rồi tải lại."),
    "no_pages": N_("Tài liệu không có trang nào. Hãy kiểm tra lại tệp."),
    "too_many_pages": N_(
        "Tài liệu có {pages} trang, nhiều hơn {limit} trang. Hãy tách những trang cần chiếu ra tệp"
        " riêng rồi tải lại."
    ),
    "bad_page": N_(
        "Trang {page} của tài liệu bị hỏng hoặc có khổ không dùng được."
        " Hãy bỏ trang này rồi tải lại."
    ),
    "zip_bomb": N_(
        "Tệp Office này bung ra quá lớn. Hãy mở bằng Word, PowerPoint hoặc LibreOffice, thu nhỏ"
        " ảnh, lưu lại rồi tải lại."
    ),
    "spreadsheet": N_("Đây là bảng tính. Hãy in vùng cần chiếu ra PDF rồi tải PDF đó lên."),
    "archive": N_("Đây là tệp nén. Hãy giải nén rồi tải từng tệp."),
    "not_office": N_(
        "Tệp này không phải tài liệu Word, PowerPoint hoặc LibreOffice. Hãy in ra PDF rồi tải lại."
    ),
    "no_film": N_("Tệp này không có hình động nào. Hãy chọn tệp video khác."),
    "too_long": N_("Video dài hơn {limit} phút. Hãy cắt ngắn rồi tải lại."),
    "film_too_large": N_(
        "Khung hình video lớn hơn 4096 × 2304 điểm ảnh. Hãy lưu lại ở cỡ 1920 × 1080 rồi tải lại."
    ),
    "drawing": N_("Hình vẽ SVG này không vẽ được. Hãy xuất thành ảnh PNG rồi tải lại."),
    "no_conversion": N_(
        "LibreOffice không mở được tài liệu này. Hãy tự lưu thành PDF rồi tải PDF đó lên."
    ),
}


def refusal(unfit: Unfit, family: Family) -> Refused:
    """Return the sentence for what a decoder said of a file of this family."""
    by_family = {"too_costly": TOO_COSTLY, "unreadable": _UNREADABLE, "truncated": _TRUNCATED}
    if unfit.name in by_family:
        return Refused(by_family[unfit.name][family], field="file")
    params: dict[str, str | int] = {"limit": MAX_MEGAPIXELS}
    if unfit.name == "too_long":
        params["limit"] = MAX_VIDEO_SECONDS // 60
    return Refused(_BY_NAME[unfit.name], field="file", **(params | unfit.params))


@contextmanager
def speaking_of(family: Family) -> Iterator[None]:
    """Turn what a decoder's child says, or its end, into a Refused about a file of `family`."""
    try:
        yield
    except Unfit as unfit:
        raise refusal(unfit, family) from None
    except Broken as broken:
        _log.warning("a decoder was stopped", family=family, why=str(broken))
        raise Refused(TOO_COSTLY[family], field="file") from None
