"""Sets an installation up in a folder: database, keys, sample, and a folder for each player."""

from collections.abc import Mapping
from pathlib import Path

import msgspec

import signage
from signage.clock import now_ms
from signage.demo import sample
from signage.demo.sample import SignIn
from signage.domain.names import NotFound
from signage.domain.people import User
from signage.domain.sentences import N_
from signage.keys import KeyFiles
from signage.settings import Settings
from signage.store import Store
from signage.store.book import Book
from signage.workflows.accounts.passwords import PasswordCost
from signage.workflows.displays import player_folders
from signage.workflows.displays.player_folders import Output, PlayerSettings

DISPLAYS = tuple(display for _, (display, *_) in sample.PLACES)


class Installation(msgspec.Struct, frozen=True, kw_only=True):
    """What was set up: sign-ins, and for each display its player.yaml."""

    settings: Settings
    sign_ins: list[SignIn]
    players: dict[str, Path]

    @property
    def logs(self) -> Path:
        """The folder of what the processes say."""
        return self.settings.home_path / "logs"

    def glass(self, display: str) -> Path:
        """The folder of PNGs in which the player of `display` shows, if it shows in one."""
        return self.players[display].parent / "glass"

    def sign_in(self, login: str) -> SignIn:
        """The sign-in of `login`."""
        return next(one for one in self.sign_ins if one.login == login)


def set_up(settings: Settings, outputs: Mapping[str, Output]) -> Installation:
    """Set up whatever is missing; what people changed since the last time stays."""
    at = now_ms()
    store = Store.open(settings.database_url, settings.media_root)
    try:
        store.upgrade()
        keys = KeyFiles(settings.keys_folder, settings.fleet)
        keys.make(at=at)
        sign_ins = sample.load(
            store,
            home=settings.home_path,
            playlists=playlists_folder(settings),
            zone=settings.zone,
            at=at,
            cost=PasswordCost(
                passes=settings.password_passes, memory_kib=settings.password_memory_kib
            ),
        )
        book = Book.open(keys.sealer_folder)
        sample.hand_out_authenticators(store, book, sign_ins, at=at)
        sample.settle_templates(store, book, sign_ins, at=at)
        book.close()
        administrator = _administrator(store)
        players = {
            display: player_folders.make_player(
                store,
                display,
                settings.home_path / "players" / display,
                _player_settings(settings, keys, outputs[display]),
                by=administrator,
                at=at,
            )
            for display in DISPLAYS
        }
    finally:
        store.close()
    return Installation(settings=settings, sign_ins=sign_ins, players=players)


def playlists_folder(settings: Settings) -> Path:
    """The playlists of the installation; those of the project where it has none of its own."""
    own = settings.home_path / "playlists"
    return own if own.is_dir() else Path(signage.__file__).parents[1] / "playlists"


def _administrator(store: Store) -> User:
    found = store.users.by_login(sample.ADMINISTRATOR)
    if found is None:
        raise NotFound(N_("Dữ liệu mẫu thiếu người dùng. Hãy xóa thư mục của bản dùng thử."))
    return found


def _player_settings(settings: Settings, keys: KeyFiles, output: Output) -> PlayerSettings:
    return PlayerSettings(
        fleet=settings.fleet,
        broker_host=settings.broker_host,
        broker_port=settings.broker_port,
        controller=settings.controller_url,
        root_keys=keys.pinned_roots(),
        output=output,
    )
