"""操作3: no sleep, no fast startup."""

from oqsgen.plan.setting import Setting
from oqsgen.subjects.common import kinds as common
from oqsgen.subjects.power import kinds

STANDBY_POLICY = (
    r"SOFTWARE\Policies\Microsoft\Power\PowerSettings\29f6c1db-86da-48c5-9fdb-f2b67b1f44da"
)
"""Group policy for STANDBYIDLE, which wins over the power scheme (powercfg, Windows SDK)."""

SESSION_POWER = r"SYSTEM\CurrentControlSet\Control\Session Manager\Power"

SETTINGS = (
    Setting(
        id="sleep-ac",
        rows=("sleep-ac-off",),
        action=lambda profile: kinds.never_sleeps("ac"),
    ),
    Setting(
        id="sleep-dc",
        rows=("sleep-dc-off",),
        action=lambda profile: kinds.never_sleeps("dc"),
    ),
    Setting(
        id="sleep-policy",
        rows=("sleep-why",),
        title="スリープを有効に戻すポリシーが無いこと",
        what="グループポリシーがスリープの時間を決めていると、設定より優先され、自動更新が行われません。"
        "そのポリシーが無いことを確かめます。",
        mends="ある場合は、ポリシーを配布している管理者に外してもらいます。",
        check="スリープの時間を決めるポリシーが無い。",
        action=lambda profile: common.registry_absent("HKLM", STANDBY_POLICY, "ACSettingIndex"),
    ),
    Setting(
        id="fast-startup",
        rows=("faststartup-off",),
        action=lambda profile: common.registry_dword("HKLM", SESSION_POWER, "HiberbootEnabled", 0),
    ),
    Setting(
        id="windows-update-keeps-on",
        rows=("wu-keep-on",),
        action=lambda profile: kinds.never_sleeps("ac"),
    ),
)
