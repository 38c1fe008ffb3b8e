"""Starters: slides written beforehand on what every ward tells, to be filled in and sent.

What only the ward knows is left as blanks; a slide with a blank can't be submitted.
"""

from collections.abc import Mapping

import msgspec

from signage.domain.finding import Finding
from signage.domain.names import NotFound
from signage.domain.sentences import N_

BLANK = "___"
"""Where a starter has to be filled in."""


class Starter(msgspec.Struct, frozen=True, kw_only=True):
    """A slide to begin with: `title` and `topic` name it on the page, `fields` are its words."""

    id: str
    topic: str
    title: str
    layout: str
    fields: dict[str, str]
    seconds: int = 10


_HEALTH, _PRICES = N_("Sức khỏe"), N_("Giá cả")
_DAYS, _PROCEDURES = N_("Ngày lễ, kỷ niệm"), N_("Thủ tục")
_LIFE, _SAFETY = N_("Đời sống"), N_("An ninh, an toàn")


def _notice(id_: str, topic: str, title: str, heading: str, body: str) -> Starter:
    words = {"title": heading, "body": body, "source": ""}
    return Starter(id=id_, topic=topic, title=title, layout="notice", fields=words)


def _table(id_: str, title: str, heading: str, rows: str) -> Starter:
    words = {"title": heading, "rows": rows, "source": ""}
    return Starter(id=id_, topic=_PRICES, title=title, layout="timetable", fields=words)


def _greeting(id_: str, title: str, text: str, layout: str = "greeting") -> Starter:
    return Starter(id=id_, topic=_DAYS, title=title, layout=layout, fields={"text": text})


STARTERS: tuple[Starter, ...] = (
    _notice(
        "dengue", _HEALTH, N_("Phòng sốt xuất huyết"), "Phòng sốt xuất huyết",
        "Diệt lăng quăng mỗi tuần, ngủ màn cả ngày. Sốt cao 2 ngày: đến trạm y tế.",
    ),
    _notice(
        "vaccination", _HEALTH, N_("Lịch tiêm chủng"), "Tiêm chủng cho trẻ",
        f"Ngày {BLANK}, tại Trạm Y tế {BLANK}. Mang theo sổ tiêm.",
    ),
    _notice(
        "rabies", _HEALTH, N_("Phòng bệnh dại"), "Phòng bệnh dại",
        "Bị chó, mèo cắn: rửa vết thương 15 phút, đến trạm y tế tiêm ngay.",
    ),
    _table("pork", N_("Giá heo"), f"Giá heo ngày {BLANK}",
           f"Loại | đ/kg\nHeo hơi | {BLANK}\nBa chỉ | {BLANK}"),
    _table("crops", N_("Giá nông sản"), f"Giá ngày {BLANK}",
           f"Nông sản | đ/kg\nCà phê | {BLANK}\nHồ tiêu | {BLANK}"),
    _greeting("tet", N_("Chúc Tết"), "Chúc mừng năm mới\nAn khang thịnh vượng"),
    _greeting("party-day", N_("Ngày thành lập Đảng 3/2"),
              "Mừng Đảng, mừng Xuân\nKỷ niệm Ngày 3/2", "slogan"),
    _greeting("women", N_("Quốc tế Phụ nữ 8/3"), "Chúc mừng Ngày Quốc tế Phụ nữ 8/3"),
    _greeting("pleiku", N_("Giải phóng Pleiku 17/3"), "Kỷ niệm Ngày giải phóng Pleiku 17/3",
              "slogan"),
    _greeting("reunification", N_("Thống nhất đất nước 30/4"),
              "Kỷ niệm Ngày thống nhất đất nước 30/4", "slogan"),
    _greeting("invalids", N_("Thương binh – Liệt sĩ 27/7"),
              "Đời đời nhớ ơn các Anh hùng liệt sĩ", "slogan"),
    _greeting("national-day", N_("Quốc khánh 2/9"), "Chào mừng Quốc khánh 2/9"),
    _greeting("autumn", N_("Tết Trung thu"), "Chúc các cháu Trung thu vui vẻ"),
    _greeting("teachers", N_("Nhà giáo Việt Nam 20/11"), "Tri ân thầy cô\nNgày Nhà giáo 20/11"),
    _greeting("army", N_("Thành lập Quân đội 22/12"),
              "Kỷ niệm Ngày thành lập Quân đội 22/12", "slogan"),
    _notice(
        "birth", _PROCEDURES, N_("Đăng ký khai sinh"), "Đăng ký khai sinh",
        "Trong 60 ngày, miễn phí. Mang giấy chứng sinh đến bộ phận Một cửa.",
    ),
    _notice(
        "online", _PROCEDURES, N_("Nộp hồ sơ qua mạng"), "Nộp hồ sơ tại nhà",
        "Vào dichvucong.gov.vn. Chưa quen: đến Một cửa, có người giúp.",
    ),
    Starter(
        id="poll", topic=_PROCEDURES, title=N_("Góp ý bằng mã QR"), layout="qr",
        fields={
            "title": "Ý kiến của bà con",
            "body": "Quét mã để góp ý. Hoặc gọi 1022, hoặc gặp cán bộ phường.",
            "address": "",
            "source": "",
        },
    ),
    Starter(
        id="reception", topic=_PROCEDURES, title=N_("Tiếp công dân"), layout="reception",
        fields={
            "day": f"Thứ {BLANK}, ngày {BLANK}",
            "hours": "7 giờ 30 – 11 giờ",
            "place": f"UBND phường {BLANK}",
            "who": "Chủ tịch UBND",
        },
    ),
    _notice("power", _LIFE, N_("Cắt điện"), "Tạm ngừng cấp điện",
            f"{BLANK} giờ ngày {BLANK}, tại {BLANK}."),
    _notice("waste", _LIFE, N_("Thu gom rác"), "Thu gom rác",
            f"Để rác trước cửa lúc {BLANK} giờ các ngày {BLANK}."),
    _notice(
        "fraud", _SAFETY, N_("Cảnh giác lừa đảo"), "Cảnh giác lừa đảo",
        "Không chuyển tiền, không đọc mã OTP cho ai. Nghi ngờ: gọi 113.",
    ),
    _notice(
        "fire", _SAFETY, N_("Phòng cháy"), "Phòng cháy trong nhà",
        "Khóa ga, rút điện khi ra khỏi nhà. Có cháy: gọi ngay 114.",
    ),
)  # fmt: skip
"""In the order in which they are offered; those of one topic stand together."""


def starter_named(name: str) -> Starter:
    """Return one starter; raises NotFound."""
    for starter in STARTERS:
        if starter.id == name:
            return starter
    raise NotFound(N_("Không có trang mẫu này. Hãy chọn trang khác."))


def blanks_left(fields: Mapping[str, str]) -> list[Finding]:
    """Return what keeps a slide from being submitted: fields in which a blank is left."""
    return [
        Finding(
            code="blank",
            severity="refuse",
            msgid=N_("Còn chỗ trống “{blank}” chưa điền. Hãy điền hoặc xóa đi."),
            params={"blank": BLANK},
            field=name,
        )
        for name, text in fields.items()
        if BLANK in text
    ]
