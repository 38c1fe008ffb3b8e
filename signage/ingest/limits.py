"""What a decoder's child process may use; read by both ends, so it loads next to nothing."""

import msgspec


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What one child may use: bytes of memory and of each file it writes, seconds, open files.

    `wall_seconds` is for the whole work, `silence_seconds` for the time between two answers, and
    `answer_bytes` for all it says.
    """

    memory: int = 1 << 30
    cpu_seconds: int = 10
    wall_seconds: float = 20
    silence_seconds: float = 20
    file_bytes: int = 0  # a pipe is no file: most children write none
    open_files: int = 64
    answer_bytes: int = 64_000_000
