"""Opens office files as the archives they are: which kind, how large inside, which parts."""

import mmap
import re
import sys
import zipfile

from signage.ingest.child import Stop

MAX_UNPACKED_BYTES = 300_000_000
MAX_RATIO = 200
"""Unpacked to packed: bombs were 261 and 1,010, honest files stay below 30."""
MAX_PARTS = 10_000
_RATIO_COUNTS_FROM = 10_000_000

_OPEN_DOCUMENTS = {
    "application/vnd.oasis.opendocument.presentation": "odp",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
}
_MICROSOFT = {
    "ppt/presentation.xml": "pptx",
    "word/document.xml": "docx",
    "xl/workbook.xml": "xlsx",
}
# Names of streams in the old compound files.
_COMPOUND = {
    "EncryptedPackage": "locked",
    "PowerPoint Document": "ppt",
    "WordDocument": "doc",
    "Workbook": "xls",
    "Book": "xls",
}


def form_of(file: mmap.mmap) -> str:
    """Return "pptx", "ppt", "odp", "docx", "doc" or "odt"; stops at anything else."""
    if file[:4] == b"PK\x03\x04":
        form = _form_of_archive(archive())
    else:
        names = {name: form for name, form in _COMPOUND.items() if _has_stream(file, name)}
        form = next((form for name, form in _COMPOUND.items() if name in names), "")
    if form == "locked":
        raise Stop("password")
    if form in {"xlsx", "xls", "ods"}:
        raise Stop("spreadsheet")
    if not form:
        raise Stop("not_office" if file[:4] != b"PK\x03\x04" else "archive")
    return form


def mapped() -> mmap.mmap:
    """Return the file on standard input."""
    return mmap.mmap(sys.stdin.fileno(), 0, access=mmap.ACCESS_READ)


def archive() -> zipfile.ZipFile:
    """Return the archive on standard input; stops when it would unpack to too much."""
    try:
        opened = zipfile.ZipFile(sys.stdin.buffer)
    except zipfile.BadZipFile:
        raise Stop("unreadable") from None
    parts = opened.infolist()
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    is_dense = unpacked > _RATIO_COUNTS_FROM and unpacked > MAX_RATIO * max(packed, 1)
    if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED_BYTES or is_dense:
        raise Stop("zip_bomb")
    if any(_leads_outside(part.filename) for part in parts):
        raise Stop("unreadable")
    if any(part.flag_bits & 1 for part in parts):
        raise Stop("password")
    return opened


def read(opened: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """Return the bytes of one part; stops when there are more than it declares."""
    with opened.open(part) as stream:
        data = stream.read(part.file_size + 1)
    if len(data) > part.file_size:
        raise Stop("zip_bomb")
    return data


def _form_of_archive(opened: zipfile.ZipFile) -> str:
    names = set(opened.namelist())
    if "mimetype" in names:
        said = read(opened, opened.getinfo("mimetype"))[:200].decode("ascii", "replace").strip()
        manifest = "META-INF/manifest.xml"
        if manifest in names and b"encryption-data" in read(opened, opened.getinfo(manifest)):
            return "locked"
        return _OPEN_DOCUMENTS.get(said.removesuffix("-template"), "")
    return next((form for name, form in _MICROSOFT.items() if name in names), "")


def _has_stream(file: mmap.mmap, name: str) -> bool:
    return file.find(name.encode("utf-16-le") + b"\0\0") >= 0


def _leads_outside(name: str) -> bool:
    return name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or ":" in name
