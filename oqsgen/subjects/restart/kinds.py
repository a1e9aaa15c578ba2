"""What is read of restarts."""

from collections.abc import Sequence

from oqsgen.plan.kind import Action, kind

RESTARTED_SINCE = kind("restarted-since", "user", target="paths", wanted="done")
"""A restart of Windows after an installer; the same launcher then goes on."""


def restarted_since(paths: Sequence[str]) -> Action:
    """Windows was started after the newest of ``paths`` was made; the steps after this one wait."""
    return RESTARTED_SINCE.action({"paths": list(paths)}, {"done": True})


TASK_HISTORY = kind(
    "task-history", "machine", target="path name", wanted="lastResult rebooted", changes=False
)
"""What became of a task's last run."""


def task_restarted_the_pc(name: str) -> Action:
    """The task's last run succeeded, and Windows was started after it."""
    return TASK_HISTORY.action({"path": "\\", "name": name}, {"lastResult": 0, "rebooted": True})


TASK_TIME = kind(
    "task-time", "machine", target="path name", wanted="outside minuteDigitsNot", changes=False
)
"""The time of day at which a task starts."""


def task_time_outside(name: str, intervals: Sequence[str]) -> Action:
    """The task starts outside each of the closed ``intervals`` (``HH:MM-HH:MM``)."""
    return TASK_TIME.action({"path": "\\", "name": name}, {"outside": list(intervals)})


def task_minute_digit_not(name: str, digits: Sequence[int]) -> Action:
    """The last digit of the minute at which the task starts is none of ``digits``."""
    return TASK_TIME.action({"path": "\\", "name": name}, {"minuteDigitsNot": list(digits)})


UPTIME = kind("uptime", "machine user", target="since", wanted="maximumHours", changes=False)
"""How long ago Windows was started."""


def restarted_within(hours: int) -> Action:
    """Windows was started at most ``hours`` ago."""
    return UPTIME.action({"since": "boot"}, {"maximumHours": hours})
