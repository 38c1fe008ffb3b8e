"""A passkey in software: it makes and signs as WebAuthn says, so that no browser is needed."""

import hashlib
import json
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from webauthn.helpers import bytes_to_base64url as text

VERIFIED = 0b101
"""User present, user verified."""


class Authenticator:
    """One ES256 key, bound to the site at `origin`."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.id = b"a-passkey-of-tests"
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.count = 0

    def make(self, challenge: bytes) -> dict[str, Any]:
        """What `navigator.credentials.create` gives."""
        point = self.key.public_key().public_numbers()
        cose = {
            1: 2,
            3: -7,
            -1: 1,
            -2: point.x.to_bytes(32, "big"),
            -3: point.y.to_bytes(32, "big"),
        }
        attested = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + cbor2.dumps(cose)
        data = self._data(VERIFIED | 0b1000000) + attested
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        client = self._client("webauthn.create", challenge)
        return self._credential(clientDataJSON=client, attestationObject=attestation)

    def sign(self, challenge: bytes) -> dict[str, Any]:
        """What `navigator.credentials.get` gives."""
        data, client = self._data(VERIFIED), self._client("webauthn.get", challenge)
        signed = data + hashlib.sha256(client).digest()
        signature = self.key.sign(signed, ec.ECDSA(hashes.SHA256()))
        return self._credential(clientDataJSON=client, authenticatorData=data, signature=signature)

    def _data(self, flags: int) -> bytes:
        self.count += 1
        host = self.origin.partition("://")[2].partition(":")[0]
        rp = hashlib.sha256(host.encode()).digest()
        return rp + bytes([flags]) + self.count.to_bytes(4, "big")

    def _client(self, kind: str, challenge: bytes) -> bytes:
        said = {"type": kind, "challenge": text(challenge), "origin": self.origin}
        return json.dumps(said).encode()

    def _credential(self, **response: bytes) -> dict[str, Any]:
        parts = {name: text(value) for name, value in response.items()}
        named = text(self.id)
        return {"id": named, "rawId": named, "type": "public-key", "response": parts}
