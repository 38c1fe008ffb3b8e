"""A controller as a city would see it after a morning's work, served for a real browser."""

import io
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
import msgspec
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page, sync_playwright

from players.contract.reports import (
    Health,
    Held,
    OnGlass,
    Play,
    Presence,
    Presented,
    Screenshot,
    Sending,
    Status,
)
from signage.demo import sample
from signage.demo.ports import any_free
from signage.domain.alert import Alert, AlertWords
from signage.domain.hold import HoldKind
from signage.domain.people import User
from signage.domain.playlist import Playlist
from signage.domain.slide import Words
from signage.settings import Settings
from signage.store import Store
from signage.workflows.accounts.passwords import PasswordCost
from signage.workflows.alerts import alerting
from signage.workflows.approval import review, withdrawing
from signage.workflows.content import editing
from signage.workflows.media import library
from signage.workflows.sets import drilling, holding
from tests.signage.sealing import Phone, SealerAside

ROOT = Path(__file__).resolve().parents[3]
CHEAP = PasswordCost(passes=1, memory_kib=64, lanes=2)
MINUTE = 60_000
BOOT = "0123456789abcdef"

CHROMIUM = "/usr/bin/chromium"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class Stage(msgspec.Struct, kw_only=True):
    """A seeded installation: its settings, its store, the passwords, and things worth a look."""

    settings: Settings
    store: Store
    passwords: dict[str, str]
    sealer: SealerAside
    phone: Phone
    """The authenticators of truc-ban."""
    draft: str = ""
    waiting: str = ""
    returned: str = ""
    withdrawn: str = ""
    unconfirmed: str = ""
    alert: str = ""
    template: str = ""
    exercise: str = ""
    drill: str = ""

    def person(self, login: str) -> User:
        found = self.store.users.by_login(login)
        assert found is not None
        return found


def set_stage(home: Path, *, host: str = "") -> Stage:
    """Make a home with the Pleiku sample, work in progress and reports of its displays.

    `host` is the name under which browsers know the pages, when it is not the address itself.
    """
    port = any_free(1)[0]
    settings = Settings(
        home=str(home),
        web_port=port,
        public_url=f"http://{host}:{port}" if host else "",
        password_passes=CHEAP.passes,
        password_memory_kib=CHEAP.memory_kib,
    )
    store = Store.open(settings.database_url, settings.media_root)
    store.upgrade()
    signs = sample.load(
        store,
        home=home,
        playlists=ROOT / "playlists",
        zone=ZoneInfo("Asia/Ho_Chi_Minh"),
        at=now() - 90 * MINUTE,
        cost=CHEAP,
    )
    passwords = {one.login: one.password for one in signs}
    sealer = SealerAside(settings, store)
    sample.hand_out_authenticators(store, sealer.book, signs, at=now())
    sample.settle_templates(store, sealer.book, signs, at=now())
    stage = Stage(
        settings=settings,
        store=store,
        passwords=passwords,
        sealer=sealer,
        phone=sealer.phone("truc-ban"),
    )
    _upload_pictures(stage, home)
    _work_on_playlists(stage)
    _withdraw_one(stage)
    report(stage)
    stage.template = store.alert_templates.all()[0].id
    stage.unconfirmed = _draft_alert(stage, now()).id
    _hold_and_drill(stage, now())
    return stage


def now() -> int:
    return time.time_ns() // 1_000_000


