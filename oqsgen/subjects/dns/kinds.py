"""What is set and read of the name servers."""

from collections.abc import Sequence

from oqsgen.plan.kind import ENABLED, Action, Field, Kind, Wording

_SERVERS = Field(
    "servers", "IPv6 addresses in order; empty: automatic", ours=True, label="IPv6 の DNS サーバー"
)

DNS = Kind(
    "dns",
    "The IPv6 DNS servers that a connection has by hand; with TCP/IPv6 on.",
    target=(Field("connection", "name of the connection"),),
    wanted=(_SERVERS,),
    found=(
        Field("interface", "which connection it is", "GUID", ours=True),
        Field(
            "bound",
            "whether TCP/IPv6 is on for it",
            label="IPv6",
            wording=Wording(words=ENABLED, always=(True,)),
        ),
        _SERVERS,
        Field("serversIPv4", "IPv4 addresses in order; empty: automatic"),
        Field("off", "true: DisabledComponents takes IPv6 away", sometimes=True),
    ),
    source="Set-DnsClientServerAddress; learn.microsoft.com, Configure IPv6 in Windows",
    scopes=("machine",),
    thing="DNS サーバー",
    cause="アダプターやルーターの入れ替え、ほかの担当者の設定",
)


def dns_servers(connection: str, addresses: Sequence[str]) -> Action:
    """``connection`` has TCP/IPv6 on and exactly these IPv6 DNS servers, in this order.

    Its IPv4 servers stay.
    """
    return DNS.action({"connection": connection}, {"servers": list(addresses)})


_USABLE = (
    Field(
        "usable",
        "true: given less than a year ago, or answering (a warning)",
        label="資料の DNS サーバー",
        wording=Wording(words={"true": "答える", "false": "答えない"}),
    ),
)

DNS_GUIDE = Kind(
    "dns-guide",
    "DNS servers of our data that the line still has.",
    target=(
        Field("asOf", "day for which the documents give them", "yyyymmdd"),
        Field("servers", "their addresses"),
        Field("host", "name that they are asked for"),
    ),
    wanted=_USABLE,
    found=_USABLE,
    source="IP-VPN接続ガイド; distro-check P.6",
    thing="DNS サーバー",
    remedy="この PC の DNS サーバーの設定と、資料のアドレスが今も使えるかを、回線の窓口に確かめてください。",
)


def guide_current(as_of: str, servers: Sequence[str], host: str) -> Action:
    """``servers``, right on the day ``as_of`` (YYYY-MM-DD), still answer questions about ``host``."""
    target = {"asOf": int(as_of.replace("-", "")), "servers": list(servers), "host": host}
    return DNS_GUIDE.action(target, {"usable": True})
