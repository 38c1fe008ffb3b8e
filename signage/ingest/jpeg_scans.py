"""Counts the scans of a JPEG without decoding it.

A progressive JPEG may carry thousands of scans over the whole picture, each a few bytes long and
each as dear to decode as a picture: 600 kB took more than 10 s, and nothing in a decoder warns.
"""

_START_OF_SCAN = 0xDA
_END_OF_IMAGE = 0xD9
_NO_LENGTH = {0x01, *range(0xD0, 0xD9)}
_IN_SCAN = {0x00, *range(0xD0, 0xD8)}  # stuffed bytes and restart marks inside a scan


def count_scans(data: bytes, *, stop_at: int) -> int:
    """Return the number of scans in the first picture of `data`, at most `stop_at`.

    Pictures hidden in EXIF segments and whatever follows the end of the picture don't count:
    phones append whole films there.
    """
    scans, at = 0, 2
    while scans < stop_at:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            break
        marker = data[at + 1]
        if marker == 0xFF:  # fill byte
            at += 1
        elif marker in _NO_LENGTH or marker in _IN_SCAN:
            at += 2
        elif marker == _END_OF_IMAGE:
            break
        else:
            scans += marker == _START_OF_SCAN
            at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return scans
