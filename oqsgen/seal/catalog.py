"""Windows file catalogs (version 2): which files a bundle has, and their hashes.

Source: the output of New-FileCatalog -CatalogVersion 2.0; CatalogHelper.cs of PowerShell. Version 2 has
two members a file, one by SHA-256 and one by SHA-1.
"""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime

from oqsgen.seal import der
from oqsgen.seal.cms import (
    SHA256,
    SPC_INDIRECT_DATA,
    algorithm,
    attribute,
    signed_data,
    unsigned_data,
)
from oqsgen.seal.signer import Signer

CERT_TRUST_LIST = "1.3.6.1.4.1.311.10.1"
CATALOG_LIST = "1.3.6.1.4.1.311.12.1.1"
CATALOG_MEMBER_V2 = "1.3.6.1.4.1.311.12.1.3"
CATALOG_NAMEVALUE = "1.3.6.1.4.1.311.12.2.1"
CATALOG_MEMBERINFO_V2 = "1.3.6.1.4.1.311.12.2.3"
SPC_CAB_DATA = "1.3.6.1.4.1.311.2.1.25"

FLAT_FILE = b"\x82\x00"
FILE_PATH = "FilePath"
NAMEVALUE_FLAGS = 0x10010001
UTC_TIME = 0x17
BMP_STRING = 0x1E

ID_BYTES = 16


def catalog(
    files: Mapping[str, bytes],
    identifier: bytes,
    date: datetime,
    signer: Signer | None,
    program: str = "",
) -> bytes:
    """A catalog over ``files`` (path below the folder → bytes), signed where there is a signer.

    ``identifier`` is its name (see ``list_id``), ``date`` its date in UTC.
    Raises ValueError for an empty file and for two equal ones: Test-FileCatalog takes a file by its
    hash alone, and reads one path for it.
    """
    if b"" in files.values() or len(set(files.values())) != len(files):
        raise ValueError("a catalog cannot hold empty or equal files")
    members = sorted(member for path, data in files.items() for member in _members(path, data))
    content = der.sequence(
        der.sequence(der.oid(CATALOG_LIST)),
        der.octet_string(identifier),
        der.tlv(UTC_TIME, date.strftime("%y%m%d%H%M%SZ").encode()),
        algorithm(CATALOG_MEMBER_V2),
        der.sequence(*(encoded for _, encoded in members)),
    )
    if signer is None:
        return unsigned_data(CERT_TRUST_LIST, content)
    return signed_data(CERT_TRUST_LIST, content, signer, program)


def list_id(bundle_id: str) -> bytes:
    """What names the catalog of a bundle: Windows wants 16 bytes, the same for the same bundle."""
    return hashlib.sha256(bundle_id.encode()).digest()[:ID_BYTES]


def member_sha256(path: str, digest: bytes) -> bytes:
    """The member of the file at ``path`` by its SHA-256."""
    flat = der.sequence(der.oid(SPC_CAB_DATA), b"\xa2\x02\x80\x00")
    hashed = der.sequence(algorithm(SHA256), der.octet_string(digest))
    indirect = attribute(SPC_INDIRECT_DATA, der.sequence(flat, hashed))
    return der.sequence(
        der.octet_string(digest), der.set_of([_flat_file(), indirect, _file_path(path)])
    )


def member_sha1(path: str, digest: bytes) -> bytes:
    """The member of the same file by its SHA-1, which says its path once more."""
    return der.sequence(der.octet_string(digest), der.set_of([_flat_file(), _file_path(path)]))


def _members(path: str, data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Both members of a file: identifier, and the member itself."""
    sha256 = hashlib.sha256(data).digest()
    yield sha256, member_sha256(path, sha256)
    sha1 = hashlib.sha1(data, usedforsecurity=False).digest()
    yield sha1, member_sha1(path, sha1)


def _flat_file() -> bytes:
    return attribute(CATALOG_MEMBERINFO_V2, FLAT_FILE)


def _file_path(path: str) -> bytes:
    text = path.replace("/", "\\") + "\0"
    return attribute(
        CATALOG_NAMEVALUE,
        der.sequence(
            der.tlv(BMP_STRING, der.bmp_string(FILE_PATH)),
            der.integer(NAMEVALUE_FLAGS),
            der.octet_string(text.encode("utf-16-le")),
        ),
    )
