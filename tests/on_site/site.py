"""A clinic's PC with a bundle on a stick: its launchers run as they ship, and every question waits for an answer.

Of Windows there is only what ``tests/pc`` and ``tests/render/launchers/windows.ps1`` have in its place.
"""

import json
import os
import re
import time
from collections.abc import Mapping, Set
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from threading import Thread
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding

from oqsgen.clinic import TerminalProfile
from oqsgen.seal.signer import Signer
from tests.examples import bundle_of, plan_in
from tests.pc.assemble import HERE, Outcome, Pc, pc
from tests.pc.installed import ACCOUNT, with_rows
from tests.pc.shell import Done, Shell, file_of
from tests.render.launchers import cmdline
from tests.render.launchers.launcher_pc import HANDED_OVER, ONLY_ON_WINDOWS, WINDOW, halves, world
from tests.runtime.test_examples_run import ENTRY, machine_for, signed_in, start_of_windows

TODAY = "20261121"
PATIENCE = 600.0
"""Seconds after which neither a question nor an end is expected any more."""
STICK = "function Test-AnotherDrive { param([string] $Path) return $true }\n"
"""The stick is a drive of its own, which the paths of this machine cannot show."""
INSTALLERS = ("OQSFaceApp/OqsInstall.exe", "OQSComApp/OqsInstall.exe", "OQSDistroApp.msi")
"""What the vendor has put beside the bundle."""
CONSOLE = HERE.parents[1] / "templates" / "ps1" / "common" / "console.native.ps1"
"""What asks on a real PC, and throws away what was typed before."""
START_OF_WINDOWS = "2026-11-21 07:01"
"""When a task of Windows' start has run, as ``start_of_windows`` has it."""
IN_THE_NIGHT = 36_000
"""Seconds before a later visit at which the PC was restarted."""
STAYS = 259
"""In the place of a code: a pass that has answered, and stays until its start ends (STILL_ACTIVE)."""
EMPTIED = "\f\n"
"""Here the window was emptied, or another one came to the front (tests/subjects/common/console.fake.ps1)."""
GONE = -196608
"""The code of powershell.exe for a file that is not there."""
PASS = re.compile(
    r"-File \"?(.*?)\"? -Mode (\w+) -Scope (\w+) -Run (\w+)(?: -From ([0-9A-F]+))?(.*)"
)
ON_THIS_PC = ONLY_ON_WINDOWS | {
    "[Environment]::GetFolderPath('CommonApplicationData')": "($env:PC + '/ProgramData')",
    "(Join-Path $PSHOME 'powershell.exe')": "Start-OwnPass",
}
"""What .NET has of Windows alone, and what stands there in its place on a whole PC, whose passes run."""


@dataclass(frozen=True)
class Asked:
    """A question on the screen, with the text since the last one. ``way``: line, secret, dialog, uac; watch: the PC looks
    meanwhile by itself, and asks again as long as it has seen nothing; keys: it hands over values meanwhile.
    """

    number: str
    prompt: str
    way: str
    text: str


@dataclass(frozen=True)
class Ended:
    """A window that only waits for a key to close, and what was said since the last question."""

    text: str
    code: int


class RefusedError(Exception):
    """An answer where nothing was asked, or something that cannot be done."""


@dataclass
class Work:
    """Something that runs until it has a result or an error."""

    thread: Thread
    found: list[Any] = field(default_factory=list)

    @property
    def ended(self) -> bool:
        return not self.thread.is_alive()


def at_work(work: Any) -> Work:
    """Runs a function beside this one."""
    made = Work(Thread())

    def run() -> None:
        try:
            made.found.append(work())
        except BaseException as error:
            made.found.append(error)

    made.thread = Thread(target=run, daemon=True)
    made.thread.start()
    return made


