"""How far a build is: one line at a terminal, rewritten as bundles end, and once a second."""

import time
from math import ceil

from oqsgen.cli.console import rewrite, room_of_progress
from oqsgen.cli.problems_as_text import window
from oqsgen.text import columns

SHORTEST_NAME = 12
"""Columns below which a name is not begun."""


class Progress:
    """The line of ``total`` bundles of which ``jobs`` are made at once; nothing unless it ``is_shown``."""

    def __init__(self, total: int, jobs: int, *, is_shown: bool) -> None:
        self._total, self._jobs, self._shown = total, jobs, is_shown
        self._name = ""
        self._warm: tuple[int, float] | None = None

    def begin(self, name: str) -> None:
        """Name what is being made now; from any thread."""
        self._name = name

    def show(self, ended: int) -> None:
        """Show that so many are done."""
        now = time.monotonic()
        # The first ones load what all others find loaded.
        if self._warm is None and ended >= self._jobs:
            self._warm = (ended, now)
        room = room_of_progress() if self._shown else None
        if room is not None:
            rewrite(line(ended, self._total, self._left(ended, now), self._name, room))

    def clear(self) -> None:
        """Take the line away."""
        if self._shown and room_of_progress() is not None:
            rewrite("")

    def _left(self, ended: int, now: float) -> float | None:
        """Seconds that the rest takes, at the pace of as many as are made at once, at least."""
        if self._warm is None or ended - self._warm[0] < self._jobs:
            return None
        each = (now - self._warm[1]) / (ended - self._warm[0])
        return each * (self._total - ended)


def line(ended: int, total: int, seconds: float | None, name: str, room: int) -> str:
    """「12/200 残り約 3 分 東京内科 OQS-01」 in no more than so many columns."""
    text = f"{ended}/{total}" + (f" 残り約 {_duration(seconds)}" if seconds is not None else "")
    room_left = room - columns(text) - 1
    if room_left < 0:
        return f"{ended}/{total}"[: max(room, 0)]
    if columns(name) > room_left:
        name = window(name, 0, room_left)[0] if room_left >= SHORTEST_NAME else ""
    return f"{text} {name}".rstrip()


def _duration(seconds: float) -> str:
    if seconds <= 50:
        return f"{max(1, ceil(seconds / 10)) * 10} 秒"
    minutes = ceil(seconds / 60)
    return f"{minutes} 分" if minutes < 60 else f"{minutes // 60} 時間 {minutes % 60} 分"
