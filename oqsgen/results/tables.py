"""What a report says, as tables: each a name, a heading, its columns and where its rows come from. Every form shows these."""

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from oqsgen.render.passes import pass_title
from oqsgen.resources import spec
from oqsgen.results.schema import VIEWS
from oqsgen.results.titles import title_of, title_of_job

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Column:
    """``id`` in JSON and the page, ``title`` for people. ``number``: counted, and put to the right.

    ``cut``: on a terminal it gives way where there is no room; ``screen``: it stands there at all.
    """

    id: str
    title: str
    number: bool = False
    cut: bool = False
    screen: bool = True


@dataclass(frozen=True)
class Table:
    """``sql`` gives its rows, each column by its id; ``empty`` is said where there are none."""

    id: str
    title: str
    columns: tuple[Column, ...]
    sql: str
    empty: str = "ありません。"

    def rows(self, ledger: sqlite3.Connection, today: date, days: int) -> Iterator[Row]:
        """One after the other, once the ledger is prepared; what happened ``days`` ago is long ago."""
        cursor = ledger.cursor()
        cursor.row_factory = sqlite3.Row
        ids = [column.id for column in self.columns]
        values = {
            "today": today.isoformat(),
            "long_ago": (today - timedelta(days=days)).isoformat(),
            "manual": _manual(),
        }
        for row in cursor.execute(self.sql, values):
            yield {id: row[id] for id in ids}


_INDEXES = {"left_number": "terminal, place", "wrong_step": "terminal"}
"""Of a snapshot's tables, what is looked up terminal by terminal."""


def prepare(ledger: sqlite3.Connection) -> None:
    """Takes a snapshot, and brings what the queries call besides SQLite's own: words for people.

    Each view becomes a temporary table of its name, made of those before it, which stand in the place of the views from then on:
    a view of views would be put together anew, and in memory, for each that looks.
    """
    for name, function in (
        ("step_title", title_of),
        ("mode_word", pass_title),
        ("job_word", title_of_job),
    ):
        ledger.create_function(name, 1, function, deterministic=True)
    ledger.create_function("concat_parts", 2, _joined, deterministic=True)
    ledger.execute("BEGIN")
    views = "SELECT name, sql FROM main.sqlite_schema WHERE type = 'view' ORDER BY rowid"
    for name, sql in ledger.execute(views).fetchall():
        if name in VIEWS:
            ledger.execute(sql.replace("CREATE VIEW", "CREATE TEMP TABLE", 1))
    for name, columns in _INDEXES.items():
        ledger.execute(f"CREATE INDEX temp.of_{name} ON {name} ({columns})")
    ledger.execute("COMMIT")


def _joined(*parts: str | None) -> str:
    """What is wrong, then what is left."""
    return "／".join(part for part in parts if part)


@cache
def _manual() -> str:
    """The edition that this version follows."""
    return str(spec("documents")["edition"])


_DAYS = "CAST(julianday(:today) - julianday(substr(last, 1, 10)) AS INTEGER)"
"""Since a terminal's newest result."""
_OWNERS = """(
        SELECT group_concat(owner, '、') FROM (SELECT DISTINCT owner FROM left_number n WHERE n.terminal = f.terminal)
      )"""
"""Whose the open numbers of a terminal are."""
_WHOSE = (Column("code", "コード"), Column("facility", "施設", cut=True), Column("name", "端末"))
_TERMINALS = Column("terminals", "端末数", number=True)

TERMINALS = Table(
    "terminals",
    "端末",
    (
        *_WHOSE,
        Column("state", "状態"),
        Column("wrong", "違い", number=True),
        Column("left", "残り", number=True),
        Column("what", "違っているもの、残っている番号", cut=True),
        Column("owners", "だれが", screen=False),
        Column("causes", "原因", screen=False),
        Column("last", "最後の結果"),
        Column("days", "日数", number=True, screen=False),
        Column("mode", "開いたもの", screen=False),
        Column("job", "仕事", screen=False),
        Column("ends", "証明書の終わり", screen=False),
        Column("manual", "手順書", screen=False),
        Column("tool", "oqsgen", screen=False),
    ),
    f"""
    SELECT code, facility, name, state, wrong, left, substr(last, 1, 16) AS last, mode_word(mode) AS mode, job_word(job) AS job,
      ends, manual, replace(tool, 'oqsgen ', '') AS tool,
      {_DAYS} AS days,
      concat_parts((
        SELECT group_concat(step_title(id) || CASE person WHEN '' THEN '' ELSE '（' || person || '）' END, '、')
        FROM (SELECT DISTINCT id, person FROM wrong_step w WHERE w.terminal = f.terminal)
      ), (
        SELECT group_concat(part, '、') FROM (
          SELECT trim(label || ' ' || title || ' ' || person) AS part FROM left_number n WHERE n.terminal = f.terminal ORDER BY place
        )
      )) AS what,
      {_OWNERS} AS owners,
      (SELECT group_concat(cause, '、') FROM (SELECT DISTINCT cause FROM left_number n WHERE n.terminal = f.terminal)) AS causes
    FROM fleet f
    ORDER BY CASE state WHEN '要確認' THEN 0 WHEN '残り' THEN 1 WHEN '元に戻した' THEN 2 ELSE 3 END, code, name
    """,
)

