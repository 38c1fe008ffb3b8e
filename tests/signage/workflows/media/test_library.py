"""Uploads become assets of a unit, once."""

import hashlib
from pathlib import Path

import pytest
from PIL import Image

from signage.domain.people import NotAllowed
from signage.domain.sentences import Refused
from signage.store import Store
from signage.workflows.media import library
from tests.signage.pleiku import CITY_OFFICER, NOON, OFFICER, OTHER_OFFICER, VIEWER, WARD


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "upload.part"
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held upright
    exif[0x010F] = "A phone that tells where it was"
    Image.linear_gradient("L").convert("RGB").resize((640, 480)).save(path, "JPEG", exif=exif)
    return path


def add(store: Store, path: Path, filename: str = "Chợ Hội Phú.jpg", **who: object) -> object:
    details = {"unit": WARD.id, "by": OFFICER, "at": NOON} | who
    return library.add_asset(store, path, filename=filename, **details)


def kept_files(store: Store) -> list[Path]:
    roots = (store.originals.root, store.blobs.root)
    return [path for root in roots for path in root.rglob("*") if path.is_file()]


def test_the_original_is_kept_and_the_clean_copy_is_upright_and_silent(
    store: Store, photo: Path
) -> None:
    library.add_asset(store, photo, filename="Chợ.jpg", unit=WARD.id, by=OFFICER, at=NOON)
    [asset] = library.assets(store, by=OFFICER)
    assert asset.sha256 == hashlib.sha256(photo.read_bytes()).hexdigest()
    assert store.originals.read(asset.sha256) == photo.read_bytes()
    clean = store.blobs.read(asset.clean_sha256)
    assert (asset.width, asset.height, asset.bytes) == (480, 640, len(clean))
    assert b"A phone" not in clean
    assert photo.exists()


def test_the_same_bytes_twice_are_one_asset(store: Store, photo: Path) -> None:
    first = add(store, photo)
    assert add(store, photo, "other name.jpg") == first
    assert len(library.assets(store, by=OFFICER)) == 1


def test_two_units_have_an_asset_each(store: Store, photo: Path) -> None:
    add(store, photo)
    add(store, photo, unit="dien-hong", by=OTHER_OFFICER)
    assert len(library.assets(store, by=OFFICER)) == 1
    assert len(library.assets(store, by=CITY_OFFICER)) == 2
    assert len(kept_files(store)) == 2


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.jpg", "a\x00b.jpg", "ảnh\u202egpj.exe", "", ".."]
)
def test_a_name_that_could_mislead_is_refused_and_nothing_is_kept(
    store: Store, photo: Path, name: str
) -> None:
    with pytest.raises(Refused) as refused:
        add(store, photo, name)
    assert refused.value.field == "file"
    assert library.assets(store, by=OFFICER) == []
    assert kept_files(store) == []


def test_what_is_no_picture_is_refused_and_nothing_is_kept(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "upload.part"
    path.write_bytes(b"#!/bin/sh\nrm -rf /\n")
    with pytest.raises(Refused):
        add(store, path, "cho.jpg")
    assert kept_files(store) == []


def test_only_who_edits_in_a_unit_uploads_for_it(store: Store, photo: Path) -> None:
    for stranger in (OTHER_OFFICER, VIEWER):
        with pytest.raises(NotAllowed):
            add(store, photo, by=stranger)
    assert kept_files(store) == []


def test_an_asset_of_another_unit_is_not_seen(store: Store, photo: Path) -> None:
    add(store, photo)
    [asset] = library.assets(store, by=OFFICER, search="cho hoi")
    assert library.asset(store, asset.sha256, unit=WARD.id, by=VIEWER) == asset
    with pytest.raises(NotAllowed):
        library.asset(store, asset.sha256, unit=WARD.id, by=OTHER_OFFICER)
