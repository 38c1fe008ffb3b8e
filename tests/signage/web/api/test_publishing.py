from collections.abc import Callable

from signage.domain.people import Action
from signage.store import Store
from signage.workflows.publication import overtaken
from tests.signage.pleiku import ADMINISTRATOR, APPROVER, NOON, OFFICER
from tests.signage.web.api.program import Program
from tests.signage.workflows.approval.test_review_supplements import NEW, with_new_board

Program_ = Callable[..., Program]


def test_a_program_reads_that_publishing_is_held_and_releases_it(
    program: Program_, store: Store
) -> None:
    overtaken.hold(store, {"hoa-lu": NOON}, fleet="pleiku", at=NOON)
    administrator = program(ADMINISTRATOR)
    state = administrator.get("/publishing")
    assert (state["is_held"], state["ahead"], state["may_release"]) == (True, ["hoa-lu"], True)
    assert administrator.ask("POST", "/publishing/release").status_code == 204
    assert administrator.get("/publishing")["is_held"] is False


def test_a_ward_officer_s_program_is_refused(program: Program_) -> None:
    officer = program(OFFICER)
    assert officer.ask("GET", "/publishing").status_code == 403
    assert officer.ask("POST", "/publishing/release").status_code == 403


def test_a_token_without_the_right_reads_nothing(program: Program_) -> None:
    narrow = program(ADMINISTRATOR, Action.VIEW.value)
    assert narrow.ask("GET", "/publishing").status_code == 403


def test_a_program_approves_pictures_for_a_new_profile(program: Program_, store: Store) -> None:
    submission = with_new_board(store)
    approver = program(APPROVER)
    assert [one["profile"] for one in approver.get("/publishing")["missing"]] == [NEW.id]
    (lacking,) = approver.get("/submissions/supplements")
    address = f"/submissions/{lacking['submission']}/supplements/{lacking['profile']}"
    approver.post(address, {"hashes": lacking["hashes"]})
    assert store.submissions.get(submission.id).is_drawn_for(NEW)
    assert approver.get("/submissions/supplements") == []
