"""What each key does at a question of the user pass."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.pc.assemble import Outcome, Pc, needs_pwsh, opened, plan, ready_machine
from tests.pc.columns import unwrapped
from tests.runtime.test_confirmed import JOURNAL, bundle, entries
from tests.runtime.test_runtime import GUIDED, MANUAL, made, statuses, thing

pytestmark = needs_pwsh

ONE, TWO, THREE = (GUIDED | {"id": name} for name in ("one", "two", "three"))


def number(label: str, steps: list[str], needs: str = "", later: str = "施設") -> dict[str, Any]:
    base = {
        "label": label,
        "id": f"number-{label}",
        "title": f"作業{label}",
        "steps": steps,
        "person": None,
    }
    return base | {"needs": needs.split(), "later": later}


def answered(
    folder: Path, steps: list[dict[str, Any]], *answers: str | dict[str, Any], **more: Any
) -> tuple[Pc, Outcome]:
    """A start in which a person answers so, or presses nothing while somebody does something to the PC."""
    computer = made(folder, ready_machine(things=more.pop("things", {})))
    done = computer.run(
        computer.bundle(plan(steps, **more)), "Apply", "User", answers=list(answers)
    )
    assert not done.errors, done
    return computer, done


def confirmed(folder: Path) -> list[str]:
    """The steps that are, after all that was said."""
    said: list[str] = []
    for entry in entries(folder) if (folder / JOURNAL).exists() else []:
        ours = str(entry.get("step")).startswith(("time ", "continuation"))
        if entry["event"] in ("confirmed", "unconfirmed") and ours:
            continue
        if entry["event"] == "confirmed":
            said.append(entry["step"])
        if entry["event"] == "unconfirmed":
            said.remove(entry["step"])
    return said


def messages(computer: Pc) -> dict[str, str]:
    return {step["id"]: step["message"] for step in computer.result()["steps"]}


@pytest.mark.parametrize("typed", ["", "y", "Ｙ", "はい", "1", "１"])
def test_what_claims_it_is_done(tmp_path: Path, typed: str) -> None:
    _, done = answered(tmp_path, [ONE], typed)
    assert done.exit == 0 and confirmed(tmp_path) == ["one"]


@pytest.mark.parametrize("typed", ["x", "7", "OQS-01", "済み？", "b", "いいえ？"])
def test_no_other_answer_counts_as_done(tmp_path: Path, typed: str) -> None:
    """b neither: there is no question before this one."""
    _, done = answered(tmp_path, [ONE], typed, typed, "s")
    assert done.exit == 5 and confirmed(tmp_path) == []
    assert done.console.count("その答えはありません") == 2
    assert "  b " not in done.console


def test_a_step_may_name_what_is_claimed(tmp_path: Path) -> None:
    _, done = answered(tmp_path, [ONE | {"claim": "同じにした"}, TWO])
    assert "Enter 同じにした  n " in done.console and "Enter 済んだ  n " in done.console


@pytest.mark.parametrize("typed", ["s", "ｓ", "Ｓ", "後日"])
def test_later_is_neither_done_nor_all_right(tmp_path: Path, typed: str) -> None:
    computer, done = answered(tmp_path, [ONE, MANUAL], typed)
    assert done.exit == 5 and confirmed(tmp_path) == ["by-hand"]
    assert "後で行う" in messages(computer)["one"]
    assert "■ 問題なし" not in done.console and "後日に残した作業" in done.console


def test_what_needs_it_is_put_off_with_it_and_told_once(tmp_path: Path) -> None:
    steps = [ONE, TWO, thing("seen", {"x": 1}, person=True, how="guided"), THREE]
    steps += [thing("wish", {"x": 1, "locked": "OqsComApp"}, person=True, secrets=["OqsComApp"])]
    steps += [MANUAL]
    numbers = [number("1", ["one"]), number("2", ["two", "person-seen"], "1")]
    numbers += [number("3", ["three", "person-wish"], "2"), number("4", ["by-hand"])]
    computer, done = answered(tmp_path, steps, "s", numbers=numbers)
    assert done.exit == 5 and confirmed(tmp_path) == ["by-hand"]
    assert done.console.count("Enter 済んだ") == 2
    assert "パスワード" not in done.console.split("今日はここまで")[0]
    assert done.console.count("いっしょに後日にします: 2 作業2、3 作業3") == 1
    found = statuses(computer.result())
    assert set(found.values()) == {"manual"}
    assert "番号 1 の後" in messages(computer)["two"]
    # What the PC sees done is done all the same, and the next start asks again.
    computer.machine = computer.machine | {"things": {"person OqsComApp": {"seen": {"x": 1}}}}
    done = computer.run(computer.script(), "Apply", "User", run="b", answers=["s"])
    assert statuses(computer.result())["person-seen"] == "ok"


def test_going_back_takes_the_answer_back(tmp_path: Path) -> None:
    steps = [ONE, thing("own", {"x": 1}, person=True), TWO, THREE]
    computer, done = answered(tmp_path, steps, "", "", "b", "b", "s", "")
    assert done.exit == 5 and confirmed(tmp_path) == ["two", "three"]
    assert [e["step"] for e in entries(tmp_path) if e["event"] == "unconfirmed"] == ["two", "one"]
    assert statuses(computer.result())["person-own"] == "changed"
    # It stays taken back in another bundle.
    other = computer.bundle(bundle([ONE, TWO, THREE], "c"), "other")
    done = computer.run(other, "Apply", "User", answers=[])
    assert done.exit == 0 and done.console.count("Enter 済んだ") == 1


def test_what_cannot_be_done_is_recorded_as_that(tmp_path: Path) -> None:
    steps = [ONE | {"check": "緑である。緑でなければ、押して切り替えます。"}, TWO]
    computer, done = answered(tmp_path, steps, "n", "2")
    assert done.exit == 6 and statuses(computer.result()) == {"one": "failed", "two": "manual"}
    assert confirmed(tmp_path) == ["two"]
    (said,) = [entry for entry in entries(tmp_path) if entry["event"] == "unable"]
    assert said["step"] == "one" and said["cause"] == "エラーが出る、反応しない" and said["who"]
    assert "エラーが出る" in messages(computer)["one"]
    shown = done.console.split("できない  項目 one")[1]
    assert "緑でなければ、押して切り替えます" in shown and "03-0000-0000" in shown
    # Asked again at the next start.
    done = computer.run(computer.script(), "Apply", "User", run="b", answers=[""])
    assert done.exit == 0 and done.console.count("Enter 済んだ") == 1


def test_trouble_says_what_the_pc_sees_and_lets_try_again(tmp_path: Path) -> None:
    look = thing("look", {"x": 1}, person=True, how="verify", title="プロキシの例外")
    seen = thing("seen", {"x": 1}, person=True, how="guided")
    numbers = [number("1", ["one", "person-look"]), number("2", ["person-seen"])]
    computer, done = answered(tmp_path, [ONE, look, seen], "n", "", "", "n", "3", numbers=numbers)
    assert "  プロキシの例外  × " in done.console and "原因    プロキシの例外: " in done.console
    assert confirmed(tmp_path) == ["one"]
    assert statuses(computer.result())["person-seen"] == "failed"
    assert "要る物" in messages(computer)["person-seen"]


def test_all_that_trouble_says_stands_behind_its_key(tmp_path: Path) -> None:
    """What the screen has no room for, and then the step's whole text."""
    look = thing("look", {"x": 1}, person=True, how="verify", title="プロキシの例外")
    numbers = [number("1", ["one", "person-look"])]
    _, done = answered(tmp_path, [ONE, look], "n", "?", "", "4", numbers=numbers)
    assert done.exit == 6 and done.console.count("  原因    プロキシの例外: ") == 3, done
    # Elsewhere the key says that of the step alone.
    _, done = answered(tmp_path / "before", [ONE, look], "?", "", "", numbers=numbers)
    assert "原因    " not in done.console


