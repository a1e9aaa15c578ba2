"""操作3: the proxy of each person and of the PC."""

from oqsgen.kinds import Action, bypass_text, port, proxy, winhttp
from oqsgen.settings.setting import Setting, Values
from oqsgen.site import Site

_SHAPED_BY = ("topology-select", "item-required-marks", "item-groups")
_MANUAL = (
    "設定→ネットワークとインターネット→プロキシ→手動プロキシ セットアップに、"
    "サーバー、ポート、例外の一覧が表示される。"
)


def _values(site: Site) -> Values:
    host, _, number = site.proxy.server.rpartition(":")
    entries = ";".join(site.proxy.bypass) or "（なし）"
    return (("プロキシサーバー", host), ("ポート", number), ("例外リスト", entries))


def _winhttp(site: Site) -> Action | None:
    wanted = site.proxy
    if not wanted.winhttp:
        return None
    return winhttp.winhttp_proxy(wanted.server, wanted.bypass, exact=wanted.exact)


def _reach(site: Site) -> Action:
    host, _, number = site.proxy.server.rpartition(":")
    return port.answers(host, int(number))


SETTINGS = (
    Setting(
        id="proxy",
        rows=(
            "proxy-server",
            "proxy-bypass",
            "proxy-bypass-extra",
            "proxy-t2",
            "proxy-t3-requirements",
            "proxy-per-user",
            "user-multi-staff",
        ),
        shaped_by=_SHAPED_BY,
        title="プロキシサーバーと例外リスト",
        what="サインインしている人の手動プロキシをオンにし、サーバー、ポート、例外リストを設定します。"
        "Windows のアカウントごとの設定のため、職員が使うアカウントでもそれぞれ行います。",
        check=_MANUAL,
        action=lambda site: proxy.manual_proxy(
            site.proxy.server, site.proxy.bypass, exact=site.proxy.exact
        ),
        scope="user",
        who="everyone",
        values=_values,
    ),
    Setting(
        id="proxy-bypass-text",
        rows=("proxy-bypass-failures",),
        title="例外リストの書き方",
        what="例外リストの各アドレスがセミコロン（;）で区切られ、つながった語や空白、"
        "読点での区切りが無いことを確かめます。",
        check="例外リストの区切りがすべて半角の ; である。",
        action=lambda site: bypass_text.separated(),
        scope="user",
        who="everyone",
        how="verify",
    ),
    Setting(
        id="winhttp",
        rows=("proxy-winhttp-import",),
        title="WinHTTP へのプロキシの取り込み",
        what="PC 全体（Windows Update と配信アプリケーションが使う WinHTTP）に同じプロキシを設定します。"
        "マニュアルの netsh winhttp import proxy source=ie に当たります。",
        check="コマンド プロンプトで netsh winhttp show proxy がサーバーと例外リストを表示する。",
        action=_winhttp,
        scope="machine",
        who="administrator",
        values=_values,
    ),
    Setting(
        id="winhttp-shown",
        rows=("proxy-winhttp-verify",),
        title="WinHTTP のプロキシの表示確認",
        what="取り込んだ後に WinHTTP のサーバーと例外リストを読み直し、すべて入っていることを確かめます。",
        check="netsh winhttp show proxy にサーバーと例外のアドレスがすべて表示される。",
        action=_winhttp,
        scope="machine",
        who="administrator",
        how="verify",
        values=_values,
    ),
    Setting(
        id="proxy-answers",
        rows=("proxy-blocked-window", "proxy-t3-requirements"),
        title="プロキシサーバーの応答",
        what="プロキシサーバーのポートにつながることを確かめます。閉塞期間中はつながらず、"
        "Windows Update がエラーになります。",
        check="つながらない時は、ポータルサイトで閉塞期間を確かめ、回線の接続を見る。",
        action=_reach,
        scope="machine",
        who="administrator",
        how="verify",
    ),
)
