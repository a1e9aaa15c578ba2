"""The figures of a visit, from what the engineer wrote down."""

from collections.abc import Sequence
from typing import Any

from tests.on_site.engineer import STAFF, Diary, Event
from tests.pc.columns import width

PAUSE = 60
"""Seconds without a question after which the next one interrupts something."""


def in_932(text: str) -> bool:
    """Whether a console of code page 932 can show it."""
    try:
        text.encode("cp932")
    except UnicodeEncodeError:
        return False
    return True


def figures(diary: Diary) -> dict[str, Any]:
    """What is counted, by name."""
    events = diary.events
    questions = [event.at for event in events if event.what in ("question", "secret")]
    own = [event for event in events if event.block == "tool"]
    staff = [event.what for event in events if event.block == STAFF]
    by_hand = [event for event in events if event.block != "tool"]
    typed = [event for event in events if event.what == "secret"]
    secrets = [event for event in typed if event.block != STAFF]
    lines = [screen.strip("\n").split("\n") for screen in diary.screens]
    asked = [event for event in events if event.what == "question"]
    breaks = sum(
        event.at - before > PAUSE
        for event in asked
        for before in [max((at for at in questions if at < event.at), default=0.0)]
    )
    inside = sum(event.actions for event in by_hand if not event.outside)
    tool = sum(event.actions for event in own)
    return {
        "launchers opened": diary.count("open"),
        "UAC": diary.count("uac"),
        "UAC of one start": most_a_start(events, "uac"),
        "sign-outs": diary.count("sign-out") - staff.count("sign-out"),
        "sign-outs for staff accounts": staff.count("sign-out"),
        "restarts": diary.count("restart"),
        "questions": len(asked),
        "questions after a minute": breaks,
        "secrets": len(secrets),
        "secrets of staff accounts": len(typed) - len(secrets),
        "kinds of secrets": len({event.detail for event in typed} - {"確認のためもう一度"}),
        "lines": max(map(len, lines), default=0),
        "columns": max((width(line) for screen in lines for line in screen), default=0),
        "letters not in code page 932": len({c for s in diary.screens for c in s if not in_932(c)}),
        "actions for the tool": tool,
        "actions of the manual's": tool + inside,
        "actions door to door": tool + sum(event.actions for event in by_hand),
        "values typed": sum(event.typed for event in by_hand),
        "minutes until usable": minutes(diary.usable),
        "minutes of the visit": minutes(diary.now),
        "minutes idle": minutes(diary.idle),
        "minutes until the line's verdict": minutes(diary.verdict),
        "answered by keys typed before": diary.early,
    }


def most_a_start(events: Sequence[Event], what: str) -> int:
    """How often something happens at most between two launchers that are opened, or open by themselves."""
    starts = [0]
    for event in events:
        if event.what in ("open", "opened"):
            starts.append(0)
        starts[-1] += event.what == what
    return max(starts)


def worst(diary: Diary) -> list[str]:
    """The longest screen by its first line, and the widest line."""
    screens = [screen.strip("\n").split("\n") for screen in diary.screens]
    longest = max(screens, key=len, default=[""])
    widest = max((line for screen in screens for line in screen), key=width, default="")
    return [f"longest, {len(longest)} lines: {longest[0]}", f"widest, {width(widest)}: {widest}"]


def minutes(seconds: float | None) -> float | None:
    """Rounded to a tenth."""
    return None if seconds is None else round(seconds / 60, 1)


def blocks(diary: Diary) -> dict[str, int]:
    """Actions by block."""
    found: dict[str, int] = {}
    for event in diary.events:
        if event.block:
            found[event.block] = found.get(event.block, 0) + event.actions
    return found
