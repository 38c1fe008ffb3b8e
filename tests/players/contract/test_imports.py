"""The contract stands on little: whoever speaks with our players needs nothing else of ours."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import players.contract

FOLDER = Path(players.contract.__file__).parent
FILES = sorted(FOLDER.glob("*.py"))
ALLOWED = {"msgspec", "cryptography", "players", *sys.stdlib_module_names}
RULES = [path for path in FILES if path.stem != "schema"]  # which is a command, and writes files
EDGES = {"asyncio", "io", "os", "pathlib", "random", "socket", "subprocess", "threading", "time"}
OTHERS = {"signage", "paho", "PIL", "flask", "sqlalchemy", "yaml", "click", "structlog", "pygame"}


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0
            names.add(str(node.module))
    return names


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_imports_only_the_standard_library_msgspec_and_cryptography(path: Path) -> None:
    names = imported(path)
    assert {name.split(".")[0] for name in names} <= ALLOWED
    assert all(name.startswith("players.contract") for name in names if "players" in name)


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.stem)
def test_no_rule_of_the_contract_can_reach_a_clock_a_disk_or_a_network(path: Path) -> None:
    assert not imported(path) & EDGES


def test_nothing_else_is_loaded_with_the_contract() -> None:
    modules = ", ".join(f"players.contract.{path.stem}" for path in FILES if path.stem[0] != "_")
    program = f"import sys, {modules}; print(*{{name.split('.')[0] for name in sys.modules}})"
    command = [sys.executable, "-c", program]
    said = subprocess.run(
        command, capture_output=True, text=True, check=True, cwd=FOLDER.parents[1]
    )
    loaded = set(said.stdout.split())
    assert {"msgspec", "cryptography"} <= loaded
    assert not loaded & OTHERS
