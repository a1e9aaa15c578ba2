"""``docs/new-edition.md``: the rows, values and versions of a made-up edition, beside those that are there.

``tests/editions/3.23`` holds what it changes: entries of a list by their ``id`` (one that is ``gone``, a new one
``after`` another), all else key by key.
"""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from pdfminer.high_level import extract_text

from oqsgen.clinic import TerminalProfile
from oqsgen.compare.bundle import of_bundle
from oqsgen.compare.difference import difference
from oqsgen.compare.side import of_profile
from oqsgen.manual.sources import edition
from oqsgen.manual.versions import version
from oqsgen.resources import spec
from oqsgen.seal.verify.places import bundles_at
from tests import ROOT
from tests.examples import EXAMPLES, bundle_of, example, plan_in, plan_of

PAGE = (ROOT / "docs" / "new-edition.md").read_text("utf-8")
NEW = "3.23"
CHANGES = ROOT / "tests" / "editions" / NEW
PLANS = """
import json, sys
from pathlib import Path
from oqsgen.clinic import resolve
from oqsgen.input.yaml_reader import load
from oqsgen.plan.plan import make_plan

plans = {}
for path in sorted(Path("specs", "examples").glob("*.yaml")):
    document, _ = load(path)
    for profile in resolve(document)[0]:
        plans[f"{path.stem} {profile.terminal.name}"] = [s.as_json() for s in make_plan(profile)]
json.dump(plans, sys.stdout)
"""
Plan = dict[str, dict[str, Any]]

CHANGED = {
    "pre-os-setup-done": {"check"},
    "installer-distribution": {"values", "wanted"},
    "distribution-installed": {"check", "values", "wanted"},
    "installed-versions": {"values", "wanted"},
}
"""Step → its fields that say something new, but for the edition's name in ``source``."""
CHANGED_IN_T1 = {
    "proxy": {"values", "wanted"},
    "winhttp": {"values", "wanted"},
    "connection-doctor": {"target"},
}
"""The same of the official exceptions, which are for lines to the 配信拠点 alone."""
GONE, ADDED = "almex-power-order", "screen-saver-off"
ADDED_STEP = {
    "id": ADDED,
    "kind": "manual",
    "scope": "user",
    "who": "everyone",
    "how": "manual",
    "area": "windows",
    "title": "スクリーン セーバーを「なし」",
    "what": "設定→個人用設定→ロック画面→スクリーン セーバーで「（なし）」を選びます。",
    "check": "スクリーン セーバーが「（なし）」である。",
    "values": [],
    "requirements": [ADDED],
    "source": [f"資格確認端末のセットアップ {NEW}版 P.18"],
    "asOf": None,
    "target": None,
    "wanted": None,
    "secrets": [],
    "restart": False,
    "dropsNetwork": False,
    "after": [],
    "overrules": [],
    "open": None,
}


def new_data(name: str) -> Any:
    """What the made-up edition changes of ``specs/<name>.yaml``."""
    return yaml.safe_load((CHANGES / f"{name}.yaml").read_bytes())


LEAST = version("distribution").minimum
NEW_LEAST = new_data("versions")["versions"]["distribution"]["minimum"]
OFFICIAL = spec("network")["proxy"]["bypass"]
NEW_OFFICIAL = new_data("network")["proxy"]["bypass"]


def merged(old: Any, new: Any) -> Any:
    """``old`` data of ``specs/`` with the changes ``new``."""
    if isinstance(old, dict) and isinstance(new, dict):
        return {**old, **{key: merged(old.get(key), value) for key, value in new.items()}}
    if isinstance(old, list) and isinstance(new, list) and isinstance(new[0], dict):
        entries = {entry["id"]: entry for entry in old}
        for change in new:
            entries = dict(changed(entries, change))
        return list(entries.values())
    return new


