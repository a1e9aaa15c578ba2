"""What is read of the 配信アプリケーション and of what its installer brings."""

from typing import Literal

from oqsgen.plan.kind import Action, kind

DESKTOP_ICON = kind("desktop-icon", "user", target="name brought", wanted="present", changes=False)
"""An icon on the desktop that an installer makes; unknown until ``brought``, a file of it, is there."""


RECORD = r"C:\ProgramData\OQS\OQSDistroApp\config\OQSDistroApp.ini"


"""配信実績管理ファイル (distro-check P.9)."""


DISTRIBUTION_RECORD = kind(
    "distribution-record",
    "machine user",
    target="path part",
    wanted="states code ownComputer server empty",
    changes=False,
)
"""What the 配信アプリケーション has written about itself; read only, its keys are undocumented."""


SETTLED = ("clean", "probably-clean")


"""Nothing is left to update, or the next regular run is waited for (ntt-west, almex ⑪)."""


def record_settled(*, stopped: bool) -> Action:
    """Nothing is going on that asks for somebody; ``stopped``: a terminal that does not update itself."""
    states = [*SETTLED, *(["stopped"] if stopped else [])]
    return DISTRIBUTION_RECORD.action({"path": RECORD, "part": "status"}, {"states": states})


def record_belongs_to(code: str) -> Action:
    """It was written on the PC that asks, for the facility ``code``."""
    return DISTRIBUTION_RECORD.action(
        {"path": RECORD, "part": "record"}, {"code": code, "ownComputer": True}
    )


def record_connects_to(server: Literal["base", "cloud"]) -> Action:
    """接続する配信サーバー is this one."""
    return DISTRIBUTION_RECORD.action({"path": RECORD, "part": "server"}, {"server": server})


def record_nothing_advanced() -> Action:
    """高度な設定 is empty."""
    return DISTRIBUTION_RECORD.action({"path": RECORD, "part": "advanced"}, {"empty": True})


INSTALLED_FILE = kind(
    "installed-file", "machine user", target="path brought", wanted="present", changes=False
)
"""A file that has to be there once another one, which the installer brings, is."""


START_STOPPED = kind(
    "start-stopped", "machine", target="path name file", wanted="enabled", changes=False
)
"""Whether Windows starts an application through its task."""


def start_stopped(folder: str, name: str) -> Action:
    """The task is not registered or switched off; while it is on the PC cannot tell the rest."""
    target = {"path": "\\", "name": name, "file": f"{folder}\\{name}.xml"}
    return START_STOPPED.action(target, {"enabled": False})


TASK_REPETITION = kind(
    "task-repetition", "machine", target="path name", wanted="everySeconds", changes=False
)
"""How often a task's trigger repeats it."""


def task_repeats_every(name: str, seconds: int) -> Action:
    """A trigger of the task repeats it each ``seconds``."""
    return TASK_REPETITION.action({"path": "\\", "name": name}, {"everySeconds": seconds})


UPDATE_CYCLE = kind(
    "update-cycle", "user", target="application record", wanted="states", changes=False
)
"""Updating with the 配信アプリケーション in at most three rounds, with a restart after each; a person does it."""


def update_cycle_finished() -> Action:
    """Nothing is left to update, or the next regular run is waited for."""
    target = {"application": "distribution", "record": RECORD}
    return UPDATE_CYCLE.action(target, {"states": list(SETTLED)})
