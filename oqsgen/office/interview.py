"""The interview of ``oqsgen new``: which question comes next, what its answer means, and the clinic's file that comes of all.

Answers are texts by the key that they are for: ``facility.name``, ``terminals[0].os``, ``readers[0].terminal``; ``terminals``
and ``readers`` say how many there are. They are checked as a clinic's file is, together with all that was answered before.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from oqsgen.clinic import resolve, words
from oqsgen.clinic.code import expected_digits
from oqsgen.clinic.read import TO_BE_ASKED
from oqsgen.input.nodes import Position
from oqsgen.input.problems import Problem, Severity
from oqsgen.limits import CLINIC_ITEMS, CLINIC_TERMINALS
from oqsgen.office.keys import branch, choices, written
from oqsgen.office.placing import Heard, OfTerminal, placed
from oqsgen.office.questions import Question, Scope, questions
from oqsgen.office.tree import Leaf, Tree, document, put
from oqsgen.resources import spec
from oqsgen.text import half_width, shown

Answers = Mapping[str, str]
CODE = "facility.code"
MOST = {"terminals": CLINIC_TERMINALS.value, "readers": CLINIC_ITEMS.value}
LEAST = {"terminals": 1, "readers": 0}


@dataclass(frozen=True)
class Turn:
    """One question as it is turn: for the terminal or reader ``index``, where there is a number of these."""

    key: str
    words: str
    default: str
    question: Question | None = None
    index: int = 0

    @property
    def choices(self) -> list[tuple[str, str]]:
        """The words of the file to choose from, and what each is called."""
        key = self.question.model_key if self.question else None
        return choices(key) if key else []

    @property
    def is_required(self) -> bool:
        """Whether Enter alone is no answer where there is no default."""
        return self.question is not None and bool(
            self.question.is_required or (self.question.ask and self.question.ask.must)
        )

    def title(self, text: str) -> str:
        """What an answer is called."""
        return dict(self.choices).get(text, text)


def interview(answers: Answers) -> Iterator[Turn]:
    """All questions in their order, as far as the answers say which there are."""
    last = "vendor."
    site = sorted(questions("site"), key=lambda question: question.place)
    for question in site:
        if question.ask and not question.key.startswith(last):
            yield from _of(question, answers)
    for scope in ("terminals", "readers"):
        count = spec("hearing")["counts"][scope]
        yield Turn(scope, count["asks"], count["default"])
        for index in range(_number(answers.get(scope, "")) or 0):
            for question in questions("terminals" if scope == "terminals" else "readers"):
                if question.ask:
                    yield from _of(question, answers, index)
    for question in site:
        if question.ask and question.key.startswith(last):
            yield from _of(question, answers)


def next_question(answers: Answers) -> Turn | None:
    """The first question that has no answer yet."""
    return next((turn for turn in interview(answers) if turn.key not in answers), None)


def _of(question: Question, answers: Answers, index: int = 0) -> Iterator[Turn]:
    assert question.ask
    prefix = "" if question.scope == "site" else f"{question.scope}[{index}]."
    if not holds(question.ask.when, answers, prefix):
        return
    default = question.ask.default.format(number=index + 1, terminal=_without_reader(answers))
    if question.ask.by_area:
        area = spec("facility")["prefectures"].get(answers.get("facility.code", "")[:2], {})
        default = question.ask.by_area.get(area.get("area"), "")
    asks = question.ask.words or question.asks
    if question.scope == "terminals":
        asks = f"端末 {index + 1}: {asks}"
    elif question.scope == "readers":
        asks = f"顔認証機器 {index + 1}: {asks}"
    model_key = question.model_key
    meant = written(model_key, default) if model_key and default else default
    yield Turn(prefix + question.key, asks, meant, question, index)


def holds(when: Mapping[str, Sequence[str]], answers: Answers, prefix: str = "") -> bool:
    """Whether a question with this condition is one; ``prefix`` is that of the terminal or reader."""
    facts = {**answers, **_follows(answers)}
    return all(
        facts.get(name, facts.get(prefix + name, "")) in values for name, values in when.items()
    )


def _follows(answers: Answers) -> dict[str, str]:
    """What the conditions of questions may ask for besides answers."""
    network = spec("network")
    provider = network["providers"].get(answers.get("network.provider", ""), {})
    stated = network["stated"].get(answers.get("network.topology", ""), "")
    return {
        "topology": provider.get("topology", stated),
        "ntt": str("area" in provider).lower(),
        "several": str((_number(answers.get("terminals", "")) or 0) > 1).lower(),
        "odd-code": str(has_odd_code(answers)).lower(),
    }


def meaning(turn: Turn, text: str) -> str:
    """An answer in the word of the file: the number of a choice, its name, Enter for the default."""
    text = text.strip() or turn.default
    if turn.choices and re.fullmatch("[0-9]{1,2}", half_width(text)):
        number = int(half_width(text))
        if 1 <= number <= len(turn.choices):
            return turn.choices[number - 1][0]
    key = turn.question.model_key if turn.question else None
    if key is None:
        return half_width(text) if turn.question is None else text
    return text if key.is_list else written(key, text) if text else text


def problems_of(turn: Turn, text: str, answers: Answers) -> list[Problem]:
    """What ``check`` finds of an answer, and of the earlier ones because of it.

    Of a code whose check digit is wrong it is asked afterwards whether that is so on paper.
    """
    if turn.key == CODE and has_odd_code({CODE: text}):
        expected = " か ".join(str(digit) for digit in expected_digits(text))
        message = f"検証番号（最後の 1 桁）が合いません。ふつうは {expected} です。書き間違いなら「戻る」、書類のとおりなら、次に理由を書いてください。"
        return [_problem(turn.key, message, "warning")]
    if turn.question is None:
        return _of_count(turn, text) or _of_readers(turn, text, answers)
    if turn.key.endswith("].terminal"):
        return _of_terminal(turn, text, answers) or _of_readers(turn, text, answers)
    if not text and turn.is_required:
        return [_problem(turn.key, "書いてください。")]
    before = {(p.code, p.path) for p in problems_so_far(answers)}
    return [
        problem
        for problem in problems_so_far({**answers, turn.key: text})
        if problem.path == turn.key or (problem.code, problem.path) not in before
    ]


def _of_count(turn: Turn, text: str) -> list[Problem]:
    number = _number(text)
    least, most = LEAST[turn.key], MOST[turn.key]
    if number is None or not least <= number <= most:
        return [_problem(turn.key, f"{least} から {most} までの数で書いてください。")]
    return []


def _of_terminal(turn: Turn, text: str, answers: Answers) -> list[Problem]:
    names = _names(answers)
    if text.upper() in map(str.upper, names):
        return []
    return [_problem(turn.key, f"「{shown(text)}」という端末はありません（{'、'.join(names)}）。")]


def _of_readers(turn: Turn, text: str, answers: Answers) -> list[Problem]:
    """Whether every terminal can still get the reader that it needs."""
    if not turn.key.startswith("readers"):
        return []
    problems = _assuming_enter({**answers, turn.key: text})
    if all(problem.code != "READER_NONE" for problem in problems):
        return []
    generic = (
        "「戻る」で端末の質問まで戻り、「汎用カードリーダーを使うか」を「はい」にしてください。"
    )
    if turn.question is None:
        need = len(_needing_reader(answers))
        message = f"機器の要る端末は {need} 台です。{need} 以上にするか、{generic}"
    else:
        without = _without_reader({**answers, turn.key: text})
        message = (
            f"{without} につなぐ機器がなくなります。この機器を {without} につなぐか、"
            f"「戻る」で「顔認証機器の台数」を増やすか、{generic}"
        )
    return [_problem(turn.key, message)]


def _problem(key: str, message: str, severity: Severity = "error") -> Problem:
    return Problem("", 0, 0, "BAD_VALUE", severity, key, message)


def has_odd_code(answers: Answers) -> bool:
    """Whether the clinic's code is one but for its check digit."""
    rules, code = spec("facility"), answers.get(CODE, "")
    is_code = re.fullmatch("[0-9]{10}", code) and code[2] in rules["types"]
    return bool(
        is_code and code[:2] in rules["prefectures"] and int(code[9]) not in expected_digits(code)
    )


