"""Each question of each example on a screen: 25 lines of 78 columns, in letters that code page 932 has."""

import json
import os
import re
import time
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from oqsgen.manual.rows import rows
from tests import PARTS
from tests.examples import EXAMPLES, example, plan_of, profiles_of, script_plan_of
from tests.pc.assemble import HERE, PATIENCE, needs_pwsh
from tests.pc.columns import width
from tests.pc.shell import file_of, run_file

pytestmark = needs_pwsh

LINES, COLUMNS = 25, 78

SCREENS = """
param([string] $Pc, [string] $Plans)
. $Pc
Initialize-Pc
# What this PC is like is of no account here.
function Invoke-VerifyStep { param($Step, $Pass) return New-StepResult $Step -Status 'drift' -Message "いまの値: 直接アクセス（あるべき値: $($Step.what)）。" }
function Get-MissingSecret { }
function Test-Asked { param($Steps) return (@($Steps | Where-Object { $script:AskedOpener.ContainsKey(([string] (Get-Field $_ 'open')).Split(':')[0]) }).Length -gt 0) }
$all = foreach ($file in [IO.Directory]::GetFiles($Plans, '*.json')) {
    $plan = ConvertFrom-Json ([IO.File]::ReadAllText($file))
    $script:Pass = New-Pass 'r' $plan 'E:\\oqs\\bundle' 'Apply' 'User' $false $false
    $script:Pass.session = [pscustomobject] @{ role = 'account'; owner = 'x'; name = 'OqsComApp'; sid = 'x' }
    $script:Pass.journal = New-Journal 'x'
    $steps = @($plan.steps | Where-Object { $_.scope -ceq 'user' })
    $asked = @(Get-Unit $steps $script:Pass | Where-Object { $_.asks -or $_.steps[0].how -ceq 'guided' })
    foreach ($unit in $asked) {
        $script:Log.Clear()
        $title = Get-NumberTitle $unit.steps
        $below = 0
        if ($unit.steps[0].kind -ceq 'update-cycle') { $below = $script:UpdateBelow }
        Show-Screen $title @(Format-QuestionBody $unit.steps ($script:ScreenBody - $below))
        $first = @($script:Log)
        $whole = @(Format-WholeText $unit.steps)
        $looks = @(Get-TroubleLook $unit.steps[0] $script:Pass)
        $mend = @($looks | Where-Object { Test-Mendable $_ $script:Pass })
        $script:Log.Clear()
        Show-Screen (Get-TroubleTitle $unit.steps[0]) @(Format-TroubleBody $unit.steps[0] $script:Pass $looks $mend)
        $trouble = @($script:Log)
        @{
            wholeTrouble = @(Format-WholeTrouble $unit.steps[0] $script:Pass $looks $mend)
            looks = @($looks | ForEach-Object { $_.title; Get-LookText $_ }) + @(Format-Remedy $unit.steps[0] $script:Pass $looks $mend)
            name = [IO.Path]::GetFileNameWithoutExtension($file); steps = @($unit.steps | ForEach-Object { $_.id }); screen = $first
            titleLines = @($unit.steps | ForEach-Object { (Split-Step $_).without.Length })
            valueLines = @($unit.steps | ForEach-Object { @(Format-Value $_).Length })
            values = @($unit.steps | ForEach-Object { @($_.values | ForEach-Object { $_.value }) -join [char] 10 })
            below = $below; whole = $whole; trouble = $trouble; asks = $unit.asks
            keys = @('つないだ', '', 'ini を読む', '始めた', '終わった' | ForEach-Object { (Format-KeyLine $_ $true 'o') }) +
                (Format-KeyLine (Get-StepClaim $unit.steps) $true @(if (-not (Test-Asked $unit.steps)) { 'o' }))
        }
    }
    $name = [IO.Path]::GetFileNameWithoutExtension($file)
    @{ name = $name; steps = @(); screen = @(); below = 0; whole = @(); asks = $false; keys = @(); trouble = @(Get-PhoneLine)
        uses = @(@($plan.account, 'receiptcom', 'x') | ForEach-Object { [string] (Get-UseText $_) }) }
    $warned = @($plan.steps | Select-Object -First 2 | ForEach-Object {
            New-StepResult $_ -Status 'ok' -Message ('期限が近づいています。' * 9) -Found ([pscustomobject] @{ warning = $true })
        })
    @{ name = $name; steps = @(); screen = @(); below = 0; whole = @(); asks = $false; keys = @()
        trouble = @(Format-Warning ([pscustomobject] @{ steps = $warned }) 4); warnings = $warned.Length }
    foreach ($case in @('ok', 0, ''), @('drift', 6, ''), @('unknown', 5, 'again'), @('manual', 5, 'later'), @('manual', 5, 'broken-off'), @('restart', 5, 'restart'), @('skipped', 2, '')) {
        foreach ($role in 'account', 'elsewhere') {
            $script:Pass.session.role = $role
            $script:Log.Clear()
            $long = '決められた値と違います。' * 30
            $results = @($plan.steps | ForEach-Object { New-StepResult $_ -Status $case[0] -Message $long })
            $report = [pscustomobject] @{
                exit = $case[1]; next = @('again', 'sign-in', 'left', 'password', $case[2]); steps = $results; message = ''; remnants = @()
                open = @($results | Where-Object { Test-OpenStep $script:Pass $_ })
            }
            Show-Summary $script:Pass -Report $report -Machine ([pscustomobject] @{ steps = $results })
            @{ name = $name; steps = @(); screen = @($script:Log); below = 0; whole = @(); asks = $false; keys = @(); trouble = @()
                headline = (Get-Headline $report); case = "$role $($case[0])" }
        }
    }
    # Of the longest name that Windows gives an account.
    $script:Pass.session.role = 'staff'
    $script:Pass.session.name = 'uketsuke-no-hito-001'
    foreach ($case in 'ok', 'drift', 'unknown') {
        $results = @($plan.steps | ForEach-Object { New-StepResult $_ -Status $case -Message ('決められた値と違います。' * 30) })
        $script:Pass.steps = @($results | Where-Object { $_.scope -ceq 'user' })
        $report = [pscustomobject] @{ exit = 5; next = @(); steps = $results; message = ''; remnants = @(); open = $results }
        foreach ($next in @('broken-off'), @()) {
            $script:Pass.next.Clear()
            $null = @($next | ForEach-Object { $script:Pass.next.Add($_) })
            $script:Log.Clear()
            Show-Summary $script:Pass -Report $report -Machine $null
            if ($next.Length -eq 0) { $script:Log.Clear(); Show-Screen (Get-StaffTitle $script:Pass) @(Get-LeaveBody $script:Pass 'sign-out' @('動いています。' * 9)) }
            @{ name = $name; steps = @(); screen = @($script:Log); below = 0; whole = @(); asks = $false; keys = @(); trouble = @(); staff = $true }
        }
    }
    $script:Pass.session.role = 'account'
    $script:Pass.session.name = 'OqsComApp'
    $script:Pass.brief = @()
    Add-Member -InputObject $plan.visit -MemberType NoteProperty -Name until -Value '23:59' -Force
    foreach ($number in $plan.numbers) {
        $script:Log.Clear()
        Show-Screen "$($number.label)/24  $($number.title)" @(Format-TimeBody $number 16 90)
        @{ name = $name; steps = @(); screen = @($script:Log); below = 0; whole = @(); asks = $false; keys = @(); trouble = @() }
        if ($name -cne 'clinic') { continue }
        foreach ($right in '', 'PC が見ています（自分で進む）') {
            $script:Log.Clear()
            Show-Screen "$($number.label)/24  $($number.title)" @() -Right $right
            @{ name = $name; steps = @(); screen = @($script:Log); below = 0; whole = @(); asks = $false; keys = @(); trouble = @() }
        }
    }
}
$more = & {
# What passes and kinds ask in their own way: shown, and left at once.
function Read-ConsoleSecret { param($Prompt) return $null }
function Read-StepAnswer { return 's' }
function Read-Answer { return '元に戻す' }
function Push-ConsoleScreen { Write-Line '' }
function Find-CertificateFile {
    foreach ($number in 1..12) { [pscustomobject] @{ path = "C:\\Users\\OqsComApp\\Downloads\\$('電子証明書' * 8)$number.p12"; name = 'x'; modified = 1795140000 } }
}
function Get-UndoWork {
    foreach ($step in $plan.steps) { [pscustomobject] @{ key = $step.id; thing = $step.kind; title = $step.title; lost = "$($step.title)は、戻せません。" } }
}
function Get-LeaveEffect { foreach ($step in $plan.steps) { $step.title } }
$accounts = @($plan.account) + @($plan.staff) + 'receiptcom'
$portal = @(foreach ($number in 1..8) { [pscustomobject] @{ account = "F0FACE0$number" } })
$certificates = @(foreach ($name in 'OLD', 'NEW') { [pscustomobject] @{ subject = "CN=$name"; from = 20240501; to = 20270801; thumbprint = $name * 13 } })
$others = 'OQSDistroApp.msi が動いています。終わってから Enter', 'uketsuke1、uketsuke2 がサインインしたままです。サインアウトしてから Enter'
$asks = @(
    { foreach ($one in $accounts) { Read-NewSecret $one; Read-KnownSecret $one } }, { Read-RequestedSecret ((ConvertTo-CertificateChoice (Find-CertificateFile)[0] 'import').request) }
    { Select-CertificateFile '取り込む電子証明書のファイル（*.p12）を選びます。' }, { Read-PortalChoice $portal }
    { Select-Certificate '取り込む電子証明書のファイル（*.p12）を 2 つ選びます。' 2 $certificates 'いま入っている電子証明書です。' }
    { $script:Pass.mode = 'Rollback'; Confirm-Rollback $script:Pass; $script:Pass.mode = 'Apply' }
    { foreach ($how in 'restart', 'sign-out') { Show-Screen $script:LeaveWord[$how].title @(Get-LeaveBody $script:Pass $how $others) } }
)
$dialogues = New-Object Collections.ArrayList
$show = ${function:Show-Screen}
function Show-Screen {
    $script:Log.Clear()
    & $show @args
    $null = $dialogues.Add(@($script:Log))
}
foreach ($ask in $asks) { $null = & $ask }
foreach ($screen in $dialogues) {
    @{ name = 'dialogue'; steps = @(); screen = @($screen); below = 0; whole = @(); asks = $false; keys = @(); trouble = @() }
}
}
ConvertTo-Json (@($all) + @($more)) -Depth 4 -Compress
"""


