"""The interview of ``oqsgen new`` at a terminal: each answer is checked, kept, and can be taken back."""

from collections.abc import Callable

from oqsgen.cli.console import ask, say
from oqsgen.input.problems import SEVERITY_JA, has_errors
from oqsgen.office.interview import Turn, is_back, meaning, next_question, problems_of
from oqsgen.text import columns, wrapped

WIDTH = 78
INDENT = " " * 5


def ask_all(answers: dict[str, str], keep: Callable[[dict[str, str]], None]) -> dict[str, str]:
    """Ask until nothing is open; ``keep`` gets all answers after each."""
    while turn := next_question(answers):
        text = _answer(turn, answers)
        if text is None:
            if answers:
                answers.popitem()
        else:
            answers[turn.key] = text
        keep(answers)
    return answers


def _answer(turn: Turn, answers: dict[str, str]) -> str | None:
    """What is answered to a question; None to go back to the one before."""
    say("", *_indented(f"[{len(answers) + 1:2}] ", turn.words))
    say(*_choices(turn), *_how(turn))
    while True:
        typed = ask(INDENT + _enter(turn))
        if is_back(typed):
            return None
        text = meaning(turn, typed)
        problems = problems_of(turn, text, answers)
        for problem in problems:
            say(*_indented(INDENT, f"{SEVERITY_JA[problem.severity]}: {problem.message}"))
        if not has_errors(problems):
            return text


def _enter(turn: Turn) -> str:
    """What Enter answers."""
    if turn.default:
        return f"Enter = {turn.title(turn.default)} "
    return "" if turn.is_required else "なければ Enter "


def _choices(turn: Turn) -> list[str]:
    """The choices with their numbers, as many in a line as fit."""
    lines: list[str] = []
    for number, (_, title) in enumerate(turn.choices, start=1):
        choice = f"{number} {title}"
        if lines and columns(f"{lines[-1]}   {choice}") <= WIDTH:
            lines[-1] += f"   {choice}"
        else:
            lines.append(INDENT + choice)
    return lines


def _how(turn: Turn) -> list[str]:
    """How an answer is written that is not chosen."""
    write = turn.question.write if turn.question and not turn.choices else ""
    return [] if turn.default or write in ("", "文字") else _indented(INDENT, f"書き方: {write}")


def _indented(begin: str, text: str) -> list[str]:
    first, *others = wrapped(text, WIDTH - len(begin))
    return [begin + first, *(" " * len(begin) + line for line in others)]
