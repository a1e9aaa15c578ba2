"""Launchers as bytes: what cmd.exe reads, what PowerShell is given, what a person is told."""

import re
from typing import get_args

import pytest

from oqsgen.clinic.model import Mode
from oqsgen.render.launchers import INCOMPLETE, LINE_LIMIT, escape, launchers
from tests import PARTS
from tests.pc.columns import width
from tests.render.launchers import cmdline
from tests.render.launchers.launcher_pc import halves

PUBLISHER = "0F" * 32
MODES: tuple[Mode, ...] = get_args(Mode)
CODES = ["Apply", "Verify", "Rollback"]


def bundle(mode: Mode = "new", signed: bool = True) -> dict[str, bytes]:
    return launchers(mode=mode, signed=signed, publisher=PUBLISHER if signed else None)


def texts() -> dict[str, str]:
    """Every launcher there is: signed and not."""
    both = {f"signed {name}": data for name, data in bundle().items()}
    both |= {f"unsigned {name}": data for name, data in bundle(signed=False).items()}
    return {name: data.decode("ascii") for name, data in both.items() if name.endswith(".cmd")}


LAUNCHERS = texts()


@pytest.fixture(params=sorted(LAUNCHERS))
def launcher(request: pytest.FixtureRequest) -> str:
    return LAUNCHERS[request.param]


def test_names() -> None:
    passes = {"1_適用.cmd", "2_確認.cmd", "3_元に戻す.cmd"}
    for mode in MODES:
        files = {"2_確認.cmd"} if mode == "audit" else passes
        assert set(bundle(mode)) == files | {"0_発行者を登録.cmd", "launcher.txt"}
        assert set(bundle(mode, signed=False)) == files | {"launcher.txt"}


@pytest.mark.parametrize(
    ("signed", "publisher"), [(True, None), (False, PUBLISHER), (True, "0F"), (True, "x" * 64)]
)
def test_publisher_belongs_to_a_signed_bundle(signed: bool, publisher: str | None) -> None:
    with pytest.raises(ValueError, match="publisher"):
        launchers(mode="new", signed=signed, publisher=publisher)


def test_publisher_in_any_spelling() -> None:
    spelt = ":".join(re.findall("..", PUBLISHER.lower()))
    assert launchers(mode="new", signed=True, publisher=spelt) == bundle()


@pytest.mark.parametrize("signed", [True, False])
def test_no_two_files_are_equal(signed: bool) -> None:
    files = bundle(signed=signed)
    assert len(set(files.values())) == len(files)


def test_bytes_of_a_launcher(launcher: str) -> None:
    assert launcher.isascii()
    assert re.search(r"(?<!\r)\n|\r(?!\n)|\t", launcher) is None
    assert launcher.endswith("\r\n")


def test_bytes_of_the_text() -> None:
    data = bundle()["launcher.txt"]
    assert data.startswith(b"\xef\xbb\xbf") and data.count(b"\xef\xbb\xbf") == 1
    assert re.search(rb"(?<!\r)\n|\r(?!\n)", data) is None
    assert data.endswith(b"\r\n")


def test_lines_fit_into_cmd(launcher: str) -> None:
    """Longer than any value of %SystemRoot% that Windows allows, to be on the safe side."""
    variables = {"SYSTEMROOT": "C:\\" + "w" * 260, "OQSGEN_POWERSHELL": "C:\\" + "p" * 260}
    for line in cmdline.logical_lines(launcher):
        assert len(cmdline.expand(line, variables, "F:\\")) < LINE_LIMIT


def test_caret_ends_a_line_outside_of_quotes(launcher: str) -> None:
    """Inside of quotes it would be text; and it takes the meaning off the next line's first
    character, which therefore is a blank."""
    lines = launcher.split("\r\n")
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        if line.endswith("^"):
            assert line.endswith(" ^") and line.count('"') % 2 == 0
            assert after.startswith(' "')


def test_first_steps(launcher: str) -> None:
    lines = [x for x in launcher.split("\r\n") if not x.startswith("rem ")]
    assert lines[:4] == [
        "@echo off",
        "setlocal EnableExtensions DisableDelayedExpansion",
        'set "OQSGEN_FOLDER=%~dp0"',
        'cd /d "%SystemRoot%\\System32"',
    ]
    assert lines[-4:] == [
        'set "OQSGEN_CODE=%ERRORLEVEL%"',
        "pause >nul",
        "exit /b %OQSGEN_CODE%",
        "",
    ]


