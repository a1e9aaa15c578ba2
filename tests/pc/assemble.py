"""A PC made of a folder, and the shipped ``terminal.ps1`` run on it.

The script is assembled from the shipped parts; only ``*.native.ps1`` and Windows' own commands are
replaced, by ``machine.ps1`` and ``tests/subjects/*/*.fake.ps1``. What such a run shows therefore holds for everything but the
native layer, whose doubts stand in ``docs/first-pc.md``.
"""

import json
import os
import re
import shutil
import subprocess
import time
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from oqsgen.render.powershell import joined, part_files
from tests import PARTS
from tests.examples import plan_in
from tests.pc.shell import PWSH, Done, another_shell, file_of, run_file

HERE = Path(__file__).parent

needs_pwsh = pytest.mark.needs("pwsh")

UNDO = "元に戻す"
"""What a person types who undoes, at both questions, where a test says nothing else."""

ADMINISTRATORS = "S-1-5-32-544"


def account(number: int, **more: Any) -> dict[str, Any]:
    """A local account of the fake PC, with the fields that every part of the fake may need."""
    base = {
        "sid": f"S-1-5-21-1-2-3-{number}",
        "password": "Old-Secret-1",
        "profile": True,
        "enabled": True,
        "administrator": False,
        "passwordNeverExpires": False,
        "users": True,
    }
    return base | more


def new_machine(**more: Any) -> dict[str, Any]:
    """A PC as it comes: one administrator, no OqsComApp."""
    base: dict[str, Any] = {
        "computer": "OQS-01",
        "boot": "2026-11-20 07:00:00.000",
        "uwf": False,
        "windows": {"edition": "IoTEnterpriseS", "build": 26100},
        "explorer": "setup",
        "accounts": {"setup": account(1001, administrator=True)},
        "files": {},
    }
    return base | more


def ready_machine(**more: Any) -> dict[str, Any]:
    """A PC where OqsComApp exists and is signed in."""
    machine = new_machine(explorer="OqsComApp")
    machine["accounts"]["OqsComApp"] = account(
        1002, administrator=True, passwordNeverExpires=True, password="Oqs-Secret-2"
    )
    return machine | more


def plan(steps: Sequence[Mapping[str, Any]], **more: Any) -> dict[str, Any]:
    """A plan around some steps."""
    base = {
        "format": 1,
        "bundle": {
            "id": "b" * 16,
            "tool": "0",
            "manual": "3.22",
            "terminal": "OQS-01",
            "mode": "new",
            "signed": True,
            "publisher": None,
            "facility": {"code": "1319999012", "name": "東京内科 髙橋 <b>&'’"},
            "vendor": {"company": "某社", "engineer": "担当 <i>", "phone": "03-0000-0000"},
        },
        "account": "OqsComApp",
        "staff": ["uketsuke1"],
        "windows": {"editions": ["IoTEnterpriseS"], "minimumBuild": 26100, "maximumBuild": 26999},
        "siblings": {},
        "steps": [step(**s) for s in steps],
    }
    return base | more


def step(**fields: Any) -> dict[str, Any]:
    """A step as the plan has it."""
    base: dict[str, Any] = {
        "kind": "manual",
        "scope": "user",
        "who": "oqscomapp",
        "how": "apply",
        "area": "試験",
        "title": f"項目 {fields.get('id')}",
        "what": "説明",
        "check": "",
        "values": [],
        "requirements": [],
        "source": [],
        "target": None,
        "wanted": None,
        "secrets": [],
        "restart": False,
        "open": None,
    }
    return base | fields


@cache
def all_parts() -> str:
    """The machine, every stand-in, and every shipped part but the native ones."""
    fakes = sorted((HERE.parent / "subjects").glob("*/*.fake.ps1"))
    shipped = [path for path in part_files() if not path.name.endswith(".native.ps1")]
    return joined([HERE / "machine.ps1", HERE / "person.ps1", *fakes, *shipped])


