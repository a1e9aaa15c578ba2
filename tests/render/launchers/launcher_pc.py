"""A PC for the launchers: a bundle in a folder, one JSON file for Windows, a PowerShell to run in."""

import hashlib
import json
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from oqsgen.render.launchers import launchers
from tests.certificates import Issued
from tests.pc.columns import unwrapped
from tests.pc.keys import CTRL_C, run_at_terminal
from tests.pc.shell import PWSH, Done, file_of, json_of, run_text

from . import cmdline

HERE = Path(__file__).parent
ONLY_ON_WINDOWS = {
    "[Security.Principal.WindowsIdentity]::GetCurrent()": "$Me",
    "[Environment]::SystemDirectory": '"$env:PC/windows/System32"',
    "[Environment]::GetFolderPath('CommonApplicationData')": "($env:PC + '/programdata')",
    "[IO.Directory]::CreateDirectory($part, $sddl)": "(New-OwnFolder $part $sddl)",
    "[IO.Directory]::SetAccessControl($part, $sddl)": "(Set-OwnAccess $part $sddl)",
    "(Join-Path $PSHOME 'powershell.exe')": "($env:PC + '/windows/System32/WindowsPowerShell/v1.0/powershell.exe')",
}
"""What .NET has of Windows alone, and what stands there in its place."""
WINDOW = HERE.parents[1] / "pc/window.ps1"


def world(signer: Path) -> dict[str, Any]:
    """What ``windows.ps1`` asks of a PC on which nothing is in the way of a bundle that is signed by this certificate."""
    return {
        "signer": str(signer),
        "status": "Valid",
        "timestamp": None,
        "groups": ["S-1-1-0", "S-1-5-32-545"],
        "user": "S-1-5-21-1-2-3-1001",
        "uac": {"EnableLUA": 1},
        "drive": "Removable",
        "policy": {"Process": "AllSigned"},
        "certificates": [],
        "marks": {},
        "elevation": "granted",
        "exit": 0,
    }


def fingerprint(one: Issued) -> str:
    return hashlib.sha256(one.der).hexdigest().upper()


def thumbprint(one: Issued) -> str:
    return hashlib.sha1(one.der).hexdigest().upper()


@dataclass(frozen=True)
class Publisher:
    """A root, one CA below it, a publisher below that; and what does not belong to them."""

    root: Issued
    ca: Issued
    leaf: Issued
    self_signed: Issued
    stranger: Issued
    no_code_signing: Issued


