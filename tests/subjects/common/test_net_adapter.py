"""The functions around network connections themselves, with Windows' own commands standing in."""

from tests import PARTS
from tests.pc.assemble import needs_pwsh
from tests.pc.shell import run_text

ADAPTER = PARTS / "common" / "net-adapter.native.ps1"

AWAY = f"""
Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'
. '{ADAPTER}'
# The only adapter that has the keyword starts anew once it is written: it is away when asked next.
$script:away = 0
function Get-NetAdapterAdvancedProperty {{
    if ($script:away -gt 0) {{ $script:away--; return }}
    [pscustomobject] @{{ Name = 'イーサネット'; RegistryKeyword = '*WakeOnMagicPacket'; RegistryValue = @('0') }}
}}
function Set-NetAdapterAdvancedProperty {{ $script:away = 2 }}
Set-AdapterKeyword -Name 'イーサネット' -Keyword '*WakeOnMagicPacket' -Value '1'
"left $script:away"
"""


@needs_pwsh
def test_an_adapter_that_starts_anew_is_waited_for() -> None:
    done = run_text(AWAY)
    assert (done.errors, done.output) == ("", "left 0")
