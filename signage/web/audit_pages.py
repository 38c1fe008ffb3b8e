"""The audit log: who did what and when, with a filter; and whether the chain is whole."""

from flask import Blueprint, render_template, request

from signage.domain.people import Action
from signage.domain.sentences import N_
from signage.web.context import person, store
from signage.web.gate import allowed
from signage.workflows.accounts import people

pages = Blueprint("audit", __name__, url_prefix="/audit")

PER_PAGE = 60

ACTS = {
    "sign-in": N_("Đăng nhập"),
    "sign-in.refused": N_("Đăng nhập không thành công"),
    "user.created": N_("Tạo tài khoản"),
    "user.changed": N_("Sửa tài khoản"),
    "user.password-changed": N_("Đổi mật khẩu"),
    "user.password-reset": N_("Đặt lại mật khẩu"),
    "token.issued": N_("Tạo khóa API"),
    "token.revoked": N_("Thu hồi khóa API"),
    "asset.added": N_("Tải tệp lên"),
    "asset.drawn": N_("Vẽ xong các trang của tệp"),
    "asset.refused": N_("Từ chối tệp"),
    "asset.removed": N_("Xóa tệp khỏi thư viện"),
    "playlist.created": N_("Tạo danh sách phát"),
    "playlist.changed": N_("Sửa danh sách phát"),
    "playlist.deleted": N_("Xóa danh sách phát"),
    "submission.submitted": N_("Trình duyệt"),
    "submission.approved": N_("Duyệt"),
    "submission.returned": N_("Trả lại"),
    "submission.withdrawn": N_("Gỡ danh sách phát"),
    "slide.withdrawn": N_("Gỡ trang chiếu"),
    "schedule.added": N_("Lên lịch phát"),
    "schedule.ended": N_("Kết thúc lịch phát"),
    "alert.raised": N_("Phát khẩn cấp"),
    "alert.amended": N_("Cập nhật cảnh báo"),
    "alert.cleared": N_("Báo hết nguy hiểm"),
    "alert.ended": N_("Cảnh báo kết thúc"),
    "alert.adopted": N_("Nhận cảnh báo từ máy khác"),
    "notice.sent": N_("Báo tin cho người trực"),
    "cap.received": N_("Nhận bản tin cảnh báo"),
    "cap.dismissed": N_("Bỏ qua bản tin cảnh báo"),
    "cap.shown": N_("Phát theo bản tin cảnh báo"),
    "cap.drilled": N_("Diễn tập theo bản tin cảnh báo"),
    "cap.cancelled": N_("Kết thúc theo bản tin cảnh báo"),
    "alert.confirmed-first": N_("Xác nhận thứ nhất"),
    "alert.broke-glass": N_("Phát khẩn cấp một mình"),
    "alert.reviewed": N_("Xem lại lần phát một mình"),
    "alert.unauthorised": N_("Cảnh báo ghi vào dữ liệu mà không ai xác nhận"),
    "alert-folder.queued": N_("Đề nghị phát cảnh báo từ thư mục"),
    "alert-folder.refused": N_("Từ chối tệp trong thư mục cảnh báo"),
    "alert-folder.withdrawn": N_("Rút đề nghị phát cảnh báo từ thư mục"),
    "hold.placed": N_("Giữ màn hình"),
    "hold.extended": N_("Gia hạn giữ màn hình"),
    "hold.lifted": N_("Thôi giữ màn hình"),
    "hold.adopted": N_("Nhận lệnh giữ màn hình từ nơi khác"),
    "hold.unauthorised": N_("Lệnh giữ màn hình ghi vào dữ liệu mà không ai xác nhận"),
    "drill.planned": N_("Đặt buổi diễn tập"),
    "drill.ended": N_("Kết thúc diễn tập"),
    "drill.adopted": N_("Nhận buổi diễn tập từ nơi khác"),
    "drill.unauthorised": N_("Buổi diễn tập ghi vào dữ liệu mà không ai xác nhận"),
    "alert-template.written": N_("Soạn mẫu cảnh báo"),
    "alert-template.approved": N_("Duyệt mẫu cảnh báo"),
    "alert-template.removed": N_("Bỏ mẫu cảnh báo"),
    "alert-contact.added": N_("Thêm liên hệ trên cảnh báo"),
    "alert-contact.removed": N_("Bỏ liên hệ trên cảnh báo"),
    "factor.enrolled": N_("Cấp mã xác thực"),
    "factor.reach": N_("Đổi phạm vi của mã xác thực"),
    "factor.removed": N_("Gỡ mã xác thực"),
    "factor.refused": N_("Mã xác thực không đúng"),
    "standing.granted": N_("Cấp ủy quyền cho nguồn tự động"),
    "standing.ended": N_("Chấm dứt ủy quyền của nguồn tự động"),
    "submission.supplemented": N_("Duyệt hình bổ sung"),
    "publishing.held": N_("Tạm dừng phát hành"),
    "publishing.released": N_("Cho phát hành lại"),
    "unit.added": N_("Thêm đơn vị"),
    "site.saved": N_("Lưu điểm đặt"),
    "profile.added": N_("Thêm loại màn hình"),
    "display.registered": N_("Đăng ký màn hình"),
    "display.changed": N_("Sửa màn hình"),
    "display.dimmed": N_("Đặt độ sáng màn hình"),
    "display.paired": N_("Ghép nối màn hình"),
    "display.retired": N_("Ngừng dùng màn hình"),
    "display.commanded": N_("Gửi lệnh tới màn hình"),
    "display.hours": N_("Đặt giờ bật màn hình"),
    "display.bundled": N_("Ghi nội dung ra USB"),
    "drill.refused": N_("Từ chối buổi diễn tập"),
    "translation.approved": N_("Duyệt bản dịch"),
    "translation.returned": N_("Trả lại bản dịch"),
}


@pages.get("")
@allowed(Action.READ_AUDIT)
def page() -> str:
    mine = people.visible_units(store(), person(), Action.READ_AUDIT)
    everything = len(mine) == len(store().units.all())
    before = request.args.get("before", type=int)
    subject = request.args.get("subject") or None
    rows = store().audit.page(
        units=None if everything else mine, subject=subject, before=before, limit=PER_PAGE + 1
    )
    who = request.args.get("who", "").strip().lower()
    act = request.args.get("act", "")
    shown = [
        row
        for row in rows[:PER_PAGE]
        if (not who or who in row.who.lower()) and (not act or row.act == act)
    ]
    return render_template(
        "audit/page.html",
        rows=shown,
        acts=ACTS,
        who=who,
        act=act,
        subject=subject,
        older=rows[PER_PAGE - 1].number if len(rows) > PER_PAGE else None,
        is_first=before is None,
        broken=store().audit.first_broken() if everything and request.args.get("verify") else None,
        was_verified=everything and bool(request.args.get("verify")),
        may_verify=everything,
    )
