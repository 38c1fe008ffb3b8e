"""`signage media add`: one line for each file, and an exit code that tells of refusals."""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from signage.__main__ import main
from signage.store import Store
from tests.signage.ingest.bad_documents import pdf
from tests.signage.ingest.bad_files import encoded, photo
from tests.signage.ingest.bad_films import film
from tests.signage.pleiku import OFFICER, VIEWER, WARD, settle


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    assert run(home, "db", "upgrade").exit_code == 0
    store = store_of(home)
    settle(store)
    store.close()
    return home


def run(home: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, env={"SIGNAGE_HOME": str(home)})


def add(home: Path, *paths: Path, login: str = OFFICER.login, unit: str = WARD.id) -> Result:
    words = ("--as", login, "--unit", unit, "--no-state-secret")
    return run(home, "media", "add", *map(str, paths), *words)


def store_of(home: Path) -> Store:
    return Store.open(f"sqlite:///{home / 'signage.sqlite3'}", home / "media")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "tệp của phường"
    (folder / "ảnh").mkdir(parents=True)
    (folder / "ảnh" / "chợ.jpg").write_bytes(encoded(photo()))
    (folder / "thông báo.pdf").write_bytes(pdf(["Một", "Hai"]))
    (folder / "hội.mp4").write_bytes(film(seconds=1))
    (folder / ".DS_Store").write_bytes(b"what other systems leave behind")
    return folder


def test_a_folder_is_taken_with_a_line_for_each_file(home: Path, folder: Path) -> None:
    result = add(home, folder)
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert [line.partition(" ")[0] for line in lines] == ["taken"] * 3
    assert "chợ.jpg: picture, 640 × 480" in result.stdout
    assert "thông báo.pdf: document, 2 pages" in result.stdout
    assert "hội.mp4: video, 1.0 s" in result.stdout
    store = store_of(home)
    kinds = {asset.kind for asset in store.assets.page([WARD.id], kinds=("picture", "video"))}
    assert kinds == {"picture", "video"}
    store.close()


def test_a_refused_file_is_told_and_the_others_are_taken(home: Path, folder: Path) -> None:
    (folder / "TỐI MẬT.pdf").write_bytes(pdf())
    (folder / "trống.png").write_bytes(b"")
    (folder / "hỏng.pdf").write_bytes(pdf(size=(1, 90_000)))
    os.mkfifo(folder / "ống")
    result = add(home, folder)
    assert result.exit_code == 1
    refused = [line for line in result.stdout.splitlines() if line.startswith("refused")]
    assert len(refused) == 4
    assert any("0 byte" in line for line in refused)
    assert any("Trang 1" in line for line in refused)
    assert result.stdout.count("taken ") == 3


def test_the_same_folder_twice_changes_nothing(home: Path, folder: Path) -> None:
    add(home, folder)
    assert add(home, folder).exit_code == 0
    store = store_of(home)
    assert store.assets.count([WARD.id], kinds=("picture", "document", "video")) == 3
    store.close()


@pytest.mark.parametrize(("login", "unit"), [(VIEWER.login, WARD.id), (OFFICER.login, "nowhere")])
def test_who_may_not_add_is_told_once(home: Path, folder: Path, login: str, unit: str) -> None:
    result = add(home, folder, login=login, unit=unit)
    assert result.exit_code == 1
    assert len(result.output.splitlines()) == 1


def test_many_files_are_taken_in_one_go(home: Path, tmp_path: Path) -> None:
    many = tmp_path / "many"
    many.mkdir()
    for number in range(40):
        picture = photo(40, 30)
        picture.putpixel((0, 0), (number, 0, 0))
        (many / f"{number:04}.png").write_bytes(encoded(picture, "PNG"))
    result = add(home, many)
    assert result.exit_code == 0
    assert result.stdout.count("taken ") == 40
