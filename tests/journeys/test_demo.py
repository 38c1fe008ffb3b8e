"""The demo as it is started from a terminal: it comes up, mends itself, ends cleanly, continues."""

import os
import re
import signal
import subprocess
import sys
import time

import httpx
import psutil
import pytest

from signage.demo.ports import any_free

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]

PATIENCE = 90


class Terminal:
    """A terminal in which `signage demo` runs."""

    def __init__(self, home, ports) -> None:
        web, broker = ports
        surroundings = {name: text for name, text in os.environ.items() if name != "DISPLAY"}
        self.log = home.parent / f"{home.name}.txt"
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "signage", "demo"],
                stdout=log,
                stderr=log,
                start_new_session=True,
                env=surroundings
                | {
                    "SIGNAGE_HOME": str(home),
                    "SIGNAGE_WEB_PORT": str(web),
                    "SIGNAGE_BROKER_PORT": str(broker),
                    "COLUMNS": "120",
                },
            )

    def says(self) -> str:
        return self.log.read_text()

    def wait_for(self, words: str) -> str:
        deadline = time.monotonic() + PATIENCE
        while words not in self.says() and time.monotonic() < deadline:
            assert self.process.poll() is None, self.says()
            time.sleep(0.05)
        assert words in self.says()
        return self.says()

    def family(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def child(self, *words: str) -> psutil.Process:
        [found] = [one for one in self.family() if one.cmdline()[-len(words) :] == list(words)]
        return found

    def press_ctrl_c(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(30)

    def close(self) -> None:
        if self.process.poll() is None:
            self.press_ctrl_c()


def still_there(family: list[psutil.Process]) -> list[str]:
    _, alive = psutil.wait_procs(family, timeout=15)
    return [" ".join(one.cmdline()) for one in alive if one.is_running()]


@pytest.fixture(scope="module")
def started(tmp_path_factory):
    home, ports = tmp_path_factory.mktemp("demo") / "home", any_free(2)
    terminal = Terminal(home, ports)
    terminal.wait_for("Ctrl-C ends everything")
    yield terminal, home, ports
    terminal.close()


def test_the_address_it_prints_serves_the_sign_in_page(started):
    terminal, _, _ = started
    address = re.search(r"Open (http://127\.0\.0\.1:\d+/)", terminal.says())[1]
    page = httpx.get(address, follow_redirects=True, trust_env=False)
    assert page.status_code == 200
    assert 'name="password"' in page.text


def test_it_prints_one_sign_in_for_each_role(started):
    terminal, _, _ = started
    roles = ("administrator", "ward officer", "approver", "duty officer", "viewer")
    assert [role for role in roles if role not in terminal.says()] == []


def test_the_sign_ins_are_kept_for_the_owner_alone(started):
    _, home, _ = started
    assert (home / "sign-ins.json").stat().st_mode & 0o777 == 0o600


def test_each_display_has_a_picture_in_the_folder_it_names(started):
    _, home, _ = started
    glasses = [
        home / "players" / display / "glass" for display in ("hoa-lu", "ubnd", "nvh-hoi-phu")
    ]
    assert [glass for glass in glasses if not (glass / "current.png").is_file()] == []


def test_every_port_is_open_on_loopback_alone(started):
    terminal, _, _ = started
    listening = {
        connection.laddr.ip
        for process in terminal.family()
        for connection in process.net_connections("inet")
        if connection.status == psutil.CONN_LISTEN
    }
    assert listening == {"127.0.0.1"}


def test_a_process_that_dies_is_told_and_started_again(started):
    terminal, _, _ = started
    before = terminal.child("signage", "worker")
    before.kill()
    terminal.wait_for("worker ended with code -9; it starts again in 1 s.")
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        after = [one for one in terminal.family() if one.cmdline()[-1:] == ["worker"]]
        if after and after[0].pid != before.pid:
            return
        time.sleep(0.1)
    raise AssertionError("the worker did not come back")


def test_a_second_demo_in_the_same_folder_says_that_one_runs(started):
    _, home, _ = started
    second = Terminal(home, any_free(2))
    assert second.process.wait(60) == 1
    assert "A demo already runs in" in second.says()


def test_after_ctrl_c_nothing_is_left_and_the_next_start_continues(started):
    terminal, home, ports = started
    family, passwords = terminal.family(), (home / "sign-ins.json").read_bytes()
    assert terminal.press_ctrl_c() == 0
    assert still_there(family) == []
    again = Terminal(home, ports)
    again.wait_for("Ended. The next start continues from here.")
    deadline = time.monotonic() + PATIENCE
    while again.says().count("Ctrl-C ends everything") < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
    family = again.family()
    again.process.kill()
    again.process.wait()
    assert (home / "sign-ins.json").read_bytes() == passwords
    assert again.says().count("Ctrl-C ends everything") == 2
    assert still_there(family) == [], "the kernel ends them when the demo is killed"
