"""Problems as they are shown: to a person, to GitHub, and as SARIF."""

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse

import pytest

from oqsgen.cli.problems_as_github import as_github
from oqsgen.cli.problems_as_sarif import as_sarif
from oqsgen.cli.problems_as_text import as_text, counts, window
from oqsgen.input.problems import Problem
from oqsgen.text import columns, is_visible
from tests.command import OQSGEN, Run
from tests.messages import said
from tests.terminal import pieces

CODES = re.compile(r"\x1b\[[0-9;]*m")

WRONG = """\
facility: {code: "1319999012", name: 東京内科, hours: {open: "09:00", close: "18:30"}}
network: {provider: ntt-east, dns: {where: router}}
power: 時々
readers: [{vendor: panasonic}]
his: {share_account: null}
terminals: [{name: OQS-01, os: win11-iot-ltsc-2024}]
"""


def problem(**values: Any) -> Problem:
    usual = {
        "file": "clinic.yaml",
        "line": 3,
        "column": 8,
        "code": "BAD_VALUE",
        "severity": "error",
        "path": "power",
        "message": "「時々」は使えません。自動か手動にしてください。",
        "source": "資格確認端末のセットアップ 3.22版 P.8",
        "quote": "power: 時々",
    }
    return Problem(**{**usual, **values})


# --- to a person


def test_a_problem_has_its_place_its_line_and_its_page() -> None:
    assert said([problem()]).splitlines() == [
        "clinic.yaml:3:8: エラー BAD_VALUE [power]",
        " 3 | power: 時々",
        "   |        ^",
        "  「時々」は使えません。自動か手動にしてください。",
        "  出典: 資格確認端末のセットアップ 3.22版 P.8",
        "",
        "エラー 1、警告 0、情報 0",
    ]


def test_nothing_is_said_of_nothing() -> None:
    assert said([]) == ""


def test_the_last_line_counts() -> None:
    of = [problem(severity=severity) for severity in ("error", "info", "info", "warning")]
    assert counts(of) == "エラー 1、警告 1、情報 2"


@pytest.mark.parametrize(
    ("line", "column", "before"),
    [
        ("power: x", 8, "power: "),
        ("全角: x", 5, "全角: "),
        ("\tpower: x", 9, "    power: "),
        ("ﾊﾝｶｸ: x", 7, "ﾊﾝｶｸ: "),
        ("葛\U000e0100: x", 5, "葛\U000e0100: "),
        ("か\u3099: x", 5, "か\u3099: "),
        ("a\u200b: x", 5, "a\\u200b: "),
        ("a\x1b[2J: x", 8, "a\\x1b[2J: "),
        ("　: x", 4, "　: "),
    ],
    ids=repr,
)
def test_the_mark_stands_under_the_place(line: str, column: int, before: str) -> None:
    text, at = window(line, column - 1, 60)
    assert text == f"{before}x"
    assert at == columns(before)


@pytest.mark.parametrize("at", [0, 1, 19, 20, 21, 40, 60, 79, 80])
@pytest.mark.parametrize("width", [20, 37, 79, 80, 81, 200])
@pytest.mark.parametrize("line", ["0123456789" * 8, "あいうえおかきくけこ" * 8, "aあ\t" * 27])
def test_a_long_line_is_cut_around_the_place(line: str, width: int, at: int) -> None:
    line = line[:80]
    text, before = window(line, at, width)
    assert columns(text) <= width and 0 <= before <= columns(text)
    if at < len(line):
        cell = line[at].replace("\t", "    ")
        rest = [text[i:] for i in range(len(text) + 1) if columns(text[:i]) == before]
        assert any(each.startswith(cell) for each in rest)


def test_a_very_long_line_takes_no_longer() -> None:
    window("あ" * 10_000_000, 5_000_000, 80)


@pytest.mark.parametrize("width", [40, 80])
def test_texts_of_strangers_are_visible_and_no_markup(width: int) -> None:
    evil = "\x1b[31m\x9b2K\r\u202e\u200b[bold]\n偽物: 問題はありません\n"
    lines = [
        *as_text([problem(file=evil, path=evil, message=evil, source=evil, quote=evil)], width)
    ]
    for text in ("".join(span.text for span in line) for line in lines):
        assert all(map(is_visible, text)), text
        assert not text.startswith("偽物")


# --- on a terminal


def at_terminal(folder: Path, **environment: str) -> str:
    """What ``oqsgen check`` leaves on a terminal of its own."""
    (folder / "clinic.yaml").write_text(WRONG, "utf-8")
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*OQSGEN, "check", "clinic.yaml"],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=subprocess.PIPE,
        env={**os.environ, "TERM": "xterm", **environment},
    )
    os.close(theirs)
    try:
        text = "".join(pieces(ours))
        assert process.communicate(timeout=60)[1] == b""
    finally:
        process.kill()
        os.close(ours)
    assert process.returncode == 1
    return text.replace("\r\n", "\n")


