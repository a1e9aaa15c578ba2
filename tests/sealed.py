"""Signed bundles and signed messages for tests of the verifier: good ones, and crafted bad ones."""

import hashlib
import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import PurePosixPath
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from oqsgen.bundle import (
    ANNEX,
    CATALOG_MADE,
    CHECKLIST,
    PROGRAM,
    TERMINAL_ANNEX,
    Bundle,
    make_bundle,
)
from oqsgen.seal import cms, der
from oqsgen.seal.authenticode import BEGIN, END, LINE, indirect_data, sign_script
from oqsgen.seal.catalog import catalog, list_id
from oqsgen.seal.cms import SPC_INDIRECT_DATA
from oqsgen.seal.manifest import CATALOG, MANIFEST, SCRIPT
from oqsgen.seal.manifest import hashes as hashes_of
from oqsgen.seal.signer import Signer, make_signer
from oqsgen.seal.verify.check import check
from oqsgen.seal.verify.listing import Listing
from oqsgen.seal.verify.report import Report
from oqsgen.seal.verify.trust import Trust
from tests.certificates import NOW, Authority, Issued
from tests.examples import example

TRUST = Trust(NOW)
Change = Callable[[dict[str, Any]], object]


@cache
def signer(name: str = "試験 発行者", *, between: bool = False) -> Signer:
    """A signer below a root of its own, with a CA between them where asked for."""
    authority = Authority()
    root = authority.issue(f"{name} ルート", ca=True)
    ca = authority.issue(f"{name} CA", root, ca=True) if between else root
    leaf = authority.issue(name, ca)
    assert isinstance(leaf.key, rsa.RSAPrivateKey)
    chain = [ca.certificate, root.certificate] if between else [root.certificate]
    return make_signer(leaf.key, leaf.certificate, chain, ends=False)


@cache
def bundle(
    facility: str = "東京内科", *, by: str = "試験 発行者", signed: bool = True, terminal: int = 0
) -> Bundle:
    """The typical clinic's bundle for one of its terminals."""
    profile = example("clinic")[terminal]
    renamed = profile.model_copy(
        update={"facility": profile.facility.model_copy(update={"name": facility})}
    )
    return make_bundle(renamed, signer(by) if signed else None)


def listing(files: Mapping[str, bytes], name: str = "1319999012_OQS-01") -> Listing:
    """The folder that holds these files and nothing else."""
    folders = {str(above) for path in files for above in PurePosixPath(path).parents}
    return Listing(name, files, {}, frozenset(folders - {"."}))


def report(files: Mapping[str, bytes], known: Trust = TRUST) -> Report:
    return check(listing(files), known)


def codes(found: Report) -> set[tuple[str, str]]:
    """File and code of every error."""
    return {(one.path, one.code) for one in found.findings if one.severity == "error"}


@cache
def small() -> Mapping[str, bytes]:
    """The typical clinic's bundle with a script that does nothing and papers that show nothing: quickly sealed.

    What makes it a bundle is the same; its signatures and hashes are those of the whole one.
    """
    files = dict(bundle().files)
    plan = json.dumps({**json.loads(_parts(files[SCRIPT])[1]), "steps": []})
    files[SCRIPT] = _joined("# begins", plan, "# ends\r\n")
    files |= {name: f"%PDF-1.7 {name}".encode() for name in (CHECKLIST, ANNEX, TERMINAL_ANNEX)}
    return files


def claiming(
    by: Signer,
    change: Change,
    change_plan: Change = lambda plan: None,
    of: Mapping[str, bytes] | None = None,
) -> dict[str, bytes]:
    """A bundle that ``by`` made right in everything but what ``change`` says in its manifest.

    Script, manifest and catalog say the manifest's id, whatever it is; ``change_plan`` comes last. ``of``
    are the files of another bundle to begin with.
    """
    files = {p: d for p, d in (of or bundle().files).items() if not p.startswith("publisher/")}
    files |= by.publisher_files()
    manifest = json.loads(files[MANIFEST])
    before = manifest["id"]
    change(manifest)
    manifest["signer"] = by.fingerprint
    siblings = {p: d for p, d in files.items() if p not in (SCRIPT, MANIFEST, CATALOG)}
    begins, plan_text, ends = _parts(files[SCRIPT])
    plan = json.loads(plan_text.replace(before, json.dumps(manifest["id"])[1:-1]))
    plan["bundle"]["publisher"] = by.fingerprint
    plan["siblings"] = hashes_of(siblings)
    change_plan(plan)
    files[SCRIPT] = sign_script(_joined(begins, json.dumps(plan), ends), by, PROGRAM)
    manifest["files"] = hashes_of({p: d for p, d in files.items() if p not in (MANIFEST, CATALOG)})
    files[MANIFEST] = (json.dumps(manifest, indent=2) + "\n").encode()
    return cataloged(files, manifest["id"], by)


