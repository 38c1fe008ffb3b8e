"""Small CAP messages for tests, written from the text of the standard."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from lxml import etree
from signxml.algorithms import CanonicalizationMethod, SignatureMethod
from signxml.signer import XMLSigner

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
SENDER = "kttv@example.vn"
ALL_PLEIKU = "13.9,107.9 14.1,107.9 14.1,108.1 13.9,108.1 13.9,107.9"
CAP = "urn:oasis:names:tc:emergency:cap:1.2"


def time_text(moment: int) -> str:
    return datetime.fromtimestamp(moment // 1000, ZONE).isoformat()


def info(
    *,
    language: str = "vi-VN",
    event: str = "Lũ",
    headline: str = "Lũ khẩn cấp trên sông Sê San",
    instruction: str = "Di dời ngay khỏi ven sông.",
    severity: str = "Severe",
    urgency: str = "Immediate",
    certainty: str = "Observed",
    response: str = "Evacuate",
    expires: int | None = None,
    effective: int | None = None,
    area: str = f"<areaDesc>Thành phố Pleiku</areaDesc><polygon>{ALL_PLEIKU}</polygon>",
    parameter: str = "",
) -> str:
    times = f"<effective>{time_text(effective)}</effective>" if effective else ""
    times += f"<expires>{time_text(expires)}</expires>" if expires else ""
    return (
        f"<info><language>{language}</language><category>Met</category><event>{event}</event>"
        f"<responseType>{response}</responseType><urgency>{urgency}</urgency>"
        f"<severity>{severity}</severity><certainty>{certainty}</certainty>{times}"
        f"<senderName>Đài KTTV tỉnh</senderName><headline>{headline}</headline>"
        f"<instruction>{instruction}</instruction>{parameter}<area>{area}</area></info>"
    )


def message(
    identifier: str,
    sent: int,
    *infos: str,
    type: str = "Alert",  # noqa: A002 - the word of the standard is msgType
    status: str = "Actual",
    scope: str = "Public",
    sender: str = SENDER,
    note: str = "",
    references: str = "",
    namespace: str = CAP,
) -> bytes:
    more = f"<note>{note}</note>" if note else ""
    more += f"<references>{references}</references>" if references else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><alert xmlns="{namespace}">'
        f"<identifier>{identifier}</identifier><sender>{sender}</sender>"
        f"<sent>{time_text(sent)}</sent><status>{status}</status><msgType>{type}</msgType>"
        f"<scope>{scope}</scope>{more}{''.join(infos)}</alert>"
    ).encode()


def reference(identifier: str, sent: int, sender: str = SENDER) -> str:
    return f"{sender},{identifier},{time_text(sent)}"


class Signatory:
    """An authority with a certificate: its own, or one given by an issuer."""

    def __init__(self, at: int, *, days: int = 30, issuer: "Signatory | None" = None, ca=False):
        self.key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"kttv {id(self)}")])
        moment = datetime.fromtimestamp(at / 1000, ZONE)
        builder = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(issuer.certificate.subject if issuer else name)
            .public_key(self.key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(moment - timedelta(days=1))
            .not_valid_after(moment + timedelta(days=days))
            .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        )
        self.certificate = builder.sign(issuer.key if issuer else self.key, hashes.SHA256())

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    def sign(self, content: bytes) -> bytes:
        signer = XMLSigner(
            signature_algorithm=SignatureMethod.ECDSA_SHA256,
            c14n_algorithm=CanonicalizationMethod.CANONICAL_XML_1_1,
        )
        signed = signer.sign(etree.fromstring(content), key=self.key, cert=[self.certificate])
        return etree.tostring(signed, xml_declaration=True, encoding="UTF-8")
