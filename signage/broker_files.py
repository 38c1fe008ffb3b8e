"""What Mosquitto is told: how it listens, whom it lets in, and who may say and hear what."""

from collections.abc import Iterable, Mapping
from pathlib import PurePath
from typing import Final

from players.contract import topics
from players.contract.limits import KIB, MAX_PAGE_BYTES, MIB
from signage.broker_users import display_user
from signage.domain.display import Display

LARGEST_PACKET: Final = MAX_PAGE_BYTES + 64 * KIB
MOST_QUEUED: Final = 20_000
"""For one client: at its start the worker gets four messages of each display at once."""
MOST_QUEUED_BYTES: Final = 256 * MIB
_CONFIG = """\
# Written by `signage broker files`; another run writes it anew.
listener {port}
certfile {folder}/server.crt
keyfile {folder}/server.key
allow_anonymous false
password_file {folder}/passwd
acl_file {folder}/acl
# Whoever has the password of one display can't take over the connection of another user.
use_username_as_clientid true
# An alert is small: without this it waits up to 40 ms for company.
set_tcp_nodelay true
# A page of an alert is the largest message there is; who sends a larger packet is hung up on.
max_packet_size {packet}
max_queued_messages {queued}
max_queued_bytes {queued_bytes}
persistence true
persistence_location /var/lib/mosquitto/
"""


def config(folder: PurePath, port: int) -> str:
    """mosquitto.conf; `folder` is where its files lie on the broker's machine."""
    return _CONFIG.format(
        folder=folder,
        port=port,
        packet=LARGEST_PACKET,
        queued=MOST_QUEUED,
        queued_bytes=MOST_QUEUED_BYTES,
    )


def passwords(hashes: Mapping[str, str]) -> str:
    """The password file: each user with a hash as `broker_users.hashed` makes it."""
    return "".join(f"{user}:{known}\n" for user, known in hashes.items())


def rights(fleet: str, displays: Iterable[Display], kits: Iterable[str]) -> str:
    """The access list. What is not named in it is neither heard nor passed on."""
    every = "+"
    pages, commands = topics.page(fleet, every, every), topics.commands(fleet, every)
    sets = [topic(fleet, every) for topic in (topics.alerts, topics.drills, topics.holds)]
    # The worker clears the topics of a display that is gone, reports too.
    reports, manifests = topics.reports(fleet), topics.manifest(fleet, every)
    sealed = [topics.keys(fleet), topics.beat(fleet), manifests, topics.plays_ack(fleet, every)]
    users = [
        _rights("worker", reads=reports, writes=[*sealed, *reports]),
        _rights("worker-look", reads=[manifests]),
        _rights("sealer", reads=sets, writes=[*sets, pages, commands]),
        *(_rights(kit, reads=sets[:1], writes=[sets[0], pages]) for kit in kits),
    ]
    for one in displays:
        heard = topics.heard_by(fleet, one.id, one.profile)
        users.append(
            _rights(display_user(one.id), reads=heard, writes=topics.told_by(fleet, one.id))
        )
    return "\n".join(users)


def _rights(user: str, *, reads: Iterable[str] = (), writes: Iterable[str] = ()) -> str:
    lines = [f"user {user}"]
    lines += [f"topic read {topic}" for topic in reads]
    lines += [f"topic write {topic}" for topic in writes]
    return "\n".join(lines) + "\n"
