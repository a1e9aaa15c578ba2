"""What is set and read of the name servers."""

from collections.abc import Sequence

from oqsgen.plan.kind import Action, kind

DNS = kind("dns", "machine", target="connection", wanted="servers")
"""The IPv6 DNS servers that a connection has by hand. Source: Set-DnsClientServerAddress."""


def dns_servers(connection: str, addresses: Sequence[str]) -> Action:
    """The connection of that name asks these IPv6 addresses, in this order, and no others."""
    return DNS.action({"connection": connection}, {"servers": list(addresses)})


DNS_GUIDE = kind(
    "dns-guide", "machine user", target="asOf servers host", wanted="usable", changes=False
)
"""DNS servers of our data that the line still has."""


def guide_current(as_of: str, servers: Sequence[str], host: str) -> Action:
    """``servers``, right on the day ``as_of`` (YYYY-MM-DD), still answer questions about ``host``."""
    target = {"asOf": int(as_of.replace("-", "")), "servers": list(servers), "host": host}
    return DNS_GUIDE.action(target, {"usable": True})
