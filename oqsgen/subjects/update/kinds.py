"""What is read of Windows Update."""

from oqsgen.plan.kind import Action, Field, Kind

_ERRORS = (Field("recentErrors", "how many in the last seven days"),)

UPDATE_ERRORS = Kind(
    "update-errors",
    "Errors that Windows Update reported in the last seven days.",
    target=(Field("service", "always `update`"),),
    wanted=_ERRORS,
    found=_ERRORS,
    source="event log System, Microsoft-Windows-WindowsUpdateClient",
    scopes=("machine",),
)


def no_update_errors() -> Action:
    """Windows Update reported no error in the last seven days."""
    return UPDATE_ERRORS.action({"service": "update"}, {"recentErrors": 0})


_MODE = Field("mode", "`automatic` or `manual`")

UPDATE_MODE = Kind(
    "update-mode",
    "Whether Windows Update works by itself.",
    target=(Field("service", "always `update`"),),
    wanted=(_MODE,),
    found=(
        _MODE,
        Field("NoAutoUpdate", "policy value, or null"),
        Field("AUOptions", "policy value, or null"),
    ),
    source="policy values NoAutoUpdate and AUOptions",
)


def updates_automatic() -> Action:
    """Updates come by themselves."""
    return UPDATE_MODE.action({"service": "update"}, {"mode": "automatic"})


def updates_either_way() -> Action:
    """Only told, nothing is wanted of it."""
    return UPDATE_MODE.action({"service": "update"}, {})


_RECOMMENDED = (Field("recommended", "true: weekdays from 19:00, Saturdays from noon, Sundays"),)

UPDATE_WINDOW = Kind(
    "update-window",
    "Whether this is a time at which Windows Update is recommended to be run by hand.",
    target=(Field("service", "always `update`"),),
    wanted=_RECOMMENDED,
    found=_RECOMMENDED,
    source="ntt-east",
)


def in_update_window() -> Action:
    """Weekday from 19:00, Saturday afternoon or Sunday."""
    return UPDATE_WINDOW.action({"service": "update"}, {"recommended": True})


_OPEN = (
    Field("pending", "how many are left"),
    Field("restart", "whether Windows has to be restarted for them"),
)

UPDATES = Kind(
    "updates",
    "Updates that are not installed yet, as of a search of the last 24 hours; unknown without one.",
    target=(Field("service", "always `update`"),),
    wanted=_OPEN,
    found=_OPEN,
    source="Windows Update Agent API",
    scopes=("user",),
)
