"""The applications' tasks: which terminal gets which, with which delay, and after what."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from examples import steps_of

from oqsgen.plan.step import Step

CLINIC = """\
facility: {{code: "1319999012", name: 東京内科, hours: {{open: "09:00", close: "18:30"}}}}
job: {{mode: {mode}}}
network: {{provider: ntt-east, dns: {{where: router}}}}
power: auto
readers: [{{vendor: almex}}]
his: {{link: {link}, local: true, encrypt: {encrypt}}}
terminals: [{{name: OQS-01, os: win11-iot-ltsc-2024{terminal}}}]
"""


def planned(tmp_path: Path, **values: str) -> Mapping[str, Step]:
    """The steps of a terminal by their ids."""
    known = {"mode": "new", "link": "true", "encrypt": "false", "terminal": ""}
    if values.get("mode") == "succession":
        values["mode"] = 'succession, succession: {previous_code: "1319999020", date: 2026-10-01}'
    path = tmp_path / "clinic.yaml"
    path.write_text(CLINIC.format(**known | values), "utf-8")
    return steps_of(path)


def wanted(step: Step) -> Mapping[str, Any]:
    assert step.wanted is not None
    return step.wanted


@pytest.mark.parametrize(("terminal", "old"), [("", False), (", force_delay: true", True)])
def test_only_an_old_installation_gets_the_delays(tmp_path: Path, terminal: str, old: bool) -> None:
    steps = planned(tmp_path, terminal=terminal)
    assert wanted(steps["distribution-task"])["delay"] == ("PT1M" if old else None)
    assert wanted(steps["linkage-task-running"])["delay"] == ("PT30S" if old else None)
    assert wanted(steps["linkage-task-start"])["delay"] is None
    assert ("task-distro-delay" in steps["distribution-task"].requirements) == old


def test_a_terminal_that_is_updated_by_hand_gets_no_start_task(tmp_path: Path) -> None:
    steps = planned(tmp_path, terminal=", manual_assets: true")
    assert "distribution-task" not in steps and "distribution-task-ran" not in steps
    assert steps["distribution-stopped"].how == "manual"
    assert steps["distribution-start-stopped"].how == "verify"
    assert "distribution-stopped" not in planned(tmp_path)


def test_the_linkage_tasks_come_after_the_credentials(tmp_path: Path) -> None:
    steps = planned(tmp_path)
    for name in ("linkage-task-periodic", "linkage-task-running", "linkage-task-start"):
        assert steps[name].after == ("login-key", "clinic-code") and steps[name].restart
        assert {steps[other].scope for other in steps[name].after} == {"user"}
    # Where no credential is registered, there is nothing to wait for.
    assert planned(tmp_path, mode="update")["linkage-task-start"].after == ()
    assert planned(tmp_path, mode="audit")["linkage-task-start"].after == ()


def test_without_the_linkage_application_there_is_nothing_of_it(tmp_path: Path) -> None:
    steps = planned(tmp_path, link="false")
    assert not [name for name in steps if name.startswith("linkage-") or name == "encrypt-conf"]


def test_the_files_of_encryption_are_looked_at_where_it_is_used(tmp_path: Path) -> None:
    assert "encrypt-conf" not in planned(tmp_path)
    assert wanted(planned(tmp_path, encrypt="true")["encrypt-conf"]) == {"key": "e"}


def test_a_succession_clears_what_the_readers_are_signed_in_with(tmp_path: Path) -> None:
    steps = planned(tmp_path, mode="succession")
    assert wanted(steps["reader-info"]) == {"notBefore": 20261001}
    assert steps["reader-initialize"].how == "guided" and steps["reader-initialize"].open
    assert steps["reader-power"].how == "manual"
    assert "succ-restart" in steps["linkage-restart"].requirements
    assert "reader-info" not in planned(tmp_path)
