"""The script of each example clinic on a PC as it comes: set up as a person does, and undone."""

import json
import random
from collections.abc import Iterable, Mapping
from contextlib import suppress
from copy import deepcopy
from pathlib import Path
from tempfile import mkdtemp
from typing import Any
from xml.etree import ElementTree

import pytest

from oqsgen.plan.continuation import RUN_ONCE
from tests.examples import EXAMPLES, bundle_of, example, plan_in, plan_of
from tests.pc.assemble import HERE, Pc, needs_pwsh, pc
from tests.pc.declared import assert_declared
from tests.pc.installed import with_installed

SECRET = "Ima-Kimeta-3!"
CRYPT_PASS = "Ango2026"
REPLIES = [
    {"prompt": "OQS_CRYPT_PASS のパスワード", "answer": CRYPT_PASS},
    {"prompt": "パスワード", "answer": SECRET},
    {"prompt": "ダウンロード有効期限", "answer": "20270131"},
    {"prompt": "取り除いてよければ", "answer": "yes"},
    # Of a medium: a person has copied to it. Of an update: it is over.
    {"prompt": "^番号", "answer": "1"},
    {"prompt": "Enter 済んだ", "answer": ""},
    {"prompt": "「はい」と入力|消すときは「はい」", "answer": "はい"},
]
"""What the person types: the first whose pattern is in the question. Anything else is left empty."""

RUN_ONCE_LIMIT = 260
"""So many characters Windows takes of what it is to start once."""

ENTRY = (
    "C:\\ProgramData\\Microsoft\\Windows\\Start Menu\\Programs\\オンライン資格確認端末の設定.lnk"
)
"""Leads to the copy while it is there."""
STARTS = 6
"""So often at most a person has to start 1_適用: first as whoever has set up Windows."""
NAMES = [path.stem for path in EXAMPLES]
AUDITS = ["audit-win10", "p12-hyogo-ika-shika"]
SET_UP = [name for name in NAMES if name not in AUDITS]
WHOLE = [
    "nas-folders",
    "ntt-start-pack",
    "p05-yokohama-seikei",
    "p07-fukuoka-ganka",
    "p08-saitama-byoin",
    "p10-shizuoka-iin",
    "p11-chiba-shika",
    "replacement",
    "succession-without-linkage",
]
"""These go the whole way, as few as it takes. Together they carry whatever a step of any example can be: ``steps.txt``."""


def machine_for(plan: dict[str, Any]) -> dict[str, Any]:
    """A PC of the example's Windows and name."""
    data: dict[str, Any] = json.loads((HERE / "pc.json").read_text("utf-8"))
    windows = plan["windows"]
    release = {"edition": windows["editions"][0], "build": windows["minimumBuild"]}
    for number, name in enumerate(plan["staff"]):
        data["accounts"][name] = data["accounts"]["setup"] | {
            "sid": f"S-1-5-21-1-2-3-{1100 + number}",
            "administrator": False,
        }
    for step in plan["steps"]:
        if step["kind"] == "dns":
            data["adapters"][0]["name"] = step["target"]["connection"]
        if step["kind"] == "shares-access":
            for share in step["target"]["shares"]:
                already_shared(data, plan, share | {"account": step["target"]["account"]})
        if step["kind"] == "model" and not step["wanted"]["is"]:
            data["model"] = ["LENOVO ThinkPad L15 Gen 4", "21H3S0XX00"]
        if step["kind"] == "system-locale" and step["how"] == "apply":
            in_english(data)
    return data | {"computer": plan["bundle"]["terminal"], "windows": release}


def in_english(data: dict[str, Any]) -> None:
    """A PC that was set up in English; Windows is shown so until somebody brings the language pack."""

    def text(value: str) -> dict[str, str]:
        return {"type": "String", "data": value}

    nls = "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Nls"
    person = "HKU\\OqsComApp\\Control Panel\\International"
    data["registry"] |= {
        f"{nls}\\Language": {"Default": text("0409")},
        f"{nls}\\CodePage": {"ACP": text("1252"), "OEMCP": text("437"), "MACCP": text("10000")},
        person: {"LocaleName": text("en-US"), "sShortDate": text("M/d/yyyy")},
        f"{person}\\Geo": {"Nation": text("244")},
    }
    data["languages"] = {"OqsComApp": [{"tag": "en-US", "methods": ["0409:00000409"]}]}
    data["display"] = "en-US"


