"""Uploads become clean assets: hostile files are decoded in limited child processes only."""
