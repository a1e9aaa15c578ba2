"""操作3: no sleep, no fast startup."""

from oqsgen.plan.setting import Setting
from oqsgen.subjects.common import kinds as common
from oqsgen.subjects.power import kinds

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