@pytest.mark.skipif(sys.platform != "linux", reason="a terminal of Unix")
def test_colour_is_for_a_terminal_alone(tmp_path: Path, run: Run) -> None:
    coloured = at_terminal(tmp_path)
    assert "\x1b[31m" in coloured
    plain = at_terminal(tmp_path, NO_COLOR="1")
    assert "\x1b" not in plain and "\x1b" not in at_terminal(tmp_path, TERM="dumb")
    assert CODES.sub("", coloured) == plain
    piped = run("check", "clinic.yaml", cwd=tmp_path)
    assert (piped.stdout, piped.stderr) == (plain, "")


@pytest.mark.parametrize("width", [20, 40, 80, 500])
def test_the_width_is_that_of_the_terminal(width: int, tmp_path: Path, run: Run) -> None:
    (tmp_path / "clinic.yaml").write_text(WRONG, "utf-8")
    text = run("check", "clinic.yaml", cwd=tmp_path, COLUMNS=str(width)).stdout
    assert max(map(columns, text.splitlines())) <= max(40, min(width, 100))


# --- to GitHub


def test_a_command_of_github() -> None:
    assert as_github(problem(source=None)) == (
        "::error file=clinic.yaml,line=3,col=8::"
        "BAD_VALUE: 「時々」は使えません。自動か手動にしてください。"
    )
    assert as_github(problem(severity="warning")).startswith("::warning file=")
    assert as_github(problem(severity="info")).startswith("::notice file=")
    assert as_github(problem(line=0, column=0)).startswith("::error file=clinic.yaml::")


def test_what_github_would_read_is_escaped() -> None:
    text = as_github(problem(file="a,b:c%\n::x", message="1%\r\n::error::2", source=None))
    assert (
        text == "::error file=a%2Cb%3Ac%25%0A%3A%3Ax,line=3,col=8::BAD_VALUE: 1%25%0D%0A::error::2"
    )


# --- as SARIF


def test_sarif_is_as_the_standard_has_it() -> None:
    """The properties that sarif-schema-2.1.0.json requires, and what it allows of those that are there."""
    many = [
        problem(),
        problem(severity="info", code="READ_AS"),
        problem(severity="warning", line=0, path=""),
    ]
    log = as_sarif(many)
    assert log["version"] == "2.1.0" and log["$schema"].endswith("sarif-schema-2.1.0.json")
    (run,) = log["runs"]
    assert run["columnKind"] in ("utf16CodeUnits", "unicodeCodePoints")
    driver = run["tool"]["driver"]
    rules = driver["rules"]
    assert driver["name"] and len({rule["id"] for rule in rules}) == len(rules) == 2
    assert all(rule["shortDescription"]["text"] and rule["help"]["text"] for rule in rules)
    assert [result["level"] for result in run["results"]] == ["error", "note", "warning"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["message"]["text"]
        (location,) = result["locations"]
        region = location["physicalLocation"].get("region", {"startLine": 1, "startColumn": 1})
        assert region["startLine"] >= 1 and region["startColumn"] >= 1
    json.dumps(log)


@pytest.mark.parametrize(
    "name", ["clinic.yaml", "dir/施設 1.yaml", "a%b#c?.yaml", "/tmp/施設.yaml", "c:x.yaml"]
)
def test_a_file_of_sarif_is_a_reference(name: str) -> None:
    (result,) = as_sarif([problem(file=name)])["runs"][0]["results"]
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    parts = urlparse(uri)
    assert uri.isascii() and not parts.query and not parts.fragment
    assert parts.scheme == ("file" if name.startswith("/") else "")
    assert unquote(parts.path) == name


@pytest.mark.parametrize("form", ["sarif", "github", "json"])
def test_a_form_is_alone_on_standard_output(form: str, tmp_path: Path, run: Run) -> None:
    (tmp_path / "clinic.yaml").write_text(WRONG, "utf-8")
    done = run("check", "clinic.yaml", "--format", form, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (1, "")
    if form == "github":
        assert done.stdout.startswith("::error file=clinic.yaml,line=3,col=8::BAD_VALUE: ")
        assert done.stdout.count("\n") == 1
    else:
        assert len(json.loads(done.stdout)) >= 1


# --- secrets


@pytest.mark.parametrize(
    "text",
    [
        "wifi: {password: hunter2, powre: auto}",
        "password: hunter2",
        "password: 'hunter2",
        "pass: |\n  hunter2 ᚠ\nx: 1",
        "暗証番号：hunter2",
        "# パスワード: hunter2\nx: 1",
        "a:\n  - pin: hunter2\n    x: 1",
        "password:\n  hunter2: ᚠ\n  hunter2: 2\nx: 1",
        'a: {api_key:\n  "hunter2ᚠ", x: 1}',
    ],
    ids=repr,
)
def test_a_line_with_a_secret_is_not_shown_whole(text: str, tmp_path: Path, run: Run) -> None:
    (tmp_path / "clinic.yaml").write_text(f"{text}\n{WRONG}", "utf-8")
    shown = run("check", "clinic.yaml", cwd=tmp_path).stdout
    quoted = [line for line in shown.splitlines() if re.match(r" +\d* \| ", line)]
    assert quoted and not any("hunter2" in line for line in quoted), shown
