"""This user's own publisher: made once, kept in the user's data folder.

A code-signing root signs one publisher certificate, and its key is thrown away. Both certificates
are back-dated, so that a PC that lost its clock still accepts them. A renewal is another publisher;
the one before it is kept beside it.
"""

import os
import secrets
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import platformdirs
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID

from oqsgen.files import read_regular, reason
from oqsgen.limits import CERTIFICATE_BYTES, KEY_BYTES
from oqsgen.seal.certificate_files import UNREADABLE, read_der
from oqsgen.seal.folder import beside, recover, replace, sync
from oqsgen.seal.private import make_private_folder, write_private
from oqsgen.seal.signer import Signer, SignerError, check_validity, make_signer, read_pfx

KEY_BITS = 3072
NOT_BEFORE = datetime(2000, 1, 1)
LIFE = timedelta(days=15 * 365)

KEY_FILE = "publisher.key"
CERTIFICATE_FILE = "publisher.cer"
ROOT_FILE = "root.cer"

PUBLISHER_NAME = "oqsgen publisher"
ROOT_NAME = "oqsgen root"

PFX_ROUNDS = 600_000
"""Rounds of PBKDF2 over a copy's password."""


class PublisherExistsError(SignerError):
    """There is a publisher already, and nobody asked to renew it."""


@dataclass(frozen=True)
class _Publisher:
    """A key with its two certificates, made by oqsgen or made sure to be."""

    key: rsa.RSAPrivateKey
    certificate: x509.Certificate
    root: x509.Certificate

    @property
    def signer(self) -> Signer:
        return make_signer(self.key, self.certificate, (self.root,), ends=False)


def data_folder() -> Path:
    """Where this user's publisher is kept (XDG data home, Application Support, AppData)."""
    return Path(platformdirs.user_data_dir("oqsgen", appauthor=False)) / "publisher"


def own_publisher(folder: Path, now: datetime) -> tuple[Signer, bool]:
    """The publisher kept in ``folder``, made there first where it is missing; and whether it was.

    Raises SignerError where the folder cannot be written, or what it holds cannot sign.
    """
    signer = kept_publisher(folder)
    if signer is None:
        with suppress(PublisherExistsError):
            return new_publisher(folder, now), True
        # Another build was faster: its publisher is the one.
        signer = _load(folder).signer
    if now > signer.certificate.not_valid_after_utc:
        raise SignerError(
            f"発行者「{signer.name}」の有効期間は {until(signer)} に終わりました。"
            "oqsgen keys new --renew で作り直してください。"
        )
    return signer, False


def kept_publisher(folder: Path) -> Signer | None:
    """The publisher kept in ``folder``; None where there is none. Raises SignerError."""
    with suppress(OSError):
        recover(folder)
    try:
        is_there = folder.is_dir()
    except OSError as error:
        raise SignerError(
            f"{folder} を読めません（{reason(error)}）。読み取りの許可を確かめてください。"
        ) from error
    return _load(folder).signer if is_there else None


def earlier_publishers(folder: Path) -> list[tuple[Path, Signer]]:
    """Those that ``folder`` held before, each with where it is kept now. Damaged ones are left out."""
    publishers = []
    for aside in sorted(folder.parent.glob(f"{folder.name}-*")):
        with suppress(SignerError):
            publishers.append((aside, _read(aside).signer))
    with suppress(SignerError):
        # A renewal that was killed had got as far as the copy.
        current = kept_publisher(folder)
        publishers = [
            (aside, signer)
            for aside, signer in publishers
            if not current or signer.fingerprint != current.fingerprint
        ]
    return publishers


def new_publisher(folder: Path, now: datetime, *, renew: bool = False) -> Signer:
    """Make a publisher in ``folder``.

    ``renew`` moves the old publisher aside; without it an old one raises PublisherExistsError. Raises
    SignerError where the old one is damaged, or ``folder`` cannot be read or written.
    """
    current = kept_publisher(folder)
    if current and not renew:
        raise PublisherExistsError(
            f"発行者「{current.name}」がもうあります。作り直すなら --renew を付けてください"
            "（各 PC で 0_発行者を登録.cmd からやり直すことになります）。"
        )
    publisher = _make(now)
    _keep(folder, publisher, replacing=renew)
    return publisher.signer


