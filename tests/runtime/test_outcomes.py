"""Window, page, launcher and code say one thing of a run, and 問題なし never stands above something that is open."""

import json
import re
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from tests import ROOT
from tests.pc.assemble import all_parts, needs_pwsh, new_machine, pc, plan
from tests.pc.shell import file_of, json_of

pytestmark = needs_pwsh

SCRIPT = (ROOT / "tests" / "runtime" / "outcomes.ps1").read_text("utf-8")
RUN = """
Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'
$env:OQSGEN_FAKE = '{folder}'
. '{parts}'
. '{script}'
$plan = ConvertFrom-Json @'
{plan}
'@
$runs = @(foreach ($case in Get-Cases $plan) {{ Invoke-Case $case }})
ConvertTo-Json @{{ runs = $runs; subsets = @(Get-SubsetOutcome $plan) }} -Depth 5 -Compress
"""

STEPS = [
    {"id": f"{scope}-{number}", "kind": "registry", "scope": scope, "how": "verify"}
    for scope in ("machine", "user")
    for number in range(9)
]
WORDS = ("要確認", "残り", "問題なし")
DONE = {"ok", "changed", "not-applicable"}
ENDS = {1: "要確認", 2: "要確認", 3: "要確認", 6: "要確認", 4: "残り", 5: "残り"}
COLOURS = {"要確認": "look", "残り": "more", "問題なし": "good"}


@cache
def outcomes() -> dict[str, list[dict[str, Any]]]:
    given = {"parts": file_of(all_parts()), "script": file_of(SCRIPT)}
    with TemporaryDirectory() as folder:
        pc(Path(folder), new_machine()).write_session("Machine")
        text = RUN.format(**given, folder=folder, plan=json.dumps(plan(STEPS)))
        found: dict[str, list[dict[str, Any]]] = json_of(text)
    assert len(found["runs"]) > 700 and len(found["subsets"]) == 3 * 2**9
    return found


def runs() -> list[dict[str, Any]]:
    return outcomes()["runs"]


def launcher_words() -> dict[str, str]:
    words: dict[str, str] = {}
    for line in (ROOT / "templates" / "launchers" / "launcher.txt").read_text("utf-8").splitlines():
        key, _, text = line.partition("=")
        words[key] = words.get(key, "") + text
    return words


def word(text: str) -> str:
    (found,) = [one for one in WORDS if text.startswith(one)]
    return found


def test_window_and_page_say_the_same() -> None:
    for run in runs():
        assert run["window"] == run["page"] == run["day"], run
        assert run["title"].startswith(run["page"]), run
        assert COLOURS[word(run["page"])] == run["colour"], run


def test_the_headline_is_that_of_the_code() -> None:
    for run in runs():
        said = word(run["page"])
        if run["end"] != "broken":
            assert run["exit"] == run["launcher"], run
        assert said == ENDS.get(run["launcher"], said), run
        assert run["launcher"] != 0 or said in ("残り", "問題なし"), run


def test_no_problem_is_said_only_where_nothing_is_open() -> None:
    good = 0
    for run in runs():
        closed = DONE | ({"manual"} if run["confirmed"] and run["mode"] != "Rollback" else set())
        if word(run["page"]) != "問題なし":
            # What is said in its place is true too.
            assert run["launcher"] != 0 or not set(run["statuses"]) <= closed, run
            continue
        good += 1
        assert set(run["statuses"]) <= closed and run["launcher"] == 0 and not run["pending"], run
    assert good


def test_of_any_statuses_together_the_worst_is_said() -> None:
    for one in outcomes()["subsets"]:
        found, said = set(one["statuses"]), word(one["headline"])
        if found & {"drift", "failed"}:
            assert (one["code"], said) == (6, "要確認"), one
        else:
            assert said == ("問題なし" if found <= DONE else "残り"), one
            assert one["code"] in (0, 5) and (one["code"] == 0 or said == "残り"), one


def test_what_is_left_is_counted_and_listed() -> None:
    for run in runs():
        if run["page"].startswith("残り ") and run["mode"] != "Rollback":
            assert run["page"].split()[1] == str(len([s for s in run["statuses"] if s not in DONE]))
            assert "決められたとおりです" not in run["words"], run
            assert "項目" in run["words"], run


def test_the_launcher_never_says_another_word_than_page_and_window() -> None:
    """Of code 0 it says none, since it cannot know which."""
    words = launcher_words()
    for run in runs():
        text = words.get(f"{run['mode']}.{run['launcher']}") or words[f"code.{run['launcher']}"]
        said = [one for one in WORDS if text.startswith(one)]
        assert said == ([word(run["page"])] if run["launcher"] else []), run


@pytest.mark.parametrize("mode", ["Apply", "Verify", "Rollback"])
def test_the_launcher_has_the_same_word(mode: str) -> None:
    words = launcher_words()
    for code, said in ENDS.items():
        text = words.get(f"{mode}.{code}") or words[f"code.{code}"]
        assert text.startswith(said), (mode, code)
    # The code does not tell these two apart: the launcher claims neither, and says where it stands.
    assert not re.search("問題|違うもの", words[f"{mode}.0"])
    assert "残りがあるかは、上の「■」の行" in words[f"{mode}.0"]
