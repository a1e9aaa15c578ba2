"""Windows as Wine has it: a PC of its own in a folder, and a PowerShell that runs scripts on it.

``pwsh.exe`` ends there without doing anything, so a small program around PowerShell's own library takes its place:
``host/``, published for win-x64; ``OQSGEN_WINE_HOST`` names its ``host.exe``.
"""

import json
import os
import shutil
import socket
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

from oqsgen.render.powershell import part_files
from tests.pc.tools import missing, need

HERE = Path(__file__).parent
NATIVE = [path for path in part_files() if path.name.endswith(".native.ps1")]
REACH: dict[str, dict[str, Any]] = yaml.safe_load((HERE / "reach.yaml").read_text("utf-8"))
"""Of each native file its functions: ``called``, or why ``not``."""
needs_wine = pytest.mark.needs("wine", "wine-host", "japanese", "pwsh")
LIMIT = 300
"""Seconds, on a machine that is busy with other things; a program that fails may wait for somebody."""


def windows_path(path: Path) -> str:
    """The name by which a program of Windows knows a file of this machine."""
    return "Z:" + str(path).replace("/", "\\")


@dataclass(frozen=True)
class Job:
    """A script to be run. ``dies``: it ends its whole process, and gives no answer."""

    script: Path
    arguments: Mapping[str, Any] = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=dict)
    dies: bool = False


@dataclass(frozen=True)
class Answer:
    """What a script left: its exit code, what it put out, its errors."""

    exit: int | None
    output: list[str]
    errors: list[str]


@dataclass
class Windows:
    """A prefix of Wine below ``folder``."""

    folder: Path
    environment: Mapping[str, str]
    wine: str
    host: Path

    @property
    def drive(self) -> Path:
        """Its C:."""
        return self.folder / "prefix/drive_c"

    @property
    def person(self) -> str:
        """The one who is signed in."""
        names = [path.name for path in (self.drive / "users").iterdir()]
        return next(name for name in names if name not in ("Public", "crossover"))

    @property
    def computer(self) -> str:
        """Its name, which is that of this machine."""
        return socket.gethostname().partition(".")[0][:15].upper()

    def run(self, jobs: Sequence[Job]) -> list[Answer | None]:
        """Each script in its turn, in one process for as long as none dies; no answer of one that does."""
        work = self.folder / f"jobs-{len(list(self.folder.glob('jobs-*')))}"
        work.mkdir()
        answers = [work / f"{number}.json" for number in range(len(jobs))]
        orders = [
            {
                "script": windows_path(job.script),
                "arguments": job.arguments,
                "environment": job.environment,
                "answer": windows_path(answer),
            }
            for job, answer in zip(jobs, answers, strict=True)
        ]
        file = work / "jobs.json"
        while missed := [number for number, path in enumerate(answers) if not path.exists()]:
            file.write_text(json.dumps([orders[number] for number in missed]), "utf-8")
            console = self.program(self.host, HERE / "worker.ps1", file)
            first = next((number for number in missed if not answers[number].exists()), None)
            if first is not None:
                assert jobs[first].dies, f"{jobs[first].script} ended the process: {console}"
                answers[first].write_text("null")
        left = [json.loads(path.read_text("utf-8")) for path in answers]
        return [Answer(**one) if one else None for one in left]

    def program(self, path: Path, *arguments: Path) -> str:
        """Runs a program to its end; what it wrote."""
        # Not a pipe: what Wine starts in the background would keep it open.
        console = self.folder / "console.txt"
        with console.open("wb") as output:
            subprocess.run(
                [self.wine, windows_path(path), *map(windows_path, arguments)],
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                timeout=LIMIT,
            )
        return console.read_text("utf-8", "replace")

    def close(self) -> None:
        """Ends what still runs there, and gives its disk back: most of a gigabyte."""
        server = shutil.which("wineserver") or "/usr/lib/wine/wineserver"
        for option in ("-k", "-w"):
            subprocess.run([server, option], env=self.environment, timeout=LIMIT)
        shutil.rmtree(self.folder / "prefix")


def installed(folder: Path) -> Windows:
    """A new Windows, Japanese with code page 932."""
    wine, host, localedef = need("wine"), need("wine-host"), need("japanese")
    locale = folder / "locale/ja_JP.UTF-8"
    locale.parent.mkdir()
    subprocess.run([localedef, "-i", "ja_JP", "-f", "UTF-8", str(locale)], check=True)
    environment = {
        "HOME": str(folder),
        "PATH": os.environ["PATH"],
        "WINEPREFIX": str(folder / "prefix"),
        "WINEARCH": "win64",
        "WINEDEBUG": "-all",
        # No browser and no menus. .NET needs mscoree: without it no library that holds no machine code is loaded.
        "WINEDLLOVERRIDES": "mshtml,winemenubuilder.exe=",
        "DISPLAY": "",
        # .NET writes code through a second view of the same memory, which now and then breaks under Wine.
        "DOTNET_EnableWriteXorExecute": "0",
        "DOTNET_TieredPGO": "0",
        "LC_ALL": "ja_JP.UTF-8",
        "LOCPATH": str(locale.parent),
    }
    started = subprocess.run(
        [wine, "wineboot", "--init"],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=LIMIT,
    )
    windows = Windows(folder, environment, wine, Path(host))
    if started.returncode or not windows.drive.is_dir():
        missing("wine")  # it does not start
    # Windows that nobody sees: without it there are none at all.
    drivers = [r"HKCU\Software\Wine\Drivers", "/v", "Graphics", "/d", "null"]
    subprocess.run([wine, "reg", "add", *drivers], env=environment, check=True, capture_output=True)
    return windows
