"""One page a day and terminal: whoever writes it last says what all of that day's passes know, and takes nobody's page away."""

import json
import re
import shutil
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from tests.pc.assemble import Pc, account, needs_pwsh, opened, plan, ready_machine

from .test_made_by import PCS, with_present_bundle
from .test_runtime import GUIDED, SIGN_IN, both, made, thing, things

pytestmark = needs_pwsh

STICK = "stick/results/1319999012_OQS-01"
HOME = "Users/{}/AppData/Local/oqsgen/results"
STEPS = [
    thing("sleep", {"ac": 0, "dc": 0}),
    SIGN_IN,
    thing("colour", {"rgb": [1]}, person=True, who="everyone"),
    thing("own", {"x": "y"}, person=True),
    GUIDED,
]
DECLINED = ["-UacDeclined"]


@pytest.fixture
def site(tmp_path: Path) -> tuple[Pc, Path]:
    """A PC with an administrator, OqsComApp and one of the staff; a bundle on the stick."""
    machine = ready_machine(things=things(), explorer="setup")
    machine["accounts"]["uketsuke1"] = account(1003)
    computer = made(tmp_path / "pc", machine)
    return computer, computer.bundle(plan(STEPS))


def sign_in(computer: Pc, name: str) -> None:
    computer.machine = computer.machine | {"explorer": name}


def pages(computer: Pc, place: str) -> list[Path]:
    return sorted((computer.folder / place).glob("*.html"))


def page(computer: Pc, place: str = STICK) -> str:
    (only,) = pages(computer, place)
    return only.read_text("utf-8")


def headline(text: str) -> str:
    (found,) = re.findall(r"<h1[^>]*>([^<]*)</h1>", text)
    assert text.split("<title>")[1].startswith(found)
    return str(found)


def past(text: str) -> list[tuple[str, str]]:
    """Where the page leads, and under which words."""
    assert text.count("これまでの結果") <= 1
    return re.findall(r'<li><a href="([^"]*)">([^<]*)</a></li>', text)


def words(text: str) -> str:
    return unescape(re.sub(r"<style>.*?</style>|<[^>]*>", "|", text, flags=re.DOTALL))


def visited(site: tuple[Pc, Path], *answers: str) -> None:
    """The machine's work in the administrator's session, then OqsComApp's."""
    computer, script = site
    assert both(computer, script, "Apply", run="r1") == [5, 4]
    sign_in(computer, "OqsComApp")
    both(computer, script, "Apply", run="r2", answers=list(answers or [""]))


def test_a_visit_of_several_starts_leaves_one_page(site: tuple[Pc, Path]) -> None:
    computer, script = site
    visited(site, "s")
    assert headline(page(computer)).startswith("残り 1 件")
    both(computer, script, "Verify", run="r3")
    text = page(computer)
    # Three passes of two people, each with what tools read; one page, with both their findings.
    assert len(list((computer.folder / STICK).glob("*/result.json"))) == 3
    assert headline(text) == "残り 1 件" and "項目 pc-sleep" in text.split("<details>")[1]
    # In whatever order: here they may be of one second.
    assert {re.sub(r".*\d\d:\d\d　", "", words) for _, words in past(text)} == {
        "適用　OqsComApp　残り 1 件",
        "適用　setup　残り 4 件",
    }
    for link, _ in past(text):
        assert (computer.folder / STICK / link).is_file()
    # That is what a person finds, and what opens by itself.
    assert len(pages(computer, HOME.format("OqsComApp"))) == 1
    assert opened(computer.folder) == ["ms-settings:about"]
    shown = (computer.folder / "opened.txt").read_text("utf-8").splitlines()
    assert shown[-1] == str(pages(computer, HOME.format("OqsComApp"))[0])


def test_what_an_administrator_saw_that_day_stands_on_the_page_of_a_pass_that_did_not(
    site: tuple[Pc, Path],
) -> None:
    """Also where the stick is out."""
    computer, script = site
    visited(site)
    shutil.rmtree(computer.folder / STICK)
    machine = computer.machine
    machine["things"]["person OqsComApp"]["own"] = {"x": "z"}
    computer.machine = machine
    done = computer.run(script, "Verify", "User", run="r3", options=DECLINED)
    assert not done.errors and "PC 全体の設定" not in page(computer, HOME.format("OqsComApp"))
    own = page(computer, HOME.format("OqsComApp"))
    assert headline(own) == "要確認 1 件" and "確認 1 件　問題なし 1" in own


