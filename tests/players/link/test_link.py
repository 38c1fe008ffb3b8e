"""The link process on a real broker: what it forwards, what it drops, and that it may die."""

import contextlib
import os
import signal
import socket
import struct
import subprocess
import sys
import threading
from pathlib import Path

import msgspec
import psutil
import pytest

from players.contract import topics
from players.contract.limits import MAX_PAGE_BYTES, MAX_SEALED_BYTES, MIB
from players.contract.reports import Presence
from players.link.process import CONNECTIONS_A_LIFE, LinkProcess
from players.link.wire import CONNECTED, DISCONNECTED, LinkConfig, Message, subscriptions
from tests.broker import start_broker
from tests.doubles import until

ROOT = Path(__file__).parents[3]
BOOT = "0123456789abcdef"
KEYS = topics.keys("pleiku")


@pytest.fixture(scope="module")
def broker():
    host, port, stop = start_broker()
    yield host, port
    stop()


@pytest.fixture
def start(controller):
    """Start a link to an address; gives it with the list of what it delivers."""
    links = []

    def start_link(host, port, **changes):
        heard = []
        config = LinkConfig(
            host,
            port,
            f"hoa-lu-{len(links)}",
            BOOT,
            0,
            topics.presence("pleiku", "hoa-lu"),
            subscriptions("pleiku", "hoa-lu", "led-64x32"),
            **changes,
        )
        link = LinkProcess(config, heard.append)
        link.start()
        links.append(link)
        return link, heard

    yield start_link
    for link in links:
        link.stop()


@pytest.fixture
def link(start, broker):
    link, heard = start(*broker)
    until(lambda: any(message.topic == CONNECTED for message in heard))
    return link, heard


@pytest.fixture
def city(controller, broker):
    controller.connect(*broker)
    return controller


def payloads(heard, topic):
    return [message.payload for message in heard if message.topic == topic]


def presences(city):
    return [
        msgspec.json.decode(payload, type=Presence)
        for topic, payload in list(city.received)
        if topic.endswith("presence")
    ]


def test_documents_come_through(link, city):
    city.publish(KEYS, b"sealed keys")
    until(lambda: b"sealed keys" in payloads(link[1], KEYS))


def test_a_late_joiner_gets_what_is_retained_and_is_told_so(start, broker, city):
    city.publish(KEYS, b"kept")
    _, heard = start(*broker)
    message = until(lambda: [m for m in heard if m.topic == KEYS])[0]
    assert message == Message(KEYS, b"kept", True)


def test_reports_go_out(link, city):
    link[0].send(Message(topics.status("pleiku", "hoa-lu"), b"status", retain=True))
    until(lambda: (topics.status("pleiku", "hoa-lu"), b"status") in city.received)


def test_presence_is_told_with_boot_and_connection(link, city):
    online = until(lambda: [p for p in presences(city) if p.boot == BOOT and p.state == "online"])
    assert online[-1].connection >= 1


@pytest.mark.parametrize("size", [0, MAX_SEALED_BYTES + 1])
def test_empty_and_oversized_messages_are_dropped(link, city, size):
    city.publish(KEYS, b"x" * size)
    city.publish(topics.beat("pleiku"), b"a beat after it")
    until(lambda: payloads(link[1], topics.beat("pleiku")))
    assert all(0 < len(payload) <= MAX_SEALED_BYTES for payload in payloads(link[1], KEYS))


def test_a_page_may_be_larger_than_a_document(link, city):
    page = topics.page("pleiku", "led-64x32", "0" * 64)
    city.publish(page, b"p" * MAX_PAGE_BYTES)
    until(lambda: payloads(link[1], page) == [b"p" * MAX_PAGE_BYTES])


def test_what_is_for_other_displays_does_not_come(link, city):
    city.publish(topics.manifest("pleiku", "ubnd"), b"not for us")
    city.publish(topics.manifest("pleiku", "hoa-lu"), b"for us")
    until(lambda: payloads(link[1], topics.manifest("pleiku", "hoa-lu")))
    assert not payloads(link[1], topics.manifest("pleiku", "ubnd"))


def test_a_killed_link_comes_back_with_a_higher_connection_number(link, city):
    process, heard = link
    heard.clear()
    os.kill(process.pid, signal.SIGKILL)
    until(lambda: [message for message in heard if message.topic == DISCONNECTED])
    until(lambda: [message for message in heard if message.topic == CONNECTED])
    until(lambda: [p for p in presences(city) if p.state == "lost"])
    online = until(lambda: [p for p in presences(city) if p.connection > CONNECTIONS_A_LIFE])
    assert online[-1].state == "online"