def test_of_several_whose_pc_looks_in_an_order_that_is_shown_first(tmp_path: Path) -> None:
    checks = [
        {"title": "プロキシの例外", "step": "person-look", "kind": "thing", "remedy": "直します。"}
    ]
    look = thing("look", {"x": 1}, person=True, how="verify")
    checks[0] |= {"target": look["target"], "wanted": look["wanted"]}
    listed = {"id": "doctor", "kind": "first-fault", "how": "verify", "scope": "user"}
    doctor = listed | {"target": {"checks": checks}, "wanted": {"fault": ""}}
    record: dict[str, Any] = {"id": "server", "kind": "distribution-record", "how": "verify"}
    record |= {"target": {"path": r"C:\OQS\x.ini", "part": "server"}, "wanted": {"server": "base"}}
    record |= {"scope": "user", "values": [{"label": "サーバー", "value": "配信拠点(推奨)"}]}
    seen = {name: record[name] for name in ("kind", "target", "wanted")}
    checks.insert(0, seen | {"title": "サーバー", "step": "server", "remedy": "", "byPerson": True})
    steps = [MANUAL | {"id": name} for name in ("a", "b")] + [look, record, doctor]
    numbers = [number("1", ["a", "b", "person-look", "doctor"])]
    computer, done = answered(tmp_path, steps, "n", "", "n", "2", numbers=numbers)
    found = statuses(computer.result())
    assert (found["a"], found["b"]) == ("failed", "manual") and confirmed(tmp_path) == []
    assert "サーバー        － 人が見る: 配信拠点(推奨)" in done.console, done.console
    assert done.console.count("できない  1/1  ") == 2 and "プロキシの例外  × " in done.console
    assert done.console.count("1/1  作業1") == 2, done.console


FACE = r"C:\OQS\face"
SIGNED = ONE | {"sign": {"folder": FACE, "what": "結果のファイル"}}
SET = thing("look", {"x": 1}, person=True, kind="plain", title="プロキシの例外")
OWN = "person OqsComApp"
SOMEBODY = {"things": {OWN: {"look": {"x": 9}}}}


def test_what_the_pc_sets_it_sets_again(tmp_path: Path) -> None:
    """Somebody has changed it since: the first Enter sets it, the next one goes back to what could not be done."""
    numbers = [number("1", ["one", "person-look"])]
    answers = (SOMEBODY, "n", "r", "", "", "")
    computer, done = answered(tmp_path, [SET, SIGNED], *answers, numbers=numbers)
    assert (
        done.exit == 0 and done.console.count("直し方  この画面が入れ直します。") == 2
    ), done.console
    assert "Enter 直す" in done.console and "プロキシの例外  ○ 直しました" in done.console
    assert confirmed(tmp_path) == ["one"]
    assert computer.machine["things"][OWN]["look"] == {"x": 1}
    assert statuses(computer.result())["person-look"] == "changed"


def test_who_broke_off_goes_on_after_all(tmp_path: Path) -> None:
    """Where it was: what is answered or put off is not asked again, and nothing of the end stays said."""
    numbers = [number(str(i), [name]) for i, name in enumerate(("one", "two", "three"), 1)]
    answers = ("", "s", "q", "x", "b", "")
    computer, done = answered(tmp_path, [ONE, TWO, THREE], *answers, numbers=numbers)
    assert done.exit == 5 and confirmed(tmp_path) == ["one", "three"]
    assert done.console.count("Enter 終わる  b 作業に戻る") == 2
    assert [done.console.count(f"{i}/3  ") for i in (1, 2, 3)] == [1, 1, 2], done.console
    assert "施設: 2 3" in done.console or "2  作業2" in done.console
    assert "後で" in messages(computer)["two"] and "中断" not in str(messages(computer))
    for page in (tmp_path / "stick").rglob("results/**/*.html"):
        assert "中断" not in page.read_text("utf-8").split("<details")[0]


def test_what_was_left_open_stays_so_after_going_back(tmp_path: Path) -> None:
    """A password that nobody gave: the end says it, whatever was broken off in between."""
    secret = thing("wish", {"wished": 1}, person=True)
    steps = [secret, ONE]
    numbers = [number("1", ["person-wish"]), number("2", ["one"])]
    computer, done = answered(tmp_path, steps, "", "q", "b", "", numbers=numbers)
    assert done.exit == 5 and statuses(computer.result())["person-wish"] == "skipped", done
    assert "completed" not in [entry["event"] for entry in entries(tmp_path)]


def test_what_asks_or_loses_something_is_not_set_again_there(tmp_path: Path) -> None:
    """A kind that needs a secret, or asks before it changes anything, has its own place in the visit."""
    numbers = [number("1", ["one", "person-look"])]
    step = thing("look", {"x": 1}, person=True)
    _, done = answered(tmp_path, [step, SIGNED], SOMEBODY, "n", "", "", numbers=numbers)
    assert done.exit == 0 and "Enter もう一度する" in done.console, done
    assert "Enter 直す" not in done.console


def test_of_several_it_is_asked_which_cannot_be_done(tmp_path: Path) -> None:
    steps = [MANUAL | {"id": name} for name in ("a", "b", "c")]
    numbers = [number("1", ["a", "b", "c"])]
    computer, _ = answered(tmp_path, steps, "n", "", "n", "4", "", numbers=numbers)
    assert statuses(computer.result()) == {"a": "manual", "b": "failed", "c": "manual"}
    assert confirmed(tmp_path) == ["a", "c"]


SHARED = [
    number("1", ["one"]) | {"partOf": "確認"},
    number("2", ["two"]) | {"along": "1"},
    number("3", ["three"], needs="2"),
]


