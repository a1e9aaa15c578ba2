"""Who signed: the chain up to a root, what its certificates are for, and until when."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, ExtensionOID

from oqsgen.limits import NAME_CHARACTERS
from oqsgen.seal.certificate_files import UNREADABLE, issued, read_every_part
from oqsgen.seal.verify.finding import Finding, SealError
from oqsgen.text import cut, visible

CHAIN_HASHES = (hashes.SHA256, hashes.SHA384, hashes.SHA512)
MINIMUM_RSA_BITS = 2048
UNDERSTOOD = frozenset(
    {
        ExtensionOID.BASIC_CONSTRAINTS,
        ExtensionOID.KEY_USAGE,
        ExtensionOID.EXTENDED_KEY_USAGE,
        # Neither says anything about who may sign a script.
        ExtensionOID.SUBJECT_ALTERNATIVE_NAME,
        ExtensionOID.CERTIFICATE_POLICIES,
        ExtensionOID.CRL_DISTRIBUTION_POINTS,
    }
)
"""Extensions that may be critical. RFC 5280 4.2: whoever does not follow a critical one refuses its certificate."""

E = TypeVar("E", bound=x509.ExtensionType)


@dataclass(frozen=True)
class Chain:
    """The signer's certificate, then its issuer, and so on up to a self-signed root."""

    certificates: tuple[x509.Certificate, ...]

    @property
    def signer(self) -> x509.Certificate:
        return self.certificates[0]

    @property
    def ends(self) -> datetime:
        """When the first certificate of the chain ends."""
        return min(certificate.not_valid_after_utc for certificate in self.certificates)

    @property
    def begins(self) -> datetime:
        """When the last one of them begins."""
        return max(certificate.not_valid_before_utc for certificate in self.certificates)


def make_chain(signer: x509.Certificate, carried: Sequence[x509.Certificate]) -> Chain:
    """The chain from ``signer`` to a self-signed root.

    ``carried`` holds ``signer`` and every other certificate of the chain. Checks signatures, neither
    dates nor purposes. Raises SealError for a missing, extra or broken certificate.
    """
    try:
        chain = _chain(signer, carried)
        read_every_part(chain)
    except UNREADABLE as error:
        raise SealError(
            "CERTIFICATE_BROKEN", "証明書を読めません。作った元からコピーし直してください。"
        ) from error
    if set(carried) != set(chain):
        raise SealError(
            "CERTIFICATE_EXTRA",
            "署名した証明書と関係のない証明書が入っています。作った元からコピーし直してください。",
        )
    return Chain(chain)


def check_chain(chain: Chain, path: str, now: datetime) -> Iterator[Finding]:
    """What keeps this chain from signing scripts at ``now``."""
    signer = chain.signer
    if not _is_for_code(signer, needed=True):
        yield Finding(
            path,
            "NOT_FOR_CODE",
            "署名した証明書にコード署名の用途（1.3.6.1.5.5.7.3.3）がありません。"
            "コード署名用の証明書で作り直してください。",
        )
    for below, certificate in enumerate(chain.certificates):
        if not _may_be_here(certificate, below, is_root=below == len(chain.certificates) - 1):
            yield Finding(
                path,
                "CERTIFICATE_NOT_ALLOWED",
                f"証明書「{short_name(certificate)}」は、この署名に使ってよいものではありません"
                "（用途、鍵、署名の方式のどれか）。別の証明書で作り直してください。",
            )
    if not chain.begins <= now <= chain.ends:
        code, text = (
            ("NOT_YET_VALID", f"{chain.begins.date()} から有効です")
            if now < chain.begins
            else ("EXPIRED", f"{chain.ends.date()} で終わっています")
        )
        yield Finding(
            path,
            code,
            f"署名した証明書は有効期間外です（{text}）。この PC の日付が正しければ、"
            "有効な証明書で作り直してください。",
        )
    if isinstance(signer.public_key(), ec.EllipticCurvePublicKey):
        yield Finding(
            path,
            "ECDSA",
            "ECDSA の鍵で署名されています。Windows の設定によっては受け付けられません。",
            "notice",
        )


def name_of(certificate: x509.Certificate) -> str:
    """The subject's common name, or the whole subject where it has none."""
    names = certificate.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    return str(names[0].value) if names else certificate.subject.rfc4514_string()


def short_name(certificate: x509.Certificate) -> str:
    """The same inside a message: no name pushes the rest of it out of sight."""
    return cut(visible(name_of(certificate)), NAME_CHARACTERS.value)


def fingerprint_of(certificate: x509.Certificate) -> str:
    """SHA-256 of the certificate, as lower-case hexadecimal digits."""
    return certificate.fingerprint(hashes.SHA256()).hex()


def _chain(
    signer: x509.Certificate, carried: Sequence[x509.Certificate]
) -> tuple[x509.Certificate, ...]:
    chain = [signer]
    while chain[-1].issuer != chain[-1].subject:
        issuer = next((ca for ca in carried if ca not in chain and issued(ca, chain[-1])), None)
        if issuer is None:
            raise SealError(
                "CHAIN_INCOMPLETE",
                f"証明書「{short_name(chain[-1])}」の発行元が入っておらず、ルートまでつながりません。"
                "作った元からコピーし直してください。",
            )
        chain.append(issuer)
    if not issued(chain[-1], chain[-1]):
        raise SealError(
            "CHAIN_INCOMPLETE",
            f"ルート証明書「{short_name(chain[-1])}」が正しくありません。"
            "作った元からコピーし直してください。",
        )
    return tuple(chain)


def _may_be_here(certificate: x509.Certificate, below: int, *, is_root: bool) -> bool:
    """Whether a certificate with ``below`` others below it may be in the chain of a signature."""
    key = certificate.public_key()
    strong = isinstance(key, ec.EllipticCurvePublicKey) or (
        isinstance(key, rsa.RSAPublicKey) and key.key_size >= MINIMUM_RSA_BITS
    )
    # What signs a root is never asked: it is compared with a known one as a whole.
    signed = is_root or isinstance(certificate.signature_hash_algorithm, CHAIN_HASHES)
    understood = all(
        extension.oid in UNDERSTOOD for extension in certificate.extensions if extension.critical
    )
    usage = _extension(certificate, x509.KeyUsage)
    if below == 0:
        usable = usage is None or usage.digital_signature
    else:
        usable = (usage is None or usage.key_cert_sign) and _may_issue(certificate, below - 1)
        usable = usable and _is_for_code(certificate, needed=False)
    return strong and signed and usable and understood


def _may_issue(certificate: x509.Certificate, cas_below: int) -> bool:
    basic = _extension(certificate, x509.BasicConstraints)
    return (
        basic is not None
        and basic.ca
        and (basic.path_length is None or basic.path_length >= cas_below)
    )


def _is_for_code(certificate: x509.Certificate, *, needed: bool) -> bool:
    usage = _extension(certificate, x509.ExtendedKeyUsage)
    if usage is None:
        return not needed
    return ExtendedKeyUsageOID.CODE_SIGNING in usage or (
        not needed and ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE in usage
    )


def _extension(certificate: x509.Certificate, extension_type: type[E]) -> E | None:
    try:
        return certificate.extensions.get_extension_for_class(extension_type).value
    except x509.ExtensionNotFound:
        return None
