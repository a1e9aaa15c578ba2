"""操作11: why the distribution application does not connect."""

from oqsgen.clinic import TerminalProfile
from oqsgen.plan.kind import Action
from oqsgen.plan.setting import Setting
from oqsgen.subjects.network import kinds


def _doctor(profile: TerminalProfile) -> Action:
    """In the order of the document; the server itself stands in the application's own window, and not always in its file."""
    again = "" if "audit" in profile.facts else "この端末の 1_適用 をもう一度行ってください。"
    return kinds.no_fault_in(
        (
            (
                "接続する配信サーバー",
                "distribution-server",
                "配信アプリケーション管理ツールの「設定の変更」で、接続する配信サーバーを決められたものにしてください。",
            ),
            (
                "プロキシと例外リスト",
                "proxy",
                f"プロキシ {profile.proxy.server} と例外リストが設定されていません。{again}",
            ),
            (
                "例外リストの書き方",
                "proxy-bypass-text",
                f"例外がセミコロンで区切られていません。{again}",
            ),
            ("WinHTTP プロキシ", "winhttp", f"WinHTTP プロキシが違います。{again}"),
            (
                "フレッツ・v6オプションの契約",
                "v6-option",
                "2 で始まる IPv6 アドレスがありません。契約を確かめてください。",
            ),
            ("DNS", "names-resolve", "名前を解決できません。"),
            ("接続先", "places-reached", "つながらない接続先があります。"),
        ),
        by_person=("distribution-server",),
    )


SETTINGS = (
    Setting(
        id="v6-option",
        rows=("distro-fail-v6option",),
        action=lambda profile: kinds.has_global_address() if profile.is_ntt else None,
    ),
    Setting(
        id="connection-doctor",
        rows=("distro-err-connect", "distro-fail-wrong-server", "distro-fail-proxy-cmd"),
        action=_doctor,
    ),
)
