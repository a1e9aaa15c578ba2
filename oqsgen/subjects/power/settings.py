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
        rows=("sleep-ac-off", "sleep-why"),
        action=lambda profile: kinds.never_sleeps("ac"),
    ),
    Setting(
        id="sleep-dc",
        rows=("sleep-dc-off",),
        action=lambda profile: kinds.never_sleeps("dc"),
    ),
    Setting(
        id="sleep-policy",
        rows=("sleep-policy",),
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
