"""The command line as a user meets it: Japanese, exit codes, and JSON on standard output alone."""

import json
import os
import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes

from oqsgen.manual.sources import edition
from oqsgen.resources import folder, spec
from tests.certificates import Authority
from tests.command import OQSGEN, Run, running

CLINIC = """\
facility: {code: "1319999012", name: 東京内科, hours: {open: "09:00", close: "18:30"}}
network: {provider: ntt-east, dns: {where: router}}
power: auto
readers: [{vendor: panasonic}]
his: {share_account: null}
terminals: [{name: OQS-01, os: win11-iot-ltsc-2024}]
"""
BUNDLE = Path("dist", "1319999012_OQS-01")
VERBS = ["check", "plan", "build"]
"""Those that read a clinic's file."""
ALL_VERBS = ["new", *VERBS, "verify", "schema", "explain", "diff", "completion"]

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and limits of POSIX")


@pytest.fixture
def clinic(tmp_path: Path) -> Path:
    file = tmp_path / "clinic.yaml"
    file.write_text(CLINIC, "utf-8")
    return file


def contents(target: Path) -> dict[str, bytes]:
    files = (path for path in target.rglob("*") if path.is_file())
    return {path.relative_to(target).as_posix(): path.read_bytes() for path in files}


def assert_clear(text: str) -> None:
    """No traceback, and nothing that click says in English."""
    for trace in ("Traceback", "Error:", "Usage", "Try '", "Options:", "Show this"):
        assert trace not in text


@pytest.mark.parametrize("arguments", [["--help"], *[[verb, "--help"] for verb in ALL_VERBS]])
def test_help_is_japanese(arguments: list[str], run: Run) -> None:
    done = run(*arguments)
    assert done.returncode == 0
    assert done.stdout.startswith("使い方: oqsgen")
    assert "オプション:" in done.stdout
    assert_clear(done.stdout)
    options = re.findall(r"^  (?:-\w, )?--\S+.*$", done.stdout, re.MULTILINE)
    assert options
    for line in options:
        assert re.search(r"[ぁ-んァ-ヶ一-龠]", line), line


def test_every_verb_is_in_the_help(run: Run) -> None:
    shown = run("--help").stdout
    assert all(f"\n  {verb} " in shown for verb in ALL_VERBS)


