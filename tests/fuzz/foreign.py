"""Certificates, PFX files and time stamps that somebody else made: changed inside, and signed again.

Each of them is refused in its own words, or used; what ``verify`` calls fine, openssl calls a right chain too.
"""

import hashlib
import random
import shutil
import subprocess
import tempfile
from base64 import encodebytes
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, cast
from unittest.mock import patch

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID

from oqsgen.seal import cms, der, pfx, signer
from oqsgen.seal.certificate_files import UNREADABLE, read_der
from oqsgen.seal.manifest import bundle_id
from oqsgen.seal.publisher import import_pfx, kept_publisher, new_publisher
from oqsgen.seal.signer import Signer, SignerError, from_pfx, read_certificates
from oqsgen.seal.timestamp import _BadAnswerError, checked_token, read_stamp
from oqsgen.seal.verify.check import check
from oqsgen.seal.verify.message import SignedMessage
from oqsgen.seal.verify.stamp import judged_at
from oqsgen.seal.verify.trust import Trust, certificates_in
from tests.certificates import NOW, Authority, Issued, Key
from tests.fuzz.asn1 import Node, change, tree
from tests.fuzz.engine import Fuzzer, several
from tests.sealed import TRUST, claiming, listing, small

FOLDER = tempfile.TemporaryDirectory(prefix="oqsgen-fuzz-")
OPENSSL = shutil.which("openssl")
NAMES = ["試験 葉", "試験 中", "試験 根"]
"""Signer, the CA above it, and the root."""


@cache
def issued(number: int) -> Issued:
    """One of NAMES with all that such certificates hold."""
    authority = Authority()
    above = issued(number + 1) if number < 2 else None
    usage = x509.KeyUsage(
        *(number == 0, False, False, False, False, number > 0, number > 0, False, False)
    )
    return authority.issue(NAMES[number], above, ca=number > 0, key_usage=usage)


class Raw:
    """A certificate of any bytes, for whoever only signs with it."""

    def __init__(self, root: Node, key: Key) -> None:
        self.data = root.encoded()
        self._key = key
        self.issuer, self.subject = _Name(root, 3), _Name(root, 5)
        self.serial_number = 1
        with suppress(LookupError):
            self.serial_number = int.from_bytes(root.at(0, 1).content, "big", signed=True)

    def public_bytes(self, _encoding: object) -> bytes:
        return self.data

    def public_key(self) -> Any:
        return self._key.public_key()

    def fingerprint(self, _algorithm: object) -> bytes:
        return hashlib.sha256(self.data).digest()


class _Name:
    def __init__(self, root: Node, field: int) -> None:
        try:
            self._encoded = root.at(0, field).encoded()
        except LookupError:
            self._encoded = der.sequence()

    def public_bytes(self) -> bytes:
        return self._encoded


def signing(key: Key, data: bytes) -> bytes:
    if isinstance(key, ec.EllipticCurvePrivateKey):
        return key.sign(data, ec.ECDSA(hashes.SHA256()))
    return key.sign(data, padding.PKCS1v15(), hashes.SHA256())


def changed_chain(rng: random.Random) -> list[Raw]:
    """Signer, CA and root, with something changed in some of them, and each signed again by the one above."""
    roots = [tree(issued(number).der) for number in range(3)]
    keys = [issued(number).key for number in range(3)]
    for _ in several(rng, 3):
        root = rng.choice(roots)
        with suppress(LookupError):
            # Where most of what decides stands.
            extensions = rng.choice([root.at(0), root.at(0, 7), root.at(0, 7, 0)])
            change(extensions, rng)
    if rng.random() < 0.7:
        _link(roots)
    for number, root in enumerate(roots):
        key = keys[min(number + 1, 2)]
        with suppress(LookupError):
            root.at(2).replace(Node(0x03, b"\x00" + signing(key, root.at(0).encoded())))
    return [Raw(root, key) for root, key in zip(roots, keys, strict=True)]


