"""The settings of a controller: SIGNAGE_* variables, checked at start, told in sentences."""

import difflib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo, available_timezones

import msgspec
from msgspec import Meta

from signage.domain.alert import MAX_RAISES_PER_HOUR

PREFIX = "SIGNAGE_"


class BadSettings(Exception):
    """Settings that can't be used; `sentences` says what to change, one sentence for each."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


def _about(words: str, *, unit: str = "", **limits: Any) -> Meta:
    return Meta(description=words, extra={"unit": unit}, **limits)


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """One installation. Each field is the variable SIGNAGE_<NAME>, with its help and unit."""

    home: Annotated[str, _about("Folder of database, media, keys and sockets", unit="path")] = "var"
    database: Annotated[
        str,
        _about(
            "Database; empty means SQLite in the home folder",
            # Not sqlite:// alone: several processes share one database, so it can't be in memory.
            pattern=r"^(sqlite:///[^:].*|postgresql\+psycopg://.+)?$",
            unit="sqlite:///<path> or postgresql+psycopg://<user>@<host>/<name>",
        ),
    ] = ""
    fleet: Annotated[
        str,
        _about(
            "Name of all displays together; stands in every topic and never changes",
            pattern=r"^[a-z0-9][a-z0-9-]{0,39}$",
            unit="a-z, 0-9 and hyphens",
        ),
    ] = "pleiku"
    timezone: Annotated[
        str, _about("Where dates and hours of the schedule are local", unit="IANA name")
    ] = "Asia/Ho_Chi_Minh"
    web_host: Annotated[str, _about("Address on which the pages are served", unit="address")] = (
        "127.0.0.1"
    )
    web_port: Annotated[
        int, _about("Port on which the pages are served", unit="port", ge=1, le=65535)
    ] = 8080
    web_threads: Annotated[
        int,
        _about("Requests served at once; live pages hold one each", unit="threads", ge=8, le=512),
    ] = 64
    public_url: Annotated[
        str,
        _about(
            "Address by which players reach the pages; empty means web_host and web_port",
            pattern=r"^(https?://[^\s/]+)?$",
            unit="URL without a path",
        ),
    ] = ""
    idle_minutes: Annotated[
        int,
        _about("A person who does nothing this long signs in again", unit="minutes", ge=5, le=1440),
    ] = 60
    all_clear_seconds: Annotated[
        int,
        _about(
            "The green page of an all clear stands this long before the schedule returns",
            unit="seconds",
            ge=3,
            le=3600,
        ),
    ] = 600
    cap_sender: Annotated[
        str,
        _about(
            "Who our own CAP messages come from; empty means the fleet's name",
            pattern=r"^[^\s,<&]{0,120}$",
            unit="without blanks and commas, such as pctt@pleiku.gialai.gov.vn",
        ),
    ] = ""
    raises_an_hour: Annotated[
        int,
        _about(
            "Alerts raised within an hour before the sealer takes no new one; read by the sealer",
            unit="alerts",
            ge=1,
            le=5000,
        ),
    ] = MAX_RAISES_PER_HOUR
    two_people_from_level: Annotated[
        int,
        _about(
            "From this level on two officers confirm an alert; 0 is always, 6 never",
            unit="level",
            ge=0,
            le=6,
        ),
    ] = 6
    bulletin_folder: Annotated[
        str,
        _about(
            "Folder in which alerts are put as text and speech for loudspeakers; empty: nowhere",
            unit="path",
        ),
    ] = ""
    alert_folder: Annotated[
        str,
        _about(
            "Folder into which other programs put wishes for alerts as files; empty: none",
            unit="path",
        ),
    ] = ""
    alert_folder_token: Annotated[
        str,
        _about(
            "File with the token of the standing authorisation of that folder; empty: all waits",
            unit="path",
        ),
    ] = ""
    notice_urls: Annotated[
        str,
        _about(
            "Where notices go when displays are not reached; empty means nowhere",
            unit="addresses of apprise, such as mailto://… tgram://…, between blanks",
        ),
    ] = ""
    notice_after_seconds: Annotated[
        int,
        _about(
            "A display that does not show an alert after this long is told to people",
            unit="seconds",
            ge=5,
            le=3600,
        ),
    ] = 60
    broker_host: Annotated[str, _about("Address of the MQTT broker", unit="address")] = "127.0.0.1"
    broker_port: Annotated[int, _about("Port of the MQTT broker", unit="port", ge=1, le=65535)] = (
        1883
    )
    broker_ca: Annotated[
        str,
        _about(
            "Certificate of the authority that signed the broker's; empty: an open broker",
            unit="path of a PEM file",
        ),
    ] = ""
    broker_user: Annotated[
        str,
        _about("User at a locked broker; empty: worker and sealer, each its own", unit="name"),
    ] = ""
    broker_password_file: Annotated[
        str, _about("File with the password of that user, read at each connection", unit="path")
    ] = ""
    password_memory_kib: Annotated[
        int, _about("Memory of one argon2 password check", unit="KiB", ge=64, le=1 << 20)
    ] = 65536
    password_passes: Annotated[
        int, _about("Passes of one argon2 password check", unit="passes", ge=1, le=50)
    ] = 3

    @property
    def home_path(self) -> Path:
        """The home folder, absolute."""
        return Path(self.home).expanduser().absolute()

    @property
    def database_url(self) -> str:
        """The database's URL."""
        return self.database or f"sqlite:///{self.home_path / 'signage.sqlite3'}"

    @property
    def media_root(self) -> Path:
        """The folder of originals and rendered blobs."""
        return self.home_path / "media"

    @property
    def keys_folder(self) -> Path:
        """The folder of the signing keys."""
        return self.home_path / "keys"

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of the schedule."""
        return ZoneInfo(self.timezone)

    @property
    def controller_url(self) -> str:
        """The address by which players reach this controller."""
        return self.public_url or f"http://{self.web_host}:{self.web_port}"

    def as_environment(self) -> dict[str, str]:
        """Return the variables that give another process these settings."""
        values = msgspec.structs.asdict(self)
        return {f"{PREFIX}{name.upper()}": str(value) for name, value in values.items()}


def settings_of(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from `environment` (the process's own by default); raises BadSettings."""
    environment = os.environ if environment is None else environment
    given = {name: text for name, text in environment.items() if name.startswith(PREFIX)}
    names = {f"{PREFIX}{name.upper()}": name for name in Settings.__struct_fields__}
    sentences = [_stranger(name, list(names)) for name in given if name not in names]
    values: dict[str, Any] = {}
    for variable in sorted(given.keys() & names.keys()):
        hint = get_type_hints(Settings, include_extras=True)[names[variable]]
        try:
            values[names[variable]] = msgspec.convert(given[variable], hint, strict=False)
        except msgspec.ValidationError:
            sentences.append(_wrong(variable, given[variable], hint))
    if values.get("timezone", "UTC") not in available_timezones():
        sentences.append(f"SIGNAGE_TIMEZONE is {values['timezone']!r}: there is no such time zone.")
    needed = ("broker_password_file", "broker_ca")
    if values.get("broker_user") and not all(values.get(name) for name in needed):
        sentences.append(
            "SIGNAGE_BROKER_USER needs SIGNAGE_BROKER_PASSWORD_FILE and SIGNAGE_BROKER_CA:"
            " no password goes over an open line."
        )
    if sentences:
        raise BadSettings(sentences)
    return Settings(**values)


