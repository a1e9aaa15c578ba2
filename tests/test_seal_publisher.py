"""The user's own publisher: made once, kept safe, and valid on a PC whose clock is wrong."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID

from oqsgen.seal import publisher
from oqsgen.seal.publisher import own_publisher
from oqsgen.seal.signer import Signer, SignerError

NOW = datetime(2026, 4, 1, tzinfo=UTC)

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights in ACLs")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Signer]:
    folder = tmp_path_factory.mktemp("data") / "oqsgen" / "publisher"
    signer, made = own_publisher(folder, NOW)
    assert made
    return folder, signer


def test_it_is_made_once(kept: tuple[Path, Signer]) -> None:
    folder, first = kept
    again, made = own_publisher(folder, NOW + timedelta(days=3000))
    assert not made
    assert again.fingerprint == first.fingerprint
    assert again.chain == first.chain


def test_two_users_get_two_publishers(kept: tuple[Path, Signer], tmp_path: Path) -> None:
    other, _ = own_publisher(tmp_path / "publisher", NOW)
    assert other.fingerprint != kept[1].fingerprint
    assert other.name != kept[1].name


@posix
def test_only_its_user_can_read_the_key(kept: tuple[Path, Signer]) -> None:
    folder, _ = kept
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / publisher.KEY_FILE).stat().st_mode & 0o777 == 0o600


def test_the_key_of_the_root_is_nowhere_on_the_disk(kept: tuple[Path, Signer]) -> None:
    folder, signer = kept
    left = sorted(path.name for path in folder.parent.rglob("*") if path.is_file())
    assert left == sorted([publisher.KEY_FILE, publisher.CERTIFICATE_FILE, publisher.ROOT_FILE])
    key = serialization.load_pem_private_key((folder / publisher.KEY_FILE).read_bytes(), None)
    assert key.public_key() == signer.certificate.public_key()
    assert key.public_key() != signer.chain[0].public_key()


def test_its_certificates_are_for_signing_code_alone(kept: tuple[Path, Signer]) -> None:
    certificate, (root,) = kept[1].certificate, kept[1].chain
    certificate.verify_directly_issued_by(root)
    root.verify_directly_issued_by(root)
    for one in (certificate, root):
        usage = one.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
        assert list(usage) == [ExtendedKeyUsageOID.CODE_SIGNING]
        public = one.public_key()
        assert isinstance(public, rsa.RSAPublicKey)
        assert public.key_size == 3072
    constraints = [
        one.extensions.get_extension_for_class(x509.BasicConstraints) for one in (certificate, root)
    ]
    assert [(one.value.ca, one.critical) for one in constraints] == [(False, True), (True, True)]
    assert constraints[1].value.path_length == 0
    usage = root.extensions.get_extension_for_class(x509.KeyUsage).value
    assert usage.key_cert_sign and not usage.digital_signature
    usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    assert usage.digital_signature and not usage.key_cert_sign


def test_its_certificates_begin_before_any_clock_that_lost_its_battery(
    kept: tuple[Path, Signer],
) -> None:
    signer = kept[1]
    for one in (signer.certificate, *signer.chain):
        assert one.not_valid_before_utc <= datetime(2000, 1, 1, tzinfo=UTC)
        assert one.not_valid_after_utc >= NOW + timedelta(days=14 * 365)
    assert signer.ends is None


def test_builds_at_the_same_moment_get_one_publisher(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from datetime import UTC, datetime\n"
        "from oqsgen.seal.publisher import own_publisher\n"
        "print('ready', flush=True); sys.stdin.readline()\n"
        "signer, made = own_publisher(Path(sys.argv[1]), datetime(2026, 4, 1, tzinfo=UTC))\n"
        "print(signer.fingerprint)"
    )
    folder = tmp_path / "publisher"
    children = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    for child in children:
        assert child.stdout and child.stdout.readline() == "ready\n"
    printed = {child.communicate("go\n")[0] for child in children}
    assert len(printed) == 1
    assert own_publisher(folder, NOW)[0].fingerprint == printed.pop().strip()
    assert [path.name for path in tmp_path.iterdir()] == ["publisher"]


@pytest.fixture
def copied(kept: tuple[Path, Signer], tmp_path: Path) -> Path:
    """A copy of the publisher that a test may damage."""
    folder = tmp_path / "publisher"
    folder.mkdir()
    for file in kept[0].iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    return folder


@pytest.mark.parametrize(
    "name", [publisher.KEY_FILE, publisher.CERTIFICATE_FILE, publisher.ROOT_FILE]
)
@pytest.mark.parametrize("damage", ["missing", "empty", "half", "other text", "folder"])
def test_a_damaged_publisher_is_named_and_never_replaced(
    name: str, damage: str, copied: Path
) -> None:
    file = copied / name
    data = file.read_bytes()
    file.unlink()
    if damage == "folder":
        file.mkdir()
    elif damage != "missing":
        file.write_bytes({"empty": b"", "half": data[: len(data) // 2]}.get(damage, b"hello"))
    with pytest.raises(SignerError) as caught:
        own_publisher(copied, NOW)
    assert str(copied) in str(caught.value)
    assert "控え" in str(caught.value)
    assert not file.is_file() or file.read_bytes() != data


def test_an_encrypted_key_is_refused(copied: Path) -> None:
    file = copied / publisher.KEY_FILE
    key = serialization.load_pem_private_key(file.read_bytes(), None)
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(b"secret"),
        )
    )
    with pytest.raises(SignerError, match="読めません"):
        own_publisher(copied, NOW)


def test_a_publisher_mixed_from_two_is_refused(copied: Path, tmp_path: Path) -> None:
    other = tmp_path / "other" / "publisher"
    own_publisher(other, NOW)
    (copied / publisher.KEY_FILE).write_bytes((other / publisher.KEY_FILE).read_bytes())
    with pytest.raises(SignerError):
        own_publisher(copied, NOW)


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(SignerError, match="作れません"):
        own_publisher(tmp_path / "file" / "publisher", NOW)
    with pytest.raises(SignerError):
        own_publisher(tmp_path / "file", NOW)


def test_a_failure_leaves_no_half_of_a_publisher(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(publisher, "_write_private", full)
    with pytest.raises(SignerError, match="作れません"):
        own_publisher(tmp_path / "publisher", NOW)
    assert list(tmp_path.iterdir()) == []
