"""Tests that ports are chosen on which nobody listens."""

import socket

import pytest

from signage.demo import ports


@pytest.fixture
def listening():
    with socket.socket() as server:
        server.bind((ports.LOOPBACK, 0))
        server.listen()
        yield server.getsockname()[1]


def test_a_port_that_somebody_listens_on_is_not_free(listening):
    assert not ports.is_free(listening)


def test_the_next_free_port_is_above_one_that_is_taken(listening):
    assert listening < ports.next_free(listening) < listening + ports.TRIES


def test_a_free_port_is_taken_as_it_was_wanted():
    [port] = ports.any_free(1)
    assert ports.next_free(port) == port


def test_a_port_promised_to_a_sibling_is_passed_over():
    [port] = ports.any_free(1)
    assert ports.next_free(port, taken=frozenset({port})) != port


def test_ports_asked_for_together_are_different():
    assert len(set(ports.any_free(5))) == 5
