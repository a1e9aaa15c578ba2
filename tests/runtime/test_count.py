"""One count of a visit's numbers: title, last screen and page say the same of whatever is open."""

import json
import random
import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from oqsgen.plan.visit import visit
from tests.examples import example, plan_of, script_plan_of
from tests.pc.assemble import all_parts, needs_pwsh, new_machine, pc
from tests.pc.shell import file_of, json_of

pytestmark = needs_pwsh

CASES = 40
RUN = """
Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'
$env:OQSGEN_FAKE = '{folder}'
. '{parts}'
$plan = ConvertFrom-Json ([IO.File]::ReadAllText('{plan}'))
$pass = $script:Pass = New-Pass 'r' $plan 'C:\\b' 'Apply' 'User' $false $false
$pass.session = [pscustomobject] @{{ role = 'account'; name = 'OqsComApp'; owner = 'S'; sid = 'S' }}
$pass.journal = New-Journal 'x'
$cases = @(foreach ($open in @((ConvertFrom-Json ([IO.File]::ReadAllText('{opens}'))).opens)) {{
        $ids = @($open)
        $steps = @(foreach ($step in $plan.steps) {{
                if ($ids -ccontains $step.id) {{ New-StepResult $step -Status 'unknown' -Message 'x' }} else {{ New-StepResult $step -Status 'ok' }}
            }})
        $report = [pscustomobject] @{{ exit = 0; next = @(); steps = $steps; open = @($steps | Where-Object {{ Test-OpenStep $pass $_ }}) }}
        $rows = @(Get-LeftRow $pass $report)
        @{{
            headline = Get-Headline $report; count = @(Format-Count $pass $report)[-1]; rows = @($rows | ForEach-Object {{ $_.cells[0] }})
            owners = @($rows | ForEach-Object {{ $_.cells[2] }}); screen = @(Format-Left $pass $report 99)
            place = Get-NumberPlace $plan.numbers[0]; minutes = Get-MinuteText @(Get-LeftNumber $report)
        }}
    }})
ConvertTo-Json @{{ cases = $cases }} -Depth 5 -Compress
"""


def cases_of(name: str, opens: list[list[str]]) -> list[dict[str, Any]]:
    plan = json.dumps(script_plan_of(example(name)[0]))
    with TemporaryDirectory() as folder:
        pc(Path(folder), new_machine()).write_session("Machine")
        given = {"parts": all_parts(), "plan": plan, "opens": json.dumps({"opens": opens})}
        text = RUN.format(folder=folder, **{key: file_of(value) for key, value in given.items()})
        found: list[dict[str, Any]] = json_of(text)["cases"]
    return found


@pytest.mark.parametrize("name", ["clinic", "staff-accounts", "audit-win10"])
def test_what_is_done_and_what_is_left_are_all_numbers(name: str) -> None:
    profile = example(name)[0]
    numbers = visit(profile, plan_of(profile))
    total = len({number.whole for number in numbers})
    pick = random.Random(17)
    each = [[number.steps[-1]] for number in numbers if number.steps]
    all_of = sorted({id for number in numbers for id in number.steps})
    opens = [*each, *(pick.sample(all_of, pick.randint(1, 12)) for _ in range(CASES)), all_of]
    for open_steps, case in zip(opens, cases_of(name, opens), strict=True):
        left = int(re.sub(r"\D", "", case["headline"]))
        said = re.match(r"  作業 (\d+) 件　済み (\d+)", case["count"])
        assert said and case["place"].split("/")[1] == said[1] == str(total), case
        assert int(said[2]) + left == total, (open_steps, case)
        assert len(case["rows"]) == left, case
        # Each row of the page is a line of the screen, in its words.
        lines = [line for line in case["screen"] if re.match(r"    \d", line)]
        assert [line.split()[0] for line in lines] == case["rows"], case
        for line, owner in zip(lines, case["owners"], strict=True):
            assert line.endswith(f"  {owner}"), line


def test_parts_stand_in_one_line_and_a_further_round_in_its_own() -> None:
    opens = [["test-face", "test-his"], ["distribution-update"]]
    parts, rounds = cases_of("clinic", opens)
    assert (parts["headline"], parts["rows"]) == ("残り 1 件", ["20a・c"])
    assert parts["owners"] == ["施設とレセコンのベンダー"]
    assert (rounds["headline"], rounds["rows"]) == ("残り 2 件", ["12", "15"])
    # As the sheet has them: a round waits twenty minutes.
    assert rounds["minutes"] == "人 約 2 分、待ち 約 40 分"
