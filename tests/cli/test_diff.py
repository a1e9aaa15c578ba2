"""``oqsgen diff`` as a user meets it: clinics' files and bundles, and what somebody else made of one."""

import hashlib
import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests import ROOT
from tests.cli.test_cli import CLINIC, assert_clear
from tests.command import Run

NAME = "1319999012_OQS-01"
MADE_BY = ROOT / "tests" / "made-by" / "0.1.0"
BEGIN, END = "\r\n$plan = @'\r\n", "\r\n'@\r\n"


@pytest.fixture(scope="module")
def dists(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """``old`` and ``new`` as clinics' files and as bundles, ``new`` with two terminals; and an unsigned one."""
    import subprocess

    place = tmp_path_factory.mktemp("dists")
    new = CLINIC.replace("power: auto", "power: manual")
    new = new.replace("terminals: [", "terminals: [{name: OQS-02, os: win11-iot-ltsc-2024}, ")
    for name, text, *options in [("old", CLINIC), ("new", new), ("unsigned", CLINIC, "--unsigned")]:
        (place / f"{name}.yaml").write_text(text, "utf-8")
        command = [sys.executable, "-c", "from oqsgen.cli.main import main; main()"]
        command += ["build", f"{name}.yaml", "-o", name, *options]
        subprocess.run(command, cwd=place, check=True, capture_output=True)
    return place


@pytest.fixture
def bundle(dists: Path, tmp_path: Path) -> Path:
    """An unsigned bundle to be changed."""
    shutil.copytree(dists / "unsigned" / NAME, tmp_path / "changed" / NAME)
    return tmp_path / "changed" / NAME


def test_a_bundle_and_the_file_that_it_was_made_of(run: Run, dists: Path) -> None:
    for old, new in [
        ("old.yaml", "old"),
        ("old", "old.yaml"),
        ("old", "unsigned"),
        (f"old/{NAME}", "old"),
    ]:
        done = run("diff", old, new, cwd=dists)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout == f"端末 {NAME}\n  違いはありません。\n"


@pytest.mark.parametrize("kind", ["", ".yaml"])
def test_what_changes_is_said(kind: str, run: Run, dists: Path) -> None:
    done = run("diff", f"old{kind}", f"new{kind}", cwd=dists)
    assert (done.returncode, done.stderr) == (0, "")
    for line in (
        "    power: auto → manual",
        "    + [設定] アクティブ時間（active-hours）",
        "    - [設定] Windows Updateの自動化（windows-update）",
        "  PC で変わる設定（1）: active-hours",
        "増える端末: 1319999012_OQS-02",
    ):
        assert f"\n{line}\n" in done.stdout
    assert "刷り直します（1・2" in done.stdout


def test_json(run: Run, dists: Path) -> None:
    done = run("diff", "old", "new.yaml", "--format", "json", cwd=dists)
    assert (done.returncode, done.stderr) == (0, "")
    data = json.loads(done.stdout)
    assert (data["added"], data["removed"], data["problems"]) == (["1319999012_OQS-02"], [], [])
    (of_terminal,) = data["terminals"]
    assert of_terminal["pc"] == {
        "sets": ["active-hours"],
        "leaves": ["daily-restart", "windows-update"],
    }
    assert of_terminal["print"]["again"] is True and of_terminal["print"]["pages"]
    assert {"label": "power", "old": "auto", "new": "manual"} in of_terminal["keys"]


def test_a_bundle_of_an_earlier_version(run: Run) -> None:
    example = ROOT / "specs" / "examples" / "p11-chiba-shika.yaml"
    done = run("diff", MADE_BY / "p11-chiba-shika", example)
    assert (done.returncode, done.stderr) == (0, "")
    assert "作ったもの: oqsgen 0.1.0 → " in done.stdout
    assert "言葉は比べていません" in done.stdout and "言葉だけが変わる手順" in done.stdout


def test_another_code_of_one_terminal_is_the_same_terminal(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(CLINIC, "utf-8")
    (tmp_path / "b.yaml").write_text(CLINIC.replace("1319999012", "1319999020"), "utf-8")
    done = run("diff", "a.yaml", "b.yaml")
    assert done.returncode == 0, done.stderr
    assert "facility.code: 1319999012 → 1319999020" in done.stdout


def test_a_file_with_errors_is_1(run: Run, dists: Path, tmp_path: Path) -> None:
    (tmp_path / "wrong.yaml").write_text(CLINIC.replace("auto", "sometimes"), "utf-8")
    for arguments in (["wrong.yaml", dists / "old"], [dists / "old", "none.yaml"]):
        done = run("diff", *arguments)
        assert (done.returncode, done.stdout) == (1, "")
        assert "BAD_VALUE" in done.stderr or "FILE_UNREADABLE" in done.stderr


def plan_of(bundle: Path) -> Any:
    text = (bundle / "terminal.ps1").read_bytes().decode("utf-8-sig")
    return json.loads(text.partition(BEGIN)[2].partition(END)[0])


def put(bundle: Path, plan: str) -> None:
    """Make it the plan of an unsigned bundle, as somebody would who has read how these are made."""
    script = (bundle / "terminal.ps1").read_bytes().decode("utf-8")
    before, begin, rest = script.partition(BEGIN)
    data = (before + begin + plan + END + rest.partition(END)[2]).encode("utf-8", "surrogatepass")
    (bundle / "terminal.ps1").write_bytes(data)
    manifest = json.loads((bundle / "bundle.json").read_bytes())
    manifest["files"]["terminal.ps1"] = hashlib.sha256(data).hexdigest()
    (bundle / "bundle.json").write_text(json.dumps(manifest), "utf-8")


def with_step(change: Callable[[dict[str, Any]], object]) -> Callable[[Path], None]:
    def do(bundle: Path) -> None:
        plan = plan_of(bundle)
        change(plan["steps"][0])
        put(bundle, json.dumps(plan))

    return do


def nest(bundle: Path) -> None:
    plan = plan_of(bundle)
    plan["steps"][0]["wanted"] = "DEEP"
    put(bundle, json.dumps(plan).replace('"DEEP"', "[" * 500 + "]" * 500))


def nest_input(bundle: Path) -> None:
    manifest = json.loads((bundle / "bundle.json").read_bytes())
    manifest["identity"]["input"] = "DEEP"
    deep = '{"a":' * 400 + "1" + "}" * 400
    (bundle / "bundle.json").write_text(json.dumps(manifest).replace('"DEEP"', deep), "utf-8")


def link_script(bundle: Path) -> None:
    shutil.move(bundle / "terminal.ps1", bundle.parent / "elsewhere.ps1")
    (bundle / "terminal.ps1").symlink_to(bundle.parent / "elsewhere.ps1")


def put_folder(bundle: Path) -> None:
    (bundle / "terminal.ps1").unlink()
    (bundle / "terminal.ps1").mkdir()


REFUSED: dict[str, Callable[[Path], object]] = {
    "no script": lambda b: (b / "terminal.ps1").unlink(),
    "no manifest": lambda b: (b / "bundle.json").unlink(),
    "empty script": lambda b: (b / "terminal.ps1").write_bytes(b""),
    "bytes": lambda b: (b / "terminal.ps1").write_bytes(os.urandom(5000)),
    "large script": lambda b: (b / "terminal.ps1").write_bytes(b"#" * (17 << 20)),
    "manifest of a list": lambda b: (b / "bundle.json").write_text("[1]"),
    "deep manifest": lambda b: (b / "bundle.json").write_text("[" * 90000),
    "a word changed": lambda b: (b / "terminal.ps1").write_bytes(
        (b / "terminal.ps1").read_bytes().replace(b"OqsComApp", b"OqsComOpp")
    ),
    "no plan": lambda b: put(b, "{}"),
    "no JSON": lambda b: put(b, "{"),
    "nested plan": nest,
    "nested input": nest_input,
    "no steps": lambda b: put(b, json.dumps({**plan_of(b), "steps": 7})),
    "a step without an id": with_step(lambda step: step.pop("id")),
    "a link": link_script,
    "a folder": put_folder,
}


@pytest.mark.parametrize("how", REFUSED)
def test_a_broken_bundle_ends_in_a_problem(how: str, bundle: Path, run: Run, dists: Path) -> None:
    REFUSED[how](bundle)
    for arguments in ([dists / "old.yaml", bundle], [bundle, dists / "old"]):
        done = run("diff", *arguments, "--format", "json")
        assert (done.returncode, done.stderr) == (3, ""), done
        problem, *_ = json.loads(done.stdout)["problems"]
        assert problem["severity"] == "error" and problem["message"].endswith("。")
        text = run("diff", *arguments)
        assert (text.returncode, text.stdout) == (3, "")
        assert_clear(text.stderr)


BORNE: dict[str, Callable[[dict[str, Any]], object]] = {
    "a title of control characters": lambda step: step.update(title="\x1b[31m赤\n\u202e"),
    "half of a surrogate": lambda step: step.update(title="\ud800", what="\udfff"),
    "no number": lambda step: step.update(wanted={"a": float("nan")}),
    "values of another form": lambda step: step.update(values={"a": 1}, how=[1]),
    "a long text": lambda step: step.update(what="長" * 100_000),
}


@pytest.mark.parametrize("how", BORNE)
def test_what_a_hostile_plan_says_is_only_text(
    how: str, bundle: Path, run: Run, dists: Path
) -> None:
    with_step(BORNE[how])(bundle)
    done = run("diff", dists / "old.yaml", bundle)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    assert "変わる手順（1）" in done.stdout
    assert "\x1b" not in done.stdout and "\u202e" not in done.stdout
    assert run("diff", bundle, dists / "old", "--format", "json").returncode == 0


def test_a_folder_without_a_bundle(run: Run, dists: Path, tmp_path: Path) -> None:
    done = run("diff", dists / "old", tmp_path)
    assert done.returncode == 3 and "NOT_A_BUNDLE" in done.stderr