def test_modules_of_windows_alone(launcher: str) -> None:
    """Set before the first PowerShell starts. It keeps such a variable, and adds Program Files to it
    where only administrators write (ModuleIntrinsics.GetModulePath of Windows PowerShell)."""
    line = 'set "PSModulePath=%SystemRoot%\\System32\\WindowsPowerShell\\v1.0\\Modules"'
    lines = launcher.split("\r\n")
    assert lines.index(line) < next(i for i, one in enumerate(lines) if one.startswith('"%'))


def test_comments_mean_nothing_to_cmd(launcher: str) -> None:
    for line in launcher.split("\r\n"):
        if line.startswith("rem "):
            assert not set(line) & set('%^&|<>"!')


@pytest.mark.parametrize(
    "folder", ["F:\\", "F:\\100%TEMP% & (1)\\", "F:\\a'b`c$d;e\\", "F:\\東京\\"]
)
def test_powershell_gets_the_same_text_in_every_folder(launcher: str, folder: str) -> None:
    assert cmdline.commands(launcher, folder=folder) == cmdline.commands(launcher)


def test_powershell_text(launcher: str) -> None:
    """Read from the file itself, not through the simulation: no character of the PowerShell text
    has a meaning for cmd.exe between quotes."""
    chunks = re.findall(r'^ "(.*)"(?: \^)?\r$', launcher, re.MULTILINE)
    assert len(chunks) > 3
    assert not set("".join(chunks)) & set('%!"')
    assert " ".join(cmdline.scripts(launcher)) == " ".join(chunks)
    assert not any(chunk.endswith("\\") for chunk in chunks)


def test_what_runs_with_administrator_rights_is_plain_text_for_cmd(launcher: str) -> None:
    """Of `1_適用.cmd`, as variables: nothing in it ends a quoted text of cmd.exe's or of the command line
    across UAC, and all of it, a folder of the longest name too, is one that ShellExecute takes."""
    half = [text for _, text in halves(launcher)]
    assert launcher.count("OQSGEN_HALF_") == len(half) + (1 if half else 0)
    assert not set("".join(half)) & set('%!"')
    assert len(" ".join(half)) + 4 * 260 < 32000


def test_full_path_of_64_bit_powershell(launcher: str) -> None:
    calls = cmdline.commands(launcher)
    sysnative = r"C:\Windows\Sysnative\WindowsPowerShell\v1.0\powershell.exe"
    assert f'if exist "{sysnative}" set '.replace("C:\\Windows", "%SystemRoot%") in launcher
    for call in calls:
        assert call[0] == sysnative.replace("Sysnative", "System32")
        assert call[1:5] == ["-NoProfile", "-ExecutionPolicy", "AllSigned", "-Command"]


@pytest.mark.parametrize(
    "word",
    ["EncodedCommand", "Invoke-Expression", "iex ", "FromBase64String", "[scriptblock]", "Bypass"],
)
def test_words_that_no_launcher_uses(launcher: str, word: str) -> None:
    assert word.lower() not in launcher.lower()


def test_the_one_message_inside() -> None:
    assert re.sub(r"\\u(....)", lambda m: chr(int(m[1], 16)), escape(INCOMPLETE)) == INCOMPLETE
    assert set(escape(INCOMPLETE)) <= set("\\uABCDEF0123456789 ZIP")
    for text in LAUNCHERS.values():
        assert f"Unescape('{escape(INCOMPLETE)}')" in cmdline.scripts(text)[0]


def keys_said(text: str) -> set[str]:
    said = set(re.findall(r"\b(?:Say|Show) '([\w.]+)'", text))
    for names in re.findall(r"Say \(@\(('.*?')\)", text):
        said |= {name.strip(" '") for name in names.split(",")}
    assert text.count("Say ") + text.count("Show ") == len(
        re.findall(r"(?:Say|Show) (?:'[\w.]+'|\(@\(|\$key)", text)
    ), "a message whose key this test cannot see"
    return said


