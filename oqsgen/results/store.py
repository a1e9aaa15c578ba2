"""Results into a ledger. The same result twice is one, in whatever order they come."""

import sqlite3
from typing import Literal

from oqsgen.results.result import REFUSED, WRONG, Result

Stored = Literal["new", "known"]

_RESULT = """
INSERT INTO result (terminal, started, finished, mode, account, run, computer, job, exit, bundle, tool, manual,
  wrong, left_user, sees_machine, newest, hash)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_SAME = """
SELECT id, finished FROM result WHERE terminal = ? AND started = ? AND mode = ? AND account = ? AND run = ?
"""
_LATER = """
SELECT 1 FROM result WHERE terminal = ? AND newest = 1 AND account = ? AND (finished, started, run) > (?, ?, ?)
"""


def is_known(ledger: sqlite3.Connection, digest: bytes) -> bool:
    """Whether this very file was read before."""
    return ledger.execute("SELECT 1 FROM result WHERE hash = ?", (digest,)).fetchone() is not None


def store(ledger: sqlite3.Connection, result: Result) -> Stored:
    """Keep a result, inside a transaction.

    Of a run that wrote its result again the later one counts. What is open is kept of each person's newest result alone.
    """
    terminal = _terminal(ledger, result)
    key = (terminal, result.started, result.mode, result.account, result.run)
    same = ledger.execute(_SAME, key).fetchone()
    if same is not None:
        if same[1] >= result.finished:
            return "known"
        ledger.execute("DELETE FROM result WHERE id = ?", (same[0],))
    newest = result.exit not in REFUSED and not _later(ledger, terminal, result)
    if newest:
        _let_go(ledger, terminal, result.account)
    row = ledger.execute(_RESULT, (*_columns(result, terminal), newest, result.hash)).lastrowid
    assert row is not None
    _store_parts(ledger, row, result, newest)
    return "new"


def _columns(result: Result, terminal: int) -> tuple[object, ...]:
    wrong_steps = sum(step.status in WRONG for step in result.steps)
    return (
        *(terminal, result.started, result.finished, result.mode, result.account, result.run),
        *(result.computer, result.job, result.exit, result.bundle, result.tool, result.manual),
        *(wrong_steps, result.left_user, result.sees_machine),
    )


def _terminal(ledger: sqlite3.Connection, result: Result) -> int:
    """The terminal's row; a facility is called as its newest result calls it."""
    key = (result.code, result.terminal)
    existing = ledger.execute(
        "SELECT id, facility FROM terminal WHERE code = ? AND name = ?", key
    ).fetchone()
    if existing is None:
        row = ledger.execute(
            "INSERT INTO terminal (code, name, facility) VALUES (?, ?, ?)", (*key, result.facility)
        ).lastrowid
        assert row is not None
        return row
    terminal = int(existing[0])
    if existing[1] != result.facility and not _any_later(ledger, terminal, result):
        ledger.execute("UPDATE terminal SET facility = ? WHERE id = ?", (result.facility, terminal))
    return terminal


def _any_later(ledger: sqlite3.Connection, terminal: int, result: Result) -> bool:
    query = "SELECT 1 FROM result WHERE terminal = ? AND finished > ?"
    return ledger.execute(query, (terminal, result.finished)).fetchone() is not None


def _later(ledger: sqlite3.Connection, terminal: int, result: Result) -> bool:
    """Whether that person has a newer one there."""
    key = (terminal, result.account, result.finished, result.started, result.run)
    return ledger.execute(_LATER, key).fetchone() is not None


def _let_go(ledger: sqlite3.Connection, terminal: int, account: str) -> None:
    """What is kept of the newest alone; of what was wrong, that it was."""
    query = "SELECT id FROM result WHERE terminal = ? AND newest = 1 AND account = ?"
    for (row,) in ledger.execute(query, (terminal, account)).fetchall():
        ledger.execute("UPDATE result SET newest = 0 WHERE id = ?", (row,))
        for table in ("number", "certificate"):
            ledger.execute(f"DELETE FROM {table} WHERE result = ?", (row,))
        ledger.execute(
            "DELETE FROM step WHERE result = ? AND status NOT IN ('drift', 'failed')", (row,)
        )
        ledger.execute("UPDATE step SET message = '' WHERE result = ?", (row,))


def _store_parts(ledger: sqlite3.Connection, row: int, result: Result, newest: bool) -> None:
    ledger.executemany(
        "INSERT OR IGNORE INTO step VALUES (?, ?, ?, ?, ?, ?)",
        [
            (row, s.id, s.scope, s.status, s.number, s.message if newest else "")
            for s in result.steps
            if newest or s.status in WRONG
        ],
    )
    if not newest:
        return
    ledger.executemany(
        "INSERT INTO number VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (row, place, n.label, n.id, n.title, n.owner, n.cause, n.person)
            for place, n in enumerate(result.numbers)
        ],
    )
    ledger.executemany(
        "INSERT INTO certificate VALUES (?, ?, ?, ?)",
        [(row, c.thumbprint, c.subject, c.ends) for c in result.certificates],
    )
