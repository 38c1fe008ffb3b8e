"""Keys are made once, kept apart and renewed in time (rule K)."""

import os
import shutil
import threading
from pathlib import Path

import msgspec
import pytest
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from players.contract.keys import KeyList, Role, refusal_of_keys, root_set
from players.contract.limits import DAY, MAX_CONTENT_KEY_LIFE
from players.contract.signature import Kind, key_id, open_sealed, seal
from players.sealed.trust import judge
from players.sealed.verdict import Accepted, Standing
from signage.keys import RENEW_BEFORE, KeyFiles, KeysUnusable, write_atomically

NOW = 1_795_410_000_000
CONTENT_LIFE = MAX_CONTENT_KEY_LIFE - DAY


@pytest.fixture
def files(tmp_path: Path) -> KeyFiles:
    made = KeyFiles(tmp_path / "keys", "pleiku")
    made.make(at=NOW)
    return made


def mode_of(path: Path) -> int:
    return path.stat().st_mode & 0o777


def judged(sealed: bytes, files: KeyFiles, known: KeyList | None = None) -> object:
    standing = Standing(
        fleet="pleiku",
        display="hoa-lu",
        profile="led-384x192",
        roots=root_set(files.pinned_roots()),
        threshold=1,
        key_list=known,
        floors={},
    )
    return judge(standing, Kind.KEYS, sealed, NOW)


def public_id(files: KeyFiles, role: Role) -> str:
    return key_id(files.signer(role).public_key())


def without_root(files: KeyFiles) -> None:
    shutil.rmtree(files.folder / "root")


def test_a_player_that_pinned_the_root_accepts_the_first_key_list(files):
    assert isinstance(judged(files.sealed_list(), files), Accepted)


def test_the_contract_finds_nothing_wrong_with_the_key_list(files):
    assert refusal_of_keys(files.key_list()) is None


def test_every_role_has_a_key_of_its_own(files):
    assert len({public_id(files, role) for role in Role}) == len(Role)


def test_the_root_signs_nothing_but_key_lists(files):
    root = key_id(next(iter(root_set(files.pinned_roots()).values())))
    assert root not in {key.id for key in files.key_list().keys}


def test_a_content_key_lives_at_most_90_days(files):
    key = next(key for key in files.key_list().keys if key.role == Role.CONTENT)
    assert key.not_after - key.not_before <= MAX_CONTENT_KEY_LIFE


def test_folders_of_keys_are_closed_to_others(files):
    folders = [path for path in files.folder.iterdir() if path.is_dir()]
    assert {path.name for path in folders} == {"root", "worker", "sealer"}
    assert {mode_of(path) for path in folders} == {0o700}


def test_private_keys_are_readable_by_their_owner_alone(files):
    assert {mode_of(path) for path in files.folder.glob("*/*.pem")} == {0o600}


def test_the_public_files_are_readable_by_other_processes_whatever_the_umask(tmp_path):
    before = os.umask(0o077)
    try:
        files = KeyFiles(tmp_path / "keys", "pleiku")
        files.make(at=NOW)
    finally:
        os.umask(before)
    assert mode_of(files.folder / "list.sealed") == 0o644
    assert mode_of(files.folder / "roots.pub") == 0o644


def test_a_second_start_makes_nothing_new(files):
    before = files.sealed_list()
    assert files.make(at=NOW + DAY) is False
    assert files.sealed_list() == before


def test_two_processes_that_start_at_once_make_one_root(tmp_path):
    starting = [
        threading.Thread(target=KeyFiles(tmp_path / "keys", "pleiku").make, kwargs={"at": NOW})
        for _ in range(8)
    ]
    for thread in starting:
        thread.start()
    for thread in starting:
        thread.join()
    files = KeyFiles(tmp_path / "keys", "pleiku")
    assert len(files.key_list().keys) == len(Role)
    assert files.signer(Role.CONTENT)


def test_a_content_key_near_its_end_is_renewed_while_the_old_one_is_still_valid(files):
    old = public_id(files, Role.CONTENT)
    renewed_at = NOW + CONTENT_LIFE - RENEW_BEFORE + 1
    assert files.make(at=renewed_at) is True
    trusted = files.key_list().trusted_for(Kind.MANIFEST, renewed_at)
    assert set(trusted) == {old, public_id(files, Role.CONTENT)}
    assert len(trusted) == 2


def test_the_other_keys_are_not_renewed_with_it(files):
    before = public_id(files, Role.ALERT), public_id(files, Role.BEAT)
    files.make(at=NOW + CONTENT_LIFE - RENEW_BEFORE + 1)
    assert (public_id(files, Role.ALERT), public_id(files, Role.BEAT)) == before


