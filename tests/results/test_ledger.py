"""The ledger: one file over the years, whoever writes into it and whenever that ends."""

import ctypes
import itertools
import os
import random
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest

from oqsgen.limits import LEDGER_SECONDS
from oqsgen.results import ledger as ledgers
from oqsgen.results import schema
from oqsgen.results.find import Refused
from oqsgen.results.gather import Gathered, gather
from oqsgen.results.ledger import LedgerError, open_ledger, temporary_ledger
from oqsgen.results.persons import clinic, forget, held
from oqsgen.results.read import read_bytes
from oqsgen.results.tables import prepare

from .made import DIFFERENT, NOW, OLD, REAL, STOPPED, by_terminal, of_terminal, put, real, rows


def contents(path: Path) -> list[tuple[object, ...]]:
    """Everything that a ledger holds, but for the numbers of its rows."""
    with sqlite3.connect(path) as ledger:
        return [
            tuple(row)
            for query in (
                "SELECT code, name, facility FROM terminal ORDER BY 1, 2",
                "SELECT hash, newest, wrong, left_user FROM result ORDER BY hash",
                "SELECT r.hash, s.id, s.scope, s.status, s.message FROM step s JOIN result r ON r.id = s.result ORDER BY 1, 2, 3",
                "SELECT r.hash, n.label, n.title, n.cause FROM number n JOIN result r ON r.id = n.result ORDER BY 1, n.place",
                "SELECT r.hash, c.thumbprint FROM certificate c JOIN result r ON r.id = c.result ORDER BY 1, 2",
            )
            for row in ledger.execute(query)
        ]


def filled(path: Path, *places: Path) -> Path:
    ledger = open_ledger(path, create=True)
    gather(ledger, places, NOW)
    ledger.close()
    return path


def test_the_same_result_twice_is_one(tmp_path: Path) -> None:
    """From the stick, from the profile, and once more."""
    shutil.copytree(REAL, tmp_path / "profile")
    path = filled(tmp_path / "l.db", REAL, tmp_path / "profile")
    once = contents(path)
    assert len([row for row in once if len(row) == 4]) >= len(list(REAL.rglob("result.json")))
    filled(path, REAL)
    assert contents(path) == once


def test_the_order_in_which_results_come_is_nothing(tmp_path: Path) -> None:
    paths = sorted((*REAL.rglob("result.json"), *(OLD / "clinic/pc/stick").rglob("result.json")))
    first = contents(filled(tmp_path / "0.db", *paths))
    for seed in range(4):
        order = random.Random(seed).sample(paths, len(paths))
        assert contents(filled(tmp_path / f"{seed + 1}.db", *order)) == first


def test_names_are_the_same_in_any_case(tmp_path: Path) -> None:
    """As Windows has it: one terminal, one person; called as the newest result calls them, in whatever order they come."""
    older = of_terminal(DIFFERENT, "1310000001", "OQS-01", account="oqscomapp")
    newer = of_terminal(DIFFERENT, "1310000001", "oqs-01", finished="2026-12-01 09:00:00")
    newer |= {"run": "n", "started": "2026-12-01 08:59:00"}
    newer["bundle"]["facility"]["name"] = "新しい名前"
    other = of_terminal(DIFFERENT, "1310000001", "Oqs-01", account="YAMADA")
    same = of_terminal(DIFFERENT, "1310000001", "oQs-01", account="yamada")
    same |= {"finished": "2026-12-01 10:00:00", "started": "2026-12-01 09:59:00"}
    results = [older, newer, other, same]
    files = [put(tmp_path, str(number), result) for number, result in enumerate(results)]
    for number, order in enumerate(itertools.permutations(files)):
        path = filled(tmp_path / f"{number}.db", *order)
        ledger = open_ledger(path, create=False)
        query = "SELECT account FROM result WHERE newest = 1 ORDER BY 1"
        assert ledger.execute(query).fetchall() == [("OqsComApp",), ("yamada",)]
        told = clinic(ledger, "1310000001")
        assert (told.terminals, told.results) == (1, 4)
        prepare(ledger)
        assert [row["name"] for row in rows(ledger, "terminals")] == ["oQs-01"]
        assert not rows(ledger, "shared") and rows(ledger, "certificates")[0]["terminals"] == 1
        assert {row["terminals"] for row in rows(ledger, "drift")} == {1}
        ledger.close()
    ledger = open_ledger(path, create=False)
    forget(ledger, "1310000001")
    assert clinic(ledger, "1310000001").results == 0


