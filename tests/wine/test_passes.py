"""The runtime against the API of Windows: apply, killed and gone on with, verify, rollback, both passes in their order.

What stands in is in ``lacking.ps1``, each of it named in ``reach.yaml``.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from oqsgen.render.powershell import joined, part_files, plan_json
from tests import PARTS
from tests.pc.assemble import plan
from tests.runtime.vocabulary import functions

from .windows import HERE, NATIVE, REACH, Answer, Job, Windows, needs_wine, windows_path

TYPED = "Renkei#2026-abcd"
POLICY = r"Software\Policies\Microsoft\oqsgen-pass"


def test_what_stands_in_is_named() -> None:
    stands_in = {
        name
        for named in REACH.values()
        for name, word in named.items()
        if word != "called" and word["not"].endswith("; stands in")
    }
    made = {*functions((HERE / "lacking.ps1").read_text("utf-8"))} - {"Enter-Native"}
    assert made == stands_in


def registry(id: str, hive: str, name: str, data: object, **more: Any) -> dict[str, Any]:
    """A step that sets a text or a number below a key of ours."""
    return {
        "id": id,
        "kind": "registry",
        "scope": "machine" if hive == "HKLM" else "user",
        "target": {
            "hive": hive,
            "key": r"Software\oqsgen-pass" + more.pop("below", ""),
            "name": name,
        },
        "wanted": {"type": "DWord" if isinstance(data, int) else "String", "data": data},
        **more,
    }


def credential(id: str, name: str, **wanted: Any) -> dict[str, Any]:
    none: dict[str, Any] = {"userName": None, "prefixes": [], "code": None, "caseless": False}
    return {"id": id, "kind": "credential", "target": {"name": name}, "wanted": none | wanted}


STEPS = [
    registry("value", "HKLM", "前", 4294967295),
    registry("new-value", "HKLM", "新", "髙橋 'x' \" <&>", below=r"\一\二"),
    {
        "id": "policy",
        "kind": "policy",
        "scope": "machine",
        "target": {"key": POLICY},
        "wanted": {"values": {"Signin": {"type": "DWord", "data": 0}}},
    },
    {
        "id": "winhttp",
        "kind": "winhttp",
        "scope": "machine",
        "target": {},
        "wanted": {"server": "proxy.example:8080", "bypass": ["*.example"], "exact": False},
    },
    registry("own-value", "HKCU", "前", "後"),
    credential("code", "OQS_MEDICAL_INSTITUTION_CODE", userName="OQS_Admin", code="1319999012"),
    credential("login", "OQS_LOGIN_KEY", userName="R0RENK01", prefixes=["R0"]),
    registry("late", "HKLM", "遅", 1, after=["login"]),
]


@pytest.fixture(scope="session")
def answers(
    windows: Windows, native: Path, tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, Answer | None]:
    """What became of each pass, in the order in which they were started."""
    folder = tmp_path_factory.mktemp("stick")
    shipped = [path for path in part_files() if path not in NATIVE]
    parts = folder / "parts.ps1"
    lacking = (HERE / "lacking.ps1").read_text("utf-8")
    parts.write_text(joined(shipped) + native.read_text("utf-8-sig") + lacking, "utf-8-sig")
    source = (PARTS / "runtime" / "terminal.ps1.j2").read_text("utf-8")
    build = {"editions": ["IoTEnterpriseS"], "minimumBuild": 1, "maximumBuild": 99999}
    asked = plan(STEPS, account=windows.person, staff=[], windows=build)
    asked["bundle"]["terminal"] = windows.computer
    script = folder / "terminal.ps1"
    text = source.replace("{{ parts }}", f". '{windows_path(parts)}'\n")
    script.write_text(text.replace("{{ plan }}", plan_json(asked)), "utf-8-sig")

    def run(mode: str, scope: str, kill: str = "", *options: str) -> Job:
        arguments: dict[str, Any] = {"Mode": mode, "Scope": scope, "Run": "run-1"}
        environment = {
            "OQSGEN_KILL": kill,
            "OQSGEN_TYPED": TYPED,
            "OQSGEN_ELEVATED": "1" if scope == "Machine" else "0",
        }
        arguments |= dict.fromkeys(options, True)
        return Job(script, arguments, environment, dies=bool(kill))

    def held(scope: str, lock: str) -> Job:
        arguments = {"Lock": lock, "Script": windows_path(script), "Mode": "Apply", "Scope": scope}
        environment = {"OQSGEN_ELEVATED": "1" if scope == "Machine" else "0"}
        return Job(HERE / "held.ps1", arguments, environment)

    state = Job(HERE / "state.ps1", {"Native": windows_path(native)})
    jobs = {
        "make": Job(HERE / "before.ps1", {"Native": windows_path(native)}),
        "before": state,
        # The policy is written, the journal does not say so yet.
        "machine killed": run("Apply", "Machine", "Add-FileText:6"),
        "between": state,
        "machine locked": held("Machine", r"%ProgramData%\oqsgen\journal\lock"),
        "machine": run("Apply", "Machine"),
        "user killed": run("Apply", "User", "Set-Credential:2"),
        "user": run("Apply", "User"),
        "user locked": held("User", r"%LocalAppData%\oqsgen\lock"),
        "machine again": run("Apply", "Machine"),
        "applied": state,
        "verify machine": run("Verify", "Machine"),
        "verify user": run("Verify", "User"),
        "rollback user": run("Rollback", "User"),
        "rollback machine killed": run("Rollback", "Machine", "Set-WinHttpDefaultProxy:1"),
        "rollback machine": run("Rollback", "Machine"),
        "report": run("Rollback", "User", "", "ReportOnly"),
        "after": state,
    }
    return dict(zip(jobs, windows.run([*jobs.values()]), strict=True))


STATES = ("before", "between", "applied", "after")


@needs_wine
def test_passes_end_as_they_should(answers: Mapping[str, Answer | None]) -> None:
    assert [answer.errors for answer in answers.values() if answer and answer.errors] == []
    passes = {name: answer for name, answer in answers.items() if name not in (*STATES, "make")}
    assert {name: answer and answer.exit for name, answer in passes.items()} == {
        "machine killed": None,
        "machine locked": 2,
        # One of its steps comes after one of the person's.
        "machine": 5,
        "user killed": None,
        # What the machine could do now, nobody agreed to.
        "user": 5,
        "user locked": 2,
        "machine again": 0,
        "verify machine": 0,
        "verify user": 0,
        "rollback user": 0,
        "rollback machine killed": None,
        "rollback machine": 0,
        "report": 0,
    }


def state(answers: Mapping[str, Answer | None], name: str) -> dict[str, str]:
    """What stood on the PC then, by name."""
    answer = answers[name]
    assert answer
    return dict(line.split(": ", 1) for line in answer.output)


@needs_wine
def test_passes_do_what_they_say(answers: Mapping[str, Answer | None]) -> None:
    before, between, applied = (state(answers, name) for name in STATES[:3])
    assert before == {
        "OQS_LOGIN_KEY": "R0RENK99 3 Mukashi#2020-abcd",
        "OQS_MEDICAL_INSTITUTION_CODE": "none",
        "HKLM": "前=DWord 7",
        "HKCU": "前=ExpandString %X%",
        "policy": "none",
        "Registry.pol": "",
        "proxy": "old.example:3128<local>",
    }
    assert applied == {
        "OQS_LOGIN_KEY": f"R0RENK01 3 {TYPED}",
        "OQS_MEDICAL_INSTITUTION_CODE": "OQS_Admin 2 1319999012",
        "HKLM": "前=DWord -1; 遅=DWord 1; 一\\二\\新=String 髙橋 'x' \" <&>",
        "HKCU": "前=String 後",
        "policy": "Signin=DWord 0",
        "Registry.pol": "[Software\\Policies\\Microsoft\\oqsgen-pass;Signin;;;]",
        "proxy": "proxy.example:8080*.example;<local>",
    }
    # Killed with the policy written and the journal not saying so.
    kept = {name: before[name] for name in ("OQS_LOGIN_KEY", "HKCU", "proxy")}
    done = {name: applied[name] for name in ("policy", "Registry.pol")}
    assert between == before | kept | done | {"HKLM": between["HKLM"]}
    assert between["HKLM"] == applied["HKLM"].replace("遅=DWord 1; ", "")


@needs_wine
def test_what_was_done_is_undone(answers: Mapping[str, Answer | None]) -> None:
    """An empty Registry.pol is as good as none."""
    before, after = state(answers, "before"), state(answers, "after")
    assert after == before


@needs_wine
def test_their_day_is_one_page(
    answers: Mapping[str, Answer | None], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Written anew by each pass, and nothing half written is left of one that was killed."""
    assert answers
    (folder,) = tmp_path_factory.getbasetemp().glob("results/*")
    (page,) = folder.glob("*.html")
    assert page.read_text("utf-8").endswith("</html>\n")
    assert page.read_text("utf-8").count("/result.html") == len([*folder.glob("*/")]) - 1 > 1
    assert not [*folder.rglob("*.new")]
