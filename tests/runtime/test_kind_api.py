"""What kinds may call of the runtime is one file, and each function in it says what it is for."""

import pytest

from tests import PARTS
from tests.pc.shell import json_of
from tests.test_rooms import RUNTIME, Part, owners, parts

API = PARTS / RUNTIME / "kind-api.ps1"
VARIABLES = {"$script:Pass", "$script:Session"}

HELP = f"""
$tree = [Management.Automation.Language.Parser]::ParseFile('{API}', [ref] $null, [ref] $null)
$found = @{{}}
foreach ($function in $tree.FindAll({{ $args[0] -is [Management.Automation.Language.FunctionDefinitionAst] }}, $false)) {{
    $help = $function.GetHelpContent()
    $found[$function.Name] = @{{ synopsis = [string] $help.Synopsis; parameters = @(); gives = @() }}
    if ($null -ne $help) {{
        $found[$function.Name].parameters = @($help.Parameters.Keys)
        $found[$function.Name].gives = @($help.Outputs)
    }}
}}
ConvertTo-Json $found -Depth 4
"""


def api() -> Part:
    """The file."""
    (found,) = (part for part in parts() if part.path == API)
    return found


@pytest.mark.needs("pwsh")
def test_subjects_use_nothing_else_of_the_runtime() -> None:
    used = set()
    for part in parts():
        if part.room == RUNTIME:
            continue
        of_runtime = {
            name for name in part.uses if name in owners() and owners()[name].room == RUNTIME
        }
        assert of_runtime - VARIABLES <= api().functions.keys(), part.path
        used |= of_runtime
    assert used == api().functions.keys() | VARIABLES


@pytest.mark.needs("pwsh")
def test_each_function_says_what_it_is_for() -> None:
    said = json_of(HELP)
    assert said.keys() == api().functions.keys()
    for name, help_ in said.items():
        assert help_["synopsis"].strip(), name
        declared = {parameter.upper() for parameter in api().functions[name]}
        assert {parameter.upper() for parameter in help_["parameters"]} <= declared, name
        # What is called as if it gave something says what that is.
        if name.partition("-")[0] in ("Get", "Test", "Read", "ConvertTo"):
            assert help_["gives"], name
