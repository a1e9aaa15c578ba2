"""Opening a signed message of Authenticode (PKCS#7 SignedData), and nothing looser.

Exactly one signer; its signature is over attributes that hold the digest of the content; no
attribute, certificate or algorithm that has no business there. Sources: Microsoft's Authenticode
specification; RFC 2315 and RFC 5652.
"""

import hashlib
from dataclasses import dataclass

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from oqsgen.limits import MESSAGE_CERTIFICATES
from oqsgen.seal import cms, der
from oqsgen.seal.certificate_files import UNREADABLE, read_der
from oqsgen.seal.der_reader import (
    OCTET_STRING,
    SEQUENCE,
    SET,
    DerError,
    Value,
    only,
    read_one,
)
from oqsgen.seal.signer import RSA_BITS
from oqsgen.seal.verify.finding import SealError

CONTEXT_0 = 0xA0
CONTEXT_1 = 0xA1
OID = 0x06
INTEGER = 0x02

SIGNING_TIME = "1.2.840.113549.1.9.5"
"""Said by the signer alone, so nothing follows from it; other tools write it."""
SPC_COMMERCIAL = "1.3.6.1.4.1.311.2.1.22"
EC_PUBLIC_KEY = "1.2.840.10045.2.1"

NEEDED = (cms.CONTENT_TYPE, cms.MESSAGE_DIGEST, cms.SPC_SP_OPUS_INFO)
ALLOWED = (*NEEDED, cms.SPC_STATEMENT_TYPE, SIGNING_TIME)


@dataclass(frozen=True)
class SignedMessage:
    """A message whose signature is right; nothing is said yet about who signed it.

    ``certificates`` are all that it carries, ``timestamp`` the token of a time stamp as it is
    and ``signature`` what that token is about. ``program`` is the name that Windows shows, if any.
    """

    content: Value
    program: str
    certificate: x509.Certificate
    certificates: tuple[x509.Certificate, ...]
    signature: bytes
    timestamp: bytes | None


def open_message(encoded: bytes, content_type: str) -> SignedMessage:
    """The message in ``encoded``, whose content has to be of ``content_type``.

    Raises SealError: UNSIGNED without a signer, SIGNATURE_WRONG where the signature does not fit,
    SIGNATURE_BROKEN for anything that is not such a message.
    """
    try:
        return _open(encoded, content_type)
    except DerError as error:
        raise _broken() from error


def in_our_form(message: SignedMessage, content_type: str) -> bytes:
    """The bytes that this tool writes for what ``message`` holds; Windows and openssl take others as well."""
    chain = [each for each in message.certificates if each != message.certificate]
    return cms.message(
        content_type,
        message.content.encoded,
        message.program,
        message.certificate,
        chain,
        message.signature,
        message.timestamp,
    )


def _open(encoded: bytes, content_type: str) -> SignedMessage:
    message_type, explicit = read_one(encoded).fields(OID, CONTEXT_0)
    _expect(message_type, der.oid(cms.SIGNED_DATA))
    signed = explicit.only(CONTEXT_0)
    fields = signed.items(SEQUENCE)
    if [field.tag for field in fields] == [INTEGER, SET, SEQUENCE, SET] and not fields[3].content:
        raise SealError("UNSIGNED", "署名がありません。署名した一式を使ってください。")
    version, digests, content_info, carried, infos = signed.fields(
        INTEGER, SET, SEQUENCE, CONTEXT_0, SET
    )
    _expect(version, der.integer(1))
    digest = only(digests.members())
    _sha256(digest)
    inner_type, explicit = content_info.fields(OID, CONTEXT_0)
    _expect(inner_type, der.oid(content_type))
    content = explicit.only(CONTEXT_0).expect(SEQUENCE)
    certificates = _certificates(carried)
    info = only(infos.members())
    return _signer_info(info, inner_type, content, certificates)


def _signer_info(
    info: Value, content_type: Value, content: Value, certificates: tuple[x509.Certificate, ...]
) -> SignedMessage:
    fields = info.items(SEQUENCE)
    tags = [INTEGER, SEQUENCE, SEQUENCE, CONTEXT_0, SEQUENCE, OCTET_STRING]
    if [field.tag for field in fields] not in (tags, [*tags, CONTEXT_1]):
        raise DerError("another signer info than expected")
    version, identity, digest, attributes, algorithm, signature = fields[:6]
    _expect(version, der.integer(1))
    _sha256(digest)
    certificate = _named_by(identity, certificates)

    # RFC 5652: signed as a SET, carried as [0].
    signed = b"\x31" + attributes.encoded[1:]
    values = _attributes(read_one(signed))
    if not set(map(der.oid, NEEDED)) <= set(values) <= set(map(der.oid, ALLOWED)):
        raise DerError("other attributes than expected")
    _expect(values[der.oid(cms.CONTENT_TYPE)], content_type.encoded)
    _statement(values.get(der.oid(cms.SPC_STATEMENT_TYPE)))
    program = _program(values[der.oid(cms.SPC_SP_OPUS_INFO)])
    is_right = der.octet_string(hashlib.sha256(content.content).digest())
    if values[der.oid(cms.MESSAGE_DIGEST)].encoded != is_right:
        raise _wrong()
    _check_signature(certificate, algorithm, signature.content, signed)
    return SignedMessage(
        content, program, certificate, certificates, signature.content, _timestamp(fields[6:])
    )