def test_of_a_run_that_wrote_again_the_later_counts(tmp_path: Path) -> None:
    before, after = real(STOPPED), real(STOPPED, finished="2026-11-29 18:00:00", exit=0)
    for order in ((before, after), (after, before)):
        path = tmp_path / f"{order[0]['exit']}.db"
        for number, result in enumerate(order):
            filled(path, put(tmp_path / path.stem, str(number), result))
        with sqlite3.connect(path) as ledger:
            assert ledger.execute("SELECT exit FROM result").fetchall() == [(0,)]


def test_a_run_that_was_refused_takes_nothing_away(tmp_path: Path) -> None:
    refused = real(DIFFERENT, run="x", exit=2, steps=[], numbers=[])
    refused |= {"started": "2026-12-01 09:00:00", "finished": "2026-12-01 09:00:01"}
    ledger = open_ledger(filled(tmp_path / "l.db", REAL, put(tmp_path, "r", refused)), create=False)
    prepare(ledger)
    fleet = by_terminal(ledger)["1319999012_OQS-01"]
    assert (fleet["state"], fleet["last"]) == ("要確認", "2026-11-29 13:03")


def refusal(path: Path) -> str:
    with pytest.raises(LedgerError) as error:
        open_ledger(path, create=True)
    return str(error.value)


def test_what_is_no_ledger_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    text = tmp_path / "text.db"
    text.write_text("これは台帳ではありません。" * 100)
    foreign = tmp_path / "foreign.db"
    with sqlite3.connect(foreign) as other:
        other.execute("CREATE TABLE patients (name)")
    for path, says in ((text, "SQLite のファイルではありません"), (foreign, "台帳ではない")):
        before = path.read_bytes()
        assert says in refusal(path)
        assert path.read_bytes() == before and not list(tmp_path.glob("*-journal"))
    (tmp_path / "folder.db").mkdir()
    assert "開けません" in refusal(tmp_path / "folder.db")
    assert "開けません" in refusal(tmp_path / "gone" / "l.db")
    with pytest.raises(LedgerError, match="ありません"):
        open_ledger(tmp_path / "new.db", create=False)
    assert not (tmp_path / "new.db").exists()


ODD = {
    "新しい版": f"PRAGMA user_version = {len(schema.MIGRATIONS) + 1}",
    "oqsgen の作ったものと違います": "CREATE TRIGGER t AFTER INSERT ON result BEGIN DELETE FROM terminal; END",
    "違います。控え": "DROP VIEW fleet",
}


@pytest.mark.parametrize("says", ODD)
def test_a_ledger_that_somebody_made_another_is_refused(says: str, tmp_path: Path) -> None:
    path = filled(tmp_path / "l.db", REAL)
    with sqlite3.connect(path) as ledger:
        ledger.execute(ODD[says])
    assert says in refusal(path)


def test_a_full_disk_is_said_and_leaves_the_ledger(tmp_path: Path) -> None:
    """SQLite ends the transaction itself then."""
    path = filled(tmp_path / "l.db", REAL / DIFFERENT)
    before = contents(path)
    ledger = open_ledger(path, create=False)
    (pages,) = ledger.execute("PRAGMA page_count").fetchone()
    ledger.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(sqlite3.Error) as error:
        gather(ledger, [REAL, *OLD.glob("*/pc/stick")], NOW)
    assert ledgers.why(error.value) == "空き容量がありません。"
    ledger.close()
    assert contents(path) == before
    assert len(contents(filled(path, REAL))) > len(before)


def test_further_tables_of_the_office_are_left_alone(tmp_path: Path) -> None:
    path = filled(tmp_path / "l.db", REAL)
    with sqlite3.connect(path) as ledger:
        ledger.execute("CREATE TABLE note (code, text)")
    filled(path, REAL)


def test_an_older_ledger_is_brought_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With all that it holds; this version's one is refused by the older one."""
    path = filled(tmp_path / "l.db", REAL)
    before = contents(path)
    later = (*schema.MIGRATIONS, "ALTER TABLE terminal ADD COLUMN note TEXT NOT NULL DEFAULT '';\n")
    for module in (schema, ledgers):
        monkeypatch.setattr(module, "MIGRATIONS", later)
    open_ledger(path, create=False).close()
    assert contents(path) == before
    with sqlite3.connect(path) as ledger:
        assert ledger.execute("SELECT DISTINCT note FROM terminal").fetchall() == [("",)]
        assert ledger.execute("PRAGMA user_version").fetchone() == (2,)
    monkeypatch.undo()
    assert "新しい版" in refusal(path)


