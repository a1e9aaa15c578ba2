"""``oqsgen keys`` as a user meets it, and that no secret is ever seen."""

import json
import os
import re
import shutil
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes

from tests.certificates import Authority, Issued
from tests.command import Run, run_in
from tests.terminal import pieces

PASSWORD = "correct horse battery"

VERBS = ["new", "show", "export", "import"]

posix = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals of POSIX")


@pytest.fixture
def oqsgen(run: Run, tmp_path: Path) -> Run:
    """``run`` with a data folder of its own for each name of a user."""

    def call(*arguments: str | Path, user: str = "user", **environment: str) -> Any:
        return run(*arguments, XDG_DATA_HOME=str(tmp_path / user), **environment)

    return call


@pytest.fixture(scope="module")
def publisher(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of somebody who has a publisher: making its keys takes a while."""
    folder = tmp_path_factory.mktemp("publisher")
    assert run_in(folder)("keys", "new", XDG_DATA_HOME=str(folder / "user")).returncode == 0
    return folder / "user"


@pytest.fixture
def has_publisher(publisher: Path, tmp_path: Path) -> None:
    """The user of ``oqsgen`` has a publisher."""
    shutil.copytree(publisher, tmp_path / "user")


def test_what_a_library_finds_odd_is_not_on_the_screen(oqsgen: Run, tmp_path: Path) -> None:
    """It warns of a stranger's certificate in English, with a line of its code."""
    with pytest.warns(UserWarning):
        odd = x509.NameAttribute(x509.NameOID.COMMON_NAME, "", _validate=False)
    issued = Authority().issue("試験 名前")
    certificate = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([odd]))
        .issuer_name(x509.Name([odd]))
        .public_key(issued.key.public_key())
        .serial_number(1)
        .not_valid_before(issued.certificate.not_valid_before_utc)
        .not_valid_after(issued.certificate.not_valid_after_utc)
        .sign(issued.key, hashes.SHA256())
    )
    (tmp_path / "x.pfx").write_bytes(Authority().pfx(Issued(issued.key, certificate)))
    secret = Authority.PASSWORD.decode()
    done = oqsgen("keys", "import", "x.pfx", "--password-env", "SECRET", SECRET=secret)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1 and "Warning" not in done.stderr


def shown(oqsgen: Run, **options: Any) -> dict[str, Any]:
    data = json.loads(oqsgen("keys", "show", "--format", "json", **options).stdout)
    assert isinstance(data, dict)
    return data


@pytest.mark.parametrize("verb", [[], *[[verb] for verb in VERBS]])
def test_help_is_japanese(verb: list[str], oqsgen: Run) -> None:
    done = oqsgen("keys", *verb, "--help")
    assert done.returncode == 0
    assert done.stdout.startswith("使い方: oqsgen keys")
    for line in re.findall(r"^  --\S+.*$", done.stdout, re.MULTILINE):
        assert re.search(r"[ぁ-んァ-ヶ一-龠]", line), line
    for english in ("Usage", "Options", "Commands", "Show this"):
        assert english not in done.stdout


def test_the_verbs_are_in_the_help(oqsgen: Run) -> None:
    assert "\n  keys " in oqsgen("--help").stdout
    shown = oqsgen("keys", "--help").stdout
    assert all(f"\n  {verb} " in shown for verb in VERBS)


@pytest.mark.parametrize(
    "arguments", [[], ["mew"], ["export"], ["import"], ["export", "a", "b"], ["new", "x"]]
)
def test_wrong_usage_is_2(arguments: list[str], oqsgen: Run) -> None:
    done = oqsgen("keys", *arguments)
    assert done.returncode == 2
    assert done.stdout == "" and "使い方" in done.stderr


def test_a_publisher_from_its_first_day_to_its_copy(oqsgen: Run, tmp_path: Path) -> None:
    none = oqsgen("keys", "show")
    assert none.returncode == 1 and "keys new" in none.stderr and none.stdout == ""
    assert shown(oqsgen) == {"publisher": None, "earlier": []}
    assert "keys new" in oqsgen("keys", "export", "x.pfx").stderr

    made = oqsgen("keys", "new")
    assert (made.returncode, made.stderr) == (0, "")
    publisher = shown(oqsgen)["publisher"]
    assert re.fullmatch(r"[0-9a-f]{64}", publisher["fingerprint"])
    assert re.fullmatch(r"20\d\d-\d\d-\d\d", publisher["until"])
    folder = tmp_path / "user" / "oqsgen" / "publisher"
    assert publisher["folder"] == str(folder) and folder.is_dir()
    grouped = " ".join(re.findall("....", publisher["fingerprint"]))
    for text in (made.stdout, oqsgen("keys", "show").stdout):
        for part in (publisher["name"], grouped, publisher["until"], str(folder)):
            assert part in text

    refused = oqsgen("keys", "new")
    assert refused.returncode == 1 and "--renew" in refused.stderr
    assert shown(oqsgen)["publisher"] == publisher

    exported = oqsgen("keys", "export", "x.pfx", "--password-env", "SECRET", SECRET=PASSWORD)
    assert exported.returncode == 0, exported.stderr
    assert "保管" in exported.stderr
    again = oqsgen("keys", "export", "x.pfx", "--password-env", "SECRET", SECRET=PASSWORD)
    assert again.returncode == 1 and "--force" in again.stderr
    forced = oqsgen(
        "keys", "export", "x.pfx", "--password-env", "SECRET", "--force", "--format", "json",
        SECRET=PASSWORD,
    )  # fmt: skip
    assert json.loads(forced.stdout) == {"file": "x.pfx", "publisher": publisher}

    read = ["keys", "import", "x.pfx", "--password-env", "SECRET"]
    wrong = oqsgen(*read, user="colleague", SECRET="wrong horse")
    assert wrong.returncode == 1 and "パスワード" in wrong.stderr
    imported = oqsgen(*read, user="colleague", SECRET=PASSWORD)
    assert imported.returncode == 0, imported.stderr
    theirs = shown(oqsgen, user="colleague")["publisher"]
    assert {**theirs, "folder": ""} == {**publisher, "folder": ""}
    assert "何も変えていません" in oqsgen(*read, user="colleague", SECRET=PASSWORD).stderr

    renewed = oqsgen("keys", "new", "--renew")
    assert renewed.returncode == 0 and "0_発行者を登録.cmd" in renewed.stderr
    after = shown(oqsgen)
    assert after["publisher"]["fingerprint"] != publisher["fingerprint"]
    assert [one["fingerprint"] for one in after["earlier"]] == [publisher["fingerprint"]]
    assert "以前の発行者" in oqsgen("keys", "show").stdout

    for done in (exported, again, forced, wrong, imported, renewed):
        assert "horse" not in done.stdout + done.stderr
        assert "Traceback" not in done.stderr
    for path in tmp_path.rglob("*"):
        assert not path.is_file() or PASSWORD.encode() not in path.read_bytes()


