"""The PowerShell half of each kind does what its declaration says."""

import json
from functools import cache
from typing import Any

import pytest

from oqsgen.plan.kind import INSTEAD, SAID, Field, Kind
from oqsgen.render.powershell import part_files
from oqsgen.subjects import KINDS
from tests import PARTS, ROOT
from tests.pc.declared import Seen, undeclared
from tests.pc.shell import json_of

pytestmark = pytest.mark.needs("pwsh")

# Each Register-Kind: kind, its parameters with the value where that is written down.
REGISTERED = """
$found = foreach ($file in @('{files}')) {{
    $tree = [Management.Automation.Language.Parser]::ParseFile($file, [ref] $null, [ref] $null)
    foreach ($call in $tree.FindAll({{ $args[0] -is [Management.Automation.Language.CommandAst] -and $args[0].GetCommandName() -ceq 'Register-Kind' }}, $true)) {{
        $parameters = @{{}}
        for ($i = 2; $i -lt $call.CommandElements.Count; $i++) {{
            $element = $call.CommandElements[$i]
            if ($element -isnot [Management.Automation.Language.CommandParameterAst]) {{ continue }}
            $value = $call.CommandElements[$i + 1]
            $parameters[$element.ParameterName] = @($value | Where-Object {{ $_ -isnot [Management.Automation.Language.ScriptBlockExpressionAst] }} |
                ForEach-Object {{ $_.FindAll({{ $args[0] -is [Management.Automation.Language.StringConstantExpressionAst] }}, $true) }} | ForEach-Object {{ $_.Value }})
        }}
        @{{ kind = $call.CommandElements[1].Value; parameters = $parameters }}
    }}
}}
ConvertTo-Json @($found) -Depth 4
"""

# Of each case whether what is found still counts as what was made.
OURS = """
Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'
foreach ($file in @('{files}')) {{ . $file }}
$cases = ConvertFrom-Json @'
{cases}
'@
$answers = foreach ($case in $cases) {{
    $item = [pscustomobject] @{{ kind = $case.kind; settled = $true; after = $case.after }}
    Test-OurWork $item $case.found
}}
ConvertTo-Json @($answers)
"""

SID = "S-1-5-21-1-2-3-1001"
ENTRY = {"type": 0, "flags": 3, "rights": 0x1301BF, "sid": SID}
SHARE = {"path": r"C:\OQS\res", "security": f"O:SYG:SYD:(A;;FA;;;BA)(A;;0x1301bf;;;{SID})"}
CERTIFICATE = {"thumbprint": "A1", "subject": "x", "from": 20260401, "to": 20290401}
HOURS = {"start": {"type": "DWord", "data": 8}, "end": {"type": "DWord", "data": 20}}
TASK = '<Task xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task"><Actions><Exec><Command>{}</Command></Exec></Actions></Task>'
STRING = {"type": "String", "data": "1"}
MADE: dict[str, dict[str, Any]] = {
    "active-hours": {
        "hours": HOURS,
        "choice": {"start": None, "end": None},
        "adjusted": {"type": "DWord", "data": 0},
        "adjusts": True,
        "exists": r"SOFTWARE\Microsoft",
    },
    "autologon": {
        "values": {"AutoAdminLogon": STRING, "DefaultUserName": None},
        "passwordLess": {"type": "DWord", "data": 0},
        "exists": r"SOFTWARE\Microsoft",
        "secret": True,
        "plain": False,
        "refused": False,
    },
    "certificate": {
        "certificates": [CERTIFICATE | {"key": True, "exportable": False, "strong": False}],
        "authorities": ["C3"],
        "chosen": ["A1"],
        "files": ["ab"],
    },
    "certificate-root": {"roots": ["A0"], "missing": []},
    "reader-info": {"made": None, "aside": True},
    "share": {
        "exists": SHARE["path"],
        "access": {"protected": False, "entries": [ENTRY]},
        "share": SHARE | {"caching": "None"},
        "without": {"rules": ["FPS-SMB-In-TCP"], "shares": ["other"]},
        "sharing": {"names": ["FPS-SMB-In-TCP"], "reach": []},
        "opened": [],
    },
    "smb-firewall": {
        "enabled": True,
        "profile": 2,
        "remote": ["LocalSubnet"],
        "wide": False,
        "others": [],
    },
    "task": {"xml": TASK.format("a"), "enabled": True, "refused": False},
    "user": {
        "enabled": True,
        "administrator": True,
        "passwordNeverExpires": True,
        "users": True,
        "accountExpires": None,
        "sid": SID,
        "name": "oqscomapp",
        "unprotected": False,
    },
    "vendor-task": {
        "xml": TASK.format("a"),
        "enabled": True,
        "file": r"C:\t.xml",
        "refused": False,
    },
}
"""What a kind with -IsOurs has made, by the kind."""

