"""What is set and read of the PC's clock."""

from oqsgen.plan.kind import Action, kind

CLOCK = kind("clock", "machine user", target="server", wanted="synchronized", changes=False)
"""The PC's clock against a time server, asked by SNTP. Source: RFC 4330."""


def clock_agrees_with(server: str) -> Action:
    """The clock agrees with ``server``."""
    return CLOCK.action({"server": server}, {"synchronized": True})


TIME = kind("time", "machine", target="service", wanted="server type automatic")
"""The Windows Time service: which server it asks, and that it runs. Source: W32Time parameters."""


def internet_time(server: str) -> Action:
    """The service starts by itself and asks ``server`` (a host name) alone."""
    return TIME.action({"service": "W32Time"}, {"server": server, "type": "NTP", "automatic": True})
