"""Scaling of the signed-in person's displays. Source: QueryDisplayConfig, DPI-related registry values."""

from oqsgen.kinds.kind import Action, kind

KIND = kind("display", "user", target="displays", wanted="percent")


def scale(percent: int) -> Action:
    """Every display shows at ``percent``."""
    return KIND.action({"displays": "all"}, {"percent": percent})
