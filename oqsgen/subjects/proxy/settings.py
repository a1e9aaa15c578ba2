"""操作3: the proxy of each person and of the PC."""

from oqsgen.clinic import TerminalProfile
from oqsgen.plan.kind import Action
from oqsgen.plan.setting import Setting, Values
from oqsgen.subjects.common import kinds as common
from oqsgen.subjects.common.endpoints import HTTPS, host
from oqsgen.subjects.proxy import kinds


def _values(profile: TerminalProfile) -> Values:
    host, _, number = profile.proxy.server.rpartition(":")
    entries = ";".join(profile.proxy.bypass) or "（なし）"
    return (("プロキシ IP アドレス", host), ("ポート", number), ("例外", entries))


def _winhttp(profile: TerminalProfile) -> Action | None:
    wanted = profile.proxy
    if not wanted.winhttp:
        return None
    return kinds.winhttp_proxy(wanted.server, wanted.bypass, exact=wanted.exact)


def _reach(profile: TerminalProfile) -> Action:
    host, _, number = profile.proxy.server.rpartition(":")
    return kinds.port_answers(host, int(number))


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
        action=lambda profile: kinds.manual_proxy(
            profile.proxy.server, profile.proxy.bypass, exact=profile.proxy.exact
        ),
        values=_values,
    ),
    Setting(
        id="proxy-bypass-text",
        rows=("proxy-bypass-failures",),
        action=lambda profile: kinds.bypass_separated(),
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
        values=lambda profile: (("接続の確認先", profile.proxy.server),),
    ),
    Setting(
        id="proxy-passes",
        rows=("proxy-t3-requirements",),
        title="プロキシを通した配信（クラウド）への接続",
        what="院内のプロキシに、認証なしで配信（クラウド）への接続を求め、通すかを見ます。",
        check="プロキシがユーザー名とパスワードを求めずに、次の接続先に通す。",
        action=lambda profile: common.reached(((host("cloud"), HTTPS, profile.proxy.server),)),
        how="verify",
        values=lambda profile: (("プロキシ", profile.proxy.server), ("接続先", host("cloud"))),
        who="administrator",
        unlike_row="The PC asks the proxy once, whoever is signed in.",
    ),
)
