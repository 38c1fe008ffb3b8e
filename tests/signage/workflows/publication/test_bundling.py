"""Bundles from the controller: what a player believes of them, and what is refused before."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from players.blobs.cache import Cache
from players.bundles.carried import take
from players.bundles.medium import Medium
from players.contract.bundle import FILES, FOLDER, INDEX
from players.contract.keys import Role, root_set
from players.contract.limits import MIB, MINUTE
from players.contract.signature import Kind
from players.sealed.verdict import Standing
from signage.domain.hold import HoldKind
from signage.domain.people import NotAllowed
from signage.domain.sentences import Refused
from signage.keys import KeyFiles
from signage.workflows.publication import bundling, publishing
from signage.workflows.publication.sealing import SealingDesk
from signage.workflows.sets import holding, laid_sets
from signage.workflows.sets.hold_sets import HOLDS
from tests.signage.pleiku import ADMINISTRATOR, DUTY_OFFICER, NOON, OFFICER, SMALL_BOARD
from tests.signage.sealing import freely_set


@pytest.fixture
def files(tmp_path) -> KeyFiles:
    made = KeyFiles(tmp_path / "keys", "pleiku")
    made.make(at=NOON)
    return made


def desk(files, role=Role.CONTENT):
    return SealingDesk(files.signer(role), fleet="pleiku", epoch=1, boot_ms=lambda: 0)


@pytest.fixture
def stick(tmp_path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def make(store, files, stick, *displays, by=ADMINISTRATOR, at=NOON):
    return bundling.make_bundle(
        store,
        desk(files),
        displays or ("ubnd",),
        stick,
        sealed_keys=files.sealed_list(),
        by=by,
        at=at,
    )


def published(store, files):
    publishing.publish_changes(store, desk(files), zone=ZoneInfo("Asia/Ho_Chi_Minh"), at=NOON)


def taken(files, stick, tmp_path, display="ubnd"):
    roots = root_set(files.pinned_roots())
    standing = Standing("pleiku", display, SMALL_BOARD.id, roots, 1, None, {})
    cache = Cache(tmp_path / f"cache-{display}", 50 * MIB)
    return take(Medium(stick / FOLDER), standing, cache, NOON, {}), cache


def test_a_player_that_only_knows_the_root_takes_the_bundle_in(store, files, stick, tmp_path):
    published(store, files)
    holding.place(
        store,
        HoldKind.MEETING,
        targets=["display:ubnd"],
        until=NOON + 30 * MINUTE,
        authorise=freely_set(store),
        by=DUTY_OFFICER,
        at=NOON,
    )
    laid_sets.publish(store, desk(files, Role.HOLD), HOLDS, profiles=[SMALL_BOARD.id], at=NOON)
    made = make(store, files, stick, "ubnd", "hoa-lu")
    found, cache = taken(files, stick, tmp_path)
    assert made.displays == 2
    assert set(found.documents) == {Kind.KEYS, Kind.MANIFEST, Kind.HOLDS}
    assert cache.size > 0


def test_nothing_else_lies_in_the_bundle_than_what_the_documents_name(store, files, stick):
    published(store, files)
    make(store, files, stick)
    names = {path.name for path in (stick / FOLDER / FILES).iterdir()}
    named = set(store.publications.blobs_of(["display:ubnd"]))
    assert named < names
    assert len(names - named) == 1  # the manifest itself


def test_a_second_bundle_replaces_the_first_on_the_stick(store, files, stick):
    published(store, files)
    make(store, files, stick)
    before = (stick / FOLDER / INDEX).read_bytes()
    make(store, files, stick, at=NOON + MINUTE)
    assert (stick / FOLDER / INDEX).read_bytes() != before
    assert [path.name for path in stick.iterdir()] == [FOLDER]


def test_a_display_that_was_never_published_is_named(store, files, stick):
    with pytest.raises(Refused, match="Trước UBND"):
        make(store, files, stick)
    assert list(stick.iterdir()) == []


def test_a_stick_that_is_not_there_is_said(store, files, stick):
    published(store, files)
    with pytest.raises(Refused, match="cắm USB"):
        make(store, files, stick / "gone")


def test_a_ward_officer_makes_no_bundle(store, files, stick):
    published(store, files)
    with pytest.raises(NotAllowed):
        make(store, files, stick, by=OFFICER)
