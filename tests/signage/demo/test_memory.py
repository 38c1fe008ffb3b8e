"""Tests that the demo finds its ports again."""

from signage.demo.memory import FILE, Memory, recall, remember


def test_what_was_remembered_is_recalled(tmp_path):
    memory = Memory(web_port=8081, broker_port=1884)
    remember(tmp_path, memory)
    assert recall(tmp_path) == memory


def test_a_first_start_remembers_nothing(tmp_path):
    assert recall(tmp_path) == Memory()


def test_a_file_that_cannot_be_read_is_a_first_start(tmp_path):
    (tmp_path / FILE).write_text('{"web_port": "eight"}')
    assert recall(tmp_path) == Memory()