NUMBERS = Table(
    "numbers",
    "残っている番号",
    (
        Column("title", "番号", cut=True),
        Column("owner", "だれが", cut=True),
        Column("cause", "原因"),
        _TERMINALS,
        Column("oldest", "いちばん古い結果"),
    ),
    """
    SELECT min(title) AS title, owner, cause,
      count(DISTINCT terminal) AS terminals, substr(min(finished), 1, 10) AS oldest
    FROM left_number GROUP BY id, owner, cause ORDER BY terminals DESC, title, owner, cause
    """,
)

OWNERS = Table(
    "owners",
    "だれを待っているか",
    (Column("owner", "だれが", cut=True), Column("numbers", "番号の数", number=True), _TERMINALS),
    """
    SELECT owner, count(*) AS numbers, count(DISTINCT terminal) AS terminals
    FROM left_number GROUP BY owner ORDER BY terminals DESC, owner
    """,
)

CAUSES = Table(
    "causes",
    "何が足りないか",
    (Column("cause", "原因"), Column("numbers", "番号の数", number=True), _TERMINALS),
    """
    SELECT cause, count(*) AS numbers, count(DISTINCT terminal) AS terminals
    FROM left_number GROUP BY cause ORDER BY terminals DESC, cause
    """,
)

DRIFT = Table(
    "drift",
    "よく違っているもの",
    (
        Column("title", "項目", cut=True),
        Column("id", "ID", cut=True),
        Column("now", "いま違う端末", number=True),
        Column("terminals", "違ったことのある端末", number=True),
        Column("times", "結果の数", number=True),
        Column("last", "最後"),
    ),
    """
    SELECT step_title(d.id) AS title, d.id, coalesce(w.now, 0) AS now, d.terminals, d.times, substr(d.last, 1, 10) AS last
    FROM drift d LEFT JOIN (
      SELECT id, count(DISTINCT terminal) AS now FROM wrong_step GROUP BY id
    ) w ON w.id = d.id
    ORDER BY now DESC, d.terminals DESC, d.times DESC, d.id
    """,
)

CERTIFICATES = Table(
    "certificates",
    "電子証明書の終わる月",
    (
        Column("month", "月"),
        Column("certificates", "枚数", number=True),
        _TERMINALS,
        Column("state", "状態"),
    ),
    """
    SELECT substr(ends, 1, 7) AS month, count(DISTINCT thumbprint) AS certificates,
      count(DISTINCT code || ' ' || name) AS terminals,
      CASE WHEN min(ends) < :today THEN '期限切れ' WHEN min(ends) < date(:today, '+90 days') THEN '90 日以内' ELSE '' END AS state
    FROM certificate_of GROUP BY month ORDER BY month
    """,
)

SHARED = Table(
    "shared",
    "2 台以上にある電子証明書",
    (
        Column("thumbprint", "拇印", cut=True),
        Column("subject", "証明書", cut=True),
        *_WHOSE,
        Column("ends", "終わり"),
    ),
    """
    SELECT c.thumbprint, c.subject, c.code, c.facility, c.name, c.ends
    FROM shared_certificate s JOIN certificate_of c ON c.thumbprint = s.thumbprint
    ORDER BY c.thumbprint, c.code, c.name
    """,
)

EDITIONS = Table(
    "editions",
    "手順書と oqsgen の版",
    (
        Column("manual", "手順書"),
        Column("tool", "oqsgen"),
        _TERMINALS,
        Column("state", "状態"),
    ),
    """
    SELECT manual, replace(tool, 'oqsgen ', '') AS tool, count(*) AS terminals,
      CASE WHEN manual <> :manual THEN '手順書が ' || :manual || ' ではない' ELSE '' END AS state
    FROM fleet GROUP BY manual, tool ORDER BY manual = :manual, manual, tool
    """,
)

STAFF = Table(
    "staff",
    "済んでいない職員のアカウント",
    (*_WHOSE, Column("person", "アカウント", cut=True), Column("last", "最後の結果")),
    """
    SELECT t.code, t.facility, t.name, CASE WHEN n.person = '' THEN '（結果に名前がありません）' ELSE n.person END AS person,
      substr(n.finished, 1, 10) AS last
    FROM left_number n JOIN terminal t ON t.id = n.terminal WHERE n.id = 'staff' ORDER BY t.code, t.name, n.place
    """,
)

STOPPED = Table(
    "stopped",
    "止まったままの訪問",
    (
        *_WHOSE,
        Column("days", "日数", number=True),
        Column("left", "残り", number=True),
        Column("owner", "だれが", cut=True),
        Column("last", "最後の結果"),
    ),
    f"""
    SELECT code, facility, name, left, substr(last, 1, 10) AS last,
      {_DAYS} AS days, coalesce({_OWNERS}, '') AS owner
    FROM fleet f
    WHERE state IN ('残り', '要確認') AND substr(last, 1, 10) <= :long_ago
      AND (exit = 5 OR EXISTS (SELECT 1 FROM left_number n WHERE n.terminal = f.terminal AND n.id <> 'next-day'))
    ORDER BY days DESC, code, name
    """,
)

TABLES = (
    TERMINALS,
    NUMBERS,
    OWNERS,
    CAUSES,
    STOPPED,
    STAFF,
    DRIFT,
    CERTIFICATES,
    SHARED,
    EDITIONS,
)
