"""The intake: asks feeds for CAP messages and looks into a folder; a process of its own.

It holds no key. Whatever hangs, floods or lies out there costs this process its time, and neither
the pages nor the worker nor the sealer.
"""

import signal
import sys
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import FrameType

import structlog

from players.contract.limits import MINUTE, SECOND
from signage.asking import ask
from signage.cap.limits import MAX_MESSAGE_BYTES
from signage.cap.polling import FeedState, Poller
from signage.cap.table_file import BadTable, read_table
from signage.clock import now_ms
from signage.domain.sentences import Refused
from signage.rounds import Rounds
from signage.settings import Settings
from signage.store import Store
from signage.wake import wake
from signage.watched_folder import files_in, set_aside
from signage.workflows.alerts import alert_folder
from signage.workflows.cap import cap_automatic, cap_feeds, cap_intake
from signage.workflows.sealer.at_sealer import AtSealer

LOOK_EVERY = 0.5
TABLE_EVERY = 5 * SECOND
TIDY_EVERY = 1 * MINUTE
ASKED_AT_ONCE = 4
"""Threads that ask feeds; one that hangs keeps only its own."""

log = structlog.get_logger()


class Intake:
    """Rounds of one thread; asking feeds happens in others."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.store = Store.open(settings.database_url, settings.media_root)
        self._sealer = AtSealer(lambda request: ask(settings.home_path, "sealer", request))
        self._rounds = Rounds()
        self._stopping = threading.Event()
        self._table = read_table(settings.home_path)
        self._pollers: dict[str, Poller] = {}
        self._asking: dict[str, Future[list[bytes]]] = {}
        self._threads = ThreadPoolExecutor(ASKED_AT_ONCE, thread_name_prefix="feed")
        self._told: list[FeedState] = []

    def run(self) -> None:
        """Work until told to stop."""
        while not self._stopping.is_set():
            self.step(now_ms())
            self._stopping.wait(LOOK_EVERY)
        self.close()

    def stop(self, _signal: int = 0, _frame: FrameType | None = None) -> None:
        """End the loop soon; may be called by a signal."""
        self._stopping.set()

    def close(self) -> None:
        """Let go of feeds and database; a request under way is not waited for."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        self.store.close()

    def step(self, at: int) -> None:
        """One round."""
        attempt, is_due = self._rounds.attempt, self._rounds.is_due
        if is_due("table", TABLE_EVERY, at):
            attempt("read the table", self._read_table, at)
        attempt("look into the folder", self._look_into_folder, at)
        if self.settings.alert_folder:
            attempt("look for wishes of alerts", self._look_for_wishes, at)
        attempt("take what feeds gave", self._take_answers, at)
        attempt("ask feeds", self._ask, at)
        attempt("do what was allowed beforehand", self._act, at)
        attempt("follow what officers do", lambda at: cap_intake.follow(self.store, at=at), at)
        if is_due("tidy", TIDY_EVERY, at):
            attempt("tidy", lambda at: cap_intake.tidy(self.store, at=at), at)

    def _act(self, at: int) -> None:
        table, home = self._table.rules, self.settings.home_path
        green_for = self.settings.all_clear_seconds * SECOND
        touched = cap_automatic.act(
            self.store, table, self._sealer, home=home, green_for=green_for, at=at
        )
        for alert in touched:
            log.warning("acted by a standing authorisation", alert=alert)

    def _read_table(self, _at: int) -> None:
        try:
            self._table = read_table(self.settings.home_path)
        except BadTable as bad:
            cap_feeds.tell_problem(self.store, str(bad))
            raise
        cap_feeds.tell_problem(self.store, "")
        feeds = {feed.url: feed for feed in self._table.rules.feeds}
        kept = {url: one for url, one in self._pollers.items() if feeds.get(url) == one.feed}
        self._pollers = {url: kept.get(url) or Poller(feed) for url, feed in feeds.items()}

    def _look_into_folder(self, at: int) -> None:
        name = self._table.rules.folder
        if name:
            folder = Path(self.settings.home_path, name)
            for path, content in files_in(folder, most_bytes=MAX_MESSAGE_BYTES):
                self._take(content, source=f"folder {path.name}", at=at)
                set_aside(path)

    def _look_for_wishes(self, at: int) -> None:
        folder = Path(self.settings.home_path, self.settings.alert_folder)
        for path, content in files_in(folder, most_bytes=alert_folder.MAX_FILE_BYTES):
            try:
                done = alert_folder.take(
                    self.store,
                    content,
                    name=path.name,
                    authorise=self._sealer.by_standing(self._folder_token()),
                    green_for=self.settings.all_clear_seconds * SECOND,
                    at=at,
                )
            except Refused as refused:
                log.warning("a wish for an alert was refused", file=path.name, why=str(refused))
                alert_folder.refused(self.store, path.name, refused, at=at)
                set_aside(path, why_refused=str(refused))
            else:
                log.warning("a wish for an alert", file=path.name, waits=isinstance(done, Refused))
                set_aside(path)
            wake(self.settings.home_path, "worker")

    def _folder_token(self) -> str:
        name = self.settings.alert_folder_token
        try:
            return Path(self.settings.home_path, name).read_text("utf-8").strip() if name else ""
        except OSError as error:
            log.warning("the token of the folder can't be read", why=str(error))
            return ""

    def _ask(self, at: int) -> None:
        for url, poller in self._pollers.items():
            if url not in self._asking and poller.is_due(at):
                self._asking[url] = self._threads.submit(_asked, poller, at)

    def _take_answers(self, at: int) -> None:
        for url in [url for url, answer in self._asking.items() if answer.done()]:
            for content in self._asking.pop(url).result():
                self._take(content, source=url, at=at)
        states = [poller.state for poller in self._pollers.values()]
        if states != self._told:
            cap_feeds.tell_feeds(self.store, states)
            self._told = states

    def _take(self, content: bytes, *, source: str, at: int) -> None:
        received = cap_intake.take(self.store, content, source=source, table=self._table, at=at)
        if received:
            decision = received.decision
            log.info("message", source=source, decision=decision.decision, why=decision.reason)
            wake(self.settings.home_path, "worker")


def _asked(poller: Poller, at: int) -> list[bytes]:
    return list(poller.poll(at))


def run(settings: Settings) -> None:
    """Run the intake until it is told to stop by SIGTERM or SIGINT."""
    try:
        intake = Intake(settings)
    except (BadTable, OSError) as error:
        sys.exit(f"intake: {error}")
    signal.signal(signal.SIGTERM, intake.stop)
    signal.signal(signal.SIGINT, intake.stop)
    intake.run()
