"""The link to the broker, a process of its own: it alone knows MQTT and dies of a bad packet.

Messages come and go in frames over standard input and output (see `wire.py`). The MQTT library
buffers a whole packet before anyone may look at it: a huge one is hung up on, and memory is limited
here should that fail. The picture process lives on.
"""

import os
import random
import signal
import socket
import ssl
import sys
import threading
import time
from collections.abc import Mapping
from typing import Any, Final

import msgspec
from paho.mqtt.client import Client, ConnectFlags, DisconnectFlags, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion, MQTTErrorCode
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

from players.contract.limits import MIB
from players.contract.reports import Presence
from players.link.lock import password_in, trusting
from players.link.wire import (
    ALIVE,
    CONFIG,
    CONNECTED,
    DISCONNECTED,
    LinkConfig,
    Message,
    limit_of,
    pack,
    read_message,
)

MEMORY_LIMIT: Final = 256 * MIB
CONNECT_SECONDS: Final = 3.0
FIRST_PAUSE_SECONDS: Final = 0.2
LONGEST_PAUSE_SECONDS: Final = 2.0
"""Between two attempts, give or take half: two hundred players come back spread over seconds."""
REFUSED_PAUSE_SECONDS: Final = 20.0
"""When the broker does not know us, or we not it: first a person must put that right."""
STEADY_SECONDS: Final = 10.0
ALIVE_EVERY_SECONDS: Final = 5.0
_OUT: Final = threading.Lock()
OUT_OF_MEMORY: Final = 3
NOT_KNOWN: Final = ("Bad user name or password", "Not authorized")
MAX_PACKET: Final = 16 * MIB
"""A larger packet is not read at all; up to here an oversized message is read and dropped."""


