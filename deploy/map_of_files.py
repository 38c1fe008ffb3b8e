"""Prints the first sentence of each file: the shortest description of the whole house."""

import ast
import signal
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("signage", "players", "bench", "deploy")


def first_line(path: Path) -> str:
    """The first line of a module's docstring, or nothing."""
    return (ast.get_docstring(ast.parse(path.read_text())) or "").partition("\n")[0]


def main() -> None:
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            print(f"{path.relative_to(ROOT)!s:45} {first_line(path)}")


if __name__ == "__main__":
    # `make map | head` ends quietly.
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    main()