def test_what_is_looked_at_in_one_place_is_one_question(tmp_path: Path) -> None:
    _, done = answered(tmp_path, [ONE, TWO, THREE], "", "", numbers=SHARED)
    assert done.exit == 0 and confirmed(tmp_path) == ["one", "two", "three"]
    assert "1/3  作業1、2 作業2" in done.console


def test_each_number_of_one_question_is_put_off_by_itself(tmp_path: Path) -> None:
    computer, done = answered(tmp_path, [ONE, TWO, THREE], "s", "", "s", numbers=SHARED)
    assert done.exit == 5 and confirmed(tmp_path) == ["one"]
    assert "いっしょに後日にします: 3 作業3" in done.console and "三" not in done.console
    assert "番号 2 の後" in messages(computer)["three"]


def test_going_back_to_such_a_question_takes_all_of_it_back(tmp_path: Path) -> None:
    _, done = answered(tmp_path, [ONE, TWO, THREE], "s", "", "", "b", "", "", numbers=SHARED)
    assert done.exit == 0 and confirmed(tmp_path) == ["one", "two", "three"]


def test_what_is_left_out_on_purpose_is_no_question(tmp_path: Path) -> None:
    left_out = MANUAL | {"id": "out", "what": "行いません。理由: 試験", "leftOut": True}
    computer, done = answered(tmp_path, [left_out, ONE], "")
    assert done.exit == 0 and confirmed(tmp_path) == ["one"]
    assert statuses(computer.result())["out"] == "not-applicable"
    assert "理由: 試験" in messages(computer)["out"]


def test_a_file_that_comes_says_that_it_is_done(tmp_path: Path) -> None:
    """How many and when; what it is called stands nowhere."""
    files = {f"{FACE}\\before.xml": "x", f"{FACE}\\patient.xml": "y"}
    one = [number("1", ["one"])]
    computer, done = answered(tmp_path, [SIGNED], {}, {"files": files}, numbers=one)
    assert done.exit == 0 and "（結果のファイルが " in done.console
    assert "済み 1（PC が確かめた 1、人が答えた 0）" in done.console
    (entry,) = (e for e in entries(tmp_path) if e["event"] == "confirmed")
    assert re.fullmatch(r"結果のファイルが \d\d:\d\d に 2 つ来ました", entry["seen"])
    assert messages(computer)["one"].startswith("この PC が見ました（結果のファイルが ")
    ours = [p for name in ("Users", "stick") for p in (tmp_path / name).rglob("*.*") if p.is_file()]
    assert len(ours) > 5 and not any(b"patient" in p.read_bytes() for p in ours)


LINE = {"kind": "thing", "target": {"place": "pc", "name": "line"}, "wanted": {"x": 1}}
ANSWERS = ONE | {"sign": LINE | {"what": "相手", "when": "応答すると", "then": "応答しました"}}
UP = {"pc": {"line": {"x": 1}}}


def test_what_answers_only_then_says_that_it_is_done(tmp_path: Path) -> None:
    _, done = answered(tmp_path, [ANSWERS], {}, {"things": UP})
    assert done.exit == 0 and "○ 確かめました（相手 が " in done.console


def test_going_back_undoes_no_more_than_a_person_said(tmp_path: Path) -> None:
    """It says where it leads to."""
    numbers = [number("1", ["two"]), number("2", ["one"]), number("3", ["three"])]
    seen = {"files": {f"{FACE}\\new.xml": "x"}}
    _, done = answered(tmp_path, [TWO, SIGNED, THREE], "", seen, "b", "", "", numbers=numbers)
    assert "1 つ前に戻ります: 1/3  作業1\n" in done.console
    assert done.exit == 0 and sorted(confirmed(tmp_path)) == ["one", "three", "two"]
    assert [e["step"] for e in entries(tmp_path) if e["event"] == "unconfirmed"] == ["two"]


def test_what_the_pc_sees_otherwise_is_offered_again(tmp_path: Path) -> None:
    """At the next start, its reason first; nobody is asked before the PC has looked, nor once it is as wanted."""
    look = thing("look", {"x": 1}, how="verify")
    numbers = [number("1", ["one"]), number("2", ["two", "pc-look"]), number("3", ["three"])]
    computer = made(tmp_path, ready_machine(things={"pc": {"look": {"x": 0}}}))
    script = computer.bundle(plan([ONE, TWO, THREE, look], numbers=numbers))
    computer.run(script, "Apply", "Machine", run="r")
    done = computer.run(script, "Apply", "User", run="r", answers=["", "", ""])
    assert "もう一度調べる" not in done.console and confirmed(tmp_path) == ["one", "two", "three"]
    computer.run(script, "Apply", "Machine", run="r2")
    done = computer.run(script, "Apply", "User", run="r2", answers=["s"])
    asked = done.console.split("2/3  作業2")[1]
    assert asked.index("  △ ") < asked.index("――― 項目 pc-look ―――")
    assert "Enter もう一度調べる  s 後日" in asked
    computer.machine = computer.machine | {"things": {"pc": {"look": {"x": 1}}}}
    computer.run(script, "Apply", "Machine", run="r3")
    done = computer.run(script, "Apply", "User", run="r3", answers=[])
    assert done.exit == 0 and "もう一度調べる" not in done.console


def test_what_the_pc_sees_otherwise_of_a_person_is_offered_again(tmp_path: Path) -> None:
    """Of their own settings there is no look of the machine's: it is looked at when the number comes."""
    look = thing("look", {"x": 1}, person=True, how="verify")
    numbers = [number("1", ["one"]), number("2", ["two", "person-look"]), number("3", ["three"])]
    computer = made(tmp_path, ready_machine(things={"person OqsComApp": {"look": {"x": 0}}}))
    script = computer.bundle(plan([ONE, TWO, THREE, look], numbers=numbers))
    first = computer.run(script, "Apply", "User", run="r", answers=["", "", ""])
    assert "もう一度調べる" not in first.console and confirmed(tmp_path) == ["one", "two", "three"]
    again = computer.run(script, "Apply", "User", run="r2", answers=["s"])
    asked = again.console.split("2/3  作業2")[1]
    assert asked.index("  △ ") < asked.index("――― 項目 person-look ―――")
    assert "Enter もう一度調べる  s 後日" in asked and not again.errors
    computer.machine = computer.machine | {"things": {"person OqsComApp": {"look": {"x": 1}}}}
    last = computer.run(script, "Apply", "User", run="r3", answers=[])
    assert last.exit == 0 and "もう一度調べる" not in last.console


