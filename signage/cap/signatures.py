"""Whether a message was signed by whom the city has pinned: the only home of XML signatures.

The certificate inside a message proves nothing. Only a pinned certificate, or one that a pinned
issuer has signed, counts; it must have been valid when the message was sent. What is returned is
the tree that the verifier has seen, and nothing else of the message is used.
"""

import re
from base64 import b64decode
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature as BadSignature
from lxml import etree
from signxml.exceptions import InvalidCertificate, SignXMLException
from signxml.verifier import SignatureConfiguration, XMLVerifier

from signage.cap.xml import Element, compact

SIGNATURE: Final = "{http://www.w3.org/2000/09/xmldsig#}Signature"
_REFERENCE: Final = "{http://www.w3.org/2000/09/xmldsig#}Reference"
_CERTIFICATE: Final = "{http://www.w3.org/2000/09/xmldsig#}X509Certificate"


_METHODS: Final = tuple(
    f"{{http://www.w3.org/2000/09/xmldsig#}}{name}" for name in ("SignatureMethod", "DigestMethod")
)
_WEAK = re.compile(r"sha1$|md5$|dsa-sha1|hmac", re.IGNORECASE)


class Forged(Exception):
    """The signature does not belong to what the message says; `detail` in English."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class Unproven(Exception):
    """Nothing can be said of who signed it, which is no proof of a forgery; `detail` in English."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


def is_signed(root: Element) -> bool:
    """Say whether there is a signature at all."""
    return next(root.iter(SIGNATURE), None) is not None


def verified(content: bytes, root: Element, pinned: Sequence[bytes], *, sent: int) -> Element:
    """Return the tree that was signed by one of the `pinned` certificates (PEM).

    `sent` is the moment at which the certificate must have been valid, UTC ms. Raises Forged, or
    Unproven when there is no signature, a weak one, or none of these certificates fits.
    """
    _check_place(root)
    problem: Exception = Unproven("no certificate is pinned")
    for pem in pinned:
        try:
            certificate = _signer(x509.load_pem_x509_certificate(pem), root)
            return _verified_by(content, certificate, sent)
        except Forged as forged:
            problem = forged
        except Unproven as unproven:
            problem = problem if isinstance(problem, Forged) else unproven
    raise problem


def certificate_files(folder: Path, names: Sequence[str]) -> list[bytes]:
    """Read pinned certificates; raises OSError or ValueError for what is none."""
    contents = [(folder / name).read_bytes() for name in names]
    for content in contents:
        x509.load_pem_x509_certificate(content)
    return contents


def _check_place(root: Element) -> None:
    """Exactly one signature, a child of the root, over the whole document: no wrapping."""
    found = list(root.iter(SIGNATURE))
    if not found:
        raise Unproven("it is not signed")
    if len(found) > 1 or found[0].getparent() is not root:
        raise Forged("more than one signature, or one in the wrong place")
    references = [one.get("URI") for one in found[0].iter(_REFERENCE)]
    if references != [""]:
        raise Forged("the signature does not cover the whole message")
    methods = [one.get("Algorithm", "") for one in found[0].iter(*_METHODS)]
    if any(_WEAK.search(method) for method in methods):
        raise Unproven("its signature uses SHA-1 or MD5, which can be forged")


def _signer(pinned: x509.Certificate, root: Element) -> x509.Certificate:
    """The pinned certificate, or the one in the message when the pinned one is its issuer."""
    try:
        is_issuer = pinned.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        is_issuer = False
    inside = root.find(f".//{_CERTIFICATE}")
    if not is_issuer or inside is None or not inside.text:
        return pinned
    try:
        signer = x509.load_der_x509_certificate(b64decode(inside.text))
        signer.verify_directly_issued_by(pinned)
    except (ValueError, TypeError, BadSignature) as error:
        raise Unproven("the pinned issuer has not issued its certificate") from error
    return signer


def _verified_by(content: bytes, certificate: x509.Certificate, sent: int) -> Element:
    """Try the bytes as they came, then without the blanks between elements.

    Some senders sign a compact message and publish it indented. Nothing in CAP stands in those
    blanks, and it is the tree without them that is used then.
    """
    try:
        return _verified_bytes(content, certificate, sent)
    except Forged:
        return _verified_bytes(compact(content), certificate, sent)


def _verified_bytes(content: bytes, certificate: x509.Certificate, sent: int) -> Element:
    config = SignatureConfiguration(
        location="./",
        expect_references=1,
        verification_time=datetime.fromtimestamp(sent / 1000, UTC).replace(tzinfo=None),
    )
    try:
        result = XMLVerifier().verify(content, x509_cert=certificate, expect_config=config)
    except InvalidCertificate as error:
        raise Unproven("the pinned certificate was not valid when it was sent") from error
    except (SignXMLException, etree.LxmlError, ValueError, TypeError) as error:
        raise Forged(_short(error)) from error
    if isinstance(result, list) or result.signed_xml is None:
        raise Forged("the signature does not cover the whole message")
    return result.signed_xml


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:160]
