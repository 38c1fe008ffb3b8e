"""What somebody on the network might send to the players, straight through the broker."""

import hashlib
import secrets
from collections.abc import Iterator, Mapping

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from players.contract import SCHEMA, documents, topics
from players.contract.alerts import Alert, AlertSet, Covers, Page
from players.contract.keys import Role
from players.contract.limits import HOUR, KIB
from players.contract.signature import Kind, key_id, seal
from players.contract.types import BlobRef
from signage.broker import Connection
from signage.clock import now_ms
from signage.demo.journey.city import City
from signage.demo.journey.claims import NotSo, require
from signage.demo.journey.glass import moments
from signage.demo.journey.people import People
from signage.demo.journey.publishing import OnAir
from signage.domain.display import Profile
from signage.keys import KeyFiles

LOOK_SECONDS = 1.5
PATIENCE = 10.0
TOO_LARGE = 300 * KIB
NEWER = HOUR


class Forged(msgspec.Struct, frozen=True):
    """A message that must change nothing."""

    what: str
    topic: str
    payload: bytes


def manifests(people: People, city: City) -> dict[str, bytes]:
    """The sealed manifest of each display as it stands now: later an older one."""
    fleet = city.settings.fleet
    return {
        display: people.fetch(f"/sealed/{topics.manifest(fleet, display)}")
        for display in city.profiles
    }


def attack(city: City, people: People, on_air: OnAir, older: Mapping[str, bytes]) -> None:
    """Send every forgery to every display; nothing but the schedule may be on any glass."""
    city.say("send forged, older and foreign messages straight to the broker")
    current = manifests(people, city)
    forged = [one for display in city.profiles for one in _forgeries(city, display, current, older)]
    connection = Connection(
        city.settings.broker_host, city.settings.broker_port, name="somebody-else"
    )
    connection.start()
    require(connection.wait_until_up(10), "the broker should let anybody in; it does not")
    for one in forged:
        connection.publish(one.topic, one.payload)
    scheduled = dict.fromkeys(city.profiles, on_air.names)
    city.watch.stays(scheduled, seconds=LOOK_SECONDS, step=f"after {len(forged)} forged messages")
    connection.close()
    _wait_for_complaints(city, people)


def _wait_for_complaints(city: City, people: People) -> None:
    """Every player tells in its status that it refused something."""
    silent = list(city.profiles)
    for _ in moments(PATIENCE):
        silent = [one for one in silent if not people.read(f"/displays/{one}")["problem"]]
        if not silent:
            return
    raise NotSo(f"the players of {', '.join(silent)} should tell that they refused something")


def _forgeries(
    city: City, display: str, current: Mapping[str, bytes], older: Mapping[str, bytes]
) -> Iterator[Forged]:
    fleet, profile = city.settings.fleet, city.profiles[display]
    manifest, alerts = topics.manifest(fleet, display), topics.alerts(fleet, profile.id)
    true, other = current[display], next(current[one] for one in current if one != display)
    stranger = Ed25519PrivateKey.generate()
    keys = KeyFiles(city.settings.keys_folder, fleet)
    content = keys.signer(Role.CONTENT)
    by_stranger = seal(_renewed(true), Kind.MANIFEST, stranger)
    own, claimed = key_id(stranger.public_key()), key_id(content.public_key())
    alert_set = _alert_set(fleet, profile)
    yield Forged("manifest of a stranger", manifest, by_stranger)
    yield Forged(
        "manifest of a stranger who claims the right key",
        manifest,
        by_stranger.replace(own.encode(), claimed.encode()),
    )
    yield Forged("older manifest", manifest, older[display])
    yield Forged("manifest of another display", manifest, other)
    yield Forged("half a manifest", manifest, true[: len(true) // 2])
    yield Forged("no manifest", manifest, b"")
    yield Forged("too large a manifest", manifest, b"{" * TOO_LARGE)
    yield Forged("alert of a stranger", alerts, seal(alert_set, Kind.ALERTS, stranger))
    yield Forged("alert by the content key", alerts, seal(alert_set, Kind.ALERTS, content))
    yield Forged("manifest in place of an alert", alerts, true)
    yield Forged("no alert set", alerts, b"")
    page = secrets.token_bytes(KIB)
    name = hashlib.sha256(b"something else").hexdigest()
    yield Forged("page under a false name", topics.page(fleet, profile.id, name), page)


def _renewed(sealed: bytes) -> bytes:
    """The payload of a true document with a newer serial."""
    envelope = msgspec.json.decode(sealed, type=dict[str, object])
    payload = msgspec.json.decode(f'"{envelope["payload"]}"'.encode(), type=bytes)
    document = msgspec.json.decode(payload, type=dict[str, object])
    return msgspec.json.encode(document | {"serial": now_ms() + NEWER})


def _alert_set(fleet: str, profile: Profile) -> bytes:
    at = now_ms()
    page = BlobRef(
        sha256=hashlib.sha256(b"a page").hexdigest(),
        bytes=1000,
        media_type="image/png",
        width=profile.width,
        height=profile.height,
    )
    alert = Alert(
        id="hoax",
        revision=1,
        covers=Covers(everything=True),
        level=5,
        raised_at=at,
        begins_at=at,
        expires_at=at + HOUR,
        headline="Tin giả",
        text="Tin giả",
        sender="Không ai cả",
        pages=[Page(blob=page, seconds=5)],
    )
    return documents.encode(
        AlertSet(
            schema=SCHEMA,
            fleet=fleet,
            epoch=1,
            serial=at + NEWER,
            issued_at=at,
            profile=profile.id,
            entries=[documents.raw(alert)],
        )
    )
