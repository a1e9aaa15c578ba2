"""The page of many terminals in a real browser: light, dark, on a phone, by keyboard, on paper, and with a whole fleet."""

import io
import re
import sqlite3
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pypdf
import pytest

from oqsgen.results.as_page import as_page
from oqsgen.results.find import Refused
from oqsgen.results.gather import Gathered
from tests.pc.tools import need
from tests.runtime.browser import Browser, browser
from tests.runtime.test_page import COLOURS, contrast, squeezed

from .made import DIFFERENT, NOW, REAL, STOPPED, ledger_of, of_terminal, put

pytestmark = pytest.mark.needs("chromium")

HOSTILE = "<img src=x onerror=\"document.title='x'\"></td><script>document.title='x'</script>"
FLEET = 5_000
SECONDS = 30
"""In which a whole fleet is there whatever else the machine does; alone it takes less than two."""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Real results, and a hostile one."""
    folder = tmp_path_factory.mktemp("page")
    hostile = of_terminal(DIFFERENT, "1310000007")
    hostile["bundle"]["facility"]["name"] = HOSTILE
    hostile["steps"][0] |= {"status": "drift", "message": HOSTILE, "id": "unknown-id"}
    gathered = Gathered(new=9)
    gathered.refuse(Refused(f"/x/{HOSTILE}", "大きすぎます"))
    ledger = ledger_of(REAL, put(folder, "h", hostile))
    path = folder / "page.html"
    path.write_text("".join(as_page(ledger, gathered, NOW.date(), 7)), "utf-8")
    return path


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browser(need("chromium"), tmp_path_factory.mktemp("profile")) as one:
        yield one


def terminals(shown: Browser) -> list[str]:
    """The rows of the first table that are to be seen: the facility's code and the terminal."""
    script = """[...document.querySelectorAll('.terminals tbody tr')].filter(row => row.getClientRects().length)
        .map(row => row.cells[0].dataset.sort + ' ' + row.cells[1].innerText)"""
    found: list[str] = shown.run(script)
    return found


def typed(shown: Browser, field: str, value: str) -> None:
    script = f"(e => {{ e.value = {value!r}; e.dispatchEvent(new Event('input')); }})(document.getElementById('{field}'))"
    shown.run(script)


def test_it_fetches_nothing_and_runs_nothing_of_a_result(shown: Browser, page: Path) -> None:
    shown.look(width=1280)
    shown.open(page)
    assert shown.run("document.title") == "端末の一覧 2026年12月20日"
    assert shown.run("document.images.length") == 0
    assert shown.run("performance.getEntriesByType('resource').length") == 0
    text = page.read_text("utf-8")
    assert "default-src 'none'" in text and not re.search(r"(?:src|href)=\"(?!#)", text)
    assert unescape(text).count(HOSTILE) >= 2 and HOSTILE not in text
    assert HOSTILE in shown.run("document.querySelector('#files').textContent")
    # Even markup that got through would do nothing.
    shown.run(
        "document.body.insertAdjacentHTML('beforeend', '<button onclick=\"document.title=1\" id=evil>')"
    )
    shown.run("document.getElementById('evil').click()")
    assert shown.run("document.title").startswith("端末")


@pytest.mark.parametrize("width", [1280, 390])
def test_everything_has_room(width: int, shown: Browser, page: Path) -> None:
    for dark in (False, True):
        shown.look(width=width, dark=dark)
        shown.open(page)
        assert shown.run("document.documentElement.scrollWidth") <= width
        for tag, ink, behind in shown.run(COLOURS):
            assert contrast(ink, behind) >= 4.5, (tag, ink, behind, dark)


def test_it_is_filtered_and_sorted(shown: Browser, page: Path) -> None:
    shown.look(width=1280)
    shown.open(page)
    everyone = terminals(shown)
    assert len(everyone) == 6 and shown.run("document.getElementById('count').innerText") == "6 台"
    typed(shown, "text", "浜田")
    assert terminals(shown) == ["1319999111 UKETSUKE-1"]
    typed(shown, "text", "")
    typed(shown, "state", "残り")
    typed(shown, "cause", "回線")
    assert terminals(shown) == ["1319999012 OQS-02"]
    shown.run("document.getElementById('clear').click()")
    assert terminals(shown) == everyone
    shown.run("document.querySelector('.terminals th button').click()")
    assert terminals(shown) == sorted(everyone)
    shown.run("document.querySelector('.terminals th button').click()")
    assert terminals(shown)[0] == "2719999159 OQS-01"


def test_it_is_used_by_keyboard_alone(shown: Browser, page: Path) -> None:
    shown.look(width=1280)
    shown.open(page)
    reached = []
    for _ in range(30):
        shown.press("Tab")
        reached.append(shown.run("document.activeElement.id || document.activeElement.textContent"))
        outline = shown.run("getComputedStyle(document.activeElement).outlineStyle")
        assert outline == "solid", reached
    assert {"text", "state", "owner", "cause", "clear", "print", "状態", "すべて"} <= set(reached)
    shown.run("document.querySelector('.terminals th button').focus()")
    shown.press("Enter")
    assert terminals(shown) == sorted(terminals(shown))
    shown.run("document.querySelector('.unfold').focus()")
    shown.press(" ")
    assert shown.run("document.querySelector('.unfold').getAttribute('aria-expanded')") == "true"


