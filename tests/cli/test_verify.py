"""``oqsgen verify`` as a user meets it."""

import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.certificates import Authority
from tests.cli.test_cli import CLINIC, assert_clear
from tests.command import Run

NAME = "1319999012_OQS-01"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Bundles as ``oqsgen build`` leaves them: two terminals, an older one, an unsigned one."""
    import subprocess

    place = tmp_path_factory.mktemp("built")
    two = CLINIC.replace("terminals: [", "terminals: [{name: OQS-02, os: win11-iot-ltsc-2024}, ")
    for name, text, *options in [
        ("new", two),
        ("old", CLINIC.replace("東京内科", "東京ないか")),
        ("unsigned", CLINIC, "--unsigned"),
    ]:
        (place / f"{name}.yaml").write_text(text, "utf-8")
        command = [sys.executable, "-c", "from oqsgen.cli.main import main; main()"]
        command += ["build", f"{name}.yaml", "-o", name, *options]
        subprocess.run(command, cwd=place, check=True, capture_output=True)
    return place


@pytest.fixture
def dist(built: Path, tmp_path: Path) -> Path:
    shutil.copytree(built / "new", tmp_path / "dist")
    return tmp_path / "dist"


def id_of(bundle: Path) -> str:
    id = json.loads((bundle / "bundle.json").read_bytes())["id"]
    assert isinstance(id, str)
    return id


def fingerprint_of(bundle: Path) -> str:
    fingerprint = json.loads((bundle / "bundle.json").read_bytes())["signer"]
    assert isinstance(fingerprint, str)
    return fingerprint


def test_a_good_folder_of_bundles(run: Run, dist: Path) -> None:
    (dist / "results").mkdir()
    done = run("verify", "dist")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("問題ありません") == 2
    fingerprint = fingerprint_of(dist / NAME)
    assert " ".join(fingerprint[i : i + 4] for i in range(0, 64, 4)) in done.stdout
    assert "このユーザーの発行者" in done.stdout
    assert "まで" in done.stdout
    assert_clear(done.stdout)


def test_one_bundle_and_several_places(run: Run, dist: Path) -> None:
    assert run("verify", dist / NAME, dist).returncode == 0
    assert run("verify", ".", cwd=dist / NAME).returncode == 0


def test_json(run: Run, dist: Path) -> None:
    (dist / NAME / "launcher.txt").write_bytes(b"x")
    (dist / "other").mkdir()
    done = run("verify", "dist", "--format", "json")
    assert (done.returncode, done.stderr) == (3, "")
    data = json.loads(done.stdout)
    assert data["fine"] is False
    assert [one["code"] for one in data["findings"]] == ["NOT_CHECKED"]
    bad, good = data["bundles"]
    assert (bad["folder"], bad["fine"], bad["id"]) == (NAME, False, id_of(dist / NAME))
    assert [(one["path"], one["code"]) for one in bad["findings"]] == [("launcher.txt", "CHANGED")]
    assert good["fine"] is True
    assert good["signature"]["publisher"] == "own"
    assert good["signature"]["fingerprint"] == fingerprint_of(dist / NAME)


def test_what_is_wrong_is_said_file_by_file(run: Run, dist: Path) -> None:
    (dist / NAME / "launcher.txt").unlink()
    (dist / NAME / "evil.cmd").write_bytes(b"x")
    done = run("verify", "dist")
    assert done.returncode == 3
    assert "使わないでください（2 件）" in done.stdout
    assert "エラー: launcher.txt: " in done.stdout
    assert "エラー: evil.cmd: " in done.stdout
    assert_clear(done.stdout + done.stderr)


def test_another_users_publisher_is_told(run: Run, dist: Path, tmp_path: Path) -> None:
    home = {name: str(tmp_path / "home") for name in ("HOME", "XDG_DATA_HOME", "LOCALAPPDATA")}
    done = run("verify", "dist", **home)
    assert done.returncode == 0
    assert "oqsgen が作った別の発行者" in done.stdout
    assert not (tmp_path / "home").exists(), "a check makes no publisher"


def test_trust(run: Run, dist: Path, authority: Authority, tmp_path: Path) -> None:
    for name in ("publisher.cer", "root.cer"):
        assert run("verify", "dist", "--trust", dist / NAME / "publisher" / name).returncode == 0
    (tmp_path / "other.cer").write_bytes(authority.issue("別の").der)
    done = run("verify", "dist", "--trust", "other.cer")
    assert done.returncode == 3
    assert "--trust" in done.stdout


@pytest.mark.parametrize("data", [None, b"x"], ids=["missing", "no certificate"])
def test_a_trusted_file_that_is_none_is_an_error(
    data: bytes | None, run: Run, dist: Path, tmp_path: Path
) -> None:
    if data:
        (tmp_path / "trust.pem").write_bytes(data)
    done = run("verify", "dist", "--trust", "trust.pem")
    assert (done.returncode, done.stdout) == (1, "")
    assert "trust.pem" in done.stderr
    assert_clear(done.stderr)


def test_expect(run: Run, dist: Path, built: Path) -> None:
    id = id_of(dist / NAME).upper()
    printed = " ".join(id[i : i + 4] for i in range(0, 32, 4))
    assert run("verify", dist / NAME, "--expect", printed).returncode == 0
    old = run("verify", built / "old" / NAME, "--expect", printed)
    assert old.returncode == 3
    assert "印刷物とは別の一式です" in old.stdout
    shutil.copytree(built / "old" / NAME, dist / "backup")
    both = run("verify", dist, "--expect", printed, "--format", "json")
    assert both.returncode == 3
    codes = {
        one["folder"]: {f["code"] for f in one["findings"]}
        for one in json.loads(both.stdout)["bundles"]
    }
    assert codes == {
        NAME: set(),
        "1319999012_OQS-02": {"NOT_EXPECTED"},
        "backup": {"OTHER_ID", "FOLDER_NAME"},
    }


def test_where_no_bundle_is_the_expected_one_none_is_called_fine(run: Run, dist: Path) -> None:
    """A number typed wrong is not told from one of another bundle."""
    done = run("verify", dist, "--expect", "0" * 32)
    assert done.returncode == 3
    assert "EXPECTED_MISSING" in done.stdout and "問題ありません" not in done.stdout
    assert done.stdout.count("使わないでください") == 2


def test_an_unsigned_bundle_is_refused(run: Run, built: Path) -> None:
    done = run("verify", built / "unsigned")
    assert done.returncode == 3
    assert "--unsigned" in done.stdout


@pytest.mark.parametrize("what", ["nowhere", "empty", "clinic.yaml"])
def test_what_is_no_bundle_is_refused(what: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "clinic.yaml").write_text(CLINIC, "utf-8")
    done = run("verify", what)
    assert done.returncode == 3
    assert what in done.stdout
    assert_clear(done.stdout + done.stderr)


@pytest.mark.parametrize("arguments", [[], ["x", "--expect", "123"], ["x", "--format", "xml"]])
def test_wrong_usage_is_2(arguments: list[str], run: Run) -> None:
    done = run("verify", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert_clear(done.stderr)


@pytest.mark.skipif(sys.platform != "linux", reason="names of any bytes")
@pytest.mark.parametrize(
    "name", [b"\x83\x65.cmd", b"a\x1b[2Jb.cmd", "a\u202edmc.txt".encode(), b"a\nb.cmd"]
)
def test_names_cannot_play_tricks(name: bytes, run: Run, dist: Path) -> None:
    (dist / NAME / os.fsdecode(name)).write_bytes(b"x")
    done = run("verify", "dist")
    assert done.returncode == 3
    assert not {"\x1b", "\u202e"} & set(done.stdout)
    assert "EXTRA" in done.stdout
    data = json.loads(run("verify", "dist", "--format", "json").stdout)
    assert data["bundles"][0]["findings"][0]["path"] == os.fsdecode(name)


def sparse(folder: Path) -> None:
    with (folder / "bundle.cat").open("ab") as file:
        file.truncate(1024**3)


def deep(folder: Path) -> None:
    (folder / "bundle.json").write_bytes(b"[" * 500_000)


def random_signature(folder: Path) -> None:
    (folder / "bundle.cat").write_bytes(os.urandom(5000))


def pipe(folder: Path) -> None:
    (folder / "bundle.json").unlink()
    os.mkfifo(folder / "bundle.json")


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pipes among files")
@pytest.mark.parametrize("harm", [sparse, deep, random_signature, pipe])
def test_hostile_bundles_end_in_3(harm: Callable[[Path], None], run: Run, dist: Path) -> None:
    harm(dist / NAME)
    done = run("verify", "dist")
    assert done.returncode == 3
    assert done.stdout.count("使わないでください") == 1
    assert_clear(done.stdout + done.stderr)
