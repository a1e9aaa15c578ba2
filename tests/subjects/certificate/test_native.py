"""The certificate layer with real .p12 files and real stores: most of these functions run the same here as on Windows."""

import base64
import json
import os
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from tests import PARTS
from tests.pc.shell import PWSH

pytestmark = pytest.mark.needs("pwsh")

NATIVE = PARTS / "certificate" / "certificate.native.ps1"
ISSUER = "Online Billing NW Common Root CA"
BEGIN = datetime(2026, 11, 1, tzinfo=UTC)
DAYS = 1180
PASSWORD = "4821"


def name(text: str) -> x509.Name:
    parts = [(NameOID.COUNTRY_NAME, "JP"), (NameOID.COMMON_NAME, text)]
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in parts])


def certificate(
    subject: str, key: Any, issuer: str, signer: Any, *, authority: bool
) -> x509.Certificate:
    return (
        x509.CertificateBuilder()
        .subject_name(name(subject))
        .issuer_name(name(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(BEGIN)
        .not_valid_after(BEGIN + timedelta(days=DAYS))
        .add_extension(x509.BasicConstraints(authority, None), critical=True)
        .sign(signer, hashes.SHA256())
    )


class Issued:
    """A root, and a certificate of a person with its file."""

    def __init__(self, *, curve: bool = False, old_cipher: bool = False) -> None:
        signer = ec.generate_private_key(ec.SECP256R1())
        key: Any = (
            ec.generate_private_key(ec.SECP256R1())
            if curve
            else rsa.generate_private_key(public_exponent=65537, key_size=2048)
        )
        self.root = certificate(ISSUER, signer, ISSUER, signer, authority=True)
        self.key = key
        self.own = certificate("1319999012", key, ISSUER, signer, authority=False)
        hidden: Any = serialization.BestAvailableEncryption(PASSWORD.encode())
        if old_cipher:
            hidden = (
                serialization.PrivateFormat.PKCS12.encryption_builder()
                .kdf_rounds(2000)
                .key_cert_algorithm(pkcs12.PBES.PBESv1SHA1And3KeyTripleDESCBC)
                .hmac_hash(hashes.SHA1())
                .build(PASSWORD.encode())
            )
        self.file = pkcs12.serialize_key_and_certificates(
            b"own", key, self.own, [self.root], hidden
        )


def ask(home: Path, expression: str, **variables: bytes | str) -> Any:
    """What the expression gives, as JSON; bytes are variables of bytes, the stores are in ``home``."""
    lines = [
        "Set-StrictMode -Version 2; $ErrorActionPreference = 'Stop'",
        f". '{NATIVE}'",
        "function Get-Typed { param([string] $Text) $s = New-Object Security.SecureString; "
        "foreach ($c in $Text.ToCharArray()) { $s.AppendChar($c) }; return $s }",
    ]
    for key, value in variables.items():
        if isinstance(value, bytes):
            text = base64.b64encode(value).decode()
            lines.append(f"[byte[]] ${key} = [Convert]::FromBase64String('{text}')")
        else:
            lines.append(f"${key} = '{value}'")
    lines.append(f"ConvertTo-Json -InputObject (& {{ {expression} }}) -Depth 5 -Compress")
    script = home / "lines.ps1"
    script.write_text("\n".join(lines), "utf-8-sig")
    done = subprocess.run(
        [PWSH, "-NoProfile", "-NonInteractive", "-File", str(script)],
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"HOME": str(home)},
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def thumbprint(issued: x509.Certificate) -> str:
    return issued.fingerprint(hashes.SHA1()).hex().upper()


def test_who_signed_is_told_by_signatures_and_not_by_names(tmp_path: Path) -> None:
    """A stranger's root of the same name, alone in the file or beside the real one."""
    issued, other = Issued(), Issued()
    hidden = serialization.BestAvailableEncryption(PASSWORD.encode())
    for roots, above in (
        ([other.root], []),
        ([other.root, issued.root], [thumbprint(issued.root)]),
        ([issued.root, other.root], [thumbprint(issued.root)]),
    ):
        file = pkcs12.serialize_key_and_certificates(b"own", issued.key, issued.own, roots, hidden)
        opened = ask(
            tmp_path,
            f"Read-CertificateFile -Bytes $file -Secret (Get-Typed '{PASSWORD}')",
            file=file,
        )
        (own,) = [
            one for one in opened["certificates"] if one["thumbprint"] == thumbprint(issued.own)
        ]
        assert own["above"] == above


@pytest.mark.parametrize("options", [{}, {"curve": True}, {"old_cipher": True}], ids=str)
def test_a_file_is_opened_in_memory(tmp_path: Path, options: dict[str, bool]) -> None:
    issued = Issued(**options)
    opened = ask(
        tmp_path,
        f"Read-CertificateFile -Bytes $file -Secret (Get-Typed '{PASSWORD}')",
        file=issued.file,
    )
    assert opened["error"] == 0
    found = {one.pop("thumbprint"): one for one in opened["certificates"]}
    own, root = found[thumbprint(issued.own)], found[thumbprint(issued.root)]
    assert bytes(root.pop("bytes")) == issued.root.public_bytes(serialization.Encoding.DER)
    assert bytes(own.pop("bytes")) == issued.own.public_bytes(serialization.Encoding.DER)
    times = {"from": int(BEGIN.timestamp()), "to": int(BEGIN.timestamp()) + DAYS * 86400}
    assert own == times | {
        "subject": "CN=1319999012, C=JP",
        "name": "1319999012",
        "issuer": ISSUER,
        "selfIssued": False,
        "authority": False,
        "key": True,
        "above": [thumbprint(issued.root)],
    }
    assert root == times | {
        "subject": f"CN={ISSUER}, C=JP",
        "name": ISSUER,
        "issuer": ISSUER,
        "selfIssued": True,
        "authority": True,
        "key": False,
        "above": [],
    }
    assert not list(tmp_path.glob(".dotnet/**/my/*")), "nothing is written"


def test_a_wrong_password_and_a_broken_file_are_told_apart(tmp_path: Path) -> None:
    file = Issued().file
    open_it = "(Read-CertificateFile -Bytes $file -Secret (Get-Typed $typed)).error"
    assert ask(tmp_path, open_it, file=file, typed="0000") == -2147024810
    assert ask(tmp_path, open_it, file=file[:-100], typed=PASSWORD) not in (0, -2147024810)
    assert ask(tmp_path, open_it, file=b"PK\x03\x04", typed=PASSWORD) not in (0, -2147024810)


def test_a_certificate_goes_into_a_store_and_out_again(tmp_path: Path) -> None:
    issued = Issued()
    der = issued.root.public_bytes(serialization.Encoding.DER)
    listed = "@(Read-CertificateStore -Store 'CA' | ForEach-Object { $_.thumbprint })"
    mark = thumbprint(issued.root)
    into = f"Add-Certificate -Store 'CA' -Bytes $der; {listed}"
    assert ask(tmp_path, into, der=der) == [True, mark]
    assert ask(tmp_path, into, der=der) == [True, mark], "once more does nothing"
    gone = f"Remove-Certificate -Store 'CA' -Thumbprint '{mark}'; {listed}.Length"
    assert ask(tmp_path, gone) == [True, 0]
    assert ask(tmp_path, gone) == [True, 0], "once more does nothing"


def test_a_key_that_is_not_there_says_nothing(tmp_path: Path) -> None:
    answer = ask(tmp_path, "Read-CertificateKey -Thumbprint '00'")
    assert answer == {"exportable": None, "strong": None, "lost": False}


def test_a_key_that_cannot_be_opened_is_lost(tmp_path: Path) -> None:
    """A certificate whose key is noted down, and throws once it is opened: as after a reset of the password."""
    der = Issued().own.public_bytes(serialization.Encoding.DER)
    broken = (
        "function Find-CertificateIn { "
        "$one = New-Object Security.Cryptography.X509Certificates.X509Certificate2(, $der); $one.Dispose(); "
        "$one | Add-Member -NotePropertyName HasPrivateKey -NotePropertyValue $true -Force -PassThru }; "
    )
    answer = ask(tmp_path, broken + "Read-CertificateKey -Thumbprint '00'", der=der)
    assert answer == {"exportable": None, "strong": None, "lost": True}


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    """Another name of the same file still has the old bytes: nothing was cut to no bytes first."""
    native = NATIVE.with_name("person-file.native.ps1")
    record, other = tmp_path / "1319999012.json", tmp_path / "other"
    record.write_bytes(b"old")
    os.link(record, other)
    (tmp_path / "1319999012.json.new").write_bytes(b"half of what was written when the power went")
    ask(tmp_path, f". '{native}'; Write-PersonFile -Path '{record}' -Bytes $new; 1", new=b"new")
    assert (record.read_bytes(), other.read_bytes()) == (b"new", b"old")
    assert not (tmp_path / "1319999012.json.new").exists()
    ask(
        tmp_path,
        f". '{native}'; Write-PersonFile -Path '{tmp_path / 'fresh'}' -Bytes $new; 1",
        new=b"x",
    )
    assert (tmp_path / "fresh").read_bytes() == b"x"


def test_a_file_goes_with_what_is_left_of_it(tmp_path: Path) -> None:
    native = NATIVE.with_name("person-file.native.ps1")
    (tmp_path / "a.p12.new").write_bytes(b"half")
    ask(tmp_path, f". '{native}'; Remove-PersonFile -Path '{tmp_path / 'a.p12'}'; 1")
    ask(tmp_path, f". '{native}'; Remove-PersonFile -Path '{tmp_path / 'none' / 'a.p12'}'; 1")
    assert not (tmp_path / "a.p12.new").exists()
