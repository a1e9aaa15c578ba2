"""Results for tests: real ones, and copies of them in which something is another.

``real/`` is what the fake PC left on its stick while ``tests.on_site.visit.play`` went through the examples ``clinic`` (also without a
line), ``staff-accounts``, ``update-west`` and ``p11-chiba-shika`` (undone afterwards), and what 2_確認 found once something was changed; only
the folder of the stick is another.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable
from copy import deepcopy
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from oqsgen.results.gather import gather
from oqsgen.results.ledger import temporary_ledger
from oqsgen.results.tables import TABLES, Row, prepare
from tests import ROOT

REAL = Path(__file__).parent / "real"
OLD = ROOT / "tests" / "made-by" / "0.1.0"
"""What 0.1.0 left on sticks and PCs."""
NOW = datetime(2026, 12, 20, 9, 0)
DIFFERENT = "1319999012_OQS-01/20261129-130315_Verify_OqsComApp"
"""A check of OqsComApp's after a whole visit, in which five things were another."""
STOPPED = "1319999111_UKETSUKE-1/20261129-125629_Apply_OqsComApp"
"""A visit that goes on after a restart; two of the staff have still to come."""
UNDONE = "1239999137_OQS-01/20261129-125737_Rollback_OqsComApp"


@cache
def _real(name: str) -> dict[str, Any]:
    value: dict[str, Any] = json.loads((REAL / name / "result.json").read_bytes())
    return value


def real(name: str, **more: Any) -> dict[str, Any]:
    """A real result as data, with other values."""
    return deepcopy(_real(name)) | more


def of_terminal(name: str, code: str, terminal: str = "OQS-01", **more: Any) -> dict[str, Any]:
    """A real result of another terminal."""
    result = real(name, run=f"{code}-{terminal}", **more)
    result["bundle"]["facility"] = {"code": code, "name": f"医院 {code[-3:]}"}
    result["bundle"]["terminal"] = terminal
    return result


def put(folder: Path, name: str, result: dict[str, Any] | bytes) -> Path:
    """A result where a PC leaves it."""
    path = folder / name / "result.json"
    path.parent.mkdir(parents=True)
    path.write_bytes(result if isinstance(result, bytes) else json.dumps(result).encode())
    return path


def ledger_of(*places: Path) -> sqlite3.Connection:
    """A ledger of this run, ready for its tables."""
    ledger = temporary_ledger()
    gather(ledger, places, NOW)
    prepare(ledger)
    return ledger


def rows(ledger: sqlite3.Connection, table: str, days: int = 14) -> list[Row]:
    """Of the table with this id."""
    (found,) = (each for each in TABLES if each.id == table)
    return list(found.rows(ledger, NOW.date(), days))


def by_terminal(ledger: sqlite3.Connection) -> dict[str, Row]:
    """The fleet, by code and terminal."""
    return {f"{row['code']}_{row['name']}": row for row in rows(ledger, "terminals")}


Change = Callable[[dict[str, Any]], Any]


def changed(name: str, changes: Iterable[Change]) -> dict[str, Any]:
    """A real result after some changes."""
    result = real(name)
    for change in changes:
        change(result)
    return result
