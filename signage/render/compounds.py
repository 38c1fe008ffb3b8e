"""Words of two syllables that a line break should not tear: Vietnamese puts blanks inside words."""

# The commonest of official notices, one head syllable a line with the syllables it leads to.
_LEADING = """
an: ninh toàn
anh: hùng
bà: con
bao: gồm
báo: cáo chí động
bảo: đảm hiểm quản tồn trợ vệ
bầu: cử
bệnh: nhân viện
biên: giới
bổ: sung
bộ: đội trưởng
bồi: dưỡng thường
bưu: điện
cách: ly mạng
cắt: điện nước
cán: bộ
cảnh: báo giác sát
cấp: cứu giấy phép
chào: mừng
chăm: sóc
chấp: hành
chất: lượng
chỉ: đạo thị
chiến: dịch thắng
chính: phủ quyền sách trị
chủ: nhiệm nhật quyền tịch tọa
chuẩn: bị
chúc: mừng
chuyên: đề môn
chứng: minh nhận
cộng: đồng hòa sản
công: an bố dân khai nghệ nghiệp nhân tác trình viên ty
cơ: quan quan sở
cư: trú
cứu: hộ nạn thương
dân: phòng quân số tộc vận
danh: sách
di: chuyển dời sản tích
dịch: bệnh vụ
diễn: ra tập
doanh: nghiệp
du: lịch
duy: trì
dự: án báo kiến phòng
đại: biểu đoàn hội
đảm: bảo
đảng: bộ ủy viên
đăng: ký
đấu: giá tranh thầu
đề: nghị xuất
địa: bàn chỉ điểm phương
điện: lực thoại tử
điều: kiện trị
định: kỳ
đoàn: kết viên
độc: lập
đô: thị
đội: ngũ
đối: tượng
đồng: bào chí
đời: sống
đường: phố
gia: đình hạn súc
giải: phóng quyết thưởng
giao: lưu thông
giáo: dục viên
giám: đốc sát
giấy: tờ
giữ: gìn
hành: chính động khách
hạnh: phúc
hân: hoan
hiến: máu pháp
hiện: đại
hiệu: quả lực trưởng
hòa: bình
hoàn: thành thiện
hoạt: động
học: sinh tập
hỗ: trợ
hồ: sơ
hội: nghị viên đồng
huấn: luyện
huyện: ủy
hướng: dẫn
hưởng: ứng
hữu: nghị
kế: hoạch
kết: quả hợp thúc
khai: giảng mạc thác
khám: bệnh chữa
khánh: thành
khắc: phục
khẩn: cấp trương
khen: thưởng
khiếu: nại
kháng: chiến
kinh: doanh phí tế nghiệm
kiểm: soát tra
kỷ: luật niệm
kỹ: năng thuật
lãnh: đạo
lao: động
lắp: đặt
lễ: hội
liên: hệ hoan quan
liệt: sĩ
lực: lượng
lương: thực
mặt: trận
miễn: phí
môi: trường
mời: gọi
mừng: tuổi
năng: lượng
nghệ: nhân thuật
nghĩa: vụ
nghiêm: túc cấm
nguy: hiểm cơ
người: dân
nhà: giáo nước rông văn
nhân: dân viên kỷ
nhiệm: vụ kỳ
nhiệt: liệt tình
nông: dân nghiệp thôn
nước: sạch
ô: nhiễm
phát: động hiện huy sinh triển thanh
pháp: luật
phản: ánh
phòng: cháy chống dịch ngừa
phong: trào tục
phối: hợp
phổ: biến
phụ: huynh nữ trách
phúc: lợi
phương: án tiện
quan: tâm trọng
quản: lý
quân: đội sự
quảng: trường
quê: hương
quốc: gia hội phòng tế khánh
quy: định hoạch
quyền: lợi
quyết: định tâm
quyên: góp
sản: phẩm xuất
sạt: lở
sáng: tạo
sinh: hoạt viên
sơ: tán
sốt: xuất
sổ: tay
sự: kiện nghiệp
sức: khỏe
tài: chính liệu nguyên sản
tạm: trú thời vắng
tham: gia dự quan
thành: công lập phố tích viên
thanh: niên toán tra
thăm: hỏi
thể: dục thao
thi: công đua hành
thiên: tai
thiết: bị yếu
thiếu: nhi niên
thôn: làng
thông: báo qua tin
thời: gian hạn tiết
thủ: tục tướng đô
thuế: vụ
thực: hiện phẩm
thương: binh mại
thứ: hai ba tư năm sáu bảy
thường: trực vụ xuyên
tích: cực
tiêm: chủng phòng
tiên: tiến
tiếp: công nhận tục xúc
tiết: kiệm
tiêu: chuẩn hủy
tin: tức tưởng
tổ: chức dân quốc
toàn: dân quốc thể
tôn: giáo vinh
tố: cáo giác
trách: nhiệm
trạm: y
trật: tự
trẻ: em
triển: khai lãm
trồng: cây
trung: tâm thu ương
truyền: hình thông thống
trú: ẩn
trường: học hợp
trưởng: thôn
tuân: thủ
tuyên: dương truyền
tuyển: sinh dụng
tư: pháp vấn
tự: do nguyện quản
tương: lai trợ
ủng: hộ
ủy: ban viên
vận: chuyển động hành
văn: bản hóa minh nghệ phòng
vệ: sinh
vi: phạm
viên: chức
vui: vẻ
vùng: sâu xa
vượt: qua
xã: hội
xây: dựng
xử: lý phạt
xuất: huyết sắc
y: tế
yêu: cầu nước
"""


def _pairs() -> frozenset[tuple[str, str]]:
    pairs = set()
    for line in _LEADING.strip().splitlines():
        head, _, tails = line.partition(":")
        pairs |= {(head, tail) for tail in tails.split()}
    return frozenset(pairs)


_PAIRS = _pairs()
_EDGES = ".,;:!?()“”\"'"


def belong_together(before: str, after: str) -> bool:
    """Return whether a break between these two syllables would tear a word or a name."""
    if before[-1:] in _EDGES or after[:1] in _EDGES:
        return False
    # Two capitals in a row are a name: Hùng Vương, Hội Phú, Việt Nam.
    if before.istitle() and after.rstrip(_EDGES).istitle():
        return True
    return (before.lower().lstrip(_EDGES), after.lower().rstrip(_EDGES)) in _PAIRS