def already_shared(data: dict[str, Any], plan: dict[str, Any], share: dict[str, str]) -> None:
    """A share that this bundle does not make, since the PC was set up before."""
    made = [step["target"]["name"] for step in plan["steps"] if step["kind"] == "share"]
    if share["name"] in made:
        return
    sid = "S-1-5-21-1-2-3-1200"
    data["accounts"][share["account"]] = data["accounts"]["setup"] | {
        "sid": sid,
        "administrator": False,
    }
    above = share["path"].rpartition("\\")[0]
    data["folders"].setdefault(above, {"protected": False, "entries": []})
    entry = {"type": 0, "flags": 3, "rights": 0x1301BF, "sid": sid}
    data["folders"][share["path"]] = {"protected": False, "entries": [entry]}
    security = f"O:SYG:SYD:(A;;FA;;;BA)(A;;0x1301bf;;;{sid})"
    data["shares"][share["name"]] = {
        "path": share["path"],
        "security": security,
        "caching": "None",
    }


def start(computer: Pc, script: Path, mode: str) -> tuple[int, int]:
    """Both passes as the launcher starts them, and the report after a rollback; their codes. A first start of 1_適用 makes
    the copy, in which the others begin; of the elevated process, which stays beside the other pass, the last answer counts.
    """
    order = ("User", "Machine") if mode == "Rollback" else ("Machine", "User")
    run = f"run-{computer.folder.joinpath('machine.json').stat().st_mtime_ns}-{mode}"
    code = plan_in(script.read_bytes())["bundle"]["facility"]["code"]
    replies = [
        {"prompt": "医療機関等コード（10桁）", "answer": code},
        # A succession's two notices, in one line.
        {"prompt": "続けて 20 桁", "answer": code * 2},
        {"prompt": "OQS_LOGIN_KEY のユーザー名", "answer": f"R{int(code[2] == '4')}RENK01"},
        *REPLIES,
    ]
    if mode == "Apply":
        copied = list(computer.folder.glob("ProgramData/oqsgen/bundle/*/terminal.ps1"))
        if not copied:
            computer.launch(script, run=run, replies=replies)
            copied = list(computer.folder.glob("ProgramData/oqsgen/bundle/*/terminal.ps1"))
        user = computer.run(copied[0], mode, "User", run=run, replies=replies)
        assert not user.errors and user.exit is not None, user
        assert_declared(computer)
        answer = computer.answered(run)
        return answer["exit"] if answer else user.exit, user.exit
    done = [computer.run(script, mode, scope, run=run, replies=replies) for scope in order]
    if mode == "Rollback":
        done.append(computer.run(script, mode, "User", run=run, options=["-ReportOnly"]))
    assert not any(outcome.errors for outcome in done), done
    assert_declared(computer)
    codes = {scope: outcome.exit for scope, outcome in zip(order, done, strict=False)}
    assert codes["Machine"] is not None and codes["User"] is not None
    return codes["Machine"], codes["User"]


def set_up(computer: Pc, script: Path, plan: dict[str, Any]) -> set[str]:
    """Starts 1_適用 until nothing is left, doing in between what the page says; the folders that no installer has brought."""
    codes = start(computer, script, "Apply")
    assert codes == (5, 4), trouble(computer)
    folders = {*computer.machine["folders"]}
    computer.machine = with_installed(computer.machine, plan)
    for _ in range(STARTS):
        sign_in(computer, "OqsComApp")
        codes = start(computer, script, "Apply")
        assert set(codes) <= {0, 5}, trouble(computer)
        if codes == (0, 0):
            return folders
    raise AssertionError((codes, trouble(computer)))


def trouble(computer: Pc) -> list[str]:
    """What is not as wanted, the worst first."""
    worst = ("failed", "drift", "skipped", "restart", "manual", "unknown")
    results = computer.result()["steps"]
    steps = [step for step in results if step["status"] in worst and "done" not in step]
    steps.sort(key=lambda step: worst.index(step["status"]))
    return [f"{s['id']}: {s['status']} {s['message']} {s['found']}" for s in steps]


def built(tmp_path: Path, name: str, *, whole: bool = False) -> tuple[Pc, Path, dict[str, Any]]:
    """A PC as it comes with the first terminal's bundle of an example; and the plan in it."""
    files = dict(bundle_of(example(name)[0], None).files)
    computer = pc(tmp_path, {}, whole=whole)
    script = computer.built(files)
    plan = plan_in(files["terminal.ps1"])
    computer.machine = machine_for(plan)
    return computer, script, plan


def leave(computer: Pc, shared: Path, name: str) -> None:
    """Leaves a copy of a PC that is set up to the other tests of this session."""
    if not (shared / name).exists():
        new = Path(mkdtemp(dir=shared)) / name
        computer.copy(new)
        with suppress(OSError):
            # Another process has left it meanwhile.
            new.rename(shared / name)