def problems_so_far(answers: Answers) -> list[Problem]:
    """The problems of what was answered so far, as ``check`` sees them if the rest is answered with Enter."""
    last = len(answers)
    return [
        problem
        for problem in _assuming_enter(answers)
        # Whoever answers knows how it is written, and what was left open.
        if problem.code not in ("READ_AS", TO_BE_ASKED)
        and (0 < problem.line <= last if problem.line else problem.path in answers)
    ]


def _assuming_enter(answers: Answers) -> list[Problem]:
    all_answers = dict(answers)
    for turn in interview(all_answers):  # an answer decides what is asked after it
        all_answers.setdefault(turn.key, meaning(turn, ""))
    return resolve(document("", tree_of(all_answers)))[1]


def tree_of(answers: Answers) -> Tree:
    """The keys of the clinic's file, each value with the number of its question as its line."""
    heard = Heard()
    of_scope: dict[Scope, list[Tree]] = {"terminals": heard.terminals, "readers": []}
    for number, turn in enumerate(interview(answers), start=1):
        text = answers.get(turn.key, "")
        if turn.question is None:
            continue
        scope = turn.question.scope
        target = heard.site
        if scope != "site":
            things = of_scope[scope]
            if turn.index == len(things):
                things.append({})
            target = things[turn.index]
        key = turn.question.model_key
        is_as_usual = turn.question.key.startswith("override.") and text == turn.default
        if text and key and not is_as_usual:
            put(target, turn.question.key, branch(key, text, Position(number, 1)))
        elif not text and key and turn.question.may_wait:
            # The key stays empty, so that ``check`` names it.
            put(target, turn.question.key, Leaf("", Position(number, 1)))
        elif text and not key:
            target[turn.question.key] = Leaf(text)
    names = _names(answers)
    for reader in of_scope["readers"]:
        terminal = reader.pop("terminal", Leaf(names[0] if names else ""))
        assert isinstance(terminal, Leaf)
        heard.readers.append(OfTerminal(terminal.text, reader))
    if not heard.terminals:
        return heard.site
    tree, _ = placed(heard)
    if "readers" not in answers:
        tree.pop("readers")
    return tree


def _names(answers: Answers) -> list[str]:
    count = _number(answers.get("terminals", "")) or 0
    return [answers.get(f"terminals[{index}].name", "") for index in range(count)]


def _without_reader(answers: Answers) -> str:
    """The first terminal that needs a reader and has none yet; else the first."""
    served = {answers.get(f"readers[{index}].terminal") for index in range(MOST["readers"])}
    unserved = (name for name in _needing_reader(answers) if name not in served)
    return next(unserved, next(iter(_names(answers)), ""))


def _needing_reader(answers: Answers) -> list[str]:
    """The terminals that have no generic reader."""
    return [
        name
        for index, name in enumerate(_names(answers))
        if answers.get(f"terminals[{index}].override.generic_reader") != "true"
    ]


def _number(text: str) -> int | None:
    return int(text) if re.fullmatch("[0-9]{1,3}", text) else None


def is_back(text: str) -> bool:
    """Whether somebody wants to answer the question before again."""
    return words.plain(text) in ("戻る", "もどる", "back")


def is_asking(text: str) -> bool:
    """Whether somebody wants to know what is meant."""
    return half_width(text).strip() == "?"


def is_clearing(text: str) -> bool:
    """Whether an answer that was given before is to be none."""
    return half_width(text).strip() == "-"
