"""The work of every regular expression of the script grows no faster than the text that it meets.

What others wrote (a vendor's file, a name in a store, a line of a console) decides the text; a bound on a file's size
alone would leave minutes of a quadratic expression.
"""

import re
from typing import Any

import pytest

from tests import PARTS
from tests.backtracking import Steps, hostile
from tests.pc.code import json_of_code

PATTERNS = """
$found = foreach ($file in Get-ChildItem '%s' -Recurse -Filter *.ps1) {
    $tree = Read-Code $file.FullName
    foreach ($node in Find-Code BinaryExpressionAst, InvokeMemberExpressionAst, SwitchStatementAst, CommandAst, TypeExpressionAst $tree) {
        $pattern = $null
        $operator = ''
        if ($node -is [Management.Automation.Language.BinaryExpressionAst] -and "$($node.Operator)" -match '^[IC](not)?(match|replace|split)$') {
            $pattern = $node.Right
            $operator = "$($node.Operator)"
            if ($pattern -is [Management.Automation.Language.ArrayLiteralAst]) { $pattern = $pattern.Elements[0] }
        }
        elseif ($node -is [Management.Automation.Language.InvokeMemberExpressionAst] -and "$($node.Expression)" -match '\\[(.*\\.)?regex\\]') {
            if ("$($node.Member)" -ceq 'Escape') { continue }
            $pattern = $node.Arguments[1]
            $operator = 'C'
        }
        elseif ($node -is [Management.Automation.Language.SwitchStatementAst] -and "$($node.Flags)" -match 'Regex') { $pattern = $node }
        elseif ($node -is [Management.Automation.Language.CommandAst] -and "$($node.GetCommandName())" -eq 'Select-String') { $pattern = $node }
        elseif ($node -is [Management.Automation.Language.TypeExpressionAst] -and "$node" -match '^\\[(.*\\.)?regex\\]$' -and
            $node.Parent -isnot [Management.Automation.Language.InvokeMemberExpressionAst]) { $pattern = $node }
        if ($null -eq $pattern) { continue }
        $text = $null
        if ($pattern -is [Management.Automation.Language.StringConstantExpressionAst]) { $text = $pattern.Value }
        @{ place = $file.Name; source = $pattern.Extent.Text; text = $text; operator = $operator }
    }
}
ConvertTo-Json @($found)
"""

BYPASS_GLUE = r"(?<=[^.;,\s/:])(?=\*\.[^\d;.])"
MADE: dict[tuple[str, str], tuple[str, ...]] = {
    # The plan's own: a text of ours.
    ("model.ps1", "$Target.pattern"): (),
    ("kind-api.ps1", "$script:InstallingName"): ("install|setup",),
    ("kind-api.ps1", "$script:UpdatingName"): ("update|onedrive",),
    # Of the plan's own code, escaped.
    ("clinic.ps1", "$pattern"): (r"^1319999012_[A-Za-z0-9-]{1,15}\z",),
    ("kind-api.ps1", "$Rule"): (
        r"^(?=.*[0-9])(?=.*[a-z])(?=.*[A-Z])(?=.*[~!@#$%&*_{}])[0-9A-Za-z~!@#$%&*_{}]{8,20}\z",
        r"^[A-Za-z]",
    ),
    ("issuer.ps1", """"^$([regex]::Escape($_.name))( - G[1-9][0-9]{0,2})?`$\""""): (
        r"^Online\ Root( - G[1-9][0-9]{0,2})?$",
    ),
    ("policy.ps1", r"('\[' + [regex]::Escape($script:PolicyRegistryExtension))"): (
        r"\[\{35378EAC",
    ),
    ("distribution-record.ps1", "$Key"): (
        "^(?>.*?医療機関).*コード|^(?>.*?(medical|institution|facility)).*code",
        "コンピューター?名|computer_?name|host_?name",
    ),
    ("bypass-text.ps1", "$script:BypassGlue"): (BYPASS_GLUE,),
    ("proxy.ps1", r'''"[;,\s]+|$script:BypassGlue"'''): (r"[;,\s]+|" + BYPASS_GLUE,),
}
"""Patterns that are no literal of their place, and what they can be."""


def test_what_a_pattern_can_be_stands_in_its_file() -> None:
    text = (PARTS / "distribution" / "distribution-record.ps1").read_text("utf-8")
    for pattern in MADE["distribution-record.ps1", "$Key"]:
        assert f"'{pattern}'" in text


@pytest.fixture(scope="module")
def found() -> list[dict[str, Any]]:
    answer: list[dict[str, Any]] = json_of_code(PATTERNS % PARTS)
    assert len(answer) > 100
    return answer


SHORT, LONG = 16, 128


def grows(pattern: str, ignore_case: bool) -> bool:
    """Whether a long text takes more than one and a half times the steps for each character that a short one takes."""
    steps = Steps(pattern, ignore_case)
    most = 1.0
    for text in hostile(steps, SHORT):
        allowed = 500 * len(text)
        if (taken := steps.taken(text, allowed)) > allowed:
            return True
        most = max(most, taken / len(text))
    for text in hostile(steps, LONG):
        allowed = int(1.5 * most * len(text))
        if steps.taken(text, allowed) > allowed:
            return True
    return False


@pytest.mark.needs("pwsh")
def test_no_pattern_is_unknown(found: list[dict[str, Any]]) -> None:
    made = {(one["place"], one["source"]) for one in found if one["text"] is None}
    assert made == set(MADE)


@pytest.mark.needs("pwsh")
def test_work_grows_no_faster_than_the_text(found: list[dict[str, Any]]) -> None:
    patterns = {
        (one["text"], one["operator"][0] == "I") for one in found if one["text"] is not None
    }
    patterns |= {(pattern, True) for made in MADE.values() for pattern in made}
    assert [pattern for pattern, fold in sorted(patterns) if grows(pattern, fold)] == []


@pytest.mark.parametrize(
    "pattern",
    [
        r"^\s*([^=]+?)\s*=\s*(.*?)\s*$",
        r"(?im)^\s*key\s*=\s*([a-z])\b",
        r"[0-9]+(\.[0-9]+){1,3}",
        r"\{[^}]*\}",
        r"\s+$",
        r"(medical|facility).*code",
        r"(a|ab|b)*c",
        r"^(\d+|\d+x)*$",
    ],
)
def test_a_pattern_that_grows_is_seen(pattern: str) -> None:
    assert grows(pattern, False)


@pytest.mark.parametrize(
    "text", ["", "a=b", "  key = e ", "1.2.3", "x1..2.33y", "{a}{b", "aab\nkey=e\n", "ab" * 9]
)
@pytest.mark.parametrize(
    "pattern",
    [
        r"(?m)^[ \t]*key[ \t]*=[ \t]*([a-z])\b",
        r"(?<![0-9])[0-9]+(\.[0-9]+){1,3}",
        r"a|b+?=|\}$",
        r"(ab){2,3}?",
        r"[^\s=]+\Z",
    ],
)
def test_the_counted_engine_finds_what_python_finds(pattern: str, text: str) -> None:
    """Or its counts would be of something else."""
    steps = Steps(pattern, False)
    steps.taken(text, 10**6)
    assert steps.ends == [match.end() for match in re.finditer(pattern, text)]
