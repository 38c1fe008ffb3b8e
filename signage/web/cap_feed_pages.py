"""Our own alerts for others, as CAP: a feed and its messages, open to everybody."""

from flask import Blueprint, request
from werkzeug.wrappers import Response

from signage.web.context import settings, store
from signage.web.gate import public
from signage.workflows.cap import cap_sending

pages = Blueprint("cap_feed", __name__, url_prefix="/cap")

TITLE = "Bảng tin điện tử Pleiku"


@pages.get("")
@public
def feed() -> Response:
    content = cap_sending.feed_of(store(), address=f"{settings().controller_url}/cap", title=TITLE)
    return _cached(Response(content, mimetype="application/atom+xml"))


@pages.get("/<identifier>.xml")
@public
def message(identifier: str) -> Response:
    content = store().cap_sent.content(identifier)
    return _cached(Response(content, mimetype="application/cap+xml"))


def _cached(answer: Response) -> Response:
    """Whoever has it already is told so, and nothing else."""
    answer.add_etag()
    return answer.make_conditional(request)
