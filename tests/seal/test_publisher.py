"""The user's own publisher: made once, kept safe, and valid on a PC whose clock is wrong."""

import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID

from oqsgen.seal import private, publisher
from oqsgen.seal.publisher import (
    PublisherExistsError,
    earlier_publishers,
    export_pfx,
    import_pfx,
    kept_publisher,
    new_publisher,
    own_publisher,
)
from oqsgen.seal.signer import Signer, SignerError
from tests.certificates import Authority, Issued

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
    above = root.extensions.get_extension_for_class(x509.KeyUsage).value
    assert above.key_cert_sign and not above.digital_signature
    own = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    assert own.digital_signature and not own.key_cert_sign


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

    monkeypatch.setattr(publisher, "write_private", full)
    with pytest.raises(SignerError, match="作れません"):
        own_publisher(tmp_path / "publisher", NOW)
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys that are made faster, for tests of everything else."""
    monkeypatch.setattr(publisher, "KEY_BITS", 2048)
    monkeypatch.setattr(publisher, "PFX_ROUNDS", 2048)


def test_an_ended_publisher_does_not_sign(kept: tuple[Path, Signer]) -> None:
    with pytest.raises(SignerError, match=r"keys new --renew"):
        own_publisher(kept[0], NOW + timedelta(days=15 * 365 + 1))


def test_a_renewal_is_another_publisher_and_the_old_one_is_kept(
    quick: None, tmp_path: Path
) -> None:
    folder = tmp_path / "publisher"
    assert kept_publisher(folder) is None
    first = new_publisher(folder, NOW)
    with pytest.raises(PublisherExistsError, match="--renew"):
        new_publisher(folder, NOW)
    assert earlier_publishers(folder) == []
    second = new_publisher(folder, NOW, renew=True)
    third = new_publisher(folder, NOW, renew=True)
    now = kept_publisher(folder)
    assert now and now.fingerprint == third.fingerprint
    earlier = {path.name: signer.fingerprint for path, signer in earlier_publishers(folder)}
    assert earlier == {
        f"publisher-{signer.fingerprint[:8]}": signer.fingerprint for signer in (first, second)
    }
    assert {path.name for path in tmp_path.iterdir()} == {"publisher", *earlier}


def test_a_renewal_where_there_is_none_makes_the_first(quick: None, tmp_path: Path) -> None:
    signer = new_publisher(tmp_path / "publisher", NOW, renew=True)
    assert own_publisher(tmp_path / "publisher", NOW)[0].fingerprint == signer.fingerprint
    assert [path.name for path in tmp_path.iterdir()] == ["publisher"]


@posix
def test_everything_that_is_kept_is_its_users_alone(quick: None, tmp_path: Path) -> None:
    new_publisher(tmp_path / "publisher", NOW)
    new_publisher(tmp_path / "publisher", NOW, renew=True)
    export_pfx(tmp_path / "publisher", tmp_path / "copy.pfx", b"password", force=False)
    export_pfx(tmp_path / "publisher", tmp_path / "copy.pfx", b"password", force=True)
    for path in tmp_path.rglob("*"):
        assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600), path


def test_a_copy_makes_the_same_publisher_elsewhere(quick: None, tmp_path: Path) -> None:
    here, there, copy = tmp_path / "a" / "publisher", tmp_path / "b" / "publisher", tmp_path / "x"
    signer = new_publisher(here, NOW)
    assert export_pfx(here, copy, b"password", force=False).fingerprint == signer.fingerprint
    read, changed = import_pfx(there, copy, b"password", NOW)
    assert changed
    assert read.fingerprint == signer.fingerprint
    assert read.chain == signer.chain
    assert own_publisher(there, NOW)[0].sign(b"data") == signer.sign(b"data")
    again, changed = import_pfx(there, copy, b"password", NOW)
    assert not changed and again.fingerprint == signer.fingerprint
    assert earlier_publishers(there) == []


def test_a_copy_is_encrypted_with_aes_256(kept: tuple[Path, Signer], tmp_path: Path) -> None:
    copy = tmp_path / "copy.pfx"
    export_pfx(kept[0], copy, b"correct horse", force=False)
    data = copy.read_bytes()
    aes_256_cbc, pbes2 = "060960864801650304012a", "06092a864886f70d01050d"
    assert data.hex().count(aes_256_cbc) == data.hex().count(pbes2) == 2
    key = serialization.load_pem_private_key((kept[0] / publisher.KEY_FILE).read_bytes(), None)
    assert isinstance(key, rsa.RSAPrivateKey)
    prime = key.private_numbers().p
    assert prime.to_bytes(192, "big") not in data
    with pytest.raises(SignerError, match="パスワード") as caught:
        import_pfx(tmp_path / "publisher", copy, b"wrong horse", NOW)
    assert "horse" not in str(caught.value)
    assert not (tmp_path / "publisher").exists()


def test_a_copy_replaces_no_file_unasked(kept: tuple[Path, Signer], tmp_path: Path) -> None:
    copy = tmp_path / "copy.pfx"
    copy.write_bytes(b"mine")
    with pytest.raises(SignerError, match="--force"):
        export_pfx(kept[0], copy, b"password", force=False)
    assert copy.read_bytes() == b"mine"
    export_pfx(kept[0], copy, b"password", force=True)
    assert pkcs12.load_key_and_certificates(copy.read_bytes(), b"password")[0]
    assert [path.name for path in tmp_path.iterdir()] == ["copy.pfx"]
    with pytest.raises(SignerError, match="書き込めません"):
        export_pfx(kept[0], tmp_path / "none" / "copy.pfx", b"password", force=False)
    with pytest.raises(SignerError, match="keys new"):
        export_pfx(tmp_path / "publisher", tmp_path / "copy.pfx", b"password", force=True)


def test_another_publisher_is_kept_aside_by_an_import(quick: None, tmp_path: Path) -> None:
    new_publisher(tmp_path / "other" / "publisher", NOW)
    export_pfx(tmp_path / "other" / "publisher", tmp_path / "copy", b"password", force=False)
    mine = new_publisher(tmp_path / "publisher", NOW)
    read, changed = import_pfx(tmp_path / "publisher", tmp_path / "copy", b"password", NOW)
    now = kept_publisher(tmp_path / "publisher")
    assert changed and now and now.fingerprint == read.fingerprint
    ((_, earlier),) = earlier_publishers(tmp_path / "publisher")
    assert earlier.fingerprint == mine.fingerprint


def test_a_damaged_publisher_comes_back_from_a_copy(
    kept: tuple[Path, Signer], copied: Path, tmp_path: Path
) -> None:
    export_pfx(kept[0], tmp_path / "copy.pfx", b"password", force=False)
    (copied / publisher.CERTIFICATE_FILE).write_bytes(b"")
    key = (copied / publisher.KEY_FILE).read_bytes()
    signer, changed = import_pfx(copied, tmp_path / "copy.pfx", b"password", NOW)
    assert changed and signer.fingerprint == kept[1].fingerprint
    (damaged,) = tmp_path.glob("publisher-damaged-*")
    assert (damaged / publisher.KEY_FILE).read_bytes() == key
    assert earlier_publishers(copied) == []


OWN_NAMES = ("oqsgen root 1", "oqsgen publisher 1")


@pytest.mark.parametrize("case", ["purchased", "no root", "self-signed", "elliptic", "named alike"])
def test_what_oqsgen_did_not_make_is_not_imported(
    case: str, authority: Authority, tmp_path: Path
) -> None:
    root = authority.issue(OWN_NAMES[0] if case == "named alike" else "ルート", ca=True)
    leaf = authority.issue(
        OWN_NAMES[1],
        None if case == "self-signed" else root,
        kind="p256" if case == "elliptic" else "rsa2048",
    )
    others: tuple[Issued, ...] = () if case in ("no root", "self-signed") else (root,)
    (tmp_path / "x.pfx").write_bytes(authority.pfx(leaf, others))
    with pytest.raises(SignerError, match="--sign-pfx"):
        import_pfx(tmp_path / "publisher", tmp_path / "x.pfx", Authority.PASSWORD, NOW)
    assert not (tmp_path / "publisher").exists()


def test_an_ended_copy_is_not_imported(kept: tuple[Path, Signer], tmp_path: Path) -> None:
    export_pfx(kept[0], tmp_path / "copy.pfx", b"password", force=False)
    later = NOW + timedelta(days=16 * 365)
    with pytest.raises(SignerError, match="終わりました"):
        import_pfx(tmp_path / "publisher", tmp_path / "copy.pfx", b"password", later)


@posix
def test_a_kill_at_any_step_leaves_the_old_or_the_new_publisher(
    quick: None, tmp_path: Path
) -> None:
    """Each child dies at a later step on the disk, until one gets to its end."""
    old = new_publisher(tmp_path / "publisher", NOW).fingerprint
    steps, seen = 0, set()
    while True:
        folder = tmp_path / str(steps) / "publisher"
        shutil.copytree(tmp_path / "publisher", folder)
        child = os.fork()
        if child == 0:
            _die_at(steps)
            new_publisher(folder, NOW, renew=True)
            os._exit(7)
        ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        signer = kept_publisher(folder)
        assert signer, f"no publisher after a kill at step {steps}"
        seen.add(signer.fingerprint == old)
        earlier = [one.fingerprint for _, one in earlier_publishers(folder)]
        assert earlier == ([] if signer.fingerprint == old else [old])
        if ended == 7:
            break
        assert ended == 9
        steps += 1
    assert steps > 10 and seen == {True, False}


def _die_at(step: int) -> None:
    counted = -1

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal counted
        changing = event in ("os.rename", "os.mkdir", "os.remove", "os.rmdir", "shutil.rmtree")
        if changing or (event == "open" and arguments[2]) or event == "ctypes.dlsym":
            counted += 1
            if counted == step:
                os._exit(9)

    sys.addaudithook(hook)


def test_renewals_at_the_same_moment_lose_no_publisher(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from datetime import UTC, datetime\n"
        "from oqsgen.seal import publisher\n"
        "publisher.KEY_BITS = 2048\n"
        "print('ready', flush=True); sys.stdin.readline()\n"
        "now = datetime(2026, 4, 1, tzinfo=UTC)\n"
        "print(publisher.new_publisher(Path(sys.argv[1]), now, renew=True).fingerprint)"
    )
    folder = tmp_path / "publisher"
    made = {new_publisher(folder, NOW).fingerprint}
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
    for child in children:
        assert child.stdin
        child.stdin.write("go\n")
        child.stdin.flush()
    made |= {child.communicate()[0].strip() for child in children}
    now = kept_publisher(folder)
    assert now
    assert {now.fingerprint, *(one.fingerprint for _, one in earlier_publishers(folder))} == made
    assert not list(tmp_path.glob(".publisher.*"))


def test_on_windows_the_access_list_is_the_user_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[list[str]] = []

    def run(command: list[str], **options: object) -> subprocess.CompletedProcess[bytes]:
        asked.append(command)
        assert options["check"] and not options.get("shell")
        shown = '"office\\髙橋","S-1-5-21-1-2-3-1001"\r\n'.encode("cp932", "replace")
        return subprocess.CompletedProcess(command, 0, shown, b"")

    monkeypatch.setattr("oqsgen.seal.private.subprocess.run", run)
    monkeypatch.setenv("SYSTEMROOT", "/windows")
    private.restrict(tmp_path, inherit=True)
    private.restrict(tmp_path / "x.pfx")
    system = os.path.join("/windows", "System32")
    icacls = os.path.join(system, "icacls.exe")
    assert asked[0] == [os.path.join(system, "whoami.exe"), "/user", "/fo", "csv", "/nh"]
    assert asked[1] == [
        icacls,
        str(tmp_path),
        "/inheritance:r",
        "/grant:r",
        "*S-1-5-21-1-2-3-1001:(OI)(CI)F",
    ]
    assert asked[3][1:] == [
        str(tmp_path / "x.pfx"),
        "/inheritance:r",
        "/grant:r",
        "*S-1-5-21-1-2-3-1001:F",
    ]


def test_without_an_access_list_there_is_no_key(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refused(command: list[str], **options: object) -> None:
        raise subprocess.CalledProcessError(5, command)

    monkeypatch.setattr("oqsgen.seal.private.subprocess.run", refused)
    with pytest.raises(OSError, match=r"whoami\.exe"):
        private.restrict(tmp_path)
