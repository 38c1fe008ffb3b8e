"""Finds LibreOffice, which turns office documents into PDF, at run time; it is no part of ours."""

import shutil
from pathlib import Path

from signage.domain.sentences import N_, Refused, Said

MISSING = Said(
    N_(
        "Máy chủ chưa có LibreOffice nên chưa mở được tệp Word và PowerPoint."
        " Hãy lưu thành PDF rồi tải lên, hoặc nhờ quản trị chạy:"
        " apt install libreoffice-impress libreoffice-writer"
    )
)
_FOLDERS = ("/usr/lib/libreoffice/program", "/opt/libreoffice/program")


def find_libreoffice() -> Path | None:
    """Return the program that converts, or None when it is not installed."""
    found = shutil.which("soffice")
    if found:
        return Path(found)
    for folder in _FOLDERS:
        program = Path(folder) / "soffice"
        if program.is_file():
            return program
    return None


def demand_libreoffice() -> Path:
    """Return the program; raises Refused, saying how to install it."""
    program = find_libreoffice()
    if program is None:
        raise Refused(MISSING.msgid, field="file")
    return program