def test_an_offer_that_was_put_off_is_made_again_by_b(tmp_path: Path) -> None:
    """What waits with it is named; what its person has said of it before stays said."""
    look = thing("look", {"x": 1}, person=True, how="verify")
    numbers = [number("1", ["by-hand"]), number("2", ["one", "person-look"])]
    numbers += [number("3", ["two"], "2"), number("4", ["three"])]
    computer = made(tmp_path, ready_machine(things={"person OqsComApp": {"look": {"x": 0}}}))
    script = computer.bundle(plan([MANUAL, ONE, TWO, THREE, look], numbers=numbers))
    computer.run(script, "Apply", "User", run="r", answers=["", "", "s", "s"])
    assert confirmed(tmp_path) == ["by-hand", "one"]
    answers = ["s", "b", "", "", ""]
    done = computer.run(script, "Apply", "User", run="r2", answers=answers)
    assert not done.errors and done.console.count("いっしょに後日にします: 3 作業3") == 1, done
    assert "1 つ前に戻ります: 2/4  作業2" in done.console
    assert done.console.count("Enter もう一度調べる") == 2
    # Its follower is asked about after all, and nothing was taken back.
    assert confirmed(tmp_path) == ["by-hand", "one", "two", "three"]
    assert [e for e in entries(tmp_path) if e["event"] == "unconfirmed"] == []


def test_a_secret_that_was_wrong_is_asked_for_again_or_put_off(tmp_path: Path) -> None:
    secret = thing("wish", {"wished": 1}, person=True)
    numbers = [number("1", ["person-wish"]), number("2", ["one"]), number("3", ["two"], "1")]
    wrong = ["ab"] * 3
    more: dict[str, Any] = {"numbers": numbers}
    _, done = answered(tmp_path, [secret, ONE, TWO], *wrong, "s", "", **more)
    assert "× 短すぎます。" in done.console and "Enter もう一度  s 後日" in done.console
    assert "いっしょに後日にします: 3 作業3" in done.console and confirmed(tmp_path) == ["one"]
    answers = [*wrong, "", "abcd", "abcd", "", ""]
    computer, _ = answered(tmp_path / "again", [secret, ONE, TWO], *answers, **more)
    assert statuses(computer.result())["person-wish"] == "changed"


def test_what_has_answered_before_tells_nothing(tmp_path: Path) -> None:
    _, done = answered(tmp_path, [ANSWERS], "s", things=UP)
    assert done.exit == 5 and "人が見て答えます" in done.console


def test_steps_by_hand_are_asked_along_the_plan_by_number(tmp_path: Path) -> None:
    hand = [MANUAL | {"id": name} for name in ("a", "b", "c")]
    steps = [hand[0], ONE, hand[1], thing("own", {"x": 1}, person=True), hand[2], TWO]
    numbers = [number("1", ["a", "one", "b"]), number("2", ["person-own", "c", "two"])]
    computer, done = answered(tmp_path, steps, numbers=numbers)
    assert done.exit == 0 and done.console.count("Enter 済んだ") == 2
    assert confirmed(tmp_path) == ["a", "one", "b", "c", "two"]
    assert done.console.index("項目 b") < done.console.index("項目 c")
    (log,) = tmp_path.glob("Users/*/AppData/Local/oqsgen/results/*_Apply_*/log.txt")
    lines = log.read_text("utf-8-sig")
    assert lines.index("項目 b") < lines.index("［変更した］") < lines.index("項目 c")
    for mode in ("Verify", "Apply"):
        done = computer.run(computer.script(), mode, "User", run=mode, answers=["q"])
        assert done.exit == 0 and "q 中断" not in done.console


def test_the_walk_goes_by_number_and_what_has_none_stays_behind_its_neighbour(
    tmp_path: Path,
) -> None:
    own = [thing(name, {"x": 1}, person=True) for name in ("own", "other")]
    steps = [THREE, own[0], ONE, own[1], TWO]
    numbers = [number("1", ["one"]), number("2", ["two"]), number("3", ["three"])]
    computer, done = answered(tmp_path, steps, numbers=numbers)
    assert done.exit == 0 and confirmed(tmp_path) == ["one", "two", "three"]
    (log,) = tmp_path.glob("Users/*/AppData/Local/oqsgen/results/*/log.txt")
    lines = log.read_text("utf-8-sig")
    shown = ["1/3  ", "］ 項目 person-other", "2/3  ", "3/3  ", "］ 項目 person-own"]
    places = [lines.index(text) for text in shown]
    assert places == sorted(places) and "person-own" not in done.console
    # The results are those of the plan, in its order.
    assert list(statuses(computer.result())) == [step["id"] for step in steps]


def test_a_restart_is_waited_for_where_the_walk_comes_to_what_needs_it(tmp_path: Path) -> None:
    """Until then the rest goes on; and one restart is enough for all who wait for it."""
    again = {"kind": "restart", "scope": "user", "target": {"boot": "pc"}, "wanted": {"done": True}}
    own = thing("own", {"x": 1}, person=True)
    steps = [own, again | {"id": "again"}, ONE, TWO, again | {"id": "more"}, THREE, MANUAL]
    numbers = [
        number("1", ["person-own", "again"]),
        number("2", ["one"], "1") | {"beforeRestart": True},
        number("3", ["two", "more"]),
        number("4", ["three"], "1 3"),
        number("5", ["by-hand"]),
    ]
    computer, done = answered(tmp_path, steps, numbers=numbers)
    assert done.exit == 5 and confirmed(tmp_path) == ["one", "two"]
    found = messages(computer)
    assert found["three"] == found["by-hand"] == "再起動した後に続けます。"
    assert done.console.count("Enter 再起動する") == 1
    computer.machine = computer.machine | {"boot": "2026-11-21 09:00:00.000"}
    done = computer.run(computer.script(), "Apply", "User", run="b", answers=[])
    assert done.exit == 0 and confirmed(tmp_path) == ["one", "two", "three", "by-hand"]


def names(*hosts: str) -> dict[str, Any]:
    return {"id": "names", "kind": "names", "scope": "user", "how": "guided"} | {
        "target": {"hosts": list(hosts)},
        "wanted": {"missing": []},
    }


def test_without_a_line_what_needs_it_waits_and_the_rest_goes_on(tmp_path: Path) -> None:
    """The verdict is said first; and the line is looked at again where a number needs it."""
    address = {"id": "v6", "kind": "ipv6", "how": "verify", "target": {"address": "global"}}
    steps = [names("a.example", "b.example"), ONE, TWO, THREE, MANUAL]
    steps += [address | {"scope": "machine", "wanted": {"global": True}}]
    numbers = [number("1", ["names"]), number("2", ["one"]) | {"line": True}]
    numbers += [number("3", ["two"], "2"), number("4", ["three"]), number("5", ["by-hand"])]
    computer, done = answered(tmp_path, steps, "s", numbers=numbers)
    assert "  回線    LAN ×   IPv6 アドレス ×" in done.console and "名前 0/2 ×" in done.console
    assert done.console.index("  回線    LAN ") < done.console.index("1/5  作業1")
    assert done.exit == 5 and confirmed(tmp_path) == ["three", "by-hand"]
    assert done.console.count("つながってから行う番号: 2 作業2、3 作業3") == 1
    assert messages(computer)["one"] == "回線がつながってから行います。"
    # Whoever breaks off and goes on after all has read it.
    _, back = answered(tmp_path / "back", steps, "q", "b", "s", numbers=numbers)
    assert back.exit == 5 and back.console.count("  回線    LAN ") == 1, back
    # Set right while the start lasts.
    computer.machine = computer.machine | {
        "hosts": {"a.example": ["192.0.2.1"]},
        "addresses": [{"address": "2001:db8::1", "temporary": False}],
    }
    done = computer.run(computer.script(), "Apply", "User", run="b", answers=["s"])
    assert "  回線    LAN ○   IPv6 アドレス ○（2 で始まる）   名前 1/2 ×" in done.console
    assert "「作業1」がまだです。番号 1 で設定します" in done.console
    assert done.exit == 5 and confirmed(tmp_path) == ["three", "by-hand", "one", "two"]


