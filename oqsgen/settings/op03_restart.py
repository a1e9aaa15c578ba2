"""操作3: 定刻に再起動, the daily restart."""

from oqsgen.kinds import Action, task, task_history, task_time, uptime
from oqsgen.resources import spec
from oqsgen.settings.op01_account import ACCOUNT
from oqsgen.settings.setting import Setting, Values
from oqsgen.site import Site
from oqsgen.task_xml import daily_restart

TASK = "定刻に再起動"
"""Name and description of the task (setup P.13)."""

_SHAPED_BY = ("item-required-marks", "item-groups")


def _task(site: Site) -> Action | None:
    return (
        task.task(TASK, daily_restart(TASK, site.reboot_time, ACCOUNT))
        if site.reboot_time
        else None
    )


def _values(site: Site) -> Values:
    return (
        ("名前と説明", TASK),
        ("トリガー", f"毎日 {site.reboot_time}、間隔 1 日"),
        ("プログラム", "shutdown"),
        ("引数の追加", "/r /t 0"),
        ("実行するユーザー", f"{ACCOUNT}（ログオンしているかどうかにかかわらず実行する）"),
    )


def _opening_hours(site: Site) -> Action:
    hours = site.facility.hours
    return task_time.outside(TASK, [f"{hours.open}-{hours.close}"])


def _congestion(site: Site) -> Action:
    window = spec("schedule")["congestion"]
    return task_time.outside(TASK, [f"{window['start']}-{window['end']}"])


SETTINGS = (
    Setting(
        id="daily-restart",
        rows=("reboot-task", "reboot-task-principal"),
        shaped_by=_SHAPED_BY,
        title="再起動スケジュール「定刻に再起動」",
        what="タスク スケジューラに、毎日決まった時刻に Windows を再起動するタスクを登録します。"
        "OqsComApp のパスワードを、この PC の画面で尋ねます。",
        check="タスク スケジューラ ライブラリに「定刻に再起動」があり、状態が「準備完了」である。",
        action=_task,
        scope="machine",
        who="administrator",
        values=_values,
        secrets=(ACCOUNT,),
    ),
    Setting(
        id="daily-restart-hours",
        rows=("reboot-time-offhours",),
        title="再起動の時刻が診療時間外であること",
        what="登録されているタスクの時刻が診療時間に入っていないことを確かめます。",
        check="タスクのトリガーの時刻が診療時間外である。",
        action=_opening_hours,
        scope="machine",
        who="administrator",
        how="verify",
    ),
    Setting(
        id="daily-restart-congestion",
        rows=("reboot-time-congestion",),
        title="再起動の時刻が 3:50～4:10 でないこと",
        what="アクセスが集中する 3:50～4:10 にタスクの時刻が入っていないことを確かめます。",
        check="タスクのトリガーの時刻が 3:50～4:10 でない。",
        action=_congestion,
        scope="machine",
        who="administrator",
        how="verify",
    ),
    Setting(
        id="daily-restart-minute",
        rows=("reboot-time-minute",),
        title="再起動の時刻の分の末尾が 0 と 5 でないこと",
        what="タスクの時刻の分の末尾が 0 でも 5 でもないことを確かめます。",
        check="タスクのトリガーの分の末尾が 0 と 5 以外である。",
        action=lambda site: task_time.minute_digit_not(TASK, spec("schedule")["minute_digits_not"]),
        scope="machine",
        who="administrator",
        how="verify",
    ),
    Setting(
        id="daily-restart-history",
        rows=("reboot-why",),
        title="「定刻に再起動」の実行結果",
        what="配信アプリケーションの自動更新は再起動で反映されます。タスクの前回の実行が成功し、"
        "その後に Windows が起動していることを確かめます。",
        check="タスクの「前回の実行結果」が 0x0 である。登録した日は、まだ実行されていない。",
        action=lambda site: task_history.restarted_the_pc(TASK),
        scope="machine",
        who="administrator",
        how="verify",
    ),
    Setting(
        id="restarted-today",
        rows=("reboot-daily-manual",),
        title="1 日 1 回の再起動",
        what="電源を手動で入れ切りする施設では、更新を反映するため、1 日 1 回 Windows を再起動します。"
        "前回の起動から 24 時間以内であることを確かめます。",
        check="スタート→電源→再起動を、毎日 1 回行っている。",
        action=lambda site: uptime.restarted_within(24),
        scope="machine",
        who="administrator",
        how="verify",
    ),
)