def changed(entries: Plan, change: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The entries of a list after one change."""
    name, after = change["id"], change.get("after")
    assert (after or name) in entries
    for key, entry in entries.items():
        if key == name and not change.get("gone"):
            yield key, merged(entry, change)
        elif key != name:
            yield key, entry
        if key == after:
            yield name, {field: value for field, value in change.items() if field != "after"}


@pytest.fixture(scope="session")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """oqsgen with the specs of the made-up edition."""
    top = tmp_path_factory.mktemp("edition")
    for name in ("oqsgen", "specs", "templates"):
        shutil.copytree(ROOT / name, top / name, ignore=shutil.ignore_patterns("__pycache__"))
    for path in CHANGES.rglob("*.yaml"):
        file = top / "specs" / path.relative_to(CHANGES)
        data = merged(yaml.safe_load(file.read_bytes()), yaml.safe_load(path.read_bytes()))
        file.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")
    return top


def run(folder: Path, code: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-P", "-c", code, *arguments],
        cwd=folder,
        env={"PYTHONPATH": str(folder), "HOME": str(folder), "PATH": "", "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def oqsgen(folder: Path, *arguments: str) -> str:
    return run(folder, "from oqsgen.cli.main import main; main()", *arguments)


@pytest.fixture(scope="session")
def new_plans(copy: Path) -> dict[str, Plan]:
    """Example and terminal → its steps by id, under the new edition."""
    plans = json.loads(run(copy, PLANS))
    return {name: {step["id"]: step for step in steps} for name, steps in plans.items()}


@cache
def old_plans() -> dict[str, Plan]:
    """The same under the edition that is there, as JSON gives it back."""
    return {
        f"{path.stem} {profile.terminal.name}": {
            step.id: json.loads(json.dumps(step.as_json())) for step in plan_of(profile)
        }
        for path in EXAMPLES
        for profile in example(path.stem)
    }


def by_hand(old: Plan, profile: TerminalProfile) -> Plan:
    """What the new edition makes of a plan, word by word."""
    pairs = [(f"{edition()}版", f"{NEW}版"), (LEAST, NEW_LEAST)]
    pairs += zip(OFFICIAL, NEW_OFFICIAL, strict=True) if profile.topology == "t1" else []
    new: Plan = {}
    for name, step in old.items():
        text = json.dumps(step, ensure_ascii=False)
        for before, after in pairs:
            text = text.replace(before, after)
        new[name] = json.loads(text)
        if name == "display-scale" and "audit" not in profile.facts:
            new[ADDED] = ADDED_STEP
    new["pre-os-setup-done"][
        "check"
    ] = "電源を入れるとサインイン画面になり、初期セットアップの画面が出ない。"
    new.pop(GONE, None)
    return new


every_terminal = pytest.mark.parametrize(
    ("name", "profile"),
    [
        pytest.param(f"{path.stem} {profile.terminal.name}", profile, id=profile.name)
        for path in EXAMPLES
        for profile in example(path.stem)
    ],
)


@every_terminal
def test_a_plan_changes_in_the_steps_that_the_edition_changes(
    name: str, profile: TerminalProfile, new_plans: dict[str, Plan]
) -> None:
    old, new = old_plans()[name], new_plans[name]
    expected = CHANGED | (CHANGED_IN_T1 if profile.topology == "t1" else {})
    found = {
        step: {field for field in old[step] if old[step][field] != new[step][field]} - {"source"}
        for step in old.keys() & new.keys()
    }
    assert {step: fields for step, fields in found.items() if fields} == {
        step: fields for step, fields in expected.items() if step in old
    }
    assert old.keys() - new.keys() == {GONE} & old.keys()
    assert new.keys() - old.keys() == ({ADDED} if "audit" not in profile.facts else set())


@every_terminal
def test_a_plan_is_that_of_the_old_edition_with_the_new_words(
    name: str, profile: TerminalProfile, new_plans: dict[str, Plan]
) -> None:
    expected = by_hand(old_plans()[name], profile)
    assert new_plans[name] == expected
    assert list(new_plans[name]) == list(expected), "in this order"


@every_terminal
def test_what_a_pc_was_set_to_before_stays_known_there(
    name: str, profile: TerminalProfile, new_plans: dict[str, Plan]
) -> None:
    """The journal knows a thing by kind and target: a new value is set over the old one, and undone."""
    for step in old_plans()[name].values():
        if step["how"] == "apply":
            new = new_plans[name][step["id"]]
            assert (new["kind"], new["target"]) == (step["kind"], step["target"])


def test_every_change_is_seen_in_some_plan() -> None:
    assert LEAST != NEW_LEAST and OFFICIAL != NEW_OFFICIAL and edition() != NEW
    everywhere = {step for plan in old_plans().values() for step in plan}
    assert {*CHANGED, *CHANGED_IN_T1, GONE} <= everywhere


@pytest.fixture(scope="session")
def built(copy: Path) -> dict[str, bytes]:
    """The files of a bundle of the new edition, by name."""
    oqsgen(copy, "build", "--unsigned", "specs/examples/smallest.yaml")
    (folder,) = (copy / "dist").iterdir()
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_edition_is_printed_everywhere(
    copy: Path, new_plans: dict[str, Plan], built: dict[str, bytes]
) -> None:
    steps = [step for plan in new_plans.values() for step in plan.values()]
    sources = [line for step in steps for line in step["source"]]
    assert any(f"{NEW}版" in line for line in sources)
    assert not [line for line in sources if f"{edition()}版" in line]
    assert json.loads(built["bundle.json"])["manual"] == NEW
    assert plan_in(built["terminal.ps1"])["bundle"]["manual"] == NEW
    sheet = re.sub(r"\s", "", extract_text(BytesIO(built["チェックリスト.pdf"])))
    assert f"セットアップ{NEW}版" in sheet and f"{edition()}版" not in sheet
    assert [name for name, data in built.items() if edition().encode() in data] == []


def test_the_page_shows_what_is_printed(copy: Path) -> None:
    ((command, shown),) = re.findall(r"```console\n\$ oqsgen (.*)\n(.*)\n```", PAGE)
    assert f"セットアップ {NEW}版 P.1" in shown
    assert shown in oqsgen(copy, *command.split()).splitlines()


def test_a_bundle_of_another_edition_has_an_id_of_its_own(built: dict[str, bytes]) -> None:
    old = json.loads(bundle_of(example("smallest")[0], None).files["bundle.json"])
    new = json.loads(built["bundle.json"])
    assert new["identity"]["input"] == old["identity"]["input"] and new["id"] != old["id"]


def test_pages_that_name_the_edition_name_this_one() -> None:
    for name in ("README.md", "README.ja.md", "specs/sources/setup.yaml"):
        named = re.findall(r"セットアップ (\d+\.\d+)版", (ROOT / name).read_text("utf-8"))
        assert named and set(named) == {edition()}, name


def test_a_bundle_of_another_edition_is_compared(copy: Path, tmp_path: Path) -> None:
    oqsgen(copy, "build", "specs/examples/smallest.yaml", "--unsigned", "-o", str(tmp_path))
    (folder,) = bundles_at(tmp_path)
    old = of_profile(example("smallest")[0])
    found = difference(old, of_bundle(folder))
    assert [(c.label, c.old, c.new) for c in found.versions] == [("手順書", edition(), NEW)]
    assert [step.id for step in found.added] == [ADDED]
    assert {step.id for step in found.removed} <= {GONE}
    meant = (CHANGED.keys() | CHANGED_IN_T1.keys()) & {step.id for step in old.steps}
    assert {change.step.id for change in found.changed} == meant
    assert found.keys == () and found.print_again and found.pages is None
    assert {"proxy"} <= {step.id for step in found.on_pc} <= meant
