"""Our verifier and osslsigncode, which knows nothing of us, in both directions."""

import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from oqsgen.bundle import CATALOG_MADE
from oqsgen.seal.catalog import CERT_TRUST_LIST, catalog, list_id
from oqsgen.seal.cms import SPC_INDIRECT_DATA
from oqsgen.seal.verify.catalog_reader import open_catalog
from oqsgen.seal.verify.certificates import check_chain, make_chain
from oqsgen.seal.verify.finding import SealError
from oqsgen.seal.verify.message import SignedMessage, open_message
from oqsgen.seal.verify.script import open_script
from tests.certificates import NOW, Authority, Issued
from tests.seal.test_authenticode import SCRIPT as TEXT
from tests.seal.test_authenticode import needs_osslsigncode
from tests.sealed import Message, bundle, message_in, signer, with_message

pytestmark = needs_osslsigncode

SCRIPT, CATALOG = "terminal.ps1", "bundle.cat"


def osslsigncode(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["osslsigncode", *arguments], cwd=cwd, capture_output=True, text=True, timeout=60
    )


@pytest.fixture
def place(tmp_path: Path) -> Path:
    for path, data in bundle().files.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(data)
    (tmp_path / "root.pem").write_bytes(signer().chain[-1].public_bytes(Encoding.PEM))
    return tmp_path


def accepts_by_catalog(place: Path, file: str) -> bool:
    done = osslsigncode(
        *("verify", "-catalog", CATALOG, "-in", file, "-CAfile", "root.pem"),
        *("-time", str(int(NOW.timestamp()))),
        cwd=place,
    )
    return done.returncode == 0


def test_it_verifies_the_script_by_the_catalog(place: Path) -> None:
    assert accepts_by_catalog(place, SCRIPT)


@pytest.mark.parametrize("path", sorted(set(bundle().files) - {CATALOG, SCRIPT}))
def test_it_finds_every_file_in_the_catalog(path: str, place: Path) -> None:
    """It takes files by their hash, and only types that it knows: so as a script."""
    shutil.copy(place / path, place / "copy.ps1")
    assert accepts_by_catalog(place, "copy.ps1")


def test_it_finds_what_we_find(place: Path) -> None:
    data = bytearray(bundle().files[CATALOG])
    data[len(data) // 3] ^= 1
    (place / CATALOG).write_bytes(data)
    assert not accepts_by_catalog(place, SCRIPT)
    (place / CATALOG).write_bytes(bundle().files[CATALOG])
    (place / SCRIPT).write_bytes(bundle().files[SCRIPT].replace(b"exit (", b"exit  ("))
    assert not accepts_by_catalog(place, SCRIPT)


def test_it_takes_our_own_crafted_messages_for_what_they_are(tmp_path: Path) -> None:
    """The tests' own writer of messages writes real ones."""
    import hashlib

    from oqsgen.seal import cms, der
    from oqsgen.seal.authenticode import indirect_data

    leaf = Authority().issue("試験 単独")
    message = Message(leaf)
    digest = hashlib.sha256(TEXT.decode().encode("utf-16-le")).digest()
    message.content = indirect_data(digest)
    signed = hashlib.sha256(message.content[2:]).digest()
    message.attributes |= {cms.MESSAGE_DIGEST: der.octet_string(signed)}
    (tmp_path / SCRIPT).write_bytes(with_message(TEXT, message.encoded()))
    (tmp_path / "root.pem").write_bytes(leaf.certificate.public_bytes(Encoding.PEM))
    time = str(int(NOW.timestamp()))
    done = osslsigncode("verify", "-CAfile", "root.pem", "-in", SCRIPT, "-time", time, cwd=tmp_path)
    assert done.returncode == 0, done.stdout
    assert refusal((tmp_path / SCRIPT).read_bytes()) == "SCRIPT_FORM"


# --- it signs, we verify


@pytest.fixture(params=["rsa2048", "rsa3072", "rsa4096", "p256"])
def issued(request: pytest.FixtureRequest, authority: Authority) -> tuple[Issued, Issued]:
    root = authority.issue("試験 向こうの ルート", ca=True)
    return authority.issue("試験 向こうの", root, kind=request.param), root


def signed_by_it(data: bytes, name: str, issued: tuple[Issued, Issued], place: Path) -> bytes:
    (place / f"unsigned-{name}").write_bytes(data)
    chain = b"".join(one.certificate.public_bytes(Encoding.PEM) for one in issued)
    (place / "chain.pem").write_bytes(chain)
    key = issued[0].key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (place / "key.pem").write_bytes(key)
    done = osslsigncode(
        *("sign", "-certs", "chain.pem", "-key", "key.pem", "-h", "sha256", "-n", "OQS"),
        *("-in", f"unsigned-{name}", "-out", f"signed-{name}"),
        cwd=place,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return (place / f"signed-{name}").read_bytes()


def fine(message: SignedMessage, issued: tuple[Issued, Issued]) -> bool:
    chain = make_chain(message.certificate, message.certificates)
    found = [one for one in check_chain(chain, SCRIPT, NOW) if one.severity == "error"]
    return chain.certificates == tuple(one.certificate for one in issued) and not found


def refusal(script: bytes) -> str:
    """Why a script is none of ours. Its form is looked at last, when everything else is right."""
    with pytest.raises(SealError) as refused:
        open_script(script)
    return refused.value.code


def test_its_scripts_are_right_and_not_ours(issued: tuple[Issued, Issued], tmp_path: Path) -> None:
    signed = signed_by_it(TEXT, SCRIPT, issued, tmp_path)
    assert fine(open_message(message_in(signed), SPC_INDIRECT_DATA), issued)
    assert refusal(signed) == "SCRIPT_FORM"
    assert refusal(signed.replace(b"$Mode", b"$Nose")) == "TEXT_CHANGED"
    assert refusal(signed + b"Remove-Item C:\\\r\n") == "APPENDED"


def test_its_catalogs_are_right_and_not_ours(issued: tuple[Issued, Issued], tmp_path: Path) -> None:
    made = catalog({"a.txt": b"a", "b/c.txt": b"c"}, list_id("x"), CATALOG_MADE, None)
    signed = signed_by_it(made, CATALOG, issued, tmp_path)
    assert fine(open_message(signed, CERT_TRUST_LIST), issued)
    with pytest.raises(SealError) as refused:
        open_catalog(signed)
    assert refused.value.code == "CATALOG_FORM"
