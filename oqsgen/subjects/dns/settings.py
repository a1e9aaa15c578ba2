"""操作11: the DNS of an NTT line, on the terminal or on the router."""

from oqsgen.clinic import TerminalProfile
from oqsgen.plan.kind import Action
from oqsgen.plan.setting import Setting, Values
from oqsgen.plan.step import Given
from oqsgen.resources import spec
from oqsgen.subjects.common import kinds as common
from oqsgen.subjects.common.endpoints import host
from oqsgen.subjects.dns import kinds

AS_OF: str = spec("network")["dns"]["as_of"]

ROUTER_PAGE = "router:page"
"""Opened on the engineer's word (templates/ps1/dns/router-page.ps1)."""


def _area(profile: TerminalProfile) -> dict[str, list[str]]:
    servers: dict[str, list[str]] = spec("network")["dns"][profile.area]
    return servers


def _title(profile: TerminalProfile) -> str:
    title: str = spec("network")["providers"][f"ntt-{profile.area}"]["title"]
    return f"{title}エリア"


def _on_terminal(profile: TerminalProfile) -> Action | None:
    nic = profile.nic
    return kinds.dns_servers(nic, _area(profile)["oqs"]) if nic else None


def _servers(profile: TerminalProfile) -> Values:
    first, second = _area(profile)["oqs"]
    return (
        (f"{_title(profile)} 優先 DNS サーバー", first),
        (f"{_title(profile)} 代替 DNS サーバー", second),
    )


def _forward_to(profile: TerminalProfile, addresses: list[str]) -> Values:
    return tuple((f"{_title(profile)} 転送先", address) for address in addresses)


def _lines(domains: Values, addresses: list[str]) -> list[Given]:
    """What the fields of the router's table ask for, line by line: a domain and where it is forwarded to."""
    fields = ("ドメイン", "優先", "代替")
    return [
        Given(f"{line} 行目 {field}", value, of=label)
        for line, (label, domain) in enumerate(domains, 1)
        for field, value in zip(fields, (domain, *addresses), strict=True)
    ]


def _ngn_domain(profile: TerminalProfile) -> Values:
    return ((f"{_title(profile)} ドメイン", str(_area(profile)["ngn_domain"])),)


def _ngn_values(profile: TerminalProfile) -> Values:
    return (*_ngn_domain(profile), *_forward_to(profile, _area(profile)["ngn"]))


def _ngn_gives(profile: TerminalProfile) -> list[Given]:
    return _lines(_ngn_domain(profile), _area(profile)["ngn"])


def _oqs_domains() -> Values:
    domains: list[str] = spec("network")["dns"]["oqs_domains"]
    return tuple((f"ドメイン {n}", domain) for n, domain in enumerate(domains, 1))


def _oqs_values(profile: TerminalProfile) -> Values:
    return (*_oqs_domains(), *_forward_to(profile, _area(profile)["oqs"]))


def _oqs_gives(profile: TerminalProfile) -> list[Given]:
    return _lines(_oqs_domains(), _area(profile)["oqs"])


def _oqs_names(profile: TerminalProfile) -> Action:
    """One name of each domain of which the documents print one."""
    purposes = ("secure", "line", "distribution", "application")
    return common.names_resolve([host(purpose) for purpose in purposes])


def _guide_values(profile: TerminalProfile) -> Values:
    year, month, day = map(int, AS_OF.split("-"))
    return (("値の時点", f"{year}年{month}月{day}日"), *_servers(profile))


SETTINGS = (
    Setting(
        id="dns-latest-guide",
        rows=("dns-latest-guide",),
        action=lambda profile: kinds.guide_current(AS_OF, _area(profile)["oqs"], host("secure")),
        values=_guide_values,
        as_of=AS_OF,
    ),
    Setting(
        id="dns-terminal",
        rows=("dns-terminal",),
        action=_on_terminal,
        values=lambda profile: (("ネットワーク接続", profile.nic or ""), *_servers(profile)),
        drops_network=True,
        as_of=AS_OF,
    ),
    Setting(
        id="dns-router-ngn",
        rows=("dns-router-ngn",),
        action=lambda profile: common.names_resolve([str(_area(profile)["ngn_host"])]),
        check="ルーターに登録したドメインの名前を、端末から解決できる。",
        values=_ngn_values,
        gives=_ngn_gives,
        open=ROUTER_PAGE,
        as_of=AS_OF,
    ),
    Setting(
        id="dns-router-oqs",
        rows=("dns-router-oqs",),
        action=_oqs_names,
        values=_oqs_values,
        gives=_oqs_gives,
        open=ROUTER_PAGE,
        as_of=AS_OF,
    ),
)
