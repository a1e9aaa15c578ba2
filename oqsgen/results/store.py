"""Results into a ledger. The same result twice is one, in whatever order they come."""

import sqlite3
from collections.abc import Sequence
from typing import Literal

from oqsgen.results.parts import parts_of
from oqsgen.results.result import REFUSED, OpenStep, Parts, Result

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
        _store_newest(ledger, terminal, result)
    else:
        _store_steps(ledger, _store_result(ledger, terminal, result, None), result.wrong_steps)
    return "new"


def _store_result(
    ledger: sqlite3.Connection, terminal: int, result: Result, parts: Parts | None
) -> int:
    """Its row; ``parts`` of the newest."""
    row = ledger.execute(
        _RESULT,
        (
            *(terminal, result.started, result.finished, result.mode, result.account, result.run),
            *(result.computer, result.job, result.exit, result.bundle, result.tool, result.manual),
            len(result.wrong_steps),
            *((parts.left_user, parts.sees_machine, 1) if parts else (0, 0, 0)),
            result.hash,
        ),
    ).lastrowid
    assert row is not None
    return row


def _terminal(ledger: sqlite3.Connection, result: Result) -> int:
    """The terminal's row; it and its facility are called as its newest result calls them."""
    key, names = (result.code, result.terminal), (result.terminal, result.facility)
    existing = ledger.execute(
        "SELECT id, name, facility FROM terminal WHERE code = ? AND name = ?", key
    ).fetchone()
    if existing is None:
        row = ledger.execute(
            "INSERT INTO terminal (code, name, facility) VALUES (?, ?, ?)", (*key, result.facility)
        ).lastrowid
        assert row is not None
        return row
    terminal = int(existing[0])
    if existing[1:] != names and not _any_later(ledger, terminal, result):
        ledger.execute(
            "UPDATE terminal SET name = ?, facility = ? WHERE id = ?", (*names, terminal)
        )
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
        ledger.execute(
            "UPDATE result SET newest = 0, left_user = 0, sees_machine = 0 WHERE id = ?", (row,)
        )
        for table in ("number", "certificate"):
            ledger.execute(f"DELETE FROM {table} WHERE result = ?", (row,))
        ledger.execute(
            "DELETE FROM step WHERE result = ? AND status NOT IN ('drift', 'failed')", (row,)
        )
        ledger.execute("UPDATE step SET message = '', number = '' WHERE result = ?", (row,))


def _store_newest(ledger: sqlite3.Connection, terminal: int, result: Result) -> None:
    parts = parts_of(result)
    row = _store_result(ledger, terminal, result, parts)
    _store_steps(ledger, row, parts.steps)
    ledger.executemany(
        "INSERT INTO number VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (row, place, n.label, n.id, n.title, n.owner, n.cause, n.person)
            for place, n in enumerate(parts.numbers)
        ],
    )
    ledger.executemany(
        "INSERT INTO certificate VALUES (?, ?, ?, ?)",
        [(row, c.thumbprint, c.subject, c.ends) for c in parts.certificates],
    )


def _store_steps(ledger: sqlite3.Connection, row: int, steps: Sequence[OpenStep]) -> None:
    if not steps:
        return
    ledger.executemany(
        "INSERT OR IGNORE INTO step VALUES (?, ?, ?, ?, ?, ?)",
        [(row, s.id, s.scope, s.status, s.number, s.message) for s in steps],
    )
