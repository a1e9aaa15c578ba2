"""An update and a succession leave the PC's own times where they meet the rules, and set the proposed ones where not."""

import json
from pathlib import Path
from typing import Any

import pytest

from oqsgen.clinic import TerminalProfile, schedule
from tests.clinic.test_resolve import SMALLEST
from tests.examples import plan_of, profiles_of
from tests.pc.assemble import Pc, needs_pwsh, pc, plan, ready_machine

TIMED = ("daily-restart", "windows-update", "active-hours")


def profile(folder: Path, **more: Any) -> TerminalProfile:
    path = folder / "clinic.yaml"
    path.write_text(json.dumps(SMALLEST | more), "utf-8")
    return profiles_of(path)[0]


def applied(computer: Pc, of: TerminalProfile, name: str) -> dict[str, str]:
    """What became of the steps that are about times."""
    steps = [step.as_json() for step in plan_of(of) if step.id in TIMED]
    script = computer.bundle(plan(steps), name)
    secret = "Oqs-Secret-2"
    done = computer.run(script, "Apply", "Machine", run=name, answers=[secret, secret])
    assert not done.errors, done
    (result,) = computer.folder.glob(f"ProgramData/oqsgen/results/{name}.json")
    return {step["id"]: step["status"] for step in json.loads(result.read_text())["steps"]}


def update(folder: Path, **more: Any) -> TerminalProfile:
    return profile(folder, job={"mode": "update"}, **more)


@needs_pwsh
@pytest.mark.parametrize(
    ("restart", "hour", "stays"), [("02:13", 5, "ok"), ("03:57", 4, "changed")]
)
def test_a_time_that_meets_the_rules_stays(
    tmp_path: Path, restart: str, hour: int, stays: str
) -> None:
    computer = pc(tmp_path, ready_machine())
    made = profile(tmp_path, reboot={"time": "02:13"}, windows_update={"hour": 5})
    assert set(applied(computer, made, "first").values()) == {"changed"}
    machine = computer.machine
    machine["tasks"][r"\定刻に再起動"]["xml"] = machine["tasks"][r"\定刻に再起動"]["xml"].replace(
        "02:13", restart
    )
    computer.machine = machine
    before = json.dumps(computer.machine["tasks"])
    found = applied(computer, update(tmp_path), "update")
    assert found["daily-restart"] == stays
    assert found["windows-update"] == "ok"
    assert (json.dumps(computer.machine["tasks"]) == before) == (stays == "ok")
    # What the file says is wanted whatever the PC has.
    written = update(tmp_path, reboot={"time": "01:11"}, windows_update={"hour": 6})
    assert set(applied(computer, written, "written").values()) == {"changed"}


@needs_pwsh
def test_active_hours_that_hold_the_opening_time_stay(tmp_path: Path) -> None:
    computer = pc(tmp_path, ready_machine())
    for start, end, stays in ((7, 20, "ok"), (10, 20, "changed")):
        hours = {"power": "manual", "active_hours": {"start": start, "end": end}}
        if stays == "changed":
            hours["facility"] = SMALLEST["facility"] | {
                "hours": {"open": "10:00", "close": "18:30"}
            }
        applied(computer, profile(tmp_path, **hours), f"made{start}")
        found = applied(computer, update(tmp_path, power="manual"), f"update{start}")
        assert found["active-hours"] == stays


@pytest.mark.parametrize("mode", ["update", "succession"])
def test_what_may_stay_meets_every_rule_whatever_the_other_value_is(
    tmp_path: Path, mode: str
) -> None:
    carry = {
        "succession": {"previous_code": "1319999020", "date": "2027-01-01", "carry_over": True}
    }
    job = {"mode": mode} | (carry if mode == "succession" else {})
    steps = {step.id: step for step in plan_of(profile(tmp_path, job=job))}
    restart, hours = (steps[name].own for name in ("daily-restart", "windows-update"))
    assert restart and hours
    times = [schedule.minutes(time) for time in restart["allowed"]]
    assert len(times) > 100 and len(hours["allowed"]) > 1
    for time in times:
        assert not schedule.is_round(time) and not schedule.is_congested(time)
        assert not schedule.is_open(time, 540, 1110)
        assert all(schedule.follows(60 * int(hour), time, 540) for hour in hours["allowed"])


def test_only_a_proposal_gives_way(tmp_path: Path) -> None:
    def own(of: TerminalProfile) -> set[str]:
        return {step.id for step in plan_of(of) if step.own}

    assert own(profile(tmp_path)) == set()
    assert own(update(tmp_path)) == {"daily-restart", "windows-update"}
    assert own(update(tmp_path, reboot={"time": "02:13"})) == {"windows-update"}
    assert own(update(tmp_path, windows_update={"hour": 5})) == {"daily-restart"}
    assert own(update(tmp_path, power="manual")) == {"active-hours"}


def test_the_input_tells_a_proposal_from_what_is_written(tmp_path: Path) -> None:
    """Read again it is the same, and the two have two bundle ids."""
    of = update(tmp_path)
    kept = of.resolved_input()
    path = tmp_path / "again.yaml"
    path.write_text(json.dumps(kept), "utf-8")
    (again,) = profiles_of(path)
    assert again.resolved_input() == kept and again.reboot_time == of.reboot_time
    assert [step.as_json() for step in plan_of(again)] == [s.as_json() for s in plan_of(of)]
    hour = {"hour": of.windows_update.hour}
    written = update(tmp_path, reboot={"time": of.reboot_time}, windows_update=hour)
    assert written.resolved_input() != kept
