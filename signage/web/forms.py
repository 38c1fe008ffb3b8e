"""Reads numbers out of forms and says in words when something is no number."""

from flask import request

from signage.domain.sentences import N_, Refused


def text(name: str) -> str:
    """Return a field as it was typed."""
    return request.form.get(name, "")


def whole_number(name: str, *, default: int | None = None) -> int:
    """Return a field as a whole number; raises Refused. Empty gives `default` when there is one."""
    typed = text(name).strip()
    if not typed and default is not None:
        return default
    if not typed.lstrip("-").isdecimal() or len(typed) > 9:
        raise Refused(
            N_("“{typed}” không phải là số. Hãy nhập một số nguyên."), field=name, typed=typed[:20]
        )
    return int(typed)


def ticked(name: str) -> bool:
    """Say whether a box was ticked."""
    return bool(request.form.get(name))


def version() -> int:
    """Return which version of a playlist the editor saw."""
    return whole_number("version", default=0)
