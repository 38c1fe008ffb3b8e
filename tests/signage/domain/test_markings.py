"""A marking is refused; the same word in ordinary writing is not."""

import pytest

from signage.domain.markings import (
    marking_in_name,
    marking_in_text,
    refuse_marked_name,
    refuse_marked_reading,
    refuse_marked_text,
)
from signage.domain.sentences import Refused

LETTERHEAD = "ỦY BAN NHÂN DÂN\nPHƯỜNG HỘI PHÚ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"


@pytest.mark.parametrize(
    ("text", "marking"),
    [
        ("TUYỆT MẬT", "TUYỆT MẬT"),
        ("  [ TỐI MẬT ]  ", "TỐI MẬT"),
        ("Tuyệt mật", "TUYỆT MẬT"),
        (LETTERHEAD + "MẬT\nSố: 05/BC-UBND", "MẬT"),
        (LETTERHEAD + "Mật\nSố: 05/BC-UBND", "MẬT"),
        (LETTERHEAD + "Số: 05/BC-UBND   MẬT\nBáo cáo tình hình", "MẬT"),
        ("Số 12 - TUYỆT MẬT - Bản số 3", "TUYỆT MẬT"),
        ("Độ mật: Mật", "MẬT"),
        ("Mức độ mật: tối mật", "TỐI MẬT"),
        ("ĐỘ MẬT: TUYỆT MẬT", "TUYỆT MẬT"),
        ("T U Y Ệ T   M Ậ T", "TUYỆT MẬT"),
        ("M Ậ T", "MẬT"),
        ("TỐI MẬT 05", "TỐI MẬT"),
        ("Tài liệu lưu hành nội bộ", "LƯU HÀNH NỘI BỘ"),
        ("(Lưu hành nội bộ)", "LƯU HÀNH NỘI BỘ"),
        ("Kế hoạch quý 4 (tài liệu lưu hành nội bộ)", "LƯU HÀNH NỘI BỘ"),
        ("Sổ tay của phòng - LƯU HÀNH NỘI BỘ", "LƯU HÀNH NỘI BỘ"),
        ("lời dẫn\n" * 40 + "TỐI MẬT", "TỐI MẬT"),
        ("MA\u0323\u0302T", "MẬT"),
        ("M\u00a0Ậ\u00a0T", "MẬT"),
        ("T\u200bỐI MẬT".replace("\u200b", ""), "TỐI MẬT"),
    ],
)
def test_a_marking_is_found(text: str, marking: str) -> None:
    assert marking_in_text(text) == marking


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Mật ong rừng Gia Lai, giá 200.000 đồng",
        "MẬT ONG RỪNG GIA LAI",
        "MẬT\nONG RỪNG",
        "MẬT ĐỘ DÂN SỐ",
        "Mật độ dân số 250 người/km²",
        "LUẬT BẢO VỆ BÍ MẬT NHÀ NƯỚC",
        "LUẬT BẢO VỆ BÍ\nMẬT\nNHÀ NƯỚC",
        "Luật Bảo vệ bí mật nhà nước số 117/2025/QH15",
        "Bí mật nhà nước có ba độ: Tuyệt mật, Tối mật, Mật.",
        "QUY ĐỊNH DANH MỤC BÍ MẬT NHÀ NƯỚC ĐỘ TUYỆT MẬT, TỐI MẬT VÀ MẬT",
        "nghiêm cấm phát tán tài liệu lưu hành nội bộ của cơ quan",
        "QUY CHẾ QUẢN LÝ VĂN BẢN LƯU HÀNH NỘI BỘ",
        "Hãy đổi mật khẩu",
        "ĐỔI MẬT KHẨU NGAY",
        "chương trình BÍ MẬT của rừng",
        "Đêm hội BÍ MẬT",
        "mật",
        "có mật\nong và sữa",
        "lời dẫn\n" * 40 + "Mật",
        "THÔNG BÁO BẢO MẬT",
    ],
)
def test_ordinary_writing_is_let_through(text: str) -> None:
    assert marking_in_text(text) is None


@pytest.mark.parametrize(
    ("name", "marking"),
    [
        ("TUYỆT MẬT.pdf", "TUYỆT MẬT"),
        ("tuyệt mật.pdf", "TUYỆT MẬT"),
        ("Kế hoạch_TỐI MẬT_2026.docx", "TỐI MẬT"),
        ("[MẬT] phương án.pptx", "MẬT"),
        ("MẬT - phương án.pptx", "MẬT"),
        ("Báo cáo MẬT quý 3.docx", None),
        ("Báo cáo quý 3 MẬT.docx", "MẬT"),
        ("bao cao TUYET MAT.pdf", "TUYỆT MẬT"),
        ("bao-cao-TOI-MAT.pdf", "TỐI MẬT"),
        ("MAT_KH05.pdf", "MẬT"),
        ("Sổ tay (lưu hành nội bộ).pdf", "LƯU HÀNH NỘI BỘ"),
        ("Tài liệu lưu hành nội bộ.pdf", "LƯU HÀNH NỘI BỘ"),
        ("LUU HANH NOI BO.pdf", "LƯU HÀNH NỘI BỘ"),
        ("mật ong.jpg", None),
        ("MẬT ONG.jpg", None),
        ("Mật độ dân số.pdf", None),
        ("Luật bảo vệ bí mật nhà nước.pdf", None),
        ("BÍ MẬT RỪNG XANH.mp4", None),
        ("KHAM_MAT_MIEN_PHI.pdf", None),
        ("toi-mat-vi.jpg", None),
        ("format.mat", None),
        ("DANH MUC BI MAT NHA NUOC DO TOI MAT.pdf", None),
    ],
)
def test_names_go_by_the_same_rule(name: str, marking: str | None) -> None:
    assert marking_in_name(name) == marking


def test_the_refusal_says_what_to_do_and_that_nothing_is_kept() -> None:
    with pytest.raises(Refused, match=r"TỐI MẬT.*không giữ lại gì.*Hãy xử lý"):
        refuse_marked_text("TỐI MẬT")
    with pytest.raises(Refused):
        refuse_marked_name("TỐI MẬT.pdf")
    refuse_marked_text("Mật ong")
    refuse_marked_name("mật ong.jpg")


@pytest.mark.parametrize(
    ("read", "marking"),
    [
        ("UỶ BAN NHÂN DÂN\n| MẠT |\nSố: 15", "MẬT"),
        ("TUYẸT MẠT", "TUYỆT MẬT"),
        ("TUYỆT MẬI", "TUYỆT MẬT"),
        ("TỔI MẬT", "TỐI MẬT"),
        ("LƯU HÀÃNH NỌI BỘ", "LƯU HÀNH NỘI BỘ"),
    ],
)
def test_a_marking_is_found_though_a_program_misread_it(read: str, marking: str) -> None:
    with pytest.raises(Refused, match=marking):
        refuse_marked_reading(read)


@pytest.mark.parametrize(
    "read", ["BỆNH VIỆN MẮT", "MẮT", "KHÁM MẶT", "TRÀ MÁT", "TỐI MAI", "LƯU HÀNH XE TẢI", "mạt"]
)
def test_a_word_that_is_near_to_a_marking_is_not_one(read: str) -> None:
    refuse_marked_reading(read)