def test_what_does_not_end_in_time_is_said_before_it_begins(tmp_path: Path) -> None:
    numbers = [
        number("1", ["one"]) | {"minutes": 3, "wait": 20},
        number("2", ["two"], "1") | {"minutes": 1, "wait": 0},
        number("3", ["three"]) | {"minutes": 3, "wait": 1},
    ]
    computer = made(tmp_path, ready_machine(now="2026-11-21 14:44"))
    visit = {"visit": {"from": None, "until": "15:00", "witness": None}}
    script = computer.bundle(plan([ONE, TWO, THREE], numbers=numbers) | visit)
    done = computer.run(script, "Apply", "User", answers=["s", ""])
    assert done.exit == 5 and confirmed(tmp_path) == ["three"]
    warning, rest = done.console.split("Enter いま始める  s ")
    assert "使い始めまで 0:16" in warning and "約 23 分" in warning
    assert "先にできる番号（s の後に、順に出ます）   3（4 分）\n" in warning
    assert "いっしょに後日にします: 2 作業2" in rest
    # Where nothing else is left, whoever begins has come for that; what is done by then cannot be done before.
    done = computer.run(script, "Apply", "User", run="r2", answers=["s"])
    assert "約 23 分" in done.console and "先にできる番号" not in done.console
    assert "きょうは後日にしています" in done.console
    # Whoever begins it all the same is not asked again that day; the next day, or taken back, it is.
    begun = made(tmp_path / "begun", ready_machine(now="2026-11-21 14:44"))
    script = begun.bundle(plan([ONE, TWO, THREE], numbers=numbers) | visit)
    asked = []
    for run, now in enumerate(["2026-11-21 14:44", "2026-11-21 14:50", "2026-11-22 14:50"]):
        begun.machine = begun.machine | {"now": now}
        answers = ["", "q", ""] if run != 1 else ["q", ""]
        done = begun.run(script, "Apply", "User", run=f"r{run}", answers=answers)
        asked.append("Enter いま始める" in done.console)
    assert asked == [True, False, True]
    # Taken back, it is asked about again, and so is what it took along.
    other = made(tmp_path / "back", ready_machine(now="2026-11-21 14:44"))
    back = other.bundle(plan([ONE, TWO, THREE], numbers=numbers) | visit)
    done = other.run(back, "Apply", "User", answers=["s", "b", "", "", "", ""])
    assert confirmed(tmp_path / "back") == ["one", "two", "three"], done
    # Begun all the same.
    done = computer.run(script, "Apply", "User", run="b", answers=["", "", ""])
    assert done.exit == 0 and confirmed(tmp_path) == ["three", "one", "two"]


def test_what_there_was_no_time_for_stays_put_off_that_day(tmp_path: Path) -> None:
    """It is told, and one key away; the next day it is asked about again."""
    numbers = [
        number("1", ["one"]) | {"minutes": 3, "wait": 20},
        number("2", ["two"], "1"),
        number("3", ["three"], "2"),
        number("4", ["by-hand"]),
    ]
    computer = made(tmp_path, ready_machine(now="2026-11-21 14:44"))
    visit = {"visit": {"from": None, "until": "15:00", "witness": None}}
    script = computer.bundle(plan([ONE, TWO, THREE, MANUAL], numbers=numbers) | visit)
    done = computer.run(script, "Apply", "User", answers=["s", "q", ""])
    # What follows it, directly or not, is not what can be done before.
    assert "順に出ます）   4（" in done.console
    computer.machine = computer.machine | {"now": "2026-11-21 15:10"}
    done = computer.run(script, "Apply", "User", run="r2", answers=["q", ""])
    assert "いま始める" not in done.console and "約 23 分" not in done.console
    kept = "きょうは後日にしています（いま行うときは、次の質問で b）"
    assert f"{kept}: 1 作業1、2 作業2、3 作業3" in unwrapped(done.console)
    done = computer.run(script, "Apply", "User", run="r3", answers=["b", "", "", "", "", ""])
    assert "Enter いま始める" in done.console
    assert done.exit == 0 and confirmed(tmp_path) == ["one", "two", "three", "by-hand"]


def test_what_was_begun_is_not_begun_again(tmp_path: Path) -> None:
    """However little time there is when the walk comes back to it."""
    steps, numbers = with_run(seen_step())
    numbers[0] |= {"minutes": 3, "wait": 20}
    computer = made(tmp_path, ready_machine(now="2026-11-21 14:30"))
    visit = {"visit": {"from": None, "until": "15:00", "witness": None}}
    script = computer.bundle(plan(steps, numbers=numbers) | visit)
    late = brought() | {"now": "2026-11-21 14:52"}
    done = computer.run(script, "Apply", "User", answers=["", "", late, "s"])
    assert "Enter まだ" in done.console and "いま始める" not in done.console, done


@pytest.mark.parametrize("mode", ["Verify", "Rollback"])
def test_nothing_is_asked_where_nothing_is_applied(tmp_path: Path, mode: str) -> None:
    computer = made(tmp_path, ready_machine())
    done = computer.run(computer.bundle(plan([ONE, MANUAL])), mode, "User", answers=[])
    assert done.exit == 0 and "q 中断" not in done.console


