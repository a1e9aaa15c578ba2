"""docs/report.md says what is: fields, columns, SQL and what is held about persons."""

import re
from pathlib import Path

import pytest

from oqsgen.results.gather import gather
from oqsgen.results.ledger import open_ledger
from oqsgen.results.persons import held
from oqsgen.results.schema import APPLICATION, MIGRATIONS
from oqsgen.results.tables import TABLES
from tests import ROOT
from tests.manual import test_security_page

from .made import NOW, OLD, REAL

PAGE = (ROOT / "docs" / "report.md").read_text("utf-8")
SQL = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)


def cells(heading: str) -> dict[str, list[str]]:
    """Of the table with this heading, by the first cell, the names in the last."""
    text = PAGE.split(f"| {heading} |", 1)[1].split("\n\n", 1)[0]
    lines = [line.strip("|").split("|") for line in text.splitlines()[2:]]
    return {line[0].strip(" `"): re.findall(r"`([\w.]+)`", line[-1]) for line in lines}


def ledger_in(folder: Path) -> Path:
    ledger = open_ledger(folder / "fleet.db", create=True)
    gather(ledger, [REAL, *OLD.glob("*/pc/stick")], NOW)
    ledger.close()
    return folder / "fleet.db"


@pytest.mark.parametrize("sql", SQL, ids=range(len(SQL)))
def test_the_examples_give_something(sql: str, tmp_path: Path) -> None:
    ledger = open_ledger(ledger_in(tmp_path), create=False)
    shown = sql.replace("'now'", f"'{NOW.year + 4}-01-01'")
    assert ledger.execute(shown).fetchall(), sql


def test_every_column_is_told(tmp_path: Path) -> None:
    ledger = open_ledger(ledger_in(tmp_path), create=False)
    schema = {
        name: [row[1] for row in ledger.execute(f"PRAGMA table_info({name})")]
        for (name,) in ledger.execute(
            "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')"
        ).fetchall()
    }
    told = cells("table | a row for | columns") | cells("view | a row for | columns")
    assert {name: schema[name] for name in told} == told
    inner = re.findall(r"`(\w+)`", PAGE.split("The other views (")[1].split(")")[0])
    assert schema.keys() == told.keys() | set(inner)


def test_every_field_of_json_is_told() -> None:
    told = cells("table | fields")
    assert told == {table.id: [column.id for column in table.columns] for table in TABLES}


def test_persons_versions_and_limits_are_told(tmp_path: Path) -> None:
    ledger = open_ledger(ledger_in(tmp_path), create=False)
    listed = PAGE.split("| where | what |", 1)[1].split("\n\n", 1)[0]
    assert set(re.findall(r"\| `([\w.]+)` \|", listed)) == {one.where for one in held(ledger)}
    assert f"is {APPLICATION}," in PAGE and f"its version, {len(MIGRATIONS)}." in PAGE


def test_what_it_promises_is_held() -> None:
    """As in docs/security.md: each statement ends with its test, or says that there is none."""
    statements = re.findall(r"^- (.*)$", PAGE.split("## What it promises")[1], re.MULTILINE)
    assert len(statements) > 5
    for statement in statements:
        test_security_page.test_a_statement_ends_with_its_test_or_says_that_there_is_none(statement)
