"""Updating that somebody stops: the PC sees a task that is off, and takes a person's word for what else stops it."""

from pathlib import Path
from typing import Any

import pytest

from oqsgen.plan.visit import visit
from tests.examples import example, plan_of
from tests.pc.assemble import HERE, needs_pwsh, plan, ready_machine
from tests.runtime.test_runtime import made, statuses

pytestmark = needs_pwsh

PRO = example("clinic")[1]
TASK = r"\OQS_exec_distroappstart"
ON = {"xml": (HERE / "task.xml").read_text("utf-8"), "enabled": True}
TITLE = "――― 起動タスクの状態"


@pytest.mark.parametrize(
    ("tasks", "status"),
    [({}, "manual"), ({TASK: ON}, "manual"), ({TASK: ON | {"enabled": False}}, "ok")],
)
def test_what_the_pc_cannot_tell_is_asked_with_the_rest(
    tmp_path: Path, tasks: dict[str, Any], status: str
) -> None:
    """In one question, also where its number is asked along with another one."""
    numbers = [
        number.as_json()
        for number in visit(PRO, plan_of(PRO))
        if number.id in ("stop-updates", "latest-versions")
    ]
    named = {id for number in numbers for id in number["steps"]} - {"installed-versions"}
    steps = [step.as_json() for step in plan_of(PRO) if step.id in named]
    assert [step["id"] for step in steps if step["kind"] == "start-stopped"]
    computer = made(tmp_path, ready_machine(tasks=tasks))
    script = computer.bundle(plan(steps, numbers=numbers))
    done = computer.run(script, "Apply", "User", answers=[""])
    assert done.exit == 0 and done.console.count("Enter すべて一致した") == 1
    assert (TITLE in done.console) is (status == "manual")
    assert statuses(computer.result())["distribution-start-stopped"] == status
