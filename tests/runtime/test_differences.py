"""Whatever is not as wanted is said with its label, the value that is there, the one that it should have, and what to do."""

import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from oqsgen.plan.kind import Field, Kind
from oqsgen.subjects import KINDS
from tests.examples import EXAMPLES, plan_of, profiles_of
from tests.pc.assemble import all_parts, needs_pwsh, new_machine, pc
from tests.pc.shell import file_of, json_of

pytestmark = needs_pwsh

SAY = """
Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'
$env:OQSGEN_FAKE = '{folder}'
. '{parts}'
$plan = ConvertFrom-Json ([IO.File]::ReadAllText('{folder}/plan.json'))
$script:Pass = [pscustomobject] @{{ plan = $plan; journal = $null; boot = 'x'; mode = 'Verify' }}
$answers = foreach ($case in (ConvertFrom-Json ([IO.File]::ReadAllText('{folder}/cases.json')))) {{
    $shipped = Get-Kind $case.step.kind
    $shipped.get = {{ param($Target) return $case.found }}
    $shipped.waitsForPerson = ''
    $result = Invoke-VerifyStep $case.step $script:Pass
    $still = Get-StillText $case.step -Plan $plan -Found $case.found
    @{{ status = $result.status; message = $result.message; still = $still }}
}}
ConvertTo-Json @($answers) -Depth 4
"""

ODD = "変な値\u202e\n2"
"""What somebody else wrote: turned round, over two lines."""

TURNED = "変な値��2"
"""The same, as it may be shown."""

XML = (
    '<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task"><Triggers>'
    "<CalendarTrigger><StartBoundary>2020-01-01T05:55:00</StartBoundary><ScheduleByDay><DaysInterval>1"
    "</DaysInterval></ScheduleByDay></CalendarTrigger></Triggers><Actions><Exec><Command>calc.exe"
    "</Command></Exec></Actions></Task>"
)
CERTIFICATE = {
    "thumbprint": "A1", "subject": "x", "from": 20200401, "to": 20230401, "key": True,
    "exportable": False, "strong": False,
}  # fmt: skip

Wrong = tuple[Mapping[str, Any] | None, list[str]]
"""A state that is not as wanted, and what has to be said of it."""


HOURS = {"start": {"type": "DWord", "data": 3}, "end": {"type": "DWord", "data": 4}}
PACKAGE = {"file": "delegate.crx", "id": "a", "version": "2.0.0.0"}


def extensions(step: dict[str, Any]) -> Wrong:
    installed = PACKAGE | {"name": "x", "version": "1.1.0.0", "enabled": True}
    wanted = step["wanted"]
    mode = not wanted.get("developerMode", True)
    found = {"profile": "Default", "developerMode": mode, "installed": [installed]}
    said = {
        "exactly": "追加されている拡張機能: delegate.crx（あるべき値: ",
        "minimumVersion": "拡張機能の版: 1.1.0.0（あるべき値: ",
        "noneBelow": "拡張機能の版: 1.1.0.0（あるべき値: ",
        "developerMode": "開発者モード: オン（あるべき値: オフ）",
        "ready": "拡張機能を追加する準備: まだ（あるべき値: 済み）",
    }
    return found | {"packages": [PACKAGE]}, [said[name] for name in wanted if name in said]


def certificates(step: dict[str, Any]) -> Wrong:
    found: dict[str, Any] = {"certificates": [], "authorities": [], "chosen": [], "files": []}
    return found, ["使える電子証明書", "0 枚", f"{step['wanted']['count']} 枚以上"]


def certificate_state(step: dict[str, Any]) -> Wrong:
    found = {"certificates": [CERTIFICATE], "roots": [], "missing": [], "current": []}
    said = ["今日使える電子証明書", "なし", "あり"]
    if "count" in step["wanted"]:
        said = ["使える電子証明書", "0 枚", f"{step['wanted']['count']} 枚"]
    return found | {"renewed": []}, said


def registry(step: dict[str, Any]) -> Wrong:
    wanted = step["wanted"] and str(step["wanted"]["data"])
    found = {"type": "DWord", "data": -1}
    said = [step["target"]["name"], "4294967295", wanted or "なし"]
    return found, said


def policy(step: dict[str, Any]) -> Wrong:
    values = step["wanted"]["values"]
    found = [{"name": name, "type": "DWord", "data": 77} for name in values]
    said = [f"ポリシーの値 {name}: 77（" for name in values]
    return {"file": [], "registry": found, "exists": "x"}, said


