"""What a report says of a fleet, in each form."""

import csv
import io
import json
import re
from copy import deepcopy
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from oqsgen.plan.visit import entries
from oqsgen.render.launchers import launchers
from oqsgen.render.passes import pass_title
from oqsgen.resources import spec
from oqsgen.results.as_csv import as_csv
from oqsgen.results.as_json import as_json
from oqsgen.results.as_text import as_text
from oqsgen.results.cause import causes_of
from oqsgen.results.gather import Gathered
from oqsgen.results.tables import TABLES, TERMINALS
from oqsgen.results.titles import title_of_job, titles
from oqsgen.results.visit_numbers import VisitNumber
from oqsgen.text import BOM, columns

from .made import (
    DIFFERENT,
    NOW,
    OLD,
    REAL,
    STOPPED,
    UNDONE,
    by_terminal,
    ledger_of,
    of_terminal,
    put,
    real,
    rows,
)

TODAY = NOW.date()


def test_each_terminal_has_one_state() -> None:
    fleet = by_terminal(ledger_of(REAL))
    states = {name: (row["state"], row["wrong"], row["left"]) for name, row in fleet.items()}
    assert states == {
        # 5 of OqsComApp's check, and 8 that the check of one of the staff found.
        "1319999012_OQS-01": ("要確認", 13, 3),
        "1319999012_OQS-02": ("残り", 0, 15),
        "1319999111_UKETSUKE-1": ("残り", 0, 21),
        "2719999159_OQS-01": ("残り", 0, 1),
        "1239999137_OQS-01": ("元に戻した", 0, 0),
    }
    assert next(row["state"] for row in fleet.values()) == "要確認"
    one = fleet["1319999012_OQS-01"]
    assert one["days"] == 21 and one["mode"] == "2_確認" and one["ends"] == "2030-02-28"
    assert "スリープの無効化" in one["what"] and "（uketsuke1）" in one["what"]
    assert "／3 1_適用、" in one["what"]


def test_passes_and_jobs_are_called_as_the_launchers_and_the_sheet_call_them() -> None:
    fleet = by_terminal(ledger_of(REAL)).values()
    files = launchers(mode="new", signed=False, publisher=None)
    assert {f"{row['mode']}.cmd" for row in fleet} <= files.keys()
    titles = spec("sheet")["titles"]
    jobs = {row["job"] for row in fleet}
    assert jobs <= {title["short"] for title in titles.values()} and len(jobs) > 1
    assert all(title_of_job(mode) == title["short"] for mode, title in titles.items())
    assert (title_of_job(""), pass_title("Another")) == ("", "Another")


def test_nothing_left_is_fine(tmp_path: Path) -> None:
    result = real("1319999012_OQS-01/20261129-130301_Apply_OqsComApp")
    (only,) = by_terminal(ledger_of(put(tmp_path, "a", result))).values()
    assert (only["state"], only["what"]) == ("残り", "24 翌日")
    for step in result["steps"]:
        step["status"] = "ok" if step["status"] == "unknown" else step["status"]
    result["numbers"][-1]["open"] = False
    (only,) = by_terminal(ledger_of(put(tmp_path, "b", result))).values()
    assert (only["state"], only["what"], only["owners"]) == ("問題なし", "", None)


def test_results_of_the_first_release_stand_beside_the_others() -> None:
    fleet = by_terminal(ledger_of(*OLD.glob("*/pc/stick")))
    assert {row["tool"] for row in fleet.values()} == {"0.1.0"} and len(fleet) == 5
    assert {row["state"] for row in fleet.values()} <= {"残り", "要確認"}


def test_what_was_undone_is_that_until_it_is_set_up_again(tmp_path: Path) -> None:
    """Whoever undid it, and though a person who undid nothing looks at it later."""
    apply = UNDONE.replace("37_Rollback", "36_Apply")
    undone = put(tmp_path, "u", real(UNDONE, finished="2026-11-29 13:00:00", account="setup"))
    seen = real(apply, account="uketsuke1", run="s", steps=[], numbers=[])
    later = put(tmp_path, "s", seen | {"finished": "2026-11-29 13:30:00"})
    again = put(
        tmp_path, "a", real(apply, run="a", finished="2026-11-30 10:00:00", steps=[], numbers=[])
    )

    def state(*places: Path) -> str:
        (row,) = by_terminal(ledger_of(REAL / apply, *places)).values()
        return str(row["state"])

    assert state(undone) == "元に戻した"
    assert state(undone, again) == "問題なし"
    # What OqsComApp had is no more.
    assert state(undone, later) == "問題なし"


