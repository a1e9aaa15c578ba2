"""操作3: what Windows Update is set to."""

from tests.examples import FOLDER, steps_of


def test_the_policy_leaves_no_other_time_to_install_at() -> None:
    """AutomaticMaintenanceEnabled and the weeks of a month win over the hour that is given."""
    values = dict(steps_of(FOLDER / "smallest.yaml")["windows-update"].wanted or {})["values"]
    none = {name for name, value in values.items() if value is None}
    weeks = {f"ScheduledInstall{week}Week" for week in ("First", "Second", "Third", "Fourth")}
    assert none == {"AutomaticMaintenanceEnabled", *weeks}
    assert values["ScheduledInstallEveryWeek"]["data"] == 1
    assert values["ScheduledInstallDay"]["data"] == 0


def test_active_hours_are_one_step() -> None:
    steps = steps_of(FOLDER / "p02-osaka-shika.yaml")
    step = steps["active-hours"]
    assert step.kind == "active-hours" and step.wanted == {"start": 8, "end": 20}
    assert step.values == (
        ("アクティブ時間を調整する", "手動"),
        ("開始時刻", "08:00"),
        ("終了時刻", "20:00"),
    )
