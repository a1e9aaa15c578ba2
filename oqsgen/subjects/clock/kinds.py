"""What is set and read of the PC's clock."""

from oqsgen.plan.kind import Action, Field, Kind

_SYNCHRONIZED = (Field("synchronized", "whether the clock is at most ten seconds off"),)

CLOCK = Kind(
    "clock",
    "The PC's clock against a time server, asked by SNTP.",
    target=(Field("server", "host name of the time server"),),
    wanted=_SYNCHRONIZED,
    found=_SYNCHRONIZED,
    source="RFC 4330",
)


def clock_agrees_with(server: str) -> Action:
    """The clock agrees with ``server``."""
    return CLOCK.action({"server": server}, {"synchronized": True})


_TIME = (
    Field("server", "the one host that it asks; null where there are several", ours=True),
    Field("type", "how it finds a server: NTP, as the value Type", ours=True),
    Field("automatic", "whether it starts with Windows and goes on outside a domain", ours=True),
)

TIME = Kind(
    "time",
    "The Windows Time service: which server it asks, and that it runs.",
    target=(Field("service", "always `W32Time`"),),
    wanted=_TIME,
    found=(
        *_TIME,
        Field("peers", "value NtpServer", "host,flags", ours=True),
        Field("client", "value Enabled of its NTP client, or null", ours=True),
        Field("servers", "list of the control panel: name and host of each, or null", ours=True),
        Field("selected", "name of the one that is chosen there, or null", ours=True),
        Field("start", "how the service starts", "SERVICE_*_START", ours=True),
        Field("delayed", "whether it starts with a delay", ours=True),
        Field("triggers", "its triggers: type, action, subtype (GUID) and data of each", ours=True),
    ),
    source="W32Time parameters; SERVICE_TRIGGER; support.microsoft.com KB2385818",
    scopes=("machine",),
)


def internet_time(server: str) -> Action:
    """The service starts by itself and asks ``server`` (a host name) alone."""
    return TIME.action({"service": "W32Time"}, {"server": server, "type": "NTP", "automatic": True})
