"""操作3: the proxy of each person and of the PC."""

from oqsgen.clinic import Site
from oqsgen.plan.kind import Action
from oqsgen.plan.setting import Setting, Values
from oqsgen.subjects.common import kinds as common
from oqsgen.subjects.common.endpoints import HTTPS, host
from oqsgen.subjects.proxy import kinds


def _values(site: Site) -> Values:
    host, _, number = site.proxy.server.rpartition(":")
    entries = ";".join(site.proxy.bypass) or "（なし）"
    return (("プロキシ IP アドレス", host), ("ポート", number), ("例外", entries))


def _winhttp(site: Site) -> Action | None:
    wanted = site.proxy
    if not wanted.winhttp:
        return None
    return kinds.winhttp_proxy(wanted.server, wanted.bypass, exact=wanted.exact)


def _reach(site: Site) -> Action:
    host, _, number = site.proxy.server.rpartition(":")
    return common.port_answers(host, int(number))


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
        ),
        title="プロキシサーバーと例外リスト",
        what="サインインしている人の手動プロキシをオンにし、サーバー、ポート、例外リストを設定します。"
        "Windows のアカウントごとの設定のため、職員が使うアカウントでもそれぞれ行います。",
        check="設定→ネットワークとインターネット→プロキシ→「プロキシ サーバーを使う」の「編集」で、オンになっていて、"
        "アドレス、ポート、例外が次の値である。アドレスの先頭に http:// が付いていてもよい。",
        action=lambda site: kinds.manual_proxy(
            site.proxy.server, site.proxy.bypass, exact=site.proxy.exact
        ),
        values=_values,
    ),
    Setting(
        id="proxy-bypass-text",
        rows=("proxy-bypass-failures",),
        action=lambda site: kinds.bypass_separated(),
    ),
    Setting(
        id="winhttp",
        rows=("proxy-winhttp-import",),
        action=_winhttp,
        values=_values,
    ),
    Setting(
        id="winhttp-shown",
        rows=("proxy-winhttp-verify",),
        action=_winhttp,
        values=_values,
    ),
    Setting(
        id="proxy-answers",
        rows=("proxy-blocked-window", "proxy-t3-requirements"),
        title="プロキシサーバーへの接続",
        what="プロキシサーバーにつながるかを見ます。配信拠点のプロキシは、閉塞期間中はつながらず、Windows Update がエラーになります。",
        check="次の接続先につながる。つながらないときは、ポータルサイトで閉塞期間を、閉塞期間でなければ回線を確かめる。",
        action=_reach,
        values=lambda site: (("接続の確認先", site.proxy.server),),
    ),
    Setting(
        id="proxy-passes",
        rows=("proxy-t3-requirements",),
        title="プロキシを通した配信（クラウド）への接続",
        what="院内のプロキシに、認証なしで配信（クラウド）への接続を求め、通すかを見ます。",
        check="プロキシがユーザー名とパスワードを求めずに、次の接続先に通す。",
        action=lambda site: common.reached(((host("cloud"), HTTPS, site.proxy.server),)),
        how="verify",
        values=lambda site: (("プロキシ", site.proxy.server), ("接続先", host("cloud"))),
        who="administrator",
        unlike_row="The PC asks the proxy once, whoever is signed in.",
    ),
    Setting(
        id="winhttp-imported",
        rows=("distro-fail-proxy-cmd",),
        action=_winhttp,
    ),
)
