"""The files that a signed catalog names. Every member is exactly what ``catalog.py`` would write."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from oqsgen.limits import CATALOG_BYTES
from oqsgen.seal import der
from oqsgen.seal.catalog import (
    CATALOG_LIST,
    CATALOG_MEMBER_V2,
    CERT_TRUST_LIST,
    ID_BYTES,
    UTC_TIME,
    member_sha1,
    member_sha256,
)
from oqsgen.seal.cms import algorithm
from oqsgen.seal.der_reader import OCTET_STRING, SEQUENCE, SET, DerError, Value, only
from oqsgen.seal.verify.finding import SealError, too_large
from oqsgen.seal.verify.manifest_reader import is_short
from oqsgen.seal.verify.message import OID, SignedMessage, in_our_form, open_message

SHA256_BYTES = 32
SHA1_BYTES = 20


@dataclass(frozen=True)
class Catalog:
    """What a catalog says: its identifier, and the SHA-256 and SHA-1 of each file as bytes.

    Both have the same paths, with ``/``.
    """

    list_id: bytes
    sha256: dict[str, bytes]
    sha1: dict[str, bytes]


def open_catalog(encoded: bytes) -> tuple[SignedMessage, Catalog]:
    """The signed message that a catalog is, and what it names.

    Raises SealError: those of ``open_message``, CATALOG_BROKEN for another content, and CATALOG_FORM for
    the same content in another form, which Windows takes as well.
    """
    if len(encoded) > CATALOG_BYTES.value:
        raise too_large()
    message = open_message(encoded, CERT_TRUST_LIST)
    try:
        opened = _catalog(message.content)
    except DerError as error:
        raise SealError(
            "CATALOG_BROKEN",
            "oqsgen のカタログではありません。作った元からコピーし直してください。",
        ) from error
    if in_our_form(message, CERT_TRUST_LIST) != encoded:
        raise SealError(
            "CATALOG_FORM",
            "oqsgen が書く形ではありません。署名の外側が書き換えられています。"
            "作った元からコピーし直してください。",
        )
    return message, opened


def _catalog(content: Value) -> Catalog:
    usage, identifier, date, version, members = content.fields(
        SEQUENCE, OCTET_STRING, UTC_TIME, SEQUENCE, SEQUENCE
    )
    if usage.encoded != der.sequence(der.oid(CATALOG_LIST)):
        raise DerError("not a list for a catalog")
    if len(identifier.content) != ID_BYTES or version.encoded != algorithm(CATALOG_MEMBER_V2):
        raise DerError("not a catalog of version 2")
    if not re.fullmatch(rb"\d{12}Z", date.content):
        raise DerError("not a date")
    items = members.items(SEQUENCE)
    identifiers = [_identifier(item) for item in items]
    if any(earlier >= later for earlier, later in pairwise(identifiers)):
        raise DerError("members that are not in order")
    sha256 = _by_path(items, identifiers, SHA256_BYTES)
    sha1 = _by_path(items, identifiers, SHA1_BYTES)
    if sha256.keys() != sha1.keys() or len(sha256) + len(sha1) != len(items):
        raise DerError("not two members for each file")
    if len({path.casefold() for path in sha256}) != len(sha256):
        raise DerError("names that Windows cannot tell apart")
    return Catalog(identifier.content, sha256, sha1)


def _identifier(member: Value) -> bytes:
    return member.fields(OCTET_STRING, SET)[0].content


def _by_path(items: list[Value], identifiers: Iterable[bytes], size: int) -> dict[str, bytes]:
    """The members whose hash has ``size`` bytes."""
    write = member_sha256 if size == SHA256_BYTES else member_sha1
    hashes: dict[str, bytes] = {}
    for item, digest in zip(items, identifiers, strict=True):
        if len(digest) == size:
            path = _path(item)
            if path in hashes or write(path, digest) != item.encoded:
                raise DerError("a member that is not as oqsgen writes it")
            hashes[path] = digest
    return hashes


def _path(member: Value) -> str:
    """The path that a member says, as this tool writes paths."""
    attributes = member.fields(OCTET_STRING, SET)[1].members()
    # Only the name's value has this shape; the whole member is compared afterwards.
    for attribute in attributes:
        value = only(attribute.fields(OID, SET)[1].items(SET))
        parts = value.items(SEQUENCE) if value.tag == SEQUENCE else []
        if [part.tag for part in parts] == [0x1E, 0x02, OCTET_STRING]:
            return _safe(parts[2].content)
    raise DerError("a member without a path")


def _safe(content: bytes) -> str:
    try:
        text = content.decode("utf-16-le")
    except UnicodeDecodeError as error:
        raise DerError("a path that is not text") from error
    path = text.removesuffix("\0").replace("\\", "/")
    parts = path.split("/") if is_short(path) else [""]
    if any(part in ("", ".", "..") for part in parts) or re.search(r'[\x00-\x1f:*?"<>|]', path):
        raise DerError("a path that leads elsewhere")
    return path
