"""What is said when nothing can be written: the disk is full, failing or read-only."""

from signage.domain.sentences import N_, Refused


class CannotWrite(Refused):
    """The database or the disk takes nothing; what was asked for has not happened."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "Máy chủ đang không ghi được dữ liệu (ổ đĩa đầy, hỏng hoặc chỉ cho đọc) nên chưa có"
                " gì thay đổi. Hãy báo quản trị hệ thống. Nếu đang khẩn cấp, hãy phát bằng bộ phát"
                " khẩn cấp: “signage alert raise --kit”."
            )
        )
