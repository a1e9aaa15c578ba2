"""What is set and read of sleep and mains."""

from typing import Literal

from oqsgen.plan.kind import Action, kind

POWER = kind("power", "machine", target="source", wanted="standby hibernate")
"""Idle times of the active power scheme, in seconds; 0 = never. Source: PowerReadACValueIndex."""


def never_sleeps(source: Literal["ac", "dc"]) -> Action:
    """On mains (``ac``) or battery (``dc``) the PC neither sleeps nor hibernates when idle."""
    return POWER.action({"source": source}, {"standby": 0, "hibernate": 0})


POWER_LINE = kind("power-line", "machine user", target="source", wanted="connected", changes=False)
"""Whether the PC runs on mains. Source: GetSystemPowerStatus."""