@pytest.mark.parametrize("before", [0, 1, 2])
def test_breaking_off_is_a_state(tmp_path: Path, before: int) -> None:
    """The clipboard is empty, the results are there, what is left is said with whose it is; nothing more is done."""
    seen = thing("seen", {"x": 1}, person=True, how="guided", open="edge://extensions")
    steps = [ONE, TWO, seen, thing("own", {"x": 1}, person=True), MANUAL]
    numbers = [
        number("1", ["one"]),
        number("2", ["two"], later="設置担当"),
        number("3", ["by-hand"]),
    ]
    numbers += [number("4", ["person-seen", "person-own"])]
    computer, done = answered(tmp_path, steps, *[""] * before, "q", numbers=numbers)
    assert done.exit == 5 and computer.result()["exit"] == 5
    assert confirmed(tmp_path) == ["one", "two"][:before]
    assert (tmp_path / "clipboard.txt").read_text() == ""
    assert "own" not in computer.machine["things"].get("person OqsComApp", {})
    left = done.console.split("今日はここまで")[1]
    assert "クリップボードを空にしました" in left
    for label, owner in [("1", "施設"), ("2", "設置担当"), ("3", "施設"), ("4", "施設")]:
        shown = any(line.split() == [label, f"作業{label}", owner] for line in left.splitlines())
        assert shown is (int(label) > before), (label, left)
    # The next start goes on there.
    done = computer.run(computer.script(), "Apply", "User", run="b", answers=["q"])
    assert f"{before + 1}/4  作業{before + 1}" in done.console.split("今日はここまで")[0]


def test_asides_come_back_to_the_question(tmp_path: Path) -> None:
    share = {"target": {"account": "receiptcom", "shares": [{"name": "face", "path": "C:\\face"}]}}
    long = ONE | {"what": "長い説明。" * 200, "source": ["手順書 P.1"]}
    machine_step = thing("pc", {"x": 1}, how="verify") | share
    addresses = [{"address": text, "temporary": False} for text in ("169.254.1.2", "192.168.1.31")]
    computer = made(tmp_path, ready_machine(things={}) | {"addresses": addresses})
    script = computer.bundle(plan([long, machine_step], numbers=[number("1", ["one"])]))
    answers = ["i", "", "?", "", "", "ｉ", ""]
    done = computer.run(script, "Apply", "User", answers=answers)
    assert "IP アドレス       192.168.1.31\n" in done.console
    assert "いまの番号        1/1  作業1" in done.console
    assert done.exit == 0 and confirmed(tmp_path) == ["one"]
    assert r"\\OQS-01\face" in done.console and "receiptcom" in done.console
    assert done.console.count("電話で伝える値") == 2
    assert "手順書 P.1" in done.console
    screens = re.split(r"\f\n|\n\n", done.console)
    assert max(screen.count("\n") for screen in screens if "----" in screen) <= 26


def test_what_was_declined_is_not_said_to_be_done(tmp_path: Path) -> None:
    computer = made(tmp_path, ready_machine() | {"explorer": "setup"})
    script = computer.bundle(plan([thing("new", {"x": 1}), ONE]))
    done = computer.run(script, "Apply", "User", options=["-UacDeclined"])
    assert done.exit == 5 and "今日はここまで（残りがあります）" in done.console
    assert "PC 全体の設定が終わりました" not in done.console


def test_the_page_says_who_has_done_what(tmp_path: Path) -> None:
    answered(tmp_path, [ONE, MANUAL, TWO], "", "s", "s", numbers=[])
    (path,) = tmp_path.glob("Users/*/AppData/Local/oqsgen/results/*/result.html")
    page = path.read_text("utf-8")
    first, folded = page.split("<details>")
    assert re.search(
        "<td>項目 one</td><td></td><td>作業した人が、済んだと答えました（OqsComApp、", folded
    )
    left = first.split("残っていること</h2>")[1]
    assert "項目 two" in left and "項目 by-hand" in left and "項目 one" not in left


def test_the_log_has_every_line_of_a_screen(tmp_path: Path) -> None:
    computer, done = answered(tmp_path, [ONE | {"values": [{"label": "短い", "value": "x"}]}])
    (log,) = computer.folder.glob("Users/*/AppData/Local/oqsgen/results/*/log.txt")
    said = log.read_text("utf-8-sig").splitlines()
    screen = done.console.split("\n項目 one")[1].split("Enter 済んだ")[0].splitlines()[1:]
    assert len(screen) > 3 and all(line in said for line in screen)


def seen_step(**more: Any) -> dict[str, Any]:
    """A guided step that the PC sees: wanted x = 1."""
    step: dict[str, Any] = thing("seen", {"x": 1}, person=True, how="guided", **more)
    return step


def brought(name: str = "seen", **more: Any) -> dict[str, Any]:
    """Somebody's hands, while no key is pressed."""
    return {"things": {"person OqsComApp": {name: {"x": 1} | more}}}


def test_what_the_pc_sees_goes_on_by_itself(tmp_path: Path) -> None:
    computer, done = answered(tmp_path, [ONE, seen_step(), TWO], "", {}, {}, brought(), "")
    assert done.exit == 0 and statuses(computer.result())["person-seen"] == "ok"
    assert confirmed(tmp_path) == ["one", "two"]
    assert "PC が見ています（自分で進む）" in done.console and "人が見て答えます" in done.console
    assert "○ 確かめました" in done.console and (tmp_path / "beeps.txt").read_text() == "."
    (log,) = computer.folder.glob("Users/*/AppData/Local/oqsgen/results/*/log.txt")
    assert "（PC が確かめました）" in log.read_text("utf-8-sig")


@pytest.mark.parametrize("key", ["s", "ｓ", "n", "q"])
def test_keys_mean_the_same_while_the_pc_looks(tmp_path: Path, key: str) -> None:
    computer, done = answered(tmp_path, [seen_step(), ONE], {}, key, "s")
    assert done.exit == 5 and "○ 確かめました" not in done.console
    assert statuses(computer.result())["person-seen"] == "manual"
    # Asides come back to it, and it is still watched.
    computer, done = answered(tmp_path / "i", [seen_step()], "i", "", "?", "", {}, brought())
    assert done.exit == 0 and done.console.count("○ 確かめました") == 1


def test_what_cannot_be_looked_at_is_not_seen(tmp_path: Path) -> None:
    broken = brought() | {"things": {"person OqsComApp": {"seen": {"broken": True}}}}
    computer, done = answered(tmp_path, [seen_step()], broken, {}, brought())
    assert done.exit == 0 and statuses(computer.result())["person-seen"] == "ok"


def test_nothing_is_looked_at_where_keys_cannot_be_read(tmp_path: Path) -> None:
    computer = made(tmp_path, ready_machine())
    done = computer.run(
        computer.bundle(plan([seen_step()])), "Apply", "User", answers=["s"], keys=False
    )
    assert done.exit == 5 and "PC が見ています" not in done.console


RUN = {"id": "run", "kind": "runs", "how": "guided", "target": {"name": "run"}, "wanted": {"x": 1}}
ENDED = {"things": {"pc": {"run": {"x": 1}}}}
BEHIND = "  待ち  項目 run 動作中  12:00 から 0 分（目安 20 分）"