OTHER: dict[str, Any] = {
    "hours": {"start": {"type": "DWord", "data": 9}, "end": None},
    "choice": {"start": {"type": "DWord", "data": 9}, "end": None},
    "adjusted": {"type": "DWord", "data": 1},
    "adjusts": False,
    "certificates": [],
    "authorities": [],
    "chosen": ["B2"],
    "files": [],
    "roots": [],
    "missing": ["Online Billing NW Common Root CA"],
    "made": 20261121,
    "aside": False,
    "exists": r"C:\OQS",
    "access": {"protected": True, "entries": [ENTRY]},
    "share": None,
    "without": {"rules": [], "shares": []},
    "sharing": {"names": [], "reach": []},
    "opened": ["FPS-SMB-In-TCP"],
    "enabled": False,
    "profile": 0,
    "remote": ["Any"],
    "wide": True,
    "others": [{"name": "{1}", "sharing": True, "profile": 4, "remote": ["Any"]}],
    "values": {"AutoAdminLogon": None, "DefaultUserName": None},
    "passwordLess": None,
    "secret": False,
    "plain": True,
    "refused": True,
    "xml": TASK.format("b"),
    "file": r"C:\u.xml",
    "administrator": False,
    "passwordNeverExpires": False,
    "users": False,
    "accountExpires": 1800000000,
    "sid": "S-1-5-21-1-2-3-1009",
    "name": None,
    "unprotected": True,
}
"""The field as it may be found later."""


@cache
def registered() -> dict[str, dict[str, list[str]]]:
    """Kind → the parameters of its Register-Kind, each with the texts of its value."""
    calls = json_of(REGISTERED.format(files="', '".join(map(str, part_files()))))
    return {call["kind"]: call["parameters"] for call in calls}


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_the_blocks_of_a_kind_are_as_it_declares(kind: Kind) -> None:
    given = registered()[kind.name]
    ours = [field.name for field in kind.found if field.ours]
    assert bool(ours) == ("Set" in given)
    assert kind.waits == ("WaitsForPerson" in given)
    # Without -IsOurs all that is found has to be what was made.
    assert len(ours) == len(kind.found) or "Set" not in given or "IsOurs" in given
    sometimes = [field.name for field in kind.found if field.sometimes]
    assert sorted(given.get("Sometimes", [])) == sorted(sometimes)


def test_what_is_ours_is_what_rolling_back_asks_about() -> None:
    assert {name for name in KINDS if "IsOurs" in registered()[name]} == set(MADE)
    cases: list[dict[str, Any]] = [
        {"kind": kind, "after": after, "found": after} for kind, after in MADE.items()
    ]
    expected = [True] * len(cases)
    for kind, after in MADE.items():
        fields: tuple[Field, ...] = KINDS[kind].found
        assert {field.name for field in fields} == set(after)
        for field in fields:
            found = after | {field.name: OTHER[field.name]}
            cases.append({"kind": kind, "after": after, "found": found})
            expected.append(not field.ours)
    files = [path for path in part_files() if not path.name.endswith(".native.ps1")]
    files.append(ROOT / "tests" / "subjects" / "common" / "access.fake.ps1")
    script = OURS.format(files="', '".join(map(str, files)), cases=json.dumps(cases))
    assert json_of(script) == expected


def test_what_any_kind_may_find_is_what_the_runtime_knows() -> None:
    assert (
        json_of(f"""
        foreach ($file in 'kind', 'kind-api', 'state', 'engine') {{ . "{PARTS}/runtime/$file.ps1" }}
        $step = [pscustomobject] @{{ id = ''; kind = '' }}
        $names = '{"', '".join(field.name for field in INSTEAD)}'
        $marked = foreach ($name in $names) {{ (Get-Marker $step ([pscustomobject] @{{ $name = 'x' }})).status }}
        ConvertTo-Json @{{ said = @($script:SaidField); marked = @($marked) }}
        """)
        == {
            "said": [field.name for field in SAID],
            "marked": [field.name for field in INSTEAD],
        }
    )


def test_a_field_that_is_not_declared_is_seen() -> None:
    seen: set[Seen] = {
        ("user", "found", "sid"),
        ("user", "found", "message"),
        ("user", "wanted", "sid"),
        ("user", "target", "shoe"),
        ("port", "found", "speed"),
    }
    assert undeclared(seen) == ["port: found speed", "user: target shoe", "user: wanted sid"]
