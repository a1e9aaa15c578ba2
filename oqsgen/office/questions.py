"""What an office asks (``specs/hearing.yaml``): the rows of the hearing sheet and the questions of the interview."""

from collections.abc import Mapping
from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict

from oqsgen.clinic.read import Key
from oqsgen.office.keys import choices, key_at
from oqsgen.resources import spec

Scope = Literal["site", "terminals", "readers", "staff"]

OF_SCOPE: Mapping[Scope, str] = {
    "site": "",
    "terminals": "terminals[0].",
    "readers": "readers[0].",
    "staff": "",
}
"""What stands before the keys of a page: those of a terminal, of a reader."""


class Ask(BaseModel):
    """How the interview asks a question: when, in which words, and what Enter answers."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    default: str = ""
    by_area: Mapping[str, str] = {}
    when: Mapping[str, tuple[str, ...]] = {}
    words: str = ""


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
    def model_key(self) -> Key | None:
        """How its answer is read in a clinic's file; None for what a file has no key for."""
        if self.key and (self.scope in ("site", "terminals", "readers")) and self.key != "terminal":
            return key_at(OF_SCOPE[self.scope] + self.key)
        return None

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
    return tuple(
        Question.model_validate({**data, "scope": scope}) for data in spec("hearing")[scope]
    )