def test_what_is_wrong_for_one_of_the_staff_is_no_green_page(site: tuple[Pc, Path]) -> None:
    computer, script = site
    visited(site)
    assert headline(page(computer)) == "問題なし"
    sign_in(computer, "uketsuke1")
    computer.run(script, "Verify", "User", run="r3", options=DECLINED)
    text = page(computer)
    assert headline(text) == "要確認 1 件" and "項目 person-colour（uketsuke1）" in text
    # OqsComApp's work is as OqsComApp left it, and not what is not the staff's to look at.
    assert "OqsComApp で行う項目です" not in text
    sign_in(computer, "OqsComApp")
    both(computer, script, "Verify", run="r4")
    assert headline(page(computer)) == "要確認 1 件" and "（uketsuke1）" in page(computer)
    sign_in(computer, "uketsuke1")
    done = computer.run(script, "Apply", "User", run="r5", options=DECLINED)
    assert headline(page(computer)) == "問題なし" and "\n■ 問題なし\n" in done.console
    assert headline(page(computer, HOME.format("uketsuke1"))) == "問題なし"


def test_what_is_left_stays_on_the_page_when_somebody_else_looks(site: tuple[Pc, Path]) -> None:
    computer, script = site
    visited(site, "s")
    for name in ("uketsuke1", "setup"):
        sign_in(computer, name)
        computer.run(script, "Apply", "User", run=name, options=DECLINED)
        text = page(computer)
        assert headline(text) == "残り 1 件" and "OqsComApp でサインインし、続きを開いて" in text
        assert "項目 guided" in text.split("残っていること")[1].split("<details>")[0]


def test_undoing_is_what_the_page_says_then(site: tuple[Pc, Path]) -> None:
    computer, script = site
    visited(site)
    both(computer, script, "Rollback", run="r3")
    assert "元に戻せるものは、すべて元に戻しました" in page(computer)
    sign_in(computer, "uketsuke1")
    computer.run(script, "Verify", "User", run="r4", options=DECLINED)
    # OqsComApp's result was before that.
    assert headline(page(computer)) != "問題なし" and "OqsComApp で行う項目です" in page(computer)


def test_a_pass_that_is_refused_takes_no_page_away(site: tuple[Pc, Path]) -> None:
    computer, script = site
    visited(site)
    before = page(computer)
    computer.machine = computer.machine | {"uwf": True}
    assert computer.run(script, "Verify", "User", run="r3").exit == 2
    assert page(computer) == before
    assert len(list((computer.folder / STICK).glob("*_Verify_*/result.html"))) == 1


def dated(computer: Pc, day: str) -> None:
    """All that is there becomes another day's."""
    for place in (computer.folder / STICK, *computer.folder.glob(HOME.format("*"))):
        for path in sorted(place.iterdir()):
            name = re.sub(r"^\d{8}", day.replace("-", ""), path.name)
            path.rename(place / re.sub(r"_\d{4}-\d\d-\d\d\.", f"_{day}.", name))


def test_days_before_are_named_the_newest_first(site: tuple[Pc, Path]) -> None:
    computer, script = site
    visited(site, "s")
    dated(computer, "2026-03-05")
    places = (STICK, HOME.format("OqsComApp"))
    for place in places:
        # As 0.1.0 left a day: without a page.
        (run,) = (computer.folder / place).glob("*_Apply_OqsComApp")
        shutil.copytree(run, run.with_name("20251231-235959_Verify_OqsComApp"))
    both(computer, script, "Apply", run="r2", answers=[""])
    for place in places:
        other, today = pages(computer, place)
        assert other.name == "OQS-01_2026-03-05.html"
        first, second = past(today.read_text("utf-8"))
        assert first[0] == other.name
        assert first[1].startswith("2026年3月5日（木）") and first[1].endswith("残り 1 件")
        assert second[0] == "20251231-235959_Verify_OqsComApp/result.html"
        assert second[1] == "2025年12月31日（水）23:59　確認　OqsComApp　残り 1 件"


def test_pages_of_days_without_the_stick_are_brought(site: tuple[Pc, Path]) -> None:
    computer, script = site
    visited(site)
    dated(computer, "2026-03-05")
    shutil.rmtree(computer.folder / STICK)
    both(computer, script, "Verify", run="r3")
    assert [path.name for path in pages(computer, STICK)] == [
        path.name for path in pages(computer, HOME.format("OqsComApp"))
    ]
    # One that somebody has written there since is newer than ours.
    old, _ = pages(computer, STICK)
    shutil.rmtree(next((computer.folder / STICK).glob("20260305-*")))
    (computer.folder / STICK / "20260305-235959_Verify_uketsuke1").mkdir()
    old.write_text("theirs", "utf-8")
    both(computer, script, "Apply", run="r4", answers=[""])
    assert old.read_text("utf-8") == "theirs"


