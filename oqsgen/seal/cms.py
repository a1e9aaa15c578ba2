"""Signed messages as Authenticode has them: PKCS#7 SignedData around a content of Microsoft's.

Sources: Microsoft's Authenticode specification; RFC 2315 and RFC 5652. No signingTime: the same input,
the same bytes, unless ECDSA or a timestamp is asked for.
"""

import hashlib
from collections.abc import Iterable

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from oqsgen.seal import der
from oqsgen.seal.signer import Signer

SIGNED_DATA = "1.2.840.113549.1.7.2"
CONTENT_TYPE = "1.2.840.113549.1.9.3"
MESSAGE_DIGEST = "1.2.840.113549.1.9.4"
RSA_ENCRYPTION = "1.2.840.113549.1.1.1"
ECDSA_WITH_SHA256 = "1.2.840.10045.4.3.2"
SHA256 = "2.16.840.1.101.3.4.2.1"
SPC_STATEMENT_TYPE = "1.3.6.1.4.1.311.2.1.11"
SPC_SP_OPUS_INFO = "1.3.6.1.4.1.311.2.1.12"
SPC_INDIVIDUAL = "1.3.6.1.4.1.311.2.1.21"
SPC_INDIRECT_DATA = "1.3.6.1.4.1.311.2.1.4"
SPC_RFC3161 = "1.3.6.1.4.1.311.3.3.1"


def signed_data(content_type: str, content: bytes, signer: Signer, program: str) -> bytes:
    """A ContentInfo with ``content`` (one DER value) signed; ``program`` is the name that Windows shows."""
    signature = signer.sign(_signed_attributes(content_type, content, program))
    token = signer.timestamp(signature) if signer.timestamp else None
    return message(
        content_type, content, program, signer.certificate, signer.chain, signature, token
    )


def message(
    content_type: str,
    content: bytes,
    program: str,
    certificate: x509.Certificate,
    chain: Iterable[x509.Certificate],
    signature: bytes,
    token: bytes | None,
) -> bytes:
    """The ContentInfo that holds ``signature``: the one form in which this tool writes it.

    ``certificate`` is the signer's, ``chain`` the others of its chain; ``token`` is a time stamp of RFC 3161.
    """
    attributes = _signed_attributes(content_type, content, program)
    elliptic = isinstance(certificate.public_key(), ec.EllipticCurvePublicKey)
    signer_info = der.sequence(
        der.integer(1),
        der.sequence(certificate.issuer.public_bytes(), der.integer(certificate.serial_number)),
        algorithm(SHA256),
        # RFC 5652: signed as a SET, carried as [0].
        b"\xa0" + attributes[1:],
        # RFC 5758: ECDSA without parameters.
        der.sequence(der.oid(ECDSA_WITH_SHA256)) if elliptic else algorithm(RSA_ENCRYPTION),
        der.octet_string(signature),
        *([der.explicit(1, attribute(SPC_RFC3161, token))] if token is not None else []),
    )
    certificates = sorted(_encoded(each) for each in (certificate, *chain))
    signed = der.sequence(
        der.integer(1),
        der.set_of([algorithm(SHA256)]),
        der.sequence(der.oid(content_type), der.explicit(0, content)),
        der.explicit(0, b"".join(certificates)),
        der.set_of([signer_info]),
    )
    return der.sequence(der.oid(SIGNED_DATA), der.explicit(0, signed))


def unsigned_data(content_type: str, content: bytes) -> bytes:
    """The same without a signer."""
    bare = der.sequence(
        der.integer(1),
        der.set_of([]),
        der.sequence(der.oid(content_type), der.explicit(0, content)),
        der.set_of([]),
    )
    return der.sequence(der.oid(SIGNED_DATA), der.explicit(0, bare))


def attribute(attribute_type: str, value: bytes) -> bytes:
    """An attribute with one value."""
    return der.sequence(der.oid(attribute_type), der.set_of([value]))


def algorithm(dotted: str) -> bytes:
    """An AlgorithmIdentifier with NULL parameters."""
    return der.sequence(der.oid(dotted), der.NULL)


def _signed_attributes(content_type: str, content: bytes, program: str) -> bytes:
    """What is signed: the SET of the attributes."""
    opus = der.sequence(der.explicit(0, der.tlv(0x80, der.bmp_string(program))))
    return der.set_of(
        [
            attribute(CONTENT_TYPE, der.oid(content_type)),
            attribute(SPC_STATEMENT_TYPE, der.sequence(der.oid(SPC_INDIVIDUAL))),
            attribute(
                MESSAGE_DIGEST, der.octet_string(hashlib.sha256(_contents(content)).digest())
            ),
            attribute(SPC_SP_OPUS_INFO, opus),
        ]
    )


def _contents(encoded: bytes) -> bytes:
    """What stands behind tag and length."""
    length = encoded[1]
    return encoded[2 + (length & 0x7F if length & 0x80 else 0) :]


def _encoded(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.DER)