def photo(path: Path, *, hue: int = 0) -> Path:
    """Paint a landscape like a phone's photo, so that no picture of others is needed."""
    picture = Image.new("RGB", (1600, 1200))
    draw = ImageDraw.Draw(picture)
    for row in range(1200):
        light = 255 - row // 8
        draw.line([(0, row), (1600, row)], fill=(light - hue, light - 20, min(255, light + hue)))
    draw.ellipse((1150, 140, 1350, 340), fill=(250, 214, 120))
    draw.polygon([(0, 900), (500, 500), (900, 880), (1250, 560), (1600, 900)], fill=(60, 96, 84))
    draw.rectangle((0, 880, 1600, 1200), fill=(84, 122 + hue // 2, 60))
    for tree in range(80, 1600, 170):
        draw.ellipse((tree, 820, tree + 110, 960), fill=(40, 84 + hue, 52))
    picture.save(path, "JPEG", quality=88)
    return path


def _upload_pictures(stage: Stage, home: Path) -> None:
    for name, hue in (("Biển Hồ buổi sáng.jpg", 0), ("Hoa dã quỳ.jpg", 40)):
        path = photo(home / "upload.jpg", hue=hue)
        by = stage.person("can-bo")
        library.add_asset(stage.store, path, filename=name, unit=by.unit, by=by, at=now())


def _work_on_playlists(stage: Stage) -> None:
    stage.draft = _market(stage).id
    officer, leader = stage.person("can-bo-hoi-phu"), stage.person("lanh-dao")
    waiting = _notice(stage, "Lịch cắt điện tháng 12", "Cắt điện để sửa đường dây", officer)
    stage.waiting = review.submit(
        stage.store, waiting.id, version=waiting.version, no_state_secret=True, by=officer, at=now()
    ).id
    back = _notice(stage, "Họp tổ dân phố 5", "Họp tổ dân phố 5", officer)
    stage.returned = back.id
    sent = review.submit(
        stage.store, back.id, version=back.version, no_state_secret=True, by=officer, at=now()
    )
    comment = "Ghi rõ giờ họp và địa điểm, thêm số điện thoại tổ trưởng."
    review.return_(stage.store, sent.id, comment=comment, by=leader, at=now())


def _market(stage: Stage) -> Playlist:
    by, store = stage.person("can-bo"), stage.store
    made = editing.create_playlist(store, unit=by.unit, title="Chợ hoa Xuân", by=by, at=now())
    made = editing.set_targets(
        store, made.id, ["ubnd", "nvh-hoi-phu"], version=made.version, by=by, at=now()
    )
    words = {
        "title": "Chợ hoa Xuân",
        "body": "Mở cửa từ 20 đến 30 tháng Chạp tại Quảng trường Đại Đoàn Kết.",
        "source": "Phòng Văn hóa",
    }
    made = editing.add_slide(
        store,
        made.id,
        Words(layout="notice", fields=words),
        version=made.version,
        by=by,
        at=now(),
    )
    clean = library.assets(store, by=by)[0].clean_sha256
    made = editing.add_slide(
        store,
        made.id,
        Words(
            layout="photo",
            fields={"caption": "Dã quỳ nở vàng Chư Đăng Ya", "source": "Ảnh: cán bộ phường"},
            picture=clean,
        ),
        version=made.version,
        by=by,
        at=now(),
    )
    return editing.add_ticker(
        store,
        made.id,
        text="Chợ hoa Xuân mở cửa từ 7 giờ 00 đến 22 giờ 00 hằng ngày, gửi xe miễn phí.",
        version=made.version,
        by=by,
        at=now(),
    )


def _notice(stage: Stage, title: str, heading: str, by: User) -> Playlist:
    store = stage.store
    made = editing.create_playlist(store, unit=by.unit, title=title, by=by, at=now())
    made = editing.set_targets(
        store, made.id, ["nvh-hoi-phu"], version=made.version, by=by, at=now()
    )
    words = {
        "title": heading,
        "body": "Từ 8 giờ 00 đến 11 giờ 30, thứ Bảy. Bà con chủ động tích nước.",
        "source": "UBND phường Hội Phú",
    }
    return editing.add_slide(
        store,
        made.id,
        Words(layout="notice", fields=words),
        version=made.version,
        by=by,
        at=now(),
    )


def report(stage: Stage) -> None:
    """Let three players say what is on their glass: online, late and lost."""
    for display in stage.store.displays.all():
        lost = display.id == "ubnd"
        at = now() - (25 * MINUTE if lost else 0)
        entry = next(
            one
            for one in stage.store.schedule.all()
            if f"display:{display.id}" in one.targets
            and stage.store.submissions.approved_of(one.playlist)
        )
        submission = stage.store.submissions.approved_of(entry.playlist)
        assert submission is not None
        shown = submission.renditions[submission.document.subjects()[0]][display.profile]
        say(stage, display.id, source="schedule", reason=entry.id, blob=shown.blob, at=at)
        with stage.store.transaction():
            stage.store.reports.save_presence(
                display.id,
                Presence(state="lost" if lost else "online", boot=BOOT, connection=1),
                at,
            )
            plays = [
                Play(
                    number=number,
                    source="schedule",
                    reason=entry.id,
                    item=shown.subject_hash[:16],
                    sha256=shown.blob,
                    started_at=at - (130 - number) * 15_000,
                    shown_ms=15_000,
                )
                for number in range(1, 130)
            ]
            stage.store.reports.add_plays(display.id, BOOT, plays, at)


def say(
    stage: Stage,
    display: str,
    *,
    source: str,
    reason: str,
    blob: str,
    at: int,
    presented: list[Presented] | None = None,
) -> None:
    since = at if source == "alert" else at - 9 * MINUTE
    glass = OnGlass(source=source, reason=reason, item="slide", sha256=blob, since=since)
    status = Status(
        schema=1,
        fleet=stage.settings.fleet,
        display=display,
        boot=BOOT,
        number=at,
        at=at,
        started_at=at - 600 * MINUTE,
        showing=glass,
        next=None if source == "alert" else msgspec.structs.replace(glass, since=at + MINUTE),
        holds={"manifest": Held(serial=at, sha256=blob)},
        alerts=presented or [],
        version="0.1.0",
        kinds=["playlist", "slide"],
        formats=["image/png"],
        output="led_wall",
        clock_offset=12,
        connected=True,
        health=Health(
            cache_bytes=48_200_000, disk_free=21_400_000_000, missing=0, frames=1, problem=""
        ),
        sending=Sending(packets=5_000_000, late=4, errors=0, fps=60, link_percent=15),
        brightness=64,
    )
    with stage.store.transaction():
        stage.store.reports.save_status(status, at)
        stage.store.reports.save_presented(display, status.alerts)
        stage.store.reports.save_screenshot(_screenshot(stage, display, blob, at))


def _screenshot(stage: Stage, display: str, blob: str, at: int) -> Screenshot:
    picture = Image.open(io.BytesIO(stage.store.blobs.read(blob))).convert("RGB")
    picture.thumbnail((640, 640))
    stream = io.BytesIO()
    picture.save(stream, "PNG")
    return Screenshot(
        fleet="",
        display=display,
        at=at,
        sha256=blob,
        media_type="image/png",
        width=picture.width,
        height=picture.height,
        picture=stream.getvalue(),
    )


def _withdraw_one(stage: Stage) -> None:
    """Something wrong was on air this morning and was taken off."""
    officer, leader = stage.person("can-bo-hoi-phu"), stage.person("lanh-dao")
    wrong = _notice(stage, "Tiếp công dân ngày 30/2", "Tiếp công dân", officer)
    sent = review.submit(
        stage.store, wrong.id, version=wrong.version, no_state_secret=True, by=officer, at=now()
    )
    review.approve(stage.store, sent.id, sent.content_hash, by=leader, at=now())
    gone = withdrawing.withdraw(
        stage.store, sent.id, reason="Ngày 30/2 không có trong lịch", by=leader, at=now()
    )
    stage.withdrawn = gone.id


def _hold_and_drill(stage: Stage, at: int) -> None:
    """One display is in a meeting; one drill waits to be confirmed, another one runs."""
    duty = stage.person("truc-ban")
    holding.place(
        stage.store,
        HoldKind.MEETING,
        targets=["display:ubnd"],
        until=at + 90 * MINUTE,
        why="Họp giao ban",
        authorise=stage.sealer.authorise_set,
        by=duty,
        at=at,
    )
    for name in ("exercise", "drill"):
        drafted = drilling.draft(
            stage.store,
            AlertWords(
                headline="Lũ đang lên nhanh",
                body="Rời ngay khỏi ven suối và nơi trũng.",
                area="Ven suối Hội Phú",
                sender="Ban chỉ huy phòng thủ dân sự Pleiku",
                level=3,
            ),
            targets=["display:hoa-lu", "display:nvh-hoi-phu"],
            begins_at=at,
            expires_at=at + 15 * MINUTE,
            by=duty,
            at=at,
        )
        setattr(stage, name, drafted.id)
    drilling.plan(stage.store, stage.drill, authorise=stage.sealer.authorise_set, by=duty, at=at)


def _draft_alert(stage: Stage, at: int) -> Alert:
    return alerting.draft(
        stage.store,
        AlertWords(
            headline="Lũ đang lên nhanh",
            body="Rời ngay khỏi ven suối và nơi trũng. Không lội qua dòng nước chảy.",
            area="Ven suối Hội Phú, tổ 3 và 4",
            sender="Ban chỉ huy phòng thủ dân sự Pleiku",
            level=3,
        ),
        targets=["all"],
        until=at + 120 * MINUTE,
        by=stage.person("truc-ban"),
        at=at,
    ).alert


def raise_alert(stage: Stage) -> Alert:
    """Raise a flood alert everywhere; one display shows it, one has it, one is away."""
    by, store, at = stage.person("truc-ban"), stage.store, now()
    drafted = _draft_alert(stage, at)
    count = len(store.displays.all())
    raised = alerting.raise_alert(
        store,
        drafted.id,
        expected_displays=count,
        authorise=stage.sealer.authorise,
        by=by,
        at=at,
    )
    assert raised is not None
    stage.alert = raised.id
    for display, took in (("hoa-lu", 42), ("nvh-hoi-phu", 58)):
        profile = store.displays.get(display).profile
        presented = Presented(
            id=raised.id,
            revision=1,
            received_at=raised.begins_at + took - 20,
            presented_at=raised.begins_at + took,
        )
        blob = raised.pages[profile][0].blob
        say(
            stage,
            display,
            source="alert",
            reason=raised.id,
            blob=blob,
            at=at,
            presented=[presented],
        )
    return raised


@contextmanager
def serving(stage: Stage) -> Iterator[str]:
    """Serve the stage by the real command, `signage web`, beside a sealer; gives the address."""
    stage.sealer.start()
    environment = {**os.environ, **stage.settings.as_environment()}
    web = subprocess.Popen([sys.executable, "-m", "signage", "web"], cwd=ROOT, env=environment)
    address = stage.settings.controller_url
    try:
        _wait_for(address, web)
        yield address
    finally:
        web.terminate()
        web.wait(timeout=20)
        stage.sealer.stop()


def _wait_for(address: str, web: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        assert web.poll() is None, "the web process ended at its start"
        try:
            if httpx.get(f"{address}/healthz", trust_env=False).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError("the web process does not answer")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's own browser, without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


def sign_in(page: Page, address: str, login: str, passwords: dict[str, str]) -> None:
    """Sign in as a person does."""
    page.goto(f"{address}/sign-in")
    page.get_by_label("Tên đăng nhập").fill(login)
    page.get_by_label("Mật khẩu").fill(passwords[login])
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url(f"{address}/")


def passwords_of(home: Path) -> dict[str, str]:
    rows = json.loads((home / "sign-ins.json").read_text())
    return {row["login"]: row["password"] for row in rows}