def test_two_writers_wait_for_each_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each in a thread of its own with a connection of its own, from the first table on; a transaction for each file."""
    monkeypatch.setattr("oqsgen.results.gather.BATCH", 1)
    sticks = []
    for name in "ab":
        sticks.append(tmp_path / name)
        for number in range(12):
            code = f"13{name == 'b':01}{number:07}"
            put(tmp_path / name, code, of_terminal(DIFFERENT, code))
    path = tmp_path / "l.db"
    writers = [Thread(target=filled, args=(path, stick)) for stick in (*sticks, sticks[0])]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    ledger = open_ledger(path, create=False)
    prepare(ledger)
    assert len(rows(ledger, "terminals")) == 24


def test_nobody_waits_for_a_slow_stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While one reads a file another one writes, and does not wait at all; what both have is one."""
    stick, path = tmp_path / "stick", tmp_path / "l.db"
    slow = put(stick, "1", of_terminal(DIFFERENT, "1310000001"))
    both = put(stick, "2", of_terminal(DIFFERENT, "1310000002"))
    others: list[Gathered] = []

    def read_slowly(place: Path) -> bytes | Refused:
        if place == slow:
            other = open_ledger(path, create=False)
            others.append(gather(other, [both], NOW))
            other.close()
        return read_bytes(place)

    no_time = LEDGER_SECONDS._replace(value=0)
    monkeypatch.setattr("oqsgen.results.ledger.LEDGER_SECONDS", no_time)
    monkeypatch.setattr("oqsgen.results.gather.read_bytes", read_slowly)
    ledger = open_ledger(path, create=True)
    # The newest first: what both have was read already, and is known once the slow one is there.
    gathered = gather(ledger, [stick], NOW)
    ledger.close()
    assert [(one.new, one.repeated) for one in (*others, gathered)] == [(1, 0), (1, 1)]
    assert len(contents(path)) == len(contents(filled(tmp_path / "one.db", stick)))


def test_a_batch_ends_where_it_is_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stranger's files do not fill memory together."""
    most = 2 * len((REAL / DIFFERENT / "result.json").read_bytes())
    monkeypatch.setattr("oqsgen.results.gather.BATCH_BYTES", most)
    for number in range(7):
        put(tmp_path, str(number), of_terminal(DIFFERENT, f"131000000{number}"))
    statements: list[str] = []
    ledger = temporary_ledger()
    ledger.set_trace_callback(statements.append)
    assert gather(ledger, [tmp_path], NOW).new == 7
    assert statements.count("BEGIN IMMEDIATE") == 3


VFS = ctypes.c_void_p * 21
SET_CALL = 18
"""Where ``xSetSystemCall`` stands in ``sqlite3_vfs``, counted in pointers: of the three numbers at its beginning the first two
share one."""
WRITE = ctypes.CFUNCTYPE(
    ctypes.c_ssize_t, ctypes.c_int, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_longlong
)


