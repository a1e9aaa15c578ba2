"""Running a program of an application without a window: these functions run the same here as on Windows."""

import subprocess
from pathlib import Path

from tests import PARTS
from tests.pc.assemble import needs_pwsh
from tests.pc.shell import PWSH

pytestmark = needs_pwsh

PROGRAM = PARTS / "linkage" / "run.native.ps1"
PROCESS = PARTS / "common" / "process.native.ps1"


def test_a_program_that_asks_gets_no_answer_and_its_exit_code_is_known(tmp_path: Path) -> None:
    """Nobody closes our own standard input here, as nobody does in a console."""
    program = tmp_path / "asks"
    program.write_text("#!/bin/sh\nread answer\nexit 7\n")
    program.chmod(0o755)
    script = f". '{PROCESS}'; . '{PROGRAM}'; function Test-Elevated {{ $false }}; Invoke-HiddenProgram -Path '{program}' -Seconds 5"
    answer = tmp_path / "answer.txt"
    with (
        answer.open("w") as output,
        subprocess.Popen(
            [PWSH, "-NoProfile", "-NonInteractive", "-Command", script],
            stdin=subprocess.PIPE,
            stdout=output,
        ) as process,
    ):
        process.wait()
    assert answer.read_text().strip() == "7"
