"""Whether this is a time at which Windows Update is recommended to be run by hand."""

from oqsgen.kinds.kind import Action, kind

KIND = kind("update-window", "machine user", target="service", wanted="recommended", changes=False)


def now() -> Action:
    """Weekday from 19:00, Saturday afternoon or Sunday."""
    return KIND.action({"service": "update"}, {"recommended": True})
