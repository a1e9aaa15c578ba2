"""What a visit should cost at most, and what it cost when it was last played: ``benchmarks/on_site_goals.yaml``, ``…_bounds.yaml``."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from oqsgen.clinic import TerminalProfile
from tests.on_site.engineer import data

FIFTH = 1.2


@dataclass(frozen=True)
class Play:
    """What was played: ``mode`` is that of the job, ``rounds`` are those of the update that restart."""

    name: str
    mode: str
    rounds: int
    staff: int


def play_of(profile: TerminalProfile, rounds: int, name: str) -> Play:
    """How a visit is called and what its goals depend on."""
    return Play(name, profile.job.mode, rounds, len(profile.staff_accounts))


def goals_of(play: Play) -> dict[str, float]:
    """Figure → at most so much."""
    return {
        goal["figure"]: _goal(goal, play)
        for goal in data("on_site_goals.yaml")["goals"]
        if goal.get("job", "new") == play.mode
    }


def most_of(play: Play) -> dict[str, float]:
    """Figure → at most so much on any example: a fifth above the goal."""
    return {
        goal["figure"]: FIFTH * _goal(goal, play)
        for goal in data("on_site_goals.yaml")["goals"]
        if goal.get("fifth")
    }


def bounds_of(name: str) -> dict[str, float]:
    """Figure → what the play of this name has reached; empty where nothing was kept."""
    kept: Mapping[str, dict[str, float]] = data("on_site_bounds.yaml") or {}
    return kept.get(name, {})


def above(figures: Mapping[str, Any], most: Mapping[str, float]) -> list[str]:
    """Those that are above, of those that were played; what was to be seen and was not is above anything."""
    return [
        f"{name}: {figures[name]} > {limit:g}"
        for name, limit in most.items()
        if name in figures and (figures[name] is None or figures[name] > limit)
    ]


def _goal(goal: Mapping[str, Any], play: Play) -> float:
    values = goal["goal"]
    base = values[min(play.rounds, len(values) - 1)] if isinstance(values, list) else values
    return float(base + goal.get("round", 0) * play.rounds + goal.get("staff", 0) * play.staff)
