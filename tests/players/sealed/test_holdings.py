"""What is on disk is judged again at start, as it was judged when it was accepted."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from players.contract.keys import Role
from players.contract.limits import DAY, HOUR
from players.contract.signature import encoded
from tests.doubles import NOON
from tests.players.test_player import plays_orange, raises


def rotates_roots(rig):
    """The next root set takes over; gives its key."""
    new = Ed25519PrivateKey.generate()
    rig.hears_keys(rig.controller.key_list(roots=[encoded(new.public_key())]))
    return new


def test_a_new_root_set_is_remembered_over_a_restart(rig):
    new = rotates_roots(rig)
    plays_orange(rig)
    rig.restart(offline=True)
    rig.shows("orange")
    rig.hears_keys(rig.controller.key_list(signed_by=[new], roots=[encoded(new.public_key())]))
    rig.settle()
    assert rig.problem == ""


def test_after_many_root_sets_the_chain_still_leads_from_the_pinned_one(rig):
    signers = [rig.controller.keys.root]
    for _ in range(3):
        new = Ed25519PrivateKey.generate()
        roots = [encoded(new.public_key())]
        rig.hears_keys(rig.controller.key_list(signed_by=signers, roots=roots))
        signers = [new]
    plays_orange(rig)
    rig.restart(offline=True)
    rig.shows("orange")


def test_lists_that_changed_no_root_set_are_not_kept(rig):
    for _ in range(5):
        rig.hears_keys(rig.controller.key_list())
    assert len(rig.assembled.player._parts.papers.chain) == 1


def test_an_old_root_set_signs_nothing_more_after_a_restart(rig):
    rotates_roots(rig)
    rig.restart()
    rig.hears_keys(rig.controller.key_list())
    rig.settle()
    assert "trusted for it" in rig.problem


def test_a_document_sealed_under_an_older_list_survives_the_rotation(rig):
    plays_orange(rig)
    new = rotates_roots(rig)
    rig.hears_keys(
        rig.controller.key_list(signed_by=[new], roots=[encoded(new.public_key())], keys=[])
    )
    rig.restart(offline=True)
    rig.shows("orange")


def test_a_revocation_reaches_what_is_on_disk(rig):
    plays_orange(rig)
    controller = rig.controller
    revoked = controller.key(Role.CONTENT, controller.keys.content, revoked=True)
    rig.hears_keys(controller.key_list(keys=[revoked]))
    rig.shows("none")
    rig.restart(offline=True)
    rig.shows("none")


def test_a_revoked_alert_key_takes_its_alerts_off_the_glass(rig):
    plays_orange(rig)
    raises(rig, rig.controller.alert())
    rig.shows("flood.1.1")
    controller = rig.controller
    keys = [
        controller.key(Role.CONTENT, controller.keys.content),
        controller.key(Role.ALERT, controller.keys.alert, revoked=True),
    ]
    rig.hears_keys(controller.key_list(keys=keys))
    rig.shows("orange")


def test_a_key_that_becomes_valid_later_is_accepted_then(rig):
    controller = rig.controller
    controller.answers_time = False
    later = controller.key(Role.CONTENT, controller.keys.content, not_before=NOON + HOUR)
    rig.hears_keys(controller.key_list(keys=[later]))
    slide = controller.slide("orange", "orange")
    rig.hears_manifest(controller.manifest(controller.entry(slide)))
    rig.settle()
    assert rig.item == "none"
    rig.passes(HOUR + DAY // 24)
    rig.shows("orange")


def test_rubbish_in_the_folder_is_survived(rig):
    plays_orange(rig)
    rig.assembled.errands.finish()
    for path in (rig.folder / "state/holdings").iterdir():
        path.write_bytes(b"\x00 rubbish")
    rig.restart()
    rig.shows("none")
    rig.hears_keys(rig.controller.key_list())
    slide = rig.controller.slide("again", "purple")
    rig.hears_manifest(rig.controller.manifest(rig.controller.entry(slide)))
    rig.shows("again")


def test_floors_survive_even_when_the_documents_are_lost(rig):
    older = rig.controller.manifest()
    plays_orange(rig)
    rig.assembled.errands.finish()
    (rig.folder / "state/holdings/manifest.json").unlink()
    rig.restart()
    rig.hears_manifest(older)
    rig.settle()
    assert "older than" in rig.problem
