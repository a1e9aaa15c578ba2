"""The Windows Time service: which server it asks, and that it runs. Source: W32Time parameters."""

from oqsgen.kinds.kind import Action, kind

KIND = kind("time", "machine", target="service", wanted="server type automatic")


def internet_time(server: str) -> Action:
    """The service starts by itself and asks ``server`` (a host name) alone."""
    return KIND.action({"service": "W32Time"}, {"server": server, "type": "NTP", "automatic": True})
