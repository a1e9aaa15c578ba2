"""Whether Windows Update works by itself. Source: policy values NoAutoUpdate and AUOptions."""

from oqsgen.kinds.kind import Action, kind

KIND = kind("update-mode", "machine user", target="service", wanted="mode", changes=False)


def automatic() -> Action:
    """Updates come by themselves."""
    return KIND.action({"service": "update"}, {"mode": "automatic"})


def either() -> Action:
    """Only told, nothing is wanted of it."""
    return KIND.action({"service": "update"}, {})
