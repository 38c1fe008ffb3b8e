"""Puts the parts of the player together, and starts and stops them in order."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from players.blobs.arrivals import Arrivals
from players.blobs.cache import Cache
from players.blobs.downloader import Downloader
from players.blobs.fetch import HttpFetch
from players.bundles.watch import BundleWatch
from players.clock import Clock, PlayerTime
from players.contract import documents, topics
from players.contract.limits import MIB
from players.doorbell import Doorbell
from players.errands import Errands
from players.files import DISK, Disk
from players.link.inbox import Inbox
from players.link.process import LinkProcess
from players.link.wire import LinkConfig, Message, subscriptions
from players.opening import dimmer_of, opened
from players.orders import Orders
from players.outputs import Output
from players.pace import Steps
from players.panels import PANELS
from players.player import Parts, Player
from players.reporting.journal import Journal
from players.reporting.reports import Reporter
from players.reporting.telling import Sources, Telling
from players.sealed.holdings import HoldingsStore
from players.sealed.intake import Intake
from players.sealed.papers import Papers
from players.sealed.verdict import Standing
from players.settings import Settings, WrongSettings
from players.showing.brightness import Brightness
from players.showing.glass import Glass
from players.showing.last_frame import LastFrame, keeper_for
from players.showing.panel_keeper import PanelKeeper
from players.showing.pictures import Pictures
from players.showing.projection import Projection
from players.showing.repertoire import Repertoire
from players.showing.selection import Selection
from players.showing.supply import Supply
from players.system_clock import SystemClock
from players.timekeeping import Timekeeping
from players.troubles import Troubles


@dataclass(frozen=True)
class Past:
    """How often the watchdog has started this player again, and why the last time."""

    restarts: int = 0
    because: str = ""


@dataclass
class Assembled:
    """A player ready to run. The first picture does not wait for network, link or journal."""

    player: Player
    arrivals: Arrivals
    link: LinkProcess
    downloader: Downloader
    pictures: Pictures
    projection: Projection
    errands: Errands
    telling: Telling
    journal: Journal
    output: Output
    doorbell: Doorbell
    panel: PanelKeeper
    bundles: BundleWatch

    def start(self) -> None:
        self.pictures.start()
        self.errands.start()
        self.player.show_first()
        self.downloader.start(self.arrivals)
        self.panel.start()
        self.bundles.start()
        self.link.start()

    def stop(self) -> None:
        self.telling.ended()
        self.downloader.stop()
        self.panel.stop()
        self.bundles.stop()
        self.pictures.stop()
        self.projection.stop()
        self.errands.finish()
        self.link.stop()
        self.journal.close()
        self.output.close()
        self.doorbell.close()


def assemble(
    settings: Settings,
    *,
    clock: Clock | None = None,
    output: Output | None = None,
    past: Past = Past(),
    disk: Disk = DISK,
    beat: Callable[[], None] | None = None,
) -> Assembled:
    """Build everything; starts nothing. Clock, output and disk may be given by tests.

    `beat` is called after each turn of the loop that went well.

    Raises `WrongSettings` when output or state folder can't be used.
    """
    display, fleet, boot = settings.display, settings.fleet, secrets.token_hex(8)
    output = output or opened(settings)
    store, cache, journal = _opened_state(settings, disk)
    papers, time_floor, problems = _restored(settings, store)
    time = PlayerTime(clock or SystemClock(), floor=time_floor)
    troubles = Troubles(display, time.now)
    for problem in filter(None, [*problems, past.because]):
        troubles.note(problem)
    troubles.of("journal", journal.trouble)

    doorbell, inbox = Doorbell(), Inbox()

    def deliver(message: Message) -> None:
        inbox.put(message)
        doorbell.ring()

    link = LinkProcess(_link_config(settings, boot, papers.standing.profile), deliver)
    errands = Errands(troubles.of, cache.drop_unneeded)
    downloader = Downloader(HttpFetch(settings.controller, disk), cache, time.ask)
    pictures = Pictures(output.prepare, doorbell.ring)
    supply = Supply(cache, downloader, errands, troubles)
    projection = Projection(supply, output, time, troubles)
    steps = Steps(time)
    glass = Glass(display, output, time, troubles, steps)
    last_frame = LastFrame(output, errands, time, troubles, keeper_for(output))
    brightness = Brightness(
        dimmer_of(settings, output, lambda sentence: troubles.of("card", sentence)),
        papers,
        time,
        glass,
    )
    key, started_at = settings.player_private_key(), time.now()
    reporter = Reporter(
        fleet,
        display,
        key,
        link.send,
        boot=boot,
        started_at=started_at,
        output=output.kind,
        formats=(*documents.FORMATS, *projection.formats()),
    )
    telling = Telling(
        Sources(
            display=display,
            fleet=fleet,
            papers=papers,
            time=time,
            glass=glass,
            projection=projection,
            output=output,
            supply=supply,
            troubles=troubles,
            journal=journal,
            errands=errands,
            reporter=reporter,
            last_frame=last_frame,
            steps=steps,
            brightness=brightness,
            restarts=past.restarts,
        )
    )
    intake = Intake(
        papers,
        store,
        time,
        errands,
        steps,
        trouble=troubles.note,
        acknowledged=telling.acknowledged,
        ask_time=downloader.want_time,
        ask_sealed=downloader.want_sealed,
    )
    telling.listen_to_beats(lambda: intake.last_beat)

    def change_profile(profile: str) -> None:
        link.listen_to(subscriptions(fleet, display, profile))

    def restart() -> None:
        player.stop()

    orders = Orders(
        output, glass, time, errands, doorbell, screenshot=telling.screenshot_now, restart=restart
    )
    telling.listen_to_commands(lambda: orders.obeyed)
    panel = PanelKeeper(
        settings.panel.kind,
        PANELS[settings.panel.kind].open(settings.panel),
        trouble=lambda sentence: troubles.of("panel", sentence),
        changed=lambda: doorbell.post(telling.changed),
    )
    telling.listen_to_panel(panel.state)
    timekeeping = Timekeeping(time, store, errands)
    timekeeping.recall()
    time.borrow(store.borrowed_time())
    bundles = BundleWatch(
        settings.bundles, papers, intake, cache, time, store, doorbell, troubles, say=orders.say
    )
    player = Player(
        Parts(
            time=time,
            timekeeping=timekeeping,
            papers=papers,
            intake=intake,
            inbox=inbox,
            supply=supply,
            pictures=pictures,
            repertoire=Repertoire(
                display, papers, intake, supply, pictures, output, troubles, change_profile
            ),
            projection=projection,
            selection=Selection(supply, pictures, output, projection),
            output=output,
            glass=glass,
            doorbell=doorbell,
            troubles=troubles,
            telling=telling,
            last_frame=last_frame,
            brightness=brightness,
            orders=orders,
            panel=panel,
            beat=beat or (lambda: None),
        )
    )
    arrivals = Arrivals(doorbell, player, intake, papers, time, troubles)
    if time.is_below_floor():
        intake.ask_time()
    return Assembled(
        player=player,
        arrivals=arrivals,
        link=link,
        downloader=downloader,
        pictures=pictures,
        projection=projection,
        errands=errands,
        telling=telling,
        journal=journal,
        output=output,
        doorbell=doorbell,
        panel=panel,
        bundles=bundles,
    )


def _opened_state(settings: Settings, disk: Disk) -> tuple[HoldingsStore, Cache, Journal]:
    state = Path(settings.state)
    try:
        store = HoldingsStore(state / "holdings", disk)
        cache = Cache(state / "cache", settings.cache_mb * MIB, disk)
    except OSError as error:
        raise WrongSettings(f"state: can't write in {state} ({error.strerror}).") from error
    return store, cache, Journal(state / "journal.sqlite3")


def _restored(settings: Settings, store: HoldingsStore) -> tuple[Papers, int, list[str]]:
    roots, threshold = settings.roots(), settings.root_threshold
    fleet, display, profile = settings.fleet, settings.display, settings.profile
    pinned = Standing(fleet, display, profile, roots, threshold, None, {})
    return store.restore(pinned, roots, threshold)


def _link_config(settings: Settings, boot: str, profile: str) -> LinkConfig:
    return LinkConfig(
        host=settings.broker.host,
        port=settings.broker.port,
        client_id=f"{settings.display}-{boot}",
        boot=boot,
        first_connection=0,
        presence=topics.presence(settings.fleet, settings.display),
        limits=subscriptions(settings.fleet, settings.display, profile),
        user=settings.broker.user,
        password_file=settings.broker.password_file,
        ca_file=settings.broker.ca_file,
    )
