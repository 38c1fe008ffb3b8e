"""Warnings of other authorities in CAP: judged, made an alert of, and our own told to others."""