@pytest.mark.usefixtures("has_publisher")
@pytest.mark.parametrize("password", ["", "short", "パスワードは日本語です", "tab\tand more"])
def test_a_password_that_protects_little_is_refused(
    password: str, oqsgen: Run, tmp_path: Path
) -> None:
    done = oqsgen("keys", "export", "x.pfx", "--password-env", "SECRET", SECRET=password)
    assert done.returncode == 1 and "8 文字以上" in done.stderr
    assert not password or password not in done.stderr
    assert not (tmp_path / "x.pfx").exists()


@pytest.mark.usefixtures("has_publisher")
def test_a_password_that_is_nowhere_is_asked_for_in_words(oqsgen: Run, tmp_path: Path) -> None:
    assert "--password-env" in oqsgen("keys", "export", "x.pfx").stderr
    unset = oqsgen("keys", "export", "x.pfx", "--password-env", "UNSET_NAME")
    assert unset.returncode == 1 and "UNSET_NAME" in unset.stderr
    (tmp_path / "x.pfx").write_bytes(b"no PFX")
    assert "--password-env" in oqsgen("keys", "import", "x.pfx").stderr
    missing = oqsgen("keys", "import", "none.pfx")
    assert missing.returncode == 1 and "読めません" in missing.stderr
    broken = oqsgen("keys", "import", "x.pfx", "--password-env", "SECRET", SECRET=PASSWORD)
    assert broken.returncode == 1 and "x.pfx" in broken.stderr


@pytest.mark.usefixtures("has_publisher")
def test_a_damaged_publisher_is_said_and_comes_back(oqsgen: Run, tmp_path: Path) -> None:
    before = shown(oqsgen)["publisher"]
    oqsgen("keys", "export", "x.pfx", "--password-env", "SECRET", SECRET=PASSWORD)
    (Path(before["folder"]) / "publisher.key").write_bytes(b"")
    for verb in (["show"], ["new"], ["new", "--renew"], ["export", "y.pfx"]):
        done = oqsgen("keys", *verb)
        assert done.returncode == 1
        assert "keys import" in done.stderr
    done = oqsgen("keys", "import", "x.pfx", "--password-env", "SECRET", SECRET=PASSWORD)
    assert done.returncode == 0, done.stderr
    assert shown(oqsgen)["publisher"] == before


def typed(arguments: list[str], answers: list[str], folder: Path) -> tuple[int, str]:
    """Run ``oqsgen`` in a terminal and type ``answers``, each when something is asked."""
    import pty

    child, terminal = pty.fork()
    if child == 0:
        os.chdir(folder)
        os.environ["XDG_DATA_HOME"] = str(folder / "user")
        code = "from oqsgen.cli.main import main; main()"
        os.execv(sys.executable, [sys.executable, "-c", code, *arguments])
    output, waiting = "", list(answers)
    try:
        for piece in pieces(terminal):
            output += piece
            if waiting and piece and output.endswith(": "):
                time.sleep(0.2)  # getpass throws away what was typed before it asked
                os.write(terminal, waiting.pop(0).encode() + b"\n")
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), output
    finally:
        os.close(terminal)  # which ends a program that is still there


@posix
@pytest.mark.usefixtures("has_publisher")
def test_a_password_is_typed_twice_and_never_shown(oqsgen: Run, tmp_path: Path) -> None:
    export = ["keys", "export", "x.pfx"]
    code, output = typed(export, [PASSWORD, "another one", PASSWORD, PASSWORD], tmp_path)
    assert code == 0, output
    assert "同じではありません" in output and "もう一度" in output
    assert PASSWORD not in output and "another" not in output
    code, output = typed(["keys", "import", "x.pfx"], [PASSWORD], tmp_path)
    assert code == 0 and "何も変えていません" in output
    assert PASSWORD not in output