def installer(step: dict[str, Any]) -> Wrong:
    found = {"files": [], "installed": "0.0.1", "unmodified": False, "absent": False}
    (field,) = (field for field in KINDS["installer"].wanted if field.name in step["wanted"])
    said = field.wording.words.get("false", "0.0.1（あるべき値: ")
    return found, [field.label, said]


def portal(step: dict[str, Any]) -> Wrong:
    first, *others = [account["account"] for account in step["wanted"]["accounts"]]
    said = ["パスワードを決めていないアカウント", *others[:3]]
    return {"accounts": [{"account": first, "how": "made"}] if others else []}, said


def share(step: dict[str, Any]) -> Wrong:
    found = {"exists": "C:", "access": None, "without": None}
    path = r"C:\Elsewhere"
    shared = {"path": path, "security": "", "caching": "None"}
    return found | {"share": shared}, [
        "共有「face」" if step["id"] == "share-face" else "共有「",
        path,
    ]


def smb_firewall(step: dict[str, Any]) -> Wrong:
    """`exact` is about the addresses, which are said; what else lets computers in is the kind's own message."""
    rule = {"name": "{1}", "sharing": True, "profile": 4, "remote": ["Any"]}
    found = {"enabled": False, "profile": 6, "remote": ["Any"], "wide": True, "others": [rule]}
    said = [
        "規則: オフ（あるべき値: オン）",
        "対象のネットワーク: プライベートとパブリック",
        "アドレス: すべて",
    ]
    networks = ["同じサブネット", *step["wanted"]["remote"][1:]]
    said += [
        f"（あるべき値: {'、'.join(networks)}）",
        "（Windows 11 24H2）: オン（あるべき値: オフ）",
    ]
    return found | {"message": "許可している規則: {1}。"}, [*said, "{1}"]


MANUAL = [
    "プロキシサーバー",
    "q.example:1",
    "セットアップ スクリプトを使う: オン",
    "設定を自動的に検出する: オン",
]

WRONG: dict[str, Callable[[dict[str, Any]], Wrong]] = {
    "account-csv": lambda step: (
        {
            "files": ["x.csv"],
            "forms": [{"path": "x.csv", "readable": True, "problem": "", "rows": 99}],
        },
        ["CSV の行数: 99 行（あるべき値: ", " 行"],
    ),
    "active-hours": lambda step: (
        {"hours": HOURS, "choice": {"start": None, "end": None}, "adjusted": HOURS["start"]}
        | {"adjusts": True, "exists": "x"},
        [
            "アクティブ時間の開始: 3 時（あるべき値: 8 時）",
            "アクティブ時間の終了: 4 時（あるべき値: ",
        ],
    ),
    "extensions": extensions,
    "certificate": certificates,
    "certificate-backup": lambda step: (
        {"saved": [], "names": [], "made": False, "files": ["ab"]},
        ["電子証明書のバックアップ: まだ（あるべき値: 済み）"],
    ),
    "encrypt-conf": lambda step: (
        {"main": "n", "face": "n", "credential": False},
        ["encrypt.conf の key: n", "encrypt_face.conf の key: n", "OQS_CRYPT_PASS: なし"],
    ),
    "file": lambda step: (
        (None, ["ファイル: なし（あるべき値: あり）"])
        if "exists" in step["wanted"]
        else ({"exists": True, "version": "0.0.1"}, ["版: 0.0.1（あるべき値: ", "以上"])
    ),
    "installer": installer,
    "smb-firewall": smb_firewall,
    "leftover": lambda step: (
        {"places": [{"place": "person", "files": 2}], "names": ["x"]},
        ["残っているファイル: 2 件（あるべき値: 0 件）"],
    ),
    "certificate-deadline": lambda step: (
        {"left": -3, "open": True},
        ["期限: 過ぎている（あるべき値: 過ぎていない）"],
    ),
    "certificate-expiry": lambda step: (
        {"days": [-2], "ends": [20260101]},
        ["有効期限の切れていない電子証明書: 0 枚", "枚以上"],
    ),
    "certificate-file": lambda step: (None, ["電子証明書のファイル", "なし", "あり"]),
    "certificate-old": lambda step: ({"old": [CERTIFICATE]}, ["古い電子証明書: 1 枚", "0 枚"]),
    "certificate-state": certificate_state,
    "registry": registry,
    "policy": policy,
    "portal-password": portal,
    "proxy": lambda step: (
        {"flags": 13, "server": "q.example:1", "bypass": "x.example", "pac": "p"},
        [
            "プロキシサーバー: q.example:1",
            "セットアップ スクリプトを使う: オン",
            "設定を自動的に検出する: オン",
        ],
    ),
    "winhttp": lambda step: (
        {"access": 3, "proxy": ODD, "bypass": ""},
        [f"WinHTTP のプロキシサーバー: {TURNED}"],
    ),
    "share": share,
    "task": lambda step: (
        {"xml": XML, "enabled": False},
        ["タスク: 無効（あるべき値: 有効）", "05:55", "calc", "トリガー", "操作"],
    ),
    "task-time": lambda step: (
        {"time": "09:00"},
        ["再起動の時刻: 09:00", step["wanted"]["outside"][0], "分の末尾が 0、5 以外"],
    ),
    "vendor-task": lambda step: (
        None,
        [f"タスク「{step['target']['name']}」: なし（あるべき値: あり）"],
    ),
    "user-locale": lambda step: (
        {
            "culture": "en-US",
            "location": 244,
            "languages": [{"tag": "en-US", "methods": []}],
            "formats": {},
        },
        [
            "地域の形式: en-US（あるべき値: ja-JP）",
            "国または地域の番号: 244",
            "一番上の言語: en-US",
        ],
    ),
    "display": lambda step: (
        {
            "monitors": [{"path": "a", "percent": 150, "relative": 0}],
            "logPixels": None,
            "win8DpiScaling": None,
        },
        ["拡大/縮小: 150%（あるべき値: 100%）"],
    ),
    "credential": lambda step: (
        {"userName": ODD, "persist": 2, "code": "1", "mark": "m", "usable": False},
        [
            "のパスワード: 使えない形（あるべき値: 使える形）",
            f"のユーザー名: {TURNED}（あるべき値: ",
        ],
    ),
}
"""Of kinds whose states hold what is wanted in another form than that of one value."""


