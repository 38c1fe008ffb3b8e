"""The sealer draws pages again: they must be those of the words, where nothing else proves it.

Words are compared with an approved template, a drill bears its mark, a meeting needs no factor; a
picture beside them could say anything.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence

import structlog

from signage.domain.alert import Alert, AlertPage, AlertState, AlertWords
from signage.domain.display import Profile
from signage.domain.drill import Drill
from signage.domain.hold import Hold
from signage.domain.sentences import N_, Refused
from signage.domain.set_act import DrillActKind, HoldAct, HoldActKind, SetAct
from signage.render.alert_livery import Kind
from signage.render.frames import Frame
from signage.render.meeting import render_meeting
from signage.workflows.alerts.alert_drawing import frames_of, plain_frame

log = structlog.get_logger()

Profiles = Mapping[str, Profile]
Hashes = list[str]


def require_pages_of_words(alert: Alert, profiles: Profiles) -> None:
    """Raise Refused unless every page is what this controller draws for the words of `alert`."""
    for kind, shown in _shown(alert):
        for name, pages in shown.items():
            profile = profiles.get(name)
            ways = _ways(alert.words, profile, alert.expires_at, kind) if profile else ()
            _require_one_of(ways, pages)


def require_pages_of(act: SetAct, profiles: Profiles) -> None:
    """Raise Refused unless every page is what this controller draws for a drill, or a meeting."""
    if isinstance(act, HoldAct):
        if act.kind is not HoldActKind.LIFT:
            _require_meeting(act.hold, profiles)
    elif act.kind is DrillActKind.PLAN:
        _require_drill(act.drill, profiles)


def _require_meeting(hold: Hold, profiles: Profiles) -> None:
    for name, pages in hold.pages.items():
        profile = profiles.get(name)
        ways = [_hashes([render_meeting(profile, hold.expires_at)])] if profile else []
        _require_one_of(ways, pages)


def _require_drill(drill: Drill, profiles: Profiles) -> None:
    for name, pages in drill.pages.items():
        profile = profiles.get(name)
        ways = _ways(drill.words, profile, drill.drawn_until, "drill") if profile else ()
        _require_one_of(ways, pages)


def _require_one_of(ways: Iterable[Hashes], pages: Sequence[AlertPage]) -> None:
    if [page.blob for page in pages] not in ways:
        raise Refused(
            N_(
                "Hình gửi tới bộ phận niêm phong không đúng với câu chữ nên không được phát."
                " Hãy soạn lại; nếu vẫn vậy, hãy báo quản trị hệ thống."
            )
        )


def _shown(alert: Alert) -> list[tuple[Kind, Mapping[str, Sequence[AlertPage]]]]:
    green: tuple[Kind, Mapping[str, Sequence[AlertPage]]] = ("all_clear", alert.green)
    return [green] if alert.state is AlertState.CLEARED else [("alert", alert.pages), green]


def _ways(words: AlertWords, profile: Profile, until: int, kind: Kind) -> Iterable[Hashes]:
    """The hashes of the pages as they should be, or of the plain page in their place."""
    try:
        yield _hashes(frames_of(words, profile, until=until, kind=kind))
    except Refused:
        pass
    except Exception:
        log.exception("pages can't be drawn again", profile=profile.id)
    yield _hashes([plain_frame(words, profile, until=until, kind=kind)])


def _hashes(frames: Sequence[Frame]) -> Hashes:
    return [hashlib.sha256(frame.bytes).hexdigest() for frame in frames]
