"""Wordings to start an alert from: an action first, then where; the officer completes them.

They are words for the boards, so they are not translated with the pages.
"""

import msgspec


class Sample(msgspec.Struct, frozen=True, kw_only=True):
    """A wording by its name in addresses.

    It has no level: that is said by those who forecast, and a forest-fire class V is no disaster
    risk of level 5.
    """

    name: str
    title: str
    headline: str
    body: str
    symbol: str = ""


SAMPLES = (
    Sample(
        name="flood",
        symbol="flood",
        title="Lũ, ngập lụt",
        headline="Lũ đang lên nhanh",
        body="Rời ngay ven suối, ngầm tràn, nơi trũng. Lên chỗ cao. Không lội qua dòng nước chảy.",
    ),
    Sample(
        name="landslide",
        symbol="landslide",
        title="Sạt lở đất, lũ quét",
        headline="Nguy cơ sạt lở đất",
        body="Rời nhà ở sát sườn dốc. Đến nhà văn hóa gần nhất. Không đi qua đường đèo trong đêm.",
    ),
    Sample(
        name="storm",
        symbol="storm",
        title="Bão, gió mạnh",
        headline="Bão sắp vào",
        body="Ở trong nhà kiên cố, tránh xa cửa kính. Không ra đường khi chưa báo hết nguy hiểm.",
    ),
    Sample(
        name="lightning",
        symbol="lightning",
        title="Dông, sét, mưa đá",
        headline="Dông mạnh kèm sét, mưa đá",
        body="Vào nhà ngay. Không trú dưới cây to, cột điện, biển quảng cáo. Rút phích điện.",
    ),
    Sample(
        name="forest-fire",
        symbol="fire",
        title="Cháy rừng",
        headline="Nguy cơ cháy rừng cực kỳ nguy hiểm",
        body="Không đốt nương rẫy, không mang lửa vào rừng. Thấy khói, lửa hãy báo ngay số 114.",
    ),
    Sample(
        name="dam",
        symbol="flood",
        title="Xả lũ hồ chứa",
        headline="Hồ chứa sắp xả lũ",
        body="Người và gia súc rời khỏi lòng sông, bãi bồi phía hạ lưu trước giờ xả.",
    ),
)


def sample_named(name: str | None) -> Sample | None:
    """Return one wording, or None."""
    return next((one for one in SAMPLES if one.name == name), None)
