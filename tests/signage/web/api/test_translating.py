"""A program hands translations to those who have the language, and passes their answer on."""

from collections.abc import Callable

from signage.store import Store
from tests.signage.pleiku import ADMINISTRATOR, OFFICER, VIEWER
from tests.signage.web.api.program import Program
from tests.signage.workflows.content.test_translating import JRAI, bilingual
from tests.signage.workflows.desk import submit

Program_ = Callable[..., Program]


def with_jrai(program: Program_, store: Store) -> Program:
    """The viewer, whom an administrator's program asked to review Jrai."""
    administrator = program(ADMINISTRATOR)
    (viewer,) = [one for one in administrator.get("/people") if one["login"] == VIEWER.login]
    changed = administrator.put(f"/people/{viewer['id']}/languages", {"languages": ["jra"]})
    assert changed["languages"] == ["jra"]
    return program(store.users.get(VIEWER.id))


def test_a_program_reads_what_waits_for_a_language_and_agrees(
    program: Program_, store: Store
) -> None:
    sent = submit(store, bilingual(store))
    reader = with_jrai(program, store)
    (unread,) = reader.get("/translations")
    assert [slide["fields"] for slide in unread["languages"]["jra"]] == [JRAI]
    address = f"/submissions/{unread['submission']}/languages/jra"
    reader.post(f"{address}/approve", {"content_hash": unread["content_hash"]})
    assert reader.get("/translations") == []
    assert [one.approved for one in store.submissions.get(sent.id).languages] == [True]


def test_words_are_sent_back_with_a_comment_and_never_without(
    program: Program_, store: Store
) -> None:
    sent = submit(store, bilingual(store))
    reader, seen = with_jrai(program, store), {"content_hash": sent.content_hash}
    address = f"/submissions/{sent.id}/languages/jra/return"
    assert reader.ask("POST", address, seen | {"comment": " "}).status_code == 422
    reader.post(address, seen | {"comment": "Sai chính tả."})
    (decision,) = store.submissions.get(sent.id).languages
    assert (decision.approved, decision.comment) == (False, "Sai chính tả.")


def test_who_was_not_asked_may_neither_agree_nor_give_languages(
    program: Program_, store: Store
) -> None:
    sent = submit(store, bilingual(store))
    seen = {"content_hash": sent.content_hash}
    stranger, given = program(OFFICER), {"languages": ["jra"]}
    address = f"/submissions/{sent.id}/languages/jra/approve"
    assert stranger.ask("POST", address, seen).status_code == 403
    assert stranger.ask("PUT", f"/people/{VIEWER.id}/languages", given).status_code == 403