def test_a_player_accepts_the_renewed_key_list_after_the_first(files):
    first = files.key_list()
    files.make(at=NOW + CONTENT_LIFE - RENEW_BEFORE + 1)
    assert files.key_list().serial > first.serial
    assert isinstance(judged(files.sealed_list(), files, first), Accepted)


def test_keys_that_have_ended_leave_the_list(files):
    first = public_id(files, Role.CONTENT)
    files.make(at=NOW + CONTENT_LIFE + DAY)
    assert first not in {key.id for key in files.key_list().keys}


def test_without_the_root_nothing_is_renewed_and_it_is_told_what_waits(files):
    without_root(files)
    before, later = files.sealed_list(), NOW + CONTENT_LIFE - DAY
    assert files.make(at=later) is False
    assert files.sealed_list() == before
    assert files.due(at=later) == {Role.CONTENT}


def test_a_list_that_is_lost_never_makes_a_new_root_while_the_old_one_is_pinned(files):
    (files.folder / "list.sealed").unlink()
    without_root(files)
    with pytest.raises(KeysUnusable, match="put it back"):
        files.make(at=NOW)
    assert not (files.folder / "root" / "root.pem").exists()


def test_a_list_that_is_lost_is_made_again_with_the_same_root_and_keys(files):
    roots, before = files.pinned_roots(), {role: public_id(files, role) for role in Role}
    (files.folder / "list.sealed").unlink()
    files.make(at=NOW + DAY)
    assert files.pinned_roots() == roots
    assert {role: public_id(files, role) for role in Role} == before


def test_a_lost_content_key_is_replaced(files):
    (files.folder / "worker" / "content.pem").unlink()
    files.make(at=NOW + 1)
    assert public_id(files, Role.CONTENT) in files.key_list().trusted_for(Kind.MANIFEST, NOW + 1)


def test_a_power_cut_between_list_and_key_file_heals_at_the_next_start(files):
    old = (files.folder / "worker" / "content.pem").read_bytes()
    at = NOW + CONTENT_LIFE - DAY
    files.make(at=at)
    write_atomically(files.folder / "worker" / "content.pem", old, mode=0o600)
    files.make(at=at + 1)
    newest = [key for key in files.key_list().keys if key.role == Role.CONTENT][-1]
    assert public_id(files, Role.CONTENT) == newest.id


def test_a_key_that_is_not_on_the_list_seals_nothing(files, tmp_path):
    stranger = KeyFiles(tmp_path / "stranger", "pleiku")
    stranger.make(at=NOW)
    shutil.copy(stranger.folder / "sealer" / "alert.pem", files.folder / "sealer" / "alert.pem")
    with pytest.raises(KeysUnusable, match="not in the key list"):
        files.signer(Role.ALERT)


def test_a_slow_clock_makes_no_keys(files):
    before = files.sealed_list()
    assert files.make(at=NOW - 400 * DAY) is False
    assert files.sealed_list() == before


def test_keys_made_while_the_clock_was_ahead_are_replaced_in_a_new_epoch(tmp_path):
    files = KeyFiles(tmp_path / "keys", "pleiku")
    files.make(at=NOW + 5000 * DAY)
    files.begin_epoch(at=NOW)
    files.make(at=NOW + 1)
    assert files.key_list().epoch == 2
    assert files.key_list().trusted_for(Kind.MANIFEST, NOW + 1)


def test_a_new_epoch_needs_the_root(files):
    without_root(files)
    with pytest.raises(KeysUnusable):
        files.begin_epoch(at=NOW)


def test_another_root_signs_no_list_that_players_would_refuse(files, tmp_path):
    stranger = KeyFiles(tmp_path / "stranger", "pleiku")
    stranger.make(at=NOW)
    shutil.copy(stranger.folder / "root" / "root.pem", files.folder / "root" / "root.pem")
    before = files.sealed_list()
    with pytest.raises(KeysUnusable, match="pinned"):
        files.make(at=NOW + CONTENT_LIFE)
    assert files.sealed_list() == before


@pytest.mark.parametrize("damage", [b"", b"not a key list", b"{}"])
def test_a_damaged_list_is_named_with_what_to_do(files, damage):
    (files.folder / "list.sealed").write_bytes(damage)
    with pytest.raises(KeysUnusable, match=r"list\.sealed .* backup"):
        files.key_list()


def test_a_list_that_somebody_else_sealed_is_not_used(files, tmp_path):
    stranger = KeyFiles(tmp_path / "stranger", "pleiku")
    stranger.make(at=NOW)
    (files.folder / "list.sealed").write_bytes(stranger.sealed_list())
    with pytest.raises(KeysUnusable):
        files.key_list()


