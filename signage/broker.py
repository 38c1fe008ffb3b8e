"""The controller's connection to the MQTT broker: the controller's only home of paho."""

import socket
import threading
from collections.abc import Callable, Sequence
from typing import Any

import paho.mqtt.client as mqtt
from paho.mqtt.enums import CallbackAPIVersion
from paho.mqtt.reasoncodes import ReasonCode

from players.contract.limits import MAX_PAGE_BYTES

KEEP_ALIVE_SECONDS = 30
MAX_INFLIGHT = 1000
RECONNECT_SECONDS = (1, 15)
MAX_RETAINED = 20_000

Received = Callable[[str, bytes, bool], None]
"""Called with topic, payload and whether it was retained, on the connection's own thread."""


class TooLarge(ValueError):
    """A payload above the limit; paho would disconnect and resend it for ever (rule E)."""


class Connection:
    """One clean session with the broker: nothing stale is ever queued (rule C).

    `received` and `connected` run on the network thread and must be quick.
    """

    def __init__(
        self,
        host: str,
        port: int,
        *,
        name: str,
        subscriptions: Sequence[str] = (),
        received: Received | None = None,
        connected: Callable[[], None] | None = None,
    ) -> None:
        self._subscriptions = list(subscriptions)
        self._received = received
        self._connected = connected
        self._up = threading.Event()
        client = mqtt.Client(CallbackAPIVersion.VERSION2, client_id=name, clean_session=True)
        client.max_inflight_messages_set(MAX_INFLIGHT)
        client.reconnect_delay_set(*RECONNECT_SECONDS)
        client.on_connect = self._on_connect
        client.on_disconnect = self._on_disconnect
        client.on_message = self._on_message
        client.on_socket_open = _send_at_once
        self._client = client
        client.connect_async(host, port, keepalive=KEEP_ALIVE_SECONDS)

    def start(self) -> None:
        """Connect in the background, and again whenever the connection is lost."""
        self._client.loop_start()

    def close(self) -> None:
        """Disconnect; what was handed over before is sent first."""
        self._client.disconnect()
        self._client.loop_stop()

    def is_up(self) -> bool:
        """Say whether the broker has accepted this connection."""
        return self._up.is_set()

    def wait_until_up(self, seconds: float) -> bool:
        """Wait for the broker; says whether it came in time."""
        return self._up.wait(seconds)

    def publish(self, topic: str, payload: bytes, *, retain: bool = True) -> bool:
        """Send at least once (QoS 1); False when there is no connection. Raises TooLarge."""
        if len(payload) > MAX_PAGE_BYTES:
            raise TooLarge(f"{topic}: {len(payload)} bytes, at most {MAX_PAGE_BYTES}")
        if not self._up.is_set():
            return False
        return (
            self._client.publish(topic, payload, qos=1, retain=retain).rc == mqtt.MQTT_ERR_SUCCESS
        )

    def _on_connect(
        self, client: mqtt.Client, _data: Any, _flags: Any, reason: ReasonCode, _properties: Any
    ) -> None:
        if reason.is_failure:
            return
        for topic in self._subscriptions:
            client.subscribe(topic, qos=1)
        self._up.set()
        if self._connected:
            self._connected()

    def _on_disconnect(self, *_details: Any) -> None:
        self._up.clear()

    def _on_message(self, _client: mqtt.Client, _data: Any, message: mqtt.MQTTMessage) -> None:
        if self._received and len(message.payload) <= MAX_PAGE_BYTES:
            self._received(message.topic, bytes(message.payload), message.retain)


def _send_at_once(_client: mqtt.Client, _data: Any, opened: Any) -> None:
    # Without it Nagle's algorithm and delayed acknowledgements add 40 ms to each small message.
    opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def retained(host: str, port: int, *, name: str, topic: str, seconds: float) -> dict[str, bytes]:
    """What the broker keeps under the filter `topic`, as far as it comes within `seconds`."""
    found: dict[str, bytes] = {}

    def keep(at: str, payload: bytes, is_retained: bool) -> None:
        if is_retained and len(found) < MAX_RETAINED:
            found[at] = payload

    connection = Connection(host, port, name=name, subscriptions=[topic], received=keep)
    connection.start()
    try:
        if connection.wait_until_up(seconds):
            threading.Event().wait(seconds)
    finally:
        connection.close()
    return found
