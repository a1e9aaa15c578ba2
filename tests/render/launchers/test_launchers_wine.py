"""The shipped launchers in a real cmd.exe, Wine's, with a PowerShell that only writes down what it
was handed. What PowerShell then does with it is tested in ``test_launchers_pwsh.py``."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from oqsgen.render.launchers import launchers
from tests.pc.tools import missing, need

from . import cmdline
from .launcher_pc import halves

HERE = Path(__file__).parent
# No percent signs: Wine 8 expands what %~dp0 gave once more, which cmd.exe on Windows does not.
ODD = [
    "it's & (1)",
    "a^b!c!;d,e=f",
    "`$x $(throw 1) @{2} [3]",
    "東京内科～①",
]

Cmd = Callable[[Path, int], tuple[int, list[str]]]


@pytest.fixture(scope="session")
def cmd(tmp_path_factory: pytest.TempPathFactory) -> Cmd:
    """``cmd(launcher, code)``: its exit code, and the lines that the stand-in wrote."""
    wine, compiler = need("wine"), need("mingw")
    base = tmp_path_factory.mktemp("wine")
    environment = os.environ | {
        "PSModulePath": r"C:\somebody\Modules",
        "WINEPREFIX": str(base / "prefix"),
        "WINEARCH": "win64",
        "WINEDEBUG": "-all",
        "WINEDLLOVERRIDES": "mscoree,mshtml,winemenubuilder.exe=",
        "DISPLAY": "",
        "LC_ALL": "C.UTF-8",
        "DUMP": "Z:" + str(base / "dump").replace("/", "\\"),
    }
    started = subprocess.run(
        [wine, "wineboot", "--init"], env=environment, capture_output=True, timeout=300
    )
    windows = base / "prefix/drive_c/windows"
    shell = windows / "system32/WindowsPowerShell/v1.0/powershell.exe"
    if started.returncode or not windows.is_dir():
        missing("wine")  # it does not start
    shell.parent.mkdir(parents=True, exist_ok=True)
    shell.unlink(missing_ok=True)
    subprocess.run([compiler, "-O1", "-o", str(shell), str(HERE / "dump.c")], check=True)

    def run(launcher: Path, code: int) -> tuple[int, list[str]]:
        dump = base / "dump"
        dump.unlink(missing_ok=True)
        path = "Z:" + str(launcher).replace("/", "\\")
        done = subprocess.run(
            [wine, path],
            env=environment | {"CODE": str(code)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=120,
        )
        lines = dump.read_text(encoding="utf-8").splitlines() if dump.exists() else []
        return done.returncode, lines

    return run


@pytest.mark.parametrize("name", ODD)
def test_powershell_gets_the_shipped_text(cmd: Cmd, tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir()
    for file, data in launchers(mode="new", signed=True, publisher="0F" * 32).items():
        (folder / file).write_bytes(data)
    for launcher in sorted(folder.glob("*.cmd")):
        code, lines = cmd(launcher, 0)
        wanted = cmdline.commands(launcher.read_bytes().decode("ascii"), root=r"C:\windows")
        got = [cmdline.split(line) for line in lines[0::5]]
        assert [call[1:] for call in got] == [call[1:] for call in wanted]
        assert set(lines[1::5]) == {"Z:" + str(folder).replace("/", "\\") + "\\"}
        assert {line.lower() for line in lines[2::5]} == {r"c:\windows\system32"}
        assert {line.lower() for line in lines[3::5]} == {
            r"c:\windows\system32\windowspowershell\v1.0\modules"
        }
        half = "".join(text for _, text in halves(launcher.read_bytes().decode("ascii")))
        assert set(lines[4::5]) == {half} and bool(half) == (launcher.name == "1_適用.cmd")
        assert code == 0


@pytest.mark.parametrize("code", [1, 6])
def test_exit_code(cmd: Cmd, tmp_path: Path, code: int) -> None:
    files = launchers(mode="new", signed=True, publisher="0F" * 32)
    for name in ("1_適用.cmd", "0_発行者を登録.cmd"):
        (tmp_path / name).write_bytes(files[name])
        got, lines = cmd(tmp_path / name, code)
        assert got == code
        assert len(lines) == 5, "after a refusal nothing more is started"
