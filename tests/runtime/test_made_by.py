"""What releases have left behind (``tests/made-by/``): the present version verifies, undoes and reads it."""

import importlib.util
import json
import re
import shutil
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from oqsgen import __version__
from oqsgen.resources import digest
from oqsgen.subjects import KINDS
from tests import PARTS, ROOT
from tests.command import Run
from tests.examples import bundle_of, plan_in, profiles_of
from tests.pc.assemble import Pc, needs_pwsh
from tests.pc.declared import RETIRED
from tests.pc.shell import json_of
from tests.runtime.test_examples_run import like_before, sign_in, start, trouble

MADE_BY = ROOT / "tests" / "made-by"
VERSIONS = sorted(path.parent for path in MADE_BY.glob("*/names.json"))
PCS = sorted(path.parent for path in MADE_BY.glob("*/*/before.json"))

each_version = pytest.mark.parametrize("version", VERSIONS, ids=lambda path: path.name)
each_pc = pytest.mark.parametrize(
    "left", PCS, ids=lambda path: path.relative_to(MADE_BY).as_posix()
)


def _make() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make", MADE_BY / "make.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


make = _make()


def pcs(version: Path) -> list[Path]:
    return [left for left in PCS if left.parent == version]


def test_every_release_has_left_all_of_it() -> None:
    released = re.findall(
        r"^## \[(\d[^\]]*)\] - \d", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.M
    )
    assert {"0.1.0", *released} <= {path.name for path in VERSIONS}
    for version in VERSIONS:
        assert len(pcs(version)) >= 5


def test_what_is_released_changes_no_more() -> None:
    """Another content is another version, with its heading; what it is, the release has recorded."""
    headings = re.findall(r"^## \[([^\]]*)\]", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.M)
    assert __version__ in headings
    left = MADE_BY / __version__ / "names.json"
    assert not left.exists() or json.loads(left.read_text("utf-8"))["content"] == digest()


def bundle(left: Path) -> Path:
    """The folder of the bundle that a PC was set up with."""
    (script,) = left.glob("*/terminal.ps1")
    return script.parent


def with_present_bundle(left: Path, folder: Path) -> tuple[Pc, Path, dict[str, Any]]:
    """A copy of a PC with what the present version makes of its clinic; the script, and its plan."""
    files = dict(bundle_of(profiles_of(left / "clinic.yaml")[0], None).files)
    shutil.copytree(left / "pc", folder, dirs_exist_ok=True)
    computer = Pc(folder)
    return computer, computer.built(files), plan_in(files["terminal.ps1"])


def asked(plan: dict[str, Any]) -> dict[str, str]:
    """What each step of a plan asks for."""
    fields = ("kind", "how", "target", "wanted")
    return {step["id"]: json.dumps([step[name] for name in fields]) for step in plan["steps"]}


def with_status(computer: Pc, *statuses: str) -> set[str]:
    """The steps of the last run that have one of these."""
    return {step["id"] for step in computer.result()["steps"] if step["status"] in statuses}


@needs_pwsh
@each_pc
def test_a_pc_is_verified_and_undone(left: Path, tmp_path: Path) -> None:
    computer, script, plan = with_present_bundle(left, tmp_path)
    start(computer, script, "Verify")
    assert not with_status(computer, "failed"), trouble(computer)
    # What a later version has changed its mind about may be another one; what it asks for still, is so.
    still = (
        asked(plan).items() & asked(plan_in((bundle(left) / "terminal.ps1").read_bytes())).items()
    )
    assert still
    assert not with_status(computer, "drift") & {name for name, _ in still}, trouble(computer)

    # The linkage application still holds what its credentials were.
    restart = any(step["restart"] for step in plan["steps"] if step["scope"] == "user")
    assert start(computer, script, "Rollback")[1] == (5 if restart else 0), trouble(computer)
    # Nothing was changed by somebody else.
    assert not with_status(computer, "drift", "failed"), trouble(computer)
    sign_in(computer, "setup")
    assert start(computer, script, "Rollback") == (0, 4), trouble(computer)
    assert not with_status(computer, "drift", "failed"), trouble(computer)
    assert with_status(computer, "manual") == {"oqscomapp-account"}
    like_before(computer, json.loads((left / "before.json").read_text("utf-8")))


