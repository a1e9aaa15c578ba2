"""PSScriptAnalyzer over the parts of ``terminal.ps1``, and the C# in them as the compiler of 5.1 takes it."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from oqsgen.render.powershell import native_csharp, parts
from tests import PARTS, ROOT
from tests.pc.code import LOADED, json_of_code
from tests.pc.shell import PWSH, run_text


@pytest.mark.needs("pwsh", "analyzer")
def test_the_analyzer_finds_nothing() -> None:
    """All default rules, and syntax, commands and types of Windows PowerShell 5.1 on Windows 10 1809."""
    script = f"""
        $ErrorActionPreference = 'Stop'
        # It looks for each name among the programs of this machine, which have nothing to do with Windows: most of its time.
        $env:PATH = '{ROOT / "none"}'
        $found = @(Invoke-ScriptAnalyzer -Path '{PARTS}' -Recurse -Settings '{ROOT / "PSScriptAnalyzerSettings.psd1"}')
        ConvertTo-Json @($found | ForEach-Object {{ "$($_.ScriptName):$($_.Line) $($_.RuleName): $($_.Message)" }}) -Compress
    """
    done = subprocess.run(
        [PWSH, "-NoProfile", "-NonInteractive", "-Command", script],
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0 and not done.stderr, done.stderr
    assert json.loads(done.stdout or "[]") == []


LINES = """
$found = foreach ($file in Get-ChildItem '%s' -Recurse -Filter *.ps1) {
    $tree = Read-Code $file.FullName
    foreach ($function in Find-Code FunctionDefinitionAst $tree) {
        $help = [regex]::Match($function.Extent.Text, '(?s)^[^\\n]*\\n *<#.*?#>\\n').Value
        @{ name = $function.Name; lines = $function.Extent.Text.Split([char] 10).Length - [math]::Max(0, $help.Split([char] 10).Length - 2) }
    }
}
ConvertTo-Json @($found)
"""
LONGEST = 40


@pytest.mark.needs("pwsh")
def test_no_function_is_defined_twice() -> None:
    """All parts are one script: the later one would be that of both."""
    names = [one["name"].lower() for one in json_of_code(LINES % PARTS)]
    assert sorted({name for name in names if names.count(name) > 1}) == []


@pytest.mark.needs("pwsh")
def test_no_function_is_longer_than_a_screen() -> None:
    """Its help apart."""
    found = json_of_code(LINES % PARTS)
    assert len(found) > 500
    assert [one for one in found if one["lines"] > LONGEST] == []


def test_no_line_is_wider_than_a_screen() -> None:
    """Of C# and of the frame too, which the analyzer does not read."""
    wide = [
        f"{path.name}:{number}"
        for path in sorted(PARTS.rglob("*.*"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if len(line) > 140
    ]
    assert wide == []


UNROLLED = """
$is = 'Management.Automation.Language.'
$trees = foreach ($file in Get-ChildItem '%s' -Recurse -Filter *.ps1) {
    Read-Code $file.FullName
}
function Find-Tree { param([string] $Type, [object] $In = $trees) foreach ($tree in $In) { Find-Code $Type $tree } }
function Get-Place { param([object] $Tree) "$([IO.Path]::GetFileName($Tree.Extent.File)):$($Tree.Extent.StartLineNumber): $($Tree.Extent.Text)" }
function Test-Comma { param([object] $Statement) $Statement.Extent.Text -match '^(return )?, ' }
function Get-Value { param([object] $Statement) if ($Statement -is "${is}PipelineAst" -and $Statement.PipelineElements.Count -eq 1) { $Statement.PipelineElements[0].Expression } }
foreach ($list in Find-Tree ArrayExpressionAst) {
    foreach ($statement in $list.SubExpression.Statements) {
        if ((Get-Value $statement) -is "${is}ArrayExpressionAst") { Get-Place $statement }
    }
}
$whole = @(foreach ($function in Find-Tree FunctionDefinitionAst) {
        if (@(Find-Tree ReturnStatementAst $function.Body | Where-Object { Test-Comma $_ })) { $function.Name }
    })
foreach ($pipeline in Find-Tree PipelineAst) {
    $first = $pipeline.PipelineElements[0]
    if ($first -isnot "${is}CommandAst" -or $whole -notcontains $first.GetCommandName()) { continue }
    $alone = $pipeline.PipelineElements.Count -eq 1
    if (-not $alone -and $pipeline.PipelineElements[1].Extent.Text -ne 'ForEach-Object { $_ }') { Get-Place $pipeline }
    if ($alone -and $pipeline.Parent.Parent -is "${is}ArrayExpressionAst") { Get-Place $pipeline.Parent.Parent }
}
"""


def unrolled(folder: Path) -> list[str]:
    """Places where a list is not what it looks like.

    ``@( @(1, 2)⏎@(3, 4) )`` has four members: each line is a statement, whose array is unrolled. What a function
    returns as ``, @(…)`` is one object in a pipe and in ``@( )``: the list itself, also where it is empty.
    """
    done = run_text(LOADED + UNROLLED % folder)
    assert not done.errors, done
    return done.output.splitlines()


@pytest.mark.needs("pwsh")
def test_lists_are_what_they_look_like() -> None:
    assert unrolled(PARTS) == []


@pytest.mark.needs("pwsh")
@pytest.mark.parametrize(
    "line, wrong",
    [
        ("@(\n@(1, 2)\n@(3, 4)\n)", True),
        ("@(\n, @(1, 2)\n, @(3, 4)\n)", False),
        ("@(@(1, 2), @(3, 4))", False),
        ("Get-One | Where-Object { $_ }", True),
        ("@(Get-One)", True),
        ("(Get-One) | Where-Object { $_ }", False),
        ("Get-One | ForEach-Object { $_ } | Where-Object { $_ }", False),
        ("foreach ($one in Get-One) { $one }", False),
    ],
)
def test_a_list_that_is_not_is_found(line: str, wrong: bool, tmp_path: Path) -> None:
    (tmp_path / "a.ps1").write_text(f"function Get-One {{ return , @() }}\n$list = {line}\n")
    assert bool(unrolled(tmp_path)) is wrong


CSHARP = sorted(PARTS.rglob("*.cs"))
ADD_TYPE = r"Add-Type -IgnoreWarnings -TypeDefinition @'\n%s\n'@\n"
"""Windows PowerShell takes a compiler's warning for an error, and some come from the PC: a folder of LIB that has gone."""


def compiled(path: Path) -> str:
    """What the compiler has to say."""
    options = ["-langversion:5", "-target:library", "-warnaserror", "-warn:4"]
    # Add-Type of 5.1 refers to mscorlib and System alone, as far as one may rely on. The compiler deletes what was in the
    # place of its output: the null device, too.
    options += ["-noconfig", "-r:System.dll", f"-out:{path.with_suffix('.dll')}"]
    done = subprocess.run(["mcs", *options, str(path)], capture_output=True, text=True)
    return done.stdout + done.stderr + (f"code {done.returncode}" if done.returncode else "")


@pytest.mark.needs("mcs")
@pytest.mark.parametrize("path", CSHARP, ids=lambda path: path.stem)
def test_the_csharp_is_version_5(path: Path, tmp_path: Path) -> None:
    """By itself, or where it uses another file's, with that."""
    text = path.read_text("utf-8")
    if re.search(r"\bLsa\.", text):
        text = native_csharp()
    (tmp_path / "a.cs").write_text(text, "utf-8")
    assert compiled(tmp_path / "a.cs") == ""


@pytest.mark.needs("mcs")
def test_the_csharp_of_the_native_layer_is_one_text(tmp_path: Path) -> None:
    """As the script has it: no name of one file stands in the way of another one."""
    path = tmp_path / "native.cs"
    path.write_text(native_csharp(), "utf-8")
    assert compiled(path) == ""


def test_each_csharp_file_has_its_place_in_the_script() -> None:
    """Its part names it in the here-string of ``Add-Type``, or it is the native layer's; the script has its text there."""
    named = {
        path.with_name(name)
        for path in PARTS.rglob("*.ps1")
        for name in re.findall(ADD_TYPE % r"\{\{ ([^*]*) \}\}", path.read_text("utf-8"))
    }
    native = {*CSHARP} - named
    assert sorted(named | native) == CSHARP and not named & native
    script = parts()
    texts = [path.read_text("utf-8").strip("\n") for path in sorted(named)] + [native_csharp()]
    assert script.count("Add-Type -IgnoreWarnings -TypeDefinition @'\n") == len(texts)
    for text in texts:
        assert re.search(ADD_TYPE % re.escape(text), script)
        assert not re.search("^['‘’‚‛]@", text, re.MULTILINE)
    lines = native_csharp().splitlines()
    for path in native:
        used, kept = (
            [
                line
                for line in path.read_text("utf-8").splitlines()
                if line.startswith("using ") is uses
            ]
            for uses in (True, False)
        )
        assert {*used} <= {*lines} and "\n".join(kept) in native_csharp(), path


def test_each_type_is_made_only_when_it_is_used_and_once() -> None:
    """Loading compiles nothing (an unelevated person's TEMP, time), and a type cannot be made twice."""
    for path in sorted(PARTS.rglob("*.ps1")):
        text = path.read_text("utf-8")
        for match in re.finditer(r"^( *)Add-Type", text, re.M):
            assert match.group(1), f"{path.name}: Add-Type outside a function"
            assert (
                " -as [type])" in text[: match.start()][-200:]
            ), f"{path.name}: Add-Type without its guard"


def test_the_native_layer_compiles_at_once() -> None:
    """The compiler is a program that is started, and looked at by Windows Defender, each time."""
    for path in sorted(PARTS.rglob("*.native.ps1")):
        text = path.read_text("utf-8")
        if path.name != "native-type.native.ps1":
            assert "Add-Type -IgnoreWarnings" not in text and "-TypeDefinition" not in text, path
        for function in re.split("^function ", text, flags=re.MULTILINE)[1:]:
            name = function.split()[0]
            if "[OqsGen." in function and name != "Import-NativeType":
                used = re.search(r"^ *Import-NativeType$", function, re.MULTILINE)
                assert used, name