def descriptions() -> list[tuple[str, str, str, str]]:
    """Return variable, default, unit and help of every setting, in order."""
    hints = get_type_hints(Settings, include_extras=True)
    rows = []
    for field in msgspec.structs.fields(Settings):
        meta = _meta(hints[field.name])
        unit = str((meta.extra or {})["unit"])
        rows.append(
            (f"{PREFIX}{field.name.upper()}", str(field.default), unit, meta.description or "")
        )
    return rows


def check_home(settings: Settings) -> None:
    """Raise BadSettings unless the home folder is there, or can be made, and can be written."""
    try:
        settings.home_path.mkdir(parents=True, exist_ok=True)
        probe = settings.home_path / f".probe-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        reason = error.strerror or str(error)
        sentence = (
            f"SIGNAGE_HOME is {str(settings.home_path)!r}: it can't be written ({reason})."
            " Give it to the user who starts signage, or choose another folder."
        )
        raise BadSettings([sentence]) from error


def _stranger(variable: str, known: list[str]) -> str:
    near = difflib.get_close_matches(variable, known, n=1)
    meant = f" Did you mean {near[0]}?" if near else " `signage check-settings` lists all."
    return f"{variable} is no setting of this version.{meant}"


def _wrong(variable: str, text: str, hint: Any) -> str:
    meta = _meta(hint)
    unit = (meta.extra or {})["unit"]
    if get_args(hint)[0] is int:
        wanted = f"a whole number from {meta.ge} to {meta.le} ({unit})"
    else:
        wanted = f"{unit}"
    return f"{variable} is {text!r}: it must be {wanted}. {meta.description}."


def _meta(hint: Any) -> Meta:
    assert get_origin(hint) is Annotated  # noqa: S101 - every field above is written so
    found: Meta = get_args(hint)[1]
    return found