def _link(roots: list[Node]) -> None:
    """Each names the one above it, whatever that is called now."""
    for number, root in enumerate(roots):
        with suppress(LookupError, ValueError):
            subject = roots[min(number + 1, 2)].at(0, 5)
            root.at(0, 3).replace(tree(subject.encoded()))


# --- who signed


def signer_case(rng: random.Random) -> str:
    leaf, *cas = changed_chain(rng)
    by = Signer(
        cast("x509.Certificate", leaf),
        cast("tuple[x509.Certificate, ...]", tuple(cas)),
        lambda data: signing(issued(0).key, data),
        None,
    )

    def of_its_own(manifest: dict[str, Any]) -> None:
        manifest["identity"]["signer"] = by.fingerprint
        manifest["id"] = bundle_id(manifest["identity"])

    files = claiming(by, of_its_own, of=small())
    trust = Trust(NOW, trust=TRUST.trust | frozenset(_readable(cas[-1:])))
    found = check(listing(files), trust)
    found.as_json()
    if not found.fine:
        return next((one.code for one in found.findings if one.path == "terminal.ps1"), "found")
    return _as_openssl_says([leaf, *cas])


def _readable(raws: list[Raw]) -> list[x509.Certificate]:
    with suppress(*UNREADABLE):
        return [read_der(one.data) for one in raws]
    return []


def _as_openssl_says(chain: list[Raw]) -> str:
    if OPENSSL is None:
        return "fine"
    files = [Path(FOLDER.name) / f"{name}.pem" for name in ("leaf", "ca", "root")]
    for file, one in zip(files, chain, strict=True):
        file.write_bytes(_pem(one.data))
    leaf, ca, root = map(str, files)
    command = [OPENSSL, "verify", "-attime", str(int(NOW.timestamp())), "-CAfile", root]
    answer = subprocess.run([*command, "-untrusted", ca, leaf], capture_output=True, text=True)
    assert answer.returncode == 0, f"fine here, and not by openssl: {answer.stderr}"
    return "fine"


def _pem(data: bytes) -> bytes:
    return b"-----BEGIN CERTIFICATE-----\n" + encodebytes(data) + b"-----END CERTIFICATE-----\n"


# --- files that a person names


def _open_here(data: bytes, password: bytes | None, _: float) -> pfx.Contents:
    """Without a process for each of hundreds of cases; whatever ends that one is an error of the file."""
    try:
        return pfx.contents(pfx.answer(data, password))
    except Exception:
        raise ValueError from None


@patch.object(signer, "open_pfx", _open_here)
def file_case(rng: random.Random) -> str:
    folder = Path(FOLDER.name)
    kind = rng.choice(["PFX", "PFX", "chain", "own"])
    if kind == "chain":
        return _chain_file(rng, folder)
    if kind == "own":
        return _own_copy(rng, folder)
    root = tree(_pfx())
    if rng.random() < 0.6:
        _put_in(root, changed_chain(rng))
    else:
        for _ in several(rng, 3):
            change(root, rng)
    file = folder / "some.pfx"
    file.write_bytes(root.encoded())
    try:
        signer = from_pfx(file, None, [], NOW)
    except SignerError:
        return "PFX refused"
    return _signs(signer, "PFX")


def _signs(signer: Signer, what: str) -> str:
    key = signer.certificate.public_key()
    signature = signer.sign(b"text")
    if isinstance(key, rsa.RSAPublicKey):
        key.verify(signature, b"text", padding.PKCS1v15(), hashes.SHA256())
    else:
        assert isinstance(key, ec.EllipticCurvePublicKey)
        key.verify(signature, b"text", ec.ECDSA(hashes.SHA256()))
    _ = (signer.name, signer.fingerprint, signer.publisher_files())
    return f"{what} used"


@cache
def _pfx() -> bytes:
    """Signer and chain in clear, without the check by which a change would be told at once."""
    data = pkcs12.serialize_key_and_certificates(
        b"test",
        issued(0).key,
        issued(0).certificate,
        [issued(1).certificate, issued(2).certificate],
        serialization.NoEncryption(),
    )
    return _without_mac(data)


