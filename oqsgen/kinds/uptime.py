"""How long ago Windows was started."""

from oqsgen.kinds.kind import Action, kind

KIND = kind("uptime", "machine user", target="since", wanted="maximumHours", changes=False)


def restarted_within(hours: int) -> Action:
    """Windows was started at most ``hours`` ago."""
    return KIND.action({"since": "boot"}, {"maximumHours": hours})
