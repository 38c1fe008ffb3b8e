"""Finds Tesseract, which reads the words on pictures, at run time; it is no part of ours."""

import shutil
from pathlib import Path

from signage.domain.sentences import N_, Said

MISSING = Said(
    N_(
        "Máy chủ chưa có Tesseract nên không đọc được chữ trong ảnh và bản quét: hãy tự xem kỹ ảnh"
        " có dấu mật hoặc số cá nhân không, hoặc nhờ quản trị chạy:"
        " apt install tesseract-ocr tesseract-ocr-vie"
    )
)
_WORDS = "vie.traineddata"
_FOLDERS = ("/usr/share/tesseract-ocr", "/usr/share/tessdata", "/usr/local/share/tessdata")


def find_tesseract() -> Path | None:
    """Return the program that reads Vietnamese, or None when it or the language is missing."""
    program = shutil.which("tesseract")
    knows = any(any(Path(folder).rglob(_WORDS)) for folder in _FOLDERS)
    return Path(program) if program and knows else None
