"""The signed messages of a bundle: its catalog, and the block of its script.

Whoever has no key changes bytes or values of them: nothing of that is ever fine. Whoever has the publisher's key
signs again what was changed, so that the signature hides nothing behind it: what is then called fine holds the
same files, of the same bundle, by the same signer.

Two things are let pass, and both are said here: an ECDSA signature has a twin (s, n - s) that anybody can compute,
and the key's holder may give his own message another date and another name of the program.
"""

import hashlib
import random
from collections.abc import Mapping
from contextlib import suppress
from functools import cache

from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)

from oqsgen.seal import cms, der
from oqsgen.seal.manifest import CATALOG, MANIFEST, SCRIPT, bundle_id
from oqsgen.seal.manifest import hashes as hashes_of
from oqsgen.seal.signer import Signer, make_signer
from oqsgen.seal.verify.catalog_reader import open_catalog
from oqsgen.seal.verify.finding import SealError
from oqsgen.seal.verify.script import open_script
from tests.certificates import Authority
from tests.fuzz.asn1 import Node, change, several_bytes, tree
from tests.fuzz.engine import Fuzzer, several
from tests.sealed import cataloged, claiming, message_in, report, signer, small, with_message

ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""Of the curve P-256 (FIPS 186-4, D.1.2.3)."""

INFO = (1, 0, 4, 0)
CONTENT = (1, 0, 2, 1, 0)


@cache
def elliptic() -> Signer:
    authority = Authority()
    root = authority.issue("試験 楕円 ルート", ca=True)
    leaf = authority.issue("試験 楕円", root, kind="p256")
    return make_signer(leaf.key, leaf.certificate, [root.certificate], ends=False)


def signers() -> list[Signer]:
    return [signer(), signer("試験 中間", between=True), elliptic()]


@cache
def made(number: int) -> Mapping[str, bytes]:
    """A small bundle by one of ``signers``, right in everything."""
    by = signers()[number]

    def of_its_own(manifest: dict[str, object]) -> None:
        identity = manifest["identity"]
        assert isinstance(identity, dict)
        identity["signer"] = by.fingerprint
        manifest["id"] = bundle_id(identity)

    files = claiming(by, of_its_own, of=small())
    assert report(files).fine
    return files


def case(rng: random.Random) -> str:
    number = rng.randrange(3)
    by, files = signers()[number], made(number)
    path = rng.choice([CATALOG, SCRIPT])
    encoded = files[CATALOG] if path == CATALOG else message_in(files[SCRIPT])
    how = rng.choice(["bytes", "values", "values", "signed again", "signed again", "twin"])
    changed = _changed(rng, encoded, how, by)
    if changed == encoded:
        return "same"
    if path == CATALOG:
        return _catalog(files, changed, how)
    return _script(files, changed, by)


def _changed(rng: random.Random, encoded: bytes, how: str, by: Signer) -> bytes:
    if how == "bytes":
        data = bytearray(encoded)
        for _ in several_bytes(rng):
            at = rng.randrange(len(data))
            data[at : at + rng.choice([0, 1, 1, 1])] = rng.randbytes(rng.choice([0, 1, 1]))
        return bytes(data)
    root = tree(encoded)
    if how == "twin":
        return _twin(root).encoded() if by.elliptic else encoded
    if how == "values":
        for _ in several(rng, 3):
            change(root, rng)
        return root.encoded()
    for _ in several(rng, 3):
        place = rng.choice([CONTENT, CONTENT, (*INFO, 3), (1, 0, 3), INFO, (1, 0)])
        with suppress(LookupError):
            change(root.at(*place), rng)
    with suppress(LookupError):
        _sign(root, by, in_order=rng.random() < 0.8)
    return root.encoded()


def _sign(root: Node, by: Signer, *, in_order: bool) -> None:
    """Right again: the digest of the content, and the signature over the attributes. Raises LookupError."""
    content, info = root.at(*CONTENT), root.at(*INFO)
    attributes = info.at(3)
    inner = content.inner if content.inner is not None else []
    digest = hashlib.sha256(
        b"".join(one.encoded() for one in inner) if content.inner is not None else content.content
    ).digest()
    for attribute in attributes.inner or []:
        with suppress(LookupError):
            if attribute.at(0).encoded() == der.oid(cms.MESSAGE_DIGEST):
                attribute.at(1, 0).replace(Node(0x04, digest))
    if in_order and attributes.inner:
        attributes.inner.sort(key=Node.encoded)
    signature = by.sign(b"\x31" + attributes.encoded()[1:])
    info.at(5).replace(Node(0x04, signature))


def _twin(root: Node) -> Node:
    signature = root.at(*INFO, 5)
    r, s = decode_dss_signature(signature.content or signature.at(0).encoded())
    signature.replace(Node(0x04, encode_dss_signature(r, ORDER - s)))
    return root


def _catalog(files: Mapping[str, bytes], changed: bytes, how: str) -> str:
    try:
        message, opened = open_catalog(changed)
    except SealError:
        return "refused"
    if not report({**files, CATALOG: changed}).fine:
        return "found"
    before, catalog = open_catalog(files[CATALOG])
    assert opened == catalog, "another catalog is fine"
    assert message.certificates == before.certificates and message.timestamp is None
    if how == "twin":
        return "twin"
    assert how == "signed again", "fine without the key"
    dates = [content.content.items(0x30) for content in (message, before)]
    assert [one.encoded for one in dates[0][:2] + dates[0][3:]] == [
        one.encoded for one in dates[1][:2] + dates[1][3:]
    ]
    return "date or program"


def _script(files: Mapping[str, bytes], changed: bytes, by: Signer) -> str:
    """The manifest and the catalog are made again for it, by the same key."""
    script = with_message(files[SCRIPT], changed)
    try:
        message, text = open_script(script)
    except SealError:
        return "refused"
    before, text_before = open_script(files[SCRIPT])
    assert text == text_before
    assert not report({**files, SCRIPT: script}).fine, "a changed script is fine"
    again = dict(files)
    again[SCRIPT] = script
    manifest = (
        again[MANIFEST]
        .decode()
        .replace(hashes_of({SCRIPT: files[SCRIPT]})[SCRIPT], hashes_of({SCRIPT: script})[SCRIPT])
    )
    again[MANIFEST] = manifest.encode()
    found = report(cataloged(again, report(files).id, by))
    if not found.fine:
        return "found"
    assert message.content.encoded == before.content.encoded
    assert message.certificate == before.certificate and message.timestamp is None
    assert set(message.certificates) == set(before.certificates)
    return "another program or twin"


MESSAGES = Fuzzer(
    "messages", 2500, case, frozenset({"refused", "found", "twin", "another program or twin"})
)
