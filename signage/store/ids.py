"""New identifiers: short, random, fit for topics, addresses and file names."""

import secrets

# Without the letters that are read as one another: i, l, o, 0 and 1.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def new_id() -> str:
    """Return an identifier of 12 letters (59 bits), beginning with a letter."""
    first = secrets.choice(_LETTERS[:23])
    return first + "".join(secrets.choice(_LETTERS) for _ in range(11))
