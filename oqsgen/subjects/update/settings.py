"""操作3: Windows Update and active hours."""

from oqsgen.clinic import TerminalProfile
from oqsgen.plan.kind import Action
from oqsgen.plan.setting import Setting, Values
from oqsgen.subjects.common import kinds as common
from oqsgen.subjects.update import kinds

AU_POLICY = r"SOFTWARE\Policies\Microsoft\Windows\WindowsUpdate\AU"
UX_SETTINGS = r"SOFTWARE\Microsoft\WindowsUpdate\UX\Settings"

AUTO_DOWNLOAD_AND_SCHEDULE_THE_INSTALL = 4
EVERY_DAY = 0

_ACTIVE_HOURS = (
    "設定→Windows Update→詳細オプション→アクティブ時間の「アクティブ時間を調整する」が「手動」で、"
    "この時間に診療時間がすべて入る。"
)


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
        },
    )


def _policy_values(profile: TerminalProfile) -> Values:
    return (
        ("自動更新を構成する", "有効"),
        ("自動更新の構成", "4 - 自動ダウンロードしインストール日時を指定"),
        ("インストールを実行する日", "0 - 毎日"),
        ("インストールを実行する時間", f"{profile.windows_update.hour:02}:00"),
    )


def _start(profile: TerminalProfile) -> Action | None:
    hours = profile.active_hours
    return (
        common.registry_dword("HKLM", UX_SETTINGS, "ActiveHoursStart", hours.start)
        if hours
        else None
    )


def _end(profile: TerminalProfile) -> Action | None:
    hours = profile.active_hours
    return (
        common.registry_dword("HKLM", UX_SETTINGS, "ActiveHoursEnd", hours.end) if hours else None
    )


def _by_hand(profile: TerminalProfile) -> Action | None:
    hours = profile.active_hours
    return common.registry_dword("HKLM", UX_SETTINGS, "SmartActiveHoursState", 0) if hours else None


def _hours_values(profile: TerminalProfile) -> Values:
    hours = profile.active_hours
    return (
        (("開始時刻", f"{hours.start:02}:00"), ("終了時刻", f"{hours.end:02}:00")) if hours else ()
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
        id="active-hours-start",
        rows=("wu-active-hours",),
        title="アクティブ時間の開始",
        what="業務に支障がないように、Windows の再起動を抑えたい時間帯の始まりを設定します。",
        check=_ACTIVE_HOURS,
        action=_start,
        values=_hours_values,
    ),
    Setting(
        id="active-hours-end",
        rows=("wu-active-hours",),
        title="アクティブ時間の終了",
        what="業務に支障がないように、Windows の再起動を抑えたい時間帯の終わりを設定します。",
        check=_ACTIVE_HOURS,
        action=_end,
        values=_hours_values,
    ),
    Setting(
        id="active-hours-by-hand",
        rows=("wu-active-hours",),
        title="アクティブ時間の調整を手動にする",
        what="Windows がアクティブ時間を自動で変えないようにします。",
        check=_ACTIVE_HOURS,
        action=_by_hand,
        values=lambda profile: (("アクティブ時間を調整する", "手動"),),
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