def test_a_list_of_another_fleet_is_not_used(tmp_path):
    KeyFiles(tmp_path / "keys", "kontum").make(at=NOW)
    with pytest.raises(KeysUnusable, match="kontum"):
        KeyFiles(tmp_path / "keys", "pleiku").key_list()


@pytest.mark.parametrize("damage", [b"", b"-----BEGIN PRIVATE KEY-----\nAAAA\n"])
def test_a_damaged_key_file_is_named_with_what_to_do(files, damage):
    (files.folder / "worker" / "beat.pem").write_bytes(damage)
    with pytest.raises(KeysUnusable, match=r"beat\.pem .* backup"):
        files.signer(Role.BEAT)


def test_what_a_crash_left_half_written_is_replaced(tmp_path):
    (tmp_path / ".list.partial").write_bytes(b"half")
    write_atomically(tmp_path / "list", b"whole", mode=0o644)
    assert (tmp_path / "list").read_bytes() == b"whole"
    assert [path.name for path in tmp_path.iterdir()] == ["list"]


def test_the_list_on_disk_is_what_the_root_signed(files):
    payload, signers = open_sealed(files.sealed_list(), Kind.KEYS, root_set(files.pinned_roots()))
    assert signers == set(root_set(files.pinned_roots()))
    assert msgspec.json.decode(payload, type=KeyList) == files.key_list()


def test_the_content_key_can_sign_no_key_list(files):
    payload = msgspec.json.encode(files.key_list())
    (files.folder / "list.sealed").write_bytes(seal(payload, Kind.KEYS, files.signer(Role.CONTENT)))
    with pytest.raises(KeysUnusable):
        files.key_list()


def of_an_older_release(files: KeyFiles) -> None:
    """What an installation looks like that was made before there were drills and holds."""
    root = load_pem_private_key((files.folder / "root" / "root.pem").read_bytes(), None)
    old = [key for key in files.key_list().keys if key.role not in {Role.DRILL, Role.HOLD}]
    sealed = seal(
        msgspec.json.encode(msgspec.structs.replace(files.key_list(), keys=old)), Kind.KEYS, root
    )
    write_atomically(files.folder / "list.sealed", sealed, mode=0o644)
    for role in ("drill", "hold"):
        (files.folder / "sealer" / f"{role}.pem").unlink()


def test_an_older_installation_gets_the_keys_of_new_roles_and_keeps_its_others(files):
    before = public_id(files, Role.ALERT), public_id(files, Role.CONTENT)
    of_an_older_release(files)
    assert files.make(at=NOW + 1) is True
    assert files.signer(Role.HOLD)
    assert files.signer(Role.DRILL)
    assert (public_id(files, Role.ALERT), public_id(files, Role.CONTENT)) == before


def test_where_the_root_was_taken_away_it_is_said_how_to_bring_it_for_a_moment(files, tmp_path):
    of_an_older_release(files)
    stick = tmp_path / "root-on-a-stick.pem"
    shutil.move(files.folder / "root" / "root.pem", stick)
    assert files.make(at=NOW + 1) is False
    assert "no drill, hold key has been made yet" in (files.waits(at=NOW + 1) or "")
    with pytest.raises(KeysUnusable, match="signage keys renew --root"):
        files.signer(Role.HOLD)
    assert KeyFiles(files.folder, "pleiku", root=stick).make(at=NOW + 1) is True
    assert files.signer(Role.HOLD)
    assert not (files.folder / "root" / "root.pem").exists()


def test_a_revoked_key_signs_nothing_and_another_is_in_its_place(files):
    old = public_id(files, Role.ALERT)
    other = public_id(files, Role.CONTENT)
    before = files.key_list()
    files.revoke(Role.ALERT, at=NOW + 1)
    now = files.key_list()
    assert now.revoked_ids() == {old}
    assert old not in now.trusted_for(Kind.ALERTS, NOW + 2)
    assert key_id(files.signer(Role.ALERT).public_key()) in now.trusted_for(Kind.ALERTS, NOW + 2)
    assert public_id(files, Role.CONTENT) == other
    assert (now.epoch, now.serial > before.serial) == (before.epoch + 1, True)


def test_nothing_is_revoked_without_the_root(files):
    (files.folder / "root" / "root.pem").unlink()
    with pytest.raises(KeysUnusable):
        files.revoke(Role.ALERT, at=NOW + 1)
    assert files.key_list().revoked_ids() == frozenset()
