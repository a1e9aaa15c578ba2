"""What is taken of a file, and what is not: whoever has had the stick can have written it."""

import json
import os
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from oqsgen.limits import RESULT_AHEAD, RESULT_BYTES, RESULT_DEPTH, RESULT_FOLDERS
from oqsgen.results.find import Refused, find_results
from oqsgen.results.gather import gather
from oqsgen.results.ledger import temporary_ledger
from oqsgen.results.parts import parts_of
from oqsgen.results.read import read_bytes, read_result
from oqsgen.results.result import Parts, Result
from oqsgen.results.store import store
from oqsgen.text import is_visible

from .made import DIFFERENT, NOW, OLD, REAL, STOPPED, UNDONE, changed, put, real

Change = Callable[[dict[str, Any]], Any]


def read(data: bytes | dict[str, Any], name: str = "result.json") -> Result | Refused:
    raw = data if isinstance(data, bytes) else json.dumps(data).encode()
    return read_result(Path(name), raw, NOW)


def taken(data: bytes | dict[str, Any]) -> Result:
    result = read(data)
    assert isinstance(result, Result), result
    return result


def parts(data: bytes | dict[str, Any]) -> Parts:
    return parts_of(taken(data))


def test_every_real_result_is_taken_and_none_is_missed() -> None:
    found = list(find_results([REAL]))
    assert len(found) == len(list(REAL.rglob("result.json"))) > 5
    for path in found:
        assert isinstance(path, Path)
        taken((REAL / path).read_bytes())


def test_what_is_wrong_and_what_is_left_stand_under_the_numbers_of_the_sheet() -> None:
    result = parts(real(DIFFERENT))
    wrong = {step.id: step.number for step in result.steps if step.status == "drift"}
    assert wrong == {
        "firewall-on": "apply",
        "winhttp": "apply",
        "sleep-ac": "apply",
        "windows-update-keeps-on": "apply",
        "connection-doctor": "distribution-check",
    }
    assert ("24", "翌日", "この PC が自分で") in {
        (n.label, n.title, n.owner) for n in result.numbers
    }
    assert [c.ends for c in result.certificates] == ["2030-02-28"]


def test_the_staff_of_whom_it_is_left_are_named() -> None:
    result = parts(real(STOPPED))
    people = [number.person for number in result.numbers if number.person]
    assert people == ["uketsuke1", "uketsuke2"]
    assert "uketsuke" not in "".join(number.title for number in result.numbers)


@pytest.mark.parametrize("clinic", sorted(path.parent.name for path in OLD.glob("*/pc")))
def test_results_of_the_first_release_are_read_under_todays_numbers(clinic: str) -> None:
    """They say none themselves: what a person said to be done then counts, and their sheet had no numbers."""
    paths = sorted((OLD / clinic / "pc" / "stick").rglob("result.json"))
    assert paths
    for path in paths:
        assert taken(path.read_bytes()).tool == "oqsgen 0.1.0"
        result = parts(path.read_bytes())
        assert result.numbers
        assert {number.label for number in result.numbers} == {""}
        assert all(number.title and number.owner and number.cause for number in result.numbers)
        said = {
            s["id"] for s in json.loads(path.read_bytes())["steps"] if "済んだと" in s["message"]
        }
        assert said.isdisjoint(step.id for step in result.steps)


def test_undoing_has_no_numbers_and_says_what_stays() -> None:
    assert taken(real(UNDONE)).mode == "Rollback"
    result = parts(real(UNDONE))
    assert result.numbers == ()
    assert {step.status for step in result.steps} == {"restart"}


WRONG: dict[str, Change] = {
    "another format": lambda r: r.update(format=2),
    "no format": lambda r: r.pop("format"),
    "a code that climbs": lambda r: r["bundle"]["facility"].update(code="../../etc"),
    "a code in full width": lambda r: r["bundle"]["facility"].update(code="１３１９９９９０１２"),
    "a terminal that is markup": lambda r: r["bundle"].update(terminal="<script>"),
    "a terminal with a line end": lambda r: r["bundle"].update(terminal="OQS-01\n"),
    "a status of nobody's": lambda r: r["steps"][0].update(status="great"),
    "an id that is a formula": lambda r: r["steps"][0].update(id="=1+1"),
    "too many steps": lambda r: r.update(steps=r["steps"] * 20),
    "steps that are none": lambda r: r.update(steps={"a": 1}),
    "a lone surrogate": lambda r: r["numbers"][0].update(title="\ud800"),
    "a name without end": lambda r: r["bundle"]["facility"].update(name="院" * 401),
    "a code of Windows": lambda r: r.update(exit=-196608),
    "true for a number": lambda r: r.update(exit="six"),
    "a day that is none": lambda r: r.update(finished="2026-02-31 10:00:00"),
    "a time of day that is none": lambda r: r.update(started="2026-02-01 29:00:00"),
    "tomorrow's tomorrow": lambda r: r.update(finished="2099-01-01 00:00:00"),
}


