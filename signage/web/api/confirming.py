"""How a program confirms in an officer's name: six digits of an authenticator, good for one act."""

import msgspec

from signage.domain.factor import Code
from signage.web.context import sealer
from signage.workflows.sealer.authorising import Authorise
from signage.workflows.sealer.authorising_sets import AuthoriseSet


class ByCode(msgspec.Struct, frozen=True, kw_only=True):
    """The officer's own code: six digits of the authenticator, good for one act."""

    code: str


class MaybeByCode(msgspec.Struct, frozen=True, kw_only=True):
    """The officer's own code; a meeting of up to four hours, and its end, need none."""

    code: str = ""


class Until(ByCode, frozen=True, kw_only=True):
    """Another end, in ms."""

    until: int


def for_alerts(code: str) -> Authorise:
    """Return what asks the sealer for an act on an alert."""
    return sealer().confirmer(Code(digits=code))


def for_sets(code: str) -> AuthoriseSet:
    """Return what asks the sealer for an act on a hold or a drill."""
    return sealer().for_sets(Code(digits=code) if code else None)