class Window:
    """One launcher that was opened: ``next`` until it ends, an ``answer`` to each question."""

    def __init__(self, site: "Site", launcher: str, by_itself: str = "") -> None:
        self._site = site
        self._text = ""
        self._asked: Asked | None = None
        self._starter = ""
        self._pass: Work | None = None
        self._launcher = at_work(lambda: site.run_launcher(launcher, by_itself))
        self.ended: Ended | None = None

    def next(self) -> Asked | Ended:
        """The next question, or the end."""
        if self._asked or self.ended:
            raise RefusedError("nothing has changed since")
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if self._pass and self._pass.ended:
                self._end_pass()
            if asked := self._site.take_question():
                if asked["way"] == "pass":
                    self._start_pass(asked)
                    continue
                self._text += self._site.computer.take_console()
                self._asked = Asked(**asked, text=self._take_text())
                return self._asked
            if self._launcher.ended and not self._site.at_work():
                return self._end()
            time.sleep(0.005)
        raise TimeoutError("neither a question nor an end")

    def answer(self, typed: str) -> None:
        """What the person types, or はい or いいえ in a window of Windows."""
        self._site.reply(self._take_asked(), {"typed": typed, "cut": False})

    def wait(self) -> None:
        """No key is pressed until the PC looks by itself."""
        if self._asked is None or self._asked.way != "watch":
            raise RefusedError("the PC does not look by itself")
        self._site.reply(self._take_asked(), {"typed": None, "cut": False})

    def do(self, what: str) -> None:
        """What somebody does in another program while a question stands: paste, next (F8), back (Shift+F8). It still stands then."""
        if self._asked is None or self._asked.way not in ("watch", "keys"):
            raise RefusedError("nothing is handed over")
        stands = self._asked
        self._site.reply(self._take_asked(), {"typed": None, "cut": False, "does": what})
        asked = self.next()
        if not isinstance(asked, Asked) or asked.prompt != stands.prompt:
            raise RefusedError(f"{what} has answered a question")

    def cut(self) -> None:
        """The power goes while a question is open."""
        gone = self._site.computer.folder / "cut.txt"
        gone.touch()
        self._site.reply(self._take_asked(), {"typed": "", "cut": True})
        until = time.monotonic() + PATIENCE
        while (not self._launcher.ended or self._site.at_work()) and time.monotonic() < until:
            if self._pass and self._pass.ended:
                self._pass = None
                self._site.reply(self._starter, {"typed": "", "cut": True})
            time.sleep(0.005)
        gone.unlink()
        self._site.computer.take_console()
        self.ended = Ended("", 1)

    def leave(self) -> None:
        """Whatever is open is broken off, so that nothing waits for anybody."""
        if not self.ended and self._asked:
            self.cut()

    def _take_asked(self) -> str:
        if self._asked is None:
            raise RefusedError("nothing is asked")
        number, self._asked = self._asked.number, None
        return number

    def _take_text(self) -> str:
        text, self._text = self._text, ""
        # What stands in the window: the rest would have to be scrolled back to.
        return text.rpartition(EMPTIED)[2]

    def _start_pass(self, asked: Mapping[str, str]) -> None:
        self._starter = asked["number"]
        self._text += self._site.computer.take_console()
        self._pass = at_work(lambda: self._site.run_pass(asked["prompt"]))

    def _end_pass(self) -> None:
        assert self._pass
        (outcome,) = self._pass.found
        self._pass = None
        if isinstance(outcome, BaseException):
            raise outcome
        assert not outcome.errors, outcome.errors
        self._text += outcome.console
        # Windows ends what is open on the way.
        self._site.reply(self._starter, {"typed": str(outcome.exit), "cut": self._site.leaving})

    def _end(self) -> Ended:
        (done,) = self._launcher.found
        if isinstance(done, BaseException):
            raise done
        said = self._site.computer.take_console()
        if not self._site.leaving:
            assert not done.errors, done.errors
            self._text += said
        self.ended = Ended(self._take_text(), 1 if done.exit is None else done.exit)
        return self.ended


