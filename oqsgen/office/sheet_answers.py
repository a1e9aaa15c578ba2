"""From the cells of a hearing sheet to what each of its clinics answered, wherever rows and columns were moved to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from oqsgen.clinic.secrets import looks_secret
from oqsgen.input.problems import Problem
from oqsgen.office.questions import Question, by_name
from oqsgen.office.sheet_cells import Cell, Row
from oqsgen.resources import spec
from oqsgen.text import half_width, shown, trimmed

KEY, ANSWERS = "キー", ("記入", "日付・はい")
NOT_READ = ("例", "書き方", "聞くこと", KEY)
CODE, NAME = "facility.code", "facility.name"

Answers = dict[str, Cell]
"""Question id → its cell; that of an empty one where its place is known."""


@dataclass
class Answered:
    """What was filled in for one clinic, row by row of its tables."""

    site: Answers = field(default_factory=dict)
    terminals: list[Answers] = field(default_factory=list)
    readers: list[Answers] = field(default_factory=list)
    staff: list[Answers] = field(default_factory=list)


def answered(file: str, pages: Sequence[Sequence[Row]]) -> tuple[list[Answered], list[Problem]]:
    """Each clinic of a sheet, and what no clinic's file may have or nobody asked."""
    problems: list[Problem] = []
    records: list[Answers] = []
    for page in pages:
        upright = _upright(file, page, problems)
        # The page of a clinic comes before its tables.
        records = [upright, *records] if CODE in upright or NAME in upright else [*records, upright]
        records += _tables(file, page, problems)
    return _by_clinic(file, [record for record in records if record], problems), problems


def _upright(file: str, page: Sequence[Row], problems: list[Problem]) -> Answers:
    """The answers of a page with a question in each row."""
    answers: Answers = {}
    column: int | None = None
    for row in page:
        titles = {cell.text: number for number, cell in row.items()}
        title = next((title for title in ANSWERS if title in titles), None)
        if title:
            column = titles[title]
        elif column is not None and row.get(1, _NO_CELL).text not in NOT_READ:
            _upright_row(file, row, column, answers, problems)
    return answers


_NO_CELL = Cell("", 0, 0, "")


def _upright_row(
    file: str, row: Row, column: int, answers: Answers, problems: list[Problem]
) -> None:
    names = [cell for number, cell in row.items() if number != column]
    cell = row.get(column)
    question = next(
        (by_name()[name.text] for name in reversed(names) if name.text in by_name()), None
    )
    if question:
        first = names[0]
        answers[question.id] = cell or Cell(first.page, first.row, column, "")
    elif cell:
        name = next((each for each in names if _is_secret(each.text)), next(iter(names), cell))
        problems += _unknown(file, name, [cell])


def _tables(file: str, page: Sequence[Row], problems: list[Problem]) -> list[Answers]:
    """One record for each filled row below a row of keys, or of the questions themselves."""
    records: list[Answers] = []
    columns: dict[int, Question] = {}
    strange: dict[int, Cell] = {}
    for row in page:
        if _is_header(row):
            columns = {n: by_name()[c.text] for n, c in row.items() if c.text in by_name()}
            strange = {
                n: c for n, c in row.items() if c.text not in by_name() and c.text != KEY and n > 1
            }
            problems += (
                p
                for cell in strange.values()
                if _is_secret(cell.text)
                for p in _unknown(file, cell, [])
            )
            continue
        first = row.get(1)
        if not columns or (first and first.text in NOT_READ):
            continue
        filled = {columns[n].id: cell for n, cell in row.items() if n in columns}
        odd = [cell for n, cell in row.items() if n in strange and not _is_secret(strange[n].text)]
        for cell in odd:
            problems += _unknown(file, strange[cell.column], [cell])
        if filled:
            any_cell = next(iter(filled.values()))
            empty = {q.id: Cell(any_cell.page, any_cell.row, n, "") for n, q in columns.items()}
            records.append({**empty, **filled})
    return records


def _is_header(row: Row) -> bool:
    first = row.get(1)
    known_cells = sum(cell.text in by_name() for cell in row.values())
    return bool(first and first.text == KEY) or known_cells > 1


def _is_secret(name: str) -> bool:
    return looks_secret(name) or any(word in name for word in spec("hearing")["secret_words"])


def _unknown(file: str, name: Cell, values: Iterable[Cell]) -> list[Problem]:
    if _is_secret(name.text):
        message = (
            f"「{shown(name.text)}」は秘密の値のようです。ヒアリングシートには書けません。"
            "消して、書いてしまった値は変更してください。"
        )
        return [name.problem(file, "SECRET_IN_PROFILE", message)]
    message = f"「{shown(name.text)}」は、ヒアリングシートの聞くことにありません。元の言葉に戻すか、消してください。"
    return [cell.problem(file, "UNKNOWN_KEY", message) for cell in values]


def _by_clinic(file: str, records: Sequence[Answers], problems: list[Problem]) -> list[Answered]:
    clinics: dict[str, Answered] = {}
    last: Answered | None = None
    for record in records:
        code, name = (_same(record[key].text) if key in record else "" for key in (CODE, NAME))
        # A row without both goes on with the clinic above it.
        if (
            code
            or (name and last and name != _same(last.site.get(NAME, _NO_CELL).text))
            or not last
        ):
            last = clinics.setdefault(code or name, Answered())
        _add(file, last, record, problems)
    return list(clinics.values())


def _same(text: str) -> str:
    """A text as it is compared with another one: the same in full width."""
    return half_width(trimmed(text))


def _add(file: str, clinic: Answered, record: Answers, problems: list[Problem]) -> None:
    scopes: dict[str, Answers] = {}
    for id, cell in record.items():
        scopes.setdefault(by_name()[id].scope, {})[id] = cell
    for scope, rows in (
        ("terminals", clinic.terminals),
        ("readers", clinic.readers),
        ("staff", clinic.staff),
    ):
        mine = scopes.get(scope, {})
        if any(cell.text for cell in mine.values()):
            rows.append(_of_this_row(mine, scope, scopes, len(clinic.terminals)))
    for id, cell in {**scopes.get("site", {}), **scopes.get("ready", {})}.items():
        earlier = clinic.site.get(id)
        if earlier is None or not earlier.text:
            clinic.site[id] = cell
        elif cell.text and _same(cell.text) != _same(earlier.text):
            message = f"{earlier.place}と違います。同じ施設の行は、同じ値にするか空にしてください。"
            problems.append(cell.problem(file, "BAD_VALUE", message, id))


def _of_this_row(
    mine: Answers, scope: str, scopes: Mapping[str, Answers], terminals: int
) -> Answers:
    """A reader or an account in the row of a terminal belongs to it where it says nothing else."""
    key = f"{scope}.terminal"
    terminal = scopes.get("terminals", {})
    if scope == "terminals" or not any(cell.text for cell in terminal.values()):
        return mine
    if key in mine and mine[key].text:
        return mine
    place = next(iter(mine.values()))
    name = terminal.get("terminals.name", place).text or f"OQS-{terminals:02}"
    return {**mine, key: replace(mine.get(key, place), text=name)}
