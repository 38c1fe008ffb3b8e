"""What a locked broker asks of a player: encryption, and the password of its display."""

import ssl
from pathlib import Path
from typing import Final

NO_CHECK_TIME: Final = ssl.VerifyFlags(0x20_0000)
"""OpenSSL's X509_V_FLAG_NO_CHECK_TIME, which Python has no name for."""


def trusting(ca_file: str) -> ssl.SSLContext:
    """Trust brokers whose certificate this authority signed, whatever its dates; raises OSError.

    After a power cut the clock may be years off, and a certificate that ran out overnight must not
    cut a city's displays off. What is believed is sealed anyway.
    """
    # As text, so that the error of a missing file bears its path.
    context = ssl.create_default_context(cadata=Path(ca_file).read_text("ascii", errors="ignore"))
    context.verify_flags |= NO_CHECK_TIME
    return context


def password_in(file: str) -> str:
    """Read a password; raises OSError."""
    return Path(file).read_text("utf-8").strip()
