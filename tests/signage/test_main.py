"""The command line: real commands on a home folder, in the order of a new installation."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from players.settings import read_settings
from signage.__main__ import main
from signage.store import Store
from tests.signage.pleiku import ADMINISTRATOR, CITY_OFFICER, DUTY_OFFICER, OFFICER, settle

CHEAP = {"SIGNAGE_PASSWORD_MEMORY_KIB": "64", "SIGNAGE_PASSWORD_PASSES": "1"}
BEGIN = ("begin", "--unit", "pleiku-city", "--unit-name", "Pleiku", "--password", "mưa rừng 2026")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def run(home: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, env=CHEAP | {"SIGNAGE_HOME": str(home)})


def store_of(home: Path) -> Store:
    return Store.open(f"sqlite:///{home / 'signage.sqlite3'}", home / "media")


@pytest.fixture
def settled(home: Path) -> Path:
    run(home, "db", "upgrade")
    store = store_of(home)
    settle(store)
    store.close()
    return home


def test_a_new_installation_begins_with_one_administrator(home: Path) -> None:
    assert run(home, *BEGIN).exit_code == 0
    again = run(home, *BEGIN)
    assert again.exit_code == 1
    assert "đã có tài khoản" in again.output
    store = store_of(home)
    assert [user.login for user in store.users.all()] == ["quan-tri"]
    store.close()


def test_a_weak_password_begins_nothing(home: Path) -> None:
    result = run(home, *BEGIN[:-1], "ngắn")
    assert result.exit_code == 1
    assert "Mật khẩu cần từ" in result.output


def test_playlists_come_in_from_a_folder(settled: Path, tmp_path: Path) -> None:
    folder = tmp_path / "playlists" / "hoi-phu"
    folder.mkdir(parents=True)
    (folder / "a.yaml").write_text("title: Tin\nslides:\n  - {layout: slogan, text: Vì dân}\n")
    apply = ("playlists", "apply", str(folder.parent), "--as", CITY_OFFICER.login)
    assert "changed (Tin)" in run(settled, *apply).output
    assert "unchanged (Tin)" in run(settled, *apply).output
    (folder / "a.yaml").write_text("title: Tin\nslide: []\n")
    wrong = run(settled, *apply)
    assert wrong.exit_code == 1
    assert "a.yaml:2: there is no key 'slide' in a playlist; did you mean 'slides'?" in wrong.output


def test_a_player_is_provisioned_in_one_command(settled: Path, tmp_path: Path) -> None:
    result = run(
        settled,
        *("provision", "ubnd", str(tmp_path / "ubnd"), "--as", ADMINISTRATOR.login),
        *("--output", "png_folder"),
    )
    assert result.exit_code == 0, result.output
    read = read_settings(tmp_path / "ubnd" / "player.yaml", {"png_folder": ""})
    assert (read.display, read.width, read.height) == ("ubnd", 192, 96)
    assert read.roots()


def test_a_wall_is_not_provisioned_without_its_receiver(settled: Path, tmp_path: Path) -> None:
    by = ("--as", ADMINISTRATOR.login, "--output", "ddp")
    result = run(settled, "provision", "ubnd", str(tmp_path / "ubnd"), *by)
    assert "An LED wall needs --target" in result.output
    assert not (tmp_path / "ubnd").exists()


def test_an_unknown_login_is_told_who_there_is(settled: Path, tmp_path: Path) -> None:
    result = run(settled, "provision", "ubnd", str(tmp_path / "ubnd"), "--as", "lan")
    assert result.exit_code == 1
    assert "Nobody signs in as 'lan'" in result.output
    assert ADMINISTRATOR.login in result.output
    assert not (tmp_path / "ubnd").exists()


def test_an_officer_provisions_nothing(settled: Path, tmp_path: Path) -> None:
    officer = ("--as", CITY_OFFICER.login)
    result = run(settled, "provision", "ubnd", str(tmp_path / "ubnd"), *officer)
    assert result.exit_code == 1
    assert "Vai trò của bạn không có quyền" in result.output


def test_displays_come_in_from_a_list_with_their_coordinates(settled: Path, tmp_path: Path) -> None:
    rows = tmp_path / "displays.csv"
    rows.write_text(
        "display,name,unit,site,site_name,latitude,longitude,profile\n"
        "nvh-moi,Nhà văn hóa mới,hoi-phu,nvh-moi,Nhà văn hóa mới,13.93,108.05,hd-1920x1080\n"
    )
    result = run(settled, "displays", "import", str(rows), "--as", ADMINISTRATOR.login)
    assert "1 displays are registered" in result.output
    store = store_of(settled)
    assert store.sites.get("nvh-moi").longitude_e6 == 108_050_000
    store.close()


def test_factors_are_given_listed_and_taken_away_on_the_command_line(settled: Path) -> None:
    home, login = settled, DUTY_OFFICER.login
    given = run(home, "factor", "enrol", login, "--png", str(home / "qr.png"))
    assert f"{login} may act on (pleiku-city): every display" in given.output
    assert "otpauth://totp/" in given.output
    assert (home / "qr.png").stat().st_size > 0
    assert "/account/passkey" in run(home, "factor", "invite", login).output
    (row,) = run(home, "factor", "list").output.splitlines()
    assert f"{login}  totp  for alert on everything" in row
    assert run(home, "factor", "remove", row.split()[0]).exit_code == 0
    assert run(home, "factor", "list").output == ""
    assert run(home, "factor", "unlock", login).exit_code == 0


def test_a_ward_officers_factor_is_for_the_displays_of_the_ward_as_told(settled: Path) -> None:
    enrol = ("factor", "enrol", OFFICER.login, "--for", "holds", "--png", str(settled / "qr.png"))
    given = run(settled, *enrol)
    assert "(hoi-phu): display:nvh-hoi-phu, unit:hoi-phu" in given.output
    wider = run(settled, "factor", "reach", OFFICER.login, "--unit", "dien-hong")
    assert "(dien-hong): display:nvh-dien-hong, unit:dien-hong" in wider.output
    assert run(settled, "factor", "reach", ADMINISTRATOR.login).exit_code == 1
    assert "Nobody signs in" in run(settled, "factor", "enrol", "khong-ai").output
