"""操作11: the 配信アプリケーション, from its installation to the last update."""

from typing import Literal

from oqsgen.clinic import TerminalProfile
from oqsgen.manual.rows import row
from oqsgen.manual.versions import version
from oqsgen.plan.kind import Action
from oqsgen.plan.setting import Setting, Values, by_person
from oqsgen.resources import spec
from oqsgen.subjects.common import kinds as common
from oqsgen.subjects.distribution import kinds

DISTRIBUTION = version("distribution")
TOOL = "オンライン資格確認配信アプリケーション管理ツール"
"""The icon on the desktop (setup P.32)."""

UPDATE_ORDER = (
    ("①②", "配信アプリケーション（ダウンロード→インストール）"),
    ("③④⑤", "顔認証ライブラリ（ダウンロード→インストール→再起動1回目）"),
    (
        "⑥⑦⑧",
        "連携アプリケーション、顔認証機器のアプリケーション（ダウンロード→再起動2回目→インストール）",
    ),
    ("既に最新のもの", "その手順は不要"),
)
"""What is downloaded, installed and restarted after another (distro-check P.8)."""


def _installed(_: TerminalProfile) -> Action:
    target = {"path": DISTRIBUTION.file}
    return common.FILE.action(target, {"minimumVersion": DISTRIBUTION.minimum})


def _server(profile: TerminalProfile) -> Literal["base", "cloud"]:
    return "base" if profile.topology == "t1" else "cloud"


def _server_values(profile: TerminalProfile) -> Values:
    choice = "配信拠点(推奨)" if _server(profile) == "base" else "クラウド"
    title = spec("network")["topologies"][profile.topology]
    return (("設定の変更 → 接続する配信サーバー", choice), ("構成", title))


def _owner(profile: TerminalProfile) -> Values:
    return (
        ("配信実績の確認 → 医療機関コード", profile.facility.code),
        ("配信実績の確認 → コンピューター名", profile.terminal.name),
    )


def _connected(profile: TerminalProfile) -> str:
    """What Enter says, with all that is looked at in the same tool; an audit asks about each by itself."""
    return "接続成功と出た" if "audit" in profile.facts else "同じで接続成功"


def _call(profile: TerminalProfile) -> Values:
    contact = profile.vendor.contact if profile.vendor else ""
    return (
        ("連絡先", contact or "端末をセットアップした事業者"),
        ("結果のフォルダー（この一式の隣）", f"results\\{profile.name}"),
        ("結果のフォルダー（端末）", r"%LocalAppData%\oqsgen\results"),
        ("渡すファイル", "result.json、log.txt（パスワードと患者の情報は入っていません）"),
    )


def _update_values(profile: TerminalProfile) -> Values:
    return (
        *((f"Status: {status}", do) for status, do in row("distro-status").values),
        *UPDATE_ORDER,
        ("繰り返し", "最大3回"),
        ("再起動の通知が出る版", f"配信アプリケーション {version('restart-notice').minimum} 以降"),
    )


def _errors(profile: TerminalProfile) -> Values:
    """The messages, and what is done about them where this visit may do something."""
    return tuple(
        (label, value)
        for label, value in row("distro-err-ini").values
        if label != "対処" or "audit" not in profile.facts
    )


def _status_in_audit(profile: TerminalProfile) -> Action | None:
    """Elsewhere the rounds of updating end with a look at it."""
    if "audit" not in profile.facts:
        return None
    return kinds.record_settled(stopped="stop-auto-update" in profile.facts)


SETTINGS = (
    Setting(
        id="distribution-installed",
        rows=("distro-install",),
        action=_installed,
        open="installer:" + ";".join(DISTRIBUTION.installers),
    ),
    Setting(
        id="distribution-icon",
        rows=("distro-shortcut",),
        action=lambda profile: kinds.DESKTOP_ICON.action(
            {"name": f"*{TOOL}*.lnk", "brought": DISTRIBUTION.file}, {"present": True}
        ),
    ),
    Setting(
        id="distribution-server",
        rows=("distro-server-base", "distro-server-cloud"),
        action=lambda profile: kinds.record_connects_to(_server(profile)),
        values=_server_values,
    ),
    Setting(
        id="distribution-advanced",
        rows=("distro-advanced-forbidden",),
        action=lambda profile: kinds.record_nothing_advanced(),
    ),
    Setting(
        id="distribution-record",
        rows=("distro-record-check",),
        action=lambda profile: kinds.record_belongs_to(profile.facility.code),
        values=_owner,
    ),
    Setting(
        id="distribution-connected",
        rows=("distro-connect-check",),
        action=by_person,
        claim=_connected,
    ),
    Setting(
        id="distribution-update",
        rows=("distro-update-cycle", "distro-status", "distro-reboot-notice", "succ-update"),
        action=lambda profile: None if "audit" in profile.facts else kinds.update_cycle_finished(),
        values=_update_values,
    ),
    Setting(
        id="distribution-status",
        rows=("distro-status",),
        action=_status_in_audit,
        values=lambda profile: (
            ("更新が済んでいる表示", "未適用更新ファイルなし／サーバー接続の定期実行待ち"),
        ),
    ),
    Setting(
        id="distribution-errors",
        rows=("distro-err-ini", "distro-err-tool"),
        action=lambda profile: kinds.record_file_there(),
        values=_errors,
    ),
    Setting(
        id="ask-vendor",
        rows=("distro-ask-vendor",),
        action=by_person,
        values=_call,
    ),
)
