"""Turns an office file into a PDF by LibreOffice, from a copy without links and macros."""

import html
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

from signage.ingest.child import Line, Stop, end_group_with_parent
from signage.ingest.children.office_parts import archive, form_of, mapped, read

_LIVE_PARTS = re.compile(
    r"(?:^|/)(?:vbaProject\.bin|vbaData\.xml|activeX/|embeddings/|externalLinks/)"
    r"|^(?:Basic|Scripts|Configurations2)/",
    re.IGNORECASE,
)
_EXTERNAL = re.compile(r"<Relationship\b[^>]*\bTargetMode\s*=\s*[\"']External[\"'][^>]*>")
_TARGET = re.compile(r"\bTarget\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_HREF = re.compile(r"([\w.-]+:href\s*=\s*)(\"[^\"]*\"|'[^']*')")
_SETTINGS = {
    "/org.openoffice.Office.Common/Security/Scripting": {
        "MacroSecurityLevel": "3",
        "DisableMacrosExecution": "true",
        "BlockUntrustedRefererLinks": "true",
        "DisableActiveContent": "true",
    },
    "/org.openoffice.Office.Writer/Content/Update": {"Link": "0", "Field": "false"},
    # Should anything still ask for a file far away, it asks a port where nobody listens.
    "/org.openoffice.Inet/Settings": {
        "ooInetProxyType": "2",
        "ooInetHTTPProxyName": "127.0.0.1",
        "ooInetHTTPProxyPort": "9",
        "ooInetHTTPSProxyName": "127.0.0.1",
        "ooInetHTTPSProxyPort": "9",
    },
}


def run(line: Line, *, form: str, program: str) -> None:
    """Write document.pdf into the folder of this process; tells nothing."""
    room = Path.cwd()
    end_group_with_parent()
    if form_of(mapped()) != form:
        raise Stop("unreadable")
    source = room / f"source.{form}"
    if form in {"ppt", "doc"}:
        source.write_bytes(sys.stdin.buffer.read())
    else:
        _write_tame(source)
    _convert(program, source, room)
    # The exit code is 0 even when nothing could be loaded: only a new PDF counts.
    made = room / "out" / "source.pdf"
    if not made.is_file() or made.read_bytes()[:5] != b"%PDF-":
        raise Stop("no_conversion")
    made.rename(room / "document.pdf")
    line.tell({})


def _convert(program: str, source: Path, room: Path) -> None:
    _write_profile(room / "profile")
    subprocess.run(
        [
            program,
            f"-env:UserInstallation={(room / 'profile').as_uri()}",
            *("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo"),
            *("--convert-to", "pdf", "--outdir", str(room / "out"), str(source)),
        ],
        cwd=room,
        env={"HOME": str(room), "TMPDIR": str(room), "PATH": os.defpath, "LC_ALL": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )


def _write_profile(profile: Path) -> None:
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value>'
        "</prop></item>"
        for path, values in _SETTINGS.items()
        for name, value in values.items()
    )
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry"'
        ' xmlns:xs="http://www.w3.org/2001/XMLSchema"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' + items + "</oor:items>\n"
    )


def _write_tame(target: Path) -> None:
    """Write the archive anew: no macros, no embedded programs, no way to another file."""
    opened = archive()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as tame:
        for part in opened.infolist():
            if part.is_dir() or _LIVE_PARTS.search(part.filename):
                continue
            data = read(opened, part)
            if part.filename.endswith(".rels"):
                data = _EXTERNAL.sub(_to_nowhere, _text(data)).encode()
            elif part.filename.endswith(".xml") and b":href" in data:
                data = _HREF.sub(_kept_inside, _text(data)).encode()
            stored = part.filename == "mimetype"  # the first part of an OpenDocument is as it is
            way = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            tame.writestr(part.filename, data, way)


def _text(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Stop("unreadable") from None
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise Stop("unreadable")
    return text


def _to_nowhere(relationship: re.Match[str]) -> str:
    return _TARGET.sub('Target="about:blank"', relationship[0])


def _kept_inside(reference: re.Match[str]) -> str:
    target = html.unescape(reference[2][1:-1]).strip()
    inside = not re.search(r"^/|:|\\|(?:^|/)\.\.(?:/|$)", target)
    return reference[0] if inside else f'{reference[1]}"Pictures/none.png"'
