"""Looking for files and their hashes, in real folders: these functions run the same here as on Windows."""

import hashlib
from pathlib import Path

import pytest

from tests import PARTS
from tests.pc.shell import json_of

pytestmark = pytest.mark.needs("pwsh")

INSTALLER = PARTS / "common" / "search.native.ps1"
READING = PARTS / "common" / "plain-file.native.ps1"


def ask(expression: str) -> list[object]:
    """What the expression gives, as JSON."""
    script = (
        f"Set-StrictMode -Version 2; $ErrorActionPreference = 'Stop'; . '{READING}'; . '{INSTALLER}'; "
        "function Test-Elevated { return $false }; "
        f"$answer = @(& {{ {expression} }}); ConvertTo-Json -InputObject $answer -Compress"
    )
    found: list[object] = json_of(script)
    return found


def test_files_are_found_as_deep_as_asked_and_no_deeper(tmp_path: Path) -> None:
    folder = tmp_path
    for _ in range(4):
        (folder / "OqsInstall.exe").write_text("")
        (folder / "Other.exe").write_text("")
        folder = folder / "下の [1] & 'x'"
        folder.mkdir()
    counts = ask(
        "; ".join(
            f"@(Find-FileBelow -Folder '{tmp_path}' -Pattern 'OqsInstall.exe' -Depth {depth}).Length"
            for depth in range(4)
        )
    )
    assert counts == [1, 2, 3, 4]


def test_a_folder_that_is_not_there_or_has_no_name_holds_nothing(tmp_path: Path) -> None:
    assert ask(f"Find-FileBelow -Folder '{tmp_path / 'no'}' -Pattern '*' -Depth 2") == []
    assert ask("Find-FileBelow -Folder '' -Pattern '*' -Depth 2") == []


def test_the_hash_is_that_of_the_bytes(tmp_path: Path) -> None:
    content = bytes(range(256)) * 5000
    (tmp_path / "a.msi").write_bytes(content)
    expected = hashlib.sha256(content).hexdigest()
    assert ask(f"Get-FileSha256 -Path '{tmp_path / 'a.msi'}'") == [expected]


def test_a_name_is_the_whole_name(tmp_path: Path) -> None:
    """For Windows *.csv means *.csv_bak too, and short names count (Directory.GetFiles)."""
    for name in ("a.csv", "b.CSV", "a.csv_bak", "a.csvx", "a.csv.txt", "[1].csv", "acsv"):
        (tmp_path / name).write_text("")
    found = ask(f"Find-FileBelow -Folder '{tmp_path}' -Pattern '*.csv' -Depth 0 | Split-Path -Leaf")
    assert sorted(map(str, found)) == ["[1].csv", "a.csv", "b.CSV"]
    found = ask(f"Find-FileBelow -Folder '{tmp_path}' -Pattern 'a.c?v' -Depth 0 | Split-Path -Leaf")
    assert found == ["a.csv"]