@dataclass
class Site:
    """The PC, the stick, and what happened on them."""

    computer: Pc
    files: Mapping[str, bytes]
    plan: dict[str, Any]
    """For the PC and for whoever compares afterwards; never for the engineer."""
    arrived: datetime = datetime(2026, 11, 21, 12, 30)
    up_since: datetime = datetime(2026, 11, 21, 7, 0)
    seconds: float = 0
    """The PC's clock, from the arrival on."""

    def open(self, launcher: str) -> Window:
        """A double-click. Nothing is there while the stick is out."""
        if launcher not in self.files or not self.computer.script().exists():
            raise RefusedError(f"not there: {launcher}")
        return Window(self, launcher)

    def has_icon(self, name: str) -> bool:
        """Whether the desktop of whoever is signed in shows it."""
        machine = self.computer.machine
        path = rf"C:\Users\{machine['explorer']}\Desktop\{name}.lnk"
        return path in machine["files"]

    def on_windows(self, text: str) -> str:
        """``text`` as that PC shows it, whose folders have shorter names than those that stand for them here."""
        folder = str(self.computer.folder)
        return text.replace(f"{folder}/stick", "F:").replace(folder, "C:")

    def open_icon(self, name: str) -> Window:
        """A double-click on an icon, which leads to the copy."""
        if not self.has_icon(name):
            raise RefusedError(f"not there: {name}")
        return Window(self, "1_適用.cmd", "icon")

    def open_entry(self, name: str) -> Window:
        """A double-click in the copy's folder, to which an entry of the Start menu of all accounts leads."""
        if ENTRY not in self.computer.machine["files"]:
            raise RefusedError(f"not there: {name}")
        return Window(self, name, "entry")

    @property
    def clipboard(self) -> str:
        """What would be pasted."""
        path = self.computer.folder / "clipboard.txt"
        return path.read_text("utf-8") if path.exists() else ""

    @property
    def opened(self) -> list[str]:
        """The pages that the PC has opened by itself."""
        path = self.computer.folder / "opened.txt"
        return path.read_text("utf-8").splitlines() if path.exists() else []

    @property
    def handed(self) -> dict[str, Any]:
        """What is handed over now: keys (whether F8 is heard), left (how many values there still are); empty: nothing."""
        path = self.computer.folder / "handing.json"
        state: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.exists() else {}
        return state

    def launchers(self) -> list[str]:
        """What stands in the folder to be double-clicked."""
        return sorted(name for name in self.files if name.endswith(".cmd"))

    def bring(
        self, rows: set[str], only: Mapping[str, str] | None = None, person: str = ACCOUNT
    ) -> None:
        """Somebody's hands: rows of ``installed.json``, in that person's profile. ``only``: parts of the PC, by a pattern of
        their name → of theirs the entries whose name matches."""
        machine = self.computer.machine
        after = with_rows(machine, rows, person)
        if only is not None:
            after = {name: _some(machine.get(name), after[name], name, only) for name in after}
        made = dict.fromkeys(after["files"].keys() - machine["files"].keys(), self._mark)
        self.computer.machine = after | {"created": after.get("created", {}) | made}

    def add(self, parts: Mapping[str, Any]) -> None:
        """Parts of the PC (``machine.json``) that come to what is there."""
        self.computer.machine = _with(self.computer.machine, parts)

    def another(self, instead: Mapping[str, str]) -> None:
        """A person's file of each name once more, with another name and that name in it."""
        machine = self.computer.machine
        files = machine["personFiles"]
        for was, now in instead.items():
            for path in [path for path in files if was in path]:
                files[path.replace(was, now)] = json.loads(
                    json.dumps(files[path]).replace(was, now)
                )
        self.computer.machine = machine

    def change(self, files: Mapping[str, str]) -> None:
        """Files of the PC that get another text."""
        machine = self.computer.machine
        machine["files"] |= files
        self.computer.machine = machine

    @property
    def leaving(self) -> bool:
        """Whether Windows has taken it that it is to restart, or that somebody signs out."""
        return (self.computer.folder / "left.txt").exists()

    def leave(self) -> str:
        """Windows restarts, or somebody is signed out: which of both, where one was asked for."""
        if not self.leaving:
            return ""
        path = self.computer.folder / "left.txt"
        how = path.read_text("utf-8")
        path.unlink()
        if how == "restart":
            self.restart()
        return how

    def restart(self) -> None:
        """Windows starts again; nobody is signed in yet, and its tasks have run."""
        machine = self.computer.machine
        start_of_windows(machine)
        for task in machine["tasks"].values():
            if task.get("at") == START_OF_WINDOWS:
                task["at"] = f"{self._time:%Y-%m-%d %H:%M}"
        self.up_since = self._time
        boots = int(machine.get("boots", 0)) + 1
        self.computer.machine = machine | {"boots": boots, "boot": self._mark, "uptime": 0}

    def pass_time(self, seconds: float) -> None:
        """So long after the arrival it is now."""
        if seconds == self.seconds:
            return
        self.seconds = seconds
        machine = self.computer.machine
        up = (self._time - self.up_since).total_seconds() // 60
        now = {"now": f"{self._time:%Y-%m-%d %H:%M}", "uptime": int(up)}
        self.computer.machine = machine | now

    def come_back(self, days: int) -> None:
        """Another visit, so many days later; the PC was restarted in the night before."""
        self.arrived += timedelta(days=days)
        self.seconds = -IN_THE_NIGHT
        self.restart()
        self.pass_time(0)

    @property
    def _time(self) -> datetime:
        return self.arrived + timedelta(seconds=self.seconds)

    @property
    def _mark(self) -> str:
        """The time, UTC, as Windows gives it of its start and of files."""
        return f"{self._time - timedelta(hours=9):%Y-%m-%d %H:%M:%S}.000"

    def sign_in(self, name: str) -> "Window | None":
        """What Windows opens by itself then. Raises RefusedError where there is no such account."""
        if not self.has(name):
            raise RefusedError(f"no account {name}")
        for command in signed_in(self.computer, name):
            launcher, argument = launcher_in(command)
            if not launcher.exists():
                continue
            window = Window(self, launcher.name, argument)
            if argument != "morning":
                return window
            # It is small, asks nothing, and is gone before anybody looks.
            if not isinstance(window.next(), Ended):
                raise RefusedError("it asks somebody who did not open it")
        return None

    def has(self, name: str) -> bool:
        """Whether the sign-in screen offers this account."""
        return name in self.computer.machine["accounts"]

    def has_profile(self, name: str) -> bool:
        """Whether somebody has signed in with this account before. Raises RefusedError where there is none."""
        if not self.has(name):
            raise RefusedError(f"no account {name}")
        return bool(self.computer.machine["accounts"][name].get("profile"))

    def replace_bundle(self, files: Mapping[str, bytes]) -> None:
        """Another bundle in the place of the one on the stick."""
        self.files = files
        self.plan = plan_in(files["terminal.ps1"])
        self.computer.built(files)

    @property
    def stick_in(self) -> bool:
        """Whether the stick is where it was."""
        return not (self.computer.folder / "pocket").exists()

    def type_ahead(self, typed: str, held: str) -> None:
        """Keys before the next question: ``typed``, and ``held`` one after another where somebody empties the keyboard's buffer."""
        ahead = {"typed": typed, "held": held, "window": str(WINDOW), "console": str(CONSOLE)}
        (self.computer.folder / "ahead.json").write_text(json.dumps(ahead), "utf-8")

    def answered_early(self) -> int:
        """How many questions were answered by keys that were typed before they were asked."""
        path = self.computer.folder / "early.txt"
        return len(path.read_text("utf-8").splitlines()) if path.exists() else 0

    def pull_stick(self) -> None:
        """Out it goes, whatever runs, where it is in."""
        if not self.stick_in:
            return
        (self.computer.folder / "stick").rename(self.computer.folder / "pocket")

    def plug_stick(self) -> None:
        """In again, with the results that were written in between."""
        stick = self.computer.folder / "stick"
        if stick.exists():
            stick.rename(self.computer.folder / f"left-{time.monotonic_ns()}")
        (self.computer.folder / "pocket").rename(stick)

    def run_launcher(self, launcher: str, by_itself: str = "") -> Done:
        """The PowerShell of a launcher, one command after the other as cmd.exe would.

        ``by_itself``: what Windows says to that of the copy.
        """
        folder = self.computer.folder
        bundle, files = self.computer.script().parent, self.files
        if by_itself:
            # It may be of another bundle than what is on the stick.
            bundle = copy_of(self.computer)
            files = {launcher: (bundle / launcher).read_bytes()}
        own = Path(__file__).parent / "launcher.ps1"
        shipped = files[launcher].decode("ascii")
        environment = {name: _on_this_pc(text) for name, text in halves(shipped)} | {
            "OQSGEN_FOLDER": f"{bundle}/",
            "OQSGEN_CONTINUE": {"continue": "1", "morning": "2"}.get(by_itself, ""),
            "OQSGEN_FAKE": str(folder),
            "WORLD": str(folder / "launcher.json"),
            "CALLS": str(folder / "calls.txt"),
            "MOCKS": str(HERE.parent / "render" / "launchers" / "windows.ps1"),
            "PERSON": str(HERE / "person.ps1"),
            "WINDOW": str(WINDOW),
            "OWN": str(own),
            "PC": str(folder),
            "CUT": "",
            "UNC": "",
            "OQSGEN_RUN": "",
            "SystemRoot": str(folder / "windows"),
            "ProgramData": str(folder / "ProgramData"),
        }
        handed = folder / "handed.txt"
        done = _run_commands(own, shipped, environment)
        if done.exit == HANDED_OVER:
            # The copy's launcher, in a window of its own; that of the stick is closed.
            match = re.search(r'""(.*)1_適用\.cmd" (\w*)"$', handed.read_text("utf-8"))
            assert match, handed.read_text("utf-8")
            handed.unlink()
            environment |= {"OQSGEN_FOLDER": match[1], "OQSGEN_RUN": match[2]}
            with (folder / "console.txt").open("a", encoding="utf-8") as console:
                console.write(EMPTIED)
            done = _run_commands(own, shipped, environment)
        for held in folder.glob("event-*-held"):
            held.unlink()
        return done

    def run_pass(self, command: str) -> Outcome:
        """What a launcher starts."""
        match = PASS.search(command)
        assert match, command
        file, mode, scope, run, brought, options = match.groups()
        script = Path(file)
        if not script.exists():
            return Outcome(GONE, "", "", 0)
        source = Path(bytes.fromhex(brought).decode("utf-16-be")) if brought else None
        if "-Stay" in options:
            beside = self.computer.stay(script, run, source=source, person=True)
            code = beside.done.exit if beside.done else STAYS
            return Outcome(code, "", beside.done.errors if beside.done else "", 0)
        return self.computer.run(
            script,
            mode,
            scope,
            run=run,
            options=options.split(),
            source=source,
            person=True,
        )

    def at_work(self) -> bool:
        """Whether an elevated process has still to end. What went wrong in one goes wrong here, but that the power ended it."""
        besides = self.computer.beside
        cut = (self.computer.folder / "cut.txt").exists()
        for beside in [one for one in besides if not one.thread.is_alive()]:
            besides.remove(beside)
            errors = beside.done.errors if beside.done else ""
            assert not errors or (cut and "killed" in errors), beside.done
        return bool(besides)

    def take_question(self) -> dict[str, str] | None:
        """What is asked, once."""
        path = self.computer.folder / "asked.json"
        if not path.exists():
            return None
        asked: dict[str, str] = json.loads(path.read_text("utf-8"))
        path.unlink()
        return asked

    def reply(self, number: str, answer: Mapping[str, Any]) -> None:
        """An answer to the question of this number."""
        path = self.computer.folder / f"answered-{number}.json"
        path.with_suffix(".new").write_text(json.dumps(answer, ensure_ascii=False), "utf-8")
        os.replace(path.with_suffix(".new"), path)