@needs_pwsh
@each_version
def test_its_journals_are_not_strange(version: Path) -> None:
    journals = sorted(version.glob("*/pc/**/*.jsonl"))
    opening = "; ".join(
        f"$journal = Read-Journal '{path}'; "
        "[pscustomobject] @{ strange = @($journal.strange); open = $journal.open.Count }"
        for path in journals
    )
    found = json_of("\n".join([*make.loading(ROOT), f"ConvertTo-JsonText @({opening})"]))
    assert len(found) == 2 * len(pcs(version))
    for path, journal in zip(journals, found, strict=True):
        assert not journal["strange"], path
        assert journal["open"], path


@needs_pwsh
@each_version
def test_what_its_journals_say_is_known(version: Path) -> None:
    names = json.loads((version / "names.json").read_text("utf-8"))
    problems = "; ".join(
        f"Get-FormatProblem '{name}' {known['format']}"
        for name, known in names["kinds"].items()
        if name not in RETIRED
    )
    asking = f"ConvertTo-JsonText @{{ problems = @({problems}); events = $script:JournalEvents }}"
    found = json_of("\n".join([*make.loading(ROOT), asking]))
    assert not [problem for problem in found["problems"] if problem]
    assert set(names["events"]) <= set(found["events"])


@each_version
def test_its_kinds_have_their_targets(version: Path) -> None:
    """A target is a part of the key by which the journal knows a thing. What only looks is in no journal."""
    names = json.loads((version / "names.json").read_text("utf-8"))
    changing = {name for name, kind in KINDS.items() if kind.changes}
    old = {name: known["target"] for name, known in names["kinds"].items() if name in changing}
    assert len(old) >= 30
    assert old == {
        name: sorted(field.name for field in KINDS[name].target) for name in old if name in KINDS
    }


@each_version
def test_no_journal_knows_a_retired_kind(version: Path) -> None:
    journals = [path.read_text("utf-8") for path in version.glob("*/pc/**/*.jsonl")]
    lines = [json.loads(line) for text in journals for line in text.splitlines()]
    used = {line["kind"] for line in lines if "kind" in line}
    assert used and used.isdisjoint(RETIRED) and RETIRED.isdisjoint(KINDS)


SOMETIMES = {"dns": "off", "user": "name"}
"""Fields that 0.1.0 wrote only where there was something to tell, which no PC of these had.

So were `policy` of power and time, which those of format 2 do not tell: `overrule.Tests.ps1` undoes them.
"""


def test_fields_that_were_told_only_sometimes_keep_their_names() -> None:
    for kind, field in SOMETIMES.items():
        assert field in {one.name for one in KINDS[kind].found if one.sometimes}, kind


@needs_pwsh
def test_files_of_the_person_keep_their_names() -> None:
    """What 0.1.0 keeps for a while between two passes; no PC of these was left there."""
    kept = json_of(
        "\n".join(
            [
                *make.loading(ROOT),
                f". '{PARTS}/common/secret-rule.ps1'",
                "ConvertTo-Json $script:CredentialOutdated",
            ]
        )
    )
    assert kept == "outdated"
    assert "'last-pass.json'" in (PARTS / "runtime" / "main.ps1").read_text("utf-8")


@each_version
def test_its_bundles_and_its_publisher_are_read(version: Path, run: Run, tmp_path: Path) -> None:
    shutil.copytree(version / "data", tmp_path / "data")
    user = {"XDG_DATA_HOME": str(tmp_path / "data")}
    shown = run("keys", "show", "--format", "json", **user)
    assert shown.returncode == 0, shown.stderr
    publisher = json.loads(shown.stdout)["publisher"]

    done = run("verify", *map(bundle, pcs(version)), "--format", "json", **user)
    report = json.loads(done.stdout)
    assert done.returncode == 0 and report["fine"], report
    signatures = [one["signature"] for one in report["bundles"]]
    assert len(signatures) == len(pcs(version))
    assert {one["fingerprint"] for one in signatures} == {publisher["fingerprint"]}
    assert {one["publisher"] for one in signatures} == {"own"}