def cataloged(files: Mapping[str, bytes], id: str, by: Signer) -> dict[str, bytes]:
    """``files`` with a catalog of them by ``by``, in the place of the one that they had."""
    others = {path: data for path, data in files.items() if path != CATALOG}
    return {**others, CATALOG: catalog(others, list_id(id), CATALOG_MADE, by, PROGRAM)}


def message_in(script: bytes) -> bytes:
    """The DER in a script's signature block."""
    block = script.partition(BEGIN.encode())[2].removesuffix(END.encode())
    return b64decode(block.replace(b"# ", b""))


def with_message(script: bytes, encoded: bytes) -> bytes:
    """``script`` with this DER in its signature block, which it may lack."""
    text = b64encode(encoded).decode()
    lines = "".join(f"# {text[at : at + LINE]}\r\n" for at in range(0, len(text), LINE))
    return script.partition(BEGIN.encode())[0] + (BEGIN + lines + END).encode()


def _parts(script: bytes) -> tuple[str, str, str]:
    """What stands ahead of the plan of a script, the plan, and what stands behind it up to the signature."""
    body = script.partition(BEGIN.encode())[0].decode("utf-8-sig")
    begins, plan_text = body.split("\r\n$plan = @'\r\n")
    plan_text, ends = plan_text.split("\r\n'@\r\n", 1)
    return begins, plan_text, ends


def _joined(begins: str, plan: str, ends: str) -> bytes:
    return f"\ufeff{begins}\r\n$plan = @'\r\n{plan}\r\n'@\r\n{ends}".encode()


class Message:
    """A signed message about the SHA-256 of a text, every part of which a test can replace.

    The parts are fixed when ``encoded`` is called, in the order in which they depend on each other.
    """

    def __init__(self, leaf: Issued, *others: Issued) -> None:
        self.leaf = leaf
        self.content = indirect_data(bytes(32))
        self.content_type = SPC_INDIRECT_DATA
        self.version = der.integer(1)
        self.digests = [cms.algorithm(cms.SHA256)]
        self.certificates = [leaf.der, *(other.der for other in others)]
        self.info_version = der.integer(1)
        self.identity = der.sequence(
            leaf.certificate.issuer.public_bytes(), der.integer(leaf.certificate.serial_number)
        )
        self.digest = cms.algorithm(cms.SHA256)
        digest = hashlib.sha256(der_content(self.content)).digest()
        self.attributes = {
            cms.CONTENT_TYPE: der.oid(self.content_type),
            cms.MESSAGE_DIGEST: der.octet_string(digest),
            cms.SPC_SP_OPUS_INFO: der.sequence(),
        }
        self.algorithm = cms.algorithm(cms.RSA_ENCRYPTION)
        self.signature: bytes | None = None
        self.unsigned: list[bytes] = []
        self.infos = 1
        self.behind = b""
        self.sort = True

    def encoded(self) -> bytes:
        parts = [cms.attribute(kind, value) for kind, value in self.attributes.items()]
        attributes = der.set_of(parts) if self.sort else der.tlv(0x31, b"".join(parts))
        unsigned = [der.tlv(0xA1, b"".join(self.unsigned))] if self.unsigned else []
        info = der.sequence(
            self.info_version,
            self.identity,
            self.digest,
            b"\xa0" + attributes[1:],
            self.algorithm,
            der.octet_string(self.signature or self._sign(attributes)),
            *unsigned,
        )
        signed = der.sequence(
            self.version,
            der.set_of(self.digests),
            der.sequence(der.oid(self.content_type), der.explicit(0, self.content)),
            der.explicit(0, b"".join(sorted(self.certificates))),
            der.set_of([info] * self.infos),
            self.behind,
        )
        return der.sequence(der.oid(cms.SIGNED_DATA), der.explicit(0, signed))

    def _sign(self, data: bytes) -> bytes:
        key = self.leaf.key
        if isinstance(key, ec.EllipticCurvePrivateKey):
            return key.sign(data, ec.ECDSA(hashes.SHA256()))
        return key.sign(data, padding.PKCS1v15(), hashes.SHA256())


def der_content(encoded: bytes) -> bytes:
    length = encoded[1]
    return encoded[2 + (length & 0x7F if length & 0x80 else 0) :]
