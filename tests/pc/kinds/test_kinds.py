"""The PowerShell half of each kind, in Pester on a PC of data."""

import json
import subprocess
from pathlib import Path

from oqsgen.kinds import KINDS

from ..tools import missing, need
from ..vocabulary import ROOT

HERE = Path(__file__).parent
PARTS = ROOT / "templates" / "ps1" / "kinds"


def test_each_kind_has_both_halves() -> None:
    assert {path.stem for path in PARTS.glob("*.ps1")} == set(KINDS)


def test_pester() -> None:
    script = f"""
        if (-not (Get-Module -ListAvailable Pester | Where-Object {{ $_.Version.Major -ge 5 }})) {{ exit 77 }}
        $env:PATH = '{ROOT / "none"}' # no program of this machine has a part in it
        $options = New-PesterConfiguration
        $options.Run.Path = '{HERE}'
        $options.Run.PassThru = $true
        $options.Output.Verbosity = 'None'
        $run = Invoke-Pester -Configuration $options
        $bad = @(foreach ($test in $run.Failed) {{ $test.ExpandedPath + ': ' + (($test.ErrorRecord | ForEach-Object {{ "$_" }}) -join ' ') }})
        $bad += @(foreach ($block in @($run.FailedBlocks) + @($run.FailedContainers)) {{ "$block" + ': ' + ($block.ErrorRecord -join ' ') }})
        ConvertTo-Json @{{ passed = $run.PassedCount; bad = $bad }} -Compress
    """
    done = subprocess.run(
        [need("pwsh"), "-NoProfile", "-NonInteractive", "-Command", script],
        capture_output=True,
        encoding="utf-8",
    )
    if done.returncode == 77:
        missing("no Pester 5 for this pwsh")
    answer = json.loads(done.stdout.splitlines()[-1])
    assert answer["bad"] == [], "\n".join(answer["bad"])
    assert answer["passed"] > 200
