"""What is read of Windows Update."""

from oqsgen.plan.kind import Action, kind

UPDATE_ERRORS = kind(
    "update-errors", "machine", target="service", wanted="recentErrors", changes=False
)
"""Errors that Windows Update reported in the last seven days. Source: its event log."""


def no_update_errors() -> Action:
    """No update failed lately."""
    return UPDATE_ERRORS.action({"service": "update"}, {"recentErrors": 0})


UPDATE_MODE = kind("update-mode", "machine user", target="service", wanted="mode", changes=False)
"""Whether Windows Update works by itself. Source: policy values NoAutoUpdate and AUOptions."""


def updates_automatic() -> Action:
    """Updates come by themselves."""
    return UPDATE_MODE.action({"service": "update"}, {"mode": "automatic"})


def updates_either_way() -> Action:
    """Only told, nothing is wanted of it."""
    return UPDATE_MODE.action({"service": "update"}, {})


UPDATE_WINDOW = kind(
    "update-window", "machine user", target="service", wanted="recommended", changes=False
)
"""Whether this is a time at which Windows Update is recommended to be run by hand."""


def in_update_window() -> Action:
    """Weekday from 19:00, Saturday afternoon or Sunday."""
    return UPDATE_WINDOW.action({"service": "update"}, {"recommended": True})


UPDATES = kind("updates", "user", target="service", wanted="pending restart", changes=False)
"""Updates that are not installed yet. Source: Windows Update Agent API."""