@cache
def steps() -> dict[str, list[dict[str, Any]]]:
    """Kind → its steps in the plans of the examples, each state that is wanted once."""
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for path in EXAMPLES:
        for profile in profiles_of(path):
            for step in plan_of(profile):
                if step.target is None:
                    continue
                one = {**step.as_json(), "overrules": [], "after": []}
                key = json.dumps([step.how, step.wanted], sort_keys=True)
                found.setdefault(step.kind, {}).setdefault(key, one)
    return {kind: list(of_kind.values()) for kind, of_kind in found.items()}


def wrong_value(field: Field, wanted: Any) -> tuple[Any, str]:
    """Another value than the wanted one, and how it is said."""
    words, unit = field.wording.words, field.wording.unit
    if isinstance(wanted, bool):
        return not wanted, words.get(str(not wanted).lower(), "いいえ" if wanted else "はい")
    if key := next((key for key in words if key not in str(wanted)), ""):
        return int(key) if isinstance(wanted, int) else key, words[key]
    if isinstance(wanted, int):
        value = wanted - 1 if "以上" in field.wording.bound else wanted + 60
        if field.wording.form == "result":
            return value, f"0x{value:08X}"
        if field.wording.form == "day":
            return 20200102, "2020/01/02"
        if field.wording.form == "minutes":
            return value, f"{value // 60}{unit}"
        return value, f"{value}{unit}"
    if field.wording.form == "digits":
        return "424242", "424242"
    if "以上" in field.wording.bound:
        return "0.0.1", "0.0.1"
    if isinstance(wanted, list) and not field.wording.join:
        return [ODD], TURNED
    return ODD, TURNED


def all_wrong(kind: Kind, wanted: Mapping[str, Any] | None) -> Wrong:
    """A state in which each field is another one than it should be, from the kind's declaration."""
    if wanted is None:
        return {field.name: ODD for field in kind.found}, [kind.thing, "あり", "なし"]
    found: dict[str, Any] = {field.name: None for field in kind.found if not field.sometimes}
    said = []
    done = set()
    for field in kind.wanted:
        if field.name not in wanted:
            continue
        value, text = wrong_value(field, wanted[field.name])
        place = (field.wording.at or field.name).split(".")
        if isinstance(wanted[field.name], bool) and place[0] not in {f.name for f in kind.found}:
            said += [field.label, text]
            continue
        if place[0] in done:
            continue
        done.add(place[0])
        for name in reversed(place[1:]):
            value = {name: value}
        found[place[0]] = value
        said += [field.label, text]
    return found, said


def cases_of(kind: Kind) -> list[tuple[dict[str, Any], Wrong]]:
    """Each of the kind's steps with each state that is not as wanted."""
    return [
        (step, wrong)
        for step in steps()[kind.name]
        if step["wanted"] != {}
        for wrong in [
            WRONG[kind.name](step) if kind.name in WRONG else all_wrong(kind, step["wanted"])
        ]
    ]


