"""The one A4 of an undoing has room for all that is printed on it: the lists, their headings, and how many more there are."""

import itertools
import json
import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.pc.assemble import all_parts, needs_pwsh, new_machine, pc, plan
from tests.pc.shell import file_of, json_of

pytestmark = needs_pwsh

SIZES = (0, 1, 7, 60)
RUN = """
Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'
$env:OQSGEN_FAKE = '{folder}'
. '{parts}'
$plan = ConvertFrom-Json ([IO.File]::ReadAllText('{plan}'))
$pass = $script:Pass = New-Pass 'r' $plan 'C:\\b' 'Rollback' 'User' $false $false
$pass.session = [pscustomobject] @{{ role = 'account'; name = 'OqsComApp'; owner = 'S'; sid = 'S' }}
$pages = @(foreach ($sizes in @((ConvertFrom-Json ([IO.File]::ReadAllText('{sizes}'))).sizes)) {{
        $steps = @(foreach ($at in 0..2) {{
                $status = @('drift', 'restart', 'manual')[$at]
                for ($i = 0; $i -lt $sizes[$at]; $i++) {{ New-StepResult $plan.steps[0] -Status $status -Message 'x' }}
            }})
        $left = @(for ($i = 0; $i -lt $sizes[3]; $i++) {{ [pscustomobject] @{{ name = 'x'; place = 'C:\\OQS'; how = 'y' }} }})
        $report = [pscustomobject] @{{
            exit = 6; next = @(); steps = $steps; message = ''; remnants = $left; finished = '2026-11-27 14:52:00'
            open = @($steps | Where-Object {{ $_.status -cne 'drift' }})
        }}
        $above = @(Get-HeadText $pass $report) + (Get-WhoseText $pass $report) + (Get-TellText $pass)
        @{{ room = $script:PageRoom - (Get-TextCount $above); head = $script:ListHead; lists = @(Get-UndoneSection $pass $report) }}
    }})
ConvertTo-Json @{{ pages = $pages }} -Depth 4 -Compress
"""


def made(sizes: list[tuple[int, ...]]) -> list[dict[str, Any]]:
    with TemporaryDirectory() as folder:
        pc(Path(folder), new_machine()).write_session("Machine")
        given = {"parts": all_parts(), "sizes": json.dumps({"sizes": sizes})}
        given["plan"] = json.dumps(plan([{"id": "one", "kind": "manual", "how": "manual"}]))
        text = RUN.format(folder=folder, **{key: file_of(value) for key, value in given.items()})
        pages: list[dict[str, Any]] = json_of(text)["pages"]
    return pages


def test_all_that_is_printed_has_room() -> None:
    sizes = list(itertools.product(SIZES, repeat=4))
    full = 0
    for counts, page in zip(sizes, made(sizes), strict=True):
        text = "".join(page["lists"])
        items = re.findall(r"<li>.*</li>", text)
        more = [int(n) for n in re.findall(r'<p class="printed">ほか (\d+) 件', text)]
        assert len(items) + sum(more) == sum(counts), counts
        lines = sum(1 + item.count("<br>") for item in items) + len(more)
        lines += page["head"] * text.count("<h2>")
        assert lines <= page["room"], (counts, lines)
        full += lines > page["room"] - 4
    assert full > 100, "what has room is printed"


def test_what_a_place_is_called_is_no_part_of_it() -> None:
    (page,) = made([(0, 0, 0, 1)])
    assert "<br>場所: <code>C:\\OQS</code><br>y" in page["lists"][0]
