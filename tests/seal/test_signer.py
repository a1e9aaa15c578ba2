"""Who may sign: PFX files, good and bad, and the chains that they need."""

import hashlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID

from oqsgen.limits import PFX_SECONDS
from oqsgen.seal import der
from oqsgen.seal.signer import Signer, SignerError, from_pfx, make_signer, read_certificates
from tests.certificates import NOW, Authority, Issued

PASSWORD = Authority.PASSWORD


@pytest.fixture(scope="module")
def root(authority: Authority) -> Issued:
    return authority.issue("ルート", ca=True, usages=None)


@pytest.fixture(scope="module")
def between(authority: Authority, root: Issued) -> Issued:
    return authority.issue("中間 CA", root, ca=True, usages=None)


def opened(folder: Path, data: bytes, *chain: bytes, password: bytes | None = PASSWORD) -> Signer:
    """The signer in the PFX ``data``, with ``chain`` given as certificate files."""
    (folder / "vendor.pfx").write_bytes(data)
    files = []
    for number, certificate in enumerate(chain):
        files.append(folder / f"ca-{number}.cer")
        files[-1].write_bytes(certificate)
    return from_pfx(folder / "vendor.pfx", password, files, NOW)


def refused(folder: Path, data: bytes, *chain: bytes, password: bytes | None = PASSWORD) -> str:
    """Why the PFX is refused: a Japanese sentence that says what to do, and no secret."""
    with pytest.raises(SignerError) as caught:
        opened(folder, data, *chain, password=password)
    message = str(caught.value)
    assert message.endswith("。")
    assert "てください。" in message
    error: BaseException | None = caught.value
    while error:
        for secret in (PASSWORD.decode(), "wrong horse", "BEGIN", "PRIVATE"):
            assert secret not in repr(error)
        error = error.__cause__ or error.__context__
    return message


@pytest.mark.parametrize("kind", ["rsa2048", "rsa3072"])
def test_a_pfx_with_its_chain_signs(
    kind: str, authority: Authority, root: Issued, between: Issued, tmp_path: Path
) -> None:
    leaf = authority.issue(f"発行者 {kind}", between, kind=kind)
    signer = opened(tmp_path, authority.pfx(leaf, (root, between)))
    assert signer.name == f"発行者 {kind}"
    assert signer.fingerprint == leaf.certificate.fingerprint(hashes.SHA256()).hex()
    assert signer.chain == (between.certificate, root.certificate)
    assert signer.ends == (NOW + timedelta(days=365)).date()
    public = leaf.certificate.public_key()
    assert isinstance(public, rsa.RSAPublicKey)
    public.verify(signer.sign(b"data"), b"data", padding.PKCS1v15(), hashes.SHA256())
    assert signer.publisher_files() == {
        "publisher/publisher.cer": leaf.der,
        "publisher/ca-1.cer": between.der,
        "publisher/root.cer": root.der,
    }


def test_a_pfx_without_a_password_signs(authority: Authority, tmp_path: Path) -> None:
    leaf = authority.issue("自己署名")
    data = pkcs12.serialize_key_and_certificates(
        None, leaf.key, leaf.certificate, None, serialization.NoEncryption()
    )
    assert opened(tmp_path, data, password=None).certificate == leaf.certificate
    assert opened(tmp_path, data, password=b"").certificate == leaf.certificate


def test_a_self_signed_certificate_is_its_own_root(authority: Authority, tmp_path: Path) -> None:
    leaf = authority.issue("自己署名")
    signer = opened(tmp_path, authority.pfx(leaf))
    assert signer.chain == ()
    assert signer.publisher_files() == {"publisher/publisher.cer": leaf.der}


@pytest.mark.parametrize("password", [b"wrong horse", b"", None])
def test_a_wrong_password_is_refused(
    password: bytes | None, authority: Authority, tmp_path: Path
) -> None:
    message = refused(tmp_path, authority.pfx(authority.issue("自己署名")), password=password)
    assert "パスワード" in message
    assert "wrong horse" not in message


@pytest.mark.parametrize("data", [b"", b"hello", b"\x30\x80", b"-----BEGIN CERTIFICATE-----"])
def test_a_file_that_is_no_pfx_is_refused(data: bytes, tmp_path: Path) -> None:
    assert "vendor.pfx" in refused(tmp_path, data)


