"""Standing authorisations: which unattended source may raise which templates, where, until when."""

from flask import Blueprint, render_template, request

from signage.domain.people import Action
from signage.domain.sentences import Refused
from signage.web import choices, confirming, formats
from signage.web.context import now, person, sealer, store
from signage.web.forms import text
from signage.web.gate import allowed
from signage.web.refusals import shows_again
from signage.workflows.alerts import alert_templates
from signage.workflows.displays.reach import chosen
from signage.workflows.sealer.sealer_talk import GrantStanding

pages = Blueprint("standing", __name__, url_prefix="/standing")


@pages.get("")
@allowed(Action.ALERT)
def page(token: str = "") -> str:
    refused: Refused | None = None
    granted = []
    try:
        granted = sealer().goes_by().standing
    except Refused as why:
        refused = why
    return render_template(
        "standing/page.html",
        granted=granted,
        refused=refused,
        at=now(),
        token=token,
        templates=alert_templates.approved(store()),
        units=choices.units_for(Action.ALERT),
        titles={one.id: one.title for one in store().alert_templates.all()},
        ways=confirming.ways(),
    )


@pages.post("")
@allowed(Action.ALERT)
@shows_again(page)
def grant() -> str:
    """Give a source its authorisation; its token is told once, on the answer itself."""
    wanted = request.form.getlist("targets")
    targets, _ = chosen(store(), wanted, Action.ALERT, by=person())
    day = formats.parse_day(text("until_day"), field="until_day")
    token = sealer().grant(
        GrantStanding(
            login=person().login,
            sender=text("sender"),
            templates=request.form.getlist("templates"),
            targets=targets,
            until=formats.moment_of(day, formats.parse_hour("23:59", field="until_day")),
            given=confirming.given(),
        )
    )
    return page(token)
