"""Received warnings in the words of the pages: what was decided, where each stands, and why."""

from signage.domain.cap.deciding import Verb
from signage.domain.cap.reasons import Why
from signage.domain.cap.received import Received, Standing
from signage.domain.sentences import N_
from signage.web.language import gettext

VERBS = {
    Verb.SHOW: (N_("Phát"), "danger", "alert"),
    Verb.QUEUE: (N_("Chờ trực ban"), "warning", "clock"),
    Verb.UPDATE: (N_("Cập nhật"), "warning", "edit"),
    Verb.CANCEL: (N_("Hủy cảnh báo"), "ok", "check"),
    Verb.IGNORE: (N_("Không phát"), "", "info"),
    Verb.REJECT: (N_("Từ chối"), "danger", "cross"),
}
STANDINGS = {
    Standing.DONE: N_("đã xong"),
    Standing.WAITS: N_("đang chờ"),
    Standing.CALLS: N_("sắp tự phát"),
    Standing.SHOWS: N_("đang phát"),
    Standing.ENDED: N_("đã kết thúc"),
    Standing.DISMISSED: N_("đã bỏ qua"),
}


def reason_words(why: Why) -> str:
    """Return one reason as a sentence."""
    return why.said().text(gettext)


def title_of(received: Received) -> str:
    """Return what a message is called: its headline, else its event, else its identifier."""
    if received.decision.words:
        return received.decision.words.headline
    message = received.message
    if message is None:
        return gettext("Bản tin không đọc được")
    first = message.infos[0] if message.infos else None
    return (first.headline or first.event) if first else message.identifier
