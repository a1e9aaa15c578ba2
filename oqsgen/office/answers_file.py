"""A file of answers, for scripts and for an interview that goes on: ``key: answer``, one line each."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from oqsgen.clinic.secrets import looks_secret
from oqsgen.input.nodes import NOWHERE, Position, Scalar, Sequence
from oqsgen.input.problems import Problem
from oqsgen.input.yaml_reader import load
from oqsgen.office.interview import (
    Turn,
    interview,
    meaning,
    next_question,
    problems_of,
    problems_so_far,
)
from oqsgen.text import shown


@dataclass
class AnswersFile:
    """What a file answers, by key, and where it says so."""

    name: str
    texts: dict[str, str] = field(default_factory=dict)
    places: dict[str, Position] = field(default_factory=dict)


def as_text(answers: Mapping[str, str]) -> str:
    """The answers as such a file."""
    return "".join(
        f"{key}: {json.dumps(text, ensure_ascii=False)}\n" for key, text in answers.items()
    )


def read(path: Path) -> tuple[AnswersFile, list[Problem]]:
    """The answers of a file; nothing of a key that looks like a secret is kept."""
    document, problems = load(path)
    answers = AnswersFile(str(path))
    for entry in document.root.entries if document else ():
        if looks_secret(entry.key):
            message = f"「{shown(entry.key)}」は秘密の値のようです。答えには書けません。行ごと消してください。"
            problems.append(
                _problem(answers.name, entry.position, entry.key, "SECRET_IN_PROFILE", message)
            )
            continue
        node = entry.value
        items = node.items if isinstance(node, Sequence) else (node,)
        texts = [item.text for item in items if isinstance(item, Scalar)]
        answers.texts[entry.key] = "; ".join(texts)
        answers.places[entry.key] = node.position if isinstance(node, Scalar) else entry.position
    return answers, problems


def answered(file: AnswersFile) -> tuple[dict[str, str], list[Problem]]:
    """All questions with the answers of a file, where it has none with what Enter would say; and what is wrong with them."""
    answers: dict[str, str] = {}
    problems: list[Problem] = []
    while turn := next_question(answers):
        text = meaning(turn, file.texts.get(turn.key, ""))
        problems += (_at(file, turn, each) for each in problems_of(turn, text, answers))
        answers[turn.key] = text
        if turn.question is None and any(each.path == turn.key for each in problems):
            break
    keys = {turn.key for turn in interview(answers)}
    for key in file.texts.keys() - keys if not problems else ():
        message = f"「{shown(key)}」は、ここまでの答えでは尋ねない質問です。名前を確かめるか、消してください。"
        problems.append(_problem(file.name, file.places[key], key, "UNKNOWN_KEY", message))
    return answers, problems


def as_far_as_valid(file: AnswersFile) -> dict[str, str]:
    """The answers of a file from the first question on, until one is missing or would be refused."""
    answers: dict[str, str] = {}
    while (turn := next_question(answers)) and turn.key in file.texts:
        answers[turn.key] = file.texts[turn.key]
    # The number of its question is an answer's line.
    wrong_lines = [p.line for p in problems_so_far(answers) if p.severity == "error" and p.line]
    return dict(list(answers.items())[: min(wrong_lines, default=len(answers) + 1) - 1])


def _at(file: AnswersFile, turn: Turn, problem: Problem) -> Problem:
    line, column, _ = file.places.get(turn.key, NOWHERE)
    message = problem.message
    if turn.key not in file.texts:
        message = f"「{turn.words}」の答えがありません。{turn.key}: 値 の形で書いてください。"
    return replace(
        problem, file=file.name, line=line, column=column, path=turn.key, message=message
    )


def _problem(file: str, position: Position, path: str, code: str, message: str) -> Problem:
    return Problem(file, position.line, position.column, code, "error", path, message)
