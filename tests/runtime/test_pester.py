"""The PowerShell half of each kind, in Pester on a PC of data."""

import json
import re
from pathlib import Path

import pytest

from tests import ROOT
from tests.pc.assemble import all_parts
from tests.pc.declared import found_in, undeclared
from tests.pc.shell import file_of, run_file

FILES = sorted((ROOT / "tests").rglob("*.Tests.ps1"))

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


@pytest.mark.needs("pwsh", "pester")
@pytest.mark.parametrize("file", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_pester(file: Path, tmp_path: Path) -> None:
    environment = {"OQSGEN_FAKE": str(tmp_path), "OQSGEN_PARTS": str(file_of(all_parts()))}
    done = run_file(file_of(RUN), {"File": str(file)}, environment)
    assert not done.errors, done
    answer = json.loads(done.output)
    assert answer["bad"] == [], "\n".join(answer["bad"])
    written = re.findall(r"^\s*It '", file.read_text("utf-8"), re.MULTILINE)
    assert answer["passed"] == answer["total"] >= len(written) > 0
    assert undeclared(found_in(tmp_path / "seen.txt")) == []
