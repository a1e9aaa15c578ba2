"""What is set of the displays."""

from oqsgen.plan.kind import Action, kind

DISPLAY = kind("display", "user", target="displays", wanted="percent")
"""Scaling of the signed-in person's displays. Source: QueryDisplayConfig, DPI-related registry values."""


def scale(percent: int) -> Action:
    """Every display shows at ``percent``."""
    return DISPLAY.action({"displays": "all"}, {"percent": percent})
