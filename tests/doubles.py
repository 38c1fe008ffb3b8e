"""Complete stand-ins: a controller in memory, a clock that stands still, an output that records."""

from __future__ import annotations

import contextlib
import hashlib
import io
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import yaml
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion
from PIL import Image

from players.contract import documents, topics
from players.contract.alerts import Alert, AlertSet, AllClear, Beat, Covers, Page, TimeAnswer
from players.contract.bundle import FILES, FOLDER, INDEX, KEYS, Bundle, Carried
from players.contract.commands import Command
from players.contract.daypart import Daypart
from players.contract.holds import Hold, HoldSet
from players.contract.keys import Key, KeyList, Role
from players.contract.limits import DAY, HOUR
from players.contract.manifest import Fallbacks, Manifest, PlaylistEntry, UtcOffset
from players.contract.playlist import PlaylistDocument, SlideItem, Ticker
from players.contract.reports import Plays, PlaysAck, Screenshot, Status
from players.contract.signature import Kind, encoded, key_id, open_sealed, seal
from players.contract.types import BlobRef
from players.outputs import Picture, Scene
from players.outputs.composing import decode

NOON = 1_764_651_600_000
"""2025-12-02 12:00 in Pleiku (UTC+7)."""
ALWAYS = Daypart(weekdays=[0, 1, 2, 3, 4, 5, 6], starts=0, ends=0)


class StillClock:
    """Time moves when a test says so; the system clock may also be set wrong."""

    def __init__(self, moment: int = NOON) -> None:
        self._system = float(moment)
        self._steady = 1_000_000.0
        self.boot = "boot 1"
        self.kept_right = False

    def is_kept_right(self) -> bool:
        return self.kept_right

    def system(self) -> float:
        return self._system

    def steady(self) -> float:
        return self._steady

    def passes(self, milliseconds: float) -> None:
        self._system += milliseconds
        self._steady += milliseconds

    def starts_anew(self) -> None:
        """The machine was off: nobody knows for how long, but for its system clock."""
        self.boot = f"boot {int(self.boot.split()[1]) + 1}"
        self._steady = 0.0

    def is_set(self, moment: float) -> None:
        """Somebody sets the system clock; no time passes."""
        self._system = moment


class RecordingOutput:
    """An output whose glass is a list of scenes."""

    kind = "recording"
    rate = 60
    patience = 3600.0

    def __init__(self, width: int = 64, height: int = 32) -> None:
        self.width, self.height = width, height
        self.shown: list[tuple[Scene, int]] = []
        self._encoded = b""
        self.closed = False
        self.fails = False

    @property
    def items(self) -> list[str]:
        return [scene.item for scene, _ in self.shown]

    def prepare(self, encoded: bytes) -> Picture:
        picture = decode(encoded)
        return Picture(hashlib.sha256(encoded).hexdigest(), *picture.size, encoded, picture)

    def show(self, scene: Scene, moment: int) -> None:
        if self.fails:
            raise OSError("the cable is out")
        self.shown.append((scene, moment))
        self._encoded = scene.picture.encoded

    def breathe(self) -> None:
        """Nothing to answer."""

    def grab(self) -> Callable[[], Image.Image]:
        encoded = self._encoded  # tests clear what was shown; the glass stays as it is
        return lambda: decode(encoded)

    def close(self) -> None:
        self.closed = True


def png(colour: str, size: tuple[int, int] = (64, 32)) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, "PNG")
    return file.getvalue()


def jpeg(colour: str, size: tuple[int, int] = (64, 32)) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, "JPEG")
    return file.getvalue()


@dataclass
class Keys:
    """The private keys of a fleet."""

    root: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    content: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    alert: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    drill: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    hold: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    beat: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    player: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)


