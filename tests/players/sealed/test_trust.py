"""What a player trusts, refuses and says about it."""

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from players.contract import documents, limits
from players.contract.alerts import AlertSet
from players.contract.keys import KeyList, Role, root_set
from players.contract.limits import DAY, HOUR, MINUTE
from players.contract.signature import Kind, encoded, seal
from players.sealed import trust
from players.sealed.verdict import Accepted, Floor, Refusal, Standing
from tests.doubles import NOON, SimulatedController


@pytest.fixture
def controller():
    return SimulatedController(lambda: NOON)


@pytest.fixture
def standing(controller):
    return with_keys(pinned(controller), controller.key_list())


def pinned(controller):
    roots = root_set([encoded(controller.keys.root.public_key())])
    return Standing("pleiku", "hoa-lu", "led-64x32", roots, 1, None, {})


def with_keys(standing, sealed):
    accepted = trust.judge(standing, Kind.KEYS, sealed, NOON)
    assert isinstance(accepted, Accepted)
    assert isinstance(accepted.document, KeyList)
    return remembering(trust.under(standing, accepted.document), accepted)


def remembering(standing, accepted):
    floors = {**standing.floors, standing.floor_name(accepted.kind): accepted.floor}
    return replace(standing, floors=floors, held=standing.held | {accepted.payload})


def judged(standing, kind, sealed, now=NOON):
    return trust.judge(standing, kind, sealed, now)


def refused(standing, kind, sealed, now=NOON):
    verdict = judged(standing, kind, sealed, now)
    assert isinstance(verdict, Refusal)
    return verdict.sentence


def test_a_manifest_for_this_display_is_accepted(controller, standing):
    verdict = judged(standing, Kind.MANIFEST, controller.manifest())
    assert isinstance(verdict, Accepted)
    assert verdict.document.display == "hoa-lu"


def test_nothing_is_accepted_before_the_first_key_list(controller):
    verdict = judged(pinned(controller), Kind.MANIFEST, controller.manifest())
    assert isinstance(verdict, Refusal)
    assert verdict.later


def test_a_key_list_that_the_pinned_roots_did_not_sign_is_refused(controller):
    stranger = Ed25519PrivateKey.generate()
    sealed = controller.key_list(signed_by=[stranger])
    assert "not by 1 key(s) trusted for it" in refused(pinned(controller), Kind.KEYS, sealed)


def test_a_manifest_by_a_stranger_is_refused(controller, standing):
    sealed = controller.manifest(signed_by=[Ed25519PrivateKey.generate()])
    assert "trusted for it" in refused(standing, Kind.MANIFEST, sealed)


@pytest.mark.parametrize("role", ["alert", "beat", "root", "player"])
def test_only_a_content_key_seals_manifests(controller, standing, role):
    sealed = controller.manifest(signed_by=[getattr(controller.keys, role)])
    assert "trusted for it" in refused(standing, Kind.MANIFEST, sealed)


def test_a_content_key_raises_no_alert(controller, standing):
    sealed = controller.alerts(controller.alert(), signed_by=[controller.keys.content])
    assert "trusted for it" in refused(standing, Kind.ALERTS, sealed)


def test_a_changed_byte_is_noticed(controller, standing):
    sealed = controller.manifest()
    middle = len(sealed) // 3
    changed = sealed[:middle] + bytes([sealed[middle] ^ 1]) + sealed[middle + 1 :]
    assert isinstance(judged(standing, Kind.MANIFEST, changed), Refusal)


@pytest.mark.parametrize("keep", [0, 1, 100, 500])
def test_a_truncated_document_is_refused(controller, standing, keep):
    assert refused(standing, Kind.MANIFEST, controller.manifest()[:keep])


@pytest.mark.parametrize("garbage", [b"", b"\x00" * 50, b"{}", b"[" * 5000, b"null", "lũ".encode()])
def test_garbage_is_refused_in_a_sentence(standing, garbage):
    assert "can't be read" in refused(standing, Kind.ALERTS, garbage)


def test_what_is_too_large_is_refused_before_it_is_verified(standing):
    sentence = refused(standing, Kind.MANIFEST, b"x" * (limits.MAX_SEALED_BYTES + 1))
    assert "more than the" in sentence


def test_an_alert_set_is_not_taken_for_a_manifest(controller, standing):
    sealed = controller.alerts(controller.alert())
    assert "sealed as another kind" in refused(standing, Kind.MANIFEST, sealed)


def test_a_manifest_for_another_display_is_refused(controller, standing):
    sealed = controller.manifest(display="ubnd")
    assert (
        refused(standing, Kind.MANIFEST, sealed) == "manifest is for display ubnd, this is hoa-lu"
    )


def test_an_alert_set_for_another_profile_is_refused(controller, standing):
    sealed = controller.alerts(controller.alert(), profile="hd-1920x1080")
    assert "for profile hd-1920x1080" in refused(standing, Kind.ALERTS, sealed)


def test_a_document_of_another_fleet_is_refused(controller, standing):
    assert "for fleet kon-tum" in refused(standing, Kind.BEAT, controller.beat(fleet="kon-tum"))


