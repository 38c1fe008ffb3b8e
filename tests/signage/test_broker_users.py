"""Passwords for the broker are kept as Mosquitto keeps them."""

import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from signage.broker_users import BrokerUsers, hashed, is_hash_of


@pytest.fixture
def users(tmp_path: Path) -> BrokerUsers:
    (tmp_path / "ca.crt").write_text("an authority")
    return BrokerUsers(tmp_path / "users", tmp_path / "ca.crt")


def test_a_folder_that_has_a_password_keeps_it(users: BrokerUsers, tmp_path: Path) -> None:
    access = users.equip("display-ubnd", tmp_path)
    password, known = access.password(), users.hash_of("display-ubnd")
    users.equip("display-ubnd", tmp_path)
    assert (access.password(), users.hash_of("display-ubnd")) == (password, known)
    assert is_hash_of(password, known)


def test_a_password_that_was_changed_by_hand_is_taken(users: BrokerUsers, tmp_path: Path) -> None:
    access = users.equip("display-ubnd", tmp_path)
    access.password_file.write_text("another one\n")
    users.equip("display-ubnd", tmp_path)
    assert is_hash_of("another one", users.hash_of("display-ubnd"))


def test_a_password_is_for_its_owner_only(users: BrokerUsers, tmp_path: Path) -> None:
    file = users.equip("display-ubnd", tmp_path).password_file
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.system("mosquitto")
def test_a_hash_is_as_mosquitto_makes_it(tmp_path: Path) -> None:
    file = tmp_path / "passwd"
    file.touch(mode=0o600)
    program = shutil.which("mosquitto_passwd") or "mosquitto_passwd"
    subprocess.run([program, "-b", str(file), "ubnd", "mật khẩu"], check=True)
    theirs = file.read_text().strip().removeprefix("ubnd:")
    assert is_hash_of("mật khẩu", theirs)
    assert not is_hash_of("mật khẩu", hashed("another one"))
