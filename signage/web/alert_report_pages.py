"""The report of an alert: what was said, and when it stood on each display; as CSV and PDF."""

from flask import Blueprint, Response

from signage.domain.people import Action
from signage.web import naming
from signage.web.context import now, person, store
from signage.web.formats import ZONE
from signage.web.gate import allowed
from signage.web.language import gettext
from signage.web.navigation import PRODUCT
from signage.workflows import alert_paper, alert_report

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


def _file(content: bytes, kind: str, name: str) -> Response:
    answer = Response(content, content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer
