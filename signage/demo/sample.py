"""The Pleiku sample: units, displays, people and approved playlists, by the real workflows."""

import secrets
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import pyotp

from signage.domain.alert import AlertWords
from signage.domain.display import Display, Profile, Site
from signage.domain.factor import ALERT, APPROVE, HOLD, STEP_SECONDS, Code, code_at
from signage.domain.names import NotFound
from signage.domain.people import ROLE_NAMES, Role, User
from signage.domain.playlist import Playlist
from signage.domain.review import State
from signage.domain.sentences import N_
from signage.domain.units import Unit
from signage.keys import write_atomically
from signage.store import Store
from signage.store.book import Book
from signage.workflows.accounts import people
from signage.workflows.accounts.passwords import STRONG, PasswordCost
from signage.workflows.alerts import alert_templates
from signage.workflows.approval import review
from signage.workflows.content import playlist_files
from signage.workflows.displays import provisioning
from signage.workflows.displays.reach import reach_of
from signage.workflows.publication import scheduling
from signage.workflows.sealer import officer_factors
from signage.workflows.sealer.at_sealer import AtSealer
from signage.workflows.sealer.officer_factors import Site as Address
from signage.workflows.sealer.sealer_answers import Answers

CITY = "pleiku-city"
SINCE = "2025-07-01"  # Resolution 1664/NQ-UBTVQH15
YEARS_ON_AIR = 5

UNITS = (
    Unit(id=CITY, name="Trung tâm điều hành Pleiku", parent=None, kind="city", valid_from=SINCE),
    *(
        Unit(id=unit, name=name, parent=CITY, kind=kind, valid_from=SINCE)
        for unit, name, kind in (
            ("phuong-pleiku", "Phường Pleiku", "phuong"),
            ("hoi-phu", "Phường Hội Phú", "phuong"),
            ("thong-nhat", "Phường Thống Nhất", "phuong"),
            ("dien-hong", "Phường Diên Hồng", "phuong"),
            ("an-phu", "Phường An Phú", "phuong"),
            ("bien-ho", "Xã Biển Hồ", "xa"),
            ("gao", "Xã Gào", "xa"),
        )
    ),
)

PROFILES = (
    Profile(
        id="led-384x192",
        name="Bảng LED 384×192 cạnh đường",
        width=384,
        height=192,
        traffic=True,
        pitch_um=10_000,
        viewing_cm=3000,
    ),
    Profile(
        id="led-192x96",
        name="Bảng LED 192×96",
        width=192,
        height=96,
        pitch_um=10_000,
        viewing_cm=2000,
        sound=True,
    ),
    Profile(
        id="hd-1920x1080",
        name="Màn hình 1920×1080 trong nhà",
        width=1920,
        height=1080,
        pitch_um=630,
        viewing_cm=600,
        sound=True,
    ),
)

# Positions are near the real places, good enough for a map.
PLACES = (
    (
        Site(
            id="nga-ba-hoa-lu",
            unit="phuong-pleiku",
            name="Ngã ba Hoa Lư",
            latitude_e6=13_988_000,
            longitude_e6=108_003_000,
        ),
        ("hoa-lu", "Bảng điện tử Ngã ba Hoa Lư", "led-384x192", ["bang-dien-tu"]),
    ),
    (
        Site(
            id="tru-so-ubnd",
            unit="phuong-pleiku",
            name="Trước trụ sở UBND",
            latitude_e6=13_981_000,
            longitude_e6=108_001_000,
        ),
        ("ubnd", "Bảng điện tử trước UBND", "led-192x96", ["bang-dien-tu"]),
    ),
    (
        Site(
            id="nha-van-hoa-hoi-phu",
            unit="hoi-phu",
            name="Nhà văn hóa Hội Phú",
            latitude_e6=13_965_000,
            longitude_e6=108_008_000,
            has_loudspeaker=True,
        ),
        ("nvh-hoi-phu", "Nhà văn hóa Hội Phú", "hd-1920x1080", ["nha-van-hoa"]),
    ),
)

