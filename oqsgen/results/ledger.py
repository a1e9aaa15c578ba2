"""The file in which results are kept over the years: one of SQLite, with rollback journal, since it may lie on a share.

WAL needs memory that all writers share, which no network drive has. Each batch is one transaction, begun as a writer, so that two
writers wait for each other and whoever is killed leaves the file as it was before the batch.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from oqsgen.files import reason
from oqsgen.limits import LEDGER_SECONDS
from oqsgen.results.schema import APPLICATION, MIGRATIONS, statements

TEMPORARY = ""
"""SQLite's name for a database that is on disk as far as memory is short, and gone when it is closed."""


class LedgerError(Exception):
    """A file that is no ledger or cannot be used as one; the text is Japanese."""


def temporary_ledger() -> sqlite3.Connection:
    """A ledger for this run alone."""
    ledger = _connect(TEMPORARY)
    ledger.execute("PRAGMA journal_mode = OFF")
    ledger.execute("PRAGMA synchronous = OFF")
    _bring_up(ledger, 0)
    return ledger


def open_ledger(path: Path, *, create: bool) -> sqlite3.Connection:
    """The ledger in a file, brought to this version's tables. Raises LedgerError, and changes no file that is none."""
    try:
        if not create and not path.is_file():
            raise LedgerError("その台帳はありません。結果のファイルも指定すると、作ります。")
        ledger = _connect(str(path.absolute()))
        try:
            # Of one moment: another may be making it just now.
            with writing(ledger, "DEFERRED"):
                version = _version(ledger)
            ledger.execute("PRAGMA journal_mode = DELETE")
            if version < len(MIGRATIONS):
                _bring_up(ledger, version)
        except BaseException:
            ledger.close()
            raise
    except sqlite3.Error as error:
        raise LedgerError(why(error)) from error
    except OSError as error:
        raise LedgerError(f"{reason(error)}。") from error
    return ledger


@contextmanager
def writing(ledger: sqlite3.Connection, kind: str = "IMMEDIATE") -> Iterator[None]:
    """One transaction: all of it or nothing."""
    ledger.execute(f"BEGIN {kind}")
    try:
        yield
        ledger.execute("COMMIT")
    except BaseException:
        # SQLite has ended it itself where the disk is full or not to be read.
        if ledger.in_transaction:
            ledger.execute("ROLLBACK")
        raise


def why(error: sqlite3.Error) -> str:
    """What SQLite could not do, in Japanese."""
    name = getattr(error, "sqlite_errorname", "").partition("_")
    return {
        "BUSY": "ほかの人が書いている途中です。少し待って、もう一度実行してください。",
        "LOCKED": "ほかの人が書いている途中です。少し待って、もう一度実行してください。",
        "NOTADB": "SQLite のファイルではありません。別の名前を指定してください。",
        "CORRUPT": "壊れています。控えから戻してください。",
        "READONLY": "書き込めません。許可を確かめてください。",
        "FULL": "空き容量がありません。",
        "IOERR": "読み書きできません。場所を確かめてください。",
        "CANTOPEN": "開けません。場所と許可を確かめてください。",
    }.get(name[2].partition("_")[0], f"使えません（{error}）。")


def _connect(name: str) -> sqlite3.Connection:
    ledger = sqlite3.connect(
        name, timeout=LEDGER_SECONDS.value, isolation_level=None, cached_statements=256
    )
    for pragma in ("foreign_keys = ON", "trusted_schema = OFF", "secure_delete = ON"):
        ledger.execute(f"PRAGMA {pragma}")
    return ledger


def _version(ledger: sqlite3.Connection) -> int:
    """The version of a ledger; 0 of an empty file. Raises LedgerError for anything else."""
    (application,) = ledger.execute("PRAGMA application_id").fetchone()
    (version,) = ledger.execute("PRAGMA user_version").fetchone()
    objects = ledger.execute("SELECT type, name, sql FROM sqlite_schema").fetchall()
    if not objects and not application and not version:
        return 0
    if application != APPLICATION:
        raise LedgerError(
            "oqsgen の台帳ではない SQLite のファイルです。別の名前を指定してください。"
        )
    if version > len(MIGRATIONS):
        raise LedgerError(
            f"新しい版の oqsgen の台帳です（形 {version}、この oqsgen は {len(MIGRATIONS)} まで）。"
            "oqsgen を新しくしてください。"
        )
    if any(kind == "trigger" for kind, _, _ in objects) or not _made_here(objects, version):
        raise LedgerError("台帳の表が、oqsgen の作ったものと違います。控えから戻してください。")
    return int(version)


def _made_here(objects: list[tuple[str, str, str]], version: int) -> bool:
    """Whether the tables and views are as this version made them; further ones may be there."""
    ours = {text.strip() for text in _all_statements(version)}
    return ours <= {(sql or "").strip() for _, _, sql in objects}


def _all_statements(version: int) -> list[str]:
    later = len(statements(version))
    every = statements(0)
    return every[: len(every) - later]


def _bring_up(ledger: sqlite3.Connection, version: int) -> None:
    with writing(ledger, "EXCLUSIVE"):
        # Another one may have done it meanwhile.
        if _version(ledger) == version:
            for statement in statements(version):
                ledger.execute(statement)
            ledger.execute(f"PRAGMA application_id = {APPLICATION}")
            ledger.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