@dataclass
class Pc:
    """A bundle on a PC. ``world`` is what Windows says there; ``run`` starts a launcher."""

    base: Path
    folder: Path
    signer: Issued
    world: dict[str, Any] = field(default_factory=dict)
    user_codes: list[int | str] = field(default_factory=list)
    unc: str = ""

    def write(self, name: str, data: bytes) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    def trust(self, *certificates: tuple[str, Issued]) -> None:
        self.world["certificates"] += [
            f"LocalMachine\\{store}\\{thumbprint(one)}" for store, one in certificates
        ]

    def copy(self, command: str) -> dict[str, str]:
        """What the launcher of the copy begins with, which a command of cmd.exe's opens; the stick is out by then."""
        found = re.search(r'cmd\.exe /d /s /c ""(.*)1_適用\.cmd" (\w*)"$', command)
        assert found, command
        return {"OQSGEN_FOLDER": found[1], "OQSGEN_RUN": found[2], "REAL": found[1]}

    def run(
        self,
        launcher: str,
        typed: str | None = None,
        answers: Sequence[str] = (),
        first: str = "",
        *,
        ctrl_c: bool = False,
    ) -> "Run":
        """The PowerShell commands of a launcher, one after the other as cmd.exe would.

        With ``typed`` in a window that has these keys in its buffer, where a person then answers
        its questions. ``first`` is done in each PowerShell before it. ``ctrl_c``: pressed while the
        user pass waits, so that all processes of the window get it.
        """
        signed = self.world["signed"]
        files = launchers(
            mode="new", signed=signed, publisher=fingerprint(self.signer) if signed else None
        )
        world, calls, codes = self.base / "world.json", self.base / "calls", self.base / "codes"
        self.world["typed"] = typed is not None
        world.write_text(json.dumps(self.world), encoding="utf-8")
        calls.write_text("")
        codes.write_text("".join(f"{code}\n" for code in self.user_codes))
        environment = {
            "OQSGEN_FOLDER": self.unc or f"{self.folder}/",
            "UNC": self.unc,
            "REAL": f"{self.folder}/",
            "WORLD": str(world),
            "CALLS": str(calls),
            "CODES": str(codes),
            "MOCKS": str(HERE / "windows.ps1"),
            "WINDOW": str(WINDOW),
            "PC": str(self.base),
            "OQSGEN_RUN": "",
            "OQSGEN_CONTINUE": "",
            "SystemRoot": str(self.base / "somebody"),
            "ProgramData": str(self.base / "somebody"),
        }
        environment |= {
            name: on_this_pc(text) for name, text in halves(files[launcher].decode("ascii"))
        }
        handed = self.base / "handed.txt"
        (self.base / "half.txt").unlink(missing_ok=True)
        (self.base / "events.txt").unlink(missing_ok=True)
        output, code = "", 0
        scripts = cmdline.scripts(files[launcher].decode("ascii"))
        todo = [*scripts]
        while todo:
            script = on_this_pc(todo.pop(0))
            text = f". $env:MOCKS; {first}\n" + script
            if ctrl_c and not todo and (handed.exists() or launcher != "1_適用.cmd"):
                done = run_until_ctrl_c(text, environment, calls)
            elif typed is None:
                done = run_text(text, environment)
            else:
                done, typed = run_in_window(text, environment, typed, answers)
            output += done.output + done.errors
            code = 1 if done.exit is None else done.exit
            if code == HANDED_OVER and not todo:
                environment |= self.copy(handed.read_text("utf-8"))
                todo = [*scripts]
            elif code:
                break
        handed.unlink(missing_ok=True)
        self.world = json.loads(world.read_text(encoding="utf-8"))
        seen = [json.loads(line) for line in calls.read_text(encoding="utf-8").splitlines()]
        half = self.base / "half.txt"
        window = half.read_text("utf-8") if half.exists() else ""
        events = self.base / "events.txt"
        said = events.read_text("utf-8").splitlines() if events.exists() else []
        return Run(code, output, seen, typed, window, [json.loads(line) for line in said])


def on_this_pc(text: str) -> str:
    """A launcher's PowerShell with the PC of the test in the place of what Windows alone has."""
    for windows, here in ONLY_ON_WINDOWS.items():
        assert text.count(windows) <= 1
        text = text.replace(windows, here)
    assert "WindowsIdentity" not in text
    return text


def halves(launcher: str) -> list[tuple[str, str]]:
    """The variables of a launcher that hold what runs with administrator rights."""
    return re.findall(r'^set "(OQSGEN_HALF_\d+)=(.*)"\r$', launcher, re.MULTILINE)


def run_until_ctrl_c(text: str, environment: Mapping[str, str], calls: Path) -> Done:
    """Runs PowerShell text as the launcher does, in a process of its own."""
    command = [PWSH, "-NoProfile", "-Command", text]
    code, output = run_at_terminal(
        command, environment, lambda: '"-Scope", "User"' in calls.read_text("utf-8"), CTRL_C
    )
    return Done(code, output, "")


def run_in_window(
    text: str, environment: Mapping[str, str], typed: str, answers: Sequence[str]
) -> tuple[Done, str]:
    """Runs PowerShell text in a window: what it did, and the keys that are left in the buffer."""
    asked = dict(environment) | {
        "TEXT": str(file_of(text)),
        "KEYS": typed,
        "ANSWERS": "\n".join(answers),
    }
    ended = json_of(
        f". '{WINDOW}'; $answers = @($env:ANSWERS -split \"`n\");"
        "$text = [IO.File]::ReadAllText($env:TEXT);"
        "$window = Invoke-InWindow $text -Typed $env:KEYS -Answers $answers;"
        "ConvertTo-Json @{ exit = $window.Exit; shown = [string] $window.Shown; typed = $window.Typed }",
        asked,
    )
    return Done(ended["exit"], ended["shown"], ""), ended["typed"]


