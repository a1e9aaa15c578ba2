"""操作11: the DNS of an NTT line, on the terminal or on the router."""

from oqsgen.kinds import Action, dns
from oqsgen.resources import spec
from oqsgen.settings.setting import Setting, Values
from oqsgen.site import Site


def _area(site: Site) -> dict[str, list[str]]:
    known: dict[str, list[str]] = spec("network")["dns"][site.area]
    return known


def _title(site: Site) -> str:
    title: str = spec("network")["providers"][f"ntt-{site.area}"]["title"]
    return title


def _on_terminal(site: Site) -> Action | None:
    nic = site.network.nic
    return dns.servers(nic, _area(site)["oqs"]) if nic else None


def _terminal_values(site: Site) -> Values:
    first, second = _area(site)["oqs"]
    return (
        ("ネットワーク接続", site.network.nic or ""),
        (f"{_title(site)}エリア 優先 DNS サーバー", first),
        (f"{_title(site)}エリア 代替 DNS サーバー", second),
    )


SETTINGS = (
    Setting(
        id="dns-terminal",
        rows=("dns-terminal",),
        action=_on_terminal,
        values=_terminal_values,
        drops_network=True,
    ),
)
