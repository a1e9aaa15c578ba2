"""What is read of restarts."""

from collections.abc import Sequence

from oqsgen.plan.kind import DONE, Action, Field, Kind, Wording
from oqsgen.subjects.common.kinds import NAMED_TASK

_DONE = (
    Field(
        "done",
        "whether Windows was started after the newest of them was made",
        label="導入の後の再起動",
        wording=Wording(words=DONE),
    ),
)

RESTARTED_SINCE = Kind(
    "restarted-since",
    "A restart of Windows after an installer; the same launcher then goes on.",
    target=(Field("paths", "files that the installer makes"),),
    wanted=_DONE,
    found=_DONE,
    source="setup P.5",
    scopes=("user",),
    waits=True,
    thing="再起動",
    remedy="Windows を再起動してください。",
)


def restarted_since(paths: Sequence[str]) -> Action:
    """Windows was started after the newest of ``paths`` was made; the steps after this one wait."""
    return RESTARTED_SINCE.action({"paths": list(paths)}, {"done": True})


_HISTORY = (
    Field(
        "lastResult",
        "what it gave",
        "HRESULT",
        label="前回の実行結果",
        wording=Wording(form="result"),
    ),
    Field(
        "rebooted",
        "whether Windows was started after it",
        label="タスクによる再起動",
        wording=Wording(words={"true": "された", "false": "されていない"}),
    ),
)

TASK_HISTORY = Kind(
    "task-history",
    "What became of a task's last run; unknown before the first.",
    target=NAMED_TASK,
    wanted=_HISTORY,
    found=_HISTORY,
    source="setup P.13; MS-TSCH",
    scopes=("machine",),
    thing="タスク",
    cause="夜に電源が切られている、またはアカウントのパスワードが変わった",
    remedy="タスク スケジューラの「前回の実行結果」、実行するアカウントのパスワードを確かめてください。",
)


def task_restarted_the_pc(name: str) -> Action:
    """The task's last run succeeded, and Windows was started after it."""
    return TASK_HISTORY.action({"path": "\\", "name": name}, {"lastResult": 0, "rebooted": True})


TASK_TIME = Kind(
    "task-time",
    "The time of day at which a task starts.",
    target=NAMED_TASK,
    wanted=(
        Field(
            "outside",
            "closed intervals in which it is not",
            "HH:MM-HH:MM",
            label="再起動の時刻",
            wording=Wording(at="time", bound=" 以外"),
        ),
        Field(
            "minuteDigitsNot",
            "last digits that its minute does not have",
            label="再起動の時刻",
            wording=Wording(at="time", lead="分の末尾が ", bound=" 以外"),
        ),
    ),
    found=(Field("time", "of its one daily trigger, or null", "HH:MM"),),
    source="setup P.14",
    scopes=("machine",),
    thing="タスク",
    remedy="タスク スケジューラで、このタスクの開始時刻を変えてください。",
)


def task_time(name: str, outside: Sequence[str], minute_digits_not: Sequence[int]) -> Action:
    """The task starts outside each of the closed intervals ``outside`` (``HH:MM-HH:MM``).

    The last digit of its minute is none of ``minute_digits_not``.
    """
    wanted = {"outside": list(outside), "minuteDigitsNot": list(minute_digits_not)}
    return TASK_TIME.action({"path": "\\", "name": name}, wanted)


UPTIME = Kind(
    "uptime",
    "How long ago Windows was started.",
    target=(Field("since", "always `boot`"),),
    wanted=(
        Field(
            "maximumHours",
            "it has to be less",
            "h",
            label="起動してからの時間",
            wording=Wording(at="hours", unit=" 時間", bound="未満"),
        ),
    ),
    found=(Field("hours", "how long ago, whole hours", "h"),),
    source="setup P.17",
    thing="起動してからの時間",
    cause="再起動のタスクが動いていない、または夜に電源が切られている",
    remedy="Windows を再起動してください。",
)


def restarted_within(hours: int) -> Action:
    """Windows was started at most ``hours`` ago."""
    return UPTIME.action({"since": "boot"}, {"maximumHours": hours})
