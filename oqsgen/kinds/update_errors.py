"""Errors that Windows Update reported in the last seven days. Source: its event log."""

from oqsgen.kinds.kind import Action, kind

KIND = kind("update-errors", "machine", target="service", wanted="recentErrors", changes=False)


def none() -> Action:
    """No update failed lately."""
    return KIND.action({"service": "update"}, {"recentErrors": 0})
