"""Running ``oqsgen`` as a user does: in a process of its own."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

Run = Callable[..., subprocess.CompletedProcess[str]]
"""The fixture ``run``: arguments of ``oqsgen``, ``cwd``, and environment variables by name."""

OQSGEN = [sys.executable, "-c", "from oqsgen.cli import main; main()"]


def run_in(folder: Path) -> Run:
    """A way to run ``oqsgen`` in ``folder``, or in another one."""

    def call(
        *arguments: str | Path, cwd: Path = folder, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*OQSGEN, *map(str, arguments)],
            cwd=cwd,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=300,
        )

    return call
