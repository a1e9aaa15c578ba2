"""操作3: 定刻に再起動, the daily restart."""

from oqsgen.clinic import TerminalProfile
from oqsgen.clinic.windows import ACCOUNT
from oqsgen.plan.kind import Action
from oqsgen.plan.setting import Setting, Values
from oqsgen.resources import spec
from oqsgen.subjects.common import kinds as common
from oqsgen.subjects.restart import kinds
from oqsgen.subjects.restart.task_xml import daily_restart

TASK = "定刻に再起動"
"""Name and description of the task (setup P.13)."""


def _task(profile: TerminalProfile) -> Action | None:
    return (
        common.task_registered(TASK, daily_restart(TASK, profile.reboot_time, ACCOUNT))
        if profile.reboot_time
        else None
    )


def _values(profile: TerminalProfile) -> Values:
    return (
        ("名前と説明", TASK),
        ("トリガー", f"毎日 {profile.reboot_time}、間隔 1 日"),
        ("プログラム", "shutdown"),
        ("引数の追加", "/r /t 0"),
        ("実行するユーザー", f"{ACCOUNT}（ログオンしているかどうかにかかわらず実行する）"),
    )


def _opening_hours(profile: TerminalProfile) -> Action:
    hours = profile.facility.hours
    return kinds.task_time_outside(TASK, [f"{hours.open}-{hours.close}"])


def _congestion(profile: TerminalProfile) -> Action:
    window = spec("schedule")["congestion"]
    return kinds.task_time_outside(TASK, [f"{window['from']}-{window['to']}"])


def _minute(_: TerminalProfile) -> Action:
    step = spec("schedule")["minute_step"]
    return kinds.task_minute_digit_not(TASK, [digit for digit in range(10) if digit % step == 0])


SETTINGS = (
    Setting(
        id="daily-restart",
        rows=("reboot-task", "reboot-task-principal"),
        title="再起動スケジュール「定刻に再起動」",
        what="タスク スケジューラに、毎日決まった時刻に Windows を再起動するタスクを登録します。"
        "OqsComApp のパスワードを、この PC の画面で尋ねます。",
        check="タスク スケジューラ ライブラリに「定刻に再起動」があり、状態が「準備完了」である。",
        action=_task,
        values=_values,
        secrets=(ACCOUNT,),
    ),
    Setting(
        id="daily-restart-hours",
        rows=("reboot-time-offhours",),
        action=_opening_hours,
    ),
    Setting(
        id="daily-restart-congestion",
        rows=("reboot-time-congestion",),
        action=_congestion,
    ),
    Setting(
        id="daily-restart-minute",
        rows=("reboot-time-minute",),
        action=_minute,
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
