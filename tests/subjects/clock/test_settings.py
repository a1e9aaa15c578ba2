"""操作3: the clock of the PC."""

from pathlib import Path
from typing import Any

import pytest

from oqsgen.manual.rows import row
from tests.examples import EXAMPLES, example, plan_of
from tests.pc.assemble import needs_pwsh, pc, plan, ready_machine
from tests.subjects.clinics import wanted

KEY = r"HKLM\SYSTEM\CurrentControlSet\Control\TimeZoneInformation"


@pytest.mark.parametrize("name", [path.stem for path in EXAMPLES])
def test_the_time_zone_is_looked_at_before_what_happens_at_a_set_time(name: str) -> None:
    for profile in example(name):
        steps = plan_of(profile)
        ids = [step.id for step in steps]
        zone = steps[ids.index("time-zone")]
        assert (zone.kind, zone.how, zone.scope) == ("registry", "verify", "machine")
        assert wanted(zone) == {"type": "String", "data": "Tokyo Standard Time"}
        timed = {"internet-time", "daily-restart", "windows-update", "active-hours"}
        assert all(ids.index("time-zone") < ids.index(other) for other in timed & {*ids})


@needs_pwsh
@pytest.mark.parametrize(
    ("zone", "status"),
    [("Tokyo Standard Time", "ok"), ("Pacific Standard Time", "drift"), (None, "drift")],
)
def test_a_pc_from_an_image_of_another_country_is_told_apart(
    zone: str | None, status: str, tmp_path: Path
) -> None:
    value: dict[str, Any] = {"TimeZoneKeyName": {"type": "String", "data": zone}} if zone else {}
    computer = pc(tmp_path, ready_machine(registry={KEY: value}))
    look = row("time-zone").verify
    assert look is not None
    script = computer.bundle(
        plan([{"id": "time-zone", "how": "verify", "scope": "machine", **look}])
    )
    for scope in ("Machine", "User"):
        assert not computer.run(script, "Apply", scope, run="r").errors
    (step,) = [one for one in computer.result()["steps"] if one["id"] == "time-zone"]
    assert step["status"] == status
    assert computer.machine["registry"][KEY] == value, "only looked at"
