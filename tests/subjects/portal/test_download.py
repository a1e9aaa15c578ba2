"""The mark of a download, with Windows' own command standing in: only here is there a parameter -Stream."""

import pytest

from tests import PARTS
from tests.pc.assemble import needs_pwsh
from tests.pc.shell import run_text

DOWNLOAD = PARTS / "portal" / "download.native.ps1"

READ = """
Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'
. '%s'
function Assert-PlainPath { }
function Get-Item { param([string] $LiteralPath, [string] $Stream) [pscustomobject] @{ Length = 26 } }
function Get-Content { param([string] $LiteralPath, [string] $Stream) %s }
"<$(Read-DownloadMark 'C:\\a.csv')>"
"""


@needs_pwsh
@pytest.mark.parametrize(
    "answer, mark, problem",
    [
        ("'[ZoneTransfer]'; 'ZoneId=3'", "<[ZoneTransfer]\nZoneId=3>", ""),
        ("Write-Error -Exception (New-Object IO.FileNotFoundException('no stream'))", "<>", ""),
        (
            "Write-Error -Exception (New-Object UnauthorizedAccessException('denied'))",
            "",
            "denied",
        ),
    ],
)
def test_only_a_file_without_a_mark_has_none(answer: str, mark: str, problem: str) -> None:
    """What cannot be read is not taken for a file of this PC's own."""
    done = run_text(READ % (DOWNLOAD, answer))
    assert done.output == mark
    assert problem in done.errors and bool(done.errors) == bool(problem)
