"""With which variables the script works, and which ones a program gets that it starts."""

import os
import subprocess
from pathlib import Path

import pytest

from tests import PARTS
from tests.pc.assemble import needs_pwsh, pc, plan, ready_machine, script
from tests.pc.code import json_of_code
from tests.pc.shell import PWSH, json_of

pytestmark = needs_pwsh

PROCESS = PARTS / "common" / "process.native.ps1"
PROGRAM = PARTS / "linkage" / "run.native.ps1"

PLANTED = (
    "New-Object ConvertFrom-Json Add-Type Sort-Object Select-Object Group-Object Get-Date Read-Host "
    "Measure-Object Start-Sleep Get-Content Start-Process Write-Output"
)


def plant(data: Path) -> None:
    """A module with commands of Windows' names, where PowerShell looks first."""
    folder = data / "powershell/Modules/Evil"
    folder.mkdir(parents=True)
    functions = [
        f"function {name} {{ [Console]::Out.WriteLine('PLANTED {name}'); "
        f"$real = Get-Command -CommandType Cmdlet -Name {name}; $input | & $real @args }}"
        for name in PLANTED.split()
    ]
    (folder / "Evil.psm1").write_text("\n".join(functions))
    listed = ", ".join(f"'{name}'" for name in PLANTED.split())
    (folder / "Evil.psd1").write_text(
        "@{ ModuleVersion = '1.0'; RootModule = 'Evil.psm1'; FunctionsToExport = @("
        + listed
        + ") }"
    )


def test_no_command_comes_from_a_module_of_the_persons(tmp_path: Path) -> None:
    """Not even before the first own line: what was loaded once would stay for the whole pass."""
    plant(tmp_path / "data")
    computer = pc(tmp_path / "pc", ready_machine(), whole=True)
    path = computer.bundle(plan([]))
    computer.write_session("Machine")
    done = subprocess.run(
        [PWSH, "-NoProfile", "-NonInteractive", "-File", str(path), "-Mode", "Verify", "-Scope", "Machine"],
        capture_output=True,
        encoding="utf-8",
        env={k: v for k, v in os.environ.items() if k != "PSModulePath"}
        | {"XDG_DATA_HOME": str(tmp_path / "data"), "OQSGEN_FAKE": str(computer.folder)},
    )  # fmt: skip
    assert "■ 確認" in computer.take_console()
    assert "PLANTED" not in done.stdout + done.stderr
    assert done.returncode == 0, done.stderr


def test_a_restricted_powershell_is_told_of_and_loads_no_planted_module(tmp_path: Path) -> None:
    """The first lines are allowed in Constrained Language too."""
    plant(tmp_path / "data")
    path = tmp_path / "terminal.ps1"
    path.write_text(script(plan([])), "utf-8-sig")
    command = (
        "$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'; "
        f"& '{path}' -Mode Verify -Scope Machine; exit $LASTEXITCODE"
    )
    done = subprocess.run(
        [PWSH, "-NoProfile", "-Command", command],
        capture_output=True,
        encoding="utf-8",
        input="\n",
        env={k: v for k, v in os.environ.items() if k != "PSModulePath"}
        | {"XDG_DATA_HOME": str(tmp_path / "data")},
    )
    assert "PLANTED" not in done.stdout + done.stderr
    assert done.returncode == 2 and "機能が制限されている" in done.stdout and not done.stderr, done


FRAME = ("PSModulePath", "PATH", "PATHEXT", "LIB", "TEMP", "TMP")


@pytest.mark.parametrize("scope", ["Machine", "User"])
def test_the_script_works_with_variables_of_its_own(scope: str, tmp_path: Path) -> None:
    """Before the first line of its parts."""
    said = "; ".join(
        f"\"{name}=$([Environment]::GetEnvironmentVariable('{name}'))\"" for name in FRAME
    )
    frame = (PARTS / "runtime" / "terminal.ps1.j2").read_text("utf-8")
    path = tmp_path / "frame.ps1"
    path.write_text(
        frame.partition("{{ parts }}")[0].replace("[Environment]::SystemDirectory", "'/W/System32'")
        + said,
        "utf-8-sig",
    )
    theirs = {name: f"/theirs/{name}" for name in FRAME if name not in ("PSModulePath", "PATH")}
    done = subprocess.run(
        [PWSH, "-NoProfile", "-File", str(path), "-Mode", "Verify", "-Scope", scope],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, **theirs},
    )
    own = dict(line.split("=", 1) for line in done.stdout.splitlines())
    home = own["PSModulePath"].removesuffix("\\Modules")
    assert home == json_of("ConvertTo-Json $PSHOME")
    assert own["PATH"] == f"/W/System32;/W;{home}"
    assert own["PATHEXT"] == ".COM;.EXE;.BAT;.CMD" and own["LIB"] == ""
    # Where nobody can write nothing can be compiled either; a person's own TEMP is no danger to that person.
    temp = {"Machine": f"{home}\\none", "User": "/theirs/TEMP"}[scope]
    assert own["TEMP"] == temp and own["TMP"] == temp.replace("/TEMP", "/TMP")


START = f"""
. '{PROCESS}'
. '{PROGRAM}'
function Test-Elevated {{ return $true }}
function Get-PersonVariable {{ param([string] $Name, [bool] $Elevated) if ($Name -ceq 'LIB') {{ return '' }} return "/theirs/$Name $Elevated" }}
"""


