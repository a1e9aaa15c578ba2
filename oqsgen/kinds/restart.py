"""Restarting Windows; the same launcher then goes on."""

from oqsgen.kinds.kind import Action, kind

KIND = kind("restart", "machine", target="boot", wanted="done")


def restart() -> Action:
    """Windows was restarted after this step was first reached."""
    return KIND.action({"boot": "pc"}, {"done": True})