def test_a_higher_schema_asks_for_a_newer_player(controller, standing):
    sentence = refused(standing, Kind.MANIFEST, controller.manifest(schema=2))
    assert sentence.endswith("update the player")


def test_a_higher_schema_is_named_even_when_its_fields_are_new(controller, standing):
    sealed = seal(b'{"schema":7,"all":"new"}', Kind.MANIFEST, controller.keys.content)
    assert "schema 7" in refused(standing, Kind.MANIFEST, sealed)


def test_unknown_fields_are_ignored(controller, standing):
    fields = b'{"weather":"dry",' + documents.encode(alert_set(controller))[1:]
    sealed = seal(fields, Kind.ALERTS, controller.keys.alert)
    assert isinstance(judged(standing, Kind.ALERTS, sealed), Accepted)


def alert_set(controller):
    return AlertSet(
        schema=1, fleet="pleiku", epoch=1, serial=1, issued_at=NOON, profile="led-64x32", entries=[]
    )


def test_unknown_kinds_of_entry_do_not_spoil_the_others(controller, standing):
    entries = [documents.raw(controller.alert()), b'{"kind":"siren","seconds":3}']
    sealed = controller.alerts(entries=[*map(trust.msgspec.Raw, map(bytes, entries))])
    assert isinstance(judged(standing, Kind.ALERTS, sealed), Accepted)


def test_an_older_serial_is_refused(controller, standing):
    newer, older = controller.manifest(serial=9), controller.manifest(serial=8)
    standing = remembering(standing, judged(standing, Kind.MANIFEST, newer))
    assert refused(standing, Kind.MANIFEST, older) == "manifest 8 is older than 9, which is held"


def test_the_same_bytes_again_change_nothing_and_are_no_error(controller, standing):
    sealed = controller.manifest(serial=9)
    standing = remembering(standing, judged(standing, Kind.MANIFEST, sealed))
    verdict = judged(standing, Kind.MANIFEST, sealed)
    assert isinstance(verdict, Refusal)
    assert verdict.same


def test_the_same_serial_with_other_bytes_is_an_error(controller, standing):
    first = controller.manifest(serial=9)
    second = controller.manifest(serial=9, groups=["other"])
    standing = remembering(standing, judged(standing, Kind.MANIFEST, first))
    verdict = judged(standing, Kind.MANIFEST, second)
    assert isinstance(verdict, Refusal)
    assert not verdict.same
    assert "came twice with different content" in verdict.sentence


def test_a_blank_in_the_envelope_makes_no_other_document(controller, standing):
    sealed = controller.manifest()
    standing = remembering(standing, judged(standing, Kind.MANIFEST, sealed))
    again = judged(standing, Kind.MANIFEST, sealed.replace(b",", b" ,"))
    assert again.same


def test_a_document_whose_file_was_lost_may_come_again(controller, standing):
    sealed = controller.manifest(serial=9)
    standing = remembering(standing, judged(standing, Kind.MANIFEST, sealed))
    lost = replace(standing, held=frozenset())
    assert isinstance(judged(lost, Kind.MANIFEST, sealed), Accepted)


def test_serials_of_one_kind_do_not_bind_another(controller, standing):
    standing = remembering(
        standing, judged(standing, Kind.MANIFEST, controller.manifest(serial=99))
    )
    verdict = judged(standing, Kind.ALERTS, controller.alerts(controller.alert(), serial=1))
    assert isinstance(verdict, Accepted)


def test_serials_of_one_profile_do_not_bind_another(controller, standing):
    standing = remembering(standing, judged(standing, Kind.ALERTS, controller.alerts(serial=99)))
    moved = replace(standing, profile="led-2")
    verdict = judged(moved, Kind.ALERTS, controller.alerts(serial=1, profile="led-2"))
    assert isinstance(verdict, Accepted)


def test_a_manifest_issued_far_ahead_raises_no_floor(controller, standing):
    ahead = NOON + 10 * DAY
    sealed = controller.manifest(issued_at=ahead, valid_until=ahead + DAY)
    verdict = judged(standing, Kind.MANIFEST, sealed)
    assert isinstance(verdict, Accepted)
    assert verdict.floor is None
    assert "ahead of this player's clock" in verdict.warning


def test_a_serial_of_2099_raises_no_floor(controller, standing):
    verdict = judged(standing, Kind.MANIFEST, controller.manifest(serial=NOON + 74 * 365 * DAY))
    assert isinstance(verdict, Accepted)
    assert verdict.floor is None


def test_up_to_ten_minutes_ahead_a_date_is_believed(controller, standing):
    verdict = judged(standing, Kind.BEAT, controller.beat(issued_at=NOON + 10 * MINUTE))
    assert isinstance(verdict, Accepted)
    assert verdict.floor


def test_a_document_of_an_ended_key_epoch_is_refused(controller, standing):
    controller.epoch = 2
    standing = with_keys(standing, controller.key_list())
    controller.epoch = 1
    assert "which ended" in refused(standing, Kind.MANIFEST, controller.manifest())


