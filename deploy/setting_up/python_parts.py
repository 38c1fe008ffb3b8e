"""Makes .venv and installs the locked Python packages and this project into it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from setting_up import apt
from setting_up.saying import ROOT, SetupStopped, run, say, step
from setting_up.stamps import is_done, key_of, mark_done

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
UV = VENV / "bin" / "uv"
_LOCK = ROOT / "requirements" / "dev.txt"
_TOOLS = ROOT / "requirements" / "tools.txt"
_OLDEST = (3, 11)


def install() -> None:
    """Bring .venv to exactly what the locks say."""
    _need_python()
    key = key_of(sys.version, sys.executable, _distribution(), files=[_LOCK, _TOOLS])
    if is_done("python", key, made=[PYTHON, UV, VENV / "bin" / "signage"]):
        return
    _make_venv()
    number = sum("==" in line for line in _LOCK.read_text().splitlines())
    with step(f"installing {number} Python packages from requirements/dev.txt (about 250 MB)"):
        _sync()
    mark_done("python", key)


def _distribution() -> str:
    """What of pyproject.toml an installation depends on: not the settings of the checks."""
    import tomllib  # an older Python lacks it, and has been told so by now

    described = tomllib.loads((ROOT / "pyproject.toml").read_text())
    return repr((described["build-system"], described["project"], described["tool"]["setuptools"]))


def _need_python() -> None:
    if sys.version_info < _OLDEST:
        raise SetupStopped(
            f"this is Python {sys.version.split()[0]}, and 3.11 or newer is needed. "
            "Install python3.11, or name one: make setup PYTHON=/path/to/python3.11"
        )


def _make_venv() -> None:
    if PYTHON.exists() and _runs_this_python():
        return
    shutil.rmtree(VENV, ignore_errors=True)
    _need_ensurepip()
    with step(
        f"making .venv with Python {sys.version.split()[0]}; nothing is installed outside it"
    ):
        run(
            [sys.executable, "-m", "venv", VENV],
            on_failure="the virtual environment could not be made; the lines above say why.",
        )


def _runs_this_python() -> bool:
    """A checkout that was moved, or another Python, needs a new .venv."""
    answer = subprocess.run(
        [PYTHON, "-c", "import sys; print(sys.version, sys.prefix, sep='|')"],
        capture_output=True,
        text=True,
        check=False,
    )
    return answer.returncode == 0 and answer.stdout.strip() == f"{sys.version}|{VENV}"


def _need_ensurepip() -> None:
    """Debian keeps the module that puts pip into a virtual environment in a package of its own."""
    try:
        import ensurepip  # noqa: F401
    except ImportError:
        minor = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        say(f"this Python cannot make virtual environments yet; Debian's {minor} brings that")
        if not apt.install([minor], why="to make .venv"):
            raise SetupStopped(
                f"{minor} is missing, and installing it needs root or sudo. "
                f"Ask your administrator for: apt-get install {minor}"
            ) from None


def _sync() -> None:
    """Install by hash: a package that is not the one locked is refused."""
    run(
        [PYTHON, "-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes", "-r", _TOOLS],
        on_failure="the installer could not be fetched. Is there a way to a Python package index?",
    )
    run(
        [UV, "pip", "sync", "--python", PYTHON, "--require-hashes", _LOCK],
        on_failure="the Python packages could not be installed; the lines above say which and why.",
        environment=_mirror(),
    )
    run(
        [UV, "pip", "install", "--python", PYTHON, "--no-deps", "--no-build-isolation", "-e", ROOT],
        on_failure="the project itself could not be installed into .venv.",
    )


def _mirror() -> dict[str, str]:
    """Let uv use the mirror that pip was told to use."""
    told = {"UV_DEFAULT_INDEX": os.environ.get("PIP_INDEX_URL"), "SSL_CERT_FILE": _certificates()}
    return {name: value for name, value in told.items() if value and name not in os.environ}


def _certificates() -> str | None:
    named = os.environ.get("PIP_CERT")
    return named if named and Path(named).is_file() else None
