"""操作11: why the distribution application does not connect."""

from collections.abc import Iterator

from oqsgen.kinds import Action, bypass_text, first_fault, ipv6, names, proxy, reach, winhttp
from oqsgen.settings import line
from oqsgen.settings.setting import Setting
from oqsgen.site import Site


def _winhttp(site: Site) -> Action:
    wanted = site.proxy
    return winhttp.winhttp_proxy(wanted.server, wanted.bypass, exact=wanted.exact)


def _checks(site: Site) -> Iterator[tuple[str, Action, str]]:
    """In the order of the document; the server itself stands in the application's own window."""
    wanted = site.proxy
    again = "この端末の 1_適用 をもう一度行ってください。"
    if site.left_out.keys().isdisjoint(("proxy-server", "proxy-t2", "proxy-t3-requirements")):
        yield (
            "プロキシと例外リスト",
            proxy.manual_proxy(wanted.server, wanted.bypass, exact=wanted.exact),
            f"プロキシ {wanted.server} と例外リストが設定されていません。{again}",
        )
        yield (
            "例外リストの書き方",
            bypass_text.separated(),
            f"例外がセミコロンで区切られていません。{again}",
        )
        if wanted.winhttp and "proxy-winhttp-import" not in site.left_out:
            yield "WinHTTP プロキシ", _winhttp(site), f"WinHTTP プロキシが違います。{again}"
    if site.network.is_ntt:
        yield (
            "フレッツ・v6オプションの契約",
            ipv6.has_global_address(),
            "2 で始まる IPv6 アドレスがありません。契約を確かめてください。",
        )
    yield "DNS", names.resolve(line.names(site)), "名前を解決できません。"
    yield "接続先", reach.reached(line.places(site)), "つながらない接続先があります。"


SETTINGS = (
    Setting(
        id="winhttp-imported",
        rows=("distro-fail-proxy-cmd",),
        action=_winhttp,
        how="verify",
    ),
    Setting(
        id="v6-option",
        rows=("distro-fail-v6option",),
        action=lambda site: ipv6.has_global_address(),
        how="verify",
    ),
    Setting(
        id="connection-doctor",
        rows=("distro-err-connect",),
        action=lambda site: first_fault.none_of(_checks(site)),
        scope="user",
        who="oqscomapp",
        how="verify",
    ),
)
