"""Tests of what the demo settles before it starts anything."""

import socket

import pytest

from signage.demo import memory, supervisor
from signage.demo.ports import LOOPBACK
from signage.demo.supervisor import StillRunning, demo_settings


@pytest.fixture
def taken():
    with socket.socket() as server:
        server.bind((LOOPBACK, 0))
        server.listen()
        yield server.getsockname()[1]


def test_the_demo_lives_in_a_folder_of_its_own():
    assert demo_settings({}).home == "var/demo"


def test_another_folder_can_be_named(tmp_path):
    assert demo_settings({"SIGNAGE_HOME": str(tmp_path)}).home_path == tmp_path


def test_the_ports_of_the_last_start_are_taken_again(tmp_path):
    memory.remember(tmp_path, memory.Memory(web_port=28080, broker_port=21883))
    settings = demo_settings({"SIGNAGE_HOME": str(tmp_path)})
    assert (settings.web_port, settings.broker_port) == (28080, 21883)


def test_a_port_that_is_taken_gives_way_to_the_next(tmp_path, taken):
    settings = demo_settings({"SIGNAGE_HOME": str(tmp_path), "SIGNAGE_WEB_PORT": str(taken)})
    assert settings.web_port > taken


def test_web_and_broker_never_get_the_same_port(tmp_path):
    same = {"SIGNAGE_WEB_PORT": "28090", "SIGNAGE_BROKER_PORT": "28090"}
    settings = demo_settings({"SIGNAGE_HOME": str(tmp_path), **same})
    assert settings.web_port != settings.broker_port


def test_everything_listens_on_loopback_alone(tmp_path):
    settings = demo_settings({"SIGNAGE_HOME": str(tmp_path)})
    assert (settings.web_host, settings.broker_host) == (LOOPBACK, LOOPBACK)


def test_a_second_demo_in_the_same_folder_is_refused(tmp_path):
    with (
        supervisor._alone_in(tmp_path),
        pytest.raises(StillRunning, match="A demo already runs in"),
        supervisor._alone_in(tmp_path),
    ):
        pass


def test_a_folder_is_free_again_when_its_demo_has_ended(tmp_path):
    for _ in range(2):
        with supervisor._alone_in(tmp_path):
            pass
