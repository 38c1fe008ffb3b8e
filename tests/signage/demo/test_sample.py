"""The Pleiku sample: on air after the first start, left alone at the second."""

import stat
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from signage.demo import sample
from signage.domain.people import Role
from signage.store import Store
from signage.workflows.accounts import people
from signage.workflows.content import editing, translating
from signage.workflows.publication.scheduling import displays_of
from tests.signage.pleiku import CHEAP, NOON

PLAYLISTS = Path(__file__).parents[3] / "playlists"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def load(store: Store, home: Path) -> list[sample.SignIn]:
    return sample.load(
        store,
        home=home,
        playlists=PLAYLISTS,
        zone=ZoneInfo("Asia/Ho_Chi_Minh"),
        at=NOON,
        cost=CHEAP,
    )


def test_every_role_signs_in_with_a_password_of_its_own(empty_store: Store, home: Path) -> None:
    sign_ins = load(empty_store, home)
    assert {one.role for one in sign_ins} == set(Role)
    assert len({one.password for one in sign_ins}) == len(sign_ins)
    for one in sign_ins:
        user = people.authenticate(empty_store, one.login, one.password, at=NOON, cost=CHEAP)
        assert user is not None
        assert user.role is one.role
    assert stat.S_IMODE((home / "sign-ins.json").stat().st_mode) == 0o600


def test_each_display_has_something_approved_on_air(empty_store: Store, home: Path) -> None:
    load(empty_store, home)
    approved = {one.playlist: one for one in empty_store.submissions.approved()}
    profiles = empty_store.profiles.by_id()
    on_air = set()
    for entry in empty_store.schedule.live_from("2026-11-23"):
        for display in displays_of(empty_store, entry.targets):
            assert approved[entry.playlist].is_drawn_for(profiles[display.profile])
            on_air.add(display.id)
    assert on_air == {"hoa-lu", "ubnd", "nvh-hoi-phu"}
    for submission in approved.values():
        assert submission.decided_by != submission.submitted_by


def test_the_words_in_jrai_wait_for_the_one_who_reads_them(empty_store: Store, home: Path) -> None:
    load(empty_store, home)
    reader = empty_store.users.by_login("biet-tieng-jrai")
    assert reader is not None
    ((submission, languages),) = translating.waiting_for(empty_store, reader)
    assert (submission.playlist, languages) == ("hoi-phu-nha-van-hoa", ["jra"])


def test_a_second_start_leaves_everything_as_it_is(empty_store: Store, home: Path) -> None:
    sign_ins = load(empty_store, home)
    author = empty_store.users.by_login(sample.AUTHOR)
    assert author is not None
    playlist = empty_store.playlists.get("hoi-phu-nha-van-hoa")
    renamed = editing.rename(
        empty_store, playlist.id, "Của chúng tôi", version=playlist.version, by=author, at=NOON
    )
    rows = empty_store.audit.page(limit=1)
    assert load(empty_store, home) == sign_ins
    assert empty_store.audit.page(limit=1) == rows
    assert empty_store.playlists.get(playlist.id) == renamed