def test_a_document_of_a_coming_key_epoch_waits_for_its_key_list(controller, standing):
    controller.epoch = 2
    verdict = judged(standing, Kind.MANIFEST, controller.manifest())
    assert isinstance(verdict, Refusal)
    assert verdict.later


def test_a_root_signed_higher_epoch_resets_the_serials(controller, standing):
    far = judged(standing, Kind.MANIFEST, controller.manifest(serial=10**12))
    standing = remembering(standing, far)
    controller.epoch = 2
    standing = with_keys(standing, controller.key_list(serial=1))
    assert isinstance(judged(standing, Kind.MANIFEST, controller.manifest(serial=1)), Accepted)


def test_a_key_list_of_a_lower_epoch_is_refused(controller, standing):
    controller.epoch = 2
    standing = with_keys(standing, controller.key_list())
    controller.epoch = 1
    assert "which ended" in refused(standing, Kind.KEYS, controller.key_list(serial=999))


def test_a_new_root_set_signed_by_the_old_one_signs_the_next_list(controller, standing):
    new = Ed25519PrivateKey.generate()
    rotation = controller.key_list(roots=[encoded(new.public_key())])
    standing = with_keys(standing, rotation)
    assert isinstance(judged(standing, Kind.KEYS, controller.key_list(signed_by=[new])), Accepted)
    assert "trusted for it" in refused(standing, Kind.KEYS, controller.key_list())


def test_two_root_signatures_are_two_different_keys(controller):
    second = Ed25519PrivateKey.generate()
    roots = root_set([encoded(k.public_key()) for k in (controller.keys.root, second)])
    both = replace(pinned(controller), roots=roots, threshold=2)
    twice = controller.key_list(signed_by=[controller.keys.root, controller.keys.root])
    assert isinstance(judged(both, Kind.KEYS, twice), Refusal)
    signed = controller.key_list(signed_by=[controller.keys.root, second])
    assert isinstance(judged(both, Kind.KEYS, signed), Accepted)


def test_an_expired_key_seals_nothing_and_the_clock_is_doubted(controller, standing):
    verdict = judged(standing, Kind.MANIFEST, controller.manifest(), now=NOON + 200 * DAY)
    assert isinstance(verdict, Refusal)
    assert verdict.clock


def test_a_forged_document_casts_no_doubt_on_the_clock(controller, standing):
    sealed = controller.manifest(signed_by=[Ed25519PrivateKey.generate()])
    verdict = judged(standing, Kind.MANIFEST, sealed)
    assert isinstance(verdict, Refusal)
    assert not verdict.clock


def test_a_revoked_key_seals_nothing(controller, standing):
    standing = with_keys(standing, revoking(controller, Role.CONTENT))
    assert "trusted for it" in refused(standing, Kind.MANIFEST, controller.manifest())


def revoking(controller, role):
    private = {Role.CONTENT: controller.keys.content, Role.ALERT: controller.keys.alert}
    keys = [controller.key(Role.BEAT, controller.keys.beat)]
    keys += [controller.key(r, private[r], revoked=r is role) for r in private]
    return controller.key_list(keys=keys)


def test_a_content_key_that_lives_too_long_spoils_its_key_list(controller, standing):
    keys = [controller.key(Role.CONTENT, controller.keys.content, not_after=NOON + 99 * DAY)]
    sentence = refused(standing, Kind.KEYS, controller.key_list(keys=keys))
    assert "longer than 90 days" in sentence


def test_a_manifest_is_valid_for_60_days_at_most(controller, standing):
    sealed = controller.manifest(valid_until=NOON + 61 * DAY)
    assert refused(standing, Kind.MANIFEST, sealed) == "manifest is valid for more than 60 days"


def test_an_alert_lasts_72_hours_at_most(controller, standing):
    long = controller.alert(expires_at=NOON + 73 * HOUR)
    sealed = controller.alerts(long)
    assert refused(standing, Kind.ALERTS, sealed) == "alert flood would last longer than 72 hours"


def test_the_time_is_taken_from_an_answer_to_the_own_question(controller, standing):
    assert trust.judge_time(standing, controller.time_answer("a" * 32), "a" * 32) == NOON


def test_an_answer_to_another_question_tells_no_time(controller, standing):
    verdict = trust.judge_time(standing, controller.time_answer("a" * 32), "b" * 32)
    assert isinstance(verdict, Refusal)


def test_only_a_beat_key_tells_the_time(controller, standing):
    controller.keys.beat = controller.keys.content
    verdict = trust.judge_time(standing, controller.time_answer("a" * 32), "a" * 32)
    assert isinstance(verdict, Refusal)


def test_a_key_is_judged_at_the_time_that_it_tells(controller, standing):
    late = controller.time_answer("a" * 32, now=NOON + 200 * DAY)
    assert isinstance(trust.judge_time(standing, late, "a" * 32), Refusal)


def test_the_floor_names_serial_and_bytes(controller, standing):
    sealed = controller.manifest(serial=12)
    verdict = judged(standing, Kind.MANIFEST, sealed)
    assert isinstance(verdict, Accepted)
    assert verdict.floor == Floor(1, 12, verdict.sha256, verdict.payload)
