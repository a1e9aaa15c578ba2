"""This user's own publisher: made once, kept in the user's data folder.

A code-signing root signs one publisher certificate, and its key is thrown away. Both certificates
are back-dated, so that a PC that lost its clock still accepts them.
"""

import os
import secrets
import shutil
import stat
from datetime import datetime, timedelta
from pathlib import Path

import platformdirs
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID

from oqsgen.seal.signer import Signer, SignerError, make_signer

KEY_BITS = 3072
NOT_BEFORE = datetime(2000, 1, 1)
LIFE = timedelta(days=15 * 365)

KEY_FILE = "publisher.key"
CERTIFICATE_FILE = "publisher.cer"
ROOT_FILE = "root.cer"


def data_folder() -> Path:
    """Where this user's publisher is kept (XDG data home, Application Support, AppData)."""
    return Path(platformdirs.user_data_dir("oqsgen", appauthor=False)) / "publisher"


def own_publisher(folder: Path, now: datetime) -> tuple[Signer, bool]:
    """The publisher kept in ``folder``, made there first where it is missing; and whether it was.

    Raises SignerError where the folder cannot be written, or what it holds cannot sign.
    """
    if folder.is_dir():
        return _load(folder), False
    try:
        _make(folder, now)
    except OSError as error:
        raise SignerError(
            f"発行者を {folder} に作れません（{error.strerror}）。空き容量と書き込みの許可を"
            "確かめてください。"
        ) from error
    return _load(folder), True


def _load(folder: Path) -> Signer:
    try:
        key = serialization.load_pem_private_key(
            (folder / KEY_FILE).read_bytes(), None, unsafe_skip_rsa_key_validation=True
        )
        certificate = x509.load_der_x509_certificate((folder / CERTIFICATE_FILE).read_bytes())
        root = x509.load_der_x509_certificate((folder / ROOT_FILE).read_bytes())
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise SignerError(
            f"{folder} の発行者を読めません。控え（PFX）から戻すか、このフォルダーを別の場所に"
            "移してから作り直してください。"
        ) from error
    if not isinstance(key, rsa.RSAPrivateKey):
        raise SignerError(f"{folder} の鍵は oqsgen が作ったものではありません。")
    return make_signer(key, certificate, (root,), ends=False)


def _make(folder: Path, now: datetime) -> None:
    key = rsa.generate_private_key(65537, KEY_BITS)
    root_key = rsa.generate_private_key(65537, KEY_BITS)
    tag = secrets.token_hex(4)
    root = _certificate(f"oqsgen root {tag}", root_key, None, key=root_key, now=now)
    certificate = _certificate(f"oqsgen publisher {tag}", root_key, root, key=key, now=now)

    folder.parent.mkdir(parents=True, exist_ok=True)
    making = folder.with_name(f".{folder.name}-{tag}")
    making.mkdir(mode=stat.S_IRWXU)
    try:
        pem = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        _write_private(making / KEY_FILE, pem)
        der = serialization.Encoding.DER
        (making / CERTIFICATE_FILE).write_bytes(certificate.public_bytes(der))
        (making / ROOT_FILE).write_bytes(root.public_bytes(der))
        try:
            making.rename(folder)
        except OSError:
            # Another build was faster: its publisher is the one.
            if not folder.is_dir():
                raise
    finally:
        shutil.rmtree(making, ignore_errors=True)


def _write_private(path: Path, data: bytes) -> None:
    """Write a file that this user alone can read (on Windows the data folder's ACL says so)."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, stat.S_IRUSR | stat.S_IWUSR), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _certificate(
    name: str,
    issuer_key: rsa.RSAPrivateKey,
    issuer: x509.Certificate | None,
    *,
    key: rsa.RSAPrivateKey,
    now: datetime,
) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    is_root = issuer is None
    public = key.public_key()
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject if issuer is None else issuer.subject)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOT_BEFORE)
        .not_valid_after(now + LIFE)
        .add_extension(x509.BasicConstraints(is_root, 0 if is_root else None), critical=True)
        .add_extension(_key_usage(is_root), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CODE_SIGNING]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()),
            critical=False,
        )
        .sign(issuer_key, hashes.SHA256())
    )


def _key_usage(is_root: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not is_root,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_root,
        crl_sign=is_root,
        encipher_only=False,
        decipher_only=False,
    )
