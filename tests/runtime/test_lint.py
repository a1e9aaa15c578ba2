"""PSScriptAnalyzer over the parts of ``terminal.ps1``, and the C# in them as the compiler of 5.1 takes it."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from oqsgen.render.powershell import parts
from tests import PARTS, ROOT
from tests.pc.shell import PWSH, json_of


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
    $tree = [Management.Automation.Language.Parser]::ParseFile($file.FullName, [ref] $null, [ref] $null)
    foreach ($function in $tree.FindAll({ $args[0] -is [Management.Automation.Language.FunctionDefinitionAst] }, $true)) {
        $help = [regex]::Match($function.Extent.Text, '(?s)^[^\\n]*\\n *<#.*?#>\\n').Value
        @{ name = $function.Name; lines = $function.Extent.Text.Split([char] 10).Length - [math]::Max(0, $help.Split([char] 10).Length - 2) }
    }
}
ConvertTo-Json @($found)
"""
LONGEST = 40


@pytest.mark.needs("pwsh")
def test_no_function_is_longer_than_a_screen() -> None:
    """Its help apart."""
    found = json_of(LINES % PARTS)
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


CSHARP = sorted(PARTS.rglob("*.cs"))


@pytest.mark.needs("mcs")
@pytest.mark.parametrize("path", CSHARP, ids=lambda path: path.stem)
def test_the_csharp_is_version_5(path: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [
            "mcs",
            "-langversion:5",
            # Add-Type of 5.1 refers to mscorlib and System alone, as far as one may rely on.
            "-noconfig",
            "-r:System.dll",
            "-target:library",
            "-warnaserror",
            "-warn:4",
            f"-out:{tmp_path / 'a.dll'}",
            str(path),
        ],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_each_csharp_file_has_its_place_in_the_script() -> None:
    """Its part names it in the here-string of ``Add-Type``; the script has its text there."""
    named = {
        path.with_name(name)
        for path in PARTS.rglob("*.ps1")
        for name in re.findall(
            r"Add-Type -TypeDefinition @'\n\{\{ (.*) \}\}\n'@\n", path.read_text("utf-8")
        )
    }
    assert sorted(named) == CSHARP
    script = parts()
    assert script.count("Add-Type -TypeDefinition @'\n") == len(CSHARP)
    for path in CSHARP:
        source = path.read_text("utf-8").strip("\n")
        assert f"Add-Type -TypeDefinition @'\n{source}\n'@\n" in script, path
        assert not re.search("^['‘’‚‛]@", source, re.MULTILINE), path


def test_each_type_is_made_only_when_it_is_used_and_once() -> None:
    """Loading compiles nothing (an unelevated person's TEMP, time), and a type cannot be made twice."""
    for path in sorted(PARTS.rglob("*.ps1")):
        text = path.read_text("utf-8")
        for match in re.finditer(r"^( *)Add-Type", text, re.M):
            assert match.group(1), f"{path.name}: Add-Type outside a function"
            assert (
                " -as [type])" in text[: match.start()][-200:]
            ), f"{path.name}: Add-Type without its guard"


def test_what_every_pass_uses_is_compiled_at_once() -> None:
    """The compiler is a program that is started, and looked at by Windows Defender, each time."""
    for name in ("console", "event-log"):
        text = (PARTS / "common" / f"{name}.native.ps1").read_text("utf-8")
        assert "Import-ProcessType" in text and "Add-Type" not in text, name