def test_a_pfx_without_a_key_is_refused(authority: Authority, root: Issued, tmp_path: Path) -> None:
    data = pkcs12.serialize_key_and_certificates(
        None,
        None,
        None,
        [root.certificate],
        serialization.BestAvailableEncryption(PASSWORD),
    )
    assert "秘密鍵" in refused(tmp_path, data)


def test_an_elliptic_curve_key_signs(
    authority: Authority, root: Issued, between: Issued, tmp_path: Path
) -> None:
    leaf = authority.issue("楕円", between, kind="p256")
    signer = opened(tmp_path, authority.pfx(leaf, (root, between)))
    assert signer.elliptic
    public = leaf.certificate.public_key()
    assert isinstance(public, ec.EllipticCurvePublicKey)
    public.verify(signer.sign(b"data"), b"data", ec.ECDSA(hashes.SHA256()))


def test_another_curve_is_refused(authority: Authority, tmp_path: Path) -> None:
    message = refused(tmp_path, authority.pfx(authority.issue("楕円 384", kind="p384")))
    assert "secp384r1" in message


def test_a_key_of_another_kind_is_refused(authority: Authority, tmp_path: Path) -> None:
    key = ed25519.Ed25519PrivateKey.generate()
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Ed")])
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), 1)
        .not_valid_before(NOW)
        .not_valid_after(NOW)
        .sign(key, None)
    )
    data = pkcs12.serialize_key_and_certificates(
        None, key, certificate, None, serialization.BestAvailableEncryption(PASSWORD)
    )
    assert "RSA" in refused(tmp_path, data)


def test_a_short_key_is_refused(authority: Authority, tmp_path: Path) -> None:
    assert "1024" in refused(tmp_path, authority.pfx(authority.issue("短い", kind="rsa1024")))


@pytest.mark.parametrize("usages", [None, (ExtendedKeyUsageOID.SERVER_AUTH,)])
def test_a_certificate_for_another_use_is_refused(
    usages: tuple[object, ...] | None, authority: Authority, tmp_path: Path
) -> None:
    leaf = authority.issue("サーバー", usages=usages)  # type: ignore[arg-type]
    assert "コード署名" in refused(tmp_path, authority.pfx(leaf))


def test_a_certificate_that_may_not_sign_is_refused(authority: Authority, tmp_path: Path) -> None:
    usage = x509.KeyUsage(False, False, True, False, False, False, False, False, False)
    leaf = authority.issue("暗号化", key_usage=usage)
    assert "デジタル署名" in refused(tmp_path, authority.pfx(leaf))


def test_an_expired_certificate_is_refused(authority: Authority, tmp_path: Path) -> None:
    leaf = authority.issue("期限切れ", days=(-10, -1))
    message = refused(tmp_path, authority.pfx(leaf))
    assert "2026-03-31 に終わりました" in message
    assert "期限切れ" in message


def test_a_certificate_that_is_not_valid_yet_is_refused(
    authority: Authority, tmp_path: Path
) -> None:
    leaf = authority.issue("未来", days=(1, 10))
    assert "2026-04-02 からです" in refused(tmp_path, authority.pfx(leaf))


def test_a_signature_ends_with_the_first_certificate_of_its_chain(
    authority: Authority, tmp_path: Path
) -> None:
    root = authority.issue("短いルート", ca=True, days=(-10, 20))
    leaf = authority.pfx(authority.issue("発行者", root), (root,))
    assert opened(tmp_path, leaf).ends == datetime(2026, 4, 21, tzinfo=UTC).date()
    ended = authority.issue("終わったルート", ca=True, days=(-10, -1))
    leaf = authority.pfx(authority.issue("発行者", ended), (ended,))
    assert "終わったルート" in refused(tmp_path, leaf)


def test_with_a_timestamp_a_signature_does_not_end(authority: Authority, tmp_path: Path) -> None:
    signer = opened(tmp_path, authority.pfx(authority.issue("自己署名")))
    assert signer.ends and signer.timestamp is None
    stamped = signer.with_timestamp(lambda signature: b"token")
    assert stamped.ends is None
    assert stamped.timestamp and stamped.timestamp(b"") == b"token"
    assert stamped.fingerprint == signer.fingerprint


def test_missing_cas_come_from_the_chain_files(
    authority: Authority, root: Issued, between: Issued, tmp_path: Path
) -> None:
    leaf = authority.issue("発行者", between)
    signer = opened(tmp_path, authority.pfx(leaf), root.der, between.der)
    assert signer.chain == (between.certificate, root.certificate)


