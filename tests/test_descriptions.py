"""Holds the project to describing itself: each file, layout, output and setting says what it is."""

import ast
import importlib
import inspect
import typing
from pathlib import Path
from types import ModuleType

import msgspec
import pytest

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("signage", "players", "bench", "deploy")
REGISTRIES = (("signage.render.layouts", "LAYOUTS"), ("players.outputs", "OUTPUTS"))
SETTINGS = (("signage.settings", "Settings"), ("players.settings", "Settings"))


def program_files() -> list[Path]:
    return [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py"))]


def opening(path: Path) -> str:
    return (ast.get_docstring(ast.parse(path.read_text())) or "").partition("\n")[0]


def module_named(name: str) -> ModuleType:
    return importlib.import_module(name)


@pytest.mark.parametrize("path", program_files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_each_file_starts_with_a_sentence(path):
    sentence = opening(path)
    assert len(sentence.split()) > 2, "the first line is a docstring of one sentence"
    assert sentence.endswith((".", "?", "`", ":")), sentence


@pytest.mark.parametrize(("module", "registry"), REGISTRIES)
def test_each_registered_part_is_described(module, registry):
    parts = getattr(module_named(module), registry)
    assert parts
    without = [name for name, part in parts.items() if not description_of(part)]
    assert without == []


def description_of(part: object) -> str:
    """Its own docstring or sentence; the docstring that a dataclass or a Struct makes is none."""
    written = getattr(part, "description", None) or getattr(part, "help", None)
    own = part if inspect.isroutine(part) or inspect.isclass(part) else type(part)
    text = str(written or own.__doc__ or "")
    return "" if text.startswith(f"{getattr(own, '__name__', '')}(") else text.strip()


@pytest.mark.parametrize(("module", "name"), SETTINGS)
def test_each_setting_is_described(module, name):
    settings = getattr(module_named(module), name)
    described = descriptions_of_fields(settings)
    fields = list(inspect.get_annotations(settings))
    assert fields
    assert [field for field in fields if not described.get(field)] == []


def descriptions_of_fields(settings: type) -> dict[str, str]:
    """What an operator reads about each field: its Meta, or the docstring under it in the file."""
    hints = typing.get_type_hints(settings, include_extras=True)
    in_metas = {
        name: meta.description
        for name, hint in hints.items()
        for meta in typing.get_args(hint)[1:]
        if isinstance(meta, msgspec.Meta) and meta.description
    }
    return docstrings_of_fields(settings) | in_metas


def docstrings_of_fields(settings: type) -> dict[str, str]:
    source = Path(inspect.getsourcefile(settings) or "").read_text()
    tree = next(
        node
        for node in ast.parse(source).body
        if isinstance(node, ast.ClassDef) and node.name == settings.__name__
    )
    pairs = zip(tree.body, tree.body[1:], strict=False)
    return {
        field.target.id: text.value.value
        for field, text in pairs
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(text, ast.Expr)
        and isinstance(text.value, ast.Constant)
        and isinstance(text.value.value, str)
    }
