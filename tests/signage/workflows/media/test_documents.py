"""A document becomes pages by a background job, whatever happens to who runs it."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from signage.clock import now_ms
from signage.domain.jobs import KEPT_MS, LEASE_MS, MAX_ATTEMPTS
from signage.domain.media import Asset
from signage.domain.people import NotAllowed
from signage.domain.sentences import Refused
from signage.ingest import documents
from signage.store import Store
from signage.workflows.media import jobs, library
from signage.workflows.media.job_runner import Runner
from tests.signage.ingest.bad_documents import locked_pdf, many_operators, pdf
from tests.signage.ingest.office_files import presentation
from tests.signage.pleiku import NOON, OFFICER, OTHER_OFFICER, WARD


def add(store: Store, folder: Path, data: bytes, filename: str = "Thông báo.pdf") -> Asset:
    path = folder / "upload.part"
    path.write_bytes(data)
    return library.add_asset(store, path, filename=filename, unit=WARD.id, by=OFFICER, at=NOON)


def work(store: Store) -> None:
    runner = Runner(store, changed=lambda: None)
    while runner.run_one():
        pass


def kept_files(store: Store) -> list[Path]:
    roots = (store.originals.root, store.blobs.root)
    return [path for root in roots for path in root.rglob("*") if path.is_file()]


def found(store: Store, asset: Asset) -> Asset:
    return library.asset(store, asset.sha256, unit=WARD.id, by=OFFICER)


def pages(store: Store, asset: Asset) -> list[Asset]:
    return library.pages_of(store, asset.sha256, unit=WARD.id, by=OFFICER)


def test_every_page_of_a_pdf_becomes_a_picture(store: Store, tmp_path: Path) -> None:
    document = add(store, tmp_path, pdf(["Một", "Hai", "Ba"]))
    assert (document.kind, document.state, document.pages) == ("document", "working", 3)
    [job] = jobs.jobs_of(store, by=OFFICER)
    assert (job.state, job.progress, job.subject) == ("waiting", 0, document.sha256)
    assert job.remaining_ms(NOON) is not None
    work(store)
    done = found(store, document)
    made = pages(store, document)
    assert [page.page for page in made] == [1, 2, 3]
    assert {page.kind for page in made} == {"page"}
    assert {(page.width, page.height) for page in made} == {(1527, 2160)}
    assert (done.state, done.clean_sha256) == ("ready", made[0].clean_sha256)
    assert all(store.blobs.read(page.clean_sha256) for page in made)
    job = jobs.progress(store, job.id, by=OFFICER)
    assert (job.state, job.progress) == ("done", 1000)


def test_a_script_in_a_pdf_is_no_part_of_its_pages(store: Store, tmp_path: Path) -> None:
    plain = add(store, tmp_path, pdf(["Một"]))
    scripted = add(store, tmp_path, pdf(["Một"], script="app.alert(1); this.print();"))
    work(store)
    [before], [after] = pages(store, plain), pages(store, scripted)
    assert after.clean_sha256 == before.clean_sha256


def test_pages_do_not_crowd_the_list_of_pictures(store: Store, tmp_path: Path) -> None:
    add(store, tmp_path, pdf(["Một", "Hai"]))
    work(store)
    assert library.assets(store, by=OFFICER) == []
    [document] = library.assets(store, by=OFFICER, kinds=("picture", "document"))
    assert document.kind == "document"


def test_the_same_document_twice_is_one_asset_and_one_job(store: Store, tmp_path: Path) -> None:
    first = add(store, tmp_path, pdf())
    assert add(store, tmp_path, pdf(), "khác.pdf") == first
    assert len(jobs.jobs_of(store, by=OFFICER)) == 1


def test_jobs_of_another_ward_are_not_seen(store: Store, tmp_path: Path) -> None:
    add(store, tmp_path, pdf())
    [job] = jobs.jobs_of(store, by=OFFICER)
    assert jobs.jobs_of(store, by=OTHER_OFFICER) == []
    with pytest.raises(NotAllowed):
        jobs.progress(store, job.id, by=OTHER_OFFICER)


def test_a_personal_number_on_a_page_is_found_and_not_kept(store: Store, tmp_path: Path) -> None:
    document = add(store, tmp_path, pdf(["Không có gì", "Ông A, số 064 090 001 234"]))
    work(store)
    plain, telling = pages(store, document)
    assert plain.findings == ()
    [finding] = telling.findings
    assert (finding.kind, finding.masked) == ("citizen_id", "…234")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (pdf(pages=201), "201 trang"),
        (pdf(pages=20_000), "20000 trang"),
        (locked_pdf(), "mật khẩu"),
        (pdf()[:400], "bị hỏng"),
        (b"%PDF-1.7 and nothing else", "bị hỏng"),
    ],
    ids=["201 pages", "20000 pages", "locked", "cut", "only a head"],
)
def test_a_bad_pdf_is_refused_at_the_door(
    store: Store, tmp_path: Path, data: bytes, words: str
) -> None:
    with pytest.raises(Refused, match=words):
        add(store, tmp_path, data)
    assert kept_files(store) == []
    assert jobs.jobs_of(store, by=OFFICER) == []


@pytest.mark.parametrize("size", [(1_000_000, 1_000_000), (3, 3), (40, 1000)])
def test_a_page_of_any_size_is_drawn_within_bounds(
    store: Store, tmp_path: Path, size: tuple[float, float]
) -> None:
    document = add(store, tmp_path, pdf(size=size))
    work(store)
    [page] = pages(store, document)
    assert max(page.width, page.height) == 2160


def test_a_page_that_cannot_be_drawn_is_told_by_its_number(store: Store, tmp_path: Path) -> None:
    document = add(store, tmp_path, pdf(size=(1, 100_000)))
    work(store)
    refused = found(store, document)
    assert refused.state == "refused"
    assert refused.reason is not None
    assert "Trang 1" in refused.reason.text()
    assert kept_files(store) == []


def test_six_million_operators_cost_a_child_and_nothing_else(store: Store, tmp_path: Path) -> None:
    try:
        document = add(store, tmp_path, many_operators(6_000_000))
    except Refused:
        return
    work(store)
    refused = found(store, document)
    assert refused.reason is not None
    assert "quá nhiều công tính toán" in refused.reason.text()
    # Refused files may be given again, perhaps to a better version of the product.
    assert add(store, tmp_path, many_operators(6_000_000)).state == "working"


def test_a_refused_document_may_be_taken_out_of_the_list(store: Store, tmp_path: Path) -> None:
    document = add(store, tmp_path, pdf(size=(1, 100_000)))
    with pytest.raises(Refused):
        library.remove_refused(store, document.sha256, unit=WARD.id, by=OFFICER, at=NOON)
    work(store)
    library.remove_refused(store, document.sha256, unit=WARD.id, by=OFFICER, at=NOON)
    assert library.assets(store, by=OFFICER, kinds=("document",)) == []


@pytest.mark.parametrize("name", ["TUYỆT MẬT - kế hoạch.pdf", "[MẬT] kế hoạch.pdf"])
def test_of_a_file_marked_in_its_name_nothing_is_kept(
    store: Store, tmp_path: Path, name: str
) -> None:
    with pytest.raises(Refused, match="không giữ lại gì"):
        add(store, tmp_path, pdf(), name)
    assert kept_files(store) == []


def test_of_a_file_marked_in_its_text_nothing_is_kept(store: Store, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="TUYỆT MẬT"):
        add(store, tmp_path, pdf(["Trang bìa", "UỶ BAN NHÂN DÂN\nTUYỆT MẬT\nBáo cáo số 7"]))
    assert kept_files(store) == []
    assert library.assets(store, by=OFFICER, kinds=("document", "page")) == []
    assert not any("asset" in entry.act for entry in store.audit.page())


def test_a_marking_that_comes_to_light_in_the_job_leaves_nothing(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = add(store, tmp_path, pdf())
    secret = tmp_path / "converted.pdf"
    secret.write_bytes(pdf(["MẬT"]))
    # As when only LibreOffice could read the text of an old file.
    monkeypatch.setattr(documents, "converted", lambda *_, **__: secret)
    draw = documents.draw_pages
    monkeypatch.setattr(documents, "draw_pages", lambda s, **o: draw(s, **(o | {"form": "ppt"})))
    work(store)
    assert kept_files(store) == []
    assert store.assets.find(WARD.id, document.sha256) is None
    [job] = jobs.jobs_of(store, by=OFFICER)
    assert job.state == "failed"
    assert job.said is not None
    assert "MẬT" in job.said.text()


RUN_JOBS = """
import sys
from pathlib import Path
from signage.store import Store
from signage.workflows.media.job_runner import Runner
store = Store.open(sys.argv[1], Path(sys.argv[2]))
runner = Runner(store, changed=lambda: None)
runner.start()
print("started", flush=True)
import time
time.sleep(100)
"""


def test_a_job_outlives_a_worker_that_is_killed_in_the_middle(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = add(store, tmp_path, pdf([f"Trang {n}" for n in range(60)]))
    url = str(store.rows.engine.url)
    worker = subprocess.Popen([sys.executable, "-c", RUN_JOBS, url, str(tmp_path / "media")])
    while len(pages(store, document)) < 2:
        time.sleep(0.02)
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    [job] = jobs.jobs_of(store, by=OFFICER)
    assert (job.state, job.attempts) == ("running", 1)
    left = len(pages(store, document))
    assert left < 60
    runner = Runner(store, changed=lambda: None)
    assert not runner.run_one()  # its lease still stands
    monkeypatch.setattr("signage.workflows.media.job_runner.now_ms", lambda: now_ms() + LEASE_MS)
    assert runner.run_one()
    assert [page.page for page in pages(store, document)] == list(range(1, 61))
    [job] = jobs.jobs_of(store, by=OFFICER)
    assert (job.state, job.attempts) == ("done", 2)


def office_below(worker: int) -> list[psutil.Process]:
    """All that a worker has started, once LibreOffice itself is among it."""
    while True:
        with suppress(psutil.NoSuchProcess):
            below = psutil.Process(worker).children(recursive=True)
            if any("soffice.bin" in one.name() for one in below):
                return below
        time.sleep(0.02)


@pytest.mark.system("libreoffice")
def test_a_presentation_outlives_a_worker_that_is_killed_while_libreoffice_converts(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = add(store, tmp_path, presentation(3), "Họp dân.pptx")
    url = str(store.rows.engine.url)
    worker = subprocess.Popen([sys.executable, "-c", RUN_JOBS, url, str(tmp_path / "media")])
    below = office_below(worker.pid)
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    _, alive = psutil.wait_procs(below, timeout=5)
    assert alive == []
    assert pages(store, document) == []
    monkeypatch.setattr("signage.workflows.media.job_runner.now_ms", lambda: now_ms() + LEASE_MS)
    assert Runner(store, changed=lambda: None).run_one()
    assert [page.page for page in pages(store, document)] == [1, 2, 3]
    assert [(job.state, job.attempts) for job in jobs.jobs_of(store, by=OFFICER)] == [("done", 2)]


def test_a_job_whose_runners_keep_dying_ends_with_a_sentence(store: Store, tmp_path: Path) -> None:
    document = add(store, tmp_path, pdf())
    for attempt in range(MAX_ATTEMPTS):
        with store.transaction():
            assert store.jobs.take(NOON + attempt * 2 * LEASE_MS) is not None
    assert not Runner(store, changed=lambda: None).run_one()
    refused = found(store, document)
    assert refused.state == "refused"
    assert refused.reason is not None
    assert "đã thử 3 lần" in refused.reason.text()


def test_a_runner_that_stops_hands_its_job_back(store: Store, tmp_path: Path) -> None:
    add(store, tmp_path, pdf([f"Trang {n}" for n in range(100)]))
    runner = Runner(store, changed=lambda: None)
    runner.start()
    while jobs.jobs_of(store, by=OFFICER)[0].state == "waiting":
        time.sleep(0.01)
    runner.stop()
    [job] = jobs.jobs_of(store, by=OFFICER)
    assert (job.state, job.attempts) == ("waiting", 0)


def test_two_runners_never_do_the_same_job(store: Store, tmp_path: Path) -> None:
    add(store, tmp_path, pdf())
    with store.transaction():
        assert store.jobs.take(NOON) is not None
        assert store.jobs.take(NOON) is None


def test_a_runner_that_lost_its_lease_changes_nothing_more(store: Store, tmp_path: Path) -> None:
    add(store, tmp_path, pdf())
    with store.transaction():
        slow = store.jobs.take(NOON)
        second = store.jobs.take(NOON + LEASE_MS)
        assert slow is not None
        assert second is not None
        assert not store.jobs.renew(slow, progress=900, at=NOON)
        assert not store.jobs.finish(slow, "done", said=None, at=NOON)
        assert store.jobs.finish(second, "done", said=None, at=NOON)


def test_a_job_that_is_over_is_forgotten_in_time(store: Store, tmp_path: Path) -> None:
    done = add(store, tmp_path, pdf())
    work(store)
    add(store, tmp_path, pdf(["Hai"]))  # it waits, however long
    Runner(store, changed=lambda: None)._forget_old(now_ms() + KEPT_MS + 1000)
    assert [job.state for job in jobs.jobs_of(store, by=OFFICER)] == ["waiting"]
    assert found(store, done).state == "ready"