@cache
def plans() -> dict[str, dict[str, Any]]:
    """The plan of each example's first terminal."""
    return {path.stem: script_plan_of(example(path.stem)[0]) for path in EXAMPLES}


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> list[dict[str, Any]]:
    """What each question shows: half a minute's work, so that one process of a session does it and leaves it to the others."""
    kept, begun = shared / "screens.json", shared / "screens.begun"
    try:
        begun.touch(exist_ok=False)
    except FileExistsError:
        until = time.monotonic() + PATIENCE
        while not kept.exists() and time.monotonic() < until:
            time.sleep(0.1)
    if not kept.exists():
        new = kept.with_name(f"screens-{os.getpid()}")
        new.write_text(json.dumps(screens(tmp_path_factory)), "utf-8")
        new.replace(kept)
    found: list[dict[str, Any]] = json.loads(kept.read_text("utf-8"))
    return found


def screens(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    folder = tmp_path_factory.mktemp("plans")
    for name, plan in plans().items():
        (folder / f"{name}.json").write_text(json.dumps(plan, ensure_ascii=False), "utf-8")
    arguments = {"Pc": str(HERE / "Pc.ps1"), "Plans": str(folder)}
    fake = tmp_path_factory.mktemp("pc")
    done = run_file(file_of(SCREENS), arguments, {"OQSGEN_FAKE": str(fake)})
    assert not done.errors, done.errors
    found: list[dict[str, Any]] = json.loads(done.output)
    return found


def test_each_question_fits_on_a_screen(shown: list[dict[str, Any]]) -> None:
    assert {one["name"] for one in shown} == {*plans(), "dialogue"}
    titles = " ".join(one["screen"][1] for one in shown if one["name"] == "dialogue")
    for title in (
        "パスワード",
        "電子証明書のファイル",
        "ポータル",
        "元に戻す",
        "再起動",
        "サインアウト",
    ):
        assert title in titles, title
    assert sum(one["asks"] for one in shown) > 200
    assert sum(one.get("staff", False) for one in shown) == 6 * len(plans())
    for one in shown:
        # Two more lines: the keys, and what is typed.
        assert len(one["screen"]) - 1 + one["below"] + 2 <= LINES, one
        assert len(one["trouble"]) - 1 + 2 <= LINES, one
        for line in one["screen"] + one["whole"] + one["trouble"]:
            assert width(line) <= COLUMNS, line
            line.encode("cp932")
        if headline := one.get("headline"):
            assert f"■ {headline}" in one["screen"]
        for keys in one["keys"]:
            assert width(f"{keys}: ") < COLUMNS, keys


def test_what_is_asked_is_one_line() -> None:
    """With room for what is filled in, and for an answer of two letters."""
    reads = r"Read-(?:Answer|Agreement|TypedAnswer|ConsoleLine)\b[^'\"\n]*"
    asks = re.compile(rf"(?:{reads}|\$asked = )(['\"])(.*?)\1")
    prompts = [
        re.sub(r"\$\([^)]*\)|\$\w+", "x" * 10, prompt)
        for path in PARTS.rglob("*.ps1")
        for _, prompt in asks.findall(path.read_text("utf-8"))
    ]
    assert len(prompts) >= 20
    assert [prompt for prompt in prompts if width(prompt) > COLUMNS - 1] == []


def test_what_enter_claims_fits_beside_the_other_keys() -> None:
    keys = "Enter   n できない  s 後日  b 1 つ前  i 電話  ? 全文  q 中断: "
    plans = (plan_of(profile) for path in EXAMPLES for profile in profiles_of(path))
    claims = {step.claim for plan in plans for step in plan if step.claim}
    claims |= {row.claim for row in rows() if row.claim}
    assert claims >= {"同じにした", "同じで接続成功"}
    for claim in claims:
        assert width(keys + claim) < COLUMNS, claim
        claim.encode("cp932")


def test_a_time_in_the_title_says_what_it_is_of(shown: list[dict[str, Any]]) -> None:
    """Where a title has no room for that, not even beside the terminal alone, it has no time either."""
    lines = {line for one in shown for line in one["screen"]}
    titled = {
        line for line in lines if re.search("使い始め(まで [0-9]+:[0-9]{2}|を過ぎました)  ", line)
    }
    assert len(titled) > 20 and any("PC が見ています" in line for line in titled)
    assert [
        line for line in lines - titled if re.search("[0-9] まで [0-9]+:[0-9]{2}  ", line)
    ] == []


def test_one_thing_alone_is_marked_as_the_next(shown: list[dict[str, Any]]) -> None:
    """What else there is to do stands in a list below it."""
    ends = [one["screen"] for one in shown if "case" in one or one.get("staff")]
    marked = [[line for line in screen if re.match(r"\s*→ ", line)] for screen in ends]
    assert {len(lines) for lines in marked} <= {0, 1}, max(marked, key=len)
    lists = [s for s in ends if any(line.startswith("  ・ ") for line in s)]
    assert len(lists) > 10 and [] not in (
        m for s, m in zip(ends, marked, strict=True) if s in lists
    )


def test_what_does_not_fit_stands_behind_a_key(shown: list[dict[str, Any]]) -> None:
    """Nothing of a step is lost: what is to be done, to be seen, to be typed, and where it is from."""
    by_name = plans()
    # A step of several people is asked about once for each of them.
    told: dict[tuple[str, ...], str] = {}
    for one in shown:
        text = "".join(line.strip() for line in one["whole"]).replace(" ", "")
        key = (one["name"], *one["steps"])
        told[key] = told.get(key, "") + text
    cut = 0
    for one in shown:
        if not one["steps"]:
            continue
        steps = {step["id"]: step for step in by_name[one["name"]]["steps"]}
        whole = told[one["name"], *one["steps"]]
        for step in (steps[name] for name in one["steps"]):
            texts = [step["what"], step["check"], *step["source"]]
            texts += [text for pair in step["values"] for text in pair.values()]
            for text in texts:
                assert plain(text) in whole, (text, whole)
        screen = "".join(line.strip() for line in one["screen"])
        cut += "続きは ?" in screen
        trouble = trouble_of(by_name[one["name"]])
        good = [name for name in one["steps"] if name not in trouble] or one["steps"]
        for step in (steps[name] for name in good):
            assert step["title"][:20] in "".join(one["screen"]).replace("\n", ""), step["title"]
    assert 0 < cut < len(shown) / 2


def trouble_of(plan: dict[str, Any]) -> set[str]:
    """The steps that are for trouble only."""
    return {id for number in plan["numbers"] for id in number["trouble"]}


def test_what_is_typed_or_compared_stands_on_the_screen(shown: list[dict[str, Any]]) -> None:
    """Of several steps at least of the one that hands its values over, or else of the one with the most that fit."""
    by_name = plans()
    seen = 0
    for one in shown:
        if not one["steps"]:
            continue
        plan = by_name[one["name"]]
        steps = {step["id"]: step for step in plan["steps"]}
        lines = dict(zip(one["steps"], one["valueLines"], strict=True))
        values = dict(zip(one["steps"], one["values"], strict=True))
        good = [id for id in one["steps"] if id not in trouble_of(plan)]
        titles = dict(zip(one["steps"], one["titleLines"], strict=True))
        room = LINES - 5 - one["below"] - sum(titles[id] for id in good)
        short = [id for id in good if 0 < lines[id] <= room]
        if not short:
            continue
        most = max(short, key=lambda id: ("gives" in steps[id], len(steps[id]["values"])))
        screen = plain("".join(line.strip() for line in one["screen"]))
        for value in values[most].split("\n"):
            assert plain(value) in screen, (one["name"], most, one["screen"])
            seen += 1
    assert seen > 500


def test_what_is_for_trouble_only_stands_behind_a_key(shown: list[dict[str, Any]]) -> None:
    by_name = plans()
    seen = 0
    for one in shown:
        if not one["steps"]:
            continue
        plan = by_name[one["name"]]
        titles = {step["id"]: step["title"] for step in plan["steps"]}
        for number in plan["numbers"]:
            if set(one["steps"]) - set(number["steps"]) or not number["trouble"]:
                continue
            for name in number["trouble"]:
                alone = set(one["steps"]) <= set(number["trouble"])
                assert alone or titles[name] not in "".join(one["screen"]), one["screen"]
                assert plain(titles[name]) in plain("".join(one["trouble"])), one["trouble"]
                seen += 1
    assert seen > 20


def test_what_a_screen_of_trouble_cuts_off_stands_behind_a_key(shown: list[dict[str, Any]]) -> None:
    cut = 0
    for one in shown:
        if not one["steps"]:
            continue
        cut += any("…" in line for line in one["trouble"])
        whole = plain("".join(line.strip() for line in one["wholeTrouble"]))
        for text in one["looks"]:
            assert plain(text.strip()) in whole, (text, whole)
        for line in one["wholeTrouble"]:
            assert width(line) <= COLUMNS, line
            line.encode("cp932")
    assert cut > 20


def plain(text: str) -> str:
    return text.replace("\u2013", "-").replace(" ", "")


def test_the_typical_clinic_is_asked_about_by_number(shown: list[dict[str, Any]]) -> None:
    asked = [one["steps"] for one in shown if one["name"] == "clinic" and one["asks"]]
    assert len(asked) <= 15
    assert ["portal-charset", "portal-flags", "reader-account", "reader-mode-unattended"] in asked
    assert ["test-login-user", "test-paper"] in asked and ["test-face"] in asked
    assert [steps for steps in asked if "checklist" in steps] == [asked[-1]]
    by_hand = [s["id"] for s in plans()["clinic"]["steps"] if s["how"] == "manual"]
    assert {*by_hand} <= {step for steps in asked for step in steps}


def test_a_warning_says_in_two_lines_what_matters(shown: list[dict[str, Any]]) -> None:
    """A line alone had room for little more than its title."""
    warned = [one for one in shown if "warnings" in one]
    assert len(warned) == len(plans())
    for one in warned:
        first, second, third, fourth = one["trouble"]
        assert first.startswith("  △ ") and third.startswith("  △ ") and one["warnings"] == 2
        assert second.startswith("     ") and second.endswith("…") and fourth.endswith("…")
        assert "期限が近づいています。期限が" in (first + second).replace(" ", "")


def test_whoever_sets_up_other_pcs_may_begin_once_the_folders_are_shared(
    shown: list[dict[str, Any]],
) -> None:
    said = {
        (one["name"], one["case"])
        for one in shown
        if "case" in one and any("共有フォルダーはもう使えます" in line for line in one["screen"])
    }
    assert {case for _, case in said} == {"elsewhere ok"}
    names = {name for name, _ in said}
    assert "clinic" in names and "p04-hokkaido-houkan" not in names


def test_whoever_makes_a_password_is_told_where_else_it_is_typed(
    shown: list[dict[str, Any]],
) -> None:
    (uses,) = (one["uses"] for one in shown if "uses" in one and one["name"] == "clinic")
    assert "このあとのサインインでも" in uses[0] and "レセコンにも" in uses[1] and uses[2] == ""


def test_the_phone_is_told_what_the_plan_knows(shown: list[dict[str, Any]]) -> None:
    (lines,) = (one["trouble"] for one in shown if "uses" in one and one["name"] == "clinic")
    for text in (
        "アクセス許可      読み取り/書き込み",
        "文字コード        UTF-8",
        "連携用アカウント  R0RENK01",
    ):
        assert any(line.strip().startswith(text) for line in lines), (text, lines)
    assert not any("初期値" in line for line in lines)


def test_putting_off_says_whose_it_is_then(shown: list[dict[str, Any]]) -> None:
    later = [line for one in shown for line in one["screen"] if "    s  後日にする（" in line]
    assert any("おすすめ。今夜の再起動で" in line for line in later)
    assert any("設置担当が、別の日に" in line for line in later)
    assert not any("今夜の再起動が" in line or "行う人" in line for line in later)
    bring = [line for one in shown for line in one["screen"] if "要る物  " in line]
    assert bring and all("次回に要る物" in line for line in bring)


def test_only_who_imports_a_certificate_brings_one(shown: list[dict[str, Any]]) -> None:
    """Of the turn of one of the staff."""
    told = {
        one["name"]: "証明書パスワードを用意してください" in "".join(map(str.strip, one["screen"]))
        for one in shown
        if any("サインアウトしたら、次は" in line for line in one["screen"])
    }
    imports = {
        name: any(step["kind"] == "certificate" for step in plan["steps"])
        for name, plan in plans().items()
    }
    assert told == {name: imports[name] for name in told} and {*told.values()} == {True, False}
