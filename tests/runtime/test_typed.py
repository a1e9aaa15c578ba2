"""What a person types in the user pass: of one number all of it in one line, which says the rest of it, too."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.pc.assemble import needs_pwsh
from tests.pc.columns import unwrapped
from tests.runtime.test_conversation import answered, confirmed, messages, number
from tests.runtime.test_runtime import MANUAL, statuses, thing

pytestmark = needs_pwsh

FIRST, SECOND = "1319999012", "0219999018"


def typed(name: str, code: str) -> dict[str, Any]:
    return {
        "id": name,
        "kind": "typed-code",
        "how": "guided",
        "target": {"asks": f"紙{name}のコード"},
        "wanted": {"code": code},
    }


A, B = typed("a", FIRST), typed("b", SECOND)
SEEN, MORE = (MANUAL | {"id": name, "title": f"項目 {name}"} for name in ("seen", "more"))
STEPS = [A, SEEN, B, MORE]
IDS = [step["id"] for step in STEPS]
NUMBERS = [number("1", IDS)]
AND_NEXT = [*NUMBERS, number("2", ["next"])]
NEXT = MANUAL | {"id": "next", "title": "項目 next"}
LINE = "続けて 20 桁"


@pytest.mark.parametrize(
    "text",
    [f"{FIRST}{SECOND}", "１３１９９９９０１２　0219-999-018", f"{FIRST[:4]} {FIRST[4:]} {SECOND}"],
)
def test_one_line_says_all_of_a_number(tmp_path: Path, text: str) -> None:
    computer, done = answered(tmp_path, STEPS, text, numbers=NUMBERS)
    assert done.exit == 0 and done.console.count(LINE) == 1
    assert re.search(r"1  紙aのコード\s+2  紙bのコード", done.console)
    assert statuses(computer.result()) == dict(a="ok", seen="manual", b="ok", more="manual")
    assert confirmed(tmp_path) == [
        "typed-code 紙aのコード",
        "typed-code 紙bのコード",
        "seen",
        "more",
    ]


def test_only_what_was_wrong_is_asked_for_again(tmp_path: Path) -> None:
    """Until then nothing is said of the rest."""
    computer, done = answered(tmp_path, STEPS, f"{FIRST} 0219999026", "s", numbers=NUMBERS)
    said = unwrapped(done.console)
    assert done.exit == 5 and "紙bのコード: 入力されたコードが違います" in said
    assert "紙aのコード: 入力" not in said and done.console.count(LINE) == 1
    assert confirmed(tmp_path) == ["typed-code 紙aのコード"]
    assert statuses(computer.result()) == dict(a="ok", seen="manual", b="manual", more="manual")
    computer.run(computer.script(), "Apply", "User", run="again", answers=[SECOND])
    assert statuses(computer.result())["b"] == "ok" and "more" in confirmed(tmp_path)


def test_too_few_digits_are_none(tmp_path: Path) -> None:
    _, done = answered(tmp_path, STEPS, FIRST, "", f"{FIRST}{SECOND}", numbers=NUMBERS)
    assert "合わせて 20 桁です（入力は 10 桁）。" in done.console
    assert done.exit == 0 and done.console.count("まだ入力されていません: 紙a") == 2


def test_of_several_it_is_asked_which_cannot_be_typed(tmp_path: Path) -> None:
    answers = ["n", "", FIRST, "n", "3"]
    computer, done = answered(tmp_path, STEPS, *answers, numbers=NUMBERS)
    assert done.exit == 6 and messages(computer)["b"].endswith("（要る物、情報、人がない）。")
    assert statuses(computer.result()) == dict(a="ok", seen="manual", b="failed", more="manual")
    assert confirmed(tmp_path) == ["seen", "more", "typed-code 紙aのコード"]


def test_later_is_all_of_it(tmp_path: Path) -> None:
    computer, done = answered(tmp_path, STEPS, "s", numbers=NUMBERS)
    assert done.exit == 5 and confirmed(tmp_path) == []
    assert set(statuses(computer.result()).values()) == {"manual"}


def test_going_back_asks_what_was_not_typed(tmp_path: Path) -> None:
    """A code that was right stays so."""
    answers = [f"{FIRST}{SECOND}", "b", "", ""]
    _, done = answered(tmp_path, [*STEPS, NEXT], *answers, numbers=AND_NEXT)
    assert done.exit == 0 and done.console.count(LINE) == 1
    assert confirmed(tmp_path)[-3:] == ["seen", "more", "next"]
    assert done.console.count("――― 項目 seen") == 2


def test_what_the_pc_does_is_not_passed_over(tmp_path: Path) -> None:
    own = thing("own", {"x": 1}, person=True)
    numbers = [number("1", ["a", "seen", "person-own", "b", "more"])]
    _, done = answered(tmp_path, [A, SEEN, own, B, MORE], FIRST, SECOND, numbers=numbers)
    assert done.exit == 0 and LINE not in done.console
    assert confirmed(tmp_path) == [
        "typed-code 紙aのコード",
        "seen",
        "typed-code 紙bのコード",
        "more",
    ]


def test_the_machine_learns_that_it_was_typed(tmp_path: Path) -> None:
    """Though the pass has left something."""
    steps = [*STEPS, NEXT, thing("later", {"x": 1}, after=["b"])]
    computer, done = answered(tmp_path, steps, f"{FIRST}{SECOND}", "s", numbers=AND_NEXT)
    assert done.exit == 5
    assert computer.run(computer.script(), "Apply", "Machine").exit == 0
    assert computer.machine["things"]["pc"]["later"] == {"x": 1}
