"""A result as the office keeps it: little of the file, and nothing in it that moves a line or does anything."""

from dataclasses import dataclass

from oqsgen.text import BLANK, cut, visible

NAME, MESSAGE = 100, 300
"""Characters of a name, and of what a step says."""
GOOD = frozenset(("ok", "changed", "not-applicable"))
WRONG = frozenset(("drift", "failed"))
SEEN = GOOD | WRONG | {"restart"}
"""The statuses of a step that was looked at."""
REFUSED = frozenset((1, 2, 3))
"""Codes of a run that saw nothing."""


@dataclass(frozen=True, slots=True)
class OpenStep:
    """A step that is left or wrong. ``number``: the id of the number of the visit to which it belongs, empty where nobody knows."""

    id: str
    scope: str
    status: str
    number: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True)
class OpenNumber:
    """A number of the visit of which something is left. ``label`` is empty where the result does not say it."""

    label: str
    id: str
    title: str
    owner: str
    cause: str
    person: str


@dataclass(frozen=True, slots=True)
class Certificate:
    """``ends`` is its last day, as 2030-02-28."""

    thumbprint: str
    subject: str
    ends: str


@dataclass(frozen=True, slots=True)
class Parts:
    """What is kept of a person's newest result alone. ``left_user``: how much is left of that person's own."""

    sees_machine: bool
    left_user: int
    steps: tuple[OpenStep, ...]
    numbers: tuple[OpenNumber, ...]
    certificates: tuple[Certificate, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """What one pass left. ``data`` is the file and ``hash`` its own; ``job`` is ``job.mode`` of the clinic's file."""

    data: bytes
    hash: bytes
    code: str
    facility: str
    terminal: str
    run: str
    account: str
    computer: str
    mode: str
    job: str
    started: str
    finished: str
    exit: int
    bundle: str
    tool: str
    manual: str
    wrong_steps: tuple[OpenStep, ...]


def clean(text: str, length: int) -> str:
    """A text of others: no more than so many characters, in one line, nothing in it that is not seen."""
    text = cut(text, length)
    if text.isprintable() and BLANK.isdisjoint(text):
        return text
    return visible(text)
