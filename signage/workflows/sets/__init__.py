"""Holds and drills: asked for, and as entries of the sealed sets of each profile."""
