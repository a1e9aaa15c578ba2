"""操作3: 定刻に再起動, the daily restart."""

from collections.abc import Mapping
from typing import Any

from oqsgen.clinic import TerminalProfile, schedule
from oqsgen.clinic.windows import ACCOUNT
from oqsgen.plan.kind import Action
from oqsgen.plan.own import own_values
from oqsgen.plan.setting import Setting, Values
from oqsgen.resources import spec
from oqsgen.subjects.common import kinds as common
from oqsgen.subjects.restart import kinds
from oqsgen.subjects.restart.task_xml import daily_restart

TASK = "定刻に再起動"
"""Name and description of the task (setup P.13)."""

TIME_ROWS = ("reboot-time-offhours", "reboot-time-congestion", "reboot-time-minute")
"""What is asked of its time (setup P.14)."""


def _task(profile: TerminalProfile) -> Action | None:
    return (
        common.task_registered(TASK, daily_restart(TASK, profile.reboot_time, ACCOUNT))
        if profile.reboot_time
        else None
    )


def _own(profile: TerminalProfile) -> Mapping[str, Any] | None:
    """Times of the PC's own that may stay: before any hour that Windows Update may have then."""
    if ("reboot", "time") not in profile.proposed or profile.reboot_time is None:
        return None
    opening, closing = schedule.opening_of(profile.facility.hours)
    update, hour = None, profile.windows_update.hour
    if hour is not None:
        fitting = [hour]
        if ("windows_update", "hour") in profile.proposed:
            fitting = schedule.updates_that_fit(schedule.minutes(profile.reboot_time), opening)
        update = 60 * min(
            fitting, key=lambda hour_of_day: (60 * hour_of_day - closing) % schedule.DAY
        )
    times = schedule.restarts_that_fit(opening, closing, update)
    return own_values(
        kinds.task_time(TASK, (), ()),
        at=[["time"]],
        allowed=[[schedule.clock(minute)] for minute in times],
        action=lambda time: common.task_registered(TASK, daily_restart(TASK, time, ACCOUNT)),
    )


def _values(profile: TerminalProfile) -> Values:
    return (
        ("名前と説明", TASK),
        ("トリガー", f"毎日 {profile.reboot_time}、間隔 1 日"),
        ("プログラム", "shutdown"),
        ("引数の追加", "/r /t 0"),
        ("実行するユーザー", f"{ACCOUNT}（ログオンしているかどうかにかかわらず実行する）"),
    )


def _registered_time(profile: TerminalProfile) -> Action | None:
    """The time at which a PC that is only looked at restarts; elsewhere the task gets a checked one."""
    if profile.job.mode != "audit":
        return None
    hours, rules = profile.facility.hours, spec("schedule")
    crowded, step = rules["congestion"], rules["minute_step"]
    return kinds.task_time(
        TASK,
        outside=[f"{hours.open}-{hours.close}", f"{crowded['from']}-{crowded['to']}"],
        minute_digits_not=[digit for digit in range(10) if digit % step == 0],
    )


def _time_values(profile: TerminalProfile) -> Values:
    hours, crowded = profile.facility.hours, spec("schedule")["congestion"]
    return (
        ("診療時間", f"{hours.open}～{hours.close}"),
        ("避ける時間帯", f"{crowded['from']}～{crowded['to']}"),
        ("分の末尾", "0と5以外"),
    )


SETTINGS = (
    Setting(
        id="daily-restart",
        rows=("reboot-task", *TIME_ROWS, "reboot-task-principal"),
        action=_task,
        values=_values,
        own=_own,
        secrets=(ACCOUNT,),
    ),
    Setting(
        id="daily-restart-time",
        rows=TIME_ROWS,
        title="再起動の時刻（診療時間外、3:50～4:10以外、分の末尾）",
        what="登録されている「定刻に再起動」の時刻が、診療（業務）時間外であることを確かめます。",
        check="タスク「定刻に再起動」のトリガーの時刻が、3つの条件をすべて満たす。",
        action=_registered_time,
        how="verify",
        values=_time_values,
        unlike_row="Whoever set the PC up may have taken another time than this clinic's file has.",
    ),
    Setting(
        id="daily-restart-history",
        rows=("reboot-why",),
        action=lambda profile: kinds.task_restarted_the_pc(TASK),
    ),
    Setting(
        id="restarted-today",
        rows=("reboot-daily-manual",),
        action=lambda profile: kinds.restarted_within(24),
    ),
)
