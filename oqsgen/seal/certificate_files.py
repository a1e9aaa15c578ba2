"""Reading certificates of somebody else's, and what that can raise."""

import warnings
from collections.abc import Callable, Iterable

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.utils import CryptographyDeprecationWarning

from oqsgen.seal.der_reader import SEQUENCE, SET, read_one

UNREADABLE = (
    ValueError,
    TypeError,
    OverflowError,
    UnsupportedAlgorithm,
    x509.InvalidVersion,
    x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
)
"""What a certificate's parts raise when they are not what they should be."""

NAME_VALUES = {0x03, 0x0C, 0x12, 0x13, 0x14, 0x16, 0x1C, 0x1E}
"""Tags of what a name may hold: the strings of X.520, and BIT STRING (uniqueIdentifier)."""


def read_der(encoded: bytes) -> x509.Certificate:
    """One certificate. Raises one of UNREADABLE."""
    return _checked(lambda: [x509.load_der_x509_certificate(encoded)])[0]


def read_pem_or_der(data: bytes) -> list[x509.Certificate]:
    """The certificates of a file, each readable in every part. Raises one of UNREADABLE."""
    if b"-----BEGIN" in data:
        certificates = _checked(lambda: x509.load_pem_x509_certificates(data))
    else:
        certificates = [read_der(data)]
    read_every_part(certificates)
    return certificates


def read_every_part(certificates: Iterable[x509.Certificate]) -> None:
    """Read what is asked of certificates later, once, here. Raises one of UNREADABLE."""
    for certificate in certificates:
        _ = (certificate.subject.rfc4514_string(), certificate.issuer.rfc4514_string())
        _ = (certificate.not_valid_before_utc, certificate.not_valid_after_utc)
        _ = (certificate.extensions, certificate.public_key(), certificate.signature_hash_algorithm)


def issued(ca: x509.Certificate, certificate: x509.Certificate) -> bool:
    """Whether ``certificate`` was signed by ``ca``, as its issuer."""
    try:
        certificate.verify_directly_issued_by(ca)
    except (*UNREADABLE, InvalidSignature):
        return False
    return True


def _checked(read: Callable[[], list[x509.Certificate]]) -> list[x509.Certificate]:
    """Nothing that RFC 5280 forbids and cryptography only warns of, in English and on the screen."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CryptographyDeprecationWarning)
        certificates = read()
        if any(certificate.serial_number <= 0 for certificate in certificates):
            raise ValueError("a serial number that is not positive")
        for certificate in certificates:
            # The byte before the signature counts unused bits; one more than none changes nothing else.
            if certificate.public_bytes(Encoding.DER)[-len(certificate.signature) - 1]:
                raise ValueError("a signature that is no whole bytes")
            _check_name(certificate.subject)
            _check_name(certificate.issuer)
    return certificates


def _check_name(name: x509.Name) -> None:
    """cryptography takes any value in a name, a date for one; others cannot read such a certificate."""
    for part in read_one(name.public_bytes()).items(SEQUENCE):
        for attribute in part.items(SET):
            if attribute.items(SEQUENCE)[1].tag not in NAME_VALUES:
                raise ValueError("a name with something else than a string")