@pytest.mark.parametrize("change", WRONG.values(), ids=WRONG.keys())
def test_what_has_another_form_is_listed(change: Change) -> None:
    refused = read(changed(DIFFERENT, [change]))
    assert isinstance(refused, Refused) and not refused.foreign
    assert refused.why and all(map(is_visible, refused.why))


BROKEN: dict[str, bytes] = {
    "nothing": b"",
    "zeros": b"\0" * 100,
    "half a file": (REAL / DIFFERENT / "result.json").read_bytes()[:5000],
    "deep lists": b"[" * 100_000,
    "deep in a step": b'{"format":1,"steps":' + b'[{"found":' * 1000,
    "a huge number": b'{"format": ' + b"9" * 100_000 + b"}",
    "another encoding": '{"format": 1, "run": "院"}'.encode("cp932"),
    "a list": b"[1, 2]",
    "a word": b"null",
    "a mark of its encoding": b"\xef\xbb\xbf{}",
}


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN.keys())
def test_broken_files_are_listed(data: bytes) -> None:
    assert isinstance(read(data), Refused)
    foreign = read(data, "settings.json")
    assert isinstance(foreign, Refused) and foreign.foreign


def test_how_deep_a_result_may_be() -> None:
    """The parser's own bound; a list in ``found`` is the fourth level."""
    data = (REAL / DIFFERENT / "result.json").read_bytes()
    for levels in (RESULT_DEPTH.value, RESULT_DEPTH.value + 1):
        lists = b"[" * (levels - 3) + b"]" * (levels - 3)
        result = read(data.replace(b'"found": null', b'"found": ' + lists, 1))
        assert isinstance(result, Result) == (levels == RESULT_DEPTH.value)
    assert isinstance(result, Refused)
    assert result.why == f"入れ子が深すぎます（上限 {RESULT_DEPTH.value} 段）"


def test_texts_come_in_one_line_and_short() -> None:
    def hostile(result: dict[str, Any]) -> None:
        result["bundle"]["facility"]["name"] = "東京\x1b[2J内科\u202e\n問題ありません"
        result["account"] = "a" * 400
        result["steps"][0] |= {"status": "drift", "message": "\r" + "長" * 100_000}

    result = taken(changed(DIFFERENT, [hostile]))
    steps = parts(changed(DIFFERENT, [hostile])).steps
    assert result.facility == "東京\\x1b[2J内科\\u202e\\n問題ありません"
    assert len(result.account) == 101
    assert max(len(step.message) for step in steps) < 310


ODD: dict[str, Change] = {
    "too many numbers": lambda r: r.update(numbers=r["numbers"] * 20),
    "numbers that are none": lambda r: r.update(numbers={"a": 1}),
    "a title without end": lambda r: r["numbers"][0].update(title="題" * 401),
    "a message that is a list": lambda r: r["steps"][0].update(status="drift", message=["x"]),
}


@pytest.mark.parametrize("change", ODD.values(), ids=ODD.keys())
def test_what_is_odd_in_the_rest_is_as_if_it_were_not_there(change: Change) -> None:
    """Whether a file is taken does not depend on whether it is somebody's newest."""
    result = parts(changed(DIFFERENT, [change]))
    assert {step.id for step in result.steps} >= {"firewall-on", "winhttp"}
    assert "翌日" in {number.title for number in result.numbers}


def test_odd_certificates_are_left_out() -> None:
    def odd(result: dict[str, Any]) -> None:
        for step in result["steps"]:
            if step["kind"] in ("certificate", "certificate-state"):
                one = {"thumbprint": "AB" * 20, "subject": "CN=x", "to": 20270101}
                step["found"]["certificates"] = [
                    *("x", None, {}, one | {"to": 20270231}, one | {"thumbprint": "'; DROP"}),
                    *(one | {"thumbprint": f"{number:040}"} for number in range(100)),
                ]

    assert len(parts(changed(DIFFERENT, [odd])).certificates) == 20


def test_a_result_a_little_ahead_is_a_clock_of_another_office() -> None:
    assert RESULT_AHEAD.value == 2 * 24 * 3600
    taken(real(DIFFERENT, finished="2026-12-22 08:59:59"))


