"""Documents by program: uploaded, followed, put into a playlist."""

from collections.abc import Callable

from signage.store import Store
from signage.workflows.media.job_runner import Runner
from tests.signage.ingest.bad_documents import pdf
from tests.signage.pleiku import OFFICER, OTHER_OFFICER
from tests.signage.web.api.program import Program

Program_ = Callable[..., Program]


def test_a_program_uploads_a_document_follows_its_job_and_shows_its_pages(
    program: Program_, store: Store
) -> None:
    one = program(OFFICER)
    answer = one.upload(pdf(["Một", "Hai"]), "Lịch họp.pdf")
    assert (answer.status_code, answer.get_json()["state"]) == (201, "working")
    [job] = one.get("/jobs")
    Runner(store, changed=lambda: None).run_one()
    assert one.get(f"/jobs/{job['id']}")["state"] == "done"
    unit, sha256 = job["unit"], job["subject"]
    assert one.get(f"/assets/{unit}/{sha256}")["pages"] == 2
    assert [found["kind"] for found in one.get("/files")] == ["document"]
    drawn = one.get(f"/assets/{unit}/{sha256}/pages")
    made = one.post("/playlists", {"title": "Họp"})
    body = {"unit": unit, "document": sha256, "version": made["version"], "seconds": 8}
    after = one.post(f"/playlists/{made['draft']['id']}/pages", body)
    pictures = [slide["picture"] for slide in after["draft"]["slides"]]
    assert pictures == [page["clean_sha256"] for page in drawn]


def test_a_stranger_sees_neither_job_nor_pages(program: Program_, store: Store) -> None:
    program(OFFICER).upload(pdf(["Một"]), "Lịch họp.pdf")
    [job] = store.jobs.unfinished()
    other = program(OTHER_OFFICER)
    assert other.ask("GET", f"/jobs/{job.id}").status_code == 403
    assert other.ask("GET", f"/assets/{job.unit}/{job.subject}/pages").status_code == 403
