"""操作11: the task that starts 配信アプリケーション."""

from oqsgen.clinic import TerminalProfile
from oqsgen.clinic.windows import ACCOUNT
from oqsgen.plan.kind import Action
from oqsgen.plan.setting import Setting, Values, by_person
from oqsgen.subjects.common import kinds as common
from oqsgen.subjects.distribution import kinds

TOOLS = r"C:\Program Files\OQS\OQSDistroApp\tools"
"""Where the installer puts the task's file (setup P.33, distro-check P.9)."""

START = "OQS_exec_distroappstart"
"""The task (setup P.33)."""

OLD_DELAY = "PT1M"
"""遅延時間 where an old version was installed first (distro-check P.10, decision b-22)."""


def updates_itself(profile: TerminalProfile) -> bool:
    """Whether the application goes on updating this terminal by itself."""
    return "stop-auto-update" not in profile.facts


def _task(profile: TerminalProfile) -> Action | None:
    if "start-task" not in profile.facts:
        return None
    delay = OLD_DELAY if "old-install" in profile.facts else None
    may_be_off = not updates_itself(profile)
    return common.vendor_task_imported(TOOLS, START, ACCOUNT, delay, may_be_off=may_be_off)


def _values(profile: TerminalProfile) -> Values:
    delay = (("遅延時間", "1 分間"),) if "old-install" in profile.facts else ()
    return (
        ("XML", rf"{TOOLS}\{START}.xml"),
        ("ユーザー", f"{ACCOUNT}（ログオンしているかどうかにかかわらず実行する）"),
        *delay,
        ("繰り返し間隔", "1 時間（XML のまま）"),
        ("状態", "準備完了"),
    )


SETTINGS = (
    Setting(
        id="distribution-task",
        rows=(
            "task-distro",
            "task-distro-delay",
            "task-edit-password",
            "distro-reboot",
            "distro-stop-auto",
            "ext-distro-repeat",
        ),
        title="配信アプリケーション起動タスクの登録",
        what="配信アプリケーションのインストーラーが置いた XML のとおりに、タスク スケジューラへ登録します"
        "（「タスクのインポート」と同じ）。"
        "実行するユーザーだけを OqsComApp に変え、繰り返し間隔などはそのまま残します。"
        "OqsComApp のパスワードを、この PC の画面で尋ねます。"
        "登録した後は Windows を再起動し、OqsComApp でサインインします。",
        check="タスク スケジューラ ライブラリの OQS_exec_distroappstart が「準備完了」で、ユーザーが OqsComApp、"
        "「ユーザーがログオンしているかどうかにかかわらず実行する」になっている。",
        action=_task,
        values=_values,
        restart=True,
    ),
    Setting(
        id="distribution-task-ran",
        rows=("task-run-after-reboot",),
        title="再起動後の実行確認（配信アプリケーション起動タスク）",
        check=f"タスク スケジューラのライブラリで、{START} の「前回の実行時刻」が再起動より後になっている。",
        action=lambda profile: (
            common.task_ran_since_boot(START) if updates_itself(profile) else None
        ),
        values=lambda profile: (("タスク", START),),
    ),
    Setting(
        id="distribution-stopped",
        rows=("distro-stop-auto",),
        action=by_person,
    ),
    Setting(
        id="distribution-start-stopped",
        rows=("distro-start-state",),
        action=lambda profile: kinds.start_stopped(TOOLS, START),
        values=lambda profile: (("タスク", START),),
    ),
)