def script(
    bundle_plan: Mapping[str, Any] | str, *, more_kinds: str = "", whole: bool = False
) -> str:
    """The text of ``terminal.ps1`` for a plan, with the stand-ins in the place of the native layer.

    ``whole``: with all parts in it, as the compiler makes it. Otherwise it loads them from one file
    that all scripts share: PowerShell reads and compiles them once instead of for each plan and PC.
    """
    source = (PARTS / "runtime" / "terminal.ps1.j2").read_text("utf-8")
    parts = all_parts() + more_kinds
    if not whole:
        parts = f". '{file_of(parts)}'\n"
    text = bundle_plan if isinstance(bundle_plan, str) else json.dumps(bundle_plan, indent=1)
    return source.replace("{{ parts }}", parts).replace("{{ plan }}", text)


@dataclass
class Outcome:
    """What one pass did: its exit code (99: killed) and what it showed."""

    exit: int | None
    console: str
    errors: str
    chances: int

    @property
    def killed(self) -> bool:
        """Whether the pass was ended by the ``crash`` that was asked for."""
        return self.exit == 99 or self.exit is None


@dataclass
class Beside:
    """An elevated pass beside the others, in a PowerShell of its own."""

    alive: Path
    thread: Thread = field(default_factory=Thread)
    done: Done | None = None

    def join(self) -> Done:
        """Its end; what went wrong in it goes wrong here."""
        self.thread.join(PATIENCE)
        assert self.done and not self.done.errors, self.done
        return self.done


REFUSED = (1, 2, 3)
"""Codes of a pass that was refused: its window stays until somebody has read why."""
PATIENCE = 300.0
"""Seconds after which an end is not expected any more."""


