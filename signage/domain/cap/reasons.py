"""Why a message does what it does: a name for programs, a sentence for people."""

from typing import Final

import msgspec

from signage.domain.sentences import N_, Said

SENTENCES: Final[dict[str, str]] = {
    # It does nothing.
    "received-before": N_("Bản tin này đã nhận trước đó."),
    "not-actual": N_("Trạng thái là {status}: không dành cho công chúng."),
    "not-enrolled": N_("Đây là diễn tập mà không màn hình nào ở đây đăng ký tham gia."),
    "not-public": N_("Phạm vi là {scope}: không dành cho công chúng."),
    "answer": N_("Đây là {type}, thư trả lời giữa các hệ thống."),
    "ended-before": N_("Đã bị {identifier} hủy hoặc thay thế trước khi tới."),
    "nothing-stands": N_(
        "Cảnh báo được nhắc tới không phát ở đây; đã ghi nhớ, phòng khi tới muộn."
    ),
    "no-info": N_("Bản tin không có nội dung (info) nên không có gì để phát."),
    "expired": N_("Bản tin đã hết hiệu lực."),
    "left-out": N_("Bảng quy định của thành phố bỏ qua loại này ({rule})."),
    "no-display": N_("Khu vực của bản tin không có màn hình nào của thành phố."),
    "no-area": N_("Bản tin không nêu khu vực."),
    # It can't be used.
    "unreadable": N_("Không đọc được: {detail}."),
    "from-the-future": N_("Giờ gửi ở tương lai: đồng hồ của bên gửi sai, hoặc bản tin giả."),
    "names-nothing": N_("Là {type} nhưng không nêu bản tin nào bị thay."),
    "forged": N_("Chữ ký sai: {detail}."),
    # It ends something.
    "cancelled": N_("Bên gửi hủy cảnh báo."),
    "all-clear": N_("Bên gửi báo hết nguy hiểm (AllClear)."),
    # An officer looks first.
    "sender-unknown": N_("Bảng quy định chưa có bên gửi {sender}."),
    "not-signed": N_("Bản tin không có chữ ký."),
    "unproven": N_("Không xác minh được chữ ký: {detail}."),
    "no-certificate": N_("Bên gửi này chưa có chứng thư được ghim trong bảng quy định."),
    "not-automatic": N_("Bảng quy định không cho bên gửi này phát tự động."),
    "not-authorised": N_("Trực ban chưa ủy quyền thường trực để tự phát trường hợp này."),
    "sealer-refused": N_("Không tự phát được: {detail}"),
    "departure": N_("Không đúng chuẩn CAP 1.2: {detail}."),
    "below-severity": N_("Mức độ nghiêm trọng {have} thấp hơn ngưỡng {least}."),
    "below-urgency": N_("Mức độ khẩn cấp {have} thấp hơn ngưỡng {least}."),
    "below-certainty": N_("Mức độ chắc chắn {have} thấp hơn ngưỡng {least}."),
    "no-vietnamese": N_("Chưa có câu chữ tiếng Việt, cả trong bản tin lẫn trong bảng quy định."),
    "long-headline": N_("Tiêu đề quá dài đối với màn hình."),
    "exercise": N_("Diễn tập do cán bộ bắt đầu."),
    # It shows, and how.
    "trusted": N_("Bên gửi được tin cậy và đạt mọi ngưỡng."),
    "own-end": N_("Bản tin không nêu giờ kết thúc: {minutes} phút theo bảng quy định."),
    "shortened": N_("Bản tin kéo dài hơn 72 giờ: chỉ phát 72 giờ, rồi cần gia hạn."),
}


class Why(msgspec.Struct, frozen=True):
    """One reason: its name, a key of SENTENCES, and what its sentence needs."""

    code: str
    params: dict[str, str | int] = {}

    def said(self) -> Said:
        """Return the sentence."""
        return Said(SENTENCES[self.code], self.params)


def why(code: str, **params: str | int) -> Why:
    """Return the reason of that name; KeyError when there is none."""
    Said(SENTENCES[code], params).text()  # a sentence that lacks a word shows here, not on a page
    return Why(code, params)


def named(reasons: tuple[Why, ...]) -> str:
    """Return the names of all reasons in one line, for programs."""
    return "; ".join(one.code for one in reasons)
