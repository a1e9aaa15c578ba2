"""操作3: no sleep, no fast startup."""

from oqsgen.kinds import power, registry
from oqsgen.settings.setting import Setting

STANDBY_POLICY = (
    r"SOFTWARE\Policies\Microsoft\Power\PowerSettings\29f6c1db-86da-48c5-9fdb-f2b67b1f44da"
)
"""Group policy for STANDBYIDLE, which wins over the power scheme (powercfg, Windows SDK)."""

SESSION_POWER = r"SYSTEM\CurrentControlSet\Control\Session Manager\Power"

_SHAPED_BY = ("item-required-marks", "item-groups")
_CHECK = "設定→システム→電源→画面、スリープ、休止状態のタイムアウトが「なし」である。"

SETTINGS = (
    Setting(
        id="sleep-ac",
        rows=("sleep-ac-off",),
        shaped_by=_SHAPED_BY,
        title="スリープの無効化（電源接続時）",
        what="電源に接続している時、スリープと休止状態に入らないようにします。",
        check=_CHECK,
        action=lambda site: power.never_sleeps("ac"),
        scope="machine",
        who="administrator",
        values=lambda site: (("電源接続時のスリープ", "なし"),),
    ),
    Setting(
        id="sleep-dc",
        rows=("sleep-dc-off",),
        shaped_by=_SHAPED_BY,
        title="スリープの無効化（バッテリー使用時）",
        what="バッテリーで動いている時も、スリープと休止状態に入らないようにします。",
        check=_CHECK,
        action=lambda site: power.never_sleeps("dc"),
        scope="machine",
        who="administrator",
        values=lambda site: (("バッテリー使用時のスリープ", "なし"),),
    ),
    Setting(
        id="sleep-policy",
        rows=("sleep-why",),
        title="スリープを有効に戻すポリシーが無いこと",
        what="グループポリシーがスリープの時間を決めていると、設定より優先され、自動更新が行われません。"
        "そのポリシーが無いことを確かめます。",
        check="ある場合は、ポリシーを配布している管理者に外してもらう。",
        action=lambda site: registry.absent("HKLM", STANDBY_POLICY, "ACSettingIndex"),
        scope="machine",
        who="administrator",
        how="verify",
    ),
    Setting(
        id="fast-startup",
        rows=("faststartup-off",),
        shaped_by=_SHAPED_BY,
        title="高速スタートアップの無効化",
        what="高速スタートアップをオフにします。オンのままだと、連携アプリケーションと"
        "配信アプリケーションが誤動作し、更新に失敗します。",
        check="コントロール パネル→電源オプション→電源ボタンの動作を選択する→"
        "「高速スタートアップを有効にする」のチェックが外れている。",
        action=lambda site: registry.dword("HKLM", SESSION_POWER, "HiberbootEnabled", 0),
        scope="machine",
        who="administrator",
        values=lambda site: (("高速スタートアップを有効にする", "オフ"),),
    ),
)
