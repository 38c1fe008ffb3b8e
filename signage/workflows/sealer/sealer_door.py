"""What comes to the sealer over its socket is from outside, whoever sent it: checks at its door."""

import re
from collections.abc import Iterable, Sequence

import msgspec

from players.contract.documents import Unreadable, raw
from signage.domain.alert import MAX_TARGETS
from signage.domain.sentences import N_, Refused

_TARGET = re.compile(r"all|(display|unit|tag):[a-z0-9][a-z0-9._:-]{0,79}")


def strange() -> Refused:
    """The refusal of what no page of ours would send."""
    return Refused(N_("Nội dung gửi tới bộ phận niêm phong không hợp lệ. Hãy soạn lại."))


def require_targets(targets: Sequence[str]) -> None:
    """Raise Refused unless players could understand every one of `targets`."""
    if not (0 < len(targets) <= MAX_TARGETS and all(map(_TARGET.fullmatch, targets))):
        raise strange()


def require_readable(entries: Iterable[msgspec.Struct]) -> None:
    """Raise Refused for what no player could read: one such entry must not wait for ever."""
    try:
        for entry in entries:
            raw(entry)
    except (Unreadable, ValueError) as error:
        raise strange() from error
