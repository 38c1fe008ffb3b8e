"""Sentences that people read: Vietnamese is the key, other languages come from the catalogue."""

from collections.abc import Callable

import msgspec


def N_(sentence: str) -> str:  # noqa: N802 - the name that gettext's extractors look for
    """Mark `sentence` for the catalogue and give it back unchanged."""
    return sentence


class Phrase(str):
    """A parameter of a sentence that is itself translated, such as the label of a form field."""

    __slots__ = ()


class Refused(Exception):
    """Something a person asked for cannot be done; the sentence says what to do next.

    `msgid` is the Vietnamese sentence with `{names}` for `params`; `field` is the form field at
    fault, or None when the whole request is.
    """

    def __init__(self, msgid: str, *, field: str | None = None, **params: str | int) -> None:
        super().__init__(msgid)
        self.msgid = msgid
        self.params = params
        self.field = field

    def text(self, translate: Callable[[str], str] = lambda sentence: sentence) -> str:
        """Return the sentence with its parameters, translated by `translate`."""
        words = {
            name: translate(str(value)) if isinstance(value, Phrase) else value
            for name, value in self.params.items()
        }
        return translate(self.msgid).format_map(words)

    def __str__(self) -> str:
        return self.text()


class Said(msgspec.Struct, frozen=True):
    """A sentence kept for later, such as the reason why a job failed."""

    msgid: str
    params: dict[str, str | int] = {}

    def text(self, translate: Callable[[str], str] = lambda sentence: sentence) -> str:
        """Return the sentence with its parameters, translated by `translate`."""
        return translate(self.msgid).format_map(self.params)

    @classmethod
    def of(cls, refused: Refused) -> "Said":
        """Return what `refused` says, so that a row can hold it."""
        return cls(refused.msgid, dict(refused.params))