class SimulatedController:
    """Seals real documents and serves real blobs; `publish` puts bytes on a broker when there is
    one."""

    fleet, display, profile = "pleiku", "hoa-lu", "led-64x32"

    def __init__(self, now: Callable[[], int] | None = None) -> None:
        self.keys = Keys()
        self.now = now or (lambda: time.time_ns() // 1_000_000)
        self.epoch = 1
        self.blobs: dict[str, bytes] = {}
        self.sealed: dict[str, bytes] = {}
        self.requests: list[tuple[str, str]] = []
        self.spoilt: dict[str, bytes] = {}
        self.stops_after: int | None = None
        self.drips: float | None = None
        """Seconds between two bytes of the next large answer, after its first thousand."""
        self.answers_time = True
        self.size = (64, 32)
        self._serials: dict[str, int] = {}
        self._server: ThreadingHTTPServer | None = None
        self._client: Client | None = None
        self.received: list[tuple[str, bytes]] = []

    # Documents

    def key_list(self, **changes: Any) -> bytes:
        """A sealed key list; `changes` are fields of `KeyList`, or `signed_by` (private keys)."""
        signers = changes.pop("signed_by", [self.keys.root])
        return self._seal(Kind.KEYS, KeyList, signers, self._key_fields() | changes)

    def manifest(self, *entries: PlaylistEntry, **changes: Any) -> bytes:
        """A sealed manifest; `changes` are fields of `Manifest`, or `signed_by`."""
        signers = changes.pop("signed_by", [self.keys.content])
        fields: dict[str, Any] = {
            "display": self.display,
            "groups": ["hoi-phu", "pleiku-city"],
            "profile": self.profile,
            "width": self.size[0],
            "height": self.size[1],
            "valid_until": self.now() + 30 * DAY,
            "utc_offsets": [UtcOffset(begins_at=0, minutes=420)],
            "entries": [documents.raw(entry) for entry in entries],
            "safe": self.picture("navy"),
        }
        return self._seal(Kind.MANIFEST, Manifest, signers, fields | changes)

    def entry(self, *items: SlideItem, id: str = "everyday", **changes: Any) -> PlaylistEntry:  # noqa: A002
        """A playlist all day long; `ticker`, `zones`, `area`, `lunar` go into its document."""
        of_document = {"ticker", "zones", "area", "lunar"} & changes.keys()
        parts = {name: changes.pop(name) for name in of_document}
        document = PlaylistDocument(
            schema=1,
            id=f"playlist-{id}",
            title="Tin phường",
            items=[documents.raw(item) for item in items],
            **parts,
        )
        fields: dict[str, Any] = {
            "id": id,
            "priority": 5,
            "first_date": "2020-01-01",
            "last_date": "2099-12-31",
            "dayparts": [ALWAYS],
            "document": self.blob(documents.encode(document), documents.DOCUMENT_TYPE),
        }
        return PlaylistEntry(**(fields | changes))

    def fallbacks(self) -> Fallbacks:
        """A slide of its own for each case."""
        return Fallbacks(
            comms_loss=self.picture("grey"),
            power_recovery=self.picture("olive"),
            end_of_programme=self.picture("maroon"),
        )

    def slide(self, id: str, colour: str, seconds: int = 10, **fields: Any) -> SlideItem:  # noqa: A002
        blob = self.picture(colour, fields.pop("size", None))
        return SlideItem(id=id, blob=blob, seconds=seconds, **fields)

    def ticker(self, strip: bytes, **changes: Any) -> Ticker:
        with Image.open(io.BytesIO(strip)) as image:
            ref = self.blob(strip, "image/png", image.size)
        return Ticker(blob=ref, **({"step": 1} | changes))

    def picture(self, colour: str, size: tuple[int, int] | None = None) -> BlobRef:
        return self.blob(png(colour, size or self.size), "image/png", size or self.size)

    def blob(self, content: bytes, media_type: str, size: tuple[int, int] = (1, 1)) -> BlobRef:
        sha256 = hashlib.sha256(content).hexdigest()
        self.blobs[sha256] = content
        return BlobRef(
            sha256=sha256, bytes=len(content), media_type=media_type, width=size[0], height=size[1]
        )

    def alert(self, id: str = "flood", colour: str = "red", **changes: Any) -> Alert:  # noqa: A002
        return Alert(**(self._alert_fields(id, colour) | changes))

    def all_clear(self, id: str = "flood", colour: str = "green", **changes: Any) -> AllClear:  # noqa: A002
        return AllClear(**(self._alert_fields(id, colour) | {"revision": 2} | changes))

    def alerts(self, *entries: Alert | AllClear, **changes: Any) -> bytes:
        """A sealed alert set; `changes` are fields of `AlertSet`, or `signed_by`."""
        signers = changes.pop("signed_by", [self.keys.alert])
        fields = {"profile": self.profile, "entries": [documents.raw(entry) for entry in entries]}
        return self._seal(Kind.ALERTS, AlertSet, signers, fields | changes)

    def drills(self, *entries: Alert | AllClear, **changes: Any) -> bytes:
        """A sealed drill set; `changes` are fields of `AlertSet`, or `signed_by`."""
        signers = changes.pop("signed_by", [self.keys.drill])
        fields = {
            "profile": self.profile,
            "entries": [documents.raw(entry) for entry in entries],
            "exercise": True,
        }
        return self._seal(Kind.DRILLS, AlertSet, signers, fields | changes)

    def hold(self, kind: type[Hold], id: str = "hall", **changes: Any) -> Hold:  # noqa: A002
        fields: dict[str, Any] = {
            "id": id,
            "revision": 1,
            "covers": Covers(everything=True),
            "begins_at": self.now(),
            "expires_at": self.now() + HOUR,
        }
        return kind(**(fields | changes))

    def holds(self, *entries: Hold, **changes: Any) -> bytes:
        """A sealed hold set; `changes` are fields of `HoldSet`, or `signed_by`."""
        signers = changes.pop("signed_by", [self.keys.hold])
        fields = {"profile": self.profile, "entries": [documents.raw(entry) for entry in entries]}
        return self._seal(Kind.HOLDS, HoldSet, signers, fields | changes)

    def command(self, act: str, **changes: Any) -> bytes:
        """A sealed command; `changes` are fields of `Command`, or `signed_by`."""
        signers = changes.pop("signed_by", [self.keys.hold])
        fields = {"display": self.display, "act": act, "expires_at": self.now() + 60_000}
        return self._seal(Kind.COMMAND, Command, signers, fields | changes)

    def bundle(self, place: Path, **changes: Any) -> Path:
        """Write a bundle of all that was sealed last into `place`; gives its folder.

        `changes` are fields of `Bundle`, or `signed_by`; `sealed` replaces what is carried.
        """
        signers = changes.pop("signed_by", [self.keys.content])
        sealed: dict[str, bytes] = changes.pop("sealed", self.sealed)
        folder = place / FOLDER
        (folder / FILES).mkdir(parents=True)
        for content in (*sealed.values(), *self.blobs.values()):
            (folder / FILES / hashlib.sha256(content).hexdigest()).write_bytes(content)
        carried = [
            Carried(topic=topic, sha256=hashlib.sha256(one).hexdigest(), bytes=len(one))
            for topic, one in sealed.items()
        ]
        (folder / KEYS).write_bytes(self.key_list())
        index = self._seal(Kind.BUNDLE, Bundle, signers, {"documents": carried} | changes)
        (folder / INDEX).write_bytes(index)
        return folder

    def beat(self, **changes: Any) -> bytes:
        fields = {
            "keys": self._serials.get("keys", 0),
            **{
                name: {self.profile: self._serials.get(name, 0)}
                for name in ("alerts", "drills", "holds")
            },
        }
        return self._seal(Kind.BEAT, Beat, [self.keys.beat], fields | changes)

    def plays_ack(self, journal: str, up_to: int, **changes: Any) -> bytes:
        fields = {"display": self.display, "journal": journal, "up_to": up_to}
        return self._seal(Kind.PLAYS_ACK, PlaysAck, [self.keys.beat], fields | changes)

    def time_answer(self, nonce: str, **changes: Any) -> bytes:
        fields = {"fleet": self.fleet, "nonce": nonce, "now": self.now()}
        return seal(documents.encode(TimeAnswer(**(fields | changes))), Kind.TIME, self.keys.beat)

    # What players report

    def statuses(self, last: int = 10**6) -> list[Status]:
        """The statuses that came, verified; only the `last` ones when a test asks often."""
        return [self.opened(p, Kind.STATUS, Status) for p in self._reports("status")[-last:]]

    def plays(self) -> list[Plays]:
        return [self.opened(p, Kind.PLAYS, Plays) for p in self._reports("plays")]

    def screenshots(self) -> list[Screenshot]:
        return [self.opened(p, Kind.SCREENSHOT, Screenshot) for p in self._reports("screenshot")]

    def opened(self, sealed: bytes, kind: Kind, struct: type[Any]) -> Any:
        public = self.keys.player.public_key()
        payload, _ = open_sealed(sealed, kind, {key_id(public): public})
        return documents.decode(payload, struct)

    def _reports(self, name: str) -> list[bytes]:
        return [payload for topic, payload in list(self.received) if topic.endswith(name)]

    # Surroundings of a player

    def settings(self, folder: Path, **changes: Any) -> Path:
        """Write player.yaml and the player's key into `folder`; gives the path of player.yaml."""
        pem = self.keys.player.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "player.pem").write_bytes(pem)
        content: dict[str, Any] = {
            "display": self.display,
            "fleet": self.fleet,
            "profile": self.profile,
            "width": self.size[0],
            "height": self.size[1],
            "broker": {"host": "127.0.0.1", "port": 1},
            "controller": "http://127.0.0.1:1",
            "state": "state",
            "output": {"kind": "png_folder", "folder": "glass"},
            "player_key": "player.pem",
            "root_keys": [encoded(self.keys.root.public_key())],
        }
        path = folder / "player.yaml"
        path.write_text(yaml.safe_dump(content | changes), encoding="utf-8")
        return path

    def publish(self, topic: str, payload: bytes, *, retain: bool = True) -> None:
        """Put bytes on the broker, and where `/sealed/` finds them."""
        self.sealed[topic] = payload
        if self._client:
            self._client.publish(topic, payload, qos=1, retain=retain).wait_for_publish(5)

    def publish_keys(self, **changes: Any) -> None:
        self.publish(topics.keys(self.fleet), self.key_list(**changes))

    def publish_manifest(self, *entries: PlaylistEntry, **changes: Any) -> None:
        self.publish(topics.manifest(self.fleet, self.display), self.manifest(*entries, **changes))

    def publish_alerts(
        self, *entries: Alert | AllClear, pages: bool = True, **changes: Any
    ) -> None:
        """Push the pages, then the set that names them."""
        for entry in entries if pages else ():
            for page in entry.pages:
                content = self.blobs[page.blob.sha256]
                self.publish(topics.page(self.fleet, self.profile, page.blob.sha256), content)
        self.publish(topics.alerts(self.fleet, self.profile), self.alerts(*entries, **changes))

    def publish_beat(self, **changes: Any) -> None:
        self.publish(topics.beat(self.fleet), self.beat(**changes))

    def connect(self, host: str, port: int) -> None:
        """Join a broker and listen to what players say."""
        client = Client(CallbackAPIVersion.VERSION2, clean_session=True)
        client.on_message = self._hear
        client.connect(host, port)
        client.subscribe([(topic, 1) for topic in topics.reports(self.fleet)])
        client.loop_start()
        self._client = client

    def serve(self) -> str:
        """Serve blobs, sealed documents and the time on a free port; gives the address."""
        controller = self

        class Handler(_Handler):
            of = controller

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=[0.02], daemon=True).start()
        return f"http://127.0.0.1:{self._server.server_port}"

    def close(self) -> None:
        if self._client:
            self._client.disconnect()
            self._client.loop_stop()
            self._client = None
        if self._server:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def _hear(self, _client: Client, _data: Any, message: MQTTMessage) -> None:
        self.received.append((message.topic, bytes(message.payload)))

    def _seal(
        self,
        kind: Kind,
        struct: type[Any],
        signers: list[Ed25519PrivateKey],
        fields: dict[str, Any],
    ) -> bytes:
        serial = fields.get("serial", self._serials.get(kind.value, 0) + 1)
        self._serials[kind.value] = serial
        head = {
            "schema": 1,
            "fleet": self.fleet,
            "epoch": self.epoch,
            "serial": serial,
            "issued_at": self.now(),
        }
        return seal(documents.encode(struct(**(head | fields))), kind, *signers)

    def _key_fields(self) -> dict[str, Any]:
        roles = {
            Role.CONTENT: self.keys.content,
            Role.ALERT: self.keys.alert,
            Role.DRILL: self.keys.drill,
            Role.HOLD: self.keys.hold,
            Role.BEAT: self.keys.beat,
        }
        return {
            "roots": [encoded(self.keys.root.public_key())],
            "threshold": 1,
            "keys": [self.key(role, private) for role, private in roles.items()],
        }

    def key(self, role: Role, private: Ed25519PrivateKey, **changes: Any) -> Key:
        fields: dict[str, Any] = {
            "id": key_id(private.public_key()),
            "public": encoded(private.public_key()),
            "role": role.value,
            "not_before": self.now() - DAY,
            "not_after": self.now() + 80 * DAY,
        }
        return Key(**(fields | changes))

    def _alert_fields(self, id: str, colour: str) -> dict[str, Any]:  # noqa: A002
        return {
            "id": id,
            "revision": 1,
            "covers": Covers(everything=True),
            "level": 4,
            "raised_at": self.now(),
            "begins_at": self.now(),
            "expires_at": self.now() + HOUR,
            "headline": "Lũ quét",
            "text": "Di chuyển ngay đến nơi cao.",
            "sender": "Ban chỉ huy Phòng thủ dân sự Pleiku",
            "pages": [Page(blob=self.picture(colour), seconds=10)],
        }