def _run_commands(own: Path, launcher: str, environment: Mapping[str, str]) -> Done:
    """One command of a launcher after the other, up to the first that fails."""
    done = Done(0, "", "")
    for text in cmdline.scripts(launcher):
        script = file_of(f". '{own}'\n" + _on_this_pc(text))
        job = {"script": str(script), "arguments": {}, "environment": environment}
        done = _launcher_shell().ask(job)
        if done.exit or done.errors:
            break
    return done


def copy_of(computer: Pc) -> Path:
    """The folder of the copy."""
    (folder,) = (p.parent for p in computer.folder.glob("ProgramData/oqsgen/bundle/*/launcher.txt"))
    return folder


def launcher_in(command: str) -> tuple[Path, str]:
    """What a command line of Windows opens, and what it says to it."""
    cmd = re.escape(r"C:\Windows\System32\cmd.exe")
    match = re.fullmatch(rf'{cmd} /d /c start "" (?:/min )?{cmd} /d /s /c ""(.*)" (\w+)"', command)
    assert match, command
    return Path(match[1]), match[2]


@cache
def _launcher_shell() -> Shell:
    """The one that launchers run in, while their passes run in another."""
    return Shell()


def _with(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """Both; inside of what both have, too."""
    inside = {name: _with(old[name], new[name]) for name in new if isinstance(old.get(name), dict)}
    return {**old, **new, **inside}


def _on_this_pc(text: str) -> str:
    for windows, here in ON_THIS_PC.items():
        text = text.replace(windows, here)
    return text


def _some(old: Any, new: Any, name: str, only: Mapping[str, str]) -> Any:
    """What a part of the PC is when just these of its entries are brought."""
    pattern = next((only[part] for part in only if re.match(part, name)), None)
    if isinstance(new, list) and pattern is not None:
        return [entry for entry in new if entry in (old or ()) or re.search(pattern, str(entry))]
    if pattern is None or not isinstance(new, dict):
        return old if pattern is None else new
    return {k: v for k, v in new.items() if k in (old or {}) or re.search(pattern, k)}


def site_of(
    profile: TerminalProfile,
    signer: Signer,
    folder: Path,
    *,
    steps: Set[str] | None = None,
) -> Site:
    """A PC as it comes, beside it the bundle of a terminal on a stick, or just these steps of it."""
    files = dict(bundle_of(profile, signer).files)
    computer = pc(folder, {}, more_kinds=STICK)
    computer.built(files)
    plan = plan_in(files["terminal.ps1"])
    if steps is not None:
        plan["steps"] = [step for step in plan["steps"] if step["id"] in steps]
        computer.bundle(plan)
    machine = deepcopy(machine_for(plan))
    for name in plan["staff"]:
        # Made before the visit, and never used; a new profile is as OqsComApp's is.
        machine["accounts"][name]["profile"] = plan["bundle"]["mode"] != "new"
        machine["languages"][name] = deepcopy(machine["languages"][ACCOUNT])
        own, theirs = (rf"HKU\{one}" "\\" for one in (ACCOUNT, name))
        copied = {key: deepcopy(v) for key, v in machine["registry"].items() if key.startswith(own)}
        machine["registry"] |= {key.replace(own, theirs): v for key, v in copied.items()}
    for path in INSTALLERS:
        beside = computer.script().parents[1] / path
        beside.parent.mkdir(exist_ok=True)
        beside.write_text(path)
        machine.setdefault("installers", {})[str(beside)] = {"text": path, "signature": "Valid"}
    computer.machine = machine
    (folder / "signer.cer").write_bytes(signer.certificate.public_bytes(Encoding.DER))
    windows = {**world(folder / "signer.cer"), "typed": False, "now": TODAY}
    (folder / "launcher.json").write_text(json.dumps(windows), "utf-8")
    (folder / "calls.txt").write_text("")
    return Site(computer, files, plan)