def test_whatever_bytes_stand_in_a_file_reading_ends(tmp_path: Path) -> None:
    """Taken or listed, and kept where it is taken."""
    chance = random.Random(19)
    data = (REAL / DIFFERENT / "result.json").read_bytes()
    pieces = [
        b"null",
        b"-1",
        b'"',
        b"{",
        b"]",
        b"\\",
        b"\x00",
        "\u202e".encode(),
        b"9" * 30,
        b"[[",
        b"NaN",
    ]
    ledger, kept = temporary_ledger(), 0
    for number in range(400):
        at = chance.randrange(len(data))
        odd = data[:at] + chance.choice(pieces) + data[at + chance.randrange(40) :]
        result = read(odd)
        if isinstance(result, Result):
            store(ledger, replace(result, run=str(number)))
            kept += 1
    assert kept > 20


def test_nothing_that_is_no_file_is_read_and_no_link_is_followed(tmp_path: Path) -> None:
    outside = put(tmp_path / "outside", "a", real(DIFFERENT))
    stick = tmp_path / "stick"
    stick.mkdir()
    (stick / "linked").symlink_to(outside.parent, target_is_directory=True)
    for name in ("to-file", "to-nothing", "loop", "pipe"):
        (stick / name).mkdir()
    (stick / "to-file" / "result.json").symlink_to(outside)
    (stick / "to-nothing" / "result.json").symlink_to(stick / "nowhere")
    (stick / "loop" / "loop").symlink_to(stick)
    os.mkfifo(stick / "pipe" / "result.json")
    with (stick / "large.json").open("wb") as file:
        file.truncate(RESULT_BYTES.value + 1)
    deep = stick.joinpath(*"d" * (RESULT_FOLDERS.value + 2))
    put(deep, "x", real(DIFFERENT))
    (tmp_path / "ring").symlink_to(tmp_path / "ring")
    places = [stick, tmp_path / "gone", tmp_path / "ring", Path("a\0b")]
    gathered = gather(temporary_ledger(), places, NOW)
    assert gathered.new == 0
    why = {Path(each.path).name: each.why for each in gathered.refused}
    assert why == {
        "linked": "リンクはたどりません",
        "loop": "リンクはたどりません",
        "result.json": why["result.json"],
        "large.json": "大きすぎます",
        "d": "フォルダーが深すぎます",
        "gone": "ありません",
        "ring": "リンクが輪になっています",
        "a\\x00b": "使えない名前です",
    }
    results = sorted(each.why for each in gathered.refused if each.path.endswith("result.json"))
    assert results == [
        "ふつうのファイルではありません",
        "リンクはたどりません",
        "リンクはたどりません",
    ]


SYMLINK, JUNCTION, ONE_DRIVE, ONE_DRIVE_FILE, DEDUPLICATED = (
    *(0xA000000C, 0xA0000003),
    *(0x9000001A, 0x9000601A, 0x80000013),
)
"""Tags of Windows' reparse points (winnt.h)."""


@pytest.mark.parametrize("tag", [0, ONE_DRIVE, ONE_DRIVE_FILE, DEDUPLICATED, SYMLINK, JUNCTION])
def test_of_reparse_points_of_windows_only_those_that_lead_elsewhere_are_links(
    tag: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder of OneDrive's is one in which results lie."""
    put(tmp_path / "stick", "a", real(DIFFERENT))

    class Entry:
        def __init__(self, entry: os.DirEntry[str]) -> None:
            self.name, self.path, self.is_dir = entry.name, entry.path, entry.is_dir

        def stat(self, *, follow_symlinks: bool) -> SimpleNamespace:
            # As Windows tells of a folder that it keeps elsewhere.
            mode = os.stat(self.path, follow_symlinks=follow_symlinks).st_mode
            return SimpleNamespace(st_mode=mode, st_file_attributes=0x410, st_reparse_tag=tag)

    @contextmanager
    def scandir(folder: Path) -> Iterator[Iterator[Entry]]:
        with real_scandir(folder) as entries:
            yield map(Entry, entries)

    real_scandir = os.scandir
    monkeypatch.setattr("oqsgen.results.find.os.scandir", scandir)
    found = list(find_results([tmp_path]))
    if tag in (SYMLINK, JUNCTION):
        assert [each.why for each in found if isinstance(each, Refused)] == ["リンクはたどりません"]
    else:
        assert found == [tmp_path / "stick" / "a" / "result.json"]


def test_a_link_that_a_person_named_leads_somewhere(tmp_path: Path) -> None:
    (tmp_path / "stick").symlink_to(REAL, target_is_directory=True)
    assert gather(temporary_ledger(), [tmp_path / "stick"], NOW).broken == 0


def test_other_files_of_ours_are_passed_over(tmp_path: Path) -> None:
    for name in ("bundle.json", "log.txt", "result.html", "Names.JSON"):
        (tmp_path / name).write_text("{}")
    assert list(find_results([tmp_path])) == []


def test_reading_tells_why_a_file_cannot_be_opened(tmp_path: Path) -> None:
    refused = read_bytes(tmp_path / "gone.json")
    assert isinstance(refused, Refused) and refused.why == "ありません"
