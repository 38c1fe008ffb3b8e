"""Reads the city's table from `cap.yaml`; a mistake is told with its line and what to do."""

import re
from pathlib import Path

import msgspec
import yaml

from signage.cap.signatures import certificate_files
from signage.domain.cap.table import CapTable

FILE = "cap.yaml"
MAX_FILE_BYTES = 1_000_000
_STEP = re.compile(r"\.([A-Za-z_]\w*)|\[(\d+)\]|\[(\.\.\.)\]")


class BadTable(Exception):
    """What is wrong, and where: `cap.yaml:7: …`."""


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """The city's table, and the pinned certificates (PEM) of each sender in it."""

    rules: CapTable
    certificates: dict[str, list[bytes]] = {}


def read_table(folder: Path) -> Table:
    """Return the table in `folder`, or an empty one when there is none; raises BadTable."""
    path = folder / FILE
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return Table(rules=CapTable())
    except (OSError, UnicodeDecodeError) as error:
        raise BadTable(f"{FILE}: it can't be read ({error}).") from error
    if len(text) > MAX_FILE_BYTES:
        raise BadTable(f"{FILE}: larger than {MAX_FILE_BYTES} bytes.")
    rules = table_of(text)
    try:
        pinned = {one.sender: certificate_files(folder, one.certificates) for one in rules.senders}
    except (OSError, ValueError) as error:
        raise BadTable(f"{FILE}: a certificate can't be used: {error}.") from error
    return Table(rules=rules, certificates=pinned)


def table_of(text: str) -> CapTable:
    """Return the table that `text` is; raises BadTable."""
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        content = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise BadTable(f"{FILE}:{line}: this is not YAML: {error.problem}.") from error
    except yaml.YAMLError as error:
        raise BadTable(f"{FILE}:1: this is not YAML.") from error
    try:
        return msgspec.convert(content or {}, CapTable)
    except msgspec.ValidationError as error:
        words, _, place = str(error).partition(" - at `$")
        raise BadTable(f"{FILE}:{_line(root, place.rstrip('`'))}: {words}.") from error


def _line(node: yaml.Node | None, place: str) -> int:
    """The line of the deepest node that `place`, such as `.senders[0].name`, still leads to."""
    line = 1
    for key, number, _any in _STEP.findall(place):
        if isinstance(node, yaml.MappingNode) and key:
            node = next((value for name, value in node.value if name.value == key), None)
        elif isinstance(node, yaml.SequenceNode) and number:
            node = node.value[int(number)]
        else:
            break
        if node is None:
            break
        line = node.start_mark.line + 1
    return line