@dataclass
class Run:
    code: int
    output: str
    calls: list[dict[str, Any]]
    typed: str | None
    """What still stands in the window's buffer: the first key of it ends the pause."""
    half: str
    """What the half with administrator rights showed in its own window."""
    events: list[dict[str, str]]
    """The events of the start: made, with who may use them, and set."""

    @property
    def passes(self) -> list[str]:
        """The passes that were started, as their options but for the run id."""
        said = []
        for call in self.calls:
            options = call["elevated"] if "elevated" in call else " ".join(call["user"][5:])
            if " -Command " in options:
                continue
            options = re.sub(" -From [0-9A-F]+", "", options).removesuffix(" -Stay")
            said.append(options[options.index("-Mode") :].split(" -Run ")[0])
            rest = options.split(" -Run ")[1].split(" ", 1)[1:]
            said[-1] = " ".join([said[-1], *rest])
        return said

    def said(self, key: str) -> bool:
        """Whether every line of this message is on the screen."""
        text = launchers(mode="new", signed=False, publisher=None)["launcher.txt"]
        lines = text.decode("utf-8-sig").split("\r\n")
        wanted = [line.split("=", 1)[1] for line in lines if line.startswith(f"{key}=")]
        assert wanted, key
        fixed = [part for line in wanted for part in line.replace("{1}", "{0}").split("{0}")]
        # A line that is wider than the window goes on in the next one.
        shown = self.output + unwrapped(self.output)
        return all(part in shown for part in fixed)


HANDED_OVER = 10
"""The code of a launcher that has opened that of the copy."""
BUNDLE = "b" * 16
WAITS = "waits"
"""In the place of a code: a pass that goes on until Ctrl+C, and then ends as ``-File`` does, with 0."""

USER_PASS = f"""#!{sys.executable}
import json, os, shutil, sys, time
BUNDLE = "{BUNDLE}"
with open(os.environ["CALLS"], "a", encoding="utf-8") as calls:
    calls.write(json.dumps({{"user": sys.argv[1:], "cwd": os.getcwd()}}) + "\\n")
world = json.load(open(os.environ["WORLD"], encoding="utf-8"))
words = [word for word in sys.argv[6:] if word != "-Stay"]
options = dict(zip(words[::2], words[1::2]))
if options["-Scope"] == "Machine":
    # As terminal.ps1 does it: a pass that is not refused has named the copy by the bundle.
    new, run = os.path.dirname(sys.argv[5]), options["-Run"]
    whole = os.path.join(os.path.dirname(new), BUNDLE)
    if world["exit"] not in (None, 1, 2, 3) and not os.path.exists(whole):
        for name in os.listdir(os.environ["REAL"]):
            path = os.path.join(os.environ["REAL"], name)
            copied = shutil.copytree if os.path.isdir(path) else shutil.copy
            if name != "terminal.ps1":
                copied(path, os.path.join(new, name))
        os.rename(new, whole)
    if world.get("result") is not False:
        text = {{"format": 1, "run": run, "bundle": {{"id": BUNDLE}}, "exit": world["exit"]}}
        left = world.get("result") or {{"file": run, "text": json.dumps(text)}}
        name = left["file"].replace("RUN", run) + ".json"
        with open(os.path.join(os.environ["PC"], "programdata/oqsgen/results", name), "w") as file:
            file.write(left["text"].replace("RUN", run))
    if "given" in world:
        world["access"] = world["given"]
        with open(os.environ["WORLD"], "w", encoding="utf-8") as file:
            json.dump(world, file)
    sys.exit((world["exit"] or 0) % 256)
if "later" in world:
    # What the elevated process answers while this pass waits for it.
    text = {{"format": 1, "run": options["-Run"], "exit": world["later"]}}
    name = options["-Run"] + ".json"
    with open(os.path.join(os.environ["PC"], "programdata/oqsgen/results", name), "w") as file:
        json.dump(text, file)
codes = open(os.environ["CODES"]).read().split()
open(os.environ["CODES"], "w").write("\\n".join(codes[1:]))
print("user pass", flush=True)
if codes and codes[0] == "{WAITS}":
    try:
        time.sleep(60)
    except KeyboardInterrupt:
        sys.exit(0)
sys.exit(int(codes[0]) % 256 if codes else 0)
"""