def test_one_pem_file_may_hold_the_whole_chain(
    authority: Authority, root: Issued, between: Issued, tmp_path: Path
) -> None:
    pem = serialization.Encoding.PEM
    both = root.certificate.public_bytes(pem) + between.certificate.public_bytes(pem)
    signer = opened(tmp_path, authority.pfx(authority.issue("発行者", between)), both)
    assert signer.chain == (between.certificate, root.certificate)


def test_a_chain_that_does_not_end_in_a_root_is_refused(
    authority: Authority, between: Issued, tmp_path: Path
) -> None:
    leaf = authority.issue("発行者", between)
    assert "--sign-chain" in refused(tmp_path, authority.pfx(leaf))
    assert "--sign-chain" in refused(tmp_path, authority.pfx(leaf), between.der)


def test_a_ca_of_the_same_name_with_another_key_is_not_the_issuer(
    authority: Authority, between: Issued, tmp_path: Path
) -> None:
    other_root = authority.issue("ルート", ca=True, usages=None, kind="rsa3072")
    leaf = authority.issue("発行者", between)
    assert "--sign-chain" in refused(tmp_path, authority.pfx(leaf), between.der, other_root.der)


def test_cas_that_name_each_other_are_no_chain(authority: Authority, tmp_path: Path) -> None:
    one, other = (authority.issue(name, ca=True, usages=None) for name in ("甲", "乙"))
    one_by_other = authority.issue("甲", other, ca=True, usages=None)
    other_by_one = authority.issue("乙", one, ca=True, usages=None)
    leaf = authority.issue("発行者", one)
    assert "--sign-chain" in refused(
        tmp_path, authority.pfx(leaf), one_by_other.der, other_by_one.der
    )


def test_a_chain_file_that_is_no_certificate_is_refused(
    authority: Authority, between: Issued, tmp_path: Path
) -> None:
    leaf = authority.pfx(authority.issue("発行者", between))
    assert "ca-0.cer" in refused(tmp_path, leaf, b"hello")
    assert "ca-0.cer" in refused(tmp_path, leaf, b"-----BEGIN nothing-----")


def test_a_missing_file_is_refused(authority: Authority, between: Issued, tmp_path: Path) -> None:
    with pytest.raises(SignerError, match="読めません"):
        from_pfx(tmp_path / "none.pfx", PASSWORD, (), NOW)
    with pytest.raises(SignerError, match="読めません"):
        from_pfx(tmp_path, PASSWORD, (), NOW)
    (tmp_path / "vendor.pfx").write_bytes(authority.pfx(authority.issue("発行者", between)))
    with pytest.raises(SignerError, match=r"none\.cer"):
        from_pfx(tmp_path / "vendor.pfx", PASSWORD, [tmp_path / "none.cer"], NOW)


def test_a_key_and_a_certificate_that_do_not_belong_together_are_refused(
    authority: Authority,
) -> None:
    one, other = authority.issue("甲"), authority.issue("乙")
    assert isinstance(one.key, rsa.RSAPrivateKey)
    with pytest.raises(SignerError, match="対"):
        make_signer(one.key, other.certificate, (), ends=False)


# --- files that would hold a build up

DATA, ENCRYPTED = "1.2.840.113549.1.7.1", "1.2.840.113549.1.7.6"
SHROUDED_KEY = "1.2.840.113549.1.12.10.1.2"
PBES2, PBKDF2, AES_256_CBC = (
    "1.2.840.113549.1.5.13",
    "1.2.840.113549.1.5.12",
    "2.16.840.1.101.3.4.1.42",
)
HMAC_SHA256 = "1.2.840.113549.2.9"
SALT, IV = bytes(8), bytes(16)
FOR_HOURS = 2**31 - 1


def hashed(rounds: int) -> bytes:
    """The way to encrypt with a password that is hashed so often (RFC 8018 A.4)."""
    often = der.sequence(
        der.octet_string(SALT), der.integer(rounds), der.sequence(der.oid(HMAC_SHA256), der.NULL)
    )
    key = der.sequence(der.oid(PBKDF2), often)
    cipher = der.sequence(der.oid(AES_256_CBC), der.octet_string(IV))
    return der.sequence(der.oid(PBES2), der.sequence(key, cipher))


def pfx_of(parts: bytes, check: bytes = b"") -> bytes:
    """A PFX file (RFC 7292 4)."""
    whole = der.explicit(0, der.octet_string(der.sequence(parts)))
    return der.sequence(der.integer(3), der.sequence(der.oid(DATA), whole), check)


