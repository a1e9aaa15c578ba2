"""The PCs of these tests, and whose bundles are on them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.x509.oid import ExtendedKeyUsageOID

from oqsgen.render.launchers import launchers
from tests.certificates import Authority, Issued
from tests.pc.tools import need

from .launcher_pc import USER_PASS, Pc, Publisher, fingerprint, world

YEARS = (-2000, 9000)


@pytest.fixture(scope="session")
def publisher(authority: Authority) -> Publisher:
    def issue(name: str, issuer: Issued | None = None, **more: object) -> Issued:
        return authority.issue(name, issuer, kind="p256", days=YEARS, **more)  # type: ignore[arg-type]

    root = issue("試験 認証局", ca=True, usages=None)
    ca = issue("試験 中間認証局", root, ca=True, usages=None)
    return Publisher(
        root=root,
        ca=ca,
        leaf=issue("東京情報サービス {0} $(1)", ca),
        self_signed=issue("自己署名"),
        stranger=issue("別の認証局", ca=True, usages=None),
        no_code_signing=issue("サーバー", ca, usages=(ExtendedKeyUsageOID.SERVER_AUTH,)),
    )


@pytest.fixture
def make_pc(tmp_path: Path, publisher: Publisher) -> Callable[..., Pc]:
    """A PC on which everything is as it should be, its bundle in a folder of this name."""
    need("pwsh")

    def make(name: str = "bundle", signer: Issued | None = None, signed: bool = True) -> Pc:
        signer = signer or publisher.leaf
        pc = Pc(tmp_path, tmp_path / name, signer)
        pc.write("terminal.ps1", b"# not run here\r\n")
        pc.write("1_適用.cmd", b"rem its text is run by itself\r\n")
        text = launchers(mode="new", signed=False, publisher=None)["launcher.txt"]
        pc.write("launcher.txt", text)
        if signed:
            pc.write("publisher/publisher.cer", signer.der)
            if signer is not publisher.self_signed:
                pc.write("publisher/root.cer", publisher.root.der)
                pc.write("publisher/ca-1.cer", publisher.ca.der)
        (tmp_path / "signer.cer").write_bytes(signer.der)
        (tmp_path / "programdata/oqsgen/results").mkdir(parents=True)
        shell = tmp_path / "windows/System32/WindowsPowerShell/v1.0/powershell.exe"
        shell.parent.mkdir(parents=True)
        shell.write_text(USER_PASS)
        shell.chmod(0o755)
        pc.world = {
            **world(tmp_path / "signer.cer"),
            "signed": signed,
            "answer": "はい",
            "paper": fingerprint(signer),
        }
        return pc

    return make