def set_up_already(tmp_path: Path, shared: Path, name: str) -> tuple[Pc, dict[str, Any]]:
    """A PC that an example has set up, and the plan of it: as another test has left it, or from the beginning."""
    if not (shared / name).exists():
        computer, script, plan = built(tmp_path / "first", name)
        set_up(computer, script, plan)
        leave(computer, shared, name)
    computer = Pc(shared / name).copy(tmp_path / "pc")
    return computer, plan_in(computer.script().read_bytes())


def start_of_windows(data: dict[str, Any]) -> None:
    """The tasks that Windows starts have run; that of 連携アプリケーション goes on."""
    for name, task in data["tasks"].items():
        if "<BootTrigger>" in task["xml"] and task["enabled"]:
            runs_on = name == r"\OQS_exec_comappstart"
            task |= {"at": "2026-11-21 07:01", "result": 0x41301 if runs_on else 0}


def signed_in(computer: Pc, name: str) -> list[str]:
    """Somebody signs in. What Windows starts then: what that person's RunOnce says, which it uses up, and tasks."""
    data = computer.machine
    data["accounts"][name]["profile"] = True
    once = data.get("registry", {}).get(f"HKU\\{name}\\{RUN_ONCE}", {})
    commands = [value["data"] for value in once.values()]
    assert all(len(command) <= RUN_ONCE_LIMIT for command in commands), commands
    once.clear()
    for task in data.get("tasks", {}).values():
        root = ElementTree.fromstring(task["xml"])
        texts = {one.tag.rpartition("}")[2]: one.text or "" for one in root.iter()}
        users = {one.text for one in root.findall(".//{*}LogonTrigger/{*}UserId")}
        if task["enabled"] and users == {data["accounts"][name]["sid"]}:
            commands.append(f"{texts['Command']} {texts['Arguments']}")
    computer.machine = data | {"explorer": name}
    return commands


def sign_in(computer: Pc, name: str) -> list[str]:
    """Somebody restarts the PC and signs in; what Windows opens then."""
    data = computer.machine
    boots = int(data.get("boots", 0)) + 1
    boot = f"2026-11-21 07:{boots:02}:00.000"
    start_of_windows(data)
    computer.machine = data | {"boot": boot, "boots": boots}
    return signed_in(computer, name)


def settings(computer: Pc) -> dict[str, Any]:
    """What the PC is like, but for our own folders."""
    data = computer.machine
    data.pop("security", None)
    return data


def like_before(computer: Pc, before: dict[str, Any]) -> None:
    """The PC is as it began, but for what cannot be undone and what changes by itself."""
    after = settings(computer)
    before = deepcopy(before)
    # Somebody has signed in: the account is disabled rather than removed.
    assert after["accounts"].pop("OqsComApp")["enabled"] is False
    # So something is left to undo, and the copy stays with its entry.
    if list(computer.folder.glob("ProgramData/oqsgen/bundle/*")):
        assert after["files"].pop(ENTRY)
    for data in (after, before):
        for name in ("explorer", "boot", "boots", "ran"):
            data.pop(name, None)
        data["services"]["W32Time"].pop("running")
        for account in data["accounts"].values():
            account.pop("profile")
    assert after == before


def steps(names: Iterable[str]) -> set[str]:
    """What is done about each step of these examples, as ``steps.txt`` has it."""
    return {f"{step.how} {step.id}" for name in names for step in plan_of(example(name)[0])}


def shapes(names: Iterable[str]) -> set[tuple[object, ...]]:
    """What the engine can tell apart: of each kind whose step it is, what becomes of it, and the fields that it has."""
    return {
        (
            s.kind,
            s.how,
            s.scope,
            s.who,
            s.restart,
            bool(s.secrets),
            *map(fields, (s.target, s.wanted)),
        )
        for name in names
        for s in plan_of(example(name)[0])
    }


def fields(value: Any) -> tuple[str, ...]:
    return tuple(sorted(value)) if isinstance(value, Mapping) else (type(value).__name__,)


def test_each_step_of_the_examples_is_set_up_and_undone() -> None:
    kept = (Path(__file__).parent / "steps.txt").read_text("utf-8").splitlines()
    assert kept == sorted({*kept})
    assert steps(SET_UP) - steps(WHOLE) == set(), "no example of WHOLE has these: it needs another"
    assert (
        shapes(SET_UP) - shapes(WHOLE) == set()
    ), "no example of WHOLE has these: it needs another"
    assert steps(WHOLE) == {*kept}, "steps.txt names what is set up and undone: read the difference"