class BoundedClient(Client):
    """The library's client, that hangs up on a packet which announces too many bytes.

    The library writes from whichever thread publishes, and an encrypted line bears one at a time.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._line = threading.RLock()

    def _packet_write(self) -> MQTTErrorCode:
        with self._line:
            return super()._packet_write()

    def _sock_recv(self, bufsize: int) -> bytes:
        # Once it knows the length of a packet the library asks for all of it at once.
        if bufsize > MAX_PACKET:
            raise ConnectionError(f"a packet of {bufsize} bytes")
        with self._line:  # the socket never blocks
            return super()._sock_recv(bufsize)


class Link:
    """Keeps one connection after another, each with its own number in its last will."""

    def __init__(self, config: LinkConfig) -> None:
        self._config = config
        self._client: Client | None = None
        self._connection = config.first_connection
        self._complaint = ""
        self._is_refused = False

    def run(self) -> None:
        """Connect, stay, and connect again; never returns."""
        pause = FIRST_PAUSE_SECONDS
        while True:
            began = time.monotonic()
            self._is_refused = False
            try:
                self._stay_connected()
            except ssl.SSLCertVerificationError as error:
                self._refuse(f"the broker's certificate is not trusted: {error.verify_message}")
            except (OSError, ValueError) as error:
                self._complain(str(error))
            if time.monotonic() - began > STEADY_SECONDS:
                pause = FIRST_PAUSE_SECONDS  # it had stood for a while
            if self._is_refused:
                pause = REFUSED_PAUSE_SECONDS
            time.sleep(pause * random.uniform(0.5, 1.5))
            pause = min(2 * pause, LONGEST_PAUSE_SECONDS)

    def publish(self, message: Message) -> None:
        """Send a report, or drop it while there is no connection: the player says it again."""
        client = self._client
        if client and client.is_connected():
            client.publish(message.topic, message.payload, qos=1, retain=message.retain)

    def _stay_connected(self) -> None:
        self._connection += 1
        client = BoundedClient(
            CallbackAPIVersion.VERSION2,
            self._config.client_id,
            clean_session=True,
            reconnect_on_failure=False,
        )
        client.connect_timeout = CONNECT_SECONDS
        client.max_queued_messages_set(64)
        client.will_set(self._config.presence, self._presence("lost"), qos=1, retain=True)
        client.on_socket_open = _without_delay
        client.on_connect = self._on_connect
        client.on_disconnect = self._on_disconnect
        client.on_message = self._on_message
        self._lock(client)
        config = self._config
        client.connect(config.host, config.port, keepalive=config.keep_alive)
        self._client = client
        client.loop_forever()
        self._client = None

    def _lock(self, client: Client) -> None:
        """Take encryption and the display's own password where there are such; raises OSError."""
        config = self._config
        if config.ca_file:
            client.tls_set_context(trusting(config.ca_file))
        if config.user:
            client.username_pw_set(config.user, password_in(config.password_file))

    def _refuse(self, sentence: str) -> None:
        self._is_refused = True
        self._complain(f"{sentence}. Slides go on; `signage-player doctor` looks at it again")

    def _complain(self, sentence: str) -> None:
        if sentence != self._complaint:
            print(f"link: {sentence}", file=sys.stderr)
        self._complaint = sentence

    def _presence(self, state: str) -> bytes:
        return msgspec.json.encode(
            Presence(state=state, boot=self._config.boot, connection=self._connection)
        )

    def _on_connect(
        self,
        client: Client,
        _data: Any,
        _flags: ConnectFlags,
        reason: ReasonCode,
        _properties: Properties | None,
    ) -> None:
        if str(reason) in NOT_KNOWN:
            user = self._config.user or "players without a user"
            self._refuse(f"the broker refuses {user}, or the password: {reason}")
        elif reason.is_failure:
            self._complain(f"the broker refuses: {reason}")
        if reason.is_failure:
            return
        self._complaint = ""
        client.subscribe([(topic, 1) for topic in self._config.limits])
        client.publish(self._config.presence, self._presence("online"), qos=1, retain=True)
        _forward(Message(CONNECTED, str(self._connection).encode()))

    def _on_disconnect(
        self,
        _client: Client,
        _data: Any,
        _flags: DisconnectFlags,
        _reason: ReasonCode,
        _properties: Properties | None,
    ) -> None:
        _forward(Message(DISCONNECTED, str(self._connection).encode()))

    def _on_message(self, _client: Client, _data: Any, message: MQTTMessage) -> None:
        if is_worth_forwarding(message.topic, len(message.payload), self._config.limits):
            _forward(Message(message.topic, bytes(message.payload), message.retain))
        elif message.payload:
            size = len(message.payload)
            self._complain(f"{message.topic} had {size} bytes and was dropped")


def is_worth_forwarding(topic: str, size: int, limits: Mapping[str, int]) -> bool:
    """Empty and oversized messages change nothing (rule E), so they end here."""
    return 0 < size <= limit_of(topic, limits)


def limit_memory(limit: int = MEMORY_LIMIT) -> None:
    """Cap the address space of this process where the system can."""
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _without_delay(_client: Client, _data: Any, connection: Any) -> None:
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _forward(message: Message) -> None:
    with _OUT:
        sys.stdout.buffer.write(pack(message))
        sys.stdout.buffer.flush()


def _say_alive() -> None:
    while True:
        _forward(Message(ALIVE, b""))
        time.sleep(ALIVE_EVERY_SECONDS)


def _publish_from_stdin(link: Link) -> None:
    while message := read_message(sys.stdin.buffer):
        link.publish(message)
    os._exit(0)  # the player is gone, and so is the link


def main() -> None:
    """Run until standard input ends, the memory does, or the player is gone."""
    signal.signal(
        signal.SIGINT, signal.SIG_IGN
    )  # Ctrl-C is for the player, which then closes our input
    first = read_message(sys.stdin.buffer)
    if first is None or first.topic != CONFIG:
        sys.exit("The link is started by the player; start `signage-player run`.")
    limit_memory()
    link = Link(msgspec.json.decode(first.payload, type=LinkConfig))
    threading.Thread(target=_publish_from_stdin, args=[link], daemon=True).start()
    threading.Thread(target=_say_alive, daemon=True).start()
    try:
        link.run()
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except BrokenPipeError:
        os._exit(0)


if __name__ == "__main__":
    main()
