"""Many displays at once from a CSV file: all rows or none."""

from pathlib import Path

import pytest

from signage.domain.sentences import Refused
from signage.store import Store
from signage.workflows.displays.display_lists import import_displays
from tests.signage.pleiku import ADMINISTRATOR, NOON

HEAD = "display,name,unit,site,site_name,latitude,longitude,profile,tags,loudspeaker"


def write(folder: Path, *rows: str, head: str = HEAD) -> Path:
    path = folder / "displays.csv"
    path.write_text("\n".join((head, *rows)) + "\n", "utf-8-sig")
    return path


def row(number: int) -> str:
    return (
        f"to-{number},Tổ dân phố {number},hoi-phu,nvh-{number},Nhà văn hóa tổ {number},"
        f"13.98{number:04},108.0{number:04},hd-1920x1080,nha-van-hoa to-dan-pho,1"
    )


def test_a_whole_city_comes_in_at_once(store: Store, tmp_path: Path) -> None:
    path = write(tmp_path, *(row(number) for number in range(175)))
    registered = import_displays(store, path, by=ADMINISTRATOR, at=NOON)
    assert len(registered) == 175
    assert store.displays.get("to-7").tags == ["nha-van-hoa", "to-dan-pho"]
    site = store.sites.get("nvh-7")
    assert (site.latitude_e6, site.has_loudspeaker) == (13_980_007, True)


def test_one_wrong_row_is_named_and_nothing_is_kept(store: Store, tmp_path: Path) -> None:
    before = store.displays.all()
    path = write(tmp_path, row(1), row(2).replace("hd-1920x1080", "hd"), row(3))
    with pytest.raises(Refused, match="Dòng 3: Không có loại màn hình này"):
        import_displays(store, path, by=ADMINISTRATOR, at=NOON)
    assert store.displays.all() == before


@pytest.mark.parametrize("where", ["mười ba", "nan", "Infinity", "1e999999"])
def test_a_coordinate_is_a_number(store: Store, tmp_path: Path, where: str) -> None:
    with pytest.raises(Refused, match="Dòng 2"):
        import_displays(
            store, write(tmp_path, row(1).replace("13.980001", where)), by=ADMINISTRATOR, at=NOON
        )


def test_a_missing_column_is_named(store: Store, tmp_path: Path) -> None:
    path = write(tmp_path, head="display,name")
    with pytest.raises(Refused, match="unit, site, site_name"):
        import_displays(store, path, by=ADMINISTRATOR, at=NOON)


def test_a_spreadsheet_in_another_encoding_is_refused_in_words(
    store: Store, tmp_path: Path
) -> None:
    path = tmp_path / "displays.csv"
    path.write_bytes(b"\xff\xfe" + HEAD.encode("utf-16-le"))
    with pytest.raises(Refused, match="UTF-8"):
        import_displays(store, path, by=ADMINISTRATOR, at=NOON)
