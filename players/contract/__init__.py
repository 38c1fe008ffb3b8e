"""What controller and players agree on: documents, topics, signatures and the timeline; no I/O.

Imports nothing but the standard library, msgspec and cryptography, so that a player, the
controller, a test and a stranger's tool can all read it. The rules it carries are lettered in
ARCHITECTURE.md.
"""

SCHEMA = 1
"""Number of the contract. A field that *restricts* what is shown raises it; others may be added."""
