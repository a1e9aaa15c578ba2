"""Keys, certificates and PFX files for tests, good and bad."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey

NOW = datetime(2026, 4, 1, tzinfo=UTC)
"""The day on which the tests sign, wherever the code under test asks for one."""


@dataclass(frozen=True)
class Issued:
    """A key with its certificate."""

    key: Key
    certificate: x509.Certificate

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.DER)


class Authority:
    """Makes keys, certificates and PFX files. Keys are made once for each name and kind."""

    PASSWORD = b"correct horse"

    @staticmethod
    @cache
    def key(name: str, kind: str = "rsa2048") -> Key:
        if kind.startswith("p"):
            return ec.generate_private_key({"p256": ec.SECP256R1, "p384": ec.SECP384R1}[kind]())
        return rsa.generate_private_key(65537, int(kind.removeprefix("rsa")))

    def issue(
        self,
        name: str,
        issuer: Issued | None = None,
        *,
        kind: str = "rsa2048",
        ca: bool = False,
        usages: tuple[x509.ObjectIdentifier, ...] | None = (ExtendedKeyUsageOID.CODE_SIGNING,),
        critical: bool = False,
        key_usage: x509.KeyUsage | None = None,
        days: tuple[int, int] = (-365, 365),
    ) -> Issued:
        """A certificate; self-signed without ``issuer``. ``days`` are its first and last from NOW."""
        key = self.key(name, kind)
        subject = x509.Name(
            [
                x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, "髙橋システム"),
                x509.NameAttribute(x509.NameOID.COMMON_NAME, name),
            ]
        )
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer.certificate.subject if issuer else subject)
            .public_key(key.public_key())
            .serial_number(sum(name.encode()) + 1)
            .not_valid_before(NOW + timedelta(days=days[0]))
            .not_valid_after(NOW + timedelta(days=days[1]))
            .add_extension(x509.BasicConstraints(ca, None), critical=True)
        )
        if usages is not None:
            builder = builder.add_extension(x509.ExtendedKeyUsage(usages), critical)
        if key_usage is not None:
            builder = builder.add_extension(key_usage, critical=True)
        signing = issuer.key if issuer else key
        return Issued(key, builder.sign(signing, hashes.SHA256()))

    def pfx(self, issued: Issued, others: tuple[Issued, ...] = ()) -> bytes:
        """The PFX file of ``issued``, with ``others`` as the CAs in it."""
        return pkcs12.serialize_key_and_certificates(
            b"test",
            issued.key,
            issued.certificate,
            [other.certificate for other in others] or None,
            serialization.BestAvailableEncryption(self.PASSWORD),
        )