@pytest.mark.parametrize("left", PCS[:1], ids=lambda path: path.parent.name)
def test_results_of_a_release_are_led_to(left: Path, tmp_path: Path) -> None:
    computer, script, _ = with_present_bundle(left, tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("results/**/result.*")}
    computer.run(script, "Verify", "User", run="r")
    (there,) = (computer.folder / "stick/results").iterdir()
    (new,) = there.glob("*.html")
    (first,) = past(new.read_text("utf-8"))
    assert first[1].endswith("適用　OqsComApp　問題なし") and (there / first[0]).is_file()
    assert {path: path.read_bytes() for path in before} == before


def test_killed_at_any_write_nothing_is_half_written(site: tuple[Pc, Path]) -> None:
    computer, _ = site
    visited(site, "s")
    before = {path.read_text("utf-8") for path in computer.folder.rglob("OQS-01_*.html")}
    whole = computer.copy(computer.folder.with_name("whole"))
    chances = whole.run(whole.script(), "Verify", "User", run="r3", options=DECLINED).chances
    shutil.rmtree(whole.folder)
    written = []
    for place in range(1, chances + 1):
        again = computer.copy(computer.folder.with_name(str(place)))
        done = again.run(again.script(), "Verify", "User", run="r3", options=DECLINED, crash=place)
        assert done.killed
        files = [*again.folder.rglob("OQS-01_*.html"), *again.folder.rglob("result.html")]
        texts = [path.read_text("utf-8") for path in files]
        assert all(text.endswith("</html>\n") for text in texts), place
        written.append(len({*texts[:3]} - before))
        for path in again.folder.rglob("result.json"):
            json.loads(path.read_text("utf-8"))
            assert path.with_name("result.html").exists() and path.with_name("log.txt").exists()
        shutil.rmtree(again.folder)
    # Of the three pages, the administrator's stays; the others are written one after the other.
    assert written == sorted(written) and {*written} == {0, 1, 2}


HOSTILE = "<img src=x onerror=alert(1)></td>&amp;\u202e問題なし"


def test_of_other_peoples_results_only_states_are_taken(site: tuple[Pc, Path]) -> None:
    computer, script = site
    visited(site)
    (path,) = (computer.folder / STICK).glob("*_OqsComApp/result.json")
    real = json.loads(path.read_text("utf-8"))
    today = path.parent.name[:8]

    def told(account: str, **more: Any) -> Path:
        """A result as somebody has put it there."""
        steps: list[Any] = [
            {**step, "title": HOSTILE, "status": "drift", "message": HOSTILE, "found": HOSTILE}
            for step in real["steps"]
        ]
        steps += [{"id": HOSTILE, "scope": "user", "status": "drift"}, None, HOSTILE]
        target = path.parent.with_name(f"{today}-235959_Verify_{account}") / path.name
        target.parent.mkdir(exist_ok=True)
        new = {**real, "account": account, "steps": steps, **more}
        target.write_text(json.dumps(new), "utf-8")
        return target

    shown = told("uketsuke1")
    told("nobody")
    told("other", bundle={**real["bundle"], "terminal": "OQS-02"})
    told("broken").write_text("{", "utf-8")
    (shown.with_name("result.html")).write_text(f"<title>{HOSTILE}</title>", "utf-8")
    both(computer, script, "Verify", run="r3")
    text = page(computer)
    assert headline(text) == "要確認 1 件" and "<img" not in text and "\u202e" not in text
    assert text.count("&lt;img") == text.count("&lt;img src=x onerror=alert(1)&gt;&lt;/td&gt;") > 0
    assert [link for link, _ in past(text)].count(f"{shown.parent.name}/result.html") == 1
    assert "nobody" not in words(text)


def test_what_lies_behind_a_link_is_neither_read_nor_named(site: tuple[Pc, Path]) -> None:
    computer, script = site
    visited(site)
    (run,) = (computer.folder / STICK).glob("*_setup")
    link = {f"{STICK}/{run.name}": {"reparse": True}}
    computer.machine = computer.machine | {"security": computer.machine["security"] | link}
    (computer.folder / "reads.txt").unlink(missing_ok=True)
    both(computer, script, "Verify", run="r3")
    assert run.name not in page(computer)
    assert run.name not in (computer.folder / "reads.txt").read_text("utf-8")
