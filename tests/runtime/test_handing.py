"""Values that are handed over: what lies on the clipboard while a question stands, and what the window says of it."""

import base64
import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests import PARTS
from tests.pc.assemble import Outcome, Pc, needs_pwsh, plan, ready_machine, step
from tests.pc.columns import width
from tests.pc.shell import json_of
from tests.runtime.test_conversation import ONE, confirmed
from tests.runtime.test_runtime import made, thing

pytestmark = needs_pwsh

GIVES = [
    {"label": "1 行目 ドメイン", "value": "onshikaku.org"},
    {"label": "1 行目 優先", "value": "2404:1a8:f583:d00::53:1"},
    {"label": "1 行目 代替", "value": "2404:1a8:f583:d00::53:2"},
]
GIVING = ONE | {"gives": GIVES}
PASTE, NEXT, BACK = ({"does": what} for what in ("paste", "next", "back"))


def handed(
    folder: Path, *answers: str | dict[str, Any], steps: Any = (GIVING,), **more: Any
) -> tuple[Pc, Outcome]:
    computer = made(folder, ready_machine(things=more.pop("things", {})))
    done = computer.run(
        computer.bundle(plan([*steps])), "Apply", "User", answers=list(answers), **more
    )
    assert not done.errors, done
    return computer, done


def now(done: Outcome) -> list[str]:
    """What the window says that comes now, as often as it is shown anew."""
    lines = [line for line in done.console.splitlines() if "Ctrl+V で順に" in line]
    return [re.split(r"  (?:いま: )?", line)[2] for line in lines]


def left(folder: Path) -> str:
    return (folder / "clipboard.txt").read_text()


COPY = {"does": "copy", "text": "mine"}
COMES: list[tuple[list[Any], str]] = [
    ([], "1 行目 ドメイン"),
    ([PASTE], "1 行目 優先"),
    ([PASTE, PASTE, PASTE], "すべて写しました"),
    ([NEXT], "1 行目 ドメイン"),
    ([NEXT, NEXT], "1 行目 優先"),
    ([NEXT, NEXT, NEXT, NEXT], "1 行目 代替"),
    ([NEXT, PASTE, NEXT], "1 行目 優先"),
    ([NEXT, PASTE, NEXT, PASTE, NEXT], "1 行目 代替"),
    ([PASTE, NEXT, NEXT], "1 行目 代替"),
    ([PASTE, BACK], "1 行目 ドメイン"),
    ([BACK], "1 行目 ドメイン"),
    ([PASTE, PASTE, PASTE, BACK], "1 行目 代替"),
    ([COPY], "次: 1 行目 ドメイン"),
    ([PASTE, COPY, NEXT], "1 行目 優先"),
    ([PASTE, COPY, BACK], "1 行目 ドメイン"),
]
"""What somebody does while a question stands, and what the window says then: whoever presses F8 for one that
has come by itself wants that one, at the beginning and after pasting."""


def test_the_window_says_what_comes_now(tmp_path: Path) -> None:
    """At each question anew, in its place: nothing else of the screen is written again."""
    steps = [GIVING | {"id": f"step-{n}"} for n in range(len(COMES))]
    answers = [move for does, _ in COMES for move in (*does, "")]
    _, done = handed(tmp_path, *answers, steps=steps)
    assert done.exit == 0 and len(confirmed(tmp_path)) == len(COMES)
    assert now(done) == [label for _, label in COMES]
    assert "（F8 次、Shift+F8 前）" in done.console
    assert not any(one["value"] in done.console for one in GIVES)


@pytest.mark.parametrize("ends", [[""], ["q"], ["n", "1"]])
def test_at_the_end_of_a_question_the_clipboard_is_empty(tmp_path: Path, ends: list[str]) -> None:
    handed(tmp_path, PASTE, *ends)
    assert left(tmp_path) == ""
    assert not (tmp_path / "handing.json").exists()


def test_what_somebody_has_copied_stays(tmp_path: Path) -> None:
    handed(tmp_path, PASTE, COPY, "")
    assert left(tmp_path) == "mine"


def test_breaking_off_empties_it_all_the_same(tmp_path: Path) -> None:
    """Who breaks off goes away."""
    handed(tmp_path, COPY, "q")
    assert left(tmp_path) == ""


def test_where_another_program_has_f8_nobody_names_it(tmp_path: Path) -> None:
    _, done = handed(tmp_path, PASTE, "", hotKey=False)
    assert now(done) == ["1 行目 優先"] and "F8" not in done.console


