"""Commands: who may give them, sealed once and numbered, and what is said of their outcome."""

import msgspec
import pytest

from players.contract import documents
from players.contract.commands import Command as SealedCommand
from players.contract.keys import Role
from players.contract.limits import MINUTE
from players.contract.reports import Obeyed
from players.contract.signature import Kind, open_sealed
from signage.domain.command import COMMAND_LIFE, Command, CommandAct
from signage.domain.people import NotAllowed
from signage.domain.sentences import Refused
from signage.keys import KeyFiles
from signage.workflows.displays import commanding
from signage.workflows.displays.commanding import Restraint
from signage.workflows.publication.sealing import SealingDesk
from tests.players.contract.golden import whole_documents
from tests.signage.pleiku import ADMINISTRATOR, NOON, OFFICER, VIEWER


@pytest.fixture
def files(tmp_path):
    made = KeyFiles(tmp_path / "keys", "pleiku")
    made.make(at=NOON)
    return made


@pytest.fixture
def desk(files):
    return SealingDesk(files.signer(Role.HOLD), fleet="pleiku", epoch=1, boot_ms=lambda: 0)


def order(store, act=CommandAct.IDENTIFY, *, by=ADMINISTRATOR, at=NOON):
    return commanding.order(store, "ubnd", act, by=by, at=at)


def status(**changes):
    return msgspec.structs.replace(whole_documents()["status"], display="ubnd", **changes)


def test_a_command_is_sealed_once_for_its_own_player_and_dies_within_minutes(store, desk, files):
    order(store)
    (one,) = commanding.seal_commands(store, desk, restraint=Restraint(), at=NOON)
    trusted = files.key_list().trusted_for(Kind.COMMAND, NOON)
    payload, _ = open_sealed(one.sealed, Kind.COMMAND, trusted)
    command = documents.decode(payload, SealedCommand)
    assert one.topic == "signage/1/pleiku/displays/ubnd/commands"
    assert (command.display, command.act) == ("ubnd", "identify")
    assert command.words.startswith("Trước UBND")
    assert command.expires_at <= NOON + COMMAND_LIFE
    assert commanding.seal_commands(store, desk, restraint=Restraint(), at=NOON) == []


def test_numbers_of_commands_only_grow(store, desk):
    for _ in range(3):
        order(store)
    serials = [
        one.serial for one in commanding.seal_commands(store, desk, restraint=Restraint(), at=NOON)
    ]
    assert serials == sorted(set(serials))


def test_a_command_that_waited_too_long_is_not_sent_any_more(store, desk):
    order(store)
    assert (
        commanding.seal_commands(store, desk, restraint=Restraint(), at=NOON + COMMAND_LIFE + 1)
        == []
    )


@pytest.mark.parametrize("by", [VIEWER, OFFICER])
def test_nobody_commands_a_player_that_is_not_his(store, by):
    with pytest.raises(NotAllowed):
        order(store, by=by)


def test_a_flood_of_commands_is_refused_in_words(store):
    for _ in range(commanding.MAX_COMMANDS_A_MINUTE):
        order(store)
    with pytest.raises(Refused, match="đợi một phút"):
        order(store)


def test_who_commanded_what_stands_in_the_log(store):
    order(store, CommandAct.RESTART)
    (entry,) = store.audit.page(limit=1)
    assert (entry.who, entry.subject, entry.detail) == (
        ADMINISTRATOR.login,
        "display:ubnd",
        {"act": "restart"},
    )


def test_the_outcome_is_what_the_player_itself_says(store, desk):
    command = order(store)
    (one,) = commanding.seal_commands(store, desk, restraint=Restraint(), at=NOON)
    (sent,) = store.commands.latest("ubnd")

    def outcome(result="done", number=one.serial, at=NOON):
        obeyed = Obeyed(number=number, act="identify", result=result, at=NOON)
        return commanding.outcome_of(sent, status(command=obeyed), at=at)

    assert commanding.outcome_of(command, None, at=NOON) == "waiting"
    assert outcome(number=1) == "sent"
    assert outcome() == "done"
    assert outcome("not over alert") == "refused"
    assert outcome(number=1, at=NOON + 5 * MINUTE) == "lost"


def test_a_command_is_done_although_a_newer_one_was_told_since(store, desk):
    order(store)
    (one,) = commanding.seal_commands(store, desk, restraint=Restraint(), at=NOON)
    (sent,) = store.commands.latest("ubnd")
    newer = Obeyed(number=one.serial + 1, act="restart", result="done", at=NOON)
    told = [newer, Obeyed(number=one.serial, act="identify", result="done", at=NOON)]
    assert commanding.outcome_of(sent, status(command=newer, commands=told), at=NOON) == "done"


def test_a_restart_is_done_once_the_player_has_started_anew(store, desk):
    order(store, CommandAct.RESTART)
    commanding.seal_commands(store, desk, restraint=Restraint(), at=NOON)
    (sent,) = store.commands.latest("ubnd")
    assert commanding.outcome_of(sent, status(command=None, started_at=NOON + 1), at=NOON) == "done"


def test_rows_of_the_database_keep_no_player_restarting(store, desk):
    restraint = Restraint()
    for number in range(5):  # as whoever owns the database: rows, and nobody who counts them
        forged = Command(
            id=f"hoax-{number}",
            display="ubnd",
            act=CommandAct.RESTART,
            by="nobody",
            at=NOON,
            expires_at=NOON + COMMAND_LIFE,
        )
        with store.transaction():
            store.commands.save(forged)
    assert len(commanding.seal_commands(store, desk, restraint=restraint, at=NOON)) == 2
    assert commanding.seal_commands(store, desk, restraint=restraint, at=NOON + MINUTE) == []
    order(store)
    assert len(commanding.seal_commands(store, desk, restraint=restraint, at=NOON + MINUTE)) == 1
