"""Slides and playlists: written, translated, previewed, and read from files."""
