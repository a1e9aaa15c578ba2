"""Times of the day, and the times that the tool proposes. A day is a circle of 1440 minutes."""

import hashlib
import math
from functools import lru_cache
from typing import Any, Literal

from oqsgen import resources

DAY = 24 * 60

# When Windows Update starts: a minute of the day, a time still to be proposed, or never.
Update = int | Literal["proposed"] | None


def minutes(clock: str) -> int:
    """``18:30`` as minutes since midnight; ``24:00`` is 1440."""
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


def clock(minute: int) -> str:
    """Minutes since midnight as ``HH:MM``."""
    return f"{minute // 60:02}:{minute % 60:02}"


def _rules() -> Any:
    return resources.spec("schedule")


def congestion() -> str:
    """When everybody's terminals restart, as it is printed: ``3:50~4:10``."""
    window = _rules()["congestion"]
    return "~".join(window[end].removeprefix("0") for end in ("from", "to"))


def is_congested(minute: int) -> bool:
    """Whether everybody's terminals restart then; both ends count."""
    window = _rules()["congestion"]
    return minutes(window["from"]) <= minute <= minutes(window["to"])


def is_round(minute: int) -> bool:
    """Whether the last digit of the minute is 0 or 5."""
    return minute % int(_rules()["minute_step"]) == 0


def is_open(minute: int, opening: int, closing: int) -> bool:
    """Whether the clinic is open then; both ends count, and 24:00 is 00:00."""
    return opening <= minute <= closing or (closing == DAY and minute == 0)


def follows(minute: int, reboot: int, opening: int) -> bool:
    """Whether ``minute`` lies strictly after ``reboot`` and strictly before the next opening."""
    return 0 < (minute - reboot) % DAY < (opening - reboot) % DAY


def propose_reboot(seed: str, opening: int, closing: int, update: Update) -> int | None:
    """A restart minute for one terminal: the same at every build, spread over clinics by ``seed``.

    Leaves room for Windows Update between the restart and the opening. None where no minute fits.
    """
    choice = _candidates(opening, closing, update)
    if not choice:
        return None
    digest = hashlib.sha256(seed.encode()).digest()
    return choice[int.from_bytes(digest[:8], "big") % len(choice)]


@lru_cache
def _candidates(opening: int, closing: int, update: Update) -> tuple[int, ...]:
    fitting = {
        minute: _preference(minute, opening, closing, update)
        for minute in range(DAY)
        if not is_round(minute)
        and not is_congested(minute)
        and not is_open(minute, opening, closing)
        and _leaves_room(minute, opening, update)
    }
    best = max(fitting.values(), default=0)
    return tuple(minute for minute, preference in fitting.items() if preference == best)


def _leaves_room(reboot: int, opening: int, update: Update) -> bool:
    if update is None:
        return True
    if update == "proposed":
        return propose_update(reboot, opening) is not None
    return follows(update, reboot, opening)


def _preference(minute: int, opening: int, closing: int, update: Update) -> int:
    rules = _rules()
    margin = rules["reboot_margin"]
    distance = min((minute - closing) % DAY, (opening - minute) % DAY)
    wanted = 1 if distance >= margin else 0
    if isinstance(update, int):
        wanted += (update - minute) % DAY >= margin
    for window in rules["reboot_preferred"]:
        start, end = minutes(window["from"]), minutes(window["to"])
        wanted += (minute - start) % DAY <= (end - start) % DAY
    return wanted


def propose_update(reboot: int, opening: int) -> int | None:
    """The whole hour for Windows Update: the first with some time after the restart."""
    for margin in (int(_rules()["windows_update_margin"]), 1):
        hour = math.ceil((reboot + margin) / 60) % 24
        if follows(hour * 60, reboot, opening):
            return hour
    return None


def opening_of(hours: Any) -> tuple[int, int]:
    """Opening and closing in minutes since midnight."""
    return minutes(hours.open), minutes(hours.close)


def restarts_that_fit(opening: int, closing: int, update: int | None) -> list[int]:
    """All minutes of the day at which a terminal may restart, before ``update`` and the opening."""
    return [
        minute
        for minute in range(DAY)
        if not is_round(minute)
        and not is_congested(minute)
        and not is_open(minute, opening, closing)
        and (update is None or follows(update, minute, opening))
    ]


def updates_that_fit(restart: int, opening: int) -> list[int]:
    """All hours of Windows Update after a restart and before the opening."""
    return [hour for hour in range(24) if follows(hour * 60, restart, opening)]


def active_hours_that_fit(opening: int, closing: int) -> list[tuple[int, int]]:
    """All active hours that hold the opening time and that Windows takes."""
    return [
        (start, end)
        for start in range(24)
        for end in range(24)
        if length(start, end) <= longest() and covers(start, end, opening, closing)
    ]


def length(start: int, end: int) -> int:
    """Hours from ``start`` to ``end``; the same hour twice is a whole day."""
    return (end - start) % 24 or 24


def covers(start: int, end: int, opening: int, closing: int) -> bool:
    """Whether the active hours hold the whole opening time."""
    after = (opening - start * 60) % DAY
    return after + closing - opening <= length(start, end) * 60


def longest() -> int:
    """The most active hours that Windows takes."""
    return int(_rules()["active_hours_maximum"])


def propose_active_hours(opening: int, closing: int) -> tuple[int, int]:
    """Whole hours around the opening time, with an hour to spare on each side if there is room."""
    first, last = opening // 60, math.ceil(closing / 60)
    if last - first + 2 <= longest():
        first, last = first - 1, last + 1
    last = min(last, first + longest())
    return first % 24, last % 24
