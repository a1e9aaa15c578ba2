"""Who signs: a certificate, its chain up to a root, and a way to sign bytes."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID

RSA_BITS = range(2048, 4097)
"""RSA key sizes that Windows' script signatures are known to work with."""


class SignerError(Exception):
    """A key or certificate that cannot sign; the text is Japanese and says what to do."""


@dataclass(frozen=True)
class Signer:
    """A code-signing certificate with the means to sign.

    ``chain`` runs from the certificate's issuer to the root and is empty for a self-signed one.
    ``sign`` takes bytes and returns their RSASSA-PKCS1-v1_5 signature over SHA-256. ``ends`` is the
    last day of a signature that will end, None for the own publisher.
    """

    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]
    sign: Callable[[bytes], bytes]
    ends: date | None

    @property
    def name(self) -> str:
        """The subject's common name, or the whole subject where it has none."""
        names = self.certificate.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
        return str(names[0].value) if names else self.certificate.subject.rfc4514_string()

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate, as lower-case hexadecimal digits."""
        return self.certificate.fingerprint(hashes.SHA256()).hex()

    def publisher_files(self) -> dict[str, bytes]:
        """Path in the bundle → DER: the certificate, its root, and any CA between them."""
        files = {"publisher/publisher.cer": _der(self.certificate)}
        for number, ca in enumerate(self.chain[:-1], start=1):
            files[f"publisher/ca-{number}.cer"] = _der(ca)
        if self.chain:
            files["publisher/root.cer"] = _der(self.chain[-1])
        return files


def make_signer(
    key: rsa.RSAPrivateKey,
    certificate: x509.Certificate,
    others: Iterable[x509.Certificate],
    *,
    ends: bool,
) -> Signer:
    """A signer from a key, its certificate and the CA certificates at hand.

    Raises SignerError where these cannot sign scripts.
    """
    if key.key_size not in RSA_BITS:
        raise SignerError(
            f"署名鍵は RSA {key.key_size} ビットです。2048～4096 ビットの鍵を使ってください。"
        )
    if key.public_key() != certificate.public_key():
        raise SignerError("秘密鍵と証明書が対になっていません。正しい PFX を指定してください。")
    if not _may_sign_code(certificate):
        raise SignerError(
            "この証明書にはコード署名の用途（拡張キー使用法 1.3.6.1.5.5.7.3.3）がありません。"
            "コード署名用の証明書を使ってください。"
        )
    return Signer(
        certificate=certificate,
        chain=_chain(certificate, tuple(others)),
        sign=lambda data: key.sign(data, padding.PKCS1v15(), hashes.SHA256()),
        ends=certificate.not_valid_after_utc.date() if ends else None,
    )


def from_pfx(
    path: Path, password: bytes | None, chain_files: Sequence[Path], now: datetime
) -> Signer:
    """The signer in a PFX file (PKCS#12); ``chain_files`` add CAs that it lacks.

    Raises SignerError for a file that cannot be read or opened, or that cannot sign at ``now``.
    """
    try:
        key, certificate, others = pkcs12.load_key_and_certificates(_read(path), password)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise SignerError(
            f"{path} を開けません。PFX ファイルであることと、パスワードが正しいことを"
            "確かめてください。"
        ) from error
    if key is None or certificate is None:
        raise SignerError(
            f"{path} に秘密鍵と証明書の組がありません。鍵を含めて書き出してください。"
        )
    if not isinstance(key, rsa.RSAPrivateKey):
        raise SignerError(
            f"{path} の鍵は RSA ではありません。RSA のコード署名証明書を使ってください。"
        )
    if not certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc:
        last = certificate.not_valid_after_utc.date()
        raise SignerError(
            f"証明書の有効期間外です（最終日 {last}）。有効な証明書を使ってください。"
        )
    files = [ca for file in chain_files for ca in _certificates(file)]
    return make_signer(key, certificate, (*others, *files), ends=True)


def _may_sign_code(certificate: x509.Certificate) -> bool:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        return False
    return ExtendedKeyUsageOID.CODE_SIGNING in usage


def _chain(
    certificate: x509.Certificate, others: tuple[x509.Certificate, ...]
) -> tuple[x509.Certificate, ...]:
    chain: list[x509.Certificate] = []
    last = certificate
    while last.issuer != last.subject:
        issuer = next((ca for ca in others if ca not in chain and _issued(ca, last)), None)
        if issuer is None:
            raise SignerError(
                f"証明書の発行元「{last.issuer.rfc4514_string()}」が見つからず、ルートまで"
                "つながりません。--sign-chain で発行元の証明書を指定してください。"
            )
        chain.append(issuer)
        last = issuer
    return tuple(chain)


def _issued(ca: x509.Certificate, certificate: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(ca)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _certificates(path: Path) -> list[x509.Certificate]:
    data = _read(path)
    try:
        if b"-----BEGIN" in data:
            return x509.load_pem_x509_certificates(data)
        return [x509.load_der_x509_certificate(data)]
    except ValueError as error:
        raise SignerError(
            f"{path} は証明書ではありません。PEM か DER の証明書を指定してください。"
        ) from error


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SignerError(
            f"{path} を読めません（{error.strerror}）。場所と読み取りの許可を確かめてください。"
        ) from error


def _der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.DER)


def utc_now() -> datetime:
    """The time now, for the validity of certificates alone."""
    return datetime.now(UTC)
