"""The controller's connection to the MQTT broker: the controller's only home of paho."""

import random
import socket
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

import paho.mqtt.client as mqtt
import structlog
from paho.mqtt.enums import CallbackAPIVersion, MQTTErrorCode
from paho.mqtt.reasoncodes import ReasonCode

from players.contract.limits import MAX_PAGE_BYTES
from signage.broker_users import Access

KEEP_ALIVE_SECONDS = 30
MAX_INFLIGHT = 1000
FIRST_PAUSE_SECONDS = 0.2
LONGEST_PAUSE_SECONDS = 3.0
CLOSING_SECONDS = 5.0
REACHING_SECONDS = 5.0
MAX_RETAINED = 20_000

Received = Callable[[str, bytes, bool], None]
"""Called with topic, payload and whether it was retained, on the connection's own thread."""

log = structlog.get_logger()


class TooLarge(ValueError):
    """A payload above the limit; paho would disconnect and resend it for ever (rule E)."""


class OneAtATime(mqtt.Client):
    """The library's client, with one thread at a time at its line: an encrypted one bears no two.

    The library writes from whichever thread publishes, while another one reads and acknowledges.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._line = threading.RLock()

    def _packet_write(self) -> MQTTErrorCode:
        with self._line:
            return super()._packet_write()

    def _sock_recv(self, bufsize: int) -> bytes:
        with self._line:  # the socket never blocks
            return super()._sock_recv(bufsize)


class Connection:
    """One clean session with the broker after another: nothing stale is ever queued (rule C).

    Each session has a client of its own, because paho sends again what an earlier session left
    unsent: an alert that has been cleared meanwhile would be raised again.
    `received` and `connected` run on the network thread and must be quick; `connected` is called
    before the connection counts as up. `access` is for a locked broker.
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
        access: Access | None = None,
    ) -> None:
        self._access = access
        self._host, self._port, self._name = host, port, name
        self._subscriptions = list(subscriptions)
        self._received = received
        self._connected = connected
        self._up = threading.Event()
        self._stopping = threading.Event()
        self._client: mqtt.Client | None = None
        self._newest: mqtt.MQTTMessageInfo | None = None
        self._trouble = ""
        self._thread = threading.Thread(target=self._run, daemon=True, name=f"broker {name}")

    def start(self) -> None:
        """Connect in the background, and again whenever the connection is lost."""
        self._thread.start()

    def close(self) -> None:
        """Disconnect; what was handed over before arrives first."""
        self._stopping.set()
        if self._newest and self._up.is_set():
            # Hanging up with acknowledgements unread makes the broker drop what it has not read.
            with suppress(ValueError, RuntimeError):
                self._newest.wait_for_publish(CLOSING_SECONDS)
        if client := self._client:
            client.disconnect()
        if self._thread.is_alive():
            self._thread.join(CLOSING_SECONDS)
        self._up.clear()

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
        client = self._client
        if client is None or not self._up.is_set():
            return False
        self._newest = client.publish(topic, payload, qos=1, retain=retain)
        return self._newest.rc == mqtt.MQTT_ERR_SUCCESS

    def _run(self) -> None:
        pause = FIRST_PAUSE_SECONDS
        while not self._stopping.is_set():
            began = time.monotonic()
            try:
                self._stay_connected()
            except ssl.SSLCertVerificationError as error:
                self._tell(f"the broker's certificate is not trusted: {error.verify_message}")
            except (OSError, ValueError) as error:
                self._tell(f"no connection to the broker: {error}")
            except Exception:
                log.exception("an error in the connection to the broker; it is made again")
            finally:
                self._up.clear()
            if time.monotonic() - began > LONGEST_PAUSE_SECONDS:
                pause = FIRST_PAUSE_SECONDS
            self._stopping.wait(pause * random.uniform(0.8, 1.2))
            pause = min(2 * pause, LONGEST_PAUSE_SECONDS)

    def _stay_connected(self) -> None:
        client = OneAtATime(
            CallbackAPIVersion.VERSION2,
            client_id=self._name,
            clean_session=True,
            reconnect_on_failure=False,
        )
        client.max_inflight_messages_set(MAX_INFLIGHT)
        client.on_connect = self._on_connect
        client.on_disconnect = self._on_disconnect
        client.on_subscribe = self._on_subscribe
        client.on_message = self._on_message
        client.on_socket_open = _send_at_once
        if self._access:
            client.username_pw_set(self._access.user, self._access.password())
            client.tls_set_context(self._access.trusting())
        client.connect(self._host, self._port, keepalive=KEEP_ALIVE_SECONDS)
        self._client = client
        try:
            if self._stopping.is_set():  # closed while connecting
                client.disconnect()
            client.loop_forever()
        finally:
            client.disconnect()

    def _on_connect(
        self, client: mqtt.Client, _data: Any, _flags: Any, reason: ReasonCode, _properties: Any
    ) -> None:
        if reason.is_failure:
            user = self._access.user if self._access else "connections without a user"
            self._tell(f"the broker refuses {user}: {reason}")
            return
        self._trouble = ""
        if self._subscriptions:
            client.subscribe([(topic, 1) for topic in self._subscriptions])
        if self._connected:
            self._connected()  # before anybody sees that it is up: there is something to do first
        self._up.set()

    def _on_disconnect(self, *_details: Any) -> None:
        was_up = self._up.is_set()
        self._up.clear()
        if not self._stopping.is_set() and (was_up or not self._trouble):
            self._tell("the connection to the broker is lost")

    def _on_subscribe(
        self, _client: mqtt.Client, _data: Any, _id: int, reasons: list[ReasonCode], _more: Any
    ) -> None:
        if any(reason.is_failure for reason in reasons):
            self._tell("the broker refuses a subscription: what players report is not heard")

    def _on_message(self, _client: mqtt.Client, _data: Any, message: mqtt.MQTTMessage) -> None:
        if self._received and len(message.payload) <= MAX_PAGE_BYTES:
            self._received(message.topic, bytes(message.payload), message.retain)

    def _tell(self, sentence: str) -> None:
        """A log line marks a change: the same trouble is told once."""
        if sentence != self._trouble:
            log.warning(sentence, connection=self._name, broker=f"{self._host}:{self._port}")
        self._trouble = sentence


def _send_at_once(_client: mqtt.Client, _data: Any, opened: Any) -> None:
    # Without it Nagle's algorithm and delayed acknowledgements add 40 ms to each small message.
    opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def retained(
    host: str, port: int, *, name: str, topic: str, seconds: float, access: Access | None = None
) -> dict[str, bytes]:
    """What the broker keeps under the filter `topic`, as far as it comes within `seconds`.

    Raises ConnectionError when the broker can't be reached: that is not the same as nothing.
    """
    found: dict[str, bytes] = {}

    def keep(at: str, payload: bytes, is_retained: bool) -> None:
        if is_retained and len(found) < MAX_RETAINED:
            found[at] = payload

    connection = Connection(
        host, port, name=name, subscriptions=[topic], received=keep, access=access
    )
    connection.start()
    try:
        if not connection.wait_until_up(REACHING_SECONDS):
            raise ConnectionError(f"no broker at {host}:{port}")
        time.sleep(seconds)
    finally:
        connection.close()
    return dict(found)