def test_an_administrators_look_counts_for_the_machine(tmp_path: Path) -> None:
    """Newer than OqsComApp's: what it saw wrong is, and what it saw right is right; the person's own stays."""
    newer = real(DIFFERENT, account="setup", run="n", finished="2026-12-01 09:00:00")
    for step in newer["steps"]:
        if step["scope"] == "user":
            step |= {"status": "skipped"}
        elif step["status"] == "drift":
            step["status"] = "ok"
    (row,) = by_terminal(ledger_of(REAL / DIFFERENT, put(tmp_path, "n", newer))).values()
    assert (row["wrong"], row["what"].split("／")[0]) == (1, titles()["connection-doctor"])


def test_what_an_administrator_mended_leaves_nothing(tmp_path: Path) -> None:
    """OqsComApp's own run ended with 6, for what is right by now; what it ended with for no such reason is left."""
    first = real(DIFFERENT, numbers=[])
    for step in first["steps"]:
        if step["scope"] == "user" or step["status"] not in ("drift", "failed"):
            step["status"] = "ok"
    newer = deepcopy(first) | {"account": "setup", "run": "n", "finished": "2026-12-01 09:00:00"}
    for step in newer["steps"]:
        step["status"] = "skipped" if step["scope"] == "user" else "ok"
    later = put(tmp_path, "n", newer | {"exit": 0})

    def state(name: str, result: dict[str, Any]) -> object:
        ledger = ledger_of(put(tmp_path, name, result), later)
        (row,) = by_terminal(ledger).values()
        return row["state"], row["wrong"], row["left"], len(rows(ledger, "stopped"))

    assert state("wrong", first) == ("問題なし", 0, 0, 0)
    # It was broken off, or goes on.
    assert state("goes-on", first | {"exit": 5}) == ("残り", 0, 0, 1)
    fine = [step | {"status": "ok"} for step in first["steps"]]
    assert state("broken", first | {"steps": fine}) == ("残り", 0, 0, 0)
    # A step of its own could not be looked at, which is of no number.
    number = real(DIFFERENT)["numbers"][0] | {"steps": [], "open": False}
    next(step for step in first["steps"] if step["scope"] == "user")["status"] = "unknown"
    assert state("unknown", first | {"numbers": [number]}) == ("残り", 0, 0, 0)


def test_what_is_left_is_told_by_number_owner_and_cause() -> None:
    ledger = ledger_of(REAL)
    numbers = {(row["title"], row["owner"], row["cause"]): row for row in rows(ledger, "numbers")}
    assert numbers["つなぐ", "設置担当", "回線"]["terminals"] == 1
    assert numbers["職員のアカウント", "設置担当", "機器"]["terminals"] == 1
    assert sum(row["terminals"] for row in rows(ledger, "causes")) >= 4
    assert rows(ledger, "owners")[0]["owner"] == "設置担当"


def test_staff_and_stopped_visits() -> None:
    ledger = ledger_of(REAL)
    people = [(row["name"], row["person"]) for row in rows(ledger, "staff")]
    assert people == [("UKETSUKE-1", "uketsuke1"), ("UKETSUKE-1", "uketsuke2")]
    assert {row["name"] for row in rows(ledger, "stopped", days=21)} >= {"OQS-02", "UKETSUKE-1"}
    assert rows(ledger, "stopped", days=22) == []


def test_who_has_it_by_their_own_result_is_not_left(tmp_path: Path) -> None:
    own = real(STOPPED, account="UKETSUKE1", run="o", finished="2026-11-30 09:00:00")
    for step in own["steps"]:
        step["status"] = "ok" if step["scope"] == "user" else "skipped"
    ledger = ledger_of(REAL / STOPPED, put(tmp_path, "o", own))
    assert [row["person"] for row in rows(ledger, "staff")] == ["uketsuke2"]


def test_certificates_by_month_and_one_on_two_terminals(tmp_path: Path) -> None:
    for number in range(3):
        put(tmp_path, str(number), of_terminal(DIFFERENT, f"131000000{number}"))
    ledger = ledger_of(tmp_path)
    assert [tuple(row.values()) for row in rows(ledger, "certificates")] == [("2030-02", 1, 3, "")]
    shared = rows(ledger, "shared")
    assert [row["code"][-1] for row in shared] == ["0", "1", "2"]
    assert {row["thumbprint"] for row in shared} == {"F00D0002"}
    ended = list(
        next(t for t in TABLES if t.id == "certificates").rows(
            ledger, TODAY + timedelta(days=2000), 14
        )
    )
    assert ended[0]["state"] == "期限切れ"


