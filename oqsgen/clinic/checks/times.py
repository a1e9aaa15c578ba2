"""Times of the day: the restart, Windows Update and the active hours."""

from collections.abc import Iterator

from oqsgen.clinic import derive, schedule
from oqsgen.clinic.model import Clinic
from oqsgen.clinic.problem_at import KeyProblem, Where

TIME: Where = ("reboot", "time")
HOUR: Where = ("windows_update", "hour")


def check_reboot_given(clinic: Clinic) -> Iterator[KeyProblem]:
    reboot = clinic.reboot
    if clinic.power == "manual":
        if reboot and reboot.time:
            yield KeyProblem(
                "NOT_USED",
                TIME,
                "電源が手動のときは、定刻の再起動を設定しません（1日1回、手で再起動します）。"
                "消してかまいません。",
                "warning",
            )
    elif reboot is None or ("time" in reboot.model_fields_set and reboot.time is None):
        yield KeyProblem(
            "REBOOT_REQUIRED",
            TIME if reboot else ("reboot",),
            "電源が自動のときは、定刻の再起動が必要です。時刻を書くか、reboot を消して提案に"
            "任せてください。",
        )
    elif derive.reboot(clinic) is None:
        of_hours = clinic.windows_update.hour is None
        yield KeyProblem(
            "REBOOT_REQUIRED",
            ("facility", "hours") if of_hours else HOUR,
            (
                "診療時間のほかに、再起動できる時刻がありません。夜も開けている施設なら、窓口でこの端末を使う時間"
                '（例: {open: "07:30", close: "22:00"}）を書くか、power: manual にして 1 日 1 回、手で再起動してください。'
                if of_hours
                else "診療時間と Windows Update の時刻の間に、再起動できる時刻がありません。"
                "windows_update.hour を診療開始前の時刻にしてください。"
            ),
        )


def check_reboot_time(clinic: Clinic) -> Iterator[KeyProblem]:
    time = clinic.reboot.time if clinic.reboot else None
    if time is None or clinic.power == "manual":
        return
    minute = schedule.minutes(time)
    if schedule.is_congested(minute):
        yield KeyProblem(
            "REBOOT_CONGESTED",
            TIME,
            f"{time} はアクセスが集中する {schedule.congestion()} の間です。この時間帯を避けてください。",
        )
    if schedule.is_round(minute):
        yield KeyProblem(
            "REBOOT_MINUTE_0_5",
            TIME,
            f"{time} の分の末尾が {minute % 10} です。0 と 5 以外にしてください"
            f"（例: {schedule.clock(minute + 2)}）。",
        )
    hours = clinic.facility.hours
    if schedule.is_open(minute, *derive.opening(clinic)):
        yield KeyProblem(
            "REBOOT_IN_OPENING_HOURS",
            TIME,
            f"{time} は診療時間（{hours.open}~{hours.close}）の中です。診療時間外にしてください。",
        )


def check_update_hour(clinic: Clinic) -> Iterator[KeyProblem]:
    hour = clinic.windows_update.hour
    if hour is None:
        return
    if derive.update_mode(clinic) == "manual":
        yield KeyProblem(
            "NOT_USED",
            HOUR,
            "Windows Update が手動のときは、時刻を使いません。消してかまいません。",
            "warning",
        )
        return
    opening, closing = derive.opening(clinic)
    if schedule.is_open(hour * 60, opening, closing):
        yield KeyProblem(
            "WU_NOT_BEFORE_OPEN",
            HOUR,
            f"{hour}:00 は診療開始 {clinic.facility.hours.open} より前ではありません。"
            "再起動の後、診療開始より前の時刻にしてください。",
        )
        return
    reboot = derive.reboot(clinic)
    if reboot is not None and not schedule.follows(hour * 60, reboot, opening):
        yield KeyProblem(
            "WU_NOT_AFTER_REBOOT",
            HOUR,
            f"{hour}:00 は再起動 {schedule.clock(reboot)} より後ではありません。"
            "再起動の後、診療開始より前の時刻にしてください。",
        )


def check_update_room(clinic: Clinic) -> Iterator[KeyProblem]:
    reboot_time = clinic.reboot.time if clinic.reboot else None
    opening, closing = derive.opening(clinic)
    if (
        reboot_time
        and clinic.power == "auto"
        and derive.update_mode(clinic) == "auto"
        and clinic.windows_update.hour is None
        and not schedule.is_open(schedule.minutes(reboot_time), opening, closing)
        and derive.update_hour(clinic) is None
    ):
        yield KeyProblem(
            "WU_NOT_BEFORE_OPEN",
            TIME,
            f"再起動 {reboot_time} と診療開始 {clinic.facility.hours.open} の間に、Windows Update を"
            "始める正時がありません。再起動を早くしてください。",
        )


def check_update_power(clinic: Clinic) -> Iterator[KeyProblem]:
    if clinic.power == "manual" and derive.update_mode(clinic) == "auto":
        yield KeyProblem(
            "WU_POWER_MANUAL",
            ("windows_update", "mode"),
            "電源が手動なのに自動更新を構成します。更新の時刻に電源が入っていなければ更新されません。"
            "電源を切る施設なら mode を manual にしてください。",
            "warning",
        )


def check_active_hours(clinic: Clinic) -> Iterator[KeyProblem]:
    active = clinic.active_hours
    if active is None:
        return
    where: Where = ("active_hours",)
    if clinic.power == "auto":
        yield KeyProblem(
            "NOT_USED",
            where,
            "電源が自動のときは、アクティブ時間を設定しません。消してかまいません。",
            "warning",
        )
        return
    length = schedule.length(active.start, active.end)
    if length > schedule.longest():
        yield KeyProblem(
            "ACTIVE_HOURS_TOO_LONG",
            where,
            f"アクティブ時間が{length}時間です。最大{schedule.longest()}時間にしてください。",
        )
    hours = clinic.facility.hours
    if not schedule.covers(active.start, active.end, *derive.opening(clinic)):
        yield KeyProblem(
            "ACTIVE_HOURS_NOT_COVERING",
            where,
            f"アクティブ時間 {active.start}~{active.end} 時が診療時間（{hours.open}~{hours.close}）を"
            "覆っていません。診療時間が入るようにしてください。",
        )


def check_autologon(clinic: Clinic) -> Iterator[KeyProblem]:
    if clinic.power == "manual" and "autologon" in clinic.options:
        yield KeyProblem(
            "NOT_USED",
            ("options",),
            "自動サインイン（autologon）を設定するのは、電源が自動の端末だけです。消してかまいません。",
            "warning",
        )


CHECKS = (
    check_autologon,
    check_reboot_given,
    check_reboot_time,
    check_update_hour,
    check_update_room,
    check_update_power,
    check_active_hours,
)
