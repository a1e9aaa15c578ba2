"""What a person has confirmed belongs to the step and what is wanted of it, and can be taken back."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from oqsgen.clinic import TerminalProfile
from oqsgen.plan.visit import visit
from tests.examples import example, plan_of
from tests.pc.assemble import Pc, needs_pwsh, plan, ready_machine
from tests.runtime.test_made_by import PCS, with_present_bundle
from tests.runtime.test_runtime import GUIDED, both, made, statuses, thing

pytestmark = needs_pwsh

JOURNAL = "Users/OqsComApp/AppData/Local/oqsgen/journal.jsonl"
SEE = GUIDED | {"values": [{"label": "文字コード", "value": "UTF-8"}]}


def bundle(steps: list[dict[str, Any]], number: str, mode: str = "new") -> dict[str, Any]:
    """A plan of another bundle."""
    base = plan(steps)
    return base | {"bundle": base["bundle"] | {"id": number * 16, "mode": mode}}


def asked(computer: Pc, made_of: dict[str, Any], name: str = "bundle") -> list[str]:
    """The titles that a start of it asks about, each answered as done."""
    done = computer.run(computer.bundle(made_of, name), "Apply", "User", answers=[])
    assert done.exit == 0 and not done.errors, done
    shown = [step["title"] for step in made_of["steps"] if f"――― {step['title']} " in done.console]
    return shown


def entries(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / JOURNAL).read_text("utf-8").splitlines()]


def test_another_bundle_of_the_same_values_asks_nothing_again(tmp_path: Path) -> None:
    computer = made(tmp_path, ready_machine())
    other = GUIDED | {"id": "other"}
    assert asked(computer, bundle([SEE, other], "a")) == ["項目 guided", "項目 other"]
    first, _ = [entry for entry in entries(tmp_path) if entry["event"] == "confirmed"]
    assert first["step"] == "guided" and first["who"] == "OqsComApp" and first["at"]
    reworded = SEE | {"what": "書き直した説明", "title": "別の題"}
    assert asked(computer, bundle([reworded, other], "b")) == []
    message = computer.result()["steps"][0]["message"]
    assert "OqsComApp" in message and first["at"] in message
    # Another value is another thing to confirm, and nothing else is.
    changed = SEE | {"values": [{"label": "文字コード", "value": "Shift_JIS"}]}
    assert asked(computer, bundle([changed, other], "c")) == ["項目 guided"]
    for more in ({"wanted": {"x": 1}}, {"target": {"x": 1}}):
        assert asked(computer, bundle([SEE | more], "d")) == ["項目 guided"]


def test_each_update_is_confirmed_anew(tmp_path: Path) -> None:
    computer = made(tmp_path, ready_machine())
    assert asked(computer, bundle([SEE], "a", "update")) == ["項目 guided"]
    assert asked(computer, bundle([SEE], "a", "update")) == []
    assert asked(computer, bundle([SEE], "b", "update")) == ["項目 guided"]


def test_a_typed_code_is_known_to_another_bundle(tmp_path: Path) -> None:
    typed = {"id": "typed", "kind": "typed-code", "how": "guided", "target": {"asks": "紙のコード"}}
    typed |= {"wanted": {"code": "1319999012"}}
    computer = made(tmp_path, ready_machine())
    first = computer.bundle(bundle([typed], "a"), "first")
    assert computer.run(first, "Apply", "User", answers=["1319999012"]).exit == 0
    second = computer.bundle(bundle([typed], "b"), "second")
    assert computer.run(second, "Apply", "User", nobody=True).exit == 0
    assert statuses(computer.result()) == {"typed": "ok"}


def test_what_0_1_0_wrote_counts_for_its_bundle(tmp_path: Path) -> None:
    (left,) = (path for path in PCS if path.parent.name == "0.1.0" and path.name == "clinic")
    computer, _, present = with_present_bundle(left, tmp_path)
    old = [entry for entry in entries(tmp_path) if entry["event"] == "confirmed"]
    assert old and not any("of" in entry for entry in old)
    said = {entry["step"] for entry in old} & {s["id"] for s in present["steps"]}
    steps = [
        step for step in present["steps"] if step["id"] in said and step["kind"] == "guided"
    ]  # fmt: skip
    assert len(steps) >= 3
    same = present | {"steps": steps, "siblings": {}}
    same["bundle"] = same["bundle"] | {"id": old[0]["bundle"]}
    assert asked(computer, same, "same") == []
    rebuilt = same | {"bundle": same["bundle"] | {"id": "b" * 16}}
    assert asked(computer, rebuilt, "rebuilt") == [step["title"] for step in steps]


def terminal_plan(profile: TerminalProfile, number: str) -> dict[str, Any]:
    """Of a terminal's plan what only a person sees of the numbers that are done once for the clinic."""
    steps = plan_of(profile)
    numbers = [each.as_json() for each in visit(profile, steps) if each.per == "clinic"]
    ids = {id for each in numbers for id in each["steps"] if id not in each["eachTerminal"]}
    own = [s.as_json() for s in steps if s.id in ids and s.kind in ("guided", "manual")]
    made_of = bundle(own, number)
    made_of["bundle"] |= {"terminal": profile.terminal.name, "facility": {"name": "施設"}}
    made_of["bundle"]["facility"]["code"] = profile.facility.code
    return made_of | {"numbers": numbers}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The stick after the first terminal of a clinic was set up."""
    folder = tmp_path_factory.mktemp("first")
    computer = made(folder, ready_machine())
    assert asked(computer, terminal_plan(example("clinic")[0], "a"))
    return folder / "stick"


def second(folder: Path, stick: Path, number: str = "c") -> tuple[Pc, dict[str, Any]]:
    """The second terminal, with what the stick brought from the first."""
    computer = made(folder, ready_machine(computer="OQS-02"))
    shutil.copytree(stick / "results", folder / "stick" / "results")
    return computer, terminal_plan(example("clinic")[1], number)


def test_what_the_first_terminal_did_for_the_clinic_is_not_asked_again(
    tmp_path: Path, first: Path
) -> None:
    computer, plan_of_second = second(tmp_path, first)
    done = computer.run(computer.bundle(plan_of_second), "Apply", "User", answers=[])
    assert done.exit == 0 and not done.errors, done
    # The accounts of this terminal are its own; of that step, what is the clinic's is not shown again.
    shown = re.findall(r"^    (\S+)  \S", done.console.split("Enter すべて作った")[0], re.M)
    assert shown == ["連携用・WebAPI用", "6"] and done.console.count("Enter すべて作った") == 1
    said = [step["message"] for step in computer.result()["steps"]]
    assert sum("OQS-01 で" in text and "に 担当 <i>。" in text for text in said) == 4
    # It is known by now, also without the stick; another bundle of the same values asks nothing.
    shutil.rmtree(tmp_path / "stick" / "results")
    again = terminal_plan(example("clinic")[1], "d")
    assert asked(computer, again, "again") == []


def test_it_can_be_looked_at_once_more_and_stays_open_then(tmp_path: Path, first: Path) -> None:
    computer, plan_of_second = second(tmp_path, first)
    script = computer.bundle(plan_of_second)
    # b leads back to the last of them; it is asked about, and put off.
    done = computer.run(script, "Apply", "User", answers=["b", "s", "q"])
    assert done.exit == 5
    assert any(entry["event"] == "unconfirmed" for entry in entries(tmp_path))
    done = computer.run(script, "Apply", "User", answers=["q"])
    (taken,) = {entry["step"] for entry in entries(tmp_path) if entry["event"] == "unconfirmed"}
    assert [e["event"] for e in entries(tmp_path) if e.get("step") == taken][-1] == "unconfirmed"


def spoil(text: str, **more: Any) -> str:
    return json.dumps(json.loads(text) | more)


FORGED: list[Callable[[str], str]] = [
    lambda text: text[: len(text) // 2],
    lambda text: "[" * 5000,
    lambda text: spoil(text, format=2),
    lambda text: spoil(text, mode="Rollback"),
    lambda text: spoil(text, steps={"id": "line-auth"}),
    lambda text: spoil(text, bundle=None),
    lambda text: text.replace("1319999012", "1319999013"),
    lambda text: re.sub(r'"of": "\w+"', '"of": ["x"]', text.replace('"values"', '"value"')),
    lambda text: re.sub(r'"at": "[^"]+"', '"at": "2026-11-27"', text),
    lambda text: text.replace('"terminal": "OQS-01"', '"terminal": "OQS-02"'),
    lambda text: text.replace('"terminal": "OQS-01"', '"terminal": "\\u001b[2J"'),
    lambda text: " " * (9 << 20) + text,
]


def test_results_that_are_not_of_this_clinic_change_nothing(tmp_path: Path, first: Path) -> None:
    computer, plan_of_second = second(tmp_path, first)
    results = tmp_path / "stick" / "results"
    (real,) = results.glob("*/*/result.json")
    for number, forge in enumerate(FORGED, 10):
        path = results / f"1319999012_OQS-{number}" / real.parent.name / real.name
        path.parent.mkdir(parents=True)
        path.write_text(forge(real.read_text("utf-8")), "utf-8")
    real.unlink()
    done = computer.run(computer.bundle(plan_of_second), "Apply", "User", answers=["q"])
    assert done.exit == 5 and not done.errors and "\x1b" not in done.console
    assert not (tmp_path / JOURNAL).exists()


def test_results_behind_a_link_are_not_opened(tmp_path: Path, first: Path) -> None:
    computer, plan_of_second = second(tmp_path, first)
    link = {"stick/results/1319999012_OQS-01": {"reparse": True}}
    computer.machine = computer.machine | {"security": link}
    computer.run(computer.bundle(plan_of_second), "Apply", "User", answers=["q"])
    reads = tmp_path / "reads.txt"
    assert not reads.exists() or "stick/results" not in reads.read_text("utf-8")


def test_what_the_pc_has_seen_done_is_no_persons_word(tmp_path: Path) -> None:
    """It lets the machine's work begin, and where it is there no more and put off, something is left."""
    seen = thing("seen", {"x": 1}, person=True, how="guided", open="edge://extensions")
    late = thing("late", {"y": 1}, after=["person-seen"])
    data = {"pc": {}, "person OqsComApp": {"seen": {"x": 1}}}
    computer = made(tmp_path, ready_machine(things=data))
    script = computer.bundle(plan([seen, late]))
    assert both(computer, script, "Apply") == [5, 0]
    assert both(computer, script, "Apply", run="r2") == [0, 0]
    computer.machine |= {"things": {**computer.machine["things"], "person OqsComApp": {}}}
    done = computer.run(script, "Apply", "User", run="r3", answers=["s"])
    assert done.exit == 5 and "■ 残り" in done.console
    assert computer.result()["steps"][0].get("done") is None
