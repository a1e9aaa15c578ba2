"""操作3: Windows Update and active hours."""

from collections.abc import Mapping
from typing import Any

from oqsgen.clinic import TerminalProfile, schedule
from oqsgen.plan.kind import Action
from oqsgen.plan.own import own_values
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
    return _policy_at(hour)


def _policy_at(hour: int) -> Action:
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


def _own_hour(profile: TerminalProfile) -> Mapping[str, Any] | None:
    """Hours of the PC's own that may stay: after the restart and before the opening."""
    if ("windows_update", "hour") not in profile.proposed or profile.reboot_time is None:
        return None
    opening, _ = schedule.opening_of(profile.facility.hours)
    hours = schedule.updates_that_fit(schedule.minutes(profile.reboot_time), opening)
    look = common.registry_absent("HKLM", AU_POLICY, "ScheduledInstallTime")
    return own_values(look, [["data"]], [[hour] for hour in hours], _policy_at)


def _own_active_hours(profile: TerminalProfile) -> Mapping[str, Any] | None:
    """Active hours of the PC's own that may stay: they hold the opening time."""
    if ("active_hours", "*") not in profile.proposed:
        return None
    pairs = schedule.active_hours_that_fit(*schedule.opening_of(profile.facility.hours))
    at = [["hours", side, "data"] for side in ("start", "end")]
    return own_values(kinds.active_hours(0, 0), at, pairs, kinds.active_hours)


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
        own=_own_hour,
    ),
    Setting(
        id="active-hours",
        rows=("wu-active-hours",),
        action=_hours,
        values=_hours_values,
        own=_own_active_hours,
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
