"""Reads the bitmap glyphs of an X11 font in the Portable Compiled Format (PCF).

The format is described in the X Window System's font sources; only the tables that a
pixel face needs are read here: metrics, bitmaps, encodings and the accelerators.
"""

import gzip
import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

_MAGIC = b"\x01fcp"
_ACCELERATORS, _METRICS, _BITMAPS, _ENCODINGS = 1 << 1, 1 << 2, 1 << 3, 1 << 5
_BIG_ENDIAN_BYTES, _MOST_SIGNIFICANT_BIT_FIRST = 1 << 2, 1 << 3
_COMPRESSED_METRICS = 1 << 8
_NO_GLYPH = 0xFFFF
_MAX_TABLES = 64

Ink = frozenset[tuple[int, int]]
"""The pixels that are on, as (x, y)."""


class BrokenFont(ValueError):
    """The file is no PCF font, or ends before its tables do."""


@dataclass(frozen=True)
class Glyph:
    """A glyph's ink as pixels around its origin: x to the right, y up, row 0 on the baseline."""

    advance: int
    ink: Ink


@dataclass(frozen=True)
class BitmapFont:
    """The glyphs of one font by code point, and the rows of a cell above and below the baseline."""

    ascent: int
    descent: int
    glyphs: dict[int, Glyph]


@dataclass(frozen=True)
class _Table:
    data: bytes
    format: int

    def read(self, kinds: str, offset: int) -> tuple[int, ...]:
        order = ">" if self.format & _BIG_ENDIAN_BYTES else "<"
        return struct.unpack_from(order + kinds, self.data, offset)


@dataclass(frozen=True)
class _Metrics:
    left: int
    right: int
    advance: int
    ascent: int
    descent: int


def read_pcf(path: Path, wanted: Callable[[int], bool] = lambda _: True) -> BitmapFont:
    """Read the `wanted` code points from `path`, plain or gzipped.

    Raises BrokenFont when the file is no sound PCF font.
    """
    try:
        data = path.read_bytes()
        return parse_pcf(gzip.decompress(data) if path.suffix == ".gz" else data, wanted)
    except (struct.error, IndexError, gzip.BadGzipFile, EOFError) as problem:
        raise BrokenFont(f"{path.name} is no sound PCF font: {problem}") from problem


def parse_pcf(data: bytes, wanted: Callable[[int], bool]) -> BitmapFont:
    """Read the `wanted` code points from the bytes of a PCF font."""
    tables = _tables(data)
    metrics = _metrics(tables[_METRICS])
    ascent, descent = tables[_ACCELERATORS].read("ii", 12)
    ink_at = _ink_reader(tables[_BITMAPS], metrics)
    glyphs = {
        point: Glyph(metrics[index].advance, ink_at(index))
        for point, index in _encodings(tables[_ENCODINGS]).items()
        if wanted(point)
    }
    return BitmapFont(ascent, descent, glyphs)


def _tables(data: bytes) -> dict[int, _Table]:
    if data[:4] != _MAGIC:
        raise BrokenFont("the file does not start like a PCF font")
    (count,) = struct.unpack_from("<I", data, 4)
    if count > _MAX_TABLES:
        raise BrokenFont(f"{count} tables are more than a PCF font has")
    tables = {}
    for entry in range(count):
        kind, form, size, offset = struct.unpack_from("<IIII", data, 8 + 16 * entry)
        tables[kind] = _Table(data[offset : offset + size], form)
    missing = {_ACCELERATORS, _METRICS, _BITMAPS, _ENCODINGS} - tables.keys()
    if missing:
        raise BrokenFont(f"tables are missing: {sorted(missing)}")
    return tables


def _metrics(table: _Table) -> list[_Metrics]:
    if table.format & _COMPRESSED_METRICS:
        (count,) = table.read("H", 4)
        return [
            _Metrics(*(byte - 0x80 for byte in table.read("5B", 6 + 5 * i))) for i in range(count)
        ]
    (count,) = table.read("I", 4)
    return [_Metrics(*table.read("5h", 8 + 12 * i)) for i in range(count)]


def _ink_reader(table: _Table, metrics: list[_Metrics]) -> Callable[[int], Ink]:
    (count,) = table.read("I", 4)
    if count != len(metrics):
        raise BrokenFont(f"{count} bitmaps do not fit {len(metrics)} metrics")
    offsets = table.read(f"{count}I", 8)
    bits_at = 8 + 4 * count + 16
    return lambda index: _ink(table, metrics[index], bits_at + offsets[index])


def _ink(table: _Table, metric: _Metrics, at: int) -> Ink:
    pad = 1 << (table.format & 3)
    width = metric.right - metric.left
    stride = -(-width // (8 * pad)) * pad
    return frozenset(
        (metric.left + column, metric.ascent - 1 - row)
        for row in range(metric.ascent + metric.descent)
        for column in range(width)
        if _is_set(table, at + row * stride, column)
    )


def _is_set(table: _Table, row_at: int, column: int) -> bool:
    unit = 1 << (table.format >> 4 & 3)
    byte = column // 8
    msb_first = bool(table.format & _MOST_SIGNIFICANT_BIT_FIRST)
    if msb_first != bool(table.format & _BIG_ENDIAN_BYTES):
        # Bits run one way and bytes the other, so the bytes of each unit stand reversed.
        byte = byte - byte % unit + (unit - 1 - byte % unit)
    bit = 7 - column % 8 if msb_first else column % 8
    return bool(table.data[row_at + byte] >> bit & 1)


def _encodings(table: _Table) -> dict[int, int]:
    first_low, last_low, first_high, last_high = table.read("4h", 4)
    columns = last_low - first_low + 1
    indexes = table.read(f"{columns * (last_high - first_high + 1)}H", 14)
    return {
        ((first_high + cell // columns) << 8) + first_low + cell % columns: index
        for cell, index in enumerate(indexes)
        if index != _NO_GLYPH
    }
