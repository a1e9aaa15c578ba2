"""Who signs: a certificate, its chain up to a root, and a way to sign bytes."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID

from oqsgen.files import read_regular, reason
from oqsgen.limits import CERTIFICATE_BYTES, KEY_BYTES, PFX_SECONDS, Limit
from oqsgen.seal.certificate_files import (
    UNREADABLE,
    issued,
    read_every_part,
    read_pem_or_der,
)
from oqsgen.seal.pfx import open_pfx

RSA_BITS = range(2048, 4097)
"""RSA key sizes that Windows' script signatures are known to work with."""


PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


class SignerError(Exception):
    """A key or certificate that cannot sign; the text is Japanese and says what to do."""


class TimestampError(SignerError):
    """A timestamp that could not be had, or that is not for what was asked."""


_OF_WINDOWS = {x509.NameOID.STATE_OR_PROVINCE_NAME: "S", x509.NameOID.EMAIL_ADDRESS: "E"}
"""What Windows calls parts of a subject otherwise than RFC 4514 does."""


def as_windows_shows(name: x509.Name) -> str:
    """The last part first, in quotes where a sign would separate."""
    parts = [part for rdn in reversed(name.rdns) for part in rdn]
    titles = [_OF_WINDOWS.get(part.oid, part.rfc4514_attribute_name) for part in parts]
    values = [_quoted(str(part.value)) for part in parts]
    return ", ".join(f"{title}={value}" for title, value in zip(titles, values, strict=True))


def _quoted(value: str) -> str:
    plain = value == value.strip() and not set(value) & set(',+="\n<>#;')
    return value if plain else '"' + value.replace('"', '""') + '"'


