"""Uploads become clean assets: hostile files are decoded in limited child processes only."""

from signage.ingest.uploads import CleanPicture, Document, Film, examine, intake

__all__ = ["CleanPicture", "Document", "Film", "examine", "intake"]
