"""A PowerShell that is started once and runs one script after another, each in a runspace of its own.

Starting a process takes longer than what most scripts do in it, and its code is fast only after a
while. Nothing of one script is left for the next but the types that it has added; the environment is
put back.
"""

import atexit
import hashlib
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

PWSH = os.environ.get("PWSH") or shutil.which("pwsh") or ""

DOTNET = {
    # What it finds out about its own code to make it faster costs a PowerShell of ours a quarter of
    # its time, and none runs long enough to have anything of it.
    "DOTNET_TieredPGO": "0",
    # Code that it makes is mapped twice, so that none is written and run in one place: a tenth more.
    "DOTNET_EnableWriteXorExecute": "0",
    # Its memory is looked through for what is used no more each 64 MB (hexadecimal) instead of each
    # few, and by no thread beside: a seventh.
    "DOTNET_GCgen0size": "4000000",
    "DOTNET_gcConcurrent": "0",
}
"""Settings of .NET, as all tests have it (https://learn.microsoft.com/dotnet/core/runtime-config)."""


@dataclass(frozen=True)
class Done:
    """What a script did: the code it left with (None: it did not), what it wrote, its errors."""

    exit: int | None
    output: str
    errors: str


class Shell:
    """One PowerShell. While a script runs in it, no other can."""

    def __init__(self) -> None:
        here = Path(__file__).parent
        # Outside of Windows PowerShell would say to syslog of every command that it begins and ends:
        # a sixth of all that it does. The settings leave that out.
        settings = str(here / "powershell.config.json")
        worker = str(here / "worker.ps1")
        command = [
            PWSH, "-SettingsFile", settings, "-NoProfile", "-NonInteractive", "-File", worker
        ]  # fmt: skip
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        )
        atexit.register(self._process.terminate)

    def ask(self, job: Mapping[str, Any]) -> Done:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps(job) + "\n")
        self._process.stdin.flush()
        return Done(**json.loads(self._process.stdout.readline()))


@cache
def _shell() -> Shell:
    return Shell()


_idle: list[Shell] = []


@contextmanager
def another_shell() -> Iterator[Shell]:
    """One beside the others, which are at work."""
    shell = _idle.pop() if _idle else Shell()
    yield shell
    _idle.append(shell)


def run_file(
    path: Path,
    arguments: Mapping[str, Any] | None = None,
    environment: Mapping[str, str] | None = None,
) -> Done:
    """Runs a script file with named arguments (True for a switch) to its end."""
    job = {"script": str(path), "arguments": arguments or {}, "environment": environment or {}}
    return _shell().ask(job)


@cache
def _texts() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="oqsgen-texts-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def file_of(text: str) -> Path:
    """The script file with this text: one for each, since PowerShell reads a file it knows only once."""
    path = _texts() / f"{hashlib.sha256(text.encode()).hexdigest()}.ps1"
    if not path.exists():
        path.write_text(text, "utf-8-sig")
    return path


def run_text(text: str, environment: Mapping[str, str] | None = None) -> Done:
    """Runs a few lines of PowerShell."""
    return run_file(file_of(text), environment=environment)


def json_of(text: str, environment: Mapping[str, str] | None = None) -> Any:
    """What some lines of PowerShell write, which is JSON, and no error."""
    done = run_text(text, environment)
    assert not done.errors and not done.exit, done
    return json.loads(done.output)
