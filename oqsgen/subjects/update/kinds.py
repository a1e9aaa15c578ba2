"""What is read of Windows Update."""

from oqsgen.plan.kind import Action, Field, Kind, Wording

_HOURS = "type and data of each, or null: "

ACTIVE_HOURS = Kind(
    "active-hours",
    "The hours in which Windows Update does not restart the PC, set by hand. Newer builds keep what "
    "a person has chosen a second time: it is set where it is there. Before build 18362 Windows does "
    "not adjust them, so that nothing has to be switched off.",
    target=(Field("service", "always `update`"),),
    wanted=(
        Field(
            "start",
            "hour in which they begin",
            label="アクティブ時間の開始",
            wording=Wording(at="hours.start.data", unit=" 時"),
        ),
        Field(
            "end",
            "hour in which they end",
            label="アクティブ時間の終了",
            wording=Wording(at="hours.end.data", unit=" 時"),
        ),
    ),
    found=(
        Field("hours", _HOURS + "ActiveHoursStart, ActiveHoursEnd", ours=True),
        Field("choice", _HOURS + "UserChoiceActiveHoursStart, UserChoiceActiveHoursEnd"),
        Field("adjusted", _HOURS + "SmartActiveHoursState (0: by hand)"),
        Field("adjusts", "whether this build of Windows can adjust them by itself"),
        Field("exists", "deepest key that exists, at or above theirs"),
    ),
    source="setup P.17-18; values of Windows Update's settings (UX)",
    scopes=("machine",),
    thing="アクティブ時間",
)


def active_hours(start: int, end: int) -> Action:
    """No restart from ``start`` to ``end`` o'clock; Windows does not change these hours by itself."""
    return ACTIVE_HOURS.action({"service": "update"}, {"start": start, "end": end})


_ERRORS = (
    Field(
        "recentErrors",
        "how many in the last seven days that no later success has ended",
        label="7 日間の Windows Update の失敗",
        wording=Wording(unit=" 件"),
    ),
)

UPDATE_ERRORS = Kind(
    "update-errors",
    "Failures of Windows Update in the last seven days: of searching, downloading and installing.",
    target=(Field("service", "always `update`"),),
    wanted=_ERRORS,
    found=_ERRORS,
    source="event logs System and Microsoft-Windows-WindowsUpdateClient/Operational",
    scopes=("machine",),
    thing="Windows Update の失敗",
    remedy="Windows Update の画面の「再試行」を押してください。",
)


def no_update_errors() -> Action:
    """No failure of Windows Update in the last seven days that a later success has not ended."""
    return UPDATE_ERRORS.action({"service": "update"}, {"recentErrors": 0})


_MODE = Field(
    "mode",
    "`automatic` or `manual`",
    label="Windows Update",
    wording=Wording(words={"automatic": "自動", "manual": "手動"}),
)

UPDATE_MODE = Kind(
    "update-mode",
    "Whether Windows Update works by itself.",
    target=(Field("service", "always `update`"),),
    wanted=(_MODE,),
    found=(
        _MODE,
        Field("NoAutoUpdate", "policy value, or null"),
        Field("AUOptions", "policy value, or null"),
    ),
    source="policy values NoAutoUpdate and AUOptions",
    thing="Windows Update",
    cause="ほかの担当者か、管理のソフトが変えた",
    remedy="Windows Update を自動にするかどうかを施設の責任者に確かめ、1_適用 で入れ直してください。",
)


def updates_automatic() -> Action:
    """Updates come by themselves."""
    return UPDATE_MODE.action({"service": "update"}, {"mode": "automatic"})


def updates_either_way() -> Action:
    """Only told, nothing is wanted of it."""
    return UPDATE_MODE.action({"service": "update"}, {})


_RECOMMENDED = (
    Field(
        "recommended",
        "true: weekdays from 19:00, Saturdays from noon, Sundays",
        label="今の時間帯",
        wording=Wording(words={"true": "勧められている", "false": "勧められていない"}),
    ),
)

UPDATE_WINDOW = Kind(
    "update-window",
    "Whether this is a time at which Windows Update is recommended to be run by hand.",
    target=(Field("service", "always `update`"),),
    wanted=_RECOMMENDED,
    found=_RECOMMENDED,
    source="ntt-east",
    thing="時間帯",
    remedy="平日の 19 時以降、土曜の午後、日曜に行ってください。",
)


def in_update_window() -> Action:
    """Weekday from 19:00, Saturday afternoon or Sunday."""
    return UPDATE_WINDOW.action({"service": "update"}, {"recommended": True})


_OPEN = (
    Field(
        "pending",
        "how many are left",
        label="インストールしていない更新プログラム",
        wording=Wording(unit=" 件"),
    ),
    Field(
        "restart",
        "whether Windows has to be restarted for them",
        label="更新のための再起動",
        wording=Wording(words={"true": "必要", "false": "不要"}),
    ),
)

UPDATES = Kind(
    "updates",
    "Updates that are not installed yet, as of a search of the last 24 hours; unknown without one.",
    target=(Field("service", "always `update`"),),
    wanted=_OPEN,
    found=_OPEN,
    source="Windows Update Agent API",
    scopes=("user",),
    thing="更新プログラム",
    cause="電源が切られていたか、再起動を待っている",
    remedy="Windows Update の画面で、更新プログラムを入れて再起動してください。",
)
