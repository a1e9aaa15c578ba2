"""``oqsgen new --from`` bundles: the same terminals again, and no trust in what a folder says of itself."""

import json
from pathlib import Path
from typing import Any

import pytest

from oqsgen.clinic import TerminalProfile, resolve
from oqsgen.input.yaml_reader import load
from oqsgen.office.clinic_yaml import clinic_yaml
from oqsgen.office.from_bundle import OF_THAT_VISIT, tree_of_bundles
from oqsgen.seal.manifest import MANIFEST
from tests.command import Run
from tests.examples import EXAMPLES, example

DEEP: list[Any] = []
for _ in range(200):
    DEEP = [DEEP]


def kept(profile: TerminalProfile) -> dict[str, Any]:
    return {k: v for k, v in profile.resolved_input().items() if k not in OF_THAT_VISIT}


@pytest.mark.parametrize("name", [path.stem for path in EXAMPLES])
def test_the_same_terminals_come_of_bundles(name: str, tmp_path: Path) -> None:
    profiles = example(name)
    file = tmp_path / "clinic.yaml"
    tree = tree_of_bundles([profile.resolved_input() for profile in profiles])
    file.write_text(clinic_yaml(tree, ["一式から"]), "utf-8")
    document, problems = load(file)
    assert document and problems == []
    again, problems = resolve(document)
    assert [problem for problem in problems if problem.severity == "error"] == []
    assert [kept(profile) for profile in again] == [kept(profile) for profile in profiles]


def bundle(folder: Path, resolved: Any) -> Path:
    folder.mkdir(parents=True)
    head = {"format": 2, "id": "0" * 32, "identity": {"input": resolved}, "files": {}}
    (folder / MANIFEST).write_text(json.dumps(head), "utf-8")
    return folder


def test_what_is_missing_is_told(run: Run, tmp_path: Path) -> None:
    source = bundle(tmp_path / "one", example("smallest")[0].resolved_input())
    done = run("new", "--from", source, tmp_path / "clinic.yaml")
    assert done.returncode == 0
    assert "訪問の予定（visit）" in done.stderr and "訪問の予定（visit）" in (
        tmp_path / "clinic.yaml"
    ).read_text("utf-8")


@pytest.mark.parametrize(
    ("resolved", "code"),
    [
        (None, 3),
        ({"terminals": "x"}, 3),
        ({"terminals": []}, 3),
        ({"terminals": ["x"], "facility": 3, "readers": {"a": [[]]}}, 3),
        ({"terminals": [{"name": "a", "os": "win11-pro"}], "power": [["auto"]]}, 3),
        ({"terminals": [{"name": "../x", "os": "win11-pro", "password": "p"}]}, 1),
        ({"terminals": DEEP}, 3),
    ],
)
def test_a_strange_bundle_ends_in_a_problem(
    run: Run, tmp_path: Path, resolved: Any, code: int
) -> None:
    done = run("new", "--from", bundle(tmp_path / "one", resolved), tmp_path / "clinic.yaml")
    assert done.returncode == code, done.stderr


def test_several_facilities_are_not_made_one(run: Run, tmp_path: Path) -> None:
    for name in ("smallest", "p02-osaka-shika"):
        bundle(tmp_path / "dist" / name, example(name)[0].resolved_input())
    done = run("new", "--from", tmp_path / "dist", tmp_path / "clinic.yaml")
    assert done.returncode == 1 and "いくつもの施設" in done.stderr
    assert run("new", "--from", tmp_path, tmp_path / "clinic.yaml").returncode == 3
