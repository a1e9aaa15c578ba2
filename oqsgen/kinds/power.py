"""Idle times of the active power scheme, in seconds; 0 = never. Source: PowerReadACValueIndex."""

from typing import Literal

from oqsgen.kinds.kind import Action, kind

KIND = kind("power", "machine", target="source", wanted="standby hibernate")


def never_sleeps(source: Literal["ac", "dc"]) -> Action:
    """On mains (``ac``) or battery (``dc``) the PC neither sleeps nor hibernates when idle."""
    return KIND.action({"source": source}, {"standby": 0, "hibernate": 0})