def _check_signature(
    certificate: x509.Certificate, algorithm: Value, signature: bytes, signed: bytes
) -> None:
    algorithm_id, *parameters = _at_least_one(algorithm.items(SEQUENCE))
    try:
        key = certificate.public_key()
    except UNREADABLE as error:
        raise _broken() from error
    try:
        if isinstance(key, rsa.RSAPublicKey):
            _expect(algorithm_id, der.oid(cms.RSA_ENCRYPTION))
            _no_parameters(parameters)
            if key.key_size not in RSA_BITS:
                raise SealError(
                    "KEY_NOT_ALLOWED",
                    f"RSA {key.key_size} ビットの鍵で署名されています。2048～4096 ビットの鍵で"
                    "作り直してください。",
                )
            key.verify(signature, signed, padding.PKCS1v15(), hashes.SHA256())
        elif isinstance(key, ec.EllipticCurvePublicKey):
            if algorithm_id.encoded not in (der.oid(EC_PUBLIC_KEY), der.oid(cms.ECDSA_WITH_SHA256)):
                raise DerError("another signature algorithm than that of the key")
            if not isinstance(key.curve, ec.SECP256R1 | ec.SECP384R1 | ec.SECP521R1):
                raise _key_not_allowed()
            key.verify(signature, signed, ec.ECDSA(hashes.SHA256()))
        else:
            raise _key_not_allowed()
    except InvalidSignature as error:
        raise _wrong() from error


def _certificates(carried: Value) -> tuple[x509.Certificate, ...]:
    values = carried.items(CONTEXT_0)
    if not 0 < len(values) <= MESSAGE_CERTIFICATES.value:
        raise DerError("no certificates, or too many")
    if len({value.encoded for value in values}) != len(values):
        raise DerError("a certificate twice")
    try:
        return tuple(read_der(value.expect(SEQUENCE).encoded) for value in values)
    except UNREADABLE as error:
        raise _broken() from error


def _named_by(identity: Value, certificates: tuple[x509.Certificate, ...]) -> x509.Certificate:
    """The certificate with this issuer and serial number."""
    issuer, serial = identity.fields(SEQUENCE, INTEGER)
    try:
        matches = [
            certificate
            for certificate in certificates
            if certificate.issuer.public_bytes() == issuer.encoded
            and der.integer(certificate.serial_number) == serial.encoded
        ]
    except UNREADABLE as error:
        raise _broken() from error
    return only(matches)


def _attributes(attributes: Value) -> dict[bytes, Value]:
    """Name (encoded) → its one value."""
    by_name: dict[bytes, Value] = {}
    for attribute in attributes.members():
        name, values = attribute.fields(OID, SET)
        if name.encoded in by_name:
            raise DerError("an attribute twice")
        by_name[name.encoded] = values.only(SET)
    return by_name


def _statement(value: Value | None) -> None:
    if value is not None:
        purpose = value.only(SEQUENCE).encoded
        if purpose not in (der.oid(cms.SPC_INDIVIDUAL), der.oid(SPC_COMMERCIAL)):
            raise DerError("a statement that is none")


def _program(opus: Value) -> str:
    """The name that Windows shows, as [0]; a link may follow, as [1]: both may be left out."""
    items = opus.items(SEQUENCE)
    if [item.tag for item in items] not in ([], [CONTEXT_0], [CONTEXT_1], [CONTEXT_0, CONTEXT_1]):
        raise DerError("another name than expected")
    if not items or items[0].tag != CONTEXT_0:
        return ""
    return only(items[0].items(CONTEXT_0)).content.decode("utf-16-be", "replace")


def _timestamp(unsigned: list[Value]) -> bytes | None:
    """The token among the attributes that are not signed; nothing else may be there."""
    if not unsigned:
        return None
    values = _attributes(read_one(b"\x31" + unsigned[0].encoded[1:]))
    if list(values) != [der.oid(cms.SPC_RFC3161)]:
        raise DerError("unsigned attributes other than a time stamp")
    return values[der.oid(cms.SPC_RFC3161)].expect(SEQUENCE).encoded


def _sha256(algorithm: Value) -> None:
    algorithm_id, *parameters = algorithm.items(SEQUENCE) or [algorithm]
    _expect(algorithm_id, der.oid(cms.SHA256))
    _no_parameters(parameters)


def _at_least_one(values: list[Value]) -> list[Value]:
    if not values:
        raise DerError("nothing where an algorithm should be named")
    return values


def _no_parameters(parameters: list[Value]) -> None:
    if [value.encoded for value in parameters] not in ([], [der.NULL]):
        raise DerError("parameters of an algorithm that has none")


def _expect(value: Value, encoded: bytes) -> None:
    if value.encoded != encoded:
        raise DerError("another value than expected")


def _broken() -> SealError:
    return SealError(
        "SIGNATURE_BROKEN",
        "署名の形が正しくありません。壊れているか、書き換えられています。"
        "作った元からコピーし直してください。",
    )


def _wrong() -> SealError:
    return SealError(
        "SIGNATURE_WRONG",
        "署名が中身と合いません。書き換えられています。作った元からコピーし直してください。",
    )


def _key_not_allowed() -> SealError:
    return SealError(
        "KEY_NOT_ALLOWED", "扱えない種類の鍵で署名されています。RSA の鍵で作り直してください。"
    )
