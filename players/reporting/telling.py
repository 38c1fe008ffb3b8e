"""When to tell what: a status on every change and each minute, screenshots, plays until stored."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from players.clock import PlayerTime
from players.contract.limits import COMMS_LOSS_AFTER, MAX_ALERTS, MINUTE, SECOND, STATUS_EVERY
from players.contract.reports import (
    Health,
    Held,
    Obeyed,
    PanelState,
    PlaysAck,
    Presented,
    Sending,
)
from players.contract.showing import Showing
from players.errands import Errands
from players.outputs import Output, Reports, Scene
from players.pace import Steps
from players.reporting.journal import Journal, Showed
from players.reporting.reports import Account, Reporter
from players.sealed.papers import Papers
from players.showing.brightness import Brightness
from players.showing.glass import Glass, on_glass
from players.showing.last_frame import LastFrame
from players.showing.projection import Projection
from players.showing.supply import Supply
from players.troubles import Troubles

SCREENSHOT_EVERY: Final = 5 * SECOND
PLAYS_EVERY: Final = 5 * SECOND
PLAYS_AGAIN_AFTER: Final = 30 * SECOND
PAGE_AFTER: Final = SECOND / 5
TROUBLE_AFTER: Final = 2 * SECOND
LONGEST_PLAY: Final = 5 * MINUTE
"""A picture that stands longer is told in pieces, so that proof of play does not lag behind."""
NEVER: Final = float("inf")


@dataclass
class Sources:
    """Whom to ask for what is told."""

    display: str
    fleet: str
    papers: Papers
    time: PlayerTime
    glass: Glass
    projection: Projection
    output: Output
    supply: Supply
    troubles: Troubles
    journal: Journal
    errands: Errands
    reporter: Reporter
    last_frame: LastFrame
    steps: Steps
    brightness: Brightness
    restarts: int = 0


class Telling:
    """Main thread only; what writes to disk or encodes goes to the errands.

    Times are on the steady clock.
    """

    def __init__(self, sources: Sources) -> None:
        self._of = sources
        self._online = False
        self._status_at = NEVER
        self._screenshot_at = NEVER
        self._last_screenshot = -NEVER
        self._plays_at = NEVER
        self._sent_up_to = (0, -NEVER)
        self._playing: Showed | None = None
        self._play_began = 0.0
        self._troubles_told = 0
        self._note_at = -NEVER
        self._minded_at = -NEVER
        self._heard_at: Callable[[], float] = sources.time.steady
        self._obeyed: Callable[[], Sequence[Obeyed]] = lambda: ()
        self._panel: Callable[[], PanelState | None] = lambda: None

    def listen_to_beats(self, heard_at: Callable[[], float]) -> None:
        """`heard_at` gives when (steady clock) the controller was heard last."""
        self._heard_at = heard_at

    def listen_to_commands(self, obeyed: Callable[[], Sequence[Obeyed]]) -> None:
        """`obeyed` gives the newest commands, the newest first, and what came of them."""
        self._obeyed = obeyed

    def listen_to_panel(self, state: Callable[[], PanelState | None]) -> None:
        """`state` gives how the panel behind the glass is."""
        self._panel = state

    def screenshot_now(self) -> None:
        """Somebody asks for a picture of what is presented."""
        self._screenshot_at = self._of.time.steady()

    def connected(self, online: bool) -> None:
        """The link says whether there is a broker; a new connection hears everything at once."""
        self._online = online
        now = self._of.time.steady() if online else NEVER
        self._status_at = self._plays_at = self._screenshot_at = now
        self._sent_up_to = (0, -NEVER)

    def presented(self, scene: Scene, before: str) -> None:
        """A scene is new on the glass; `before` is the source of what it replaced."""
        now = self._of.time.steady()
        self._status_at = now
        urgent = bool({"hold", "alert", "drill", "bulletin"} & {scene.source, before})
        self._screenshot_at = now if urgent else max(now, self._last_screenshot + SCREENSHOT_EVERY)
        self._begin_play(scene.picture.sha256)

    def changed(self) -> None:
        """Something else that a status tells has changed."""
        self._status_at = min(self._status_at, self._of.time.steady())

    def page_came(self) -> None:
        """A page came ahead; the next may be on its way, and one status tells of both."""
        self._status_at = min(self._status_at, self._of.time.steady() + PAGE_AFTER)

    def tell(self, after: Showing | None) -> float:
        """Tell what is due; gives the seconds until the next is. `after` is what comes on next."""
        now = self._of.time.steady()
        self._keep_journal(now)
        self._mind_the_board(now)
        if self._of.troubles.count != self._troubles_told:
            self._troubles_told = self._of.troubles.count
            self._status_at = min(self._status_at, now + TROUBLE_AFTER)
        if self._online and now - self._heard_at() > COMMS_LOSS_AFTER:
            sentence = "the controller has not been heard of for five minutes"
            self._of.troubles.of("beat", sentence)
        else:
            self._of.troubles.over("beat")
        if not self._online:
            return (self._note_at - now) / SECOND
        if self._status_at <= now:
            self._status_at = now + STATUS_EVERY
            self._tell_status(after)
        if self._screenshot_at <= now:
            self._screenshot_at, self._last_screenshot = NEVER, now
            self._tell_screenshot()
        if self._plays_at <= now:
            self._plays_at = now + PLAYS_EVERY
            self._of.errands.run("send plays", self._tell_plays)
        due = (self._status_at, self._screenshot_at, self._plays_at, self._note_at)
        return (min(due) - now) / SECOND

    def acknowledged(self, ack: PlaysAck) -> None:
        """The controller has stored plays: the next batch may go."""
        of, now = self._of, self._of.time.now()

        def acknowledge() -> None:
            if sentence := of.journal.acknowledge(ack.journal, ack.up_to, now):
                of.troubles.note(sentence)

        of.errands.run("note acknowledged plays", acknowledge)
        if self._online:
            self._plays_at = min(self._plays_at, of.time.steady() + SECOND)

    def ended(self) -> None:
        """The player stops: the play that runs is over."""
        shown = int(self._of.time.steady() - self._play_began)
        if self._playing:
            self._of.errands.run(
                "end a play", lambda: self._of.journal.began(None, before_ms=shown)
            )

    def _begin_play(self, sha256: str) -> None:
        on, now = self._of.glass.on, self._of.time.steady()
        if on is None:
            return
        showed = Showed(
            source=on.source,
            reason=on.reason,
            item=on.item,
            sha256=sha256,
            started_at=self._of.time.now(),
        )
        lasted = int(now - self._play_began)
        self._playing, self._play_began = showed, now
        self._of.errands.run("note a play", lambda: self._note_play(showed, lasted))

    def _note_play(self, showed: Showed, lasted: int) -> None:
        journal = self._of.journal
        journal.began(showed, before_ms=lasted)
        # Two digits of it: one more lost play is no news for log and status.
        step = 10 ** max(0, len(str(journal.lost())) - 2)
        lost = journal.lost() // step * step
        sentence = f"about {lost} of the oldest plays were dropped before anybody had them"
        self._of.troubles.of("lost plays", sentence if lost else "")

    def _tell_status(self, after: Showing | None) -> None:
        of, obeyed = self._of, self._obeyed()
        of.reporter.status(
            Account(
                at=of.time.now(),
                showing=of.glass.on,
                next=on_glass(after, after.blob.sha256 if after.blob else "", after.since)
                if after
                else None,
                holds=self._holds(),
                alerts=self._alerts(),
                clock_offset=round(of.time.offset),
                connected=self._online,
                command=obeyed[0] if obeyed else None,
                commands=list(obeyed),
                panel=self._panel(),
                health=Health(
                    cache_bytes=of.supply.cache_bytes(),
                    disk_free=of.supply.disk_free(),
                    missing=of.supply.missing,
                    frames=of.glass.frames,
                    late_frames=of.glass.late_frames + of.projection.late,
                    black_frames=of.last_frame.black_frames,
                    restarts=of.restarts,
                    problem=of.troubles.sentence,
                    problem_at=of.troubles.at,
                    problems=of.troubles.current(),
                ),
                pace=of.steps.told(),
                sending=self._sending(),
                brightness=of.brightness.percent,
                armed=of.supply.pages_ahead(),
            )
        )

    def _sending(self) -> Sending | None:
        if not isinstance(self._of.output, Reports):
            return None
        report = self._of.output.report()
        return Sending(
            packets=report.packets,
            late=report.late,
            errors=report.errors,
            fps=report.fps,
            link_percent=report.link_percent,
        )

    def _mind_the_board(self, now: float) -> None:
        """Once a second: an output with a thread of its own can't raise what goes wrong there."""
        if not isinstance(self._of.output, Reports) or now < self._minded_at + SECOND:
            return
        self._minded_at = now
        trouble = self._of.output.report().trouble
        sentence = f"the board can't be reached: {trouble}" if trouble else ""
        self._of.troubles.of("board", sentence)

    def _keep_journal(self, now: float) -> None:
        """Note the running play each minute, and tell a long one in pieces."""
        if now < self._note_at:
            return
        self._note_at = now + MINUTE
        if self._playing and now - self._play_began >= LONGEST_PLAY:
            self._begin_play(self._playing.sha256)
        elif self._playing:
            lasted = int(now - self._play_began)
            journal = self._of.journal
            self._of.errands.run("note a running play", lambda: journal.still_showing(lasted))

    def _holds(self) -> dict[str, Held]:
        papers = self._of.papers
        floors = papers.standing.floors
        keys = floors.get(f"keys {self._of.fleet}")
        return {
            **{name: paper.held() for name, paper in papers.by_name().items() if paper},
            **({"keys": Held(serial=keys.serial, sha256=keys.sha256)} if keys else {}),
        }

    def _alerts(self) -> list[Presented]:
        papers = self._of.papers
        told = {
            key: Presented(id=key[0], revision=key[1], received_at=at)
            for key, at in papers.received.items()
        }
        told |= papers.presented
        newest = sorted(told.values(), key=lambda alert: alert.received_at)
        return newest[-MAX_ALERTS:]

    def _tell_screenshot(self) -> None:
        of, on = self._of, self._of.glass.on
        if on is None:
            return
        take, sha256, at = of.output.grab(), on.sha256, of.time.now()
        of.errands.run("send a screenshot", lambda: of.reporter.screenshot(take(), sha256, at))

    def _tell_plays(self) -> None:
        batch = self._of.journal.batch(self._of.fleet, self._of.display)
        if batch is None:
            return
        last, now = batch.plays[-1].number, self._of.time.steady()
        sent, at = self._sent_up_to
        if last != sent or now - at > PLAYS_AGAIN_AFTER:
            self._sent_up_to = (last, now)
            self._of.reporter.plays(batch)
