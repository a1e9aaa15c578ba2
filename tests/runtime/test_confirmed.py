"""What a person has confirmed belongs to the step and what is wanted of it, and can be taken back."""

import json
from pathlib import Path
from typing import Any

from tests.pc.assemble import Pc, needs_pwsh, plan, ready_machine
from tests.runtime.test_made_by import PCS, with_present_bundle
from tests.runtime.test_runtime import GUIDED, made, statuses

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
