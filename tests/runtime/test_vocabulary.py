"""Only commands and parameters of a short list are used, each of which Windows PowerShell 5.1 has."""

from pathlib import Path

import pytest

from tests.runtime.check_vocabulary import differences, main
from tests.runtime.vocabulary import (
    Script,
    UnreadableError,
    functions,
    newer,
    problems,
    read,
    scripts,
    uses,
    vocabulary,
)

SCRIPTS = scripts()


def test_the_parts_use_the_vocabulary_and_nothing_else() -> None:
    assert problems(SCRIPTS, vocabulary()) == []


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.path.name)
def test_each_part_is_windows_powershell(script: Script) -> None:
    assert newer(read_text(script)) == []


def read_text(script: Script) -> str:
    return script.path.read_text("utf-8").replace("{{ parts }}", "").replace("{{ plan }}", "")


@pytest.mark.parametrize(
    "text",
    [
        "Get-Strange",
        "$x = Get-Strange 1",
        "if (Get-Strange) { 1 }",
        "1 | Get-Strange",
        "return Get-Strange",
        "foreach ($x in Get-Strange) { }",
        "foreach ($x in @(Get-Strange)) { }",
        "Where-Object { Get-Strange }",
        'Where-Object "a $(Get-Strange -X 1) b"',
        "Where-Object (Get-Strange)",
        "$a[(Get-Strange)]",
        "1; Get-Strange",
        "if (1) { } else { Get-Strange }",
        "try { Get-Strange } catch { }",
        "@{ a = Get-Strange }",
        "& Get-Strange",
        "function Test-It { param($A) Get-Strange }",
        "$x += get-strange",
        "switch (1) { 'a' { Get-Strange } }",
    ],
)
def test_an_unknown_command_is_found_wherever_it_stands(text: str, tmp_path: Path) -> None:
    path = tmp_path / "a.ps1"
    path.write_text(text)
    found = problems([read(path)], {"Where-Object": []})
    assert any("strange: not in the vocabulary" in line.lower() for line in found), found


@pytest.mark.parametrize(
    "text",
    ["ls", "$x | % { 1 }", "$x | ? { 1 }", "foreach-object { }", "iex '1'", "Get-Content2 x"],
)
def test_aliases_and_other_spellings_are_found(text: str, tmp_path: Path) -> None:
    path = tmp_path / "a.ps1"
    path.write_text(text)
    assert any(
        "ForEach-Object is not used" not in line
        for line in problems([read(path)], {"ForEach-Object": []})
    )


@pytest.mark.parametrize(
    "text",
    [
        "Get-Thing -Name 'x' -Strange 1",
        "Get-Thing -Name (Get-Thing -Name 1) -Strange",
        "Get-Thing -Name { Get-Thing } `\n  -Strange",
        "Get-Thing -Name 'a',\n  'b' -Strange",
        "if (Get-Thing -eq 1) { }",
        'Get-Thing -Name "$(Get-Thing -Strange)"',
    ],
)
def test_an_unknown_parameter_is_found(text: str, tmp_path: Path) -> None:
    path = tmp_path / "a.ps1"
    path.write_text(text)
    found = problems([read(path)], {"Get-Thing": ["Name"]})
    assert any("is not in the vocabulary" in line for line in found), found


def test_functions_of_our_own_are_known_with_their_parameters(tmp_path: Path) -> None:
    path = tmp_path / "a.ps1"
    path.write_text(
        "function Get-Own {\n    param([string] $Name, [int[]] $Many = @(1, 2), [switch] $On)\n    $inner = 1\n}\n"
        "Get-Own -Name 'x' -Many 1 -On -Strange\n"
    )
    assert functions(path.read_text()) == {"Get-Own": frozenset({"Name", "Many", "On"})}
    assert problems([read(path)], {}) == ["a.ps1:5: Get-Own: no parameter -Strange"]


def test_what_is_no_command_is_left_alone() -> None:
    text = """
        # Get-Comment
        <# Get-Comment #>
        $x = 'Get-Text', "Get-Text", "a `"Get-Text", 'it''s Get-Text'
        $y = @{ Get = 1; Name = 'Get-Text' }
        $z = @'
Get-Here
'@
        [Parameter(Mandatory = $true)] [string] $w = $x.Get
        if ($x -eq 1 -and $y -notmatch 'Get-Text') { break }
    """
    assert uses(text) == []


def test_what_cannot_be_read_is_reported() -> None:
    for text in ("$x = (1", "'open", '"open', "@'\nopen", "}", "& 'Get-Text'"):
        with pytest.raises(UnreadableError):
            uses(text)


def test_unused_entries_are_reported(tmp_path: Path) -> None:
    path = tmp_path / "a.ps1"
    path.write_text("Get-Thing")
    assert problems([read(path)], {"Get-Thing": ["Name"], "Get-Other": []}) == [
        "vocabulary: Get-Thing -Name is not used",
        "vocabulary: Get-Other is not used",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "$a ? 1 : 2",
        "$a ?? 1",
        "$a ??= 1",
        "${a}?.b",
        "a && b",
        "a || b",
        "$IsWindows",
        '"`u{3042}"',
        '"`e[0m"',
        "clean { }",
    ],
)
def test_newer_powershell_is_found(text: str) -> None:
    assert newer(text)


def test_the_vocabulary_is_compared_with_real_commands(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    commands = {
        "_": {"platform": "x"},
        "Get-Thing": {
            "parameters": ["Name", "LiteralPath"],
            "parameterAliases": {"PSPath": "LiteralPath"},
        },
    }
    assert differences({"Get-Thing": ["Name", "ErrorAction"]}, commands) == []
    assert differences(
        {"Get-Thing": ["PSPath", "Strange"], "Get-Other": [], "_": []}, commands
    ) == [
        "Get-Thing: no parameter -PSPath (write -LiteralPath)",
        "Get-Thing: no parameter -Strange",
        "Get-Other: Windows PowerShell 5.1 has no such command",
        "_: Windows PowerShell 5.1 has no such command",
    ]
    (tmp_path / "commands.json").write_text("{}")
    assert main([str(tmp_path / "commands.json")]) == 1
    assert "Where-Object" in capsys.readouterr().out
    assert main([]) == 2
