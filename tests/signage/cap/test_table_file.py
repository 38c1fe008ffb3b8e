from pathlib import Path

import pytest

from signage.cap.table_file import FILE, BadTable, read_table, table_of
from tests.signage.cap.messages import SENDER, Signatory
from tests.signage.pleiku import NOON

TABLE = f"""
life_minutes: 180
senders:
  - sender: {SENDER}
    name: Đài KTTV tỉnh Gia Lai
    certificates: [kttv.pem]
    automatic: true
rules:
  - name: lũ
    events: [flood]
    level: 3
    headline: LŨ KHẨN CẤP
"""


def test_without_a_file_nothing_is_known(tmp_path: Path) -> None:
    assert read_table(tmp_path).rules.senders == []


def test_a_table_is_read_with_its_certificates(tmp_path: Path) -> None:
    pem = Signatory(NOON).pem
    (tmp_path / FILE).write_text(TABLE)
    (tmp_path / "kttv.pem").write_bytes(pem)
    table = read_table(tmp_path)
    assert table.certificates == {SENDER: [pem]}
    assert table.rules.life_minutes == 180


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("level: 3", "level: 7", "cap.yaml:11: Expected `int` <= 5"),
        ("automatic: true", "automatc: true", "cap.yaml:4: Object contains unknown field"),
        ("life_minutes: 180", "life_minutes: long", "cap.yaml:2: Expected `int`"),
        ("[flood]", "[flood", "is not YAML"),
    ],
)
def test_a_mistake_is_told_with_its_line(old: str, new: str, sentence: str) -> None:
    with pytest.raises(BadTable) as bad:
        table_of(TABLE.replace(old, new))
    assert sentence in str(bad.value)


def test_a_missing_certificate_is_told(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(TABLE)
    with pytest.raises(BadTable, match=r"certificate can't be used.*kttv\.pem"):
        read_table(tmp_path)
