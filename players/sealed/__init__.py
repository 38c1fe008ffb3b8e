"""Sealed papers: what is believed, what is held, and how both survive a restart."""
