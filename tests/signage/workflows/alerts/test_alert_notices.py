import socketserver
import threading
from collections.abc import Iterator

import msgspec
import pytest

from players.contract.limits import DAY, HOUR, MINUTE, SECOND
from players.contract.reports import Presented
from signage.domain.alert import Alert, AlertState, AlertWords
from signage.notices import Notices, unusable
from signage.store import Store
from signage.workflows.alerts import alert_notices, alone_reviews
from signage.workflows.alerts.alert_notices import Notice
from tests.signage.pleiku import APPROVER, DISPLAYS, NOON

ADDRESS = "http://pleiku"


def raise_alert(store: Store, *, revision: int = 1, at: int = NOON) -> Alert:
    alert = Alert(
        id="a1",
        revision=revision,
        state=AlertState.RAISED,
        words=AlertWords(headline="Lũ", body="", area="Hội Phú", sender="UBND"),
        targets=["all"],
        begins_at=at,
        expires_at=NOON + HOUR,
        pages={},
        green={},
        created_by="x",
        created_at=NOON,
        raised_at=NOON,
    )
    with store.transaction():
        store.alerts.save(alert, by="truc-ban", at=at)
    return alert


def show(store: Store, *displays: str, revision: int = 1) -> None:
    told = Presented(id="a1", revision=revision, received_at=NOON, presented_at=NOON)
    with store.transaction():
        for display in displays:
            store.reports.save_presented(display, [told])


def due(store: Store, at: int) -> list[Notice]:
    return alert_notices.due(store, after_ms=MINUTE, address=ADDRESS, at=at)


def test_displays_that_do_not_show_an_alert_are_told_after_a_minute(store: Store) -> None:
    raise_alert(store)
    show(store, "hoa-lu")
    assert due(store, NOON + 59 * SECOND) == []
    (notice,) = due(store, NOON + MINUTE)
    assert notice.title == "3 màn hình CHƯA HIỆN cảnh báo: Lũ"
    assert "Nhà văn hóa Hội Phú (không có loa)" in notice.body
    assert "Ngã ba Hoa Lư" not in notice.body
    assert notice.body.endswith("http://pleiku/alerts/a1")


def test_nobody_is_told_when_all_show_it(store: Store) -> None:
    raise_alert(store)
    show(store, *(display.id for display in DISPLAYS))
    assert due(store, NOON + MINUTE) == []


def test_each_revision_is_told_once_also_after_a_restart(store: Store) -> None:
    raise_alert(store)
    sent: list[Notice] = []
    for at in (NOON + MINUTE, NOON + 2 * MINUTE):
        alert_notices.tell(store, sent.append, after_ms=MINUTE, address=ADDRESS, at=at)
    assert len(sent) == 1
    raise_alert(store, revision=2, at=NOON + 3 * MINUTE)
    alert_notices.tell(store, sent.append, after_ms=MINUTE, address=ADDRESS, at=NOON + 4 * MINUTE)
    assert len(sent) == 2
    assert {row.act for row in store.audit.page(subject="alert:a1:1")} == {"notice.sent"}


def test_an_alert_that_is_over_is_nobody_s_worry(store: Store) -> None:
    alert = raise_alert(store)
    assert due(store, NOON + HOUR) == []
    with store.transaction():
        over = msgspec.structs.replace(alert, state=AlertState.CLEARED, cleared_at=NOON)
        store.alerts.save(over, by="x", at=NOON)
    assert due(store, NOON + MINUTE) == []


def test_an_alert_that_one_person_sent_is_told_at_once_and_again_after_a_day(store: Store) -> None:
    detail = {"headline": "Lũ"}
    with store.transaction():
        store.audit.record(
            who="truc-ban", act=alone_reviews.SENT, subject="alert:a1", at=NOON, detail=detail
        )
    sent: list[Notice] = []
    for at in (NOON, NOON + HOUR, NOON + DAY, NOON + DAY + HOUR):
        alert_notices.tell(store, sent.append, after_ms=MINUTE, address=ADDRESS, at=at)
    assert [one.title for one in sent] == [
        "MỘT NGƯỜI tự phát cảnh báo: Lũ",
        "Quá một ngày CHƯA AI XEM LẠI cảnh báo do một người phát: Lũ",
    ]
    assert "truc-ban" in sent[0].body
    assert alone_reviews.sent_alone(store)[0].told_at == NOON


def test_what_somebody_has_reviewed_is_told_no_more(store: Store) -> None:
    with store.transaction():
        store.audit.record(who="truc-ban", act=alone_reviews.SENT, subject="alert:a1", at=NOON)
    alone_reviews.review(store, "a1", comment="Đúng", by=APPROVER, at=NOON)
    assert due(store, NOON + DAY) == []


class _Hook(socketserver.StreamRequestHandler):
    """A webhook: takes one request and keeps its body."""

    def handle(self) -> None:
        length = 0
        while (line := self.rfile.readline().strip()) != b"":
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        self.server.bodies.append(self.rfile.read(length).decode())  # type: ignore[attr-defined]
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")


@pytest.fixture
def hook() -> Iterator[socketserver.TCPServer]:
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Hook)
    server.bodies = []  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_notice_reaches_a_real_webhook(hook: socketserver.TCPServer) -> None:
    port = hook.server_address[1]
    notices = Notices([f"json://127.0.0.1:{port}"])
    notices.tell(Notice(about="x", title="3 màn hình CHƯA HIỆN", body="Hội Phú"))
    notices.close(20)
    (body,) = hook.bodies  # type: ignore[attr-defined]
    said = msgspec.json.decode(body)
    assert (said["title"], said["message"]) == ("3 màn hình CHƯA HIỆN", "Hội Phú")


def test_a_line_that_fails_loses_no_later_notice() -> None:
    sent: list[str] = []

    def send(_addresses, notice: Notice) -> bool:
        if notice.title == "bad":
            raise OSError("no route")
        sent.append(notice.title)
        return True

    notices = Notices(["x://y"], send)
    for title in ("bad", "good"):
        notices.tell(Notice(about=title, title=title, body=""))
    notices.close()
    assert sent == ["good"]


def test_an_address_that_nobody_understands_is_named() -> None:
    assert unusable(["json://localhost", "nonsense://x"]) == ["nonsense"]
