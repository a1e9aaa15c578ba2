"""What an office asks (``specs/hearing.yaml``): the rows of the hearing sheet and the questions of the interview."""

from collections.abc import Iterator, Mapping
from functools import cache
from string import ascii_lowercase
from typing import Literal

from pydantic import BaseModel, ConfigDict

from oqsgen.clinic.read import Key
from oqsgen.office.keys import choices, key_at
from oqsgen.resources import spec

Scope = Literal["site", "terminals", "readers", "staff", "ready"]

OF_SCOPE: Mapping[Scope, str] = {
    "site": "",
    "terminals": "terminals[0].",
    "readers": "readers[0].",
    "staff": "",
    "ready": "visit.ready.",
}
"""What stands before the keys of a page: those of a terminal, of a reader."""


_EXPLAINED: Mapping[Scope, str] = {**OF_SCOPE, "terminals": "terminals.", "readers": "readers."}
EXPLAINED_AS = {
    "override.generic_reader": "generic_reader",
    "override.power": "power",
    "override.his.login_key_user": "his.login_key_user",
}
"""A terminal's own value of what the clinic has is explained there."""


class Ask(BaseModel):
    """How the interview asks a question: when, in which words, and what Enter answers."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    default: str = ""
    by_area: Mapping[str, str] = {}
    when: Mapping[str, tuple[str, ...]] = {}
    words: str = ""
    must: bool = False


class Question(BaseModel):
    """One row or column of the hearing sheet."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    number: str = ""
    key: str = ""
    asks: str
    write: str = ""
    respondent: str = ""
    empty: str = ""
    example: str = ""
    list: tuple[str, ...] = ()
    means: Mapping[str, str] = {}
    ask: Ask | None = None
    scope: Scope = "site"

    @property
    def is_required(self) -> bool:
        """Whether the sheet cannot do without an answer."""
        return self.empty == "must"

    @property
    def may_wait(self) -> bool:
        """Whether an empty cell is still to be asked."""
        return self.empty == "later"

    @property
    def when(self) -> Mapping[str, tuple[str, ...]]:
        """The answers that make it a question."""
        return self.ask.when if self.ask else {}

    def is_open(self, text: str) -> bool:
        """Whether an answer is still to be asked for."""
        return not text and (self.is_required or self.may_wait)

    @property
    def model_key(self) -> Key | None:
        """How its answer is read in a clinic's file; None for what a file has no key for."""
        if self.key and self.scope != "staff" and self.key != "terminal":
            return key_at(OF_SCOPE[self.scope] + self.key)
        return None

    @property
    def place(self) -> tuple[int, str]:
        """Where the interview has it, by its number."""
        digits = self.number.rstrip(ascii_lowercase)
        return int(digits), self.number[len(digits) :]

    @property
    def schema_key(self) -> str:
        """How a clinic's file's key is called wherever it is explained; empty for what a file has no key for."""
        if self.model_key is None:
            return ""
        return EXPLAINED_AS.get(self.key) or _EXPLAINED[self.scope] + self.key

    @property
    def id(self) -> str:
        """What names it in the sheet's column or row of keys."""
        name = self.key or self.asks
        return name if self.scope == "site" else f"{self.scope}.{name}"

    def answers(self) -> tuple[str, ...]:
        """What the sheet offers to choose from."""
        key = self.model_key
        return self.list or tuple(title for _, title in (choices(key) if key else ()))

    def meant(self, text: str) -> str:
        """The answer behind a word of its own list."""
        return self.means.get(text, text)


@cache
def questions(scope: Scope) -> tuple[Question, ...]:
    """The rows or columns of one page."""
    if scope == "ready":
        return tuple(_ready())
    return tuple(
        Question.model_validate({**data, "scope": scope}) for data in spec("hearing")[scope]
    )


def _ready() -> Iterator[Question]:
    """The rows of 「訪問してよいか」."""
    late = spec("hearing")["late"]
    for number, row in enumerate(spec("visit")["ready"], start=1):
        yield Question(
            number=str(number),
            key=row["id"],
            asks=row["title"],
            write="日付か、はい",
            respondent=row["asks"],
            empty=late[row["id"]],
            scope="ready",
        )


@cache
def by_name() -> Mapping[str, Question]:
    """Every question by its id, and by its words where these are one question's alone."""
    scopes: tuple[Scope, ...] = ("site", "terminals", "readers", "staff", "ready")
    all_questions = [question for scope in scopes for question in questions(scope)]
    by_words = {question.asks: question for question in reversed(all_questions)}
    return {**by_words, **{question.id: question for question in all_questions}}