def test_what_is_lost_then_does_not_come_again(tmp_path: Path) -> None:
    _, done = handed(tmp_path, PASTE, COPY, "", hotKey=False)
    assert now(done) == ["なし"]


def test_where_another_program_holds_the_clipboard_values_are_typed(tmp_path: Path) -> None:
    _, done = handed(tmp_path, "", clipboard=False)
    assert done.exit == 0 and now(done) == [] and "F8" not in done.console


def test_where_nobody_can_press_a_key_it_is_said_once(tmp_path: Path) -> None:
    _, done = handed(tmp_path, "", keys=False)
    assert done.exit == 0 and now(done) == ["1 行目 ドメイン"]


def test_after_an_aside_or_a_wrong_answer_it_is_still_said(tmp_path: Path) -> None:
    _, done = handed(tmp_path, PASTE, "i", "", PASTE, "x", PASTE, "")
    assert now(done) == ["1 行目 優先", "1 行目 代替", "すべて写しました"]


def test_it_goes_with_what_the_pc_sees_too(tmp_path: Path) -> None:
    seen = thing("seen", {"x": 1}, person=True, how="guided", gives=GIVES)
    there = {"things": {"person OqsComApp": {"seen": {"x": 1}}}}
    computer, done = handed(tmp_path, PASTE, PASTE, there, steps=(seen,))
    assert now(done)[0] == "1 行目 代替" and left(tmp_path) == ""
    assert [step["status"] for step in computer.result()["steps"]] == ["ok"]


def pasted(folder: Path) -> list[str]:
    return (folder / "pasted.txt").read_text("utf-8").splitlines()


def test_what_is_pasted(tmp_path: Path) -> None:
    handed(tmp_path, PASTE, BACK, PASTE, NEXT, NEXT, PASTE, "")
    assert pasted(tmp_path) == [GIVES[n]["value"] for n in (0, 0, 2)]


def test_f8_before_each_value_skips_none(tmp_path: Path) -> None:
    handed(tmp_path, NEXT, PASTE, NEXT, PASTE, NEXT, PASTE, "")
    assert pasted(tmp_path) == [one["value"] for one in GIVES]


def test_a_password_that_was_decided_is_handed_over_and_stands_nowhere(tmp_path: Path) -> None:
    """By its name; what nobody has decided here is left out."""
    decides = step(
        id="decides",
        kind="portal-password",
        title="決める",
        target={"site": "portal"},
        wanted={"accounts": [{"account": "管理アカウント", "expires": True, "credential": None}]},
    )
    secret = [{"label": f"管理 {n}", "secret": "portal 管理アカウント"} for n in "12"]
    other = {"label": "他", "secret": "portal 連携用"}
    steps = (decides, ONE | {"gives": [GIVES[0], secret[0], other, secret[1]]})
    _, done = handed(tmp_path, "", PASTE, PASTE, PASTE, "", steps=steps)
    first, password, again = pasted(tmp_path)
    assert first == GIVES[0]["value"] and len(password) == 16 and password == again
    assert now(done) == ["すべて写しました"] and left(tmp_path) == ""
    shown = done.console.split("パスワードの表示を、画面から消しました")[1]
    kept = [
        path for path in tmp_path.rglob("*.*") if path.name not in ("pasted.txt", "cleared.txt")
    ]
    texts = [path.read_bytes() for path in kept if path.is_file()]
    assert password not in shown and len(texts) > 5
    assert not any(password.encode() in text for text in texts)


def kept(folder: Path) -> list[str]:
    """What is kept of made passwords for OqsComApp."""
    names = folder.glob("Users/OqsComApp/AppData/Local/oqsgen/keep/secret *.kept")
    return sorted(path.stem.removeprefix("secret ") for path in names)


def test_a_password_that_was_made_is_handed_over_after_a_power_cut_and_gone_once_used(
    tmp_path: Path,
) -> None:
    """Cut while the accounts are made; the next start asks for nothing that is known."""
    accounts = {
        "accounts": [{"account": "連携用", "expires": False, "credential": "OQS_LOGIN_KEY"}]
    }
    decides = step(
        id="decides",
        kind="portal-password",
        title="決める",
        target={"site": "portal"},
        wanted=accounts,
    )
    key = {"userName": "R0RENK01", "prefixes": ["R0"], "code": None, "caseless": False}
    registers = step(
        id="registers", kind="credential", target={"name": "OQS_LOGIN_KEY"}, wanted=key
    )
    gives = ONE | {"gives": [{"label": "連携 新パスワード", "secret": "portal 連携用"}]}
    steps = [decides, gives, registers]
    computer, done = handed(tmp_path, "", PASTE, "q", steps=steps)
    (password,) = pasted(tmp_path)
    assert kept(tmp_path) == ["cred OQS_LOGIN_KEY", "portal 連携用"]
    undone = computer.copy(tmp_path / "undone")
    (tmp_path / "pasted.txt").unlink()
    done = computer.run(computer.script(), "Apply", "User", answers=[PASTE, ""])
    assert done.exit == 0 and "パスワード（" not in done.console
    assert pasted(tmp_path) == [password] and kept(tmp_path) == []
    credential = computer.machine["credentials"]["OqsComApp"]["OQS_LOGIN_KEY"]
    assert base64.b64decode(credential["blob"]).decode("utf-16-le") == password

    undone.run(undone.script(), "Rollback", "User", answers=["元に戻す", "はい"])
    assert kept(undone.folder) == []


