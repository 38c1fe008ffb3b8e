"""Measurements: each module has a `run()` that returns its numbers; `make bench` runs them all."""