def test_the_version_is_shown(run: Run) -> None:
    first, manual, *tables = run("--version").stdout.splitlines()
    assert re.fullmatch(r"oqsgen \d+\.\d+\.\d+\S*", first)
    assert manual == f"資格確認端末のセットアップ {edition()}版"
    versions, network = spec("versions"), spec("network")
    days = [versions["as_of"], network["dns"]["as_of"], network["as_of"]]
    assert [line.partition(": ")[2] for line in tables] == [f"{day} 時点" for day in days]


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["bild"],
        ["build"],
        ["build", "clinic.yaml", "--jobs", "0"],
        ["build", "clinic.yaml", "--jobs", "many"],
        ["build", "clinic.yaml", "--jobs"],
        ["build", "clinic.yaml", "--sgin-pfx", "x"],
        ["build", "clinic.yaml", "--unsigned", "--sign-pfx", "x.pfx"],
        ["check"],
        ["check", "clinic.yaml", "--format", "xml"],
        ["plan"],
        ["plan", "clinic.yaml", "other.yaml"],
        ["schema", "clinic.yaml"],
        ["explain", "power", "auto"],
        ["diff", "clinic.yaml"],
        ["completion"],
        ["completion", "cmd"],
        ["schema", "--output", "clinic.yaml"],
        ["--verbose", "check", "clinic.yaml"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_2_and_says_so_in_japanese(
    arguments: list[str], run: Run, clinic: Path, tmp_path: Path
) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert re.search(r"使い方(は|:)", done.stderr)
    assert_clear(done.stderr)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["clinic.yaml"]


def test_a_misspelt_option_is_guessed(run: Run, clinic: Path) -> None:
    assert "もしかして: --sign-pfx" in run("build", clinic, "--sign-pfk", "x").stderr


def test_check_of_a_good_file(run: Run, clinic: Path) -> None:
    done = run("check", "clinic.yaml")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "問題はありません（端末 1 台）。\n"
    as_json = run("check", "clinic.yaml", "--format", "json")
    assert (as_json.returncode, as_json.stderr) == (0, "")
    assert json.loads(as_json.stdout) == {"problems": []}


@pytest.mark.parametrize("verb", VERBS)
def test_json_is_on_standard_output_alone(verb: str, run: Run, clinic: Path) -> None:
    clinic.write_text(CLINIC.replace("power: auto", "powre: auto"), "utf-8")
    done = run(verb, "clinic.yaml", "--format", "json")
    assert done.returncode == 1
    assert done.stderr == ""
    problems = json.loads(done.stdout)["problems"]
    # That power is missing has the same cause, and is not said again.
    (unknown,) = problems
    assert unknown["code"] == "UNKNOWN_KEY"
    assert (unknown["file"], unknown["line"], unknown["column"]) == ("clinic.yaml", 3, 1)
    assert "もしかして" in unknown["message"] and "power" in unknown["message"]
    assert set(unknown) == {
        "code",
        "severity",
        "file",
        "line",
        "column",
        "path",
        "message",
        "requirement",
        "source",
    }


def test_problems_of_all_files_are_shown_together(run: Run, clinic: Path, tmp_path: Path) -> None:
    clinic.write_text(CLINIC.replace("auto", "sometimes"), "utf-8")
    (tmp_path / "folder").mkdir()
    (tmp_path / "list.yaml").write_text("- a\n", "utf-8")
    (tmp_path / "binary.yaml").write_bytes(b"\x00\xff\xfe")
    names = ["clinic.yaml", "missing.yaml", "folder", "list.yaml", "binary.yaml"]
    for verb in ("check", "build"):
        given = [name for name in names if verb == "check" or name != "folder"]
        done = run(verb, *given, "--format", "json")
        assert done.returncode == 1
        assert {problem["file"] for problem in json.loads(done.stdout)["problems"]} == set(given)
        text = run(verb, *given)
        assert text.returncode == 1
        # They are the result of `check`, and beside that of `build`.
        said, nothing = (
            (text.stdout, text.stderr) if verb == "check" else (text.stderr, text.stdout)
        )
        assert nothing == ""
        assert all(name in said for name in given)
        assert_clear(said)
    assert not (tmp_path / "dist").exists()


def test_a_plan_is_shown_for_every_terminal(run: Run, clinic: Path) -> None:
    done = run("plan", "clinic.yaml", "--format", "json")
    assert done.returncode == 0
    (terminal,) = json.loads(done.stdout)["terminals"]
    assert terminal["name"] == "OQS-01"
    contract = {"id", "kind", "scope", "who", "how", "title", "requirements"}
    assert all(contract <= set(step) for step in terminal["steps"])
    text = run("plan", "clinic.yaml").stdout
    assert all(step["title"] in text for step in terminal["steps"])


def test_the_first_build_makes_a_publisher_and_says_so(
    run: Run, clinic: Path, tmp_path: Path
) -> None:
    first = run("build", "clinic.yaml", XDG_DATA_HOME=str(tmp_path / "data"))
    assert first.returncode == 0
    certificate = x509.load_der_x509_certificate(
        (tmp_path / BUNDLE / "publisher" / "publisher.cer").read_bytes()
    )
    fingerprint = certificate.fingerprint(hashes.SHA256()).hex()
    assert fingerprint in first.stderr.replace(" ", "")
    again = run("build", "clinic.yaml", "--format", "json", XDG_DATA_HOME=str(tmp_path / "data"))
    assert again.stderr == ""
    (built,) = json.loads(again.stdout)["bundles"]
    assert built["signer"] == fingerprint
    assert Path(built["folder"]) == BUNDLE
    assert built["id"] in first.stdout


def test_a_pfx_signs_and_its_last_day_is_a_warning(
    run: Run, clinic: Path, tmp_path: Path, authority: Authority
) -> None:
    root = authority.issue("ルート", ca=True, days=(-4000, 4000))
    leaf = authority.issue("ベンダー", root, days=(-4000, 4000))
    (tmp_path / "vendor.pfx").write_bytes(authority.pfx(leaf))
    (tmp_path / "root.cer").write_bytes(root.der)
    sign = ["--sign-pfx", "vendor.pfx", "--sign-password-env", "PFX_PASSWORD"]
    password = Authority.PASSWORD.decode()

    alone = run("build", "clinic.yaml", *sign, PFX_PASSWORD=password)
    assert alone.returncode == 1
    assert "--sign-chain" in alone.stderr

    sign += ["--sign-chain", "root.cer"]
    done = run("build", "clinic.yaml", *sign, PFX_PASSWORD=password)
    assert done.returncode == 0, done.stderr
    assert "SIGNATURE_ENDS" in done.stderr
    last_day = leaf.certificate.not_valid_after_utc.date().isoformat()
    assert last_day in done.stderr
    assert contents(tmp_path / BUNDLE)["publisher/root.cer"] == root.der

    wrong = run("build", "clinic.yaml", *sign, PFX_PASSWORD="wrong horse")
    assert wrong.returncode == 1
    assert "パスワード" in wrong.stderr
    for output in (alone, done, wrong):
        assert password not in output.stdout + output.stderr
        assert "wrong horse" not in output.stdout + output.stderr
        assert_clear(output.stderr)


def test_an_elliptic_pfx_signs_behind_a_warning(
    run: Run, clinic: Path, tmp_path: Path, authority: Authority
) -> None:
    root = authority.issue("ルート", ca=True, days=(-4000, 4000))
    leaf = authority.issue("楕円", root, kind="p256", days=(-4000, 4000))
    (tmp_path / "vendor.pfx").write_bytes(authority.pfx(leaf, (root,)))
    sign = ["--sign-pfx", "vendor.pfx", "--sign-password-env", "PFX_PASSWORD", "--format", "json"]
    done = run("build", "clinic.yaml", *sign, PFX_PASSWORD=Authority.PASSWORD.decode())
    assert done.returncode == 0, done.stderr
    data = json.loads(done.stdout)
    found = [(one["code"], one["severity"], one["file"]) for one in data["problems"]]
    assert found == [
        ("SIGNATURE_ECDSA", "warning", "vendor.pfx"),
        ("SIGNATURE_ENDS", "warning", "vendor.pfx"),
    ]
    again = run("build", "clinic.yaml", *sign, PFX_PASSWORD=Authority.PASSWORD.decode())
    assert json.loads(again.stdout)["bundles"][0]["id"] == data["bundles"][0]["id"]


def test_a_password_that_is_nowhere_is_asked_for_in_words(run: Run, clinic: Path) -> None:
    unset = run("build", "clinic.yaml", "--sign-pfx", "x.pfx", "--sign-password-env", "UNSET_NAME")
    assert unset.returncode == 1
    assert "UNSET_NAME" in unset.stderr
    no_terminal = run("build", "clinic.yaml", "--sign-pfx", "x.pfx")
    assert no_terminal.returncode == 1
    assert "--sign-password-env" in no_terminal.stderr


def test_an_unsigned_build_says_that_it_cannot_run(run: Run, clinic: Path, tmp_path: Path) -> None:
    done = run("build", "clinic.yaml", "--unsigned", XDG_DATA_HOME=str(tmp_path / "data"))
    assert done.returncode == 0
    assert "実行できません" in done.stderr
    assert not (tmp_path / BUNDLE / "publisher").exists()
    assert not (tmp_path / "data").exists()


def test_a_folder_of_files(run: Run, clinic: Path, tmp_path: Path) -> None:
    clinics = tmp_path / "clinics"
    clinics.mkdir()
    empty = run("build", "clinics")
    assert empty.returncode == 1
    assert ".yaml" in empty.stderr
    (clinics / "one.yaml").write_text(CLINIC, "utf-8")
    (clinics / "two.yml").write_text(CLINIC.replace("OQS-01", "OQS-02"), "utf-8")
    (clinics / "notes.txt").write_text("not a clinic")
    assert run("build", "clinics").returncode == 0
    names = sorted(path.name for path in (tmp_path / "dist").iterdir())
    assert names == ["1319999012_OQS-01", "1319999012_OQS-02"]


def test_two_files_for_one_bundle_are_refused(run: Run, clinic: Path, tmp_path: Path) -> None:
    (tmp_path / "same.yaml").write_text(CLINIC.replace("OQS-01", "oqs-01"), "utf-8")
    done = run("build", "clinic.yaml", "same.yaml", "--format", "json")
    assert done.returncode == 1
    problems = json.loads(done.stdout)["problems"]
    assert [(p["code"], p["file"]) for p in problems] == [
        ("DUPLICATE_TERMINAL", "clinic.yaml"),
        ("DUPLICATE_TERMINAL", "same.yaml"),
    ]
    assert not (tmp_path / "dist").exists()


def test_a_file_that_is_named_twice_is_built_once(run: Run, clinic: Path, tmp_path: Path) -> None:
    arguments = ["clinic.yaml", ".", str(clinic), "--format", "json"]
    done = run("build", *arguments)
    assert done.returncode == 0
    assert len(json.loads(done.stdout)["bundles"]) == 1


def test_twelve_terminals_with_four_jobs(run: Run, tmp_path: Path) -> None:
    names = [f"OQS-{number:02}" for number in range(1, 13)]
    terminals = ", ".join(f"{{name: {name}, os: win11-iot-ltsc-2024}}" for name in names)
    text = re.sub(r"terminals: .*", f"terminals: [{terminals}]", CLINIC)
    (tmp_path / "hospital.yaml").write_text(text, "utf-8")
    done = run("build", "hospital.yaml", "--jobs", "4", "--format", "json")
    assert done.returncode == 0, done.stderr
    bundles = json.loads(done.stdout)["bundles"]
    assert [bundle["terminal"] for bundle in bundles] == names
    assert len({bundle["id"] for bundle in bundles}) == 12
    assert sorted(path.name for path in (tmp_path / "dist").iterdir()) == [
        f"1319999012_{name}" for name in names
    ]
    files = [contents(Path(tmp_path, bundle["folder"])) for bundle in bundles]
    assert len({one["terminal.ps1"] for one in files}) == 12
    assert all(set(one) == set(files[0]) for one in files)


def test_an_output_that_cannot_be_written(run: Run, clinic: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    targets = ["file", "file/below"]
    if Path("/proc/self").exists():
        targets.append("/proc/oqsgen")  # not even root can write there
    for target in targets:
        done = run("build", "clinic.yaml", "--unsigned", "-o", target, "--format", "json")
        assert done.returncode == 1
        assert done.stderr == ""
        answer = json.loads(done.stdout)
        assert answer["bundles"] == []
        (problem,) = answer["problems"]
        assert (problem["code"], problem["severity"]) == ("OUTPUT_NOT_WRITTEN", "error")
    assert (tmp_path / "file").read_text() == "in the way"


def limited(arguments: list[str], cwd: Path, size: int) -> subprocess.CompletedProcess[str]:
    """Run oqsgen where no file may become larger than ``size``: the end of a disk, for a test."""
    code = (
        "import resource; from oqsgen.cli.main import main\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))\n"
        "main()"
    )
    return subprocess.run(
        [sys.executable, "-B", "-c", code, *arguments],
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
    )


@posix
def test_a_full_disk_leaves_the_old_bundle(run: Run, clinic: Path, tmp_path: Path) -> None:
    assert run("build", "clinic.yaml").returncode == 0
    before = contents(tmp_path / "dist")
    clinic.write_text(CLINIC.replace("東京内科", "大阪内科"), "utf-8")
    done = limited(["build", "clinic.yaml"], tmp_path, 100_000)
    assert done.returncode == 1
    assert "OUTPUT_NOT_WRITTEN" in done.stderr
    assert_clear(done.stderr)
    assert contents(tmp_path / "dist") == before


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_a_full_standard_output_is_no_bug(clinic: Path, tmp_path: Path) -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [*OQSGEN, "plan", "clinic.yaml"],
            cwd=tmp_path,
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
    assert done.returncode == 1
    assert "空き容量" in done.stderr


@posix
def test_a_reader_that_goes_away_is_no_bug(clinic: Path, tmp_path: Path) -> None:
    with subprocess.Popen(
        [*OQSGEN, "plan", "clinic.yaml"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as child:
        assert child.stdout and child.stderr
        child.stdout.close()
        assert child.stderr.read() == ""


def test_names_that_this_environment_cannot_write(run: Run, clinic: Path, tmp_path: Path) -> None:
    if sys.platform != "linux":
        pytest.skip("file names are Unicode here")
    done = run("build", "clinic.yaml", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert done.returncode == 1
    assert "LANG" in done.stderr
    assert not (tmp_path / BUNDLE).exists()


def test_a_character_that_cannot_be_printed_is_named(run: Run, clinic: Path) -> None:
    clinic.write_text(CLINIC.replace("東京内科", "東京ᚠ内科"), "utf-8")
    done = run("build", "clinic.yaml")
    assert done.returncode == 1
    assert "GLYPH_MISSING" in done.stderr and "ᚠ" in done.stderr


def test_a_bug_is_70_and_reports_no_text_of_the_input(clinic: Path, tmp_path: Path) -> None:
    code = (
        "from oqsgen.cli import check, main\n"
        "def broken(*files): raise KeyError('東京内科')\n"
        "check.read_clinics = broken\n"
        "main.main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "check", "clinic.yaml"],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 70
    assert done.stdout == ""
    assert "不具合" in done.stderr and "KeyError" in done.stderr and "check.py:" in done.stderr
    assert "東京内科" not in done.stderr
    assert_clear(done.stderr)


@posix
def test_ctrl_c_ends_a_long_build_soon(clinic: Path, tmp_path: Path) -> None:
    terminals = ", ".join(f"{{name: P{n}, os: win11-iot-ltsc-2024}}" for n in range(60))
    clinic.write_text(re.sub(r"terminals: .*", f"terminals: [{terminals}]", CLINIC), "utf-8")
    command = [*OQSGEN, "build", "clinic.yaml"]
    with running(command, tmp_path, lambda: list(tmp_path.glob("dist/1*"))) as child:
        child.send_signal(signal.SIGINT)
        _, said = child.communicate(timeout=60)
    assert child.returncode == 130
    assert "中止しました" in said
    assert_clear(said)
    assert len(list(tmp_path.glob("dist/1*"))) < 60


def test_every_example_is_checked_without_an_error(run: Run) -> None:
    examples = sorted((folder("specs") / "examples").glob("*.yaml"))
    # Their clinics are that of clinic.yaml: nobody could build them into one folder.
    alone = [path for path in examples if path.stem in ("p01-tokyo-naika", "smallest")]
    for files in ([path for path in examples if path not in alone], *([path] for path in alone)):
        done = run("check", *files, "--format", "json")
        assert done.returncode == 0
        assert {p["severity"] for p in json.loads(done.stdout)["problems"]} <= {"warning", "info"}


@pytest.mark.skipif(os.name == "nt", reason="a shell of POSIX closes it")
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_a_closed_output_is_no_traceback(closed: str, tmp_path: Path) -> None:
    (tmp_path / "clinic.yaml").write_text(CLINIC, "utf-8")
    command = " ".join(shlex.quote(part) for part in [*OQSGEN, "check", "clinic.yaml"])
    done = subprocess.run(
        ["sh", "-c", f"{command} {closed}"], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 0
    assert "Traceback" not in done.stdout + done.stderr


def test_an_interruption_while_it_starts_is_no_traceback() -> None:
    """Ctrl+C comes while a part is being imported."""
    code = (
        "import builtins\n"
        "load = builtins.__import__\n"
        "def interrupted(name, *more, **named):\n"
        "    if name == 'oqsgen.cli.program':\n"
        "        raise KeyboardInterrupt\n"
        "    return load(name, *more, **named)\n"
        "builtins.__import__ = interrupted\n"
        "from oqsgen.cli.main import main\n"
        "main()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")
