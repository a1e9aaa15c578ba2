"""What a ledger holds about persons, and taking a clinic out of it."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from oqsgen.clinic.windows import ACCOUNT
from oqsgen.results.ledger import writing


@dataclass(frozen=True)
class Held:
    """``what`` of persons stands in ``where``, table and column; in ``count`` rows, as these ``texts``."""

    what: str
    where: str
    count: int
    texts: tuple[str, ...]


_PLACES = (
    ("開いた人のアカウント", "result.account", "account", "result WHERE account <> :own"),
    ("職員のアカウント", "number.person", "person", "number WHERE person <> ''"),
    ("電子証明書の名前", "certificate.subject", "subject", "certificate WHERE subject <> ''"),
    ("項目の説明（名前を含むことがあります）", "step.message", "''", "step WHERE message <> ''"),
)
"""Facilities are no persons, but a doctor's name may be in theirs."""


def held(ledger: sqlite3.Connection) -> Iterator[Held]:
    """What is held about persons, place by place."""
    own = {"own": ACCOUNT}
    for what, where, column, rows in _PLACES:
        (count,) = ledger.execute(f"SELECT count(*) FROM {rows}", own).fetchone()
        texts = ledger.execute(f"SELECT DISTINCT {column} FROM {rows} ORDER BY 1", own)
        yield Held(what, where, count, tuple(text for (text,) in texts if text))
    (count,) = ledger.execute("SELECT count(*) FROM terminal").fetchone()
    yield Held("施設の名前（院長の名前を含むことがあります）", "terminal.facility", count, ())


@dataclass(frozen=True)
class Clinic:
    """What a ledger has of a clinic."""

    names: tuple[str, ...]
    terminals: int
    results: int


def clinic(ledger: sqlite3.Connection, code: str) -> Clinic:
    """What would go."""
    names = ledger.execute("SELECT DISTINCT facility FROM terminal WHERE code = ?", (code,))
    (terminals,) = ledger.execute(
        "SELECT count(*) FROM terminal WHERE code = ?", (code,)
    ).fetchone()
    (results,) = ledger.execute(
        "SELECT count(*) FROM result JOIN terminal t ON t.id = terminal WHERE t.code = ?", (code,)
    ).fetchone()
    return Clinic(tuple(name for (name,) in names), terminals, results)


def forget(ledger: sqlite3.Connection, code: str) -> None:
    """Deletes a clinic with all of its results; SQLite writes zeros over what stood there (``secure_delete``)."""
    with writing(ledger):
        ledger.execute("DELETE FROM terminal WHERE code = ?", (code,))