def killed_at(write: int, work: Callable[[], object]) -> bool:
    """Whether ``work``, in a process of its own, was killed (SIGKILL) in the place of its n-th write to a file."""
    child = os.fork()
    if child == 0:
        try:
            sqlite = ctypes.CDLL("libsqlite3.so.0")
            counter = itertools.count(1)
            real_write = ctypes.CDLL(None, use_errno=True).pwrite64
            real_write.argtypes = [
                *(ctypes.c_int, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_longlong),
            ]
            real_write.restype = ctypes.c_ssize_t

            def pwrite(file: int, data: int, size: int, offset: int) -> int:
                if next(counter) == write:
                    # Half of it is on the disk.
                    real_write(file, data, size // 2, offset)
                    os.kill(os.getpid(), signal.SIGKILL)
                return int(real_write(file, data, size, offset))

            hook = WRITE(pwrite)
            sqlite.sqlite3_vfs_find.restype = ctypes.POINTER(VFS)
            vfs = sqlite.sqlite3_vfs_find(None)
            set_call = ctypes.CFUNCTYPE(
                ctypes.c_int, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p
            )(vfs.contents[SET_CALL])
            pointer = ctypes.cast(hook, ctypes.c_void_p)
            codes = [
                set_call(ctypes.addressof(vfs.contents), n, pointer)
                for n in (b"pwrite", b"pwrite64")
            ]
            assert 0 in codes
            work()
        except BaseException:
            os._exit(1)
        os._exit(0)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in (0, -signal.SIGKILL), status
    return status != 0


@pytest.mark.skipif(sys.platform != "linux", reason="writes are counted below SQLite")
def test_a_kill_at_any_write_leaves_a_ledger(tmp_path: Path) -> None:
    """While it is made, while results come in, while a clinic is forgotten: before or after, and never between."""
    stick, more = tmp_path / "stick", tmp_path / "more"
    few = real(STOPPED)["steps"][:60]
    put(stick, "0", real(STOPPED, steps=few))
    put(more, "1", of_terminal(STOPPED, "1310000001", steps=few))
    path = tmp_path / "l.db"

    def forgotten() -> None:
        ledger = open_ledger(path, create=False)
        forget(ledger, "1319999111")
        ledger.close()

    kills = 0
    for work in (lambda: filled(path, stick), lambda: filled(path, more), forgotten):
        before = path.read_bytes() if path.exists() else None
        states = set()
        for write in itertools.count(1):
            for left in tmp_path.glob("l.db*"):
                left.unlink()
            if before is not None:
                path.write_bytes(before)
            if not killed_at(write, work):
                break
            kills += 1
            open_ledger(path, create=True).close()
            with sqlite3.connect(path) as ledger:
                assert ledger.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
                assert ledger.execute("PRAGMA foreign_key_check").fetchall() == []
            states.add(len(contents(path)))
        states.add(len(contents(path)))
        assert len(states) == 2, states
    assert kills > 60


def test_a_clinic_can_be_forgotten(tmp_path: Path) -> None:
    """With all that tells of it, also in what the file had free."""
    path = filled(tmp_path / "l.db", REAL)
    told = [word.encode() for word in ("1319999111", "浜田診療所", "UKETSUKE-1", "uketsuke2")]
    assert all(word in path.read_bytes() for word in told)
    ledger = open_ledger(path, create=False)
    assert (clinic(ledger, "1319999111").terminals, clinic(ledger, "1319999111").results) == (1, 1)
    forget(ledger, "1319999111")
    assert clinic(ledger, "1319999111").terminals == 0
    ledger.close()
    assert not any(word in path.read_bytes() for word in told)
    assert "東京内科".encode() in path.read_bytes()
    assert not list(tmp_path.glob("l.db-*"))


def test_what_is_held_about_persons_is_listed(tmp_path: Path) -> None:
    """Every text column in which a name was, and no other."""
    path = filled(tmp_path / "l.db", REAL)
    ledger = open_ledger(path, create=False)
    listed = {one.where: one for one in held(ledger)}
    assert listed["result.account"].texts == ("uketsuke1",)
    assert listed["number.person"].texts == ("uketsuke1", "uketsuke2")
    with_names = set()
    for (table,) in ledger.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table'"
    ).fetchall():
        for _, column, kind, *_ in ledger.execute(f"PRAGMA table_info({table})").fetchall():
            query = f"SELECT 1 FROM {table} WHERE {column} LIKE '%uketsuke%' LIMIT 1"
            if kind == "TEXT" and ledger.execute(query).fetchone():
                with_names.add(f"{table}.{column}")
    # The name of a terminal is that of a PC.
    assert with_names - {"terminal.name", "result.computer"} <= listed.keys()


def test_of_older_results_nothing_is_kept_but_that_something_was_wrong(tmp_path: Path) -> None:
    newer = real(
        DIFFERENT, run="later", started="2026-12-10 09:00:00", finished="2026-12-10 09:00:30"
    )
    path = filled(tmp_path / "l.db", REAL, put(tmp_path, "n", newer))
    query = """
    SELECT count(*), count(nullif(message, '')), count(CASE status WHEN 'drift' THEN 1 END)
    FROM step s JOIN result r ON r.id = s.result WHERE newest = 0
    """
    with sqlite3.connect(path) as ledger:
        steps, messages, drifts = ledger.execute(query).fetchone()
        assert steps == drifts == 5 and messages == 0
        for table in ("number", "certificate"):
            old = (
                f"SELECT count(*) FROM {table} n JOIN result r ON r.id = n.result WHERE newest = 0"
            )
            assert ledger.execute(old).fetchone() == (0,)