# Login, name, role, unit. One sign-in for each role, a second officer for the whole city, a reader.
PEOPLE = (
    ("quan-tri", "Quản trị hệ thống", Role.ADMINISTRATOR, CITY),
    ("can-bo", "Cán bộ văn hóa - thông tin Pleiku", Role.WARD_OFFICER, CITY),
    ("can-bo-hoi-phu", "Cán bộ phường Hội Phú", Role.WARD_OFFICER, "hoi-phu"),
    ("lanh-dao", "Lãnh đạo duyệt nội dung", Role.APPROVER, CITY),
    ("truc-ban", "Trực ban", Role.DUTY_OFFICER, CITY),
    ("truc-ban-2", "Trực ban thứ hai", Role.DUTY_OFFICER, CITY),
    ("nguoi-xem", "Người xem", Role.VIEWER, CITY),
    ("biet-tieng-jrai", "Người thẩm định tiếng Jrai", Role.VIEWER, CITY),
)
READS = {"biet-tieng-jrai": ["jra"]}
"""Who reviews translations, in which languages."""
FACTORS = {Role.DUTY_OFFICER: ALERT, Role.APPROVER: APPROVE, Role.WARD_OFFICER: HOLD}
"""Who has an authenticator, and what it is for."""
AUTHOR, APPROVER, ADMINISTRATOR, DUTY = "can-bo", "lanh-dao", "quan-tri", "truc-ban"

# Title, headline, what to do.
TEMPLATES = (
    (
        "Lũ, ngập lụt",
        "Lũ đang lên nhanh",
        "Rời ngay ven suối, ngầm tràn, nơi trũng. Lên chỗ cao. Không lội qua dòng nước chảy.",
    ),
    (
        "Sạt lở đất, lũ quét",
        "Nguy cơ sạt lở đất",
        "Rời nhà ở sát sườn dốc. Đến nhà văn hóa gần nhất. Không đi qua đường đèo trong đêm.",
    ),
)


class SignIn(msgspec.Struct, frozen=True, kw_only=True):
    """One sign-in of the demo, to be shown to whoever started it."""

    login: str
    password: str
    role: Role
    name: str
    authenticator: str = ""
    """The TOTP secret of whoever has a factor, in base32; empty for everybody else."""

    def code_at(self, at: int) -> str:
        """The six digits that the authenticator shows at a moment (ms)."""
        return code_at(self.authenticator, at)

    @property
    def role_name(self) -> str:
        """The role in Vietnamese."""
        return ROLE_NAMES[self.role]


def load(
    store: Store,
    *,
    home: Path,
    playlists: Path,
    zone: ZoneInfo,
    at: int,
    cost: PasswordCost = STRONG,
) -> list[SignIn]:
    """Bring the sample in and return its sign-ins; a second time only what is missing.

    `home` keeps the random passwords in sign-ins.json, readable by its owner; `playlists` is the
    folder of <unit>/*.yaml. What people changed since stays.
    """
    sign_ins = _settle_sign_ins(home)
    if not store.units.all():
        provisioning.add_root_unit(store, UNITS[0], at=at)
    _settle_people(store, sign_ins, at=at, cost=cost)
    _settle_places(store, at=at)
    author = _person(store, AUTHOR)
    today = datetime.fromtimestamp(at / 1000, zone).date()
    for applied in playlist_files.apply_folder(store, playlists, by=author, at=at, only_new=True):
        _put_on_air(store, applied.playlist, today, at=at)
    return sign_ins


def hand_out_authenticators(store: Store, book: Book, sign_ins: list[SignIn], *, at: int) -> None:
    """Give everybody who confirms acts an authenticator in the sealer's book, once."""
    for one in sign_ins:
        if one.authenticator and not officer_factors.factors_of(book, one.login):
            officer_factors.enrol_code(
                book,
                one.login,
                at=at,
                secret=one.authenticator,
                may=FACTORS[one.role],
                reach=reach_of(store, _person(store, one.login).unit),
            )


def settle_templates(store: Store, book: Book, sign_ins: list[SignIn], *, at: int) -> None:
    """Write some templates of alerts and have them approved, the way that people do it, once."""
    if store.alert_templates.all():
        return
    approver = next(one for one in sign_ins if one.login == APPROVER)
    areas = [unit.name for unit in UNITS[1:]]
    for number, (title, headline, body) in enumerate(TEMPLATES):
        words = AlertWords(headline=headline, body=body, area="", sender=UNITS[0].name)
        template = alert_templates.write(
            store,
            title=title,
            words=words,
            areas=areas,
            minutes=30,
            by=_person(store, DUTY),
            at=at,
        )
        # A code is good once: one for each of the last half minutes.
        moment = at - (len(TEMPLATES) - number) * STEP_SECONDS * 1000
        answers = Answers(
            book, Address(origin=""), clock=partial(int, moment), authorised=lambda: None
        )
        alert_templates.approve(
            store,
            AtSealer(answers.answer),
            template.id,
            Code(digits=approver.code_at(moment)),
            by=_person(store, APPROVER),
            at=at,
        )


