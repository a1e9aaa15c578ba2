"""The clinic itself: its code, type, class and opening hours."""

from collections.abc import Iterator
from typing import get_args

from oqsgen.clinic import derive, schedule, words
from oqsgen.clinic.code import expected_digits, rules
from oqsgen.clinic.model import Clinic, FacilityType
from oqsgen.clinic.problem_at import KeyProblem, Where

_TYPES = get_args(FacilityType)
FACILITY_TYPES = {each: words.title(_TYPES, each) for each in _TYPES}


def check_code(clinic: Clinic) -> Iterator[KeyProblem]:
    yield from _code(clinic, clinic.facility.code, ("facility", "code"))


def check_more_codes(clinic: Clinic) -> Iterator[KeyProblem]:
    facility = clinic.facility
    for index, code in enumerate(facility.more_codes):
        where: Where = ("facility", "more_codes", index)
        yield from _code(clinic, code, where)
        if code == facility.code:
            yield KeyProblem("BAD_VALUE", where, "facility.code と同じコードです。消してください。")


def check_previous_code(clinic: Clinic) -> Iterator[KeyProblem]:
    succession = clinic.job.succession
    if succession:
        yield from _code(clinic, succession.previous_code, ("job", "succession", "previous_code"))


def _code(clinic: Clinic, code: str, where: Where) -> Iterator[KeyProblem]:
    code_rules = rules()
    prefecture = code_rules["prefectures"].get(code[:2])
    if not prefecture:
        yield KeyProblem(
            "PREF_UNKNOWN",
            where,
            f"先頭2桁 {code[:2]} の都道府県はありません。01（北海道）から47（沖縄県）です。"
            "医療機関等コードを確かめてください。",
        )
    if code[2] not in code_rules["types"]:
        name = code_rules["unsupported"].get(code[2], "該当なし")
        yield KeyProblem(
            "TENSU_UNSUPPORTED",
            where,
            f"3桁目（点数表番号）が {code[2]}（{name}）です。使えるのは"
            " 1 医科、3 歯科、4 調剤、6 訪問看護です。医療機関等コードを確かめてください。",
        )
    if not prefecture or code[2] not in code_rules["types"]:
        return
    expected = expected_digits(code)
    if int(code[9]) in expected:
        return
    last_seven = code[:2] in code_rules["check_digit_seven"]
    rule = f"{prefecture['name']}は下7桁で検証します。" if last_seven else ""
    digits = "か ".join(str(digit) for digit in expected)
    if clinic.facility.code_unverified:
        yield KeyProblem(
            "CODE_CHECK",
            where,
            f"検証番号（最後の1桁）が合いません。{rule}期待する値は {digits} です。"
            "code_unverified があるので続けます。書類の番号と見比べてください。",
            "warning",
        )
        return
    yield KeyProblem(
        "CODE_CHECK",
        where,
        f"検証番号（最後の1桁）が合いません。{rule}期待する値は {digits}、書かれているのは {code[9]} "
        "です。書き間違いを直してください。書類でこのとおりなら facility.code_unverified に理由を"
        "書くと使えます。",
    )


def check_code_unverified(clinic: Clinic) -> Iterator[KeyProblem]:
    facility = clinic.facility
    codes = (facility.code, *facility.more_codes)
    if facility.code_unverified and all(int(c[9]) in expected_digits(c) for c in codes):
        yield KeyProblem(
            "NOT_USED",
            ("facility", "code_unverified"),
            "検証番号は合っているので、code_unverified は要りません。消してかまいません。",
            "info",
        )


def check_type(clinic: Clinic) -> Iterator[KeyProblem]:
    facility = clinic.facility
    by_code = derive.type_of_code(facility.code)
    if facility.kind and by_code and facility.kind != by_code:
        yield KeyProblem(
            "KIND_CODE_MISMATCH",
            ("facility", "kind"),
            f"コードの3桁目 {facility.code[2]} は{FACILITY_TYPES[by_code]}（{by_code}）ですが、"
            f"kind は{FACILITY_TYPES[facility.kind]}（{facility.kind}）です。"
            "kind を消すか、コードを確かめてください。",
        )


def check_class(clinic: Clinic) -> Iterator[KeyProblem]:
    facility_class = clinic.facility.class_
    possible = rules()["classes"][derive.facility_type(clinic)]
    if facility_class and facility_class not in possible:
        yield KeyProblem(
            "BAD_VALUE",
            ("facility", "class"),
            f"{FACILITY_TYPES[derive.facility_type(clinic)]}の区分は {'、'.join(possible)} です。"
            f"{facility_class} を直すか、消してください。",
        )


def check_hours(clinic: Clinic) -> Iterator[KeyProblem]:
    opening, closing = derive.opening(clinic)
    if closing <= opening:
        hours = clinic.facility.hours
        yield KeyProblem(
            "BAD_VALUE",
            ("facility", "hours", "close"),
            f"診療終了 {hours.close} は診療開始 {hours.open} より後の時刻にしてください"
            "（午後は 18:30 のように24時間で書きます）。",
        )
    elif closing - opening > schedule.longest() * 60 and clinic.power == "manual":
        yield KeyProblem(
            "ACTIVE_HOURS_TOO_LONG",
            ("facility", "hours"),
            f"診療時間が{schedule.longest()}時間を超えるので、アクティブ時間では全部を守れません。"
            "診療時間を確かめてください。このままなら診療開始から18時間だけ守ります。",
            "warning",
        )


def check_emergency(clinic: Clinic) -> Iterator[KeyProblem]:
    if clinic.services.emergency and derive.facility_class(clinic) != "hospital":
        yield KeyProblem(
            "EMERGENCY_NOT_HOSPITAL",
            ("services", "emergency"),
            "救急時医療情報を利用できるのは病院だけです。false にするか、"
            "病院なら facility.class を hospital にしてください。",
        )


CHECKS = (
    check_code,
    check_more_codes,
    check_previous_code,
    check_code_unverified,
    check_type,
    check_class,
    check_hours,
    check_emergency,
)
