"""操作3: the proxy of each person and of the PC."""

from oqsgen.clinic import TerminalProfile
from oqsgen.plan.kind import Action
from oqsgen.plan.setting import Setting, Values
from oqsgen.resources import spec
from oqsgen.subjects.common import kinds as common
from oqsgen.subjects.common.endpoints import HTTPS, host
from oqsgen.subjects.proxy import kinds


def _line(profile: TerminalProfile) -> str:
    """Where the applications come from, whose line it is, and who says so: the table, and how old it is, or the file."""
    network = spec("network")
    year, month = network["as_of"].split("-")
    told = f"{year}年{int(month)}月時点の分類"
    if profile.network.provider == "other":
        told = "事業者に聞いたとおり"
    return f"{network['topologies'][profile.topology]}（{profile.provider_title}。{told}）"


def _exceptions(profile: TerminalProfile) -> str:
    return ";".join(profile.proxy.bypass) or "（なし）"


def _values(profile: TerminalProfile) -> Values:
    return (
        ("配信方法", _line(profile)),
        ("プロキシ IP アドレス", profile.proxy.host),
        ("ポート", str(profile.proxy.port)),
        ("例外", _exceptions(profile)),
    )


def _shown(profile: TerminalProfile) -> Values:
    """As ``netsh winhttp show proxy`` puts it (setup P.10)."""
    return (
        ("表示するコマンド", "netsh winhttp show proxy"),
        ("プロキシ サーバー", f"http://{profile.proxy.server}"),
        ("バイパス一覧", _exceptions(profile)),
    )


def _winhttp(profile: TerminalProfile) -> Action | None:
    wanted = profile.proxy
    if not wanted.winhttp:
        return None
    return kinds.winhttp_proxy(wanted.server, wanted.bypass, exact=wanted.exact)


SETTINGS = (
    Setting(
        id="proxy",
        rows=(
            "proxy-per-user",
            "proxy-server",
            "proxy-bypass",
            "proxy-bypass-extra",
            "proxy-t2",
            "proxy-t3-requirements",
        ),
        title="プロキシサーバーと例外",
        what="サインインしている人の手動プロキシをオンにし、プロキシ IP アドレス、ポート、例外を設定します。"
        "Windows のアカウントごとの設定のため、職員が使うアカウントでもそれぞれ行います。",
        check="Microsoft Edge→設定→「システムとパフォーマンス」→「コンピューターのプロキシ設定を開く」→手動プロキシ セットアップで、"
        "「プロキシ サーバーを使う」がオンで、上の値である（アドレスの先頭に http:// が付いていてもよい）。",
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
        rows=(
            "proxy-winhttp-import",
            "proxy-winhttp-verify",
            "proxy-winhttp-asked",
        ),
        action=_winhttp,
        values=_shown,
    ),
    Setting(
        id="proxy-answers",
        rows=("proxy-blocked-window",),
        action=lambda profile: kinds.port_answers(profile.proxy.host, profile.proxy.port),
        values=lambda profile: (("接続の確認先", profile.proxy.server),),
    ),
    Setting(
        id="proxy-passes",
        rows=("proxy-t3-requirements",),
        title="プロキシを通した配信（クラウド）への接続",
        action=lambda profile: common.reached(((host("cloud"), HTTPS, profile.proxy.server),)),
        how="verify",
        values=lambda profile: (("プロキシ", profile.proxy.server), ("接続先", host("cloud"))),
        who="administrator",
        unlike_row="The PC asks the proxy once, whoever is signed in.",
    ),
)