def test_what_is_shown_is_printed_whole(shown: Browser, page: Path) -> None:
    shown.look(width=1280)
    shown.open(page)
    typed(shown, "text", "OQS-02")
    paper = pypdf.PdfReader(io.BytesIO(shown.print()))
    text = squeezed("".join(sheet.extract_text() for sheet in paper.pages))
    assert "21翌日" in text and "すべて" not in text and "UKETSUKE-1△" not in text
    width, height = (round(float(side)) for side in paper.pages[0].mediabox[2:])
    assert (width, height) == (842, 595)
    # What is far below, too, which the screen lays out once one comes there.
    last = squeezed(paper.pages[-1].extract_text())
    assert "読まなかったファイル" in text and "大きすぎます" in last


def test_each_sheet_has_the_heading_of_its_columns(shown: Browser, page: Path) -> None:
    shown.look(width=1280)
    shown.open(page)
    paper = pypdf.PdfReader(io.BytesIO(shown.print()))
    sheets = [squeezed(sheet.extract_text()) for sheet in paper.pages]
    with_terminals = [text for text in sheets if "日前" in text]
    assert len(with_terminals) > 1
    assert all("違っているもの、残っている番号" in text for text in with_terminals)


@pytest.mark.parametrize("width", [1280, 900])
def test_codes_days_and_names_of_terminals_stand_in_one_line(
    width: int, shown: Browser, page: Path
) -> None:
    shown.look(width=width)
    shown.open(page)
    script = """[...document.querySelectorAll('td.short')].filter(cell => {
        const text = document.createRange();
        text.selectNodeContents(cell);
        return new Set([...text.getClientRects()].map(line => Math.round(line.top))).size > 1;
    }).map(cell => cell.textContent)"""
    assert shown.run("document.querySelectorAll('td.short').length") > 50
    assert shown.run(script) == []
    assert shown.run("document.documentElement.scrollWidth") <= width


def test_it_is_read_without_a_script(page: Path) -> None:
    """The tables stand in the file, and the filter, which would do nothing, is not shown."""
    text = page.read_text("utf-8")
    assert 'class="filter" role="search" hidden' in text
    assert text.count("<tr>") > 30 and "1319999012" in text


def grow(ledger: sqlite3.Connection, size: int) -> None:
    """More terminals of each of the four sorts that a ledger has."""
    new = [(number, f"13{number:08}", "OQS-01", "医院") for number in range(10, size + 6)]
    ledger.executemany("INSERT INTO terminal VALUES (?, ?, ?, ?)", new)
    of_terminal = {"code": "t.code", "name": "t.name", "terminal": "t.id"}
    for table in ("fleet", "left_number", "wrong_step"):
        names = [row[1] for row in ledger.execute(f"PRAGMA temp.table_info({table})")]
        values = ", ".join(of_terminal.get(name, f"s.{name}") for name in names)
        same = f"FROM main.terminal t JOIN temp.{table} s ON s.terminal = t.id % 4 + 1 WHERE t.id >= 10"
        ledger.execute(f"INSERT INTO temp.{table} SELECT {values} {same}")


def test_a_whole_fleet_opens(shown: Browser, tmp_path: Path) -> None:
    for number in range(4):
        put(
            tmp_path,
            str(number),
            of_terminal((DIFFERENT, STOPPED)[number % 2], f"131000000{number}"),
        )
    ledger = ledger_of(tmp_path)
    grow(ledger, FLEET)
    path = tmp_path / "fleet.html"
    path.write_text("".join(as_page(ledger, Gathered(), NOW.date(), 7)), "utf-8")
    assert path.stat().st_size < 10_000_000
    shown.look(width=1280)
    shown.open(path)
    assert shown.run("performance.getEntriesByType('navigation')[0].duration") < SECONDS * 1000
    assert shown.run("document.querySelectorAll('.terminals tbody tr').length") == FLEET
    for step in ("typed", "button"):
        action = {
            "typed": "(e => { e.value = '00000017'; e.dispatchEvent(new Event('input')); })(document.getElementById('text'))",
            "button": "document.querySelectorAll('.terminals th button')[6].click()",
        }[step]
        measured = f"(() => {{ const begun = performance.now(); {action}; document.body.offsetHeight; return performance.now() - begun; }})()"
        assert shown.run(measured) < SECONDS * 1000, step
    assert terminals(shown) == ["1300000017 OQS-01"]
    shown.run("document.getElementById('clear').click()")
    assert len(terminals(shown)) == 200
    shown.run("document.getElementById('more').click()")
    assert len(terminals(shown)) == 400
    shown.look(width=1280, media="print")
    assert len(terminals(shown)) == FLEET
    shown.look(width=1280)
