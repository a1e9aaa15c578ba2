"""操作11: why the distribution application does not connect."""

from collections.abc import Iterator

from oqsgen.clinic import Site
from oqsgen.plan.kind import Action
from oqsgen.plan.setting import Setting
from oqsgen.subjects.common import endpoints
from oqsgen.subjects.common import kinds as common
from oqsgen.subjects.network import kinds
from oqsgen.subjects.proxy import kinds as proxy_kinds


def _winhttp(site: Site) -> Action:
    wanted = site.proxy
    return proxy_kinds.winhttp_proxy(wanted.server, wanted.bypass, exact=wanted.exact)


def _checks(site: Site) -> Iterator[tuple[str, Action, str]]:
    """In the order of the document; the server itself stands in the application's own window."""
    wanted = site.proxy
    again = "この端末の 1_適用 をもう一度行ってください。"
    if site.left_out.keys().isdisjoint(("proxy-server", "proxy-t2", "proxy-t3-requirements")):
        yield (
            "プロキシと例外リスト",
            proxy_kinds.manual_proxy(wanted.server, wanted.bypass, exact=wanted.exact),
            f"プロキシ {wanted.server} と例外リストが設定されていません。{again}",
        )
        yield (
            "例外リストの書き方",
            proxy_kinds.bypass_separated(),
            f"例外がセミコロンで区切られていません。{again}",
        )
        if wanted.winhttp and "proxy-winhttp-import" not in site.left_out:
            yield "WinHTTP プロキシ", _winhttp(site), f"WinHTTP プロキシが違います。{again}"
    if site.network.is_ntt:
        yield (
            "フレッツ・v6オプションの契約",
            kinds.has_global_address(),
            "2 で始まる IPv6 アドレスがありません。契約を確かめてください。",
        )
    yield "DNS", common.names_resolve(endpoints.names(site)), "名前を解決できません。"
    yield "接続先", common.reached(endpoints.places(site)), "つながらない接続先があります。"


SETTINGS = (
    Setting(
        id="v6-option",
        rows=("distro-fail-v6option",),
        action=lambda site: kinds.has_global_address(),
        how="verify",
    ),
    Setting(
        id="connection-doctor",
        rows=("distro-err-connect",),
        action=lambda site: kinds.no_fault_in(_checks(site)),
        scope="user",
        who="oqscomapp",
        how="verify",
    ),
)
