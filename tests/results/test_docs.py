"""docs/report.md says what is: fields, columns, SQL and what is held about persons."""

import re
from collections import Counter
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from oqsgen.results.gather import gather
from oqsgen.results.ledger import open_ledger
from oqsgen.results.persons import held
from oqsgen.results.schema import APPLICATION, MIGRATIONS
from oqsgen.results.tables import TABLES, prepare
from tests import ROOT
from tests.manual import test_security_page

from .made import DIFFERENT, NOW, OLD, REAL, STOPPED, put, real, rows

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


def example(beginning: str) -> str:
    """The SQL below the sentence that begins so."""
    (sql,) = re.findall(rf"^{beginning}[^\n]*:\n\n```sql\n(.*?)```", PAGE, re.DOTALL | re.MULTILINE)
    return str(sql)


@pytest.mark.parametrize("sql", SQL, ids=range(len(SQL)))
def test_the_examples_give_something(sql: str, tmp_path: Path) -> None:
    ledger = open_ledger(ledger_in(tmp_path), create=False)
    shown = sql.replace("'now'", f"'{NOW.year + 4}-01-01'")
    assert ledger.execute(shown).fetchall(), sql


def test_the_examples_say_what_the_report_says(tmp_path: Path) -> None:
    """Where one sees otherwise than the other: a newer result of another than OqsComApp, names in another case."""
    goes_on = real(STOPPED, account="oqscomapp")
    others = of_person(goes_on, "setup", exit=0), of_person(real(DIFFERENT), "UKETSUKE1", exit=5)
    files = [put(tmp_path, str(number), each) for number, each in enumerate((goes_on, *others))]
    ledger = open_ledger(tmp_path / "fleet.db", create=True)
    gather(ledger, [REAL, *files, *OLD.glob("*/pc/stick")], NOW)
    said = {
        name: ledger.execute(example(name)).fetchall()
        for name in (
            "What every terminal",
            "What one clinic",
            "What was wrong",
            "Terminals that were",
        )
    }
    day = "2026-12-01"
    asked = example("Terminals of which").replace("'now', '-1 year'", f"'{day}'")
    old = {(code, name) for code, _, name, _ in ledger.execute(asked)}
    prepare(ledger)
    terminals = rows(ledger, "terminals")
    counts: dict[str, list[int]] = {}
    for row in terminals:
        sums = counts.setdefault(row["state"], [0, 0, 0])
        counts[row["state"]] = [
            a + b for a, b in zip(sums, (1, row["wrong"], row["left"]), strict=True)
        ]
    assert {state: numbers for state, *numbers in said["What every terminal"]} == counts
    assert counts["残り"][2] > 0 and counts["要確認"][1] > 0
    clinic = [row for row in terminals if row["code"] == "1319999012"]
    assert len(said["What one clinic"]) == sum(row["left"] for row in clinic) > 0
    told = "".join(row["what"] for row in clinic)
    assert all(
        f"{label} {title}".strip() in told for _, label, title, *_ in said["What one clinic"]
    )
    times = Counter[str]()
    for _, id, count in said["What was wrong"]:
        times[id] += count
    assert times == {row["id"]: row["times"] for row in rows(ledger, "drift")}
    editions = Counter[str]()
    for row in rows(ledger, "editions"):
        editions[row["manual"]] += row["terminals"]
    assert editions == {manual: count for manual, count, _ in said["Terminals that were"]}
    assert old == {(row["code"], row["name"]) for row in terminals if row["last"] < day}
    assert 0 < len(old) < len(terminals)


def of_person(result: dict[str, Any], account: str, **more: Any) -> dict[str, Any]:
    """A newer result of another person at that terminal, who found nothing wrong."""
    newer = deepcopy(result) | {"account": account, "run": account} | more
    newer |= {"started": "2026-12-10 09:00:00", "finished": "2026-12-10 09:01:00"}
    for step in newer["steps"]:
        step["status"] = "skipped" if step["scope"] == "user" else "ok"
    return newer


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
