"""操作12: the tasks of 連携アプリケーション, and starting it again with new credentials."""

from oqsgen.clinic import TerminalProfile
from oqsgen.clinic.windows import ACCOUNT
from oqsgen.manual.versions import version
from oqsgen.plan.kind import Action
from oqsgen.plan.setting import Setting, Values
from oqsgen.subjects.common import kinds as common
from oqsgen.subjects.common.credential_names import CRYPT_PASS
from oqsgen.subjects.linkage import kinds

FOLDER = version("linkage").folder

TOOLS = rf"{FOLDER}\tools"
"""Where the tasks' files are (setup P.48), and OQSComAppRestart (almex ⑨)."""

PERIODIC_DELETE = "OQS_exec_comappdelfile_periodic"
DELETES_AT_START = "OQS_exec_comappdelfile_running"
STARTS = "OQS_exec_comappstart"
TASKS = (PERIODIC_DELETE, DELETES_AT_START, STARTS)
"""setup P.48; distro-check P.11 misspells one of them as …delfine… (decision b-17)."""

OLD_DELAY = "PT30S"
"""遅延時間 of the second one where an old version was installed first (distro-check P.11)."""

CONFIG = r"C:\ProgramData\OQS\OQSComApp\config"
"""Where encrypt.conf and encrypt_face.conf are (field)."""

_WHAT = (
    "連携アプリケーションのインストーラーが置いた XML のとおりに、タスク スケジューラへ登録します。"
    "実行するユーザーだけを OqsComApp に変えます。連携用アカウントと資格情報ができてから行います。"
    "OqsComApp のパスワードを、この PC の画面で尋ねます。登録した後は Windows を再起動します。"
)
_LIKE_THE_FIRST = "消し忘れファイル機能定期実行用のタスクと同じように登録します。"


def _imported(name: str, delay: str | None = None) -> Action:
    return common.vendor_task_imported(TOOLS, name, ACCOUNT, delay)


def _delay(profile: TerminalProfile) -> str | None:
    return OLD_DELAY if "old-install" in profile.facts else None


def _values(name: str) -> Values:
    return (
        ("XML", rf"{TOOLS}\{name}.xml"),
        ("ユーザー", f"{ACCOUNT}（ログオンしているかどうかにかかわらず実行する）"),
        ("状態", "準備完了"),
    )


def _values_at_start(profile: TerminalProfile) -> Values:
    delay = (("遅延時間", "30 秒間"),) if _delay(profile) else ()
    return _values(DELETES_AT_START) + delay


def _check(name: str) -> str:
    return (
        f"タスク スケジューラ ライブラリの {name} が「準備完了」で、ユーザーが OqsComApp、"
        "「ユーザーがログオンしているかどうかにかかわらず実行する」になっている。"
    )


def _restarted(profile: TerminalProfile) -> Action | None:
    return kinds.linkage_restarted(FOLDER) if "linkage" in profile.facts else None


SETTINGS = (
    Setting(
        id="linkage-task-periodic",
        rows=("task-com-three",),
        title="連携アプリケーションのタスクの登録（消し忘れファイル機能定期実行用）",
        what=_WHAT,
        check=_check(PERIODIC_DELETE),
        action=lambda profile: _imported(PERIODIC_DELETE),
        values=lambda profile: _values(PERIODIC_DELETE),
        restart=True,
        after=("cred-login-key", "cred-med-code"),
    ),
    Setting(
        id="linkage-task-running",
        rows=("task-com-three", "task-comdel-delay"),
        title="連携アプリケーションのタスクの登録（PC起動時実行用）",
        what=_LIKE_THE_FIRST,
        check=_check(DELETES_AT_START),
        action=lambda profile: _imported(DELETES_AT_START, _delay(profile)),
        values=_values_at_start,
        restart=True,
        after=("cred-login-key", "cred-med-code"),
    ),
    Setting(
        id="linkage-task-start",
        rows=("task-com-three",),
        title="連携アプリケーションのタスクの登録（連携アプリ定期実行用）",
        what=_LIKE_THE_FIRST,
        check=_check(STARTS),
        action=lambda profile: _imported(STARTS),
        values=lambda profile: _values(STARTS),
        restart=True,
        after=("cred-login-key", "cred-med-code"),
    ),
    Setting(
        id="linkage-task-running-ran",
        rows=("task-com-ran",),
        action=lambda profile: common.task_ran_since_boot(DELETES_AT_START),
    ),
    Setting(
        id="linkage-running",
        rows=("com-not-working",),
        action=lambda profile: kinds.linkage_running(FOLDER, STARTS, TASKS),
        values=lambda profile: (
            ("タスク", "、".join(TASKS)),
            ("動作しないとき", "別紙トラブルシューティング 補16"),
        ),
    ),
    Setting(
        id="linkage-restart",
        rows=("com-restart", "com-restart-new", "succ-restart"),
        action=_restarted,
        restart=True,
    ),
    Setting(
        id="encrypt-conf",
        rows=("ext-encrypt-conf",),
        action=lambda profile: kinds.encrypt_conf_says(
            CONFIG, CRYPT_PASS, encrypts=profile.his.encrypt
        ),
    ),
)
