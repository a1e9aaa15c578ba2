"""The PC's clock against a time server, asked by SNTP. Source: RFC 4330."""

from oqsgen.kinds.kind import Action, kind

KIND = kind("clock", "machine user", target="server", wanted="synchronized", changes=False)


def agrees_with(server: str) -> Action:
    """The clock agrees with ``server``."""
    return KIND.action({"server": server}, {"synchronized": True})
