"""What is read of the 配信アプリケーション and of what its installer brings."""

from typing import Literal

from oqsgen.manual.versions import version
from oqsgen.plan.kind import ENABLED, THERE, Action, Field, Kind, Wording
from oqsgen.subjects.common.kinds import NAMED_TASK

_PRESENT = (
    Field("present", "whether it is there", label="あるべきもの", wording=Wording(words=THERE)),
)
_BROUGHT = Field("brought", "file of the installer without which nothing can be said yet")

DESKTOP_ICON = Kind(
    "desktop-icon",
    "An icon on the desktop that an installer makes.",
    target=(Field("name", "its file name, `*` allowed"), _BROUGHT),
    wanted=_PRESENT,
    found=(*_PRESENT, Field("path", "where it is")),
    source="setup P.32",
    scopes=("user",),
    thing="デスクトップのアイコン",
    remedy="スタートメニューから開くか、アプリを入れ直してください。",
)


RECORD = r"C:\ProgramData\OQS\OQSDistroApp\config\OQSDistroApp.ini"
"""The file of the application (distro-check P.9)."""


_SERVER = Field(
    "server",
    "接続する配信サーバー: `base` or `cloud`",
    label="接続する配信サーバー",
    wording=Wording(words={"base": "配信拠点", "cloud": "クラウド"}),
)
_STATES = Wording(
    at="state",
    words={
        "clean": "更新済み",
        "probably-clean": "おそらく更新済み",
        "restart": "再起動待ち",
        "wait": "更新の途中",
        "again": "やり直し",
        "stopped": "停止中",
        "other": "資料にない表示",
        "not-converged": "再起動待ちのまま",
    },
    join=" か ",
)
_EMPTY = Field(
    "empty",
    "of `advanced`: whether nothing is filled in",
    label="高度な設定",
    wording=Wording(words={"true": "空", "false": "値が入っている"}),
)

DISTRIBUTION_RECORD = Kind(
    "distribution-record",
    "What the 配信アプリケーション has written about itself; read only. "
    "Unknown where an entry does not say itself what it is, since its keys are undocumented.",
    target=(
        Field("path", "of OQSDistroApp.ini"),
        Field("part", "`status`, `record` (whose it is), `server` or `advanced` (高度な設定)"),
    ),
    wanted=(
        Field(
            "states",
            "of `status`: which ones are right",
            label="配信の状態",
            wording=_STATES,
        ),
        Field(
            "code",
            "of `record`: the facility's code",
            label="配信実績の医療機関コード",
            wording=Wording(at="codes"),
        ),
        Field(
            "ownComputer",
            "of `record`: true, it was written on this PC",
            label="配信実績のコンピューター",
            wording=Wording(words={"true": "この PC", "false": "別の PC"}),
        ),
        _SERVER,
        _EMPTY,
    ),
    found=(
        Field("state", "of `status`: clean, probably-clean, restart, again, stopped or other"),
        Field("codes", "of `record`: facilities' codes in it"),
        Field("computers", "of `record`: computers' names in it"),
        Field("ownComputer", "of `record`: whether this PC's name is among them"),
        _SERVER,
        _EMPTY,
    ),
    source="distro-check P.8-9, ntt-west, almex ⑪",
    thing="配信実績",
    remedy="配信アプリケーションの管理ツールで、あるべき値にしてください。",
)


SETTLED = ("clean", "probably-clean")
"""Nothing is left to update, or the next regular run is waited for (ntt-west, almex ⑪)."""


def record_settled(*, stopped: bool) -> Action:
    """Nothing is going on that asks for somebody; ``stopped``: a terminal that does not update itself."""
    states = [*SETTLED, *(["stopped"] if stopped else [])]
    return DISTRIBUTION_RECORD.action({"path": RECORD, "part": "status"}, {"states": states})


def record_belongs_to(code: str) -> Action:
    """It was written on the PC that asks, for the facility ``code``."""
    return DISTRIBUTION_RECORD.action(
        {"path": RECORD, "part": "record"}, {"code": code, "ownComputer": True}
    )


def record_connects_to(server: Literal["base", "cloud"]) -> Action:
    """接続する配信サーバー is this one."""
    return DISTRIBUTION_RECORD.action({"path": RECORD, "part": "server"}, {"server": server})


def record_nothing_advanced() -> Action:
    """高度な設定 is empty."""
    return DISTRIBUTION_RECORD.action({"path": RECORD, "part": "advanced"}, {"empty": True})


INSTALLED_FILE = Kind(
    "installed-file",
    "A file that has to be there once another one, which the installer brings, is.",
    target=(Field("path", "where it has to be"), _BROUGHT),
    wanted=_PRESENT,
    found=_PRESENT,
    source="distro-check P.9",
    thing="ファイル",
    remedy="アプリを入れ直してください。",
)


_STARTS = (
    Field(
        "enabled",
        "whether its task is on; unknown unless it is there and off",
        label="起動タスク",
        wording=Wording(words=ENABLED),
    ),
)

START_STOPPED = Kind(
    "start-stopped",
    "Whether the task through which Windows starts an application is switched off.",
    target=(
        *NAMED_TASK,
        Field("file", "XML file of the installer without which nothing can be said yet"),
    ),
    wanted=_STARTS,
    found=_STARTS,
    source="setup P.33",
    scopes=("user",),
    thing="タスク",
    remedy="タスク スケジューラで、このタスクを無効にしてください。",
)


def start_stopped(folder: str, name: str) -> Action:
    """The task is switched off; the PC cannot tell whether anything else has stopped it."""
    target = {"path": "\\", "name": name, "file": f"{folder}\\{name}.xml"}
    return START_STOPPED.action(target, {"enabled": False})


def record_file_there() -> Action:
    """It is there, once the application is installed."""
    brought = version("distribution").file
    return INSTALLED_FILE.action({"path": RECORD, "brought": brought}, {"present": True})


UPDATE_CYCLE = Kind(
    "update-cycle",
    "Updating with the 配信アプリケーション in at most three rounds, with a restart after each; "
    "a person does it.",
    target=(
        Field("application", "always `distribution`"),
        Field("record", "path of OQSDistroApp.ini"),
    ),
    wanted=(
        Field(
            "states",
            "what it may end with: clean, probably-clean",
            label="更新の状態",
            wording=_STATES,
        ),
    ),
    found=(
        Field("state", "what it ended with: clean, probably-clean or not-converged"),
        Field("rounds", "how many rounds it took", label="行った回数", wording=Wording(unit=" 回")),
    ),
    source="distro-check P.8, almex ⑪",
    scopes=("user",),
    thing="配信アプリケーションによる更新",
    remedy="「1_適用」をもう一度開き、1 回目から行ってください。",
)


def update_cycle_finished() -> Action:
    """Nothing is left to update, or the next regular run is waited for."""
    target = {"application": "distribution", "record": RECORD}
    return UPDATE_CYCLE.action(target, {"states": list(SETTLED)})
