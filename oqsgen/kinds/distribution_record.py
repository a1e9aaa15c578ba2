"""What the 配信アプリケーション has written about itself; read only, its keys are undocumented."""

from typing import Literal

from oqsgen.kinds.kind import Action, kind

RECORD = r"C:\ProgramData\OQS\OQSDistroApp\config\OQSDistroApp.ini"
"""配信実績管理ファイル (distro-check P.9)."""

KIND = kind(
    "distribution-record",
    "machine user",
    target="path part",
    wanted="states code ownComputer server empty",
    changes=False,
)


SETTLED = ("clean", "probably-clean")
"""Nothing is left to update, or the next regular run is waited for (ntt-west, almex ⑪)."""


def settled(*, stopped: bool) -> Action:
    """Nothing is going on that asks for somebody; ``stopped``: a terminal that does not update itself."""
    states = [*SETTLED, *(["stopped"] if stopped else [])]
    return KIND.action({"path": RECORD, "part": "status"}, {"states": states})


def belongs_to(code: str) -> Action:
    """It was written on the PC that asks, for the facility ``code``."""
    return KIND.action({"path": RECORD, "part": "record"}, {"code": code, "ownComputer": True})


def connects_to(server: Literal["base", "cloud"]) -> Action:
    """接続する配信サーバー is this one."""
    return KIND.action({"path": RECORD, "part": "server"}, {"server": server})


def nothing_advanced() -> Action:
    """高度な設定 is empty."""
    return KIND.action({"path": RECORD, "part": "advanced"}, {"empty": True})
