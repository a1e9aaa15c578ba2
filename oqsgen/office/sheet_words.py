"""The messages of ``check`` in the words of the hearing sheet: a question's number and text for its key, a choice for its value."""

import re
from collections.abc import Iterator
from functools import cache

from oqsgen.office.keys import choices
from oqsgen.office.questions import Question, Scope, questions

_KEY = "[a-z_]+"
_PAIRS = re.compile(
    rf"(?:{_KEY}: )?\{{({_KEY}: [^{{}}]+)\}}|(?<![\w.])({_KEY}: [^\s{{}}、。（）,]+)"
)
_NAME = re.compile(rf"(?<![A-Za-z0-9_.\\])(?:{_KEY}\.)*{_KEY}(?![A-Za-z0-9_.\\@=-])")
FLAGS = {"true": "はい", "false": "いいえ"}


def in_words_of_the_sheet(message: str, path: str) -> str:
    """A message about the key at ``path``; what the sheet has no question for stays as it is."""
    path = re.sub(r"\[[0-9]+\]", "", path)
    message = _PAIRS.sub(lambda match: _answers(match, path), message)
    message = _NAME.sub(lambda match: _word(match[0], path), message)
    # Where a value stood beside what it is called, the same words stand twice now.
    message = re.sub(r"([^\s、：:]+) \1(?=[（）、。])", r"\1", message)
    return re.sub("」 (?=[^0-9「])", "」", message)


def _answers(match: re.Match[str], path: str) -> str:
    """Keys with their values, as questions with their answers."""
    parts = [pair.partition(": ") for pair in (match[1] or match[2]).split(", ")]
    pairs = [(_question(key, path, is_key=True), value) for key, _, value in parts]
    told = [
        f"{_called(question)}に「{_titles(question).get(value, value)}」"
        for question, value in pairs
        if question
    ]
    return "、".join(told) if len(told) == len(pairs) else match[0]


def _word(word: str, path: str) -> str:
    """A key as its question, a value of the key that the message is about as its choice."""
    about = _question(path, path, is_key=True)
    if about and word in _titles(about):
        return _titles(about)[word]
    question = _question(word, path, is_key="." in word or "_" in word)
    return _called(question) if question else word


def _called(question: Question) -> str:
    number = question.number if question.scope == "site" else ""
    return f"{number}「{question.asks}」"


def _titles(question: Question) -> dict[str, str]:
    """Value → what the sheet calls it."""
    key = question.model_key
    titles = dict(choices(key)) if key else {}
    meant = {value: answer for answer, value in question.means.items()}
    if not meant and titles.keys() <= FLAGS.keys() and len(question.list) == len(FLAGS):
        meant = dict(zip(FLAGS, question.list, strict=True))
    return FLAGS | {"null": "（空）"} | titles | meant


def _question(name: str, path: str, *, is_key: bool) -> Question | None:
    """The question of a key, by all of its name or its end. A word that may be no key has to be of the group at ``path``."""
    named = [each for key, each in _all() if key == name or key.endswith(f".{name}")]
    near = [each for each in named if _group(each) in (path, path.rpartition(".")[0])]
    candidates = near or (named if is_key and len(named) == 1 else [])
    return candidates[0] if candidates else None


def _group(question: Question) -> str:
    return question.key.rpartition(".")[0] if question.scope == "site" else question.scope


@cache
def _all() -> tuple[tuple[str, Question], ...]:
    return tuple(_with_keys())


def _with_keys() -> Iterator[tuple[str, Question]]:
    scopes: tuple[Scope, ...] = ("site", "terminals", "readers")
    for scope in scopes:
        for question in questions(scope):
            if question.key:
                above = "" if scope == "site" else f"{scope}."
                yield above + question.key.removeprefix("override."), question
