"""Completion in the shells that there are here: what a script that ``oqsgen completion`` prints is told."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from oqsgen.cli.completion import SHELLS, VARIABLE
from tests import ROOT
from tests.command import OQSGEN, Run
from tests.pc.shell import PWSH

READMES = [(ROOT / name).read_text("utf-8") for name in ("README.md", "README.ja.md")]


@pytest.fixture
def program(tmp_path: Path) -> dict[str, str]:
    """The environment in which ``oqsgen`` is a command, as an installation makes it."""
    if sys.platform == "win32":
        pytest.skip("a script without an ending is no command here")
    command = tmp_path / "bin" / "oqsgen"
    command.parent.mkdir()
    command.write_text(f"#!{OQSGEN[0]}\n{OQSGEN[2]}\n")
    command.chmod(0o755)
    return {**os.environ, "PATH": f"{command.parent}{os.pathsep}{os.environ['PATH']}"}


@pytest.mark.parametrize("shell", SHELLS)
def test_a_script_for_each_shell(shell: str, run: Run) -> None:
    done = run("completion", shell)
    assert (done.returncode, done.stderr) == (0, "")
    assert VARIABLE in done.stdout and "oqsgen" in done.stdout and "\\x" not in done.stdout
    assert all(f"oqsgen completion {shell}" in readme for readme in READMES)


@pytest.mark.parametrize(
    ("words", "meant"),
    [("expl", "explain"), ("explain CODE_CH", "CODE_CHECK"), ("build --sign-pf", "--sign-pfx")],
)
def test_words_are_completed_as_a_shell_asks(words: str, meant: str, run: Run) -> None:
    last = str(len(words.split()))
    for shell in ("bash", "zsh", "fish", "powershell"):
        asked = words.split()[-1] if shell == "fish" else last
        done = run(
            **{VARIABLE: f"{shell}_complete", "COMP_WORDS": f"oqsgen {words}", "COMP_CWORD": asked}
        )
        assert done.returncode == 0 and meant in done.stdout, shell
        assert shell != "powershell" or done.stdout.isascii()


@pytest.mark.skipif(not shutil.which("bash"), reason="there is no bash here")
def test_in_bash(program: dict[str, str], run: Run) -> None:
    script = run("completion", "bash").stdout + (
        "\nCOMP_WORDS=(oqsgen explain CODE_CH); COMP_CWORD=2; _oqsgen_completion oqsgen"
        '\necho "${COMPREPLY[@]}"'
    )
    done = subprocess.run(["bash", "-c", script], env=program, capture_output=True, text=True)
    assert done.stdout.strip() == "CODE_CHECK", done.stderr


@pytest.mark.needs("pwsh")
def test_in_powershell(program: dict[str, str]) -> None:
    script = (
        "oqsgen completion powershell | Out-String | Invoke-Expression\n"
        "(TabExpansion2 'oqsgen explain CODE_CH' 22).CompletionMatches.CompletionText\n"
        "(TabExpansion2 'oqsgen expl' 11).CompletionMatches.CompletionText\n"
    )
    command = [PWSH, "-NoProfile", "-NonInteractive", "-Command", script]
    done = subprocess.run(command, env=program, capture_output=True, text=True)
    assert done.stdout.split() == ["CODE_CHECK", "explain"], done.stderr
