"""The sealer draws the pages again: where nobody looked at them, they must be those of the words.

Words are compared with an approved template; a picture beside them could say anything.
"""

import hashlib
from collections.abc import Mapping, Sequence

from signage.domain.alert import Alert, AlertPage, AlertState, AlertWords
from signage.domain.display import Profile
from signage.domain.sentences import N_, Refused
from signage.render.alert_livery import Kind
from signage.workflows.alert_drawing import frames_of, plain_frame


def require_pages_of_words(alert: Alert, profiles: Mapping[str, Profile]) -> None:
    """Raise Refused unless every page is what this controller draws for the words of `alert`."""
    for kind, shown in _shown(alert):
        for name, pages in shown.items():
            if name not in profiles or not _are_drawn(alert, pages, profiles[name], kind):
                raise Refused(
                    N_(
                        "Hình gửi tới bộ phận niêm phong không đúng với câu chữ"
                        " nên không được phát."
                        " Hãy soạn lại; nếu vẫn vậy, hãy báo quản trị hệ thống."
                    )
                )


def _shown(alert: Alert) -> list[tuple[Kind, Mapping[str, Sequence[AlertPage]]]]:
    green: tuple[Kind, Mapping[str, Sequence[AlertPage]]] = ("all_clear", alert.green)
    return [green] if alert.state is AlertState.CLEARED else [("alert", alert.pages), green]


def _are_drawn(alert: Alert, pages: Sequence[AlertPage], profile: Profile, kind: Kind) -> bool:
    return [page.blob for page in pages] in _ways(alert.words, profile, alert.expires_at, kind)


def _ways(words: AlertWords, profile: Profile, until: int, kind: Kind) -> list[list[str]]:
    """The hashes of the pages as they should be, or of the plain page in their place."""
    try:
        frames = frames_of(words, profile, until=until, kind=kind)
        return [[hashlib.sha256(frame.bytes).hexdigest() for frame in frames]]
    except Refused:
        plain = plain_frame(words, profile, until=until, kind=kind)
        return [[hashlib.sha256(plain.bytes).hexdigest()]]
