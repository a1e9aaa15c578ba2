"""The first build asks once, where somebody can answer, whether this PC is to have a publisher of its own."""

import json
import os
import sys
from pathlib import Path

import pytest

from oqsgen.cli.console import ask
from tests.cli.test_many import clinic, dist, write
from tests.command import OQSGEN, Run
from tests.terminal import pieces

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a terminal of POSIX")

QUESTION = "Enter = この PC の発行者を作る、q = 中止して、控えを取り込む>"
IMPORT = "oqsgen keys import office.pfx"
CTRL_C, CTRL_D = "\x03", "\x04"


def typed(
    folder: Path, answers: list[str], *arguments: str, out: Path | None = None
) -> tuple[int, str]:
    """A build at a terminal, with an answer for each question; the code and what stands there."""
    import pty

    child, terminal = pty.fork()
    if child == 0:
        os.chdir(folder)
        os.environ["XDG_DATA_HOME"] = str(folder / "user")
        if out:
            os.dup2(os.open(out, os.O_WRONLY | os.O_CREAT), 1)
        os.execv(OQSGEN[0], [*OQSGEN, "build", "a.yaml", *arguments])
    said, asked = "", 0
    try:
        for piece in pieces(terminal):
            said += piece
            if said.count(QUESTION) > asked and asked < len(answers):
                asked += 1
                os.write(terminal, answers[asked - 1].encode())
            elif not piece and asked:
                # A key that comes just before the program reads may be lost.
                os.write(terminal, answers[asked - 1].encode())
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    finally:
        os.close(terminal)  # which ends a program that is still there
    assert asked == len(answers), said
    return code, said


@pytest.fixture
def office(tmp_path: Path) -> Path:
    write(tmp_path, {"a.yaml": clinic(1)})
    return tmp_path


def test_enter_makes_one_and_it_is_asked_once(office: Path) -> None:
    code, said = typed(office, ["\r"])
    assert code == 0 and len(dist(office)) == 1
    assert "発行者がまだありません" in said and "SHA-256" in said and "keys export" in said
    code, said = typed(office, [])
    assert code == 0 and QUESTION not in said


@pytest.mark.parametrize("answer", ["q\r", "ｑ\r", "いいえ\r", "中\rq\r"])
def test_who_stops_is_told_how_to_import(answer: str, office: Path) -> None:
    answers = [f"{each}\r" for each in answer.split("\r")[:-1]]
    code, said = typed(office, answers)
    assert code == 130
    assert IMPORT in said and "一式は 1 つも作っていません" in said
    assert not (office / "user").exists() and dist(office) == []


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D])
def test_a_question_that_is_left_makes_nothing(key: str, office: Path) -> None:
    code, said = typed(office, [key])
    assert code == 130
    assert "一式は 1 つも作っていません。\r\n中止しました。" in said
    assert not (office / "user").exists() and dist(office) == []


def test_a_question_stands_there_before_its_answer_is_waited_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ctrl+C as soon as it is seen is not lost: ``input`` heeds none between its own prompt and the read."""

    def answer(prompt: str) -> str:
        assert (prompt, capsys.readouterr().err) == ("", "続けますか> ")
        return "はい"

    monkeypatch.setattr("click.termui.visible_prompt_func", answer)
    assert ask("続けますか") == "はい"


def test_json_is_asked_beside_it(office: Path) -> None:
    code, said = typed(office, ["\r"], "--format", "json", out=office / "out.json")
    assert code == 0 and QUESTION in said
    assert len(json.loads((office / "out.json").read_text("utf-8"))["bundles"]) == 1


def test_nothing_is_asked_that_is_not_needed(office: Path) -> None:
    assert typed(office, [], "--unsigned")[0] == 0
    write(office, {"a.yaml": clinic(1).replace("auto", "now")})
    code, said = typed(office, [])
    assert code == 1 and QUESTION not in said
    assert not (office / "user").exists()


def test_without_a_terminal_it_is_made_with_a_notice(run: Run, office: Path) -> None:
    done = run("build", "a.yaml", XDG_DATA_HOME=str(office / "user"))
    assert done.returncode == 0 and "SHA-256" in done.stderr
    assert QUESTION not in done.stderr