def until(signer: Signer) -> str:
    """The last day of a signer's certificate."""
    return signer.certificate.not_valid_after_utc.date().isoformat()


def export_pfx(folder: Path, file: Path, password: bytes, *, force: bool) -> Signer:
    """Write the publisher in ``folder`` to ``file``, encrypted. Raises SignerError.

    A file that is there already is replaced only with ``force``.
    """
    if kept_publisher(folder) is None:
        raise SignerError("まだ発行者がありません。oqsgen keys new で作ってください。")
    publisher = _load(folder)
    encryption = (
        serialization.PrivateFormat.PKCS12.encryption_builder()
        .kdf_rounds(PFX_ROUNDS)
        .key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC)
        .hmac_hash(hashes.SHA256())
        .build(password)
    )
    data = pkcs12.serialize_key_and_certificates(
        publisher.signer.name.encode(),
        publisher.key,
        publisher.certificate,
        [publisher.root],
        encryption,
    )
    try:
        if force:
            _replace_file(file, data)
        else:
            write_private(file, data)
    except FileExistsError as error:
        raise SignerError(
            f"{file} がもうあります。別の名前にするか、--force を付けてください。"
        ) from error
    except OSError as error:
        raise SignerError(
            f"{file} に書き込めません（{reason(error)}）。空き容量と書き込みの許可を"
            "確かめてください。"
        ) from error
    return publisher.signer


def import_pfx(folder: Path, file: Path, password: bytes, now: datetime) -> tuple[Signer, bool]:
    """Make the publisher in ``file`` that of ``folder``; and whether it was not so before.

    The one before it is kept aside, damaged or not. Raises SignerError.
    """
    publisher = _own(file, password)
    check_validity(publisher.signer, now)
    try:
        current = kept_publisher(folder)
    except SignerError:
        current = None
        _set_aside_damaged(folder)
    if current and current.fingerprint == publisher.signer.fingerprint:
        return current, False
    _keep(folder, publisher, replacing=True)
    return publisher.signer, True


def _own(file: Path, password: bytes) -> _Publisher:
    """The publisher in a PFX file, after making sure that ``export_pfx`` wrote the like of it."""
    key, certificate, others = read_pfx(file, password)
    root = next((issuer for issuer in others if issuer.subject == certificate.issuer), None)
    if (
        not isinstance(key, rsa.RSAPrivateKey)
        or root is None
        or not _made_here(certificate, PUBLISHER_NAME, root, ca=False)
        or not _made_here(root, ROOT_NAME, root, ca=True)
    ):
        raise SignerError(
            f"{file} は oqsgen keys export で書き出した発行者ではありません。ほかで作った証明書は"
            " oqsgen build --sign-pfx で使ってください。"
        )
    publisher = _Publisher(key, certificate, root)
    _ = publisher.signer
    return publisher


def _made_here(
    certificate: x509.Certificate, name: str, root: x509.Certificate, *, ca: bool
) -> bool:
    names = certificate.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    try:
        certificate.verify_directly_issued_by(root)
        extensions = certificate.extensions
        basic = extensions.get_extension_for_class(x509.BasicConstraints).value
        usages = extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except Exception:  # whatever the certificate of somebody else is made of
        return False
    return (
        len(certificate.subject) == len(names) == 1
        and str(names[0].value).startswith(f"{name} ")
        and basic.ca == ca
        and list(usages) == [ExtendedKeyUsageOID.CODE_SIGNING]
    )


def _load(folder: Path) -> _Publisher:
    """The publisher in ``folder``. Raises SignerError."""
    try:
        return _read(folder)
    except SignerError:
        # Read while another process put a new one there: half of each. The second time it is whole.
        time.sleep(0.05)
        return _read(folder)