def test_editions_that_are_not_todays_are_marked(tmp_path: Path) -> None:
    old = of_terminal(DIFFERENT, "1310000000")
    old["bundle"] |= {"manual": "3.21", "tool": "oqsgen 0.0.9"}
    ledger = ledger_of(put(tmp_path, "o", old), REAL)
    assert [
        (row["manual"], row["tool"], bool(row["state"])) for row in rows(ledger, "editions")
    ] == [
        ("3.21", "0.0.9", True),
        (spec("documents")["edition"], "0.2.0", False),
    ]


def test_drift_counts_terminals_now_and_ever(tmp_path: Path) -> None:
    mended = real(DIFFERENT, run="m", finished="2026-12-02 09:00:00", started="2026-12-02 09:00:00")
    for step in mended["steps"]:
        step["status"] = "ok" if step["id"] == "sleep-ac" else step["status"]
    ledger = ledger_of(REAL / DIFFERENT, put(tmp_path, "m", mended))
    drift = {
        row["id"]: (row["now"], row["terminals"], row["times"]) for row in rows(ledger, "drift")
    }
    assert drift["sleep-ac"] == (0, 1, 1) and drift["firewall-on"] == (1, 1, 2)


def number(key: str, *needs: str, outside: str = "", left: bool = True) -> VisitNumber:
    things = frozenset(filter(None, [outside]))
    return VisitNumber(key, key, key, key, "", "", things, needs, (), left)


def test_a_cause_is_what_is_missing_first() -> None:
    assert causes_of(
        [
            number("connect"),
            number("apply", "connect", left=False),
            number("certificate", "connect", outside="certificate-notice"),
            number("reader-app", outside="reader", left=False),
            number("reader-power", outside="reader"),
            number("test-face", outside="card"),
            number("sign-off"),
        ]
    ) == {
        "connect": "回線",
        # It would be for the notice, were the line there.
        "certificate": "回線",
        # The reader is there: another number was done with it.
        "reader-power": "時間",
        "test-face": "カード",
        "sign-off": "時間",
    }


def test_every_number_and_thing_of_the_visit_may_have_a_cause() -> None:
    visit = spec("visit")
    things = {thing for cause in visit["causes"] for thing in cause.get("outside", ())}
    assert things == visit["outside"].keys() - {"pc", "witness"}
    known = {entry.id for mode in visit["numbers"] for entry in entries(mode)}
    assert {id for cause in visit["causes"] for id in cause.get("numbers", ())} <= known


FORMULAS = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "＝1+1",
    "　=1",
    "|calc",
    "%x",
    '=HYPERLINK("http://x")',
)


@pytest.mark.parametrize("formula", FORMULAS)
def test_nothing_is_calculated_in_a_spreadsheet(formula: str, tmp_path: Path) -> None:
    result = of_terminal(DIFFERENT, "0110000000")
    result["bundle"]["facility"]["name"] = formula
    ledger = ledger_of(put(tmp_path, "a", result))
    text = "".join(as_csv(TERMINALS, TERMINALS.rows(ledger, TODAY, 14)))
    assert text.startswith(BOM) and text.endswith("\r\n")
    (row,) = csv.DictReader(io.StringIO(text.removeprefix(BOM)))
    name = row["施設"]
    assert name[0] == "'" or name.startswith("\\t")
    assert row["コード"] == "0110000000" and row["違い"] == "5"


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.id)
def test_a_table_fits_a_terminal(table: object) -> None:
    ledger = ledger_of(REAL, *OLD.glob("*/pc/stick"))
    (found,) = (each for each in TABLES if each is table)
    lines = list(as_text(found, found.rows(ledger, TODAY, 7), 100))
    assert lines[0] == f"■ {found.title}"
    assert all(columns(line) <= 100 for line in lines)
    assert found.id == "shared" or len(lines) > 2


def test_json_has_every_table() -> None:
    ledger = ledger_of(REAL)
    tables = [(table, table.rows(ledger, TODAY, 14)) for table in TABLES]
    data = json.loads("".join(as_json(tables, Gathered(new=9), TODAY)))
    assert data["format"] == 1 and data["date"] == "2026-12-20" and data["files"]["new"] == 9
    for table in TABLES:
        assert all(list(row) == [c.id for c in table.columns] for row in data[table.id])
    assert len(data["terminals"]) == 5
    empty = json.loads("".join(as_json([(TERMINALS, [])], Gathered(), TODAY)))
    assert empty["terminals"] == []


def test_every_step_that_is_left_has_a_title() -> None:
    ids = {
        s["id"]
        for path in REAL.rglob("result.json")
        for s in json.loads(path.read_bytes())["steps"]
    }
    assert ids <= titles().keys()
    assert all(re.search("[ぁ-んァ-ヶ一-龠]", titles()[id]) for id in ids)
