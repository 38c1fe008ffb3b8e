"""The controller's connection: clean sessions, nothing stale, sizes checked (rules C and E)."""

import itertools
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress

import pytest

from players.contract.limits import MAX_PAGE_BYTES
from signage import broker as broker_module
from signage.broker import Connection, TooLarge, retained
from tests.broker import free_port, start_broker
from tests.doubles import until

ACCEPTED = b"\x20\x02\x00\x00"
REFUSED = b"\x20\x02\x00\x05"
NUMBERS = itertools.count()


@pytest.fixture(scope="module")
def broker() -> Iterator[tuple[str, int]]:
    host, port, stop = start_broker()
    yield host, port
    stop()


@pytest.fixture
def connect(broker):
    opened: list[Connection] = []

    def connect(name: str, **more) -> Connection:
        connection = Connection(*broker, name=name, **more)
        opened.append(connection)
        connection.start()
        assert connection.wait_until_up(5)
        return connection

    yield connect
    for connection in opened:
        connection.close()


class Listener:
    """A connection that keeps what it hears."""

    def __init__(self, connect, topic: str) -> None:
        self.heard: list[tuple[str, bytes, bool]] = []
        self.connection = connect(
            f"listener-{next(NUMBERS)}",
            subscriptions=[topic],
            received=lambda *message: self.heard.append(message),
        )


class BareBroker:
    """A TCP server that answers CONNECT and keeps the packets of each session; it acknowledges
    nothing."""

    def __init__(self, answer: bytes = ACCEPTED) -> None:
        self._server = socket.create_server(("127.0.0.1", 0))
        self._answer = answer
        self.port = self._server.getsockname()[1]
        self.sessions: list[bytearray] = []
        self._lines: list[socket.socket] = []
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._server.accept()
            except OSError:
                return
            self._lines.append(line)
            line.recv(4096)
            line.sendall(self._answer)
            self.sessions.append(bytearray())
            threading.Thread(target=self._keep, args=(line, self.sessions[-1]), daemon=True).start()

    def _keep(self, line: socket.socket, session: bytearray) -> None:
        try:
            while received := line.recv(4096):
                session += received
        except OSError:
            return

    def hang_up(self) -> None:
        for line in self._lines:
            with suppress(OSError):  # the other end may have been quicker
                line.shutdown(socket.SHUT_RDWR)
            line.close()
        self._lines.clear()

    def close(self) -> None:
        self.hang_up()
        self._server.close()


@pytest.fixture
def bare_broker() -> Iterator[BareBroker]:
    broker = BareBroker()
    yield broker
    broker.close()


def test_what_is_published_arrives(connect):
    listener = Listener(connect, "arrives")
    assert connect("speaker").publish("arrives", b"xin chao", retain=False)
    assert until(lambda: listener.heard) == [("arrives", b"xin chao", False)]


def test_a_late_listener_gets_what_is_retained_and_knows_that_it_is(connect):
    speaker, early = connect("speaker"), Listener(connect, "late/first")
    speaker.publish("late/first", b"kept")
    until(lambda: early.heard)
    late = Listener(connect, "late/+")
    assert until(lambda: late.heard) == [("late/first", b"kept", True)]


def test_an_oversized_payload_is_never_handed_to_the_library(connect):
    with pytest.raises(TooLarge):
        connect("speaker").publish("large", b"x" * (MAX_PAGE_BYTES + 1))


def test_a_payload_of_the_largest_size_arrives(connect):
    listener = Listener(connect, "largest")
    connect("speaker").publish("largest", b"x" * MAX_PAGE_BYTES, retain=False)
    assert len(until(lambda: listener.heard)[0][1]) == MAX_PAGE_BYTES


def test_an_oversized_payload_from_the_broker_is_dropped(connect):
    import paho.mqtt.publish

    listener = Listener(connect, "flood")
    speaker = connect("speaker")
    host, port = speaker._host, speaker._port
    paho.mqtt.publish.single("flood", b"x" * (MAX_PAGE_BYTES + 1), qos=1, hostname=host, port=port)
    speaker.publish("flood", b"after", retain=False)
    assert until(lambda: listener.heard) == [("flood", b"after", False)]


