"""What is read of the 配信アプリケーション and of what its installer brings."""

from typing import Literal

from oqsgen.manual.versions import version
from oqsgen.plan.kind import Action, Field, Kind
from oqsgen.subjects.common.kinds import NAMED_TASK

_PRESENT = (Field("present", "whether it is there"),)
_BROUGHT = Field("brought", "file of the installer without which nothing can be said yet")

DESKTOP_ICON = Kind(
    "desktop-icon",
    "An icon on the desktop that an installer makes.",
    target=(Field("name", "its file name, `*` allowed"), _BROUGHT),
    wanted=_PRESENT,
    found=(*_PRESENT, Field("path", "where it is")),
    source="setup P.32",
    scopes=("user",),
)


RECORD = r"C:\ProgramData\OQS\OQSDistroApp\config\OQSDistroApp.ini"
"""The file of the application (distro-check P.9)."""


_SERVER = Field("server", "接続する配信サーバー: `base` or `cloud`")
_EMPTY = Field("empty", "of `advanced`: whether nothing is filled in")

DISTRIBUTION_RECORD = Kind(
    "distribution-record",
    "What the 配信アプリケーション has written about itself; read only. "
    "Unknown where an entry does not say itself what it is, since its keys are undocumented.",
    target=(
        Field("path", "of OQSDistroApp.ini"),
        Field("part", "`status`, `record` (whose it is), `server` or `advanced` (高度な設定)"),
    ),
    wanted=(
        Field("states", "of `status`: which ones are right"),
        Field("code", "of `record`: the facility's code"),
        Field("ownComputer", "of `record`: true, it was written on this PC"),
        _SERVER,
        _EMPTY,
    ),
    found=(
        Field("state", "of `status`: clean, probably-clean, restart, again, stopped or other"),
        Field("codes", "of `record`: facilities' codes in it"),
        Field("computers", "of `record`: computers' names in it"),
        Field("ownComputer", "of `record`: whether this PC's name is among them"),
        _SERVER,
        _EMPTY,
    ),
    source="distro-check P.8-9, ntt-west, almex ⑪",
)


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


INSTALLED_FILE = Kind(
    "installed-file",
    "A file that has to be there once another one, which the installer brings, is.",
    target=(Field("path", "where it has to be"), _BROUGHT),
    wanted=_PRESENT,
    found=_PRESENT,
    source="distro-check P.9",
)


_STARTS = (Field("enabled", "whether its task is on; unknown unless it is there and off"),)

START_STOPPED = Kind(
    "start-stopped",
    "Whether the task through which Windows starts an application is switched off.",
    target=(
        *NAMED_TASK,
        Field("file", "XML file of the installer without which nothing can be said yet"),
    ),
    wanted=_STARTS,
    found=_STARTS,
    source="setup P.33",
    scopes=("machine",),
)


def start_stopped(folder: str, name: str) -> Action:
    """The task is switched off; the PC cannot tell whether anything else has stopped it."""
    target = {"path": "\\", "name": name, "file": f"{folder}\\{name}.xml"}
    return START_STOPPED.action(target, {"enabled": False})


def record_file_there() -> Action:
    """It is there, once the application is installed."""
    brought = version("distribution").file
    return INSTALLED_FILE.action({"path": RECORD, "brought": brought}, {"present": True})


UPDATE_CYCLE = Kind(
    "update-cycle",
    "Updating with the 配信アプリケーション in at most three rounds, with a restart after each; "
    "a person does it.",
    target=(
        Field("application", "always `distribution`"),
        Field("record", "path of OQSDistroApp.ini"),
    ),
    wanted=(Field("states", "what it may end with: clean, probably-clean"),),
    found=(
        Field("state", "what it ended with: clean, probably-clean or not-converged"),
        Field("rounds", "how many rounds it took"),
    ),
    source="distro-check P.8, almex ⑪",
    scopes=("user",),
)


def update_cycle_finished() -> Action:
    """Nothing is left to update, or the next regular run is waited for."""
    target = {"application": "distribution", "record": RECORD}
    return UPDATE_CYCLE.action(target, {"states": list(SETTLED)})
