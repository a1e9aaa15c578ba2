"""What overrules a setting, each on a PC that is set up: the step is not OK, and its message names it."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.pc.assemble import Pc, all_parts, needs_pwsh, pc, ready_machine, run, step
from tests.pc.assemble import plan as plan_of_steps
from tests.pc.shell import file_of, json_of
from tests.runtime.test_examples_run import set_up_already

pytestmark = needs_pwsh

EXAMPLES = ("ntt-start-pack", "p05-yokohama-seikei", "p08-saitama-byoin", "p11-chiba-shika")
"""Their steps together look at everything that overrules, and another test sets them up."""

LOOK = """
$env:OQSGEN_FAKE = '{folder}'
. '{parts}'
$plan = ConvertFrom-Json ([IO.File]::ReadAllText('{folder}/plan.json'))
$script:Pass = New-Pass 'x' $plan '{folder}' 'Verify' 'Machine' $false $false
$script:Pass.session = Get-Session $plan
$script:Session = $script:Pass.session
$script:Pass.journal = Read-Journal '{folder}/none.jsonl'
$script:Pass.boot = 'x'
$before = [IO.File]::ReadAllText('{folder}/machine.json')
$answers = foreach ($case in (ConvertFrom-Json ([IO.File]::ReadAllText('{folder}/cases.json')))) {{
    $machine = Read-Machine
    foreach ($value in $case.values) {{
        $path = $value.key.Replace('HKCU\\', 'HKU\\OqsComApp\\')
        $registry = Get-FakeRegistry $machine
        if ($null -eq (Get-FakeField $registry $path)) {{ Set-FakeMember $registry $path ([pscustomobject] @{{}}) }}
        if ($value.name) {{ Set-FakeMember $registry.$path $value.name ([pscustomobject] @{{ type = $value.type; data = $value.data }}) }}
    }}
    Write-Machine $machine
    $step = @($plan.steps | Where-Object {{ $_.id -ceq $case.step }})[0]
    $result = Invoke-VerifyStep $step $script:Pass
    [IO.File]::WriteAllText('{folder}/machine.json', $before)
    @{{ status = $result.status; message = $result.message; found = (ConvertTo-JsonText $result.found -Canonical) }}
}}
ConvertTo-Json @($answers) -Depth 4
"""


def looked_at(
    computer: Pc, plan: dict[str, Any], cases: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """The result of each case: a step, looked at while some values stand in the registry."""
    computer.write_session("Machine")
    (computer.folder / "plan.json").write_text(json.dumps(plan), "utf-8")
    (computer.folder / "cases.json").write_text(json.dumps(cases), "utf-8")
    answers = json_of(LOOK.format(folder=computer.folder, parts=file_of(all_parts())))
    assert isinstance(answers, list) and len(answers) == len(cases)
    return answers


def value(key: str, name: str | None, data: str) -> dict[str, Any]:
    """A value of the registry, or a key below ``key``."""
    if name is None:
        return {"key": f"{key}\\{{{data}}}", "name": None}
    number = data.isdecimal()
    return {
        "key": key,
        "name": name,
        "type": "DWord" if number else "String",
        "data": int(data) if number else data,
    }


def met(condition: dict[str, Any]) -> str:
    """Data that meets a condition."""
    data = condition["data"]
    if condition["test"] == "is":
        return str(data[0])
    if condition["test"] == "bits":
        return str(int(data[0]) | 4)
    if condition["test"] == "until":
        return "2027-01-01 00:00:00Z"  # A "T" would be a date to the JSON of the PC of data.
    if condition["test"] == "unless" and not data[0].isdecimal():
        return "another"
    return "77"


def not_met(condition: dict[str, Any]) -> str | None:
    """Data that does not meet it; None where whatever is there does."""
    data = condition["data"]
    return {
        "is": "78",
        "unless": str(data[0]) if data else "",
        "bits": "4",
        "until": "2026-01-01 00:00:00Z",
        "any": None,
    }[condition["test"]]


def besides(overrule: dict[str, Any]) -> list[dict[str, Any]]:
    """What has to be so besides."""
    return [value(one["at"][0], one["name"], met(one)) for one in overrule["also"]]


@pytest.mark.parametrize("name", EXAMPLES)
def test_whatever_overrules_a_step_is_seen_and_named(
    tmp_path: Path, shared: Path, name: str
) -> None:
    computer, plan = set_up_already(tmp_path, shared, name)
    steps = [one for one in plan["steps"] if one["overrules"]]
    places = [
        (one, overrule, key)
        for one in steps
        for overrule in one["overrules"]
        for key in overrule["at"]
    ]
    as_it_is = looked_at(computer, plan, [{"step": one["id"], "values": []} for one in steps])
    usual = {one["id"]: answer for one, answer in zip(steps, as_it_is, strict=True)}
    assert {answer["status"] for answer in as_it_is} == {"ok"}, [*zip(steps, as_it_is, strict=True)]

    overruling = [
        {"step": one["id"], "values": [value(key, o["name"], met(o)), *besides(o)]}
        for one, o, key in places
    ]
    for (one, overrule, key), seen in zip(
        places, looked_at(computer, plan, overruling), strict=True
    ):
        case = (one["id"], key, overrule["name"], seen)
        assert seen["status"] == ("ok" if overrule["risk"] else "drift"), case
        for text in (overrule["label"], key, met(overrule), overrule["effect"], overrule["remedy"]):
            assert text in seen["message"], case
        assert overrule["name"] is None or overrule["name"] in seen["message"], case

    harmless = []
    for one, overrule, key in places:
        other = not_met(overrule)
        if other is not None and one["kind"] != "policy":
            values = [value(key, overrule["name"], other), *besides(overrule)]
            harmless.append({"step": one["id"], "values": values})
        if overrule["also"]:
            values = [value(key, overrule["name"], met(overrule))]
            harmless.append({"step": one["id"], "values": values})
    for case_, seen in zip(harmless, looked_at(computer, plan, harmless), strict=True):
        assert seen == usual[case_["step"]], case_


def test_these_examples_look_at_everything_that_overrules() -> None:
    from oqsgen.plan.overrules import entries
    from tests.examples import example, plan_of

    seen = {
        (one["label"], one["name"])
        for name in EXAMPLES
        for planned in plan_of(example(name)[0])
        for one in planned.overrules
    }
    assert seen == {(o.label, o.condition.name) for entry in entries() for o in entry.by}


POLICY = r"HKLM\SOFTWARE\Policies\Example"


def overruled_step(**more: Any) -> dict[str, Any]:
    """A value of the registry that a policy overrules."""
    overrule = {
        "label": "例のポリシー", "at": [POLICY], "name": "Lamp", "test": "unless", "data": ["1"],
        "also": [], "effect": "こちらが使われます。", "remedy": "外してもらってください。", "risk": False,
    }  # fmt: skip
    return step(
        id="lamp",
        kind="registry",
        scope="machine",
        target={"hive": "HKLM", "key": r"SOFTWARE\Example", "name": "Lamp"},
        wanted={"type": "DWord", "data": 1},
        overrules=[overrule | more],
    )


def with_policy(data: int) -> dict[str, Any]:
    values = {POLICY: {"Lamp": {"type": "DWord", "data": data}}}
    return ready_machine(registry=values)


def test_it_is_set_all_the_same_and_undone(tmp_path: Path) -> None:
    computer = pc(tmp_path, with_policy(-1))
    bundle = computer.bundle(plan_of_steps([overruled_step()]))
    before = computer.machine["registry"]
    assert computer.run(bundle, "Apply", "Machine").exit == 6
    computer.run(bundle, "Apply", "User")
    (result,) = computer.result()["steps"]
    assert result["status"] == "drift"
    assert "例のポリシーが「4294967295」" in result["message"]
    assert f"{POLICY} の Lamp" in result["message"]
    assert "overrul" not in json.dumps(result["found"])
    assert computer.machine["registry"][r"HKLM\SOFTWARE\Example"]["Lamp"]["data"] == 1
    journal = (tmp_path / "ProgramData/oqsgen/journal/machine.jsonl").read_text("utf-8")
    events = [json.loads(line)["event"] for line in journal.splitlines()]
    assert events == ["before", "set"]
    assert "Policies" not in journal

    data = computer.machine
    data["registry"][POLICY]["Lamp"]["data"] = 1
    computer.machine = data
    assert computer.run(bundle, "Verify", "Machine").exit == 0
    assert computer.run(bundle, "Rollback", "Machine").exit == 0
    assert computer.machine["registry"].keys() == before.keys()


def test_a_risk_is_said_and_nothing_more(tmp_path: Path) -> None:
    machine = with_policy(0)
    machine["registry"][r"HKLM\SOFTWARE\Example"] = {"Lamp": {"type": "DWord", "data": 1}}
    done, computer = run(
        plan_of_steps([overruled_step(risk=True)]), machine, "Verify", "Machine", tmp_path
    )
    assert done.exit == 0
    (step,) = (computer.answered("run-1") or {})["steps"]
    assert "例のポリシーが「0」" in step["message"]
    computer.run(computer.script(), "Verify", "User")
    (page,) = tmp_path.glob("Users/*/AppData/Local/oqsgen/results/*/result.html")
    assert "気をつけること</h2>" in page.read_text("utf-8")


def test_an_empty_value_overrules_nothing(tmp_path: Path) -> None:
    machine = with_policy(0)
    machine["registry"][POLICY]["Lamp"] = {"type": "String", "data": " "}
    machine["registry"][r"HKLM\SOFTWARE\Example"] = {"Lamp": {"type": "DWord", "data": 1}}
    plan = plan_of_steps([overruled_step()])
    done, computer = run(plan, machine, "Verify", "Machine", tmp_path)
    assert done.exit == 0
    (step,) = (computer.answered("run-1") or {})["steps"]
    assert step["status"] == "ok" and "例のポリシー" not in step["message"]