class _Handler(BaseHTTPRequestHandler):
    """GET /blobs/<sha256> with ranges, /sealed/<topic>, /time?nonce="""

    of: SimulatedController
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        self.of.requests.append((self.path, self.headers.get("Range", "")))
        if address.path.startswith("/blobs/"):
            self._blob(address.path.removeprefix("/blobs/"))
        elif address.path.startswith("/sealed/"):
            sealed = self.of.sealed.get(unquote(address.path.removeprefix("/sealed/")))
            self._answer(200 if sealed else 404, sealed or b"")
        elif address.path == "/time" and self.of.answers_time:
            self._answer(200, self.of.time_answer(parse_qs(address.query)["nonce"][0]))
        else:
            self._answer(404, b"")

    def _blob(self, sha256: str) -> None:
        content = self.of.spoilt.get(sha256) or self.of.blobs.get(sha256)
        if content is None:
            self._answer(404, b"")
            return
        wanted = self.headers.get("Range", "")
        first = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted else 0
        headers = {}
        if first:
            headers["Content-Range"] = f"bytes {first}-{len(content) - 1}/{len(content)}"
        self._answer(206 if first else 200, content[first:], headers)

    def _answer(self, status: int, content: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.of.stops_after is not None and len(content) > self.of.stops_after:
            self.wfile.write(content[: self.of.stops_after])
            self.of.stops_after = None
            self.close_connection = True
            self.connection.shutdown(2)
            return
        if self.of.drips is not None and len(content) > 10_000:
            pause, self.of.drips = self.of.drips, None
            self._drip(content, pause)
            return
        self.wfile.write(content)

    def _drip(self, content: bytes, pause: float) -> None:
        self.close_connection = True
        with contextlib.suppress(OSError):  # the player has hung up
            self.wfile.write(content[:1000])
            for byte in content[1000:]:
                time.sleep(pause)
                self.wfile.write(bytes([byte]))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Tests are quiet."""


def until(holds: Callable[[], Any], seconds: float = 15.0) -> Any:
    """Wait for something to become true and give it; fail with what was waited for when it does
    not."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := holds():
            return found
        time.sleep(0.01)
    raise AssertionError(f"did not happen within {seconds} s")


__all__ = ["NOON", "RecordingOutput", "SimulatedController", "StillClock", "until"]
