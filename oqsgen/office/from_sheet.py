"""The clinics' files of a hearing sheet; what is wrong is named by sheet, row and column, what is empty is to be asked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from oqsgen.clinic import TerminalProfile, resolve
from oqsgen.input.nodes import Position, Scalar, walk
from oqsgen.input.problems import Problem
from oqsgen.office.clinic_yaml import clinic_yaml
from oqsgen.office.interview import holds
from oqsgen.office.keys import branch, written
from oqsgen.office.placing import Heard, OfTerminal, placed
from oqsgen.office.questions import OF_SCOPE, Question, Scope, by_name, questions
from oqsgen.office.sheet_answers import CODE, Answered, Answers, answered
from oqsgen.office.sheet_cells import Cell, cells_of
from oqsgen.office.sheet_words import in_words_of_the_sheet
from oqsgen.office.tree import Branch, Leaf, Tree, document, put
from oqsgen.text import half_width, shown, trimmed, visible


@dataclass(frozen=True)
class OfSheet:
    """One clinic of a sheet: the text of its file, its terminals without errors, what is to be asked, and what is wrong."""

    code: str
    text: str
    profiles: tuple[TerminalProfile, ...]
    to_ask: tuple[str, ...]
    problems: tuple[Problem, ...]


def clinics_of(path: Path) -> tuple[list[OfSheet], list[Problem]]:
    """Each clinic of a hearing sheet, and the problems of the sheet itself."""
    file = str(path)
    pages, problems = cells_of(path)
    clinics, more = answered(file, pages)
    problems += more
    if not clinics and not problems:
        message = "記入がありません。oqsgen new --sheet で作ったものかどうか、確かめてください。"
        problems.append(Problem(file, 0, 0, "SHEET_UNREADABLE", "error", "", message))
    return [_Clinic(file, each).made() for each in clinics], problems


@dataclass
class _Clinic:
    """A clinic while its keys are put together. ``cells``: the line of a leaf is the number of its cell."""

    file: str
    answered: Answered
    cells: list[Cell] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    to_ask: list[str] = field(default_factory=list)
    told_already: set[str] = field(default_factory=lambda: {"READ_AS"})
    is_wrong: bool = False

    def made(self) -> OfSheet:
        tree = self._tree()
        clinic = document(self.file, tree)
        lines = {
            node.path: node.position.line
            for _, node in walk(clinic.root)
            if isinstance(node, Scalar)
        }
        profiles, problems_of_keys = resolve(clinic)
        for problem in problems_of_keys:
            if problem.code not in self.told_already:
                self._tell(problem, problem.line or _line_of(problem.path, lines))
        remarks = [*self.remarks, *(f"聞くこと: {text}" for text in self.to_ask)]
        text = "" if self.is_wrong else clinic_yaml(tree, remarks)
        code = half_width(trimmed(self.answered.site.get(CODE, _EMPTY).text))
        problems = sorted(self.problems, key=lambda p: (p.line, p.column, p.code))
        return OfSheet(code, text, profiles, tuple(self.to_ask), tuple(problems))

    def _tell(self, problem: Problem, line: int) -> None:
        """A problem at the cell that it is about, in the place of a line; what is empty is no reason to write nothing."""
        cell = self.cells[line - 1] if line else self.answered.site.get(problem.path, _EMPTY)
        if problem.severity == "error" and (cell.text or not cell.row):
            self.is_wrong = True
        message = re.sub(
            "([0-9]+) 行目", lambda match: self.cells[int(match[1]) - 1].place, problem.message
        )
        message = in_words_of_the_sheet(message, problem.path)
        place = f"{cell.place}: " if cell.row else ""
        self.problems.append(
            replace(problem, line=cell.row, column=cell.column, message=place + message)
        )

    def _tree(self) -> Tree:
        heard = Heard()
        self._fill(heard.site, self.answered.site, "site")
        self._fill(heard.site, self.answered.site, "ready")
        for number, answers in enumerate(self.answered.terminals, start=1):
            name = self._leaf(Cell(*_place(answers), f"OQS-{number:02}"))
            terminal: Tree = {"name": name}
            self._fill(terminal, answers, "terminals", f"端末 {number} ")
            heard.terminals.append(terminal)
        for number, answers in enumerate(self.answered.readers, start=1):
            heard.readers.append(self._of_terminal(answers, "readers", f"機器 {number} "))
        for answers in self.answered.staff:
            account = self._of_terminal(answers, "staff", "")
            if "account" in account.keys:
                heard.staff.append(account)
        tree, homeless = placed(heard)
        for thing in homeless:
            self._tell_homeless(thing)
        return tree

    def _tell_homeless(self, thing: OfTerminal) -> None:
        cell = self.cells[thing.position.line - 1]
        message = f"「{shown(thing.terminal)}」という端末は、「端末」のページにありません。"
        if not thing.terminal:
            message = "どの端末のものか、書いてください（端末が 1 台ではありません）。"
        self.problems.append(cell.problem(self.file, "BAD_VALUE", message))
        self.told_already.add("READER_NONE")
        self.is_wrong = True

    def _of_terminal(self, answers: Answers, scope: Scope, called: str) -> OfTerminal:
        keys: Tree = {}
        self._fill(keys, answers, scope, called)
        leaf = keys.pop("terminal", self._leaf(Cell(*_place(answers), "")))
        assert isinstance(leaf, Leaf)
        return OfTerminal(leaf.text, keys, leaf.position)

    def _fill(self, tree: Tree, answers: Answers, scope: Scope, called: str = "") -> None:
        words = in_words_of_the_file(answers)
        for question in questions(scope):
            cell = answers.get(question.id, _EMPTY)
            text = question.meant(cell.text)
            called_so = f"{question.number} " if scope == "site" else called
            if not question.key and text:
                remark = " / ".join(map(visible, text.splitlines()))
                self.remarks.append(f"{called_so}{question.asks}: {remark}")
            elif question.key and text:
                path = OF_SCOPE["ready"] + question.key if scope == "ready" else question.key
                put(tree, path, self._branch(question, cell, text))
            elif question.is_open(cell.text) and holds(question.when, words):
                # The key stays empty, so that ``check`` names it.
                if question.key:
                    put(tree, question.key, self._leaf(cell))
                of = f"（{question.respondent}）" if question.respondent.strip("–") else ""
                self.to_ask.append(f"{called_so}{question.asks}{of}")

    def _branch(self, question: Question, cell: Cell, text: str) -> Branch:
        leaf = self._leaf(cell)
        key = question.model_key
        return branch(key, text, leaf.position) if key else Leaf(text, leaf.position)

    def _leaf(self, cell: Cell) -> Leaf:
        self.cells.append(cell)
        return Leaf(cell.text, Position(len(self.cells), 1))


_EMPTY = Cell("", 0, 0, "")


def _line_of(path: str, lines: Mapping[str, int]) -> int:
    """The line of what is written at a path, or nearest to it; 0 where nothing is."""
    while path and path not in lines:
        below = (line for each, line in lines.items() if each.startswith((f"{path}.", f"{path}[")))
        if line := next(below, 0):
            return line
        path = re.sub(r"(\.[^.\[]+|\[[0-9]+\]|^[^.\[]+)$", "", path)
        if not re.search(r"\[", path):
            return 0
    return lines.get(path, 0)


def _place(answers: Answers) -> tuple[str, int, int]:
    cell = next(iter(answers.values()))
    return cell.page, cell.row, cell.column


def in_words_of_the_file(answers: Answers) -> dict[str, str]:
    """Answers as a clinic's file has them; where nothing was said, what Enter would say."""
    words = {}
    for id, cell in answers.items():
        question = by_name()[id]
        text = question.meant(cell.text) or (question.ask.default if question.ask else "")
        key = question.model_key
        words[id] = written(key, text) if key and text and not key.is_list else text
    return words
