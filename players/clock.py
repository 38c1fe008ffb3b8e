"""Player time: the system clock plus what a sealed answer taught; the system is never stepped."""

import secrets
import threading
from dataclasses import replace
from typing import Final, Protocol

from msgspec import Struct

from players.contract.holdings import Holdings
from players.contract.layers import E, Layer
from players.contract.limits import MAX_AHEAD, MAX_CLOCK_DIFFERENCE, MINUTE, SECOND

LONGEST_ROUND_TRIP: Final = 5 * SECOND
"""A slower answer tells the time too vaguely to be of use."""


RTC_SLACK: Final = 5 * MINUTE
"""The clock that runs while a PC is off may be so far behind the system's."""


class Clock(Protocol):
    """Where time comes from; both in milliseconds."""

    def system(self) -> float:
        """Since the Unix epoch; may be wrong and may jump."""

    def steady(self) -> float:
        """Since some moment, also through a suspend; never jumps."""

    @property
    def boot(self) -> str:
        """Another one after each start of this machine; `steady` goes on while it is the same.

        Empty where nobody knows.
        """

    def is_kept_right(self) -> bool:
        """Say whether this machine has a source of time that keeps its system clock."""


class Memory(Struct, frozen=True):
    """What was learnt of the system clock, and until when that was known to hold; milliseconds."""

    offset: int
    system: int
    steady: int
    boot: str


class PlayerTime:
    """The time the player goes by, in milliseconds since the epoch.

    `floor` is the latest signed moment that was believed; a clock below it is known to be wrong.
    Once the controller has agreed or answered, a jump of the system clock is not followed.
    """

    def __init__(self, clock: Clock, *, floor: int = 0) -> None:
        self._clock = clock
        self.floor = floor
        self.offset = 0.0
        self.agreed = False
        self.borrowed = False
        """Whether time is that of a signed moment, for want of any better: it binds nothing."""
        self.recalled = False
        """Whether the offset is from before this machine was started; nobody has confirmed it."""
        self._last = (clock.system(), clock.steady())
        self._lock = threading.Lock()  # troubles are dated by any thread
        self._nonce = ""
        self._asked_at = 0.0

    def exact(self) -> float:
        """Player time with fractions of a millisecond."""
        with self._lock:
            system, steady = self._clock.system(), self._clock.steady()
            jump = (system - self._last[0]) - (steady - self._last[1])
            if abs(jump) > MAX_CLOCK_DIFFERENCE and self.agreed:
                self.offset -= jump
            elif abs(jump) > MAX_CLOCK_DIFFERENCE and self.recalled:
                self.offset, self.recalled = 0.0, False  # somebody has put the clock right
            elif abs(jump) > MAX_CLOCK_DIFFERENCE and self.borrowed:
                # Somebody set the clock: believed as far as that does not lead back.
                self.offset = max(0.0, self._last[0] + self.offset - system)
                self.borrowed = self.offset > 0
            self._last = (system, steady)
            return system + self.offset

    def memory(self) -> Memory | None:
        """What is worth knowing after a restart; None while nothing was learnt."""
        now = self.exact()
        if not (self.agreed or self.recalled):
            return None
        system, steady = self._last
        return Memory(round(now - system), int(system), int(steady), self._clock.boot)

    def recall(self, memory: Memory) -> None:
        """Go by what was learnt before a restart, if nothing speaks against it (rule T).

        While the machine ran on, its steady clock proves what time it is. After a start of the
        machine the error is taken to be what it was, unless a source of time keeps the clock, it
        was set back, or the result is before what was signed.
        """
        system, steady = self._clock.system(), self._clock.steady()
        passed = steady - memory.steady
        if memory.boot and memory.boot == self._clock.boot and passed >= 0:
            self.offset = memory.system + memory.offset + passed - system
            self.agreed = True
        elif (
            not self._clock.is_kept_right()
            and system + RTC_SLACK >= memory.system
            and system + memory.offset + MAX_CLOCK_DIFFERENCE >= self.floor
        ):
            self.offset, self.recalled = float(memory.offset), True

    def now(self) -> int:
        return int(self.exact())

    def steady(self) -> float:
        return self._clock.steady()

    def is_below_floor(self) -> bool:
        return self.now() + MAX_CLOCK_DIFFERENCE < self.floor

    def raise_floor(self, signed: int) -> None:
        """Remember a signed moment that is not too far ahead to be believed."""
        now = self.now()
        if not self.borrowed and signed <= now + MAX_AHEAD:
            # Not beyond the own clock, which may be a little slow and still be right enough.
            self.floor = max(self.floor, min(signed, now))

    def borrow(self, moment: int) -> None:
        """Go by a signed moment where the own clock is far behind it and nobody else can be asked.

        It is no earlier than that; how much later, nobody here can say (rule T).
        """
        now = self.now()
        with self._lock:
            if not self.agreed and moment > now + MAX_AHEAD:
                self.offset += moment - now
                self.borrowed = True

    def differs_from(self, signed: int) -> bool:
        """Say whether a fresh signed moment is far from player time, so that the time must be asked
        for.
        """
        differs = abs(signed - self.now()) > MAX_CLOCK_DIFFERENCE
        if not differs:
            self.agreed, self.borrowed, self.recalled = True, False, False
        return differs

    def ask(self) -> str:
        """A new nonce for a question; only the answer to the newest counts."""
        self._nonce = secrets.token_hex(16)
        self._asked_at = self._clock.steady()
        return self._nonce

    def learn(self, nonce: str, answer: int) -> str | None:
        """Set the offset by the controller's `answer`, or say why not.

        The way back is taken as half of the trip.
        """
        trip = self._clock.steady() - self._asked_at
        if not self._nonce or nonce != self._nonce:
            return "a time answer to another question"
        if trip > LONGEST_ROUND_TRIP:
            return f"the time answer took {trip / SECOND:.0f} s, too long to be of use"
        if answer + MAX_CLOCK_DIFFERENCE < self.floor:
            return "a time answer from before what was signed already"
        self._nonce = ""
        with self._lock:
            self._last = (self._clock.system(), self._clock.steady())
            offset = answer + trip / 2 - self._last[0]
            # What the trip leaves open is no reason to change a clock that was right enough.
            if not self.agreed or abs(offset - self.offset) > trip / 2:
                self.offset = offset
            self.agreed, self.borrowed, self.recalled = True, False, False
        self.raise_floor(answer)
        return None


