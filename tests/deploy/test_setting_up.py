"""The steps of set-up: quick the second time, again when something changed, never a stack trace."""

import sys

import pytest
from setting_up import apt, pixel_faces, python_parts, saying, stamps


@pytest.fixture(autouse=True)
def stamps_in_a_folder_of_their_own(tmp_path, monkeypatch):
    monkeypatch.setattr(stamps, "STAMPS", tmp_path / "stamps")


@pytest.fixture
def lock(tmp_path):
    path = tmp_path / "lock.txt"
    path.write_text("flask==3.1.3")
    return path


def test_a_step_is_not_done_before_it_was_marked(lock):
    assert not stamps.is_done("python", stamps.key_of(files=[lock]), made=[])


def test_a_step_is_done_while_its_files_stay_the_same(lock):
    stamps.mark_done("python", stamps.key_of(files=[lock]))
    assert stamps.is_done("python", stamps.key_of(files=[lock]), made=[lock])


def test_a_changed_lock_runs_the_step_again(lock):
    stamps.mark_done("python", stamps.key_of(files=[lock]))
    lock.write_text("flask==3.1.4")
    assert not stamps.is_done("python", stamps.key_of(files=[lock]), made=[])


def test_a_step_runs_again_when_what_it_made_is_gone(lock, tmp_path):
    stamps.mark_done("python", stamps.key_of(files=[lock]))
    gone = tmp_path / "gone"
    assert not stamps.is_done("python", stamps.key_of(files=[lock]), made=[gone])


def test_a_command_that_fails_stops_set_up_with_a_sentence(capfd):
    with pytest.raises(saying.SetupStopped, match="Ask for it"):
        saying.run([sys.executable, "-c", "exit('why it failed')"], on_failure="Ask for it.")
    assert "why it failed" in capfd.readouterr().out


def test_an_old_python_is_told_what_to_install(monkeypatch):
    monkeypatch.setattr(python_parts, "_OLDEST", (99, 0))
    with pytest.raises(saying.SetupStopped, match="make setup PYTHON="):
        python_parts.install()


def test_set_up_goes_on_without_pixel_faces_where_there_is_no_apt(monkeypatch, tmp_path, capfd):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(pixel_faces, "FACES", tmp_path / "faces")
    pixel_faces.make()
    assert "will be set in Noto Sans" in capfd.readouterr().out


def test_nothing_is_installed_where_there_is_no_apt(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert apt.install(["xvfb"], why="for the tests") is False
