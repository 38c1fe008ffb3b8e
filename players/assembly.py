"""Puts the parts of the player together, and starts and stops them in order."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path

from players.arrivals import Arrivals
from players.cache import Cache
from players.clock import Clock, PlayerTime, SystemClock
from players.contract import topics
from players.contract.limits import MIB
from players.doorbell import Doorbell
from players.downloader import Downloader
from players.errands import Errands
from players.fetch import HttpFetch
from players.glass import Glass
from players.holdings import HoldingsStore
from players.inbox import Inbox
from players.intake import Intake
from players.journal import Journal
from players.link_process import LinkProcess
from players.outputs import OUTPUTS, Output
from players.pictures import Pictures
from players.player import Parts, Player
from players.repertoire import Repertoire
from players.reporting import Reporter
from players.selection import Selection
from players.settings import Settings, WrongSettings
from players.supply import Supply
from players.telling import Sources, Telling
from players.troubles import Troubles
from players.trust import Standing
from players.wire import LinkConfig, Message, subscriptions


@dataclass
class Assembled:
    """A player ready to run. The first picture does not wait for network, link or journal."""

    player: Player
    arrivals: Arrivals
    link: LinkProcess
    downloader: Downloader
    pictures: Pictures
    errands: Errands
    telling: Telling
    journal: Journal
    output: Output
    doorbell: Doorbell

    def start(self) -> None:
        self.pictures.start()
        self.errands.start()
        self.player.turn()
        self.downloader.start(self.arrivals)
        self.link.start()

    def stop(self) -> None:
        self.telling.ended()
        self.downloader.stop()
        self.pictures.stop()
        self.errands.finish()
        self.link.stop()
        self.journal.close()
        self.output.close()
        self.doorbell.close()


def assemble(
    settings: Settings, *, clock: Clock | None = None, output: Output | None = None
) -> Assembled:
    """Build everything; starts nothing. Clock and output may be given by tests."""
    clock = clock or SystemClock()
    boot = secrets.token_hex(8)
    state = Path(settings.state)
    doorbell, inbox = Doorbell(), Inbox()
    output = output or _opened(settings)
    try:
        store = HoldingsStore(state / "holdings")
        cache = Cache(state / "cache", settings.cache_mb * MIB)
    except OSError as error:
        raise WrongSettings(f"state: can't write in {state} ({error.strerror}).") from error
    roots = settings.roots()
    pinned = Standing(
        settings.fleet, settings.display, settings.profile, roots, settings.root_threshold, None, {}
    )
    papers, time_floor, problems = store.restore(pinned, roots, settings.root_threshold)
    time = PlayerTime(clock, floor=time_floor)
    troubles = Troubles(settings.display, time.now)
    for problem in problems:
        troubles.note(problem)

    errands = Errands(troubles.note, cache.drop_unneeded)
    pictures = Pictures(output.prepare, doorbell.ring)
    glass = Glass(settings.display, output, time, troubles)
    journal = Journal(state / "journal.sqlite3")
    if journal.trouble:
        troubles.note(journal.trouble)

    def deliver(message: Message) -> None:
        inbox.put(message)
        doorbell.ring()

    link = LinkProcess(
        LinkConfig(
            settings.broker.host,
            settings.broker.port,
            f"{settings.display}-{boot}",
            boot,
            0,
            topics.presence(settings.fleet, settings.display),
            subscriptions(settings.fleet, settings.display, papers.standing.profile),
        ),
        deliver,
    )
    reporter = Reporter(
        settings.fleet,
        settings.display,
        settings.player_private_key(),
        link.send,
        boot=boot,
        started_at=time.now(),
        output=output.kind,
    )
    downloader = Downloader(HttpFetch(settings.controller), cache, time.ask)
    supply = Supply(cache, downloader, errands, troubles)
    telling = Telling(
        Sources(
            settings.display,
            settings.fleet,
            papers,
            time,
            glass,
            output,
            supply,
            troubles,
            journal,
            errands,
            reporter,
        )
    )
    intake = Intake(
        papers,
        store,
        time,
        errands,
        trouble=troubles.note,
        acknowledged=telling.acknowledged,
        ask_time=downloader.want_time,
        ask_sealed=downloader.want_sealed,
    )

    telling.listen_to_beats(lambda: intake.last_beat)
    repertoire = Repertoire(
        settings.display,
        papers,
        intake,
        supply,
        pictures,
        output,
        troubles,
        lambda profile: link.listen_to(subscriptions(settings.fleet, settings.display, profile)),
    )
    player = Player(
        Parts(
            time,
            papers,
            intake,
            inbox,
            supply,
            pictures,
            repertoire,
            Selection(supply, pictures, output),
            output,
            glass,
            doorbell,
            troubles,
            telling,
        )
    )
    arrivals = Arrivals(doorbell, player, intake, papers, time, troubles)
    if time.is_below_floor():
        intake.ask_time()
    return Assembled(
        player, arrivals, link, downloader, pictures, errands, telling, journal, output, doorbell
    )


def _opened(settings: Settings) -> Output:
    kind = settings.output.kind
    try:
        return OUTPUTS[kind].open(settings)
    except ImportError as error:
        raise WrongSettings(
            f"output.kind: {kind} needs a part that is not installed ({error.name}); "
            f"install signage[{kind}] or choose png_folder."
        ) from error
    except Exception as error:
        raise WrongSettings(f"output: the {kind} can't be opened: {error}.") from error
