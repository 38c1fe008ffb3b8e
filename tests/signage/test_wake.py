"""Bells between processes: a ring wakes, a lost ring costs a second, nobody is kept waiting."""

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from signage import wake as bells
from signage.wake import AlreadyRunning, Bell, ask_time, bell_path, changes, wake
from tests.doubles import until

LONG = 10.0


@pytest.fixture
def bell(tmp_path: Path) -> Iterator[Bell]:
    bell = Bell(bell_path(tmp_path, "worker"), time_answer=lambda nonce: f"it is {nonce}".encode())
    yield bell
    bell.close()


@pytest.fixture
def news(bell: Bell, tmp_path: Path) -> Iterator[Iterator[bool]]:
    heard = changes(tmp_path, every=0.05)
    next(heard)
    yield heard
    heard.close()


def line_to(home: Path) -> socket.socket:
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    line.connect(str(bells.short(bell_path(home, "worker"))))
    return line


def test_a_ring_ends_the_wait(bell, tmp_path):
    wake(tmp_path, "worker")
    assert bell.wait(LONG)


def test_a_ring_from_another_process_ends_the_wait(bell, tmp_path):
    ring = (
        "import sys, pathlib; from signage.wake import wake;"
        " wake(pathlib.Path(sys.argv[1]), 'worker')"
    )
    subprocess.run([sys.executable, "-c", ring, str(tmp_path)], check=True)
    assert bell.wait(LONG)


def test_without_a_ring_the_wait_ends_by_itself(bell):
    assert not bell.wait(0.01)


def test_a_ring_before_the_wait_is_not_lost(bell):
    bell.ring()
    assert bell.wait(0)


def test_many_rings_are_one(bell):
    for _ in range(1000):
        bell.ring()
    assert bell.wait(0)
    assert not bell.wait(0)


def test_waking_a_process_that_does_not_run_does_nothing(tmp_path):
    wake(tmp_path, "sealer")


def test_a_second_process_of_a_kind_is_refused(bell, tmp_path):
    with pytest.raises(AlreadyRunning):
        Bell(bell_path(tmp_path, "worker"))
    wake(tmp_path, "worker")
    assert bell.wait(LONG)


def test_after_a_crash_the_bell_can_be_hung_again(tmp_path):
    hang = (
        "import sys, os, pathlib; from signage.wake import Bell;"
        " Bell(pathlib.Path(sys.argv[1])); os._exit(9)"
    )
    path = bell_path(tmp_path, "worker")
    subprocess.run([sys.executable, "-c", hang, str(path)], check=False)
    assert path.exists()
    Bell(path).close()


def test_the_time_is_answered_with_the_nonce_asked_for(bell, tmp_path):
    assert ask_time(tmp_path, "0f" * 16) == b"it is " + b"0f" * 16


def test_nobody_answers_the_time_while_the_worker_is_away(tmp_path):
    assert ask_time(tmp_path, "0f" * 16) is None


def test_an_empty_answer_is_no_time(tmp_path):
    bell = Bell(bell_path(tmp_path, "worker"), time_answer=lambda _: b"")
    assert ask_time(tmp_path, "0f" * 16) is None
    bell.close()


def test_two_hundred_players_that_ask_at_once_are_all_answered(bell, tmp_path):
    answers: list[bytes | None] = []
    asking = [
        threading.Thread(target=lambda: answers.append(ask_time(tmp_path, "0f" * 16)))
        for _ in range(200)
    ]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()
    assert len(answers) == 200
    assert None not in answers


def test_who_listens_hears_of_a_change(bell, news):
    until(lambda: bell._listeners)
    bell.tell_listeners()
    assert any(next(news) for _ in range(50))


def test_without_changes_who_listens_looks_by_itself(news):
    assert next(news) is False


def test_who_listens_before_the_worker_starts_hears_it_later(tmp_path):
    heard = changes(tmp_path, every=0.01)
    assert next(heard) is False
    bell = Bell(bell_path(tmp_path, "worker"))
    next(heard)
    until(lambda: next(heard) is False and bell._listeners)
    bell.tell_listeners()
    assert any(next(heard) for _ in range(50))
    heard.close()
    bell.close()


def test_who_listens_goes_on_looking_when_the_worker_ends(bell, news):
    until(lambda: bell._listeners)
    bell.close()
    assert [next(news) for _ in range(3)] == [False] * 3


def test_a_listener_that_leaves_makes_room_at_once(bell, tmp_path):
    line = line_to(tmp_path)
    line.sendall(b"listen\n")
    until(lambda: bell._listeners)
    line.close()
    until(lambda: not bell._listeners)


def test_a_listener_that_reads_nothing_holds_up_nobody(bell, tmp_path):
    line = line_to(tmp_path)
    line.sendall(b"listen\n")
    until(lambda: bell._listeners)
    for _ in range(20_000):
        bell.tell_listeners()
    line.close()


def test_listeners_beyond_the_limit_are_turned_away(bell, tmp_path, monkeypatch):
    monkeypatch.setattr(bells, "MAX_LISTENERS", 1)
    first, second = line_to(tmp_path), line_to(tmp_path)
    first.sendall(b"listen\n")
    until(lambda: bell._listeners)
    second.sendall(b"listen\n")
    second.settimeout(LONG)
    assert second.recv(1) == b""
    first.close()
    second.close()


@pytest.mark.parametrize("request_line", [b"\n", b"shout\n", b"wake up\n", b"\xff" * 300, b""])
def test_garbage_on_the_line_rings_nothing(bell, tmp_path, request_line):
    line = line_to(tmp_path)
    line.sendall(request_line)
    line.shutdown(socket.SHUT_WR)
    assert line.recv(1) == b""
    line.close()
    assert not bell.wait(0)


def test_who_says_nothing_is_hung_up_on(tmp_path, monkeypatch):
    monkeypatch.setattr(bells, "ANSWER_SECONDS", 0.05)
    bell = Bell(bell_path(tmp_path, "worker"))
    line = line_to(tmp_path)
    line.settimeout(LONG)
    assert line.recv(1) == b""
    line.close()
    bell.close()


def test_the_bell_is_for_the_house_alone(bell, tmp_path):
    assert bell_path(tmp_path, "worker").stat().st_mode & 0o777 == 0o660


def test_a_long_path_is_reached_by_its_relative_form(tmp_path, monkeypatch):
    home = tmp_path / ("phường-" * 12)
    home.mkdir()
    monkeypatch.chdir(home)
    assert len(os.fsencode(bell_path(home, "worker"))) > bells.MAX_PATH_BYTES
    bell = Bell(bell_path(home, "worker"))
    wake(home, "worker")
    assert bell.wait(LONG)
    bell.close()


def test_a_change_is_heard_without_waiting_for_the_next_look(bell, tmp_path):
    heard, news = changes(tmp_path, every=LONG), []
    listener = threading.Thread(target=lambda: news.append(next(heard)))
    listener.start()
    until(lambda: bell._listeners)
    bell.tell_listeners()
    listener.join()
    assert news == [True]
    heard.close()
