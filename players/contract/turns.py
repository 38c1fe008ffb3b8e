"""Whose turn it is in a loop: a function of time alone, so that players of a group agree."""

from __future__ import annotations

from collections.abc import Sequence


def turn_at(lengths: Sequence[int], anchor: int, moment: int) -> tuple[int, int, int]:
    """Index of the item on at `moment` in a loop begun at `anchor`, and from when to when (ms).

    Before `anchor` (a slow clock) the first item stands already.
    """
    moment = max(moment, anchor)
    start = moment - (moment - anchor) % sum(lengths)
    for index, length in enumerate(lengths):
        if moment < start + length:
            return index, start, start + length
        start += length
    raise AssertionError("a place in a loop is always inside it")
