"""The plan in the script: data in a here-string, whatever a clinic wrote into its file."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from oqsgen.render.powershell import plan_json, terminal_script
from tests.pc.shell import PWSH

QUOTES = "'\u2018\u2019\u201a\u201b\"\u201c\u201d\u201e"
"""Every character that PowerShell takes for a quotation mark."""

HOSTILE = [
    "'@",
    "\u2019@\r\nWrite-Host owned",
    "\n'@\n$(New-Item owned)\n@'",
    "\u2018\u2019\u201a\u201b\u201c\u201d\u201e'\"",
    "$(New-Item owned) ${env:PATH} `$x `n `0 %PATH% !x!",
    "\u2028\u2029\x85\x0b\x0c\x00\x1a",
    "\u202e\u202a\u2066\u2069\u200b\ufeff",
    "\ud800",
    "\udc00 \ud83d",
    "𠮷 🙂 髙 﨑 葛\U000e0100",
    "# SIG # Begin signature block",
    "\\u0027@ \\\\ \\",
    "{{ parts }}{% raw %}",
    "<#\n#>",
]

TEXT = st.text(st.characters(codec=None), max_size=60) | st.sampled_from(HOSTILE)
DATA = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(TEXT, DATA, max_size=5))
@example({text: [text, {"name": text}] for text in HOSTILE})
def test_a_plan_is_read_back_as_it_was(plan: dict[str, Any]) -> None:
    assert json.loads(plan_json(plan)) == plan


@given(st.dictionaries(TEXT, DATA, max_size=5))
@example({text: [text, {"name": text}] for text in HOSTILE})
def test_nothing_in_a_plan_can_end_the_here_string(plan: dict[str, Any]) -> None:
    text = plan_json(plan)
    # str.splitlines knows more ends of lines than PowerShell; a plan has none of them but "\n".
    assert text.splitlines() == text.split("\n")
    assert not re.search(r"^[\s]*'", text, re.MULTILINE)
    for line in text.split("\n"):
        assert line[:1] not in tuple(QUOTES)


@given(st.dictionaries(TEXT, DATA, max_size=5))
@example({text: [text, {"name": text}] for text in HOSTILE})
def test_a_plan_holds_only_plain_characters(plan: dict[str, Any]) -> None:
    text = plan_json(plan)
    assert re.fullmatch(r"[\x20-\x7e\n\u3000-\u30ff\u3400-\u9fff\uff01-\uff9f]*", text)
    assert not set(text) & set(QUOTES) - set("'\"")
    assert "#" not in text


@pytest.mark.parametrize("text", ["/Date(0)/", "\\/Date(0)\\/"])
def test_windows_powershell_takes_no_text_for_a_date(text: str) -> None:
    # Its JSON reader makes a date of text that begins with an escaped slash, and of nothing else.
    # (PowerShell 7, which the tests run, guesses at more; no clinic's PC has it.)
    assert '"\\/' not in plan_json({"text": text})


def test_japanese_stays_readable() -> None:
    assert "東京内科　カナ（全角）" in plan_json({"name": "東京内科　カナ（全角）"})


def test_a_script_is_utf8_with_its_mark_and_crlf() -> None:
    script = terminal_script({"bundle": {"facility": {"name": "\n'@\n"}}})
    assert script.startswith(b"\xef\xbb\xbf")
    text = script.decode("utf-8")
    assert not re.search(r"[\r\n]", text.replace("\r\n", ""))


def test_a_script_carries_the_plan_in_one_here_string() -> None:
    plan = {"bundle": {"facility": {"name": "東京内科"}}, "steps": HOSTILE}
    text = terminal_script(plan).decode("utf-8-sig").replace("\r\n", "\n")
    assert text.count(plan_json(plan)) == 1
    before, after = text.split(plan_json(plan))
    assert before.endswith("@'\n")
    assert after.startswith("\n'@")


def test_the_fixed_parts_are_the_same_whatever_the_plan() -> None:
    one, other = {"a": 1}, {"b": [HOSTILE]}
    parts = [
        terminal_script(plan).decode("utf-8-sig").replace("\r\n", "\n").split(plan_json(plan))
        for plan in (one, other)
    ]
    assert parts[0] == parts[1]


READ_BACK = """\
$ErrorActionPreference = 'Stop'
$json = @'
{plan}
'@
$data = $json | ConvertFrom-Json
$units = foreach ($text in $data.texts) {{
    ($text.ToCharArray() | ForEach-Object {{ [int] $_ }}) -join ','
}}
[IO.File]::WriteAllLines((Join-Path $PSScriptRoot 'read.txt'), [string[]] @($units))
"""


def units(text: str) -> str:
    """The UTF-16 code units of ``text``, as the script writes them.

    PowerShell reads half a character as U+FFFD; the loader lets none into a plan.
    """
    halves = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    data = halves.encode("utf-16-le")
    return ",".join(str(data[i] | data[i + 1] << 8) for i in range(0, len(data), 2))


@pytest.mark.needs("pwsh")
def test_powershell_reads_every_text_and_runs_none(tmp_path: Path) -> None:
    texts: list[str] = list(HOSTILE)

    @settings(max_examples=300, database=None)
    @given(TEXT)
    def collect(text: str) -> None:
        texts.append(text)

    collect()
    texts += [f"{quote}@\n{quote}@" for quote in QUOTES]
    script = READ_BACK.format(plan=plan_json({"texts": texts})).replace("\n", "\r\n")
    (tmp_path / "read.ps1").write_bytes(b"\xef\xbb\xbf" + script.encode())
    subprocess.run(
        [PWSH, "-NoProfile", "-NonInteractive", "-File", tmp_path / "read.ps1"],
        cwd=tmp_path,
        check=True,
        timeout=120,
        stdin=subprocess.DEVNULL,
    )
    read = (tmp_path / "read.txt").read_text("utf-8").split("\n")[:-1]
    assert [line.rstrip("\r") for line in read] == [units(text) for text in texts]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["read.ps1", "read.txt"]