def test_a_link_that_hangs_is_replaced(link, monkeypatch):
    monkeypatch.setattr("players.link.process.HUNG_AFTER_SECONDS", 6)
    process, heard = link
    heard.clear()
    first = process.pid
    os.kill(first, signal.SIGSTOP)
    until(lambda: process.pid not in {None, first}, seconds=30)
    until(lambda: [message for message in heard if message.topic == CONNECTED])


def test_a_broker_that_comes_later_is_found(start, city):
    host, port, stop = start_broker()
    stop()
    _, heard = start(host, port)
    _, _, stop = start_broker(port)
    until(lambda: [message for message in heard if message.topic == CONNECTED], seconds=20)
    stop()


def test_a_packet_of_200_megabytes_costs_a_connection_and_nothing_else(start):
    with socket.create_server(("127.0.0.1", 0)) as server:
        flood = threading.Thread(target=pour_out_200_megabytes, args=[server], daemon=True)
        flood.start()
        link, heard = start("127.0.0.1", server.getsockname()[1])
        first = until(lambda: link.pid)
        until(lambda: [message for message in heard if message.topic == CONNECTED])
        until(lambda: any(message.topic == DISCONNECTED for message in heard), seconds=20)
        assert link.pid == first
        assert psutil.Process(first).memory_info().rss < 100 * MIB
        assert not payloads(heard, KEYS)
        flood.join(timeout=20)


def pour_out_200_megabytes(server):
    """Play a broker that says yes to everything and then sends one huge packet."""
    with welcomed(server) as connection:
        connection.sendall(beginning_of_a_message(KEYS, 200 * MIB))
        for _ in range(200):
            connection.sendall(bytes(MIB))


@contextlib.contextmanager
def welcomed(server):
    """The connection of a link to a broker that says yes; the link may hang up at any time."""
    connection, _ = server.accept()
    with connection, contextlib.suppress(OSError):
        connection.recv(4096)
        connection.sendall(b"\x20\x02\x00\x00")  # CONNACK
        connection.recv(4096)
        yield connection


def beginning_of_a_message(topic, size):
    """A PUBLISH of `size` bytes up to where its payload begins."""
    length = b"".join(
        bytes([(size >> shift) & 0x7F | (0x80 if shift < 21 else 0)]) for shift in (0, 7, 14, 21)
    )
    return b"\x30" + length + struct.pack(">H", len(topic)) + topic.encode()


def message(topic, payload):
    return beginning_of_a_message(topic, len(payload) + 2 + len(topic)) + payload


def test_of_a_flood_the_newest_comes_through_and_memory_stays_small(start):
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=flood, args=[server], daemon=True).start()
        link, heard = start("127.0.0.1", server.getsockname()[1])
        until(lambda: payloads(heard, KEYS)[-1:] == [b"the newest"], seconds=60)
        assert psutil.Process(link.pid).memory_info().rss < 150 * MIB
        assert len([one for one in heard if one.topic == CONNECTED]) == 1


def flood(server):
    """Play a broker that sends as much and as fast as it can, then what is of use."""
    with welcomed(server) as connection:
        for _ in range(15):
            connection.sendall(message(KEYS, bytes(15 * MIB)))
        connection.sendall(message(KEYS, b"garbage") * 20_000)
        connection.sendall(message(KEYS, b"the newest"))
        while connection.recv(4096):
            pass


@pytest.mark.parametrize("answer", [b"", b"\x20\x02\x00\x00"], ids=["at once", "after its yes"])
def test_a_broker_that_falls_silent_is_left_and_tried_again(start, answer):
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(20)
        _, heard = start("127.0.0.1", server.getsockname()[1], keep_alive=1)
        first, _ = server.accept()
        first.sendall(answer)
        second, _ = server.accept()
        assert len([one for one in heard if one.topic == CONNECTED]) == bool(answer)
        first.close()
        second.close()


def test_a_broker_that_speaks_no_mqtt_is_left_and_tried_again(start):
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(20)
        _, heard = start("127.0.0.1", server.getsockname()[1])
        for _ in range(2):
            connection, _ = server.accept()
            with connection:
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n" + bytes(range(256)) * 40)
        assert not [one for one in heard if one.topic == CONNECTED]


def test_a_link_that_asks_for_too_much_memory_dies_of_it():
    asks = "from players.link.mqtt import limit_memory; limit_memory(); bytearray(400 << 20)"
    died = subprocess.run([sys.executable, "-c", asks], capture_output=True, text=True, cwd=ROOT)
    assert "MemoryError" in died.stderr


def test_the_link_ends_with_its_player(tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-m", "players.link.mqtt"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    process.stdin.close()
    assert process.wait(timeout=10) != 0
    process.stdout.close()
