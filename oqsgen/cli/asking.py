"""The interview of ``oqsgen new`` at a terminal: each answer is checked, kept, and can be taken back."""

from collections.abc import Callable, Iterator

from oqsgen.cli.console import ask, say
from oqsgen.input.problems import SEVERITY_JA, has_errors
from oqsgen.office.interview import (
    Turn,
    is_asking,
    is_back,
    is_clearing,
    meaning,
    next_question,
    problems_of,
)
from oqsgen.text import columns, wrapped

WIDTH = 78
INDENT = " " * 5


def ask_all(answers: dict[str, str], keep: Callable[[dict[str, str]], None]) -> dict[str, str]:
    """Ask until nothing is open; ``keep`` gets all answers after each. What was answered is kept where somebody goes back."""
    before: dict[str, str] = {}
    while turn := next_question(answers):
        text = _answer(turn, answers, before.get(turn.key, ""))
        if text is None:
            if answers:
                key, answer = answers.popitem()
                before[key] = answer
        else:
            answers[turn.key] = text
        keep(answers)
    return answers


def _answer(turn: Turn, answers: dict[str, str], before: str) -> str | None:
    """What is answered to a question; None to go back to the one before. ``before``: what was answered to it then."""
    say("", *_indented(f"[{len(answers) + 1:2}] ", turn.words))
    say(*_choices(turn), *_how(turn))
    while True:
        typed = ask(INDENT + _enter(turn, before))
        if is_back(typed):
            return None
        if is_asking(typed):
            say(*_explained(turn))
            continue
        text = _meant(turn, typed, before)
        problems = problems_of(turn, text, answers)
        for problem in problems:
            say(*_indented(INDENT, f"{SEVERITY_JA[problem.severity]}: {problem.message}"))
        if not has_errors(problems):
            return text


def _meant(turn: Turn, typed: str, before: str) -> str:
    if before and not typed.strip():
        return before
    return "" if before and _may_be_none(turn) and is_clearing(typed) else meaning(turn, typed)


def _may_be_none(turn: Turn) -> bool:
    return not turn.default and not turn.is_required


def _enter(turn: Turn, before: str) -> str:
    """What Enter answers."""
    if before:
        clears = "（消すときは -）" if _may_be_none(turn) else ""
        return f"Enter = {turn.title(before)}{clears} "
    if turn.default:
        return f"Enter = {turn.title(turn.default)} "
    return "" if turn.is_required else "なければ Enter "


def _explained(turn: Turn) -> Iterator[str]:
    """What ``oqsgen explain`` says of the key, and how it is written."""
    from oqsgen.explain.lookup import find

    how_to_write = turn.question.write if turn.question else ""
    key = turn.question.schema_key if turn.question else turn.key
    for entry in find(key)[:1] if key else ():
        details = dict(entry.details)
        yield from _indented(INDENT, f"{entry.id}　{entry.text or entry.title}")
        for label in ("値", "書かないとき"):
            if label in details:
                yield from _indented(INDENT, f"{label}: {details[label]}")
    if how_to_write:
        yield from _indented(INDENT, f"書き方: {how_to_write}")


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