def _read(folder: Path) -> _Publisher:
    try:
        key = serialization.load_pem_private_key(
            read_regular(folder / KEY_FILE, KEY_BYTES), None, unsafe_skip_rsa_key_validation=True
        )
        certificate = read_der(read_regular(folder / CERTIFICATE_FILE, CERTIFICATE_BYTES))
        root = read_der(read_regular(folder / ROOT_FILE, CERTIFICATE_BYTES))
    except (OSError, *UNREADABLE) as error:
        raise SignerError(
            f"{folder} の発行者を読めません。控え（PFX）から oqsgen keys import で戻すか、"
            "このフォルダーを別の場所に移してから作り直してください。"
        ) from error
    if not isinstance(key, rsa.RSAPrivateKey):
        raise SignerError(f"{folder} の鍵は oqsgen が作ったものではありません。")
    publisher = _Publisher(key, certificate, root)
    _ = publisher.signer
    return publisher


def _make(now: datetime) -> _Publisher:
    key = rsa.generate_private_key(65537, KEY_BITS)
    root_key = rsa.generate_private_key(65537, KEY_BITS)
    tag = secrets.token_hex(4)
    root = _certificate(f"{ROOT_NAME} {tag}", root_key, None, key=root_key, now=now)
    certificate = _certificate(f"{PUBLISHER_NAME} {tag}", root_key, root, key=key, now=now)
    return _Publisher(key, certificate, root)


def _keep(folder: Path, publisher: _Publisher, *, replacing: bool) -> None:
    """Make ``publisher`` that of ``folder`` at one moment, and keep the one before it aside.

    Raises PublisherExistsError where there is one already that is not to be replaced.
    """
    try:
        new_folder = _write(folder, publisher)
        try:
            if replacing and folder.is_dir():
                _keep_aside(folder, _write(folder, _load(folder)))
                replace(folder, new_folder)
            else:
                _rename(new_folder, folder)
            if new_folder.exists():
                # What was replaced: another one than just kept, where two renewals met.
                _keep_aside(folder, new_folder)
            sync(folder.parent)
        finally:
            shutil.rmtree(new_folder, ignore_errors=True)
    except OSError as error:
        raise SignerError(
            f"発行者を {folder} に作れません（{reason(error)}）。空き容量と書き込みの許可を"
            "確かめてください。"
        ) from error


def _write(folder: Path, publisher: _Publisher) -> Path:
    """A new folder beside ``folder`` that holds ``publisher``. Raises OSError."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    new_folder = beside(folder)
    try:
        make_private_folder(new_folder)
        pem = publisher.key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        write_private(new_folder / KEY_FILE, pem)
        der = serialization.Encoding.DER
        write_private(new_folder / CERTIFICATE_FILE, publisher.certificate.public_bytes(der))
        write_private(new_folder / ROOT_FILE, publisher.root.public_bytes(der))
    except BaseException:
        shutil.rmtree(new_folder, ignore_errors=True)
        raise
    return new_folder


def _rename(new_folder: Path, folder: Path) -> None:
    try:
        new_folder.rename(folder)
    except OSError as error:
        if folder.is_dir():
            raise PublisherExistsError(
                "ほかの oqsgen が同時に発行者を作りました。oqsgen keys show で確かめてください。"
            ) from error
        raise


def _keep_aside(folder: Path, folder_to_keep: Path) -> None:
    """Name the folder ``folder_to_keep`` after the publisher in it, unless that one is kept already."""
    fingerprint = _load(folder_to_keep).signer.fingerprint
    aside = folder.with_name(f"{folder.name}-{fingerprint[:8]}")
    try:
        folder_to_keep.rename(aside)
    except OSError:
        if not aside.is_dir():
            raise
        shutil.rmtree(folder_to_keep, ignore_errors=True)


def _set_aside_damaged(folder: Path) -> None:
    aside = folder.with_name(f"{folder.name}-damaged-{secrets.token_hex(4)}")
    try:
        folder.rename(aside)
    except OSError as error:
        raise SignerError(
            f"壊れた発行者 {folder} を移せません（{reason(error)}）。別の場所に移してから、"
            "もう一度実行してください。"
        ) from error


def _replace_file(file: Path, data: bytes) -> None:
    new_file = file.with_name(f".{file.name}.new-{secrets.token_hex(4)}")
    try:
        write_private(new_file, data)
        os.replace(new_file, file)
    finally:
        new_file.unlink(missing_ok=True)


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