def sign_ins_of(home: Path) -> list[SignIn]:
    """The sign-ins of the sample in `home`; none before it was brought in."""
    path = home / "sign-ins.json"
    return msgspec.json.decode(path.read_bytes(), type=list[SignIn]) if path.exists() else []


def _settle_sign_ins(home: Path) -> list[SignIn]:
    """Passwords and authenticators, made once; whoever joined the sample since gets theirs."""
    known = {one.login: one for one in sign_ins_of(home)}
    settled = []
    for login, name, role, _ in PEOPLE:
        one = known.get(login) or SignIn(
            login=login, password=secrets.token_urlsafe(9), role=role, name=name
        )
        if role in FACTORS and not one.authenticator:
            one = msgspec.structs.replace(one, authenticator=pyotp.random_base32())
        settled.append(one)
    if settled != list(known.values()):
        home.mkdir(parents=True, exist_ok=True)
        write_atomically(home / "sign-ins.json", msgspec.json.encode(settled), mode=0o600)
    return settled


def _settle_people(store: Store, sign_ins: list[SignIn], *, at: int, cost: PasswordCost) -> None:
    passwords = {one.login: one.password for one in sign_ins}
    if not store.users.all():
        people.create_first_administrator(
            store,
            login=ADMINISTRATOR,
            name=PEOPLE[0][1],
            unit=CITY,
            password=passwords[ADMINISTRATOR],
            at=at,
            cost=cost,
        )
    by = _person(store, ADMINISTRATOR)
    for unit in UNITS:
        if unit.id not in store.units.by_id():
            provisioning.add_unit(store, unit, by=by, at=at)
    for login, name, role, unit_id in PEOPLE:
        if store.users.by_login(login) is None:
            people.create_user(
                store,
                login=login,
                name=name,
                role=role,
                unit=unit_id,
                password=passwords[login],
                languages=READS.get(login, ()),
                by=by,
                at=at,
                cost=cost,
            )


def _settle_places(store: Store, *, at: int) -> None:
    by = _person(store, ADMINISTRATOR)
    known = {display.id for display in store.displays.all(retired=True)}
    for profile in PROFILES:
        if profile.id not in store.profiles.by_id():
            provisioning.add_profile(store, profile, by=by, at=at)
    for site, (display, name, profile_id, tags) in PLACES:
        if display not in known:
            provisioning.add_site(store, site, by=by, at=at)
            new = Display(
                id=display, name=name, site=site.id, unit=site.unit, profile=profile_id, tags=tags
            )
            provisioning.register_display(store, new, by=by, at=at)


def _put_on_air(store: Store, playlist: Playlist, today: date, *, at: int) -> None:
    """Take a playlist the way that people take it: submit, another approves, schedule."""
    author, approver = _person(store, AUTHOR), _person(store, APPROVER)
    submitted = store.submissions.latest_of(playlist.id)
    if submitted is None:
        submitted = review.submit(
            store, playlist.id, version=playlist.version, no_state_secret=True, by=author, at=at
        )
    if submitted.number == 1 and submitted.state is State.SUBMITTED:
        review.approve(store, submitted.id, submitted.content_hash, by=approver, at=at)
    if not store.schedule.all(playlist=playlist.id, ended=True):
        scheduling.add_entry(
            store,
            playlist=playlist.id,
            targets=[f"display:{display}" for display in playlist.draft.targets],
            first_date=today.isoformat(),
            last_date=(today + timedelta(days=365 * YEARS_ON_AIR)).isoformat(),
            priority=3,
            by=author,
            at=at,
        )


def _person(store: Store, login: str) -> User:
    found = store.users.by_login(login)
    if found is None:
        raise NotFound(N_("Dữ liệu mẫu thiếu người dùng. Hãy xóa thư mục của bản dùng thử."))
    return found
