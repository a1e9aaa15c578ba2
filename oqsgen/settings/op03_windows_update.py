"""操作3: Windows Update and active hours."""

from oqsgen.kinds import (
    Action,
    policy,
    power,
    registry,
    update_errors,
    update_mode,
    update_window,
)
from oqsgen.settings.setting import Setting, Values
from oqsgen.site import Site

AU_POLICY = r"SOFTWARE\Policies\Microsoft\Windows\WindowsUpdate\AU"
UX_SETTINGS = r"SOFTWARE\Microsoft\WindowsUpdate\UX\Settings"

AUTO_DOWNLOAD_AND_SCHEDULE_THE_INSTALL = 4
EVERY_DAY = 0

_SHAPED_BY = ("item-required-marks", "item-groups")
_ACTIVE_HOURS = "設定→Windows Update→詳細オプション→アクティブ時間が「手動」で、この時間である。"


def _policy(site: Site) -> Action | None:
    hour = site.windows_update.hour
    if site.windows_update.mode != "auto" or hour is None:
        return None
    return policy.dwords(
        AU_POLICY,
        {
            "NoAutoUpdate": 0,
            "AUOptions": AUTO_DOWNLOAD_AND_SCHEDULE_THE_INSTALL,
            "ScheduledInstallDay": EVERY_DAY,
            "ScheduledInstallTime": hour,
        },
    )


def _policy_values(site: Site) -> Values:
    return (
        ("自動更新を構成する", "有効"),
        ("自動更新の構成", "4 - 自動ダウンロードしインストール日時を指定"),
        ("インストールを実行する日", "0 - 毎日"),
        ("インストールを実行する時間", f"{site.windows_update.hour:02}:00"),
    )


def _active(name: str, data: int) -> Action:
    return registry.dword("HKLM", UX_SETTINGS, name, data)


def _mode(site: Site) -> Action:
    return update_mode.automatic() if site.windows_update.mode == "auto" else update_mode.either()


SETTINGS = (
    Setting(
        id="windows-update",
        rows=("wu-auto-policy", "wu-auto-day", "wu-auto-time", "wu-auto-already"),
        shaped_by=_SHAPED_BY,
        title="Windows Update の自動化",
        what="ローカル グループ ポリシー「自動更新を構成する」を有効にし、毎日、再起動の後、"
        "診療の前の時刻にインストールするようにします。",
        check="gpedit.msc→コンピューターの構成→管理用テンプレート→Windows コンポーネント→Windows Update→"
        "エンドユーザー エクスペリエンスの管理→「自動更新を構成する」が有効である。",
        action=_policy,
        scope="machine",
        who="administrator",
        values=_policy_values,
    ),
    Setting(
        id="active-hours-start",
        rows=("wu-active-hours",),
        shaped_by=_SHAPED_BY,
        title="アクティブ時間の開始",
        what="Windows が勝手に再起動しない時間帯の始まりを設定します。",
        check=_ACTIVE_HOURS,
        action=lambda site: (
            _active("ActiveHoursStart", site.active_hours.start) if site.active_hours else None
        ),
        scope="machine",
        who="administrator",
        values=lambda site: (("開始", f"{site.active_hours.start:02}:00"),),
    ),
    Setting(
        id="active-hours-end",
        rows=("wu-active-hours",),
        shaped_by=_SHAPED_BY,
        title="アクティブ時間の終了",
        what="Windows が勝手に再起動しない時間帯の終わりを設定します。",
        check=_ACTIVE_HOURS,
        action=lambda site: (
            _active("ActiveHoursEnd", site.active_hours.end % 24) if site.active_hours else None
        ),
        scope="machine",
        who="administrator",
        values=lambda site: (("終了", f"{site.active_hours.end:02}:00"),),
    ),
    Setting(
        id="active-hours-by-hand",
        rows=("wu-active-hours",),
        shaped_by=_SHAPED_BY,
        title="アクティブ時間の調整を手動にする",
        what="Windows がアクティブ時間を自動で変えないようにします。",
        check=_ACTIVE_HOURS,
        action=lambda site: _active("SmartActiveHoursState", 0) if site.active_hours else None,
        scope="machine",
        who="administrator",
        values=lambda site: (("アクティブ時間を調整", "手動"),),
    ),
    Setting(
        id="windows-update-mode",
        rows=("wu-mode-detect",),
        title="Windows Update の自動・手動の判別",
        what="この PC の Windows Update が自動か手動かを読み取ります。",
        check="設定→Windows Update に「自動更新は組織によって無効にされています」と出ていれば手動である。",
        action=_mode,
        scope="machine",
        who="administrator",
        how="verify",
    ),
    Setting(
        id="windows-update-window",
        rows=("wu-delivery-window",),
        title="Windows Update を行う時間帯",
        what="更新プログラムは、ポータルサイトに示された配信期間に、平日 19 時以降、土曜午後、日曜に行います。"
        "今がその時間帯かを確かめます。",
        check="平日の日中は失敗することがある。",
        action=lambda site: update_window.now(),
        scope="machine",
        who="administrator",
        how="verify",
    ),
    Setting(
        id="windows-update-errors",
        rows=("wu-error",),
        title="Windows Update のエラー",
        what="最近 7 日間に更新プログラムが失敗していないことを確かめます。",
        check="「エラーが発生しました」と出たら、配信期間を確かめて「再試行」を押す。再試行中は電源を切らない。",
        action=lambda site: update_errors.none(),
        scope="machine",
        who="administrator",
        how="verify",
    ),
    Setting(
        id="windows-update-keeps-on",
        rows=("wu-keep-on",),
        title="更新が終わるまで電源が入ったままであること",
        what="更新は数十分、ときに数日かかります。電源接続時にスリープしないことを確かめます。",
        check="更新が終わるまで電源を切らない。",
        action=lambda site: power.never_sleeps("ac"),
        scope="machine",
        who="administrator",
        how="verify",
    ),
)
