"""What all tests share: parts of the system that may be missing, and what CI makes of a skip."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import settings

from signage.render.pixel_faces import face_path

# No deadline: a busy machine is no mistake. In CI the same examples each time, so that a red run
# means that the change made it red; on a desk new examples each time, so that they find more.
settings.register_profile("desk", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "desk")

_PROGRAMS = {
    "xvfb": "Xvfb",
    "chromium": "chromium",
    "libreoffice": "soffice",
    "ola": "olad",
    "tshark": "tshark",
    "node": "node",
    "tesseract": "tesseract",
    "espeak": "espeak-ng",
    "mosquitto": "mosquitto",
}
_PATH = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin"
_FOLDERS = {"sample files": "/usr/share/forensics-samples/original-files"}


def is_ci_as_root() -> bool:
    """There set-up can install everything, so nothing may be missing."""
    return os.environ.get("CI") == "true" and os.geteuid() == 0


def missing_part(name: str) -> str | None:
    """Why tests marked with `system(name)` cannot run here, or None."""
    if name == "pixel faces":
        made = face_path(16, bold=False) is not None
        return None if made else "the pixel faces are not made: run make setup where apt-get works"
    if name == "network namespaces":
        return _no_namespaces()
    if name in _FOLDERS:
        here = Path(_FOLDERS[name]).is_dir()
        return None if here else f"the {name} are not installed: run make test as root"
    if not shutil.which(_PROGRAMS[name], path=_PATH):
        return f"{_PROGRAMS[name]} is not installed: run make test as root"
    if name == "chromium" and not any(Path("/usr/lib").glob("*/libatomic.so.1")):
        return (
            "libatomic1, which the browser's driver needs, is not installed: run make test as root"
        )
    return None


def _no_namespaces() -> str | None:
    """Tests of LED walls send in networks of their own, never into the one of this machine."""
    if os.geteuid() != 0 or not shutil.which("ip"):
        return "networks of their own need root and iproute2: run make test as root"
    made = subprocess.run(["unshare", "--net", "true"], capture_output=True, check=False)
    return "this machine lets nobody make a network namespace" if made.returncode else None


def pytest_runtest_setup(item: pytest.Item) -> None:
    for mark in item.iter_markers("system"):
        for name in mark.args:
            reason = missing_part(name)
            if reason:
                pytest.skip(reason)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """A test that CI silently leaves out protects nobody."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    if skipped and is_ci_as_root() and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    if skipped and is_ci_as_root():
        terminalreporter.write_line(
            f"{len(skipped)} skipped: in CI as root every part can be installed, so this run fails."
        )