@needs_pwsh
@pytest.mark.parametrize("name", WHOLE)
def test_an_example_is_set_up_and_undone(tmp_path: Path, shared: Path, name: str) -> None:
    # That of one of them is a script as it ships, with all its parts in it.
    computer, script, plan = built(tmp_path, name, whole=name == "nas-folders")
    before = computer.machine

    assert start(computer, script, "Verify") == (6, 4)
    assert settings(computer) == before
    own = set_up(computer, script, plan) - {*before["folders"]}
    leave(computer, shared, name)
    applied = computer.machine
    assert start(computer, script, "Verify") == (0, 0), trouble(computer)
    assert start(computer, script, "Apply") == (0, 0), trouble(computer)
    assert "changed" not in {step["status"] for step in computer.result()["steps"]}
    assert computer.machine == applied

    # The linkage application still holds what its credentials were.
    restart = any(step["restart"] for step in plan["steps"] if step["scope"] == "user")
    assert start(computer, script, "Rollback")[1] == (5 if restart else 0), trouble(computer)
    sign_in(computer, "setup")
    assert start(computer, script, "Rollback") == (0, 4), trouble(computer)
    expected = with_installed(before, plan)
    # What a person had deleted nobody brings back.
    expected["personFiles"] = {
        path: file
        for path, file in expected["personFiles"].items()
        if path in applied["personFiles"]
    }
    brought = {*expected["folders"]} - own
    # A folder of ours stays as it was made where an installer has put something into it.
    holding = {path for path in own if any(each.startswith(path + "\\") for each in brought)}
    gone = own - holding
    expected["folders"] = {k: v for k, v in expected["folders"].items() if k not in gone}
    expected["folders"] |= {path: applied["folders"][path] for path in holding}
    kept = [step["id"] for step in computer.result()["steps"] if step["status"] == "manual"]
    assert kept == [*(["share-face"] if holding else []), "oqscomapp-account"]
    like_before(computer, expected)
    for path in tmp_path.rglob("*"):
        if path.is_file() and path.name not in ("machine.json", "session.json"):
            for secret in (SECRET, CRYPT_PASS):
                assert secret.encode() not in path.read_bytes(), path


@needs_pwsh
@pytest.mark.parametrize("name", [name for name in SET_UP if name not in WHOLE])
def test_any_other_example_is_looked_at_and_begun(tmp_path: Path, name: str) -> None:
    computer, script, _ = built(tmp_path, name)
    before = computer.machine
    assert start(computer, script, "Verify") == (6, 4)
    assert settings(computer) == before
    assert start(computer, script, "Apply") == (5, 4), trouble(computer)


@needs_pwsh
@pytest.mark.parametrize("name", AUDITS)
def test_an_audit_only_looks(tmp_path: Path, name: str) -> None:
    computer, script, plan = built(tmp_path, name)
    computer.machine = with_installed(computer.machine, plan)
    before = computer.machine
    assert start(computer, script, "Verify") == (6, 4)
    assert settings(computer) == before


@needs_pwsh
def test_killed_at_random_places(tmp_path: Path) -> None:
    """Ended at fifty places on the way, an example goes on, or undoes; nothing is left half done."""
    fresh, _, _ = built(tmp_path / "fresh", "p10-shizuoka-iin")
    before = fresh.machine
    before["services"]["W32Time"].pop("running")
    ready = fresh.copy(tmp_path / "ready")
    whole = ready.run(ready.script(), "Apply", "Machine", answers=[SECRET, SECRET])
    assert whole.exit == 5 and not whole.errors
    applied = ready.machine
    undone = ready.copy(tmp_path / "undone")
    back = undone.run(undone.script(), "Rollback", "Machine", run="r")
    assert back.exit == 0 and not back.errors
    assert whole.chances >= 107 and back.chances >= 109, "no place may go"

    pick = random.Random(4)
    places = [
        (mode, start, 1 + pick.randrange(chances))
        for mode, start, chances in (
            ("Apply", fresh, whole.chances),
            ("Rollback", ready, back.chances),
        )
        for _ in range(25)
    ]
    for number, (mode, start, place) in enumerate(places):
        computer = start.copy(tmp_path / str(number))
        script = computer.script()
        # As it was counted: a run of another name has a result of its own, which is one more place.
        run, answers = ("run-1", [SECRET, SECRET]) if mode == "Apply" else ("r", [])
        outcome = computer.run(script, mode, "Machine", crash=place, answers=answers, run=run)
        assert outcome.killed, place
        if mode == "Apply" and number % 2:
            again = computer.run(script, "Apply", "Machine", run="b", answers=[SECRET, SECRET])
            assert again.exit == 5 and computer.machine == applied, (place, again)
        last = computer.run(script, "Rollback", "Machine", run="c")
        assert last.exit == 0 and not last.errors, (mode, place, last)
        after = settings(computer)
        after["services"]["W32Time"].pop("running")
        assert after == before, (mode, place)
