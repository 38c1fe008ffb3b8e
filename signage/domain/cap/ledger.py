"""The life cycle of messages: what was heard before, what replaced what, and what stands.

Messages are matched on sender, identifier and sent. They arrive in any order: an Update or Cancel
that came before what it ends is remembered, so that the late one never shows.
"""

from collections.abc import Iterable

import msgspec

from signage.domain.cap.message import CapMessage, MessageType, Reference

_ENDS = (MessageType.UPDATE, MessageType.CANCEL)


class Heard(msgspec.Struct, frozen=True, kw_only=True):
    """A message that was taken in. `alert` is the alert of ours that it became or lives on in.

    `trusted`: its signature was proven. What is not can never stand in the way of what is.
    """

    itself: Reference
    type: MessageType
    references: tuple[Reference, ...] = ()
    alert: str | None = None
    waits: bool = False
    """It waits for an officer."""
    trusted: bool = False


class Ledger:
    """What was heard of one sender; nobody can replace or end the messages of another."""

    def __init__(self, heard: Iterable[Heard]) -> None:
        self._heard = {one.itself: one for one in heard}

    def knows(self, message: CapMessage, *, trusted: bool) -> bool:
        """Say whether this very message was heard before, proven if it is now."""
        known = self._heard.get(message.itself)
        return known is not None and (known.trusted or not trusted)

    def ended_already(self, message: CapMessage, *, trusted: bool) -> Heard | None:
        """Return the Update or Cancel, heard before and sent later, that leaves it no place."""
        for other in self._heard.values():
            if other.type not in _ENDS or other.itself.sent < message.sent:
                continue
            if trusted and not other.trusted:
                continue
            names = self._line_of(other.references)
            named = message.itself in names or (
                message.type in _ENDS and not names.isdisjoint(message.references)
            )
            if named and other.itself != message.itself:
                return other
        return None

    def replaced_by(self, message: CapMessage) -> list[Heard]:
        """Return what `message` ends or replaces that still shows or waits, oldest first.

        Itself, heard before without proof, is replaced as well.
        """
        line = self._line_of(message.references) | {message.itself}
        standing = (
            one
            for one in self._heard.values()
            if one.itself in line and one.itself.sent <= message.sent and (one.alert or one.waits)
        )
        return sorted(standing, key=lambda one: one.itself.sent)

    def _line_of(self, references: Iterable[Reference]) -> set[Reference]:
        """The messages meant, and all that replaced those: naming the first means the newest."""
        line = set(references)
        grows = True
        while grows:
            grows = False
            for one in self._heard.values():
                if (
                    one.type is MessageType.UPDATE
                    and one.itself not in line
                    and not line.isdisjoint(one.references)
                ):
                    line.add(one.itself)
                    grows = True
        return line
