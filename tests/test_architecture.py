"""Holds the directions of the house: who may import whom, and what a player can do without."""

import ast
import importlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench import __main__ as bench

ROOT = Path(__file__).resolve().parents[1]

WINDOW = "players.outputs.window"
"""The window and its parts, which only a player with a screen has."""

# Only these files may import the library, by name or by the start of their path.
HOMES = {
    "paho": ("players/link/mqtt.py", "signage/broker.py"),
    "sqlalchemy": ("signage/store/",),
    "alembic": ("signage/store/",),
    "PIL": ("signage/render/", "signage/ingest/", "signage/demo/", "players/"),
    "pygame": (f"{WINDOW.replace('.', '/')}/",),
    "numpy": ("players/outputs/led/",),
    "serial": ("players/",),
    "lxml": ("signage/cap/",),
    "signxml": ("signage/cap/",),
    "apprise": ("signage/notices.py",),
    "fpdf": ("signage/render/paper.py",),
    "flask": ("signage/web/", "signage/app.py"),
    "iotcore": ("signage/demo/",),
    "fontTools": ("signage/render/", "signage/web/typeface.py"),
}
CONTRACT_MAY_IMPORT = {"msgspec", "cryptography", "players"}
NOT_BESIDE_A_DISPLAY = ("signage", "flask", "sqlalchemy", "jinja2", "alembic", "httpx", "pygame")

WITH_EXTRAS = (f"{WINDOW}.", "players.__main__")
IMPORT_ALL_PLAYERS = f"""
import importlib, pkgutil, sys, players
for module in pkgutil.walk_packages(players.__path__, "players."):
    if not module.name.startswith({WITH_EXTRAS!r}):
        importlib.import_module(module.name)
print(*sorted({{name.partition(".")[0] for name in sys.modules}} & set({NOT_BESIDE_A_DISPLAY!r})))
"""

# Stands in for a machine with only the base dependencies: asking for anything else fails.
ONLY_THE_BASE = f"""
import sys
class NotInstalled:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {NOT_BESIDE_A_DISPLAY!r}:
            raise ModuleNotFoundError("not installed beside a display: " + name, name=name)
sys.meta_path.insert(0, NotInstalled())
"""


def program_files() -> list[Path]:
    return [path for package in ("signage", "players") for path in (ROOT / package).rglob("*.py")]


def imported_by(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (name.name.partition(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def run_python(program: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", program]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)


def test_the_import_contracts_of_the_project_are_kept():
    finished = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr


@pytest.mark.parametrize("library", HOMES)
def test_each_library_is_imported_only_in_its_home(library):
    strangers = [
        place
        for place in (path.relative_to(ROOT).as_posix() for path in program_files())
        if library in imported_by(ROOT / place) and not place.startswith(HOMES[library])
    ]
    assert strangers == []


def test_the_contract_imports_only_the_standard_library_msgspec_and_cryptography():
    foreign = {
        name
        for path in (ROOT / "players" / "contract").rglob("*.py")
        for name in imported_by(path)
        if name not in sys.stdlib_module_names | CONTRACT_MAY_IMPORT
    }
    assert foreign == set()


def test_a_player_loads_nothing_of_the_controller():
    finished = run_python(IMPORT_ALL_PLAYERS)
    assert (finished.stdout.strip(), finished.stderr) == ("", "")


def test_a_player_runs_where_only_the_base_dependencies_are_installed():
    finished = run_python(ONLY_THE_BASE + IMPORT_ALL_PLAYERS)
    assert finished.returncode == 0, finished.stderr


def test_the_command_of_the_player_answers_where_only_the_base_is_installed():
    program = ONLY_THE_BASE + (
        "import players.__main__\nsys.argv[1:] = ['--help']\nplayers.__main__.main()"
    )
    finished = run_python(program)
    assert finished.returncode == 0, finished.stderr


def test_every_package_of_the_program_is_in_the_distribution():
    folders = {path.parent for path in program_files()}
    without_init = [
        folder.relative_to(ROOT).as_posix()
        for folder in folders
        if not (folder / "__init__.py").is_file()
    ]
    assert without_init == []


def test_the_locks_name_no_addresses():
    locks = [*(ROOT / "requirements").glob("*.txt"), ROOT / "package-lock.json"]
    telling = ("index-url", "find-links", '"resolved"', " @ http", "file:")
    naming = [(lock.name, word) for lock in locks for word in telling if word in lock.read_text()]
    assert naming == []


def test_every_locked_package_carries_hashes():
    for lock in (ROOT / "requirements").glob("*.txt"):
        blocks = lock.read_text().replace("\\\n", " ").splitlines()
        assert [line for line in blocks if "==" in line and "--hash=sha256:" not in line] == []


@pytest.mark.parametrize("name", bench.names())
def test_every_bench_finds_what_it_measures(name: str) -> None:
    importlib.import_module(f"bench.{name}")
