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


def settled() -> Action:
    """Nothing is left to update, or the next regular run is waited for."""
    target = {"path": RECORD, "part": "status"}
    return KIND.action(target, {"states": ["clean", "probably-clean"]})


def belongs_to(code: str) -> Action:
    """It was written on the PC that asks, for the facility ``code``."""
    return KIND.action({"path": RECORD, "part": "record"}, {"code": code, "ownComputer": True})


def connects_to(server: Literal["base", "cloud"]) -> Action:
    """接続する配信サーバー is this one."""
    return KIND.action({"path": RECORD, "part": "server"}, {"server": server})


def nothing_advanced() -> Action:
    """高度な設定 is empty."""
    return KIND.action({"path": RECORD, "part": "advanced"}, {"empty": True})
