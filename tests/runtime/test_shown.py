"""No text of somebody else's reaches window, log or page as it is."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests import PARTS
from tests.pc.assemble import account, needs_pwsh
from tests.pc.code import json_of_code
from tests.pc.installed import with_installed
from tests.pc.shell import json_of
from tests.runtime.test_examples_run import REPLIES, built, machine_for, sign_in

pytestmark = needs_pwsh

MARK = "よそのもの"
HOSTILE = (
    f"\x1b[2J\x1b]0;x\x07\n［問題なし］ {MARK}\r\n\t\x9b1A\u202e\u2066\u200b\u200d\ufeff\u00ad"
    f"\u2028\u3164\U000e0041\x00\x7f{' ' * 400}<b>&{MARK}"
)
LONG = "長" * 3000
ODD = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u2800\u3164\ufeff\uffa0\ud800-\udfff\U000e0000-\U000e007f]"
)

SINKS = r"""
$found = foreach ($file in Get-ChildItem '%s' -Recurse -Include *.ps1) {
    $tree = Read-Code $file.FullName
    foreach ($node in Find-Code CommandAst, InvokeMemberExpressionAst $tree) {
        $said = @()
        if ($node -is [Management.Automation.Language.CommandAst]) {
            $name = $node.GetCommandName()
            if (@('Write-ConsoleLine', 'Open-ConsoleKey', 'Read-ConsoleLine', 'Read-ConsoleSecret') -contains $name) { $said = @($node.CommandElements | Select-Object -Skip 1) }
            if (@('Write-Host', 'Out-Host', 'Write-Output', 'Write-Warning', 'Write-Error', 'Write-Information', 'Write-Verbose', 'Out-File',
                    'Out-String', 'Read-Host') -contains $name) { $said = @($node) }
        }
        elseif ($node -is [Management.Automation.Language.InvokeMemberExpressionAst]) {
            $of = $node.Expression.Extent.Text
            if ($of -ceq '$script:Log') { $said = @($node.Arguments) }
            if ($of -match 'Console\]|\$Host\b') { $said = @($node) }
            if ($of -match 'WebUtility\]|HttpUtility\]') { $said = @($node.Arguments) }
        }
        foreach ($text in $said) {
            $safe = $text -is [Management.Automation.Language.StringConstantExpressionAst]
            if ($text -is [Management.Automation.Language.ParenExpressionAst]) {
                $safe = $text.Pipeline -is [Management.Automation.Language.PipelineAst] -and $text.Pipeline.PipelineElements.Count -eq 1 -and
                    $text.Pipeline.PipelineElements[0].Extent.Text -cmatch '^ConvertTo-ShownText '
            }
            if ($text -is [Management.Automation.Language.VariableExpressionAst]) {
                for ($function = $node.Parent; $function -isnot [Management.Automation.Language.FunctionDefinitionAst]; $function = $function.Parent) { }
                $made = @(Find-Code AssignmentStatementAst $function | Where-Object { $_.Left.Extent.Text -ceq $text.Extent.Text })
                $safe = $made.Count -gt 0 -and @($made | Where-Object { $_.Right.Extent.Text -cnotmatch '^ConvertTo-ShownText ' }).Count -eq 0
            }
            @{ file = $file.Name; text = $node.Extent.Text; safe = $safe }
        }
    }
}
ConvertTo-Json @($found)
"""


def test_there_is_one_way_to_the_window_and_the_log() -> None:
    """Only the native layer of the window writes to it; whoever calls that hands it a text that was made harmless."""
    found = json_of_code(SINKS % PARTS)
    assert len(found) > 12
    raw = {(one["file"], one["text"]) for one in found if not one["safe"]}
    assert {file for file, _ in raw} == {"console.native.ps1"}, raw


TOUCHES = r"""
$found = foreach ($file in Get-ChildItem '%s' -Recurse -Include *.ps1) {
    $tree = Read-Code $file.FullName
    foreach ($function in Find-Code FunctionDefinitionAst $tree) {
        $text = $function.Body.Extent.Text
        $what = @()
        if ($text -match 'PtrToString(BSTR|Uni|Auto|Ansi)|SecureStringToGlobalAlloc|SecureStringToCoTaskMem|NetworkCredential|ConvertFrom-SecureString') { $what += 'plain' }
        if ($text -match 'Write-ConsoleLine|Console\]::(Out|Error|Write)') { $what += 'window' }
        if ($text -match '\$script:Log\.(Add|Insert|AddRange)') { $what += 'log' }
        if ($text -match '(?<!\$null = )Read-ConsoleLine') { $what += 'typed' }
        if ($text -match 'Read-ConsoleKey|Edit-Typed') { $what += 'keys' }
        if ($text -match 'Read-WatchedLine') { $what += 'watched' }
        if ($text -match 'Test-Transcription') { $what += 'transcription' }
        if ($what) { @{ name = $function.Name; what = $what } }
    }
}
ConvertTo-Json @($found) -Depth 3
"""


def test_a_password_and_what_is_typed_have_one_way_each() -> None:
    """A text of a password is made where it is compared, handed to Windows or shown, and shown in one place, which asks whether the
    window is written to a file; what is typed goes through ``Read-Answer``, which logs only what is expected.
    """
    found = {one["name"]: set(one["what"]) for one in json_of_code(TOUCHES % PARTS)}
    by = {
        what: {name for name, whats in found.items() if what in whats}
        for what in ("plain", "window", "log", "typed", "keys", "watched")
    }
    assert by["log"] == {"Write-Line", "Read-Answer"}
    assert by["typed"] == {"Read-Answer"} == by["watched"]
    assert by["keys"] == {"Read-WatchedLine"}
    assert by["plain"] == {
        "Import-CertificateKey",
        "Read-CertificateFile",
        "Set-LsaSecret",
        "Show-PortalPassword",
        "Test-DefaultSecret",
        "Test-SecretRule",
    }
    assert by["plain"] & by["window"] == {"Show-PortalPassword"}
    assert "transcription" in found["Show-PortalPassword"]


PARTS_OF_PAGE = r"""
$found = foreach ($file in Get-ChildItem '%s/runtime/page*.ps1') {
$tree = Read-Code $file.FullName
foreach ($text in Find-Code ExpandableStringExpressionAst $tree | Where-Object { $_.Value.Contains('<') }) {
    for ($function = $text.Parent; $function -isnot [Management.Automation.Language.FunctionDefinitionAst]; $function = $function.Parent) { }
    foreach ($part in $text.NestedExpressions) {
        $name = $part.Extent.Text
        if ($name -cmatch '^\$\((ConvertTo-PageText|Get-[A-Za-z]+Section) ') { continue }
        if ($name -cmatch '^\$\(\$script:PageStyle\)$|^\$\(\$[a-zA-Z]+\.Length\)$') { continue }
        $variable = $name -replace '^\$\(\$([a-z]+) -join .*$', '$$$1'
        $made = @(Find-Code AssignmentStatementAst $function | Where-Object { $_.Left.Extent.Text -ceq $variable })
        $bad = @($made | Where-Object { $_.Right.Extent.Text -cnotmatch '^(''[^'']*''|"[^"$]*"|ConvertTo-PageText .*|"([^$]|\$\(ConvertTo-PageText [^$]|\$lines|\$step|\$message|\$status)*|@\{.*\}\[\$headline\]|@\(.*)' })
        if ($made.Count -eq 0 -or $bad.Count -gt 0) { "$name in $($function.Name)" }
    }
}
}
ConvertTo-Json @($found)
"""


def test_what_stands_between_the_marks_of_the_page_was_made_harmless() -> None:
    assert json_of_code(PARTS_OF_PAGE % PARTS) == []


SHOW = f"""
$script:Kind = @{{}}
foreach ($file in 'console-log', 'kind-api') {{ . "{PARTS}/runtime/$file.ps1" }}
ConvertTo-Json @(ConvertFrom-Json '%s' | ForEach-Object {{ $_ }} | ForEach-Object {{ ConvertTo-ShownText $_ }})
"""


def shown(*texts: str) -> list[str]:
    answer: list[str] = json_of(SHOW % json.dumps(texts).replace("'", "''"))
    return answer


def test_a_hostile_text_becomes_one_harmless_line() -> None:
    one, long = shown(HOSTILE, LONG)
    assert "\n" not in one and not ODD.search(one), ascii(one)
    assert one.count(MARK) == 2 and " " * 9 not in one
    assert long == "長" * 2000 + "…"


@pytest.mark.parametrize(
    "text",
    [
        "東京内科 髙橋 𠮷野",
        "葛\U000e0100城",  # the form of a name, by a variation selector
        "外字 \ue000",
        "が か\u3099",
        "C:\\Users\\x　y\\\u00a0.p12",
        "㋿",
        "",
    ],
)
def test_what_names_are_made_of_stays(text: str) -> None:
    assert shown(text) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "\x1b",
        "\n",
        "\r",
        "\x00",
        "\x9b",
        "\u202e",
        "\u200b",
        "\u2028",
        "\u3164",
        "\ufeff",
        "\U000e0041",
    ],
)
def test_each_odd_character_is_seen_as_one(text: str) -> None:
    (one,) = shown(f"a{text}b")
    assert one == "a\ufffdb"


KEPT = {
    "computer", "windows", "explorer", "boot", "sid", "password", "model", "opened", "display",
}  # fmt: skip


def infected(value: Any, key: str = "") -> Any:
    """Every text of a PC that somebody else could have written, with something hostile behind it."""
    if key in KEPT:
        return value
    if isinstance(value, dict):
        same = {name: infected(item, name) for name, item in value.items()}
        if all("\\" in name for name in value):
            # Files, folders, tasks, keys of the registry: one more of each, whose name is hostile.
            same |= {
                f"{name[: -len(end)] if end else name}{HOSTILE.translate(NO_PATH)}{end}": item
                for name, item in value.items()
                for end in [re.search(r"(\.\w{2,4})?$", name)[0]]  # type: ignore[index]
            }
        return same
    if isinstance(value, list):
        return [infected(item) for item in value]
    if isinstance(value, str) and not re.fullmatch(
        r"[0-9a-fA-F+/=:. -]*|[A-Za-z]{1,9}|S-1-[\d-]+", value
    ):
        return value + HOSTILE
    return value


NO_PATH = dict.fromkeys(map(ord, '\\/:*?"<>|'), "_")


def test_nothing_of_a_hostile_pc_is_shown_as_it_is(tmp_path: Path) -> None:
    computer, script, plan = built(tmp_path, "clinic")
    data = machine_for(plan)
    data["accounts"]["OqsComApp"] = account(1002, administrator=True, passwordNeverExpires=True)
    computer.machine = infected(with_installed(data, plan))
    sign_in(computer, "OqsComApp")
    console = ""
    for number, mode in enumerate(["Verify", "Apply", "Rollback"]):
        for scope in ("Machine", "User"):
            done = computer.run(script, mode, scope, run=f"run-{number}", replies=REPLIES)
            assert done.exit in range(7), done
            # Where a window was emptied.
            console += done.console.replace("\f", "")
    # What the window of an elevated pass had shown before it went.
    console += "".join(p.read_text("utf-8") for p in tmp_path.glob("console-*.txt"))
    pages = [p.read_text("utf-8") for p in tmp_path.rglob("*.html")]
    logs = [
        p.read_bytes().decode("utf-8-sig").replace("\r\n", "\n") for p in tmp_path.rglob("log.txt")
    ]
    assert pages and logs
    for text in [console, *pages, *logs]:
        assert not ODD.search(text), ascii(text[max(0, ODD.search(text).start() - 80) :][:160])  # type: ignore[union-attr]
        assert f"\n［問題なし］ {MARK}" not in text and "<b>&" not in "".join(pages)
        assert max(map(len, text.split("\n"))) < 20_000
    # It was there to be shown.
    assert console.count(MARK) > 4
    # On the A4 itself, and in what is folded below it.
    parts = [page.partition("<details>") for page in pages]
    assert any(MARK in first for first, _, _ in parts)
    assert max(folded.count(MARK) for _, _, folded in parts) > 4
    assert max(log.count(MARK) for log in logs) > 2