def remedy(kind: Kind, how: str) -> str:
    """What a person is told to do about it."""
    return "1_適用 で直せます。" if how == "apply" else kind.remedy


def test_every_kind_says_what_is_not_as_wanted_and_what_to_do(tmp_path: Any) -> None:
    computer = pc(tmp_path, new_machine())
    computer.write_session("Machine")
    kinds = [kind for name, kind in KINDS.items() if name in steps()]
    assert {kind.name for kind in kinds} | {"manual", "guided"} == set(KINDS)
    cases = [(kind, *case) for kind in kinds for case in cases_of(kind)]
    plan = {"bundle": {"mode": "new"}, "kinds": {name: k.as_said() for name, k in KINDS.items()}}
    (tmp_path / "plan.json").write_text(json.dumps(plan), "utf-8")
    given = [{"step": step, "found": wrong[0]} for _, step, wrong in cases]
    (tmp_path / "cases.json").write_text(json.dumps(given), "utf-8")
    answers = json_of(SAY.format(folder=tmp_path, parts=file_of(all_parts())))
    assert len(answers) == len(cases)
    faults: list[Any] = []
    for (kind, step, (found, said)), answer in zip(cases, answers, strict=True):
        missing = [text for text in said if text not in answer["message"]]
        if answer["status"] != "drift" or missing:
            faults.append((kind.name, step["wanted"], found, answer, missing))
        faults += (
            [(kind.name, "still", answer)] if any(t not in answer["still"] for t in said) else []
        )
        asked = remedy(kind, step["how"]) or f"付録の「{step['title']}」のとおりに"
        if asked not in answer["message"]:
            faults.append((kind.name, "remedy", answer))
    assert not faults, "\n".join(map(str, faults))


def lamp(**more: Any) -> dict[str, Any]:
    """A step that a person mends: guests, who are to be switched off."""
    step = next(step for step in steps()["guest"] if step["how"] == "verify")
    return step | more


def messages(folder: Any, cases: list[dict[str, Any]], mode: str = "new") -> list[str]:
    computer = pc(folder, new_machine())
    computer.write_session("Machine")
    plan = {"bundle": {"mode": mode}, "kinds": {name: k.as_said() for name, k in KINDS.items()}}
    (folder / "plan.json").write_text(json.dumps(plan), "utf-8")
    (folder / "cases.json").write_text(json.dumps(cases), "utf-8")
    answers = json_of(SAY.format(folder=folder, parts=file_of(all_parts())))
    return [answer["message"] for answer in answers]


def test_what_a_kind_says_itself_is_not_said_twice(tmp_path: Any) -> None:
    own = "ゲスト用のアカウント（Guest）が有効です。無効にしてください。"
    says_nothing = "見つかったもの: Guest。"
    first, second = messages(
        tmp_path,
        [
            {"step": lamp(), "found": {"enabled": True, "message": own}},
            {"step": lamp(), "found": {"enabled": True, "message": says_nothing}},
        ],
    )
    assert first == own
    assert second == (
        "ゲスト用のアカウント: 有効（あるべき値: 無効）。 見つかったもの: Guest。 無効にしてください。"
    )


def test_an_audit_promises_no_change(tmp_path: Any) -> None:
    found = {"type": "DWord", "data": 1}
    step = next(step for step in steps()["registry"] if step["how"] == "apply")
    (said,) = messages(tmp_path, [{"step": step, "found": found}], "audit")
    assert "1_適用" not in said
    assert said.endswith("直すかどうかを、施設の責任者とベンダーに確かめてください。")


def test_a_long_list_is_cut_and_a_long_text_too(tmp_path: Any) -> None:
    step = next(step for step in steps()["share-open"])
    many = [f"share{number}" for number in range(9)]
    first, second = messages(
        tmp_path,
        [{"step": step, "found": {"open": many}}, {"step": step, "found": {"open": ["x" * 900]}}],
    )
    assert "share5 ほか 3 件（あるべき値: なし）" in first and "share6" not in first
    assert "x" * 120 + "…" in second and "x" * 121 not in second


def test_what_cannot_be_put_into_words_is_not_as_wanted_all_the_same(tmp_path: Any) -> None:
    step = next(step for step in steps()["proxy"] if step["how"] == "apply")
    (said,) = messages(tmp_path, [{"step": step, "found": {"flags": 1}}])
    assert said == "1_適用 で直せます。"
