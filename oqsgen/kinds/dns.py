"""The IPv6 DNS servers that a connection has by hand. Source: Set-DnsClientServerAddress."""

from collections.abc import Sequence

from oqsgen.kinds.kind import Action, kind

KIND = kind("dns", "machine", target="connection", wanted="servers")


def servers(connection: str, addresses: Sequence[str]) -> Action:
    """The connection of that name asks these IPv6 addresses, in this order, and no others."""
    return KIND.action({"connection": connection}, {"servers": list(addresses)})
