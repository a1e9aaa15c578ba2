"""Authenticode signatures of PowerShell scripts, reproducible byte for byte.

Sources: Microsoft's Authenticode specification; RFC 2315 and RFC 5652; the SIP of PowerShell scripts
signs the text as UTF-16LE with its byte order mark. No signingTime: the same input, the same bytes.
"""

import codecs
import hashlib
import re
import textwrap
from base64 import b64encode

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from oqsgen.seal import der
from oqsgen.seal.signer import Signer

SIGNED_DATA = "1.2.840.113549.1.7.2"
CONTENT_TYPE = "1.2.840.113549.1.9.3"
MESSAGE_DIGEST = "1.2.840.113549.1.9.4"
RSA_ENCRYPTION = "1.2.840.113549.1.1.1"
SHA256 = "2.16.840.1.101.3.4.2.1"
SPC_INDIRECT_DATA = "1.3.6.1.4.1.311.2.1.4"
SPC_STATEMENT_TYPE = "1.3.6.1.4.1.311.2.1.11"
SPC_SP_OPUS_INFO = "1.3.6.1.4.1.311.2.1.12"
SPC_INDIVIDUAL = "1.3.6.1.4.1.311.2.1.21"
SPC_SIPINFO = "1.3.6.1.4.1.311.2.1.30"

POWERSHELL_SIP = bytes.fromhex("1fcc3b60594b084eb724d2c6297ef351")
"""{603BCC1F-4B59-4E08-B724-D2C6297EF351}, the SIP of PowerShell scripts, as a GUID in memory."""

BEGIN = "\r\n# SIG # Begin signature block\r\n"
END = "# SIG # End signature block\r\n"


def sign_script(script: bytes, signer: Signer, program: str) -> bytes:
    """``script`` with a signature block; ``program`` is the name that Windows shows for it.

    ``script`` is UTF-8 with BOM and CRLF. Raises ValueError for any other bytes, and for a script
    that holds a signature block already.
    """
    text = script.decode("utf-8")
    if not script.startswith(codecs.BOM_UTF8) or re.search(r"[\r\n]", text.replace("\r\n", "")):
        raise ValueError("a script to be signed is UTF-8 with BOM and CRLF")
    if "# SIG # " in text:
        raise ValueError("the script holds a signature block already")
    digest = hashlib.sha256(text.encode("utf-16-le")).digest()
    block = b64encode(_signed_data(_indirect_data(digest), signer, program)).decode()
    lines = "".join(f"# {line}\r\n" for line in textwrap.wrap(block, 64))
    return script + (BEGIN + lines + END).encode()


def _indirect_data(digest: bytes) -> bytes:
    sip = der.sequence(
        der.integer(0x10000), der.octet_string(POWERSHELL_SIP), *[der.integer(0)] * 5
    )
    return der.sequence(
        der.sequence(der.oid(SPC_SIPINFO), sip),
        der.sequence(_algorithm(SHA256), der.octet_string(digest)),
    )


def _signed_data(content: bytes, signer: Signer, program: str) -> bytes:
    attributes = der.set_of(_signed_attributes(content, program))
    certificate = signer.certificate
    signer_info = der.sequence(
        der.integer(1),
        der.sequence(certificate.issuer.public_bytes(), der.integer(certificate.serial_number)),
        _algorithm(SHA256),
        # RFC 5652: signed as a SET, carried as [0].
        b"\xa0" + attributes[1:],
        _algorithm(RSA_ENCRYPTION),
        der.octet_string(signer.sign(attributes)),
    )
    certificates = sorted(_encoded(one) for one in (certificate, *signer.chain))
    signed = der.sequence(
        der.integer(1),
        der.set_of([_algorithm(SHA256)]),
        der.sequence(der.oid(SPC_INDIRECT_DATA), der.explicit(0, content)),
        der.explicit(0, b"".join(certificates)),
        der.set_of([signer_info]),
    )
    return der.sequence(der.oid(SIGNED_DATA), der.explicit(0, signed))


def _signed_attributes(content: bytes, program: str) -> list[bytes]:
    opus = der.sequence(der.explicit(0, der.tlv(0x80, der.bmp_string(program))))
    return [
        _attribute(CONTENT_TYPE, der.oid(SPC_INDIRECT_DATA)),
        _attribute(SPC_STATEMENT_TYPE, der.sequence(der.oid(SPC_INDIVIDUAL))),
        _attribute(MESSAGE_DIGEST, der.octet_string(hashlib.sha256(_contents(content)).digest())),
        _attribute(SPC_SP_OPUS_INFO, opus),
    ]


def _attribute(kind: str, value: bytes) -> bytes:
    return der.sequence(der.oid(kind), der.set_of([value]))


def _algorithm(dotted: str) -> bytes:
    return der.sequence(der.oid(dotted), der.NULL)


def _contents(encoded: bytes) -> bytes:
    """What stands behind tag and length."""
    length = encoded[1]
    return encoded[2 + (length & 0x7F if length & 0x80 else 0) :]


def _encoded(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.DER)
