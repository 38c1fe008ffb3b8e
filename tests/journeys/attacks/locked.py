"""A Mosquitto locked by `signage broker files`, with a certificate of an authority of its own."""

import ipaddress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from click.testing import CliRunner
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from signage.__main__ import main
from signage.broker_users import Access, BrokerUsers
from signage.keys import private_pem
from signage.settings import Settings
from tests.mosquitto import Mosquitto

AUDITOR = "auditor"


class LockedMosquitto(Mosquitto):
    """Listens as it is told by the files; beside their users there is one that hears and may say
    everything, for tests to look with.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.files = folder / "files"
        self._config = self.files / "mosquitto.conf"
        self.files.mkdir()
        make_certificate(self.files, name="127.0.0.1")

    @property
    def ca(self) -> Path:
        """The broker's certificate is its own authority."""
        return self.files / "server.crt"

    def take_files(self, settings: Settings) -> Access:
        """Write the files anew; gives what the auditor connects with."""
        told = CliRunner().invoke(
            main, ["broker", "files", str(self.files)], env=settings.as_environment()
        )
        assert told.exit_code == 0, told.output
        users = BrokerUsers(self.files / "auditors", self.ca)
        access = users.equip(AUDITOR, self.files)
        _append(self.files / "passwd", f"{AUDITOR}:{users.hash_of(AUDITOR)}\n")
        _append(self.files / "acl", f"\nuser {AUDITOR}\ntopic readwrite #\n")
        here = self._config.read_text().replace("/var/lib/mosquitto/", f"{self.files}/")
        self._config.write_text(f"{here}user root\n")
        return access


def make_certificate(folder: Path, *, name: str) -> None:
    """Write server.crt and server.key: a certificate by itself, which ran out yesterday."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "signage broker")])
    today = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(today - timedelta(days=9))
        .not_valid_after(today - timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(name))]),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    (folder / "server.crt").write_bytes(certificate.public_bytes(Encoding.PEM))
    (folder / "server.key").write_bytes(private_pem(key))


def _append(path: Path, text: str) -> None:
    with path.open("a") as file:
        file.write(text)
