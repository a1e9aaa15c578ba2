"""Running ``oqsgen`` as a user does: in a process of its own."""

import atexit
import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path

Run = Callable[..., subprocess.CompletedProcess[str]]
"""The fixture ``run``: arguments of ``oqsgen``, ``cwd``, and environment variables by name."""

OQSGEN = [sys.executable, "-c", "from oqsgen.cli.main import main; main()"]
SECONDS = 300

# A process that has imported everything, and read what is shipped with it, and forks one that goes on as ``oqsgen`` for
# each line. What Python reads from the environment when it starts is that of the first process. In the end all is done that
# Python does, but for taking the interpreter apart: of a copy that takes longer than what most commands do.
READY = """
import atexit, gc, importlib, json, os, pkgutil, sys, threading
import openpyxl
import oqsgen
from oqsgen import resources
from oqsgen.cli.main import main
for module in pkgutil.walk_packages(oqsgen.__path__, "oqsgen."):
    importlib.import_module(module.name)
for path in resources.folder("specs").glob("*.yaml"):
    resources.spec(path.stem)
gc.freeze()
for line in sys.stdin:
    job = json.loads(line)
    child = os.fork()
    if not child:
        break
    print(child, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
else:
    sys.exit()
for number, name in enumerate((os.devnull, job["out"], job["err"])):
    os.dup2(os.open(name, os.O_RDWR | os.O_TRUNC), number)
os.environ.clear()
os.environ.update(job["environment"])
os.chdir(job["cwd"])
sys.argv = ["-c", *job["arguments"]]
try:
    main()
except SystemExit as end:
    threading._shutdown()
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(end.code if isinstance(end.code, int) else end.code is not None)
"""
READ_AT_START = ("PYTHON", "LC_", "LANG", "TZ")


class _Ready:
    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", READY],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # Nothing is read ahead: ``run`` waits at the pipe itself for the second of two lines.
            bufsize=0,
        )
        atexit.register(self._process.terminate)

    def run(
        self, arguments: list[str], cwd: Path, environment: Mapping[str, str]
    ) -> subprocess.CompletedProcess[str]:
        with tempfile.NamedTemporaryFile() as out, tempfile.NamedTemporaryFile() as err:
            job = {"arguments": arguments, "cwd": str(cwd), "environment": dict(environment)}
            assert self._process.stdin and self._process.stdout
            line = json.dumps(job | {"out": out.name, "err": err.name}) + "\n"
            self._process.stdin.write(line.encode())
            child = int(self._process.stdout.readline())
            if not select.select([self._process.stdout], [], [], SECONDS)[0]:
                os.kill(child, 9)
                raise subprocess.TimeoutExpired(["oqsgen", *arguments], SECONDS)
            code = int(self._process.stdout.readline())
            # As a pipe would be read: any line end is one.
            texts = [one.read().decode("utf-8").replace("\r\n", "\n") for one in (out, err)]
        return subprocess.CompletedProcess(["oqsgen", *arguments], code, *texts)


@cache
def _ready() -> _Ready:
    return _Ready()


def wait_for(child: subprocess.Popen[str], has_come: Callable[[], object]) -> None:
    """Until something is there, while the process runs, and no longer than a limit."""
    end = time.monotonic() + SECONDS
    while not has_come():
        assert child.poll() is None, child.communicate()
        assert time.monotonic() < end
        time.sleep(0.05)


@contextmanager
def running(
    command: list[str], folder: Path, has_begun: Callable[[], object]
) -> Iterator[subprocess.Popen[str]]:
    """A command that heeds Ctrl+C, once it has begun; it does not outlive whoever stops waiting for it."""
    with subprocess.Popen(
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    ) as child:
        try:
            wait_for(child, has_begun)
            yield child
        finally:
            child.kill()


def run_in(folder: Path) -> Run:
    """A way to run ``oqsgen`` in ``folder``, or in another one."""

    def call(
        *arguments: str | Path, cwd: Path = folder, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        words = [*map(str, arguments)]
        whole = {**os.environ, **environment}
        if hasattr(os, "fork") and not any(name.startswith(READ_AT_START) for name in environment):
            return _ready().run(words, cwd, whole)
        return subprocess.run(
            [*OQSGEN, *words],
            cwd=cwd,
            env=whole,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=SECONDS,
        )

    return call