def _without_mac(data: bytes) -> bytes:
    root = tree(data)
    assert root.inner
    root.inner = root.inner[:2]
    return root.encoded()


def _put_in(root: Node, chain: list[Raw]) -> None:
    """These certificates in the place of those of NAMES."""
    before = {issued(number).der: chain[number].data for number in range(3)}
    for _, node in list(root.all()):
        if node.tag == 0x04 and node.inner and (data := before.get(node.inner[0].encoded())):
            node.inner, node.before, node.content = None, b"", data


def _chain_file(rng: random.Random, folder: Path) -> str:
    """What ``--sign-chain``, ``--trust`` and ``--timestamp-ca`` read."""
    _, *cas = changed_chain(rng)
    file, alone = folder / "chain.pem", folder / "alone.pfx"
    data = b"".join(_pem(one.data) for one in cas)
    if rng.random() < 0.3:
        data = rng.choice(cas).data
    elif rng.random() < 0.3:
        at = rng.randrange(len(data))
        data = data[:at] + rng.choice([b"-", b"\n", b"\x00", b"=", b"\xff"]) + data[at + 1 :]
    file.write_bytes(data)
    if not alone.exists():
        alone.write_bytes(_alone())
    with suppress(ValueError):
        certificates_in(file)
    with suppress(SignerError):
        read_certificates(file)
    try:
        return _signs(from_pfx(alone, None, [file], NOW), "chain")
    except SignerError:
        return "chain refused"


@cache
def _alone() -> bytes:
    return pkcs12.serialize_key_and_certificates(
        b"test", issued(0).key, issued(0).certificate, None, serialization.NoEncryption()
    )


@cache
def _kept() -> tuple[Path, bytes]:
    """A publisher of its own, and a copy of it in clear."""
    folder = Path(FOLDER.name) / "publisher"
    signer = new_publisher(folder, NOW)
    key = serialization.load_pem_private_key((folder / "publisher.key").read_bytes(), None)
    assert isinstance(key, rsa.RSAPrivateKey)
    data = pkcs12.serialize_key_and_certificates(
        b"test", key, signer.certificate, [*signer.chain], serialization.NoEncryption()
    )
    return folder, _without_mac(data)


def _own_copy(rng: random.Random, folder: Path) -> str:
    """``keys import``: only what ``keys export`` wrote."""
    _, data = _kept()
    root = tree(data)
    for _ in several(rng, 3):
        change(root, rng)
    file, target = folder / "own.pfx", folder / "imported"
    file.write_bytes(root.encoded())
    shutil.rmtree(target, ignore_errors=True)
    try:
        signer, _ = import_pfx(target, file, b"", NOW)
    except SignerError:
        return "copy refused"
    kept = kept_publisher(target)
    assert kept and kept.fingerprint == signer.fingerprint
    return _signs(signer, "copy")


# --- time stamps


@cache
def _server() -> Issued:
    return Authority().issue(
        "試験 時刻",
        issued(2),
        usages=(ExtendedKeyUsageOID.TIME_STAMPING,),
        critical=True,
    )


SIGNATURE, NONCE = b"a signature", 0x1234567890


