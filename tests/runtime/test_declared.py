"""The PowerShell half of each kind does what its declaration says."""

import re
from functools import cache

import pytest

from oqsgen.plan.kind import INSTEAD, SAID, Kind, names
from oqsgen.render.powershell import part_files
from oqsgen.subjects import KINDS
from tests import PARTS
from tests.pc.code import json_of_code
from tests.pc.declared import Seen, undeclared
from tests.pc.shell import json_of

pytestmark = pytest.mark.needs("pwsh")

# Each Register-Kind: kind, its parameters with the value where that is written down.
REGISTERED = """
$found = foreach ($file in @('{files}')) {{
    $tree = Read-Code $file
    foreach ($call in Find-Code CommandAst $tree | Where-Object {{ $_.GetCommandName() -ceq 'Register-Kind' }}) {{
        $parameters = @{{}}
        for ($i = 2; $i -lt $call.CommandElements.Count; $i++) {{
            $element = $call.CommandElements[$i]
            if ($element -isnot [Management.Automation.Language.CommandParameterAst]) {{ continue }}
            $value = $call.CommandElements[$i + 1]
            $parameters[$element.ParameterName] = @($value | Where-Object {{ $_ -isnot [Management.Automation.Language.ScriptBlockExpressionAst] }} |
                ForEach-Object {{ Find-Code StringConstantExpressionAst $_ }} | ForEach-Object {{ $_.Value }})
        }}
        @{{ kind = $call.CommandElements[1].Value; parameters = $parameters }}
    }}
}}
ConvertTo-Json @($found) -Depth 4
"""

# What each kind says of its fields, as the engine asks it.
OURS = """
Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'
foreach ($file in @('{files}')) {{ . $file }}
$found = @{{}}
foreach ($name in $script:Kind.Keys) {{
    $one = $script:Kind[$name]
    $found[$name] = @{{ ours = @($one.ours.Keys); labels = @($one.ours.Values); fleeting = @($one.fleeting) }}
    foreach ($part in 'entries', 'same', 'merge', 'tell') {{ $found[$name][$part] = @($one.$part.Keys) }}
}}
ConvertTo-Json $found -Depth 4
"""


@cache
def registered() -> dict[str, dict[str, list[str]]]:
    """Kind → the parameters of its Register-Kind, each with the texts of its value."""
    calls = json_of_code(REGISTERED.format(files="', '".join(map(str, part_files()))))
    return {call["kind"]: call["parameters"] for call in calls}


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_the_blocks_of_a_kind_are_as_it_declares(kind: Kind) -> None:
    given = registered()[kind.name]
    ours = [field.name for field in kind.found if field.ours]
    assert bool(ours) == ("Set" in given)
    assert kind.waits == ("WaitsForPerson" in given)
    sometimes = [field.name for field in kind.found if field.sometimes]
    assert sorted(given.get("Sometimes", [])) == sorted(sometimes)


def test_what_is_ours_is_what_rolling_back_asks_about() -> None:
    files = [path for path in part_files() if not path.name.endswith(".native.ps1")]
    said = json_of(OURS.format(files="', '".join(map(str, files))))
    assert said.keys() == KINDS.keys()
    for kind in KINDS.values():
        told = said[kind.name]
        # What sets has fields of its own; what waits for a person leaves nothing behind.
        ours = {field.name for field in kind.found if field.ours}
        assert set(told["ours"]) == ours and len(set(told["labels"])) == len(ours), kind.name
        assert all(label.strip() for label in told["labels"])
        for part in ("entries", "same", "merge", "tell"):
            assert set(told[part]) <= names(kind.found), (kind.name, part)
        assert set(told["fleeting"]) <= set(told["entries"]) & ours
        # A field is merged, or all of it is ours.
        assert not set(told["merge"]) & set(told["entries"])


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


SHEET = re.compile(r"チェックリスト(?:の[^。]*(?:項目|とおり)|を見て)")


def test_no_remedy_sends_to_the_sheet() -> None:
    """The sheet sends to the screen: a remedy says what to do, or names what has every step."""
    texts = {kind.name: kind.remedy for kind in KINDS.values()}
    texts |= {path.name: path.read_text("utf-8") for path in PARTS.rglob("*.ps1")}
    assert [name for name, text in texts.items() if SHEET.search(text)] == []
