"""Findings: what makes a slide hard to read or doubtful on one kind of display."""

from collections.abc import Callable, Iterable
from typing import Literal

import msgspec

from signage.domain.sentences import Phrase, Refused

Severity = Literal["refuse", "warn", "note"]
_GRAVEST_FIRST = ("refuse", "warn", "note")


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing about a slide, with a sentence that says what to change.

    `severity`: "refuse" keeps the slide off that display, "warn" is shown to author and approver,
    "note" is good to know. `msgid` is the Vietnamese sentence with `{names}` for `params`; `field`
    the form field it is about; `profile` the display profile, None when it holds for all.
    """

    code: str
    severity: Severity
    msgid: str
    params: dict[str, str | int] = msgspec.field(default_factory=dict)
    field: str | None = None
    profile: str | None = None

    def text(self, translate: Callable[[str], str] = lambda sentence: sentence) -> str:
        """Return the sentence with its parameters, translated by `translate`."""
        words = {
            name: translate(str(value)) if isinstance(value, Phrase) else value
            for name, value in self.params.items()
        }
        return translate(self.msgid).format_map(words)

    @classmethod
    def of(cls, refused: Refused, *, profile: str, code: str = "not_drawn") -> "Finding":
        """Return what `refused` says when a slide can't be drawn on `profile`."""
        return cls(
            code=code,
            severity="refuse",
            msgid=refused.msgid,
            params=dict(refused.params),
            field=refused.field,
            profile=profile,
        )


def refuses(findings: Iterable[Finding]) -> Finding | None:
    """Return the first of `findings` that keeps a slide off its display, or None."""
    return next((one for one in findings if one.severity == "refuse"), None)


def gravest_first(findings: Iterable[Finding]) -> list[Finding]:
    """Return `findings` by severity, otherwise in their order."""
    return sorted(findings, key=lambda one: _GRAVEST_FIRST.index(one.severity))