def with_run(*more: dict[str, Any]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What takes time is number 1, what needs it 3 and 4; the others do not."""
    numbers = [number("1", ["run"]), number("2", ["one", *(step["id"] for step in more)])]
    numbers += [number("3", ["two"], "1"), number("4", ["three"], "3"), number("5", ["by-hand"])]
    return [RUN, ONE, *more, TWO, THREE, MANUAL], numbers


def test_what_takes_time_runs_behind_the_next_thing(tmp_path: Path) -> None:
    steps, numbers = with_run()
    computer, done = answered(tmp_path, steps, "", "", "", {}, ENDED, "", "", numbers=numbers)
    assert done.exit == 0 and statuses(computer.result())["run"] == "ok"
    assert confirmed(tmp_path) == ["one", "by-hand", "two", "three"]
    shown = done.console.split("項目 run 動作中                ")
    assert len(shown) == 2, "nothing else was left only once"
    assert shown[0].count(BEHIND) == 2 and BEHIND not in shown[1].split("○ 確かめました")[1]


def test_the_walk_comes_back_once_it_has_ended(tmp_path: Path) -> None:
    steps, numbers = with_run(seen_step())
    both = {"things": ENDED["things"] | brought()["things"]}
    _, done = answered(tmp_path, steps, "", "", both, numbers=numbers)
    assert done.exit == 0 and confirmed(tmp_path) == ["one", "two", "three", "by-hand"]
    assert "ほかに、いまできることはありません" not in done.console
    # It should have ended by then: somebody is asked, and it takes longer.
    late = brought() | {"now": "2026-11-21 12:20"}
    _, done = answered(tmp_path / "late", steps, "", "", late, "s", numbers=numbers)
    assert done.exit == 5 and confirmed(tmp_path / "late") == ["one", "by-hand"]
    assert "Enter まだ" in done.console
    assert "いっしょに後日にします: 3 作業3、4 作業4" in done.console


TOLD = {"id": "told", "kind": "person-sees", "how": "guided", "wanted": {"x": 1}}


def test_what_was_passed_over_comes_before_what_follows_it(tmp_path: Path) -> None:
    """And so is asked along with the rest of its number, which a person's word settles."""
    numbers = [number("1", ["run"]), number("2", ["one"], "1"), number("3", ["told", "two"], "1")]
    numbers += [number("4", ["person-seen"]), number("5", ["by-hand"])]
    steps: list[dict[str, Any]] = [RUN, ONE, TOLD, seen_step(), TWO, MANUAL]
    both = {"things": ENDED["things"] | brought()["things"]}
    computer, done = answered(tmp_path, steps, "", both, "", "", "", numbers=numbers)
    assert done.exit == 0 and confirmed(tmp_path) == ["one", "told", "two", "by-hand"], done
    assert statuses(computer.result())["told"] == "manual"


def test_what_ends_soon_is_not_held_up_by_what_takes_long(tmp_path: Path) -> None:
    """Two minutes before it should have ended, what would take eight is not begun, and what takes two is."""
    for minutes, waits in (8, [{}, ENDED]), (2, []):
        steps, numbers = with_run(seen_step())
        numbers[-1] |= {"minutes": minutes}
        soon = brought() | {"now": "2026-11-21 12:18"}
        last = [""] * 3 if waits else ["", ENDED, "", ""]
        answers: list[Any] = ["", "", soon, *waits, *last]
        _, done = answered(tmp_path / str(minutes), steps, *answers, numbers=numbers)
        assert done.exit == 0 and {*confirmed(tmp_path / str(minutes))} >= {"two", "by-hand"}, done
        before = done.console.split("5/5  作業5")[0]
        assert ("まもなく終わる見込みです" in before) is bool(waits)


def test_who_does_not_want_to_wait_goes_on(tmp_path: Path) -> None:
    """It is offered once."""
    steps, numbers = with_run(seen_step())
    numbers[-1] |= {"minutes": 8}
    soon = brought() | {"now": "2026-11-21 12:18"}
    _, done = answered(tmp_path, steps, "", "", soon, "", "", ENDED, "", "", numbers=numbers)
    assert done.exit == 0 and done.console.count("まもなく終わる見込みです") == 1, done
    assert confirmed(tmp_path) == ["one", "by-hand", "two", "three"]


@pytest.mark.parametrize("before", [0, 2])
def test_breaking_off_while_something_runs(tmp_path: Path, before: int) -> None:
    """At another question, and where nothing else is left."""
    steps, numbers = with_run()
    computer, done = answered(tmp_path, steps, "", *[""] * before, "q", numbers=numbers)
    assert done.exit == 5 and confirmed(tmp_path) == ["one", "by-hand"][:before]
    assert statuses(computer.result())["run"] == "manual"


def test_going_back_while_something_runs(tmp_path: Path) -> None:
    steps, numbers = with_run()
    answers: list[str | dict[str, Any]] = ["", "", "b", "s", "", ENDED, "b", "", ""]
    computer, _ = answered(tmp_path, steps, *answers, numbers=numbers)
    assert statuses(computer.result())["run"] == "ok"
    assert {*confirmed(tmp_path)} == {"by-hand", "two", "three"}


STAFF: dict[str, Any] = GUIDED | {"id": "staff", "title": "職員のアカウント", "who": "oqscomapp"}
STAFF |= {"values": [{"label": str(n), "value": f"uketsuke{n}"} for n in (1, 2)]}
FILES = thing("file", {"left": False}, person=True, how="verify")
PERSONS = [
    number("1", ["staff"]) | {"person": "uketsuke1", "id": "staff"},
    number("2", ["staff"]) | {"person": "uketsuke2", "id": "staff"},
    number("3", ["person-file", "tidy"], needs="1 2") | {"id": "clean-up"},
]
TIDY = MANUAL | {"id": "tidy"}


def with_staff(folder: Path, *answers: str) -> tuple[Pc, Outcome]:
    left = {"person OqsComApp": {"file": {"left": True}}}
    steps = [STAFF, FILES, TIDY]
    return answered(folder, steps, *answers, numbers=PERSONS, things=left)


def test_while_one_of_the_staff_is_put_off_the_file_stays(tmp_path: Path) -> None:
    computer, done = with_staff(tmp_path, "1", "s")
    # Each is asked about by name; cleaning up waits for both.
    assert done.console.count("――― 職員のアカウント uketsuke1 ―――") == 1
    assert done.console.count("――― 職員のアカウント uketsuke2 ―――") == 1
    assert "項目 tidy ―――" not in done.console
    assert done.exit == 5 and "■ 残り 2 件" in done.console
    assert "作業 3 件　済み 1（PC が確かめた 0、人が答えた 1）" in done.console
    (page,) = (tmp_path / "stick").rglob("results/*/*.html")
    left = page.read_text("utf-8").split("残っていること")[1]
    assert re.findall(r"<tr><td>(\w*)</td>", left.split("</table>")[0]) == ["2", "3"]
    assert "・ 番号 2: uketsuke2 でサインインし、スタート メニュー" in done.console
    said = messages(computer)
    assert said["staff"] == "まだの職員のアカウント: uketsuke2"
    assert "uketsuke2 が終わるまで、消さずに残しておきます" in said["person-file"]
    # Looking says no more than that, either.
    again = computer.run(computer.script(), "Verify", "User", run="r2")
    assert again.exit == 0 and "要確認" not in again.console and "■ 残り" in again.console
    # Both say what stays on purpose, beside the number with which it goes.
    kept = "uketsuke2 が終わるまで、消さずに残しておきます"
    for said_of in (done.console, again.console):
        assert kept in unwrapped(said_of.split("■ 残り")[1].split("    3  ")[1])
    for path in (tmp_path / "stick").rglob("results/*/*.html"):
        assert kept in path.read_text("utf-8").split("残っていること")[1].split("</table>")[0]
    # The one who is done is not asked about again. Then what is left over is told.
    last = computer.run(computer.script(), "Apply", "User", run="r3", answers=["1", ""])
    assert "uketsuke1 ―――" not in last.console and "項目 tidy ―――" in last.console
    assert last.exit == 6 and confirmed(tmp_path) == ["staff", "staff", "staff", "tidy"]


def test_what_was_said_of_the_last_of_the_staff_can_be_taken_back(tmp_path: Path) -> None:
    _, done = with_staff(tmp_path, "1", "1", "b", "s")
    assert done.exit == 5 and confirmed(tmp_path) == ["staff"]


def test_each_of_the_staff_is_asked_about_after_what_ran_behind(tmp_path: Path) -> None:
    numbers = [number("1", ["run"])]
    numbers += [
        number(str(1 + n), ["staff"], "1") | {"person": f"uketsuke{n}", "id": "staff"}
        for n in (1, 2)
    ]
    _, done = answered(tmp_path, [RUN, STAFF], "", ENDED, "1", "1", numbers=numbers)
    assert done.exit == 0 and confirmed(tmp_path) == ["staff"] * 3


def test_nobody_signs_out_while_something_runs(tmp_path: Path) -> None:
    """What needs the staff's turn waits along with it."""
    numbers = [number("1", ["run"]), PERSONS[0] | {"label": "2"}]
    numbers += [number("3", ["tidy"], "2"), number("4", ["by-hand"])]
    steps = [RUN, STAFF, TIDY, MANUAL]
    _, done = answered(tmp_path, steps, "", "", ENDED, "1", "", numbers=numbers)
    assert done.exit == 0 and confirmed(tmp_path) == ["by-hand", "staff", "staff", "tidy"], done


def test_what_was_taken_back_of_the_staff_is_asked_again_after_what_runs(tmp_path: Path) -> None:
    numbers = [number("1", ["run"]), PERSONS[0] | {"label": "2"}]
    numbers += [number("3", ["tidy"], "2"), number("4", ["by-hand"])]
    steps = [RUN, STAFF, TIDY, MANUAL]
    said: list[Any] = ["s", "1", "", "b", "b", "b", "", "", ENDED, "1", ""]
    computer, done = answered(tmp_path, steps, *said, numbers=numbers)
    assert done.exit == 0 and "思わぬ問題" not in done.console, done
    assert statuses(computer.result()).keys() >= {"run", "staff", "tidy", "by-hand"}


def test_what_has_run_is_not_said_to_be_too_late(tmp_path: Path) -> None:
    steps, numbers = with_run(seen_step())
    numbers[0] |= {"minutes": 1, "wait": 20}
    visit = {"from": None, "until": "12:22", "witness": None}
    late = brought() | {"now": "2026-11-21 12:25"}
    _, done = answered(tmp_path, steps, "", "", late, "s", numbers=numbers, visit=visit)
    assert "Enter まだ" in done.console and "Enter いま始める" not in done.console, done


@pytest.mark.parametrize(
    ("gateways", "answers", "pages"),
    [
        (["192.168.1.1"], ["o", "s"], ["http://192.168.1.1/"]),
        (["192.168.1.1"], ["s"], []),
        ([], ["o", "s"], []),
    ],
)
def test_a_page_that_is_asked_for_opens_on_the_persons_word_alone(
    tmp_path: Path, gateways: list[str], answers: list[str], pages: list[str]
) -> None:
    """The router's: where this PC knows of none, the key is none."""
    seen = thing("seen", {"x": 1}, person=True, how="guided", open="router:page")
    computer = made(tmp_path, ready_machine(things={}, gateways=gateways))
    done = computer.run(computer.bundle(plan([seen])), "Apply", "User", answers=answers)
    assert not done.errors and opened(tmp_path) == pages
    assert ("その答えはありません" in done.console) == ("o" in answers and not gateways)
    assert ("o 開く" in done.console) == bool(gateways)
    said = "ルーターの設定画面（http://192.168.1.1/）は、o で開きます。"
    assert (said in done.console) == bool(gateways)


LEFT = {"C:\\a.p12": "", "C:\\b.p12": "", "C:\\c.p12": "分からないもの"}
CLEAR: dict[str, Any] = {
    "id": "left",
    "kind": "leaves",
    "how": "guided",
    "scope": "user",
    "title": "片付け",
}
CLEAR |= {"target": {"place": "pc", "name": "left"}, "wanted": {"clear": True}}


def cleared(folder: Path, *answers: str, left: dict[str, str] = LEFT) -> tuple[list[str], Outcome]:
    """Which files stay."""
    computer, done = answered(folder, [CLEAR], *answers, things={"pc": {"left": left}})
    return [*computer.machine["things"]["pc"]["left"]], done


@pytest.mark.parametrize("typed", ["はい", "yes", "「はい」"])
def test_what_is_left_over_goes_at_a_whole_yes_alone(tmp_path: Path, typed: str) -> None:
    """What the PC may not delete is named, and stays."""
    stay, done = cleared(tmp_path, typed, "s")
    assert stay == ["C:\\c.p12"] and done.exit == 5
    assert (
        "2 つ消しました。" in done.console
        and "分からないもの（手で確かめて消します）" in done.console
    )


@pytest.mark.parametrize("typed", ["", "1", "y", "ok", "s", "q", "消す"])
def test_no_other_key_deletes_anything(tmp_path: Path, typed: str) -> None:
    stay, done = cleared(tmp_path, typed, "s")
    assert stay == [*LEFT] and done.exit == 5


def test_once_nothing_is_left_over_nobody_is_asked(tmp_path: Path) -> None:
    _, done = cleared(tmp_path / "none", left={})
    assert done.exit == 0 and "――― 片付け ―――" not in done.console
    stay, done = cleared(tmp_path / "all", "はい", left={"C:\\a.p12": ""})
    assert stay == [] and done.exit == 0


def test_a_file_that_cannot_be_deleted_holds_up_no_other(tmp_path: Path) -> None:
    left = {"C:\\locked.p12": "", "C:\\a.p12": ""}
    stay, done = cleared(tmp_path, "はい", "s", left=left)
    assert stay == ["C:\\locked.p12"] and "使用中です" in done.console
