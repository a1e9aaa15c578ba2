"""操作11: the DNS of an NTT line, on the terminal or on the router."""

from oqsgen.clinic import Site
from oqsgen.plan.kind import Action
from oqsgen.plan.setting import Setting, Values
from oqsgen.resources import spec
from oqsgen.subjects.common import kinds as common
from oqsgen.subjects.common.endpoints import host
from oqsgen.subjects.dns import kinds

AS_OF: str = spec("network")["dns"]["as_of"]


def _area(site: Site) -> dict[str, list[str]]:
    known: dict[str, list[str]] = spec("network")["dns"][site.area]
    return known


def _title(site: Site) -> str:
    title: str = spec("network")["providers"][f"ntt-{site.area}"]["title"]
    return f"{title}エリア"


def _on_terminal(site: Site) -> Action | None:
    nic = site.nic
    return kinds.dns_servers(nic, _area(site)["oqs"]) if nic else None


def _servers(site: Site) -> Values:
    first, second = _area(site)["oqs"]
    return (
        (f"{_title(site)} 優先 DNS サーバー", first),
        (f"{_title(site)} 代替 DNS サーバー", second),
    )


def _forward_to(site: Site, addresses: list[str]) -> Values:
    return tuple((f"{_title(site)} 転送先", address) for address in addresses)


def _ngn_values(site: Site) -> Values:
    domain = str(_area(site)["ngn_domain"])
    return ((f"{_title(site)} ドメイン", domain), *_forward_to(site, _area(site)["ngn"]))


def _oqs_values(site: Site) -> Values:
    domains: list[str] = spec("network")["dns"]["oqs_domains"]
    listed = tuple((f"ドメイン {number}", domain) for number, domain in enumerate(domains, 1))
    return (*listed, *_forward_to(site, _area(site)["oqs"]))


def _oqs_names(site: Site) -> Action:
    """One name of each domain of which the documents print one."""
    purposes = ("secure", "line", "distribution", "application")
    return common.names_resolve([host(purpose) for purpose in purposes])


def _guide_values(site: Site) -> Values:
    year, month, day = map(int, AS_OF.split("-"))
    return (("値の時点", f"{year}年{month}月{day}日"), *_servers(site))


SETTINGS = (
    Setting(
        id="dns-latest-guide",
        rows=("dns-latest-guide",),
        action=lambda site: kinds.guide_current(AS_OF, _area(site)["oqs"], host("secure")),
        values=_guide_values,
        as_of=AS_OF,
    ),
    Setting(
        id="dns-terminal",
        rows=("dns-terminal",),
        action=_on_terminal,
        values=lambda site: (("ネットワーク接続", site.nic or ""), *_servers(site)),
        drops_network=True,
        as_of=AS_OF,
    ),
    Setting(
        id="dns-router-ngn",
        rows=("dns-router-ngn",),
        action=lambda site: common.names_resolve([str(_area(site)["ngn_host"])]),
        check="ルーターに登録したドメインの名前を、端末から解決できる。",
        values=_ngn_values,
        as_of=AS_OF,
    ),
    Setting(
        id="dns-router-oqs",
        rows=("dns-router-oqs",),
        action=_oqs_names,
        values=_oqs_values,
        as_of=AS_OF,
    ),
)
