"""操作3: Windows Update and active hours."""

from oqsgen.clinic import TerminalProfile
from oqsgen.plan.kind import Action
from oqsgen.plan.setting import Setting, Values
from oqsgen.subjects.common import kinds as common
from oqsgen.subjects.update import kinds

AU_POLICY = r"SOFTWARE\Policies\Microsoft\Windows\WindowsUpdate\AU"

AUTO_DOWNLOAD_AND_SCHEDULE_THE_INSTALL = 4
EVERY_DAY = 0

NOT_TICKED = (
    "AutomaticMaintenanceEnabled",
    *(f"ScheduledInstall{week}Week" for week in ("First", "Second", "Third", "Fourth")),
)
"""What the window of the policy also holds, and would install at another time than the one given."""


def _policy(profile: TerminalProfile) -> Action | None:
    hour = profile.windows_update.hour
    if profile.windows_update.mode != "auto" or hour is None:
        return None
    return common.policy_dwords(
        AU_POLICY,
        {
            "NoAutoUpdate": 0,
            "AUOptions": AUTO_DOWNLOAD_AND_SCHEDULE_THE_INSTALL,
            "ScheduledInstallDay": EVERY_DAY,
            "ScheduledInstallTime": hour,
            "ScheduledInstallEveryWeek": 1,
            **dict.fromkeys(NOT_TICKED),
        },
    )


def _policy_values(profile: TerminalProfile) -> Values:
    return (
        ("自動更新を構成する", "有効"),
        ("自動更新の構成", "4 - 自動ダウンロードしインストール日時を指定"),
        ("インストールを実行する日", "0 - 毎日"),
        ("インストールを実行する時間", f"{profile.windows_update.hour:02}:00"),
    )


def _hours(profile: TerminalProfile) -> Action | None:
    hours = profile.active_hours
    return kinds.active_hours(hours.start, hours.end) if hours else None


def _hours_values(profile: TerminalProfile) -> Values:
    hours = profile.active_hours
    if not hours:
        return ()
    return (
        ("アクティブ時間を調整する", "手動"),
        ("開始時刻", f"{hours.start:02}:00"),
        ("終了時刻", f"{hours.end:02}:00"),
    )


def _mode(profile: TerminalProfile) -> Action:
    return (
        kinds.updates_automatic()
        if profile.windows_update.mode == "auto"
        else kinds.updates_either_way()
    )


SETTINGS = (
    Setting(
        id="windows-update",
        rows=(
            "wu-auto-policy",
            "wu-auto-policy-w10",
            "wu-auto-day",
            "wu-auto-time",
            "wu-auto-already",
        ),
        action=_policy,
        values=_policy_values,
    ),
    Setting(
        id="active-hours",
        rows=("wu-active-hours",),
        action=_hours,
        values=_hours_values,
    ),
    Setting(
        id="windows-update-mode",
        rows=("wu-mode-detect",),
        action=_mode,
    ),
    Setting(
        id="windows-update-window",
        rows=("wu-delivery-window",),
        action=lambda profile: kinds.in_update_window(),
    ),
    Setting(
        id="windows-update-errors",
        rows=("wu-error",),
        action=lambda profile: kinds.no_update_errors(),
    ),
)