@cache
def _answer() -> bytes:
    """A right TimeStampResp about SIGNATURE (RFC 3161 2.4.2)."""
    info = der.sequence(
        der.integer(1),
        der.oid("1.2.3.4.1"),
        der.sequence(
            cms.algorithm(cms.SHA256), der.octet_string(hashlib.sha256(SIGNATURE).digest())
        ),
        der.integer(7),
        der.tlv(0x18, b"20260331120000Z"),
        der.sequence(der.integer(1)),
        der.integer(NONCE),
    )
    server = _server()
    attributes = der.set_of(
        [
            cms.attribute(cms.CONTENT_TYPE, der.oid("1.2.840.113549.1.9.16.1.4")),
            cms.attribute(cms.MESSAGE_DIGEST, der.octet_string(hashlib.sha256(info).digest())),
        ]
    )
    signer_info = der.sequence(
        der.integer(1),
        der.sequence(
            server.certificate.issuer.public_bytes(), der.integer(server.certificate.serial_number)
        ),
        cms.algorithm(cms.SHA256),
        b"\xa0" + attributes[1:],
        cms.algorithm(cms.RSA_ENCRYPTION),
        der.octet_string(signing(server.key, attributes)),
    )
    signed = der.sequence(
        der.integer(3),
        der.set_of([cms.algorithm(cms.SHA256)]),
        der.sequence(der.oid("1.2.840.113549.1.9.16.1.4"), der.explicit(0, der.octet_string(info))),
        der.explicit(0, server.der + issued(2).der),
        der.set_of([signer_info]),
    )
    token = der.sequence(der.oid(cms.SIGNED_DATA), der.explicit(0, signed))
    assert read_stamp(token, SIGNATURE).certificate == server.certificate
    return der.sequence(der.sequence(der.integer(0)), token)


def _stamped_again(root: Node, key: Key) -> None:
    """Digest and signature of a changed token made right again. Raises LookupError."""
    signed = root.at(1, 1, 0)
    octets, info = signed.at(2, 1, 0), signed.at(4, 0)
    content = octets.inner[0].encoded() if octets.inner else octets.content
    for attribute in info.at(3).inner or []:
        with suppress(LookupError):
            if attribute.at(0).encoded() == der.oid(cms.MESSAGE_DIGEST):
                attribute.at(1, 0).replace(Node(0x04, hashlib.sha256(content).digest()))
    info.at(5).replace(Node(0x04, signing(key, b"\x31" + info.at(3).encoded()[1:])))


def stamp_case(rng: random.Random) -> str:
    root = tree(_answer())
    place = rng.choice([(), (1, 1, 0, 2), (1, 1, 0, 3), (1, 1, 0, 4, 0), (1, 1, 0, 2, 1, 0, 0)])
    for _ in several(rng, 3):
        with suppress(LookupError):
            change(root.at(*place), rng)
    if rng.random() < 0.4:
        with suppress(LookupError):
            # The server's certificate, signed by its root again.
            certificate = root.at(1, 1, 0, 3, 0)
            change(certificate.at(0), rng)
            text = certificate.at(0).encoded()
            certificate.at(2).replace(Node(0x03, b"\x00" + signing(issued(2).key, text)))
    with suppress(LookupError):
        _stamped_again(root, _server().key)
    answer = root.encoded()
    imprint = hashlib.sha256(SIGNATURE).digest()
    taken = False
    try:
        token = checked_token(answer, imprint, NONCE)
        assert token in answer and imprint in token
        assert der.integer(NONCE) in token
        taken = True
    except _BadAnswerError:
        pass
    try:
        token = root.at(1).encoded()
    except LookupError:
        return "no token"
    try:
        stamp = read_stamp(token, SIGNATURE)
        assert imprint in token and stamp.at.tzinfo
    except ValueError:
        assert not taken, "a build takes what verify refuses"
    message = SignedMessage(cast("Any", None), "", issued(0).certificate, (), SIGNATURE, token)
    for roots in (frozenset[x509.Certificate](), frozenset({issued(2).certificate})):
        when, findings = judged_at(message, "bundle.cat", NOW, roots)
        assert findings
        if when != NOW:
            assert roots and when < NOW
    codes = {one.code for one in findings}
    return f"{'taken' if taken else 'refused'} {' '.join(sorted(codes))}"


SIGNERS = Fuzzer(
    "signers",
    800,
    signer_case,
    frozenset({"fine", "CERTIFICATE_NOT_ALLOWED", "CHAIN_INCOMPLETE", "NOT_FOR_CODE"}),
)
FILES = Fuzzer(
    "files",
    250,
    file_case,
    frozenset(
        {"PFX used", "PFX refused", "chain used", "chain refused", "copy used", "copy refused"}
    ),
)
STAMPS = Fuzzer(
    "stamps", 2000, stamp_case, frozenset({"taken TIMESTAMP", "refused TIMESTAMP_WRONG"})
)