class SetTimer:
    """Ends each revision of an alert, drill or hold after its own duration by the steady clock,
    whatever the date says.
    """

    def __init__(self) -> None:
        self._ends: dict[tuple[str, int], float] = {}

    def still_running(self, holdings: Holdings, now: int, steady: float) -> Holdings:
        """`holdings` less what has used up its duration; a timer starts when its entry comes on."""
        layers = (holdings.alerts, holdings.drills, holdings.holds)
        known = {(entry.id, entry.revision) for layer in layers for entry in layer.entries}
        self._ends = {key: end for key, end in self._ends.items() if key in known}
        return replace(
            holdings,
            alerts=self._running(holdings.alerts, now, steady),
            drills=self._running(holdings.drills, now, steady),
            holds=self._running(holdings.holds, now, steady),
        )

    def _running(self, layer: Layer[E], now: int, steady: float) -> Layer[E]:
        for entry in layer.begun(now):
            if now < entry.expires_at:
                left = entry.expires_at - max(now, entry.begins_at)
                self._ends.setdefault((entry.id, entry.revision), steady + left)
        entries = tuple(
            entry
            for entry in layer.entries
            if steady < self._ends.get((entry.id, entry.revision), float("inf"))
        )
        return replace(layer, entries=entries)

    def next_end(self, steady: float) -> float:
        """When, on the steady clock, the next duration is used up."""
        return min((end for end in self._ends.values() if end > steady), default=float("inf"))
