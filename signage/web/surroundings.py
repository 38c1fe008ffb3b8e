"""What every page shows around its content: the menu, the person, running alerts, the language."""

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, request, url_for
from flask_babel import get_locale
from flask_login import current_user

from signage.domain.people import ROLE_NAMES, Action, Role, granted_to
from signage.web.context import now, store
from signage.web.language import LANGUAGES, gettext
from signage.web.navigation import PRODUCT, menu_of
from signage.workflows.publication import overtaken
from signage.workflows.reports import broker_state

STATIC = Path(__file__).parent / "static"


def furnish(app: Flask) -> None:
    """Give every template of `app` its surroundings."""
    app.context_processor(_surroundings)
    app.add_template_global(static, "static")
    app.add_template_global(role_name, "role_name")
    app.add_template_global(came_from, "came_from")
    app.add_template_global(way_back, "way_back")


def static(name: str) -> str:
    """Return the address of a file of ours; it changes with the file, so browsers may keep it."""
    return url_for("static", filename=name, v=_version(name))


def role_name(role: Role) -> str:
    """Return the role in words."""
    return str(gettext(ROLE_NAMES[role]))


def came_from() -> str | None:
    """Return the page of ours that led here."""
    referrer = urlsplit(request.referrer or "")
    if referrer.netloc != request.host or referrer.path == request.path:
        return None
    return referrer.path + (f"?{referrer.query}" if referrer.query else "")


def way_back() -> str:
    """Return this page, or the one with the form when this is the answer to a form."""
    if request.method == "GET":
        return request.full_path.rstrip("?")
    return came_from() or url_for("home.page")


def _surroundings() -> dict[str, Any]:
    around: dict[str, Any] = {
        "product_name": gettext(PRODUCT),
        "language": str(get_locale() or "vi"),
        "languages": LANGUAGES,
        "me": None,
    }
    if current_user.is_authenticated:
        me = current_user.user
        at = now()
        around |= {
            "me": me,
            "my_unit": store().units.get(me.unit).name,
            "navigation": menu_of(me),
            "my_actions": {action.value for action in granted_to(me)},
            "may_alert": Action.ALERT in granted_to(me),
            "publishing_held": Action.READ_AUDIT in granted_to(me) and overtaken.held(store()),
            "broker_lost_since": broker_state.lost_since(store()),
            "running_alerts": [
                alert
                for alert in store().alerts.live()
                if alert.state == "raised" and not alert.is_over(at)
            ],
        }
    return around


@cache
def _version(name: str) -> str:
    file = STATIC / name
    return sha256(file.read_bytes()).hexdigest()[:12] if file.is_file() else "none"
