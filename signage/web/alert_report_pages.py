"""The report of an alert: what was said, and when it stood on each display; as CSV and PDF."""

from flask import Blueprint, Response

from signage.domain.bulletin import speech_of
from signage.domain.people import Action
from signage.domain.sentences import N_, Refused
from signage.speaking import CannotSpeak, spoken
from signage.web import naming
from signage.web.context import now, person, store
from signage.web.formats import ZONE
from signage.web.gate import allowed
from signage.web.language import gettext
from signage.web.navigation import PRODUCT
from signage.workflows.alerts import alert_paper, alert_report, alerting

pages = Blueprint("alert_reports", __name__, url_prefix="/alerts")


@pages.get("/<alert_id>/report.csv")
@allowed(Action.ALERT)
def table(alert_id: str) -> Response:
    told = alert_report.chapters(store(), alert_id, by=person())
    # The mark makes spreadsheets read it as UTF-8.
    content = "\ufeff" + alert_report.as_csv(told)
    return _file(content.encode(), "text/csv; charset=utf-8", f"canh-bao-{alert_id}.csv")


@pages.get("/<alert_id>/report.pdf")
@allowed(Action.ALERT)
def paper(alert_id: str) -> Response:
    told = alert_report.chapters(store(), alert_id, by=person())
    content = alert_paper.as_pdf(
        told,
        say=gettext,
        unit_name=naming.unit_name,
        zone=ZONE,
        at=now(),
        foot=gettext(PRODUCT),
    )
    return _file(content, "application/pdf", f"canh-bao-{alert_id}.pdf")


@pages.get("/<alert_id>/speech.txt")
@allowed(Action.ALERT)
def speech(alert_id: str) -> Response:
    """The words for a loudspeaker station, to be read or pasted."""
    words = speech_of(alerting.get(store(), alert_id), ZONE)
    return _file(words.encode(), "text/plain; charset=utf-8", f"doc-loa-{alert_id}.txt")


@pages.get("/<alert_id>/speech.wav")
@allowed(Action.ALERT)
def voice(alert_id: str) -> Response:
    """The same spoken, where the controller has a voice."""
    words = speech_of(alerting.get(store(), alert_id), ZONE)
    try:
        content = spoken(words)
    except CannotSpeak as silent:
        raise Refused(
            N_("Máy chủ chưa đọc được thành tiếng ({why}). Hãy dùng bản chữ."), why=str(silent)
        ) from silent
    return _file(content, "audio/wav", f"doc-loa-{alert_id}.wav")


def _file(content: bytes, kind: str, name: str) -> Response:
    answer = Response(content, content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer
