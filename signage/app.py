"""Puts the web process together: store, settings, sessions, pages and interface make one Flask."""

import secrets
from typing import Any

from flask import Flask, Response, request
from gunicorn.app.base import BaseApplication

from signage.asking import ask
from signage.keys import write_atomically
from signage.settings import Settings
from signage.store import Store
from signage.wake import wake
from signage.web import (
    account_pages,
    alert_contact_pages,
    alert_pages,
    alert_report_pages,
    alert_review_pages,
    alert_template_pages,
    api,
    audit_pages,
    cap_feed_pages,
    choices,
    display_pages,
    document_pages,
    drill_pages,
    formats,
    gate,
    gunicorn_conf,
    hold_pages,
    home_pages,
    language,
    library_pages,
    machine_pages,
    naming,
    people_pages,
    playlist_pages,
    publishing_pages,
    refusals,
    review_pages,
    schedule_pages,
    security,
    sessions,
    sign_in_pages,
    slide_pages,
    standing_pages,
    surroundings,
    token_pages,
    translation_pages,
    tus,
    unit_pages,
    wall_pages,
    warning_pages,
    withdrawal_pages,
)
from signage.web.context import House, house, move_in
from signage.web.pulse import Pulse
from signage.workflows.sealer.at_sealer import AtSealer

SUBJECTS = (
    account_pages,
    alert_contact_pages,
    alert_pages,
    alert_report_pages,
    alert_review_pages,
    alert_template_pages,
    audit_pages,
    cap_feed_pages,
    display_pages,
    document_pages,
    drill_pages,
    hold_pages,
    home_pages,
    library_pages,
    machine_pages,
    people_pages,
    playlist_pages,
    publishing_pages,
    review_pages,
    schedule_pages,
    sign_in_pages,
    slide_pages,
    standing_pages,
    token_pages,
    translation_pages,
    tus,
    unit_pages,
    wall_pages,
    warning_pages,
    withdrawal_pages,
)


def create_app(settings: Settings, store: Store | None = None) -> Flask:
    """Return the web application for `settings`; opens the store unless one is given."""
    app = Flask("signage.web")
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    settle(app, settings, store or Store.open(settings.database_url, settings.media_root))
    language.speak(app)
    sessions.keep(app)
    gate.guard(app)
    security.guard(app)
    refusals.catch(app)
    for words in (formats, naming, choices):
        words.teach(app)
    surroundings.furnish(app)
    sign_in_pages.limiter.init_app(app)
    for subject in SUBJECTS:
        app.register_blueprint(subject.pages)
    app.register_blueprint(api.interface)
    app.after_request(_tell_others)
    return app


def settle(app: Flask, settings: Settings, store: Store) -> None:
    """Make `app` the one of an installation: nothing else in it knows settings or store."""
    app.config.update(
        SECRET_KEY=_session_secret(settings),
        SESSION_COOKIE_NAME="signage",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.public_url.startswith("https://"),
        SEND_FILE_MAX_AGE_DEFAULT=365 * 24 * 3600,  # addresses carry the file's hash
    )
    sealer = AtSealer(lambda request: ask(settings.home_path, "sealer", request))
    pulse = Pulse(settings.home_path)
    move_in(app, House(store=store, settings=settings, pulse=pulse, sealer=sealer))


def serve(settings: Settings) -> None:
    """Serve the pages until the process is told to stop."""
    Store.open(settings.database_url, settings.media_root).upgrade()
    _Server(settings).run()


class _Server(BaseApplication):  # type: ignore[misc] # gunicorn ships no types
    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        super().__init__()

    def load_config(self) -> None:
        for name, value in gunicorn_conf.options(self._settings).items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        return create_app(self._settings)


def _tell_others(answer: Response) -> Response:
    """Ring for worker and sealer after whatever may have been committed (rule C)."""
    home = house().settings.home_path
    if request.method not in {"GET", "HEAD", "OPTIONS"} and answer.status_code < 400:
        if any(word in request.path for word in ("alert", "hold", "drill", "command")):
            wake(home, "sealer")
        wake(home, "worker")
    return answer


def _session_secret(settings: Settings) -> bytes:
    """Return the key of the session cookies, made on first start."""
    file = settings.keys_folder / "web" / "session.key"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_atomically(file, secrets.token_bytes(32), mode=0o600)
    return file.read_bytes()
