"""The PowerShell half of each kind, in Pester on a PC of data."""

from oqsgen.subjects import KINDS
import json
import re
from pathlib import Path

import pytest


from ..shell import file_of, run_file
from ..vocabulary import ROOT

HERE = Path(__file__).parent
PARTS = ROOT / "templates" / "ps1" / "kinds"

RUN = """
param([string] $File)
$options = New-PesterConfiguration
$options.Run.Path = $File
$options.Run.PassThru = $true
$options.Output.Verbosity = 'None'
$run = Invoke-Pester -Configuration $options
$bad = @(foreach ($test in $run.Failed) { $test.ExpandedPath + ': ' + (($test.ErrorRecord | ForEach-Object { "$_" }) -join ' ') })
$bad += @(foreach ($block in @($run.FailedBlocks) + @($run.FailedContainers)) { "$block" + ': ' + ($block.ErrorRecord -join ' ') })
ConvertTo-Json @{ passed = $run.PassedCount; total = $run.TotalCount; bad = $bad } -Compress
"""


def test_each_kind_has_both_halves() -> None:
    assert {path.stem for path in PARTS.glob("*.ps1")} == set(KINDS)


@pytest.mark.needs("pwsh", "pester")
@pytest.mark.parametrize("name", sorted(path.name for path in HERE.glob("*.Tests.ps1")))
def test_pester(name: str, tmp_path: Path) -> None:
    done = run_file(file_of(RUN), {"File": str(HERE / name)}, {"OQSGEN_FAKE": str(tmp_path)})
    assert not done.errors, done
    answer = json.loads(done.output)
    assert answer["bad"] == [], "\n".join(answer["bad"])
    written = re.findall(r"^\s*It '", (HERE / name).read_text("utf-8"), re.MULTILINE)
    assert answer["passed"] == answer["total"] >= len(written) > 0