@dataclass(frozen=True)
class Signer:
    """A code-signing certificate with the means to sign.

    ``chain`` runs from the certificate's issuer to the root and is empty for a self-signed one.
    ``sign`` takes bytes and returns their signature over SHA-256: RSASSA-PKCS1-v1_5, or ECDSA as DER
    where the signer is ``elliptic``; it may be called from several threads. ``ends`` is the last day
    of a signature that will end, None for the own publisher and where there is a timestamp.
    ``timestamp`` takes a signature and returns its RFC 3161 token. Both raise SignerError.
    """

    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]
    sign: Callable[[bytes], bytes]
    ends: date | None
    timestamp: Callable[[bytes], bytes] | None = None

    @property
    def name(self) -> str:
        """The subject's common name, or the whole subject where it has none."""
        names = self.certificate.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
        return str(names[0].value) if names else self.certificate.subject.rfc4514_string()

    @property
    def subject(self) -> str:
        """Its whole subject, as Windows shows it."""
        return as_windows_shows(self.certificate.subject)

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate, as lower-case hexadecimal digits."""
        return self.certificate.fingerprint(hashes.SHA256()).hex()

    @property
    def elliptic(self) -> bool:
        """Whether it signs with ECDSA: other bytes at each signature, and not for every Windows."""
        return isinstance(self.certificate.public_key(), ec.EllipticCurvePublicKey)

    def with_timestamp(self, timestamp: Callable[[bytes], bytes]) -> "Signer":
        """The same signer, whose signatures last beyond its certificate."""
        return replace(self, timestamp=timestamp, ends=None)

    def publisher_files(self) -> dict[str, bytes]:
        """Path in the bundle → DER: the certificate, its root, and any CA between them."""
        files = {"publisher/publisher.cer": _der(self.certificate)}
        for number, ca in enumerate(self.chain[:-1], start=1):
            files[f"publisher/ca-{number}.cer"] = _der(ca)
        if self.chain:
            files["publisher/root.cer"] = _der(self.chain[-1])
        return files


def make_signer(
    key: PrivateKey,
    certificate: x509.Certificate,
    others: Iterable[x509.Certificate],
    *,
    ends: bool,
) -> Signer:
    """A signer from a key, its certificate and the CA certificates at hand.

    Raises SignerError where these cannot sign scripts.
    """
    if key.public_key() != certificate.public_key():
        raise SignerError("秘密鍵と証明書が対になっていません。正しい PFX を指定してください。")
    return make_signer_with(_signing_with(key), certificate, others, ends=ends)


def make_signer_with(
    sign: Callable[[bytes], bytes],
    certificate: x509.Certificate,
    others: Iterable[x509.Certificate],
    *,
    ends: bool,
) -> Signer:
    """The same where the key is elsewhere: ``sign`` is what ``Signer.sign`` says."""
    _check_key(certificate)
    _check_usage(certificate)
    chain = _chain(certificate, tuple(others))
    last = min(each.not_valid_after_utc for each in (certificate, *chain)).date()
    return Signer(certificate, chain, sign, ends=last if ends else None)


def _signing_with(key: PrivateKey) -> Callable[[bytes], bytes]:
    if isinstance(key, rsa.RSAPrivateKey):
        return lambda data: key.sign(data, padding.PKCS1v15(), hashes.SHA256())
    return lambda data: key.sign(data, ec.ECDSA(hashes.SHA256()))


def _check_key(certificate: x509.Certificate) -> None:
    try:
        key = certificate.public_key()
    except (ValueError, UnsupportedAlgorithm):
        key = None
    if isinstance(key, rsa.RSAPublicKey):
        if key.key_size not in RSA_BITS:
            raise SignerError(
                f"署名鍵は RSA {key.key_size} ビットです。2048～4096 ビットの鍵を使ってください。"
            )
    elif isinstance(key, ec.EllipticCurvePublicKey):
        if not isinstance(key.curve, ec.SECP256R1):
            raise SignerError(
                f"署名鍵は楕円曲線 {key.curve.name} です。RSA 2048～4096 ビットか、P-256 の鍵を"
                "使ってください。"
            )
    else:
        raise SignerError(
            "署名鍵は RSA でも ECDSA でもありません。RSA のコード署名証明書を使ってください。"
        )


def from_pfx(
    path: Path, password: bytes | None, chain_files: Sequence[Path], now: datetime
) -> Signer:
    """The signer in a PFX file (PKCS#12); ``chain_files`` add CAs that it lacks.

    Raises SignerError for a file that cannot be read or opened, or that cannot sign at ``now``.
    """
    key, certificate, others = read_pfx(path, password)
    files = [ca for file in chain_files for ca in read_certificates(file)]
    signer = make_signer(key, certificate, (*others, *files), ends=True)
    check_validity(signer, now)
    return signer


def read_pfx(
    path: Path, password: bytes | None
) -> tuple[PrivateKey, x509.Certificate, list[x509.Certificate]]:
    """Key, its certificate and the other certificates of a PFX file. Raises SignerError."""
    try:
        data = read_file(path, KEY_BYTES)
        key, certificate, others = open_pfx(data, password, PFX_SECONDS.value)
        read_every_part(each for each in (certificate, *others) if each)
    except TimeoutError as error:
        raise SignerError(
            f"{path} は {PFX_SECONDS.value} 秒では開けません。パスワードを計算する回数が多すぎるファイルです。"
            "信用できる所から受け取ったものかどうかを確かめ、書き出し直してください。"
        ) from error
    except OSError as error:
        raise SignerError(f"{path} を開くプロセスを始められません（{reason(error)}）。") from error
    except UNREADABLE as error:
        raise SignerError(
            f"{path} を開けません。PFX ファイルであることと、パスワードが正しいことを"
            "確かめてください。"
        ) from error
    if key is None or certificate is None:
        raise SignerError(
            f"{path} に秘密鍵と証明書の組がありません。鍵を含めて書き出してください。"
        )
    if not isinstance(key, PrivateKey):
        raise SignerError(
            f"{path} の鍵は RSA でも ECDSA でもありません。RSA のコード署名証明書を使ってください。"
        )
    return key, certificate, others


def check_validity(signer: Signer, now: datetime) -> None:
    """Raise SignerError where the certificate, or a CA above it, is not valid at ``now``."""
    for certificate in (signer.certificate, *signer.chain):
        subject = certificate.subject.rfc4514_string()
        if now > certificate.not_valid_after_utc:
            raise SignerError(
                f"証明書「{subject}」の有効期間は {certificate.not_valid_after_utc.date()} に終わりました。"
                "有効な証明書を使ってください。"
            )
        if now < certificate.not_valid_before_utc:
            raise SignerError(
                f"証明書「{subject}」の有効期間は {certificate.not_valid_before_utc.date()} からです。"
                "この PC の日付を確かめるか、有効な証明書を使ってください。"
            )


def _check_usage(certificate: x509.Certificate) -> None:
    if not _may_sign_code(certificate):
        raise SignerError(
            "この証明書にはコード署名の用途（拡張キー使用法 1.3.6.1.5.5.7.3.3）がありません。"
            "コード署名用の証明書を使ってください。"
        )
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return
    if not usage.digital_signature:
        raise SignerError(
            "この証明書のキー使用法にデジタル署名がありません。コード署名用の証明書を使ってください。"
        )


def _may_sign_code(certificate: x509.Certificate) -> bool:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except (x509.ExtensionNotFound, ValueError):
        return False
    return ExtendedKeyUsageOID.CODE_SIGNING in usage


def _chain(
    certificate: x509.Certificate, others: tuple[x509.Certificate, ...]
) -> tuple[x509.Certificate, ...]:
    chain: list[x509.Certificate] = []
    last = certificate
    while last.issuer != last.subject:
        issuer = next((ca for ca in others if ca not in chain and issued(ca, last)), None)
        if issuer is None:
            raise SignerError(
                f"証明書の発行元「{last.issuer.rfc4514_string()}」が見つからず、ルートまで"
                "つながりません。--sign-chain で発行元の証明書を指定してください。"
            )
        chain.append(issuer)
        last = issuer
    return tuple(chain)


def read_certificates(path: Path) -> list[x509.Certificate]:
    """The certificates in a PEM or DER file. Raises SignerError."""
    data = read_file(path, CERTIFICATE_BYTES)
    try:
        return read_pem_or_der(data)
    except UNREADABLE as error:
        raise SignerError(
            f"{path} は証明書ではありません。PEM か DER の証明書を指定してください。"
        ) from error


def read_file(path: Path, limit: Limit) -> bytes:
    """The bytes of a regular file, of at most ``limit``. Raises SignerError."""
    try:
        return read_regular(path, limit)
    except OSError as error:
        raise SignerError(
            f"{path} を読めません（{reason(error)}）。場所と読み取りの許可を確かめてください。"
        ) from error


def _der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.DER)


def utc_now() -> datetime:
    """The time now, for the validity of certificates alone."""
    return datetime.now(UTC)
