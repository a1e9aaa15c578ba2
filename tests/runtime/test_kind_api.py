"""What kinds may call of the runtime is one file, and each function in it says what it is for."""

import re

import pytest

from tests import PARTS
from tests.examples import EXAMPLES, example, plan_of
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


UNWATCHED = {
    "certificate-deadline": "the person types it",
    "certificate-medium": "the PC copies it once a person has plugged the medium in",
    "distribution-record": "leads its own questions: the file may say nothing",
    "guided": "only the person sees it",
    "start-stopped": "asked along with what only the person sees",
    "typed-code": "the person types it",
    "update-cycle": "runs behind the next thing",
    "updates": "asks Windows Update, which takes minutes",
}


def test_what_the_pc_sees_of_guided_steps_is_watched() -> None:
    """Or it is said why not. Names are asked no oftener than they may take to answer."""
    guided = {
        step.kind
        for path in EXAMPLES
        for step in plan_of(example(path.stem)[0])
        if step.how == "guided"
    }
    text = "\n".join(path.read_text("utf-8") for path in sorted(PARTS.glob("*/*.ps1")))
    found = re.findall(r"Register-Kind '([a-z-]+)'[^{]*?-Watch @\{(.*?)every = (\d+)", text, re.S)
    every = {kind: int(seconds) for kind, _, seconds in found}
    assert guided - every.keys() == UNWATCHED.keys() & guided == UNWATCHED.keys()
    assert every["names"] == 15 and {*every.values()} == {2, 5, 15}