def test_every_message_is_there_and_used() -> None:
    lines = bundle()["launcher.txt"].decode("utf-8-sig").split("\r\n")
    written = {line.split("=", 1)[0] for line in lines if "=" in line and line[0] != "#"}
    said = set().union(*(keys_said(text) for text in LAUNCHERS.values()))
    assert said == written
    for mode in CODES:
        assert {f"{mode}.0", f"{mode}.5", f"{mode}.6"} <= said


def test_every_message_fits_into_the_window() -> None:
    lines = bundle()["launcher.txt"].decode("utf-8-sig").split("\r\n")
    wide = [line for line in lines if line[:1] != "#" and width(line.partition("=")[2]) > 78]
    assert wide == []
    # What comes first in a line is not what the one before ends with.
    assert [line for line in lines if re.match(r"[\w.]+=[、。」）]", line)] == []


def test_messages_name_what_is_there() -> None:
    text = bundle()["launcher.txt"].decode("utf-8-sig")
    for name in re.findall(r"「(\d_[^」]*)」", text):
        assert name in bundle()
    assert not set(re.sub(r"\{[0-2]\}", "", text)) & set("{}")


def test_what_is_not_copied_from_and_what_closes_by_itself_is_said() -> None:
    """The root's 16 groups stand right above the question for three of the publisher's."""
    lines = bundle()["launcher.txt"].decode("utf-8-sig").split("\r\n")
    (root,) = (line for line in lines if line.startswith("root="))
    assert "下の指紋は入力しません" in root
    for key in ("machine", "elevate"):
        assert any(line.startswith(f"{key}=") and "2 分そのまま" in line for line in lines), key


def test_rollback_points_to_the_publisher() -> None:
    assert "'withdraw'" in LAUNCHERS["signed 3_元に戻す.cmd"]
    assert "'withdraw'" not in LAUNCHERS["signed 1_適用.cmd"]


def test_unsigned_launchers_start_nothing() -> None:
    for name, text in LAUNCHERS.items():
        if name.startswith("unsigned"):
            assert "Say 'nosignature'" in text
            assert "Start-Process" not in text and "-File" not in text


def test_the_launcher_joins_codes_as_the_results_do() -> None:
    """Each prefers the same codes: the launcher takes the last that occurred, the script the first."""
    launcher = (PARTS.parent / "launchers" / "pass.cmd.j2").read_text("utf-8")
    (last,) = re.findall(r"foreach \(\$one in ([\d, ]+)\)", launcher)
    (first,) = re.findall(
        r"foreach \(\$code in ([\d, ]+)\)", (PARTS / "runtime" / "result.ps1").read_text("utf-8")
    )
    assert last.split(", ") == first.split(", ")[::-1]


def test_a_pass_that_was_broken_off_names_what_may_have_done_it() -> None:
    """Windows Defender and OneDrive say nothing themselves in this window."""
    text = launchers(mode="new", signed=False, publisher=None)["launcher.txt"].decode("utf-8-sig")
    said = "".join(line for line in text.splitlines() if line.startswith("code.1="))
    assert all(word in said for word in ("途中で閉じられ", "保護の履歴", "OneDrive"))


BUILT_IN = {"@echo", "setlocal", "set", "cd", "if", "goto", ":end", "pause", "exit", ""}


def test_no_program_is_looked_for(launcher: str) -> None:
    """By a bare name cmd.exe looks in the current folder and in PATH, which every installer writes;
    a .cmd has no other way to Windows' folder than %SystemRoot%."""
    words = [line.split(" ")[0] for line in cmdline.logical_lines(launcher)]
    assert set(words) <= BUILT_IN | {"rem", '"%OQSGEN_POWERSHELL%"'}
    own = {"OQSGEN_CODE", "OQSGEN_CONTINUE", "OQSGEN_POWERSHELL", "SystemRoot", "ERRORLEVEL"}
    assert set(re.findall(r"%(\w+)%", launcher)) <= own


def test_powershell_takes_no_place_from_the_environment(launcher: str) -> None:
    """Any program of the person's can have set a variable there: Windows itself says where it is."""
    set_by_us = {"PSModulePath"} if "$env:PSModulePath = $PSHOME" in launcher else set()
    set_by_us |= {name for name in ("OQSGEN_CONTINUE", "OQSGEN_RUN") if f'set "{name}=' in launcher}
    assert set(re.findall(r"\$env:(\w+)", launcher)) == {"OQSGEN_FOLDER"} | set_by_us