def test_of_what_another_terminal_has_done_nothing_is_handed_over() -> None:
    """The values of lines that are left are."""
    gives = [{"label": "A", "value": "a", "of": "1"}, {"label": "B", "value": "b", "of": "2"}]
    values = [{"label": "1", "value": "a"}, {"label": "2", "value": "b"}]
    asked = {"id": "x", "what": "w", "gives": gives, "values": values}
    hidden = json_of(f"""
        Set-StrictMode -Version 2
        foreach ($file in 'kind-api', 'clinic') {{ . "{PARTS}/runtime/$file.ps1" }}
        function Get-ValueMark {{ 'first', 'second' }}
        function Get-OtherTerminalText {{ 'OQS-01' }}
        $pass = [pscustomobject] @{{ elsewhere = @{{ x = [pscustomobject] @{{ values = @('first') }} }} }}
        ConvertTo-Json (Hide-DoneValue (ConvertFrom-Json '{json.dumps(asked)}') $pass) -Depth 5
        """)
    assert hidden["gives"] == gives[1:] and hidden["values"] == values[1:]


def test_a_long_name_is_cut(tmp_path: Path) -> None:
    gives = [{"label": "とても長い名前の欄" * 5, "value": "x"}]
    _, done = handed(tmp_path, "", steps=(ONE | {"gives": gives},))
    assert now(done)[0].endswith("…")
    assert max(map(width, done.console.splitlines())) <= 78


DOMAINS = ["onshikaku.org", "lineauth.mnw", "secomtrust.net"]
HOSTS = ["hweb.oqs.onshikaku.org", "www.lineauth.mnw"]
ROUTER = step(
    id="router",
    kind="names",
    how="guided",
    title="ルーター",
    target={"hosts": HOSTS},
    wanted={"missing": []},
    values=[{"label": f"ドメイン {n}", "value": name} for n, name in enumerate(DOMAINS, 1)],
    gives=[
        {"label": f"{n} 行目", "value": name, "of": f"ドメイン {n}"}
        for n, name in enumerate(DOMAINS, 1)
    ],
)


def domains(folder: Path, there: dict[str, Any], *answers: Any) -> tuple[list[list[str]], Outcome]:
    """What is said of each domain that is listed, where so much resolves at the beginning."""
    computer = made(folder, ready_machine(hosts=there, now="2026-11-21 12:49"))
    done = computer.run(computer.bundle(plan([ROUTER])), "Apply", "User", answers=[*answers, "s"])
    assert not done.errors, done
    lines = [line.split() for line in done.console.splitlines() if "  ドメイン " in line]
    return [line[2:] for line in lines], done


def test_the_pc_says_of_each_domain_since_when_it_is_there(tmp_path: Path) -> None:
    """In its place, at each look; what it cannot see, a person does."""
    there = {"hosts": {HOSTS[0]: ["192.0.2.1"]}, "now": "2026-11-21 12:50"}
    listed, _ = domains(tmp_path, {}, there)
    assert listed == [
        [DOMAINS[0], "○", "12:50"],
        [DOMAINS[1], "×", "まだ"],
        [DOMAINS[2], "人が見る"],
    ]


def test_domains_that_resolve_already_are_a_count(tmp_path: Path) -> None:
    """Neither listed nor handed over: the first value is that of the first line that is left, then comes the next."""
    listed, done = domains(tmp_path, {HOSTS[0]: ["192.0.2.1"]}, PASTE)
    assert listed == [[DOMAINS[1], "×", "まだ"], [DOMAINS[2], "人が見る"]]
    assert "済んでいる 1 件は出していません。" in done.console
    assert pasted(tmp_path) == [DOMAINS[1]] and now(done) == ["3 行目"]
