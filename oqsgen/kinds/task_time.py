"""The time of day at which a task starts."""

from collections.abc import Sequence

from oqsgen.kinds.kind import Action, kind

KIND = kind(
    "task-time", "machine", target="path name", wanted="outside minuteDigitsNot", changes=False
)


def outside(name: str, intervals: Sequence[str]) -> Action:
    """The task starts outside each of the closed ``intervals`` (``HH:MM-HH:MM``)."""
    return KIND.action({"path": "\\", "name": name}, {"outside": list(intervals)})


def minute_digit_not(name: str, digits: Sequence[int]) -> Action:
    """The last digit of the minute at which the task starts is none of ``digits``."""
    return KIND.action({"path": "\\", "name": name}, {"minuteDigitsNot": list(digits)})
