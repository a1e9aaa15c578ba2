"""Authenticode signatures of PowerShell scripts, reproducible byte for byte.

Source: Microsoft's Authenticode specification; the SIP of PowerShell scripts signs the text as UTF-16LE
with its byte order mark.
"""

import codecs
import hashlib
from base64 import b64encode

from oqsgen.seal import der
from oqsgen.seal.cms import SHA256, SPC_INDIRECT_DATA, algorithm, signed_data
from oqsgen.seal.signer import Signer

SPC_SIPINFO = "1.3.6.1.4.1.311.2.1.30"

POWERSHELL_SIP = bytes.fromhex("1fcc3b60594b084eb724d2c6297ef351")
"""{603BCC1F-4B59-4E08-B724-D2C6297EF351}, the SIP of PowerShell scripts, as a GUID in memory."""

BEGIN = "\r\n# SIG # Begin signature block\r\n"
END = "# SIG # End signature block\r\n"
LINE = 64
"""Characters of base64 in a line of the block."""

NOT_LINE_ENDS = bytes(set(range(256)) - set(b"\r\n"))


def sign_script(script: bytes, signer: Signer, program: str) -> bytes:
    """``script`` with a signature block; ``program`` is the name that Windows shows for it.

    ``script`` is UTF-8 with BOM and CRLF. Raises ValueError for any other bytes, and for a script
    that holds a signature block already.
    """
    text = script.decode("utf-8")
    if not script.startswith(codecs.BOM_UTF8) or not has_crlf_alone(script):
        raise ValueError("a script to be signed is UTF-8 with BOM and CRLF")
    if "# SIG # " in text:
        raise ValueError("the script holds a signature block already")
    digest = hashlib.sha256(text.encode("utf-16-le")).digest()
    block = b64encode(
        signed_data(SPC_INDIRECT_DATA, indirect_data(digest), signer, program)
    ).decode()
    lines = "".join(f"# {block[at : at + LINE]}\r\n" for at in range(0, len(block), LINE))
    return script + (BEGIN + lines + END).encode()


def has_crlf_alone(text: bytes) -> bool:
    """Whether every line of this UTF-8 text ends with CRLF, and none with CR or LF."""
    return 2 * text.count(b"\r\n") == len(text.translate(None, NOT_LINE_ENDS))


def indirect_data(digest: bytes) -> bytes:
    """What a script's signature is about: the SHA-256 of its text as UTF-16LE."""
    sip = der.sequence(
        der.integer(0x10000), der.octet_string(POWERSHELL_SIP), *[der.integer(0)] * 5
    )
    return der.sequence(
        der.sequence(der.oid(SPC_SIPINFO), sip),
        der.sequence(algorithm(SHA256), der.octet_string(digest)),
    )