def test_a_program_gets_the_variables_of_the_person(tmp_path: Path) -> None:
    """And the policy of this process, which would refuse each unsigned script in it, is not among them."""
    program = tmp_path / "says"
    program.write_text(f"#!/bin/sh\n/usr/bin/env > '{tmp_path / 'said.txt'}'\n")
    program.chmod(0o755)
    ours = {name: f"/ours/{name}" for name in (*FRAME, "PSExecutionPolicyPreference")}
    kept = json_of(
        START
        + "".join(f"$env:{name} = '{value}'; " for name, value in ours.items())
        + f"$null = Invoke-HiddenProgram -Path '{program}' -Seconds 20\n$kept = @{{}}; "
        + "".join(f"$kept['{name}'] = $env:{name}; " for name in ours)
        + "ConvertTo-Json $kept"
    )
    assert kept == ours
    said = dict(
        line.split("=", 1)
        for line in (tmp_path / "said.txt").read_text().splitlines()
        if "=" in line
    )
    assert {name: said.get(name) for name in FRAME if name != "LIB"} == {
        name: f"/theirs/{name} True" for name in FRAME if name != "LIB"
    }
    assert "LIB" not in said and "PSExecutionPolicyPreference" not in said


def test_our_own_variables_are_back_where_a_program_cannot_be_started() -> None:
    kept = json_of(
        START
        + "$env:TEMP = '/ours'; try { $null = Invoke-HiddenProgram -Path '/none/none' -Seconds 1; 'ran' } catch { }"
        + "; ConvertTo-Json $env:TEMP"
    )
    assert kept == "/ours"


@pytest.mark.parametrize(
    ("name", "for_all", "own", "elevated", "given"),
    [
        ("PATH", "a;b", "c", False, "a;b;c"),
        ("PATH", "a;b", "c", True, "a;b"),
        ("PATH", "", "c", False, "c"),
        ("PATHEXT", ".EXE", ".JS", False, ".JS"),
        ("PATHEXT", ".EXE", ".JS", True, ".EXE"),
        ("PSModulePath", "m", "", False, "m"),
        ("PSModulePath", "m", "o", True, "m"),
        ("TEMP", "w", "p", False, "p"),
        ("TEMP", "w", "p", True, "p"),
        ("TEMP", "w", "", True, "w"),
        ("LIB", "", "", True, ""),
    ],
)
def test_a_variable_is_what_windows_would_give(
    name: str, for_all: str, own: str, elevated: bool, given: str
) -> None:
    """An elevated program looks for others only where administrators say."""
    asked = f"-Name '{name}' -All '{for_all}' -Own '{own}' -Elevated ${str(elevated).lower()}"
    assert json_of(f". '{PROCESS}'; ConvertTo-Json (ConvertTo-PersonVariable {asked})") == given


STARTS = r"""
$found = foreach ($file in Get-ChildItem '%s' -Recurse -Include *.ps1) {
    $tree = Read-Code $file.FullName
    foreach ($node in Find-Code CommandAst, InvokeMemberExpressionAst $tree) {
        $starts = $false
        if ($node -is [Management.Automation.Language.CommandAst]) {
            $name = $node.GetCommandName()
            $starts = @('Start-Process', 'Invoke-Item', 'start', 'saps', 'ii', 'Start-Job', 'Invoke-WmiMethod') -contains $name -or $name -match '\.(exe|cmd|bat|com)$'
        }
        if ($node -is [Management.Automation.Language.InvokeMemberExpressionAst]) {
            $starts = $node.Member.Extent.Text -ceq 'Start' -and $node.Expression.Extent.Text -match 'Process\]?$'
            $starts = $starts -or $node.Member.Extent.Text -match '^(ShellExecute|Exec|InvokeVerb)$'
        }
        if (-not $starts) { continue }
        $safe = $false
        for ($above = $node.Parent; $null -ne $above; $above = $above.Parent) {
            if ($above -is [Management.Automation.Language.CommandAst] -and $above.GetCommandName() -ceq 'Invoke-ForPerson') { $safe = $true }
        }
        @{ where = "$($file.Name): $($node.Extent.Text)"; safe = $safe }
    }
}
ConvertTo-Json @($found)
"""


def test_nothing_is_started_in_another_way() -> None:
    """Windows' own tools that only answer us (``& $program``) are none of the person's."""
    found = json_of_code(STARTS % PARTS)
    assert len(found) >= 5
    assert [one["where"] for one in found if not one["safe"]] == []


CALLED = r"""
$found = foreach ($file in Get-ChildItem '%s' -Recurse -Include *.ps1) {
    $tree = Read-Code $file.FullName
    foreach ($call in Find-Code CommandAst $tree | Where-Object { $_.InvocationOperator -eq 'Ampersand' }) {
        if ($call.CommandElements[0].Extent.Text -match '^\$program$') { $file.Name }
    }
}
ConvertTo-Json @($found | Sort-Object -Unique)
"""


def test_the_tools_that_are_called_are_windows_own() -> None:
    """Each by its whole path in System32."""
    files = json_of_code(CALLED % PARTS)
    assert files == [
        "leave.native.ps1",
        "net-adapter.native.ps1",
        "policy-file.native.ps1",
        "time-service.native.ps1",
    ]
    for name in files:
        (path,) = PARTS.rglob(name)
        text = path.read_text("utf-8")
        assert text.count("& $program") == text.count(
            "$program = [IO.Path]::Combine([Environment]::SystemDirectory, '"
        )