def a_key(rounds: int) -> bytes:
    """What is in a part: a key, encrypted with a password that is hashed so often."""
    bag = der.sequence(hashed(rounds), der.octet_string(bytes(32)))
    return der.sequence(der.sequence(der.oid(SHROUDED_KEY), der.explicit(0, bag)))


def in_clear(content: bytes) -> bytes:
    return der.sequence(der.oid(DATA), der.explicit(0, der.octet_string(content)))


def encrypted(content: bytes, rounds: int = 1) -> bytes:
    """A part encrypted with PASSWORD."""
    key = hashlib.pbkdf2_hmac("sha256", PASSWORD, SALT, rounds, 32)
    pad = PKCS7(128).padder()
    cipher = Cipher(algorithms.AES(key), modes.CBC(IV)).encryptor()
    secret = cipher.update(pad.update(content) + pad.finalize()) + cipher.finalize()
    inner = der.sequence(der.oid(DATA), hashed(rounds), der.tlv(0x80, secret))
    return der.sequence(der.oid(ENCRYPTED), der.explicit(0, der.sequence(der.integer(0), inner)))


@pytest.mark.parametrize(
    "data",
    [
        pfx_of(in_clear(a_key(FOR_HOURS))),
        pfx_of(encrypted(a_key(FOR_HOURS))),
        pfx_of(encrypted(der.sequence(), 300_000) * 100),
        pfx_of(
            in_clear(der.sequence()),
            der.sequence(
                der.sequence(
                    der.sequence(der.oid("2.16.840.1.101.3.4.2.1"), der.NULL),
                    der.octet_string(bytes(32)),
                ),
                der.octet_string(SALT),
                der.integer(FOR_HOURS),
            ),
        ),
    ],
    ids=["in clear", "inside an encrypted part", "many times", "for the check of the whole"],
)
def test_a_pfx_file_that_would_hash_for_hours_is_given_up(
    data: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever the number of rounds stands."""
    monkeypatch.setattr("oqsgen.seal.signer.PFX_SECONDS", PFX_SECONDS._replace(value=1))
    assert "回数" in refused(tmp_path, data)


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_an_interruption_ends_the_opening_too(tmp_path: Path) -> None:
    (tmp_path / "a.pfx").write_bytes(pfx_of(encrypted(a_key(FOR_HOURS))))
    code = (
        "import sys; from pathlib import Path; from oqsgen.seal.signer import read_pfx\n"
        "read_pfx(Path(sys.argv[1]), sys.argv[2].encode())"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, tmp_path / "a.pfx", PASSWORD],
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as reading:
        time.sleep(2)
        assert reading.poll() is None
        reading.send_signal(signal.SIGINT)
        reading.wait(10)
    with pytest.raises(ProcessLookupError):
        for _ in range(100):
            os.killpg(reading.pid, 0)
            time.sleep(0.05)


def test_nothing_is_imported_from_the_folder_of_the_user(
    authority: Authority, root: Issued, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("json.py", "cryptography.py", "oqsgen.py"):
        (tmp_path / name).write_text("raise SystemExit(9)", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert (
        opened(tmp_path, authority.pfx(authority.issue("発行者", root)), root.der).name == "発行者"
    )


def test_a_chain_file_with_a_day_that_is_none_is_refused(
    authority: Authority, root: Issued, tmp_path: Path
) -> None:
    leaf = authority.issue("発行者", root)
    data = root.der.replace(b"270401000000Z", b"270230000000Z")
    assert data != root.der
    refused(tmp_path, authority.pfx(leaf), data)


@pytest.mark.skipif(sys.platform == "win32", reason="pipes and devices of POSIX")
@pytest.mark.parametrize("what", ["pipe", "/dev/zero", "large"])
@pytest.mark.parametrize("read", [from_pfx, read_certificates], ids=["PFX", "certificates"])
def test_what_has_no_end_is_not_read(
    what: str, read: Callable[..., object], tmp_path: Path
) -> None:
    path = tmp_path / "a"
    if what == "pipe":
        os.mkfifo(path)
    elif what == "large":
        with path.open("wb") as file:
            file.truncate(2 << 20)
    else:
        path = Path(what)
    arguments = (b"x", (), NOW) if read is from_pfx else ()
    with pytest.raises(SignerError):
        read(path, *arguments)