def test_without_a_connection_nothing_is_taken_for_sent():
    connection = Connection("127.0.0.1", free_port(), name="alone")
    connection.start()
    assert not connection.publish("topic", b"payload")
    connection.close()


def test_a_connection_that_was_never_started_can_be_closed():
    Connection("127.0.0.1", free_port(), name="alone").close()


def test_what_an_earlier_session_left_unsent_is_not_sent_again(bare_broker):
    connection = Connection("127.0.0.1", bare_broker.port, name="stale")
    connection.start()
    assert connection.wait_until_up(5)
    connection.publish("alert", b"raised, and cleared since")
    until(lambda: bare_broker.sessions[0])
    bare_broker.hang_up()
    until(lambda: len(bare_broker.sessions) == 2 and connection.is_up())
    connection.publish("alert", b"cleared")
    until(lambda: b"cleared" in bare_broker.sessions[1])
    connection.close()
    assert b"raised" not in bare_broker.sessions[1]


def test_a_broker_that_refuses_is_not_taken_for_up():
    refusing = BareBroker(REFUSED)
    connection = Connection("127.0.0.1", refusing.port, name="refused")
    connection.start()
    until(lambda: refusing.sessions)
    assert not connection.wait_until_up(0.2)
    connection.close()
    refusing.close()


def test_a_broker_that_comes_back_is_connected_to_again_with_all_subscriptions():
    host, port, stop = start_broker()
    ups: list[None] = []
    heard: list[tuple[str, bytes, bool]] = []
    connection = Connection(
        host,
        port,
        name="patient",
        subscriptions=["news"],
        received=lambda *message: heard.append(message),
        connected=lambda: ups.append(None),
    )
    connection.start()
    until(lambda: len(ups) == 1)
    stop()
    until(lambda: not connection.is_up())
    _, _, stop = start_broker(port)
    until(lambda: len(ups) == 2 and connection.is_up())
    connection.publish("news", b"again")
    assert until(lambda: heard)[0][1] == b"again"
    connection.close()
    stop()


def test_an_error_in_whoever_listens_does_not_end_the_connection(connect):
    heard: list[bytes] = []

    def stumble(_topic: str, payload: bytes, _retained: bool) -> None:
        heard.append(payload)
        if payload == b"first":
            raise RuntimeError("a mistake in the code")

    connect("stumbling", subscriptions=["stumble"], received=stumble)
    speaker = connect("speaker")
    speaker.publish("stumble", b"first")
    until(lambda: heard)
    until(lambda: speaker.publish("stumble", b"second") and b"second" in heard)


def test_closing_sends_first_what_was_handed_over(connect):
    listener = Listener(connect, "last/+")
    speaker = connect("speaker")
    for number in range(300):
        speaker.publish(f"last/{number}", b"x" * 2000, retain=False)
    speaker.close()
    assert until(lambda: len(listener.heard) == 300)


def test_what_the_broker_keeps_can_be_looked_at(connect, broker):
    speaker = connect("speaker")
    speaker.publish("kept/a/here", b"one")
    speaker.publish("kept/b/here", b"two")
    speaker.publish("kept/b/elsewhere", b"three")

    def found() -> dict[str, bytes]:
        return retained(*broker, name="looking", topic="kept/+/here", seconds=1)

    # The small broker of the tests may answer a wildcard with part of what it keeps.
    until(lambda: found() == {"kept/a/here": b"one", "kept/b/here": b"two"})


def test_a_look_at_a_broker_that_is_away_is_no_look(monkeypatch):
    monkeypatch.setattr(broker_module, "REACHING_SECONDS", 0.1)
    with pytest.raises(ConnectionError):
        retained("127.0.0.1", free_port(), name="looking", topic="#", seconds=0.1)