@dataclass
class Pc:
    """A fake PC in ``folder``; bundles stand in folders below ``stick``, with ``whole`` scripts or not.

    ``beside``: the elevated passes that were started, whether they still run or not.
    """

    folder: Path
    more_kinds: str = ""
    whole: bool = False
    beside: list[Beside] = field(default_factory=list)

    @property
    def machine(self) -> dict[str, Any]:
        """What the PC is like."""
        data: dict[str, Any] = json.loads((self.folder / "machine.json").read_text("utf-8"))
        return data

    @machine.setter
    def machine(self, value: Mapping[str, Any]) -> None:
        # At once: a pass that looks by itself may be reading it.
        new = self.folder / "machine.new"
        new.write_text(json.dumps(value, ensure_ascii=False), "utf-8")
        new.replace(self.folder / "machine.json")

    def bundle(self, bundle_plan: Mapping[str, Any], name: str = "bundle") -> Path:
        """Puts a bundle on the stick: its script alone, siblings are the caller's."""
        folder = self.folder / "stick" / name
        folder.mkdir(parents=True, exist_ok=True)
        text = script(bundle_plan, more_kinds=self.more_kinds, whole=self.whole)
        path = self.script(name)
        path.write_text(text.replace("\r\n", "\n").replace("\n", "\r\n"), "utf-8-sig", newline="")
        return path

    def built(self, files: Mapping[str, bytes], name: str = "bundle") -> Path:
        """Puts a bundle on the stick as the compiler made it, but for the fake in its script."""
        for path, content in files.items():
            target = self.script(name).parent / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        return self.bundle(plan_in(files["terminal.ps1"]), name)

    def run(
        self,
        terminal: Path,
        mode: str,
        scope: str,
        *,
        run: str = "run-1",
        options: Sequence[str] = (),
        source: Path | None = None,
        process: bool = False,
        **session: Any,
    ) -> Outcome:
        """One pass. ``session``: as, elevated, answers, crash, bits32, undo; beside: that of the elevated pass
        that it asks for. ``source``: -From.

        With ``process`` it has a process of its own, which a ``crash`` really ends (exit 99);
        otherwise it shares one with other passes, and after a crash nothing happens any more.
        """
        session = {"undo": [UNDO, UNDO]} | session
        self.write_session(scope, kill="exit" if process else "freeze", **session)
        (self.folder / "chances.txt").write_text("")
        (self.folder / "dead.txt").unlink(missing_ok=True)
        if not process:
            arguments: dict[str, Any] = {"Mode": mode, "Scope": scope, "Run": run}
            arguments |= {option.removeprefix("-"): True for option in options}
            if source:
                arguments["From"] = f"{source}/".encode("utf-16-be").hex().upper()
            with self.serving(session):
                done = run_file(terminal, arguments, {"OQSGEN_FAKE": str(self.folder)})
            # Whatever was done with the error: a process that was killed ends with no code of its own.
            code = None if (self.folder / "dead.txt").exists() else done.exit
            if code is None:
                # What it held is held no longer.
                (self.folder / f"event-{run}-held").unlink(missing_ok=True)
            if scope == "User" and not session.get("person"):
                self.rest()
            console = self.take_console() + done.output
            return Outcome(code, console, done.errors, self._chances())
        command = [
            PWSH, "-NoProfile", "-NonInteractive", "-File", str(terminal),
            "-Mode", mode, "-Scope", scope, "-Run", run, *options,
        ]  # fmt: skip
        ended = subprocess.run(
            command,
            capture_output=True,
            encoding="utf-8",
            env=os.environ | {"OQSGEN_FAKE": str(self.folder)},
        )
        console = self.take_console() + ended.stdout
        return Outcome(ended.returncode, console, ended.stderr, self._chances())

    def half(self, terminal: Path, run: str) -> Path:
        """The script where the half of ``1_適用.cmd`` with administrator rights puts it."""
        new = self.folder / "ProgramData/oqsgen/bundle" / f"{run}.new"
        new.mkdir(parents=True)
        shutil.copy(terminal, new)
        return new

    def launch(self, terminal: Path, *, run: str = "run-1", **session: Any) -> Beside:
        """The first start of ``1_適用.cmd``, up to the first answer of its elevated process."""
        new = self.half(terminal, run)
        return self.stay(new / terminal.name, run, source=terminal.parent, **session)

    def stay(self, terminal: Path, run: str, **session: Any) -> Beside:
        """An elevated pass up to its first answer. Its launcher holds the events of its start."""
        (self.folder / f"event-{run}-held").touch()
        beside = self.begin(
            terminal, run, process=len(run) + time.monotonic_ns() % 10**6, **session
        )
        until = time.monotonic() + PATIENCE
        while beside.thread.is_alive() and time.monotonic() < until:
            answer = self.answered(run)
            if answer and answer["exit"] not in REFUSED:
                break
            time.sleep(0.01)
        return beside

    def start(self, terminal: Path, *, run: str = "run-1", **session: Any) -> Outcome:
        """The machine pass of ``1_適用.cmd``: its half with administrator rights copies the script first."""
        new = self.half(terminal, run)
        done = self.run(
            new / terminal.name, "Apply", "Machine", run=run, source=terminal.parent, **session
        )
        if not done.killed:
            shutil.rmtree(new, ignore_errors=True)
        return done

    @contextmanager
    def serving(self, session: Mapping[str, Any]) -> Iterator[None]:
        """Starts the elevated passes that others ask for."""
        over = Event()

        def serve() -> None:
            while not over.wait(0.01):
                self.serve(session)

        thread = Thread(target=serve)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()

    def serve(self, session: Mapping[str, Any]) -> None:
        """Starts the elevated pass that another one has asked for."""
        path = self.folder / "elevate.json"
        if path.exists():
            asked = json.loads(path.read_text("utf-8"))
            left = {"crash", "fail", "failing", "answers", "beside"}
            more = {name: value for name, value in session.items() if name not in left}
            more |= session.get("beside", {})
            self.begin(Path(asked["script"]), asked["run"], process=asked["id"], **more)
            path.unlink()

    def begin(
        self,
        terminal: Path,
        run: str,
        *,
        process: int,
        source: Path | None = None,
        **session: Any,
    ) -> Beside:
        """An elevated pass that stays until its start ends. ``session`` as for ``run``."""
        file = f"session-{process}.json"
        self.write_session("Machine", file, **session | {"process": process, "kill": "freeze"})
        arguments: dict[str, Any] = {"Mode": "Apply", "Scope": "Machine", "Run": run, "Stay": True}
        if source:
            arguments["From"] = f"{source}/".encode("utf-16-be").hex().upper()
        environment = {"OQSGEN_FAKE": str(self.folder), "OQSGEN_FAKE_SESSION": file}
        job = {"script": str(terminal), "arguments": arguments, "environment": environment}
        beside = Beside(self.folder / f"process-{process}")
        beside.alive.touch()

        def work() -> None:
            with another_shell() as shell:
                beside.done = shell.ask(job)
            (self.folder / file).unlink()
            beside.alive.unlink(missing_ok=True)

        beside.thread = Thread(target=work, daemon=True)
        beside.thread.start()
        self.beside.append(beside)
        return beside

    def answered(self, run: str) -> dict[str, Any] | None:
        """What the elevated process of a start has answered last."""
        path = self.folder / f"ProgramData/oqsgen/results/{run}.json"
        try:
            found: dict[str, Any] = json.loads(path.read_text("utf-8"))
        except (FileNotFoundError, ValueError):
            return None
        return found

    def rest(self) -> None:
        """Waits for the end of what still runs beside."""
        while self.beside:
            self.beside.pop().join()

    def copy(self, folder: Path) -> "Pc":
        """The same PC once more, with its bundles, in another folder."""
        shutil.copytree(self.folder, folder)
        source = folder / "ProgramData/oqsgen/results/source.json"
        if source.exists():
            # Where the stick is.
            text = source.read_text("utf-8")
            source.write_text(text.replace(str(self.folder), str(folder)), "utf-8")
        other = replace(self, folder=folder, beside=[])
        other._lead_shortcuts(str(self.folder))
        return other

    def _lead_shortcuts(self, before: str) -> None:
        """What leads into the folder of a PC that was copied leads into this one's."""
        machine = self.machine
        old, new = (text.encode("utf-16-le") for text in (f"{before}/", f"{self.folder}/"))
        files = machine.get("files", {})
        for path in [path for path in files if path.endswith((".lnk", ".lnk.new"))]:
            note = b64decode(files[path]["base64"]).replace(old, new)
            files[path] = {"base64": b64encode(note).decode()}
            self.machine = machine

    def script(self, name: str = "bundle") -> Path:
        """The script of a bundle that stands on the stick."""
        return self.folder / "stick" / name / "terminal.ps1"

    def _chances(self) -> int:
        return len((self.folder / "chances.txt").read_text())

    def write_session(self, scope: str, file: str = "session.json", /, **session: Any) -> None:
        """Says how the next process runs: by default as the person signed in."""
        values = {"as": self.machine["explorer"], "elevated": scope == "Machine"} | session
        (self.folder / file).write_text(json.dumps(values, ensure_ascii=False), "utf-8")

    def take_console(self) -> str:
        """What was shown since the last call."""
        path = self.folder / "console.txt"
        text = path.read_text("utf-8") if path.exists() else ""
        path.unlink(missing_ok=True)
        return text

    def events(self) -> list[dict[str, Any]]:
        """What stands in the event log, from the first on."""
        path = self.folder / "events.txt"
        lines = path.read_text("utf-8").splitlines() if path.exists() else []
        return [json.loads(line) for line in lines]

    def results(self) -> list[dict[str, Any]]:
        """Every ``result.json`` of every profile, in order of their folders' names."""
        paths = sorted(self.folder.glob("Users/*/AppData/Local/oqsgen/results/*/result.json"))
        return [json.loads(path.read_text("utf-8")) for path in paths]

    def result(self) -> dict[str, Any]:
        """The newest ``result.json``."""
        paths = list(self.folder.glob("Users/*/AppData/Local/oqsgen/results/*/result.json"))
        newest = max(paths, key=lambda path: path.stat().st_mtime_ns)
        data: dict[str, Any] = json.loads(newest.read_text("utf-8"))
        return data


def pc(
    folder: Path, machine: Mapping[str, Any], *, more_kinds: str = "", whole: bool = False
) -> Pc:
    """A fake PC."""
    folder.mkdir(parents=True, exist_ok=True)
    made = Pc(folder, more_kinds, whole)
    made.machine = machine
    return made


def run(
    bundle_plan: Mapping[str, Any],
    machine: Mapping[str, Any],
    mode: str,
    scope: str,
    folder: Path,
    **session: Any,
) -> tuple[Outcome, Pc]:
    """One pass of a plan on a PC that did not exist before."""
    made = pc(folder, machine)
    return made.run(made.bundle(bundle_plan), mode, scope, **session), made


def opened(folder: Path) -> list[str]:
    """The pages, folders and programs that were opened on a PC, but for the page of its results."""
    path = folder / "opened.txt"
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    return [line for line in lines if not re.search(r"_\d{4}-\d\d-\d\d\.html$", line)]
